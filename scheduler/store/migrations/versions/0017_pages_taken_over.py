"""Pages for subscribing act for their person once it took them over"""

import sqlalchemy as sa
from alembic import op

revision = "0017_pages_taken_over"
down_revision = "0016_events_of_days"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has taken over the pages that there are: whoever issued them may have seen their secret."""
    with op.batch_alter_table("subscription_page") as table:
        table.add_column(sa.Column("taken_at", sa.BigInteger(), nullable=True))
        table.add_column(sa.Column("own_digest", sa.String(), nullable=True))
        table.create_unique_constraint(op.f("uq_subscription_page_own_digest"), ["own_digest"])


def downgrade() -> None:
    """Whoever has the address of a page acts by it again."""
    with op.batch_alter_table("subscription_page") as table:
        table.drop_constraint(op.f("uq_subscription_page_own_digest"), type_="unique")
        table.drop_column("own_digest")
        table.drop_column("taken_at")
