"""Calendars that people keep elsewhere, and when they are busy there"""

import sqlalchemy as sa
from alembic import op

revision = "0007_outside_calendars"
down_revision = "0006_busy_sequence"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two tables more."""
    op.create_table(
        "outside_calendar",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("good_at", sa.BigInteger(), nullable=True),
        sa.Column("tried_at", sa.BigInteger(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("skipped", sa.JSON(), nullable=False),
        sa.Column("zone_guesses", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_outside_calendar_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_calendar")),
    )
    op.create_index("ix_outside_calendar_person_id", "outside_calendar", ["person_id"])
    op.create_index("ix_outside_calendar_next_at", "outside_calendar", ["next_at"])
    op.create_table(
        "outside_busy",
        sa.Column("calendar_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["calendar_id"], ["outside_calendar.id"], name=op.f("fk_outside_busy_calendar_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("calendar_id", "starts_at", name=op.f("pk_outside_busy")),
    )


def downgrade() -> None:
    """Without them."""
    op.drop_table("outside_busy")
    op.drop_index("ix_outside_calendar_next_at", "outside_calendar")
    op.drop_index("ix_outside_calendar_person_id", "outside_calendar")
    op.drop_table("outside_calendar")
