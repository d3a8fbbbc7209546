"""Why somebody was on leave, in a word"""

import sqlalchemy as sa
from alembic import op

revision = "0011_attendance_anywhere"
down_revision = "0010_vocabulary"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing was said so far."""
    op.add_column("attendance", sa.Column("reason", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    """Without it."""
    op.drop_column("attendance", "reason")
