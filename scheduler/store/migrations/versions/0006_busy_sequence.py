"""Bookings count what feeds show of them: to those who are in them, and to those who see only that the time is taken"""

import sqlalchemy as sa
from alembic import op

revision = "0006_busy_sequence"
down_revision = "0005_mail"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """They begin where the other counters are: no reader sees one fall."""
    for view in ("shown", "busy"):
        op.add_column("booking", sa.Column(f"{view}_sequence", sa.Integer(), nullable=False, server_default="0"))
        op.add_column("booking", sa.Column(f"{view}_revised_at", sa.BigInteger(), nullable=True))
        op.execute(f"UPDATE booking SET {view}_sequence = sequence, {view}_revised_at = revised_at")  # noqa: S608


def downgrade() -> None:
    """Without them."""
    for view in ("busy", "shown"):
        op.drop_column("booking", f"{view}_revised_at")
        op.drop_column("booking", f"{view}_sequence")
