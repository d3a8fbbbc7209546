"""Who was chosen to talk with whom something befell"""

from alembic import op

revision = "0019_partners"
down_revision = "0018_programme"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody was chosen so far."""
    # said in SQL, since Alembic would rebuild the table on SQLite for the sake of the foreign key
    op.execute(
        "ALTER TABLE occurrence ADD COLUMN partner_id VARCHAR"
        " CONSTRAINT fk_occurrence_partner_id REFERENCES person (id)"
    )


def downgrade() -> None:
    """The rules lead to whoever they lead to."""
    op.drop_column("occurrence", "partner_id")
