"""Robots of chat groups, and what they told"""

import sqlalchemy as sa
from alembic import op

revision = "0030_chat_robots"
down_revision = "0029_notice"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """None so far."""
    op.create_table(
        "chat_robot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("readers", sa.String(), nullable=False),
        sa.Column("on_since", sa.BigInteger(), nullable=True),
        sa.Column("is_tried", sa.Boolean(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_robot")),
    )
    op.create_table(
        "chat_told",
        sa.Column("robot_id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("room_id", sa.String(), nullable=False),
        sa.Column("is_cancelled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["robot_id"], ["chat_robot.id"], name=op.f("fk_chat_told_robot_id_chat_robot")),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_chat_told_booking_id_booking")),
        sa.PrimaryKeyConstraint("robot_id", "booking_id", name=op.f("pk_chat_told")),
    )


def downgrade() -> None:
    """Without them; their groups hear no more."""
    op.drop_table("chat_told")
    op.drop_table("chat_robot")
