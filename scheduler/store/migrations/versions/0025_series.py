"""Which series a booking belongs to"""

import sqlalchemy as sa
from alembic import op

revision = "0025_series"
down_revision = "0024_meetings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was booked so far belongs to none."""
    op.add_column("booking", sa.Column("series", sa.String(), nullable=False, server_default=""))
    op.create_index("ix_booking_series", "booking", ["series"])


def downgrade() -> None:
    """Each stands by itself."""
    op.drop_index("ix_booking_series", "booking")
    op.drop_column("booking", "series")
