"""Sign-ins by code"""

import sqlalchemy as sa
from alembic import op

revision = "0027_arrivals"
down_revision = "0026_feeds_of_a_campaign"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Who signed in at which booking, and when."""
    for table, who in (("arrival", "person_id"), ("guest_arrival", "guest_id")):
        op.create_table(
            table,
            sa.Column("booking_id", sa.String(), nullable=False),
            sa.Column(who, sa.String(), nullable=False),
            sa.Column("arrived_at", sa.BigInteger(), nullable=False),
            sa.Column("number", sa.String(), nullable=False),
            sa.Column("accepted_at", sa.BigInteger(), nullable=True),
            sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f(f"fk_{table}_booking_id_booking")),
            *_of_the_roster(table, who),
            sa.PrimaryKeyConstraint("booking_id", who, name=op.f(f"pk_{table}")),
        )


def _of_the_roster(table: str, who: str) -> list[sa.ForeignKeyConstraint]:
    """Guests are kept with their booking, people by themselves."""
    name = op.f(f"fk_{table}_person_id_person")
    return [sa.ForeignKeyConstraint([who], ["person.id"], name=name)] if who == "person_id" else []


def downgrade() -> None:
    """Only what organizers recorded stays."""
    op.drop_table("guest_arrival")
    op.drop_table("arrival")
