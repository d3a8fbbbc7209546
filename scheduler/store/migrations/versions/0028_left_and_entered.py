"""When somebody came into a booking that stood, and what left a room"""

import sqlalchemy as sa
from alembic import op

revision = "0028_left_and_entered"
down_revision = "0027_arrivals"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Whoever is in a booking is taken to be so from the beginning; nothing has left."""
    op.add_column("participant", sa.Column("entered", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("participant", sa.Column("entered_at", sa.BigInteger(), nullable=True))
    op.create_table(
        "left_room",
        sa.Column("uid", sa.String(), primary_key=True),
        sa.Column("room_id", sa.String(), primary_key=True),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("left_at", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_left_room_left_at", "left_room", ["left_at"])


def downgrade() -> None:
    """Neither is known."""
    op.drop_table("left_room")
    op.drop_column("participant", "entered_at")
    op.drop_column("participant", "entered")
