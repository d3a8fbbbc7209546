"""Feeds may be limited to a campaign"""

import sqlalchemy as sa
from alembic import op

revision = "0026_feeds_of_a_campaign"
down_revision = "0025_series"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The feeds that there are show whatever there is, as before."""
    with op.batch_alter_table("feed") as table:
        table.add_column(sa.Column("campaign_id", sa.String(), nullable=True))
        table.create_foreign_key(op.f("fk_feed_campaign_id_campaign"), "campaign", ["campaign_id"], ["id"])
        table.create_index(op.f("ix_feed_campaign_id"), ["campaign_id"])


def downgrade() -> None:
    """A feed that was limited ends: whoever has its address was not to see more."""
    op.execute("UPDATE feed SET revoked_at = created_at WHERE campaign_id IS NOT NULL AND revoked_at IS NULL")
    with op.batch_alter_table("feed") as table:
        table.drop_index(op.f("ix_feed_campaign_id"))
        table.drop_constraint(op.f("fk_feed_campaign_id_campaign"), type_="foreignkey")
        table.drop_column("campaign_id")
