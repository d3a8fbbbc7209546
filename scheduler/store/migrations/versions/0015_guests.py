"""Guests of a booking, and how they were there"""

import sqlalchemy as sa
from alembic import op

revision = "0015_guests"
down_revision = "0014_stated_hours"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No booking has guests yet."""
    op.add_column("booking", sa.Column("guests", sa.JSON(), nullable=False, server_default="[]"))
    op.create_table(
        "guest_attendance",
        sa.Column("booking_id", sa.String(), nullable=False),
        sa.Column("guest_id", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_guest_attendance_booking_id")),
        sa.PrimaryKeyConstraint("booking_id", "guest_id", name=op.f("pk_guest_attendance")),
    )


def downgrade() -> None:
    """Guests are forgotten."""
    op.drop_table("guest_attendance")
    op.drop_column("booking", "guests")
