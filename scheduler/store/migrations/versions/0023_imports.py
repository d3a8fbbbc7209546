"""Imports, with what each wrote, so that it can be taken back; and what was said of the headers of tables"""

import sqlalchemy as sa
from alembic import op

revision = "0023_imports"
down_revision = "0022_quorum"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Imports that were made before are not known, and stay."""
    op.create_table(
        "import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.Column("written", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import")),
    )
    op.create_table(
        "header_reading",
        sa.Column("headers", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("headers", name=op.f("pk_header_reading")),
    )


def downgrade() -> None:
    """Nobody knows any more what each wrote, nor what was said of headers."""
    op.drop_table("header_reading")
    op.drop_table("import")
