"""Facts as they were before they were changed"""

import time

import sqlalchemy as sa
from alembic import op

revision = "0034_former_facts"
down_revision = "0033_grades"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From now on what is changed is kept; of what was changed before, nobody knows how it stood."""
    former = op.create_table(
        "former_fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("noun", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_former_fact_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_fact")),
    )
    op.create_index("ix_former_fact_until", "former_fact", ["until"])
    if op.get_bind().execute(sa.text("SELECT id FROM booking LIMIT 1")).first():
        begun = {"noun": "begun", "key": "", "person_id": None, "until": int(time.time()), "rows": {}}
        op.get_bind().execute(sa.insert(former), [begun])


def downgrade() -> None:
    """Only today's facts are known any more."""
    op.drop_table("former_fact")
