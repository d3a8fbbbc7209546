"""The strokes of characters, as the office has set them"""

import sqlalchemy as sa
from alembic import op

revision = "0020_strokes"
down_revision = "0019_partners"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """None so far."""
    op.create_table(
        "character_strokes",
        sa.Column("character", sa.String(), nullable=False),
        sa.Column("strokes", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("character", name=op.f("pk_character_strokes")),
    )


def downgrade() -> None:
    """Without them."""
    op.drop_table("character_strokes")
