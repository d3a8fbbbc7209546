"""What a meeting goes through, a remark for its notice, and a link for video"""

import sqlalchemy as sa
from alembic import op

revision = "0024_meetings"
down_revision = "0023_imports"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is said of any meeting yet."""
    op.add_column("booking", sa.Column("agenda", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("booking", sa.Column("remark", sa.String(), nullable=False, server_default=""))
    op.add_column("booking", sa.Column("link", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    """Agendas, remarks and links are forgotten."""
    for column in ("link", "remark", "agenda"):
        op.drop_column("booking", column)
