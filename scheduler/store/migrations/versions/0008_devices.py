"""Feeds that devices read as calendar accounts, entry by entry"""

import sqlalchemy as sa
from alembic import op

revision = "0008_devices"
down_revision = "0007_outside_calendars"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two columns, and a table of entries."""
    op.add_column("feed", sa.Column("device", sa.String(), nullable=False, server_default=""))
    op.add_column("feed", sa.Column("synced_from", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "feed_entry",
        sa.Column("feed_id", sa.String(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name=op.f("fk_feed_entry_feed_id")),
        sa.PrimaryKeyConstraint("feed_id", "uid", name=op.f("pk_feed_entry")),
    )


def downgrade() -> None:
    """Without them; whoever read by a device's account has to subscribe anew."""
    op.drop_table("feed_entry")
    op.execute("UPDATE feed SET revoked_at = changed_at WHERE device <> '' AND revoked_at IS NULL")
    op.drop_column("feed", "synced_from")
    op.drop_column("feed", "device")
