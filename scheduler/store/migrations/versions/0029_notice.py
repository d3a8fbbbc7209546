"""How many workdays of notice people have of what is arranged, campaign by campaign"""

import sqlalchemy as sa
from alembic import op

revision = "0029_notice"
down_revision = "0028_left_and_entered"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One, as before."""
    op.add_column("campaign", sa.Column("notice_workdays", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    """One for all again."""
    op.drop_column("campaign", "notice_workdays")
