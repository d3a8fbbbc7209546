"""Which words the office speaks in"""

import sqlalchemy as sa
from alembic import op

revision = "0010_vocabulary"
down_revision = "0009_devices_of_pages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The words that were spoken so far."""
    op.add_column("organisation", sa.Column("vocabulary", sa.String(), nullable=False, server_default="zh-party"))


def downgrade() -> None:
    """Without it."""
    op.drop_column("organisation", "vocabulary")
