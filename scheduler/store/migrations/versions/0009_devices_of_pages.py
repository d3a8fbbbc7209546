"""Devices that were added on a subscription page"""

import sqlalchemy as sa
from alembic import op

revision = "0009_devices_of_pages"
down_revision = "0008_devices"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Those that stand were not."""
    op.add_column("feed", sa.Column("from_page", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Without it."""
    op.drop_column("feed", "from_page")
