"""Study sessions that state their hours"""

import sqlalchemy as sa
from alembic import op

revision = "0014_stated_hours"
down_revision = "0013_campaigns"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """None states them: their hours are as their time says, as before."""
    op.add_column("booking", sa.Column("hours", sa.Double(), nullable=True))


def downgrade() -> None:
    """What was stated is lost."""
    op.drop_column("booking", "hours")
