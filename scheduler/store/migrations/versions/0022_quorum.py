"""The share of those expected that makes a quorum, campaign by campaign"""

import sqlalchemy as sa
from alembic import op

revision = "0022_quorum"
down_revision = "0021_printed_papers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two thirds, as before."""
    op.add_column("campaign", sa.Column("quorum", sa.String(), nullable=False, server_default="2/3"))


def downgrade() -> None:
    """Two thirds for all again."""
    op.drop_column("campaign", "quorum")
