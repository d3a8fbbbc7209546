"""Grades of people, as rosters write them"""

import sqlalchemy as sa
from alembic import op

revision = "0033_grades"
down_revision = "0032_talk_proposals"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody's is known yet."""
    op.add_column("person_version", sa.Column("grade", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    """Nobody's is known any more."""
    op.drop_column("person_version", "grade")
