"""Feeds that keep their revision and body, of more kinds; who fetched them; pages to subscribe at"""

import sqlalchemy as sa
from alembic import op

revision = "0004_feed_bodies"
down_revision = "0003"
branch_labels = None
depends_on = None


def _new() -> tuple[sa.Column[object], ...]:
    """What is known of a feed besides whose it is."""
    return (
        sa.Column("subject", sa.String(), nullable=False, server_default=""),
        sa.Column("alarm_minutes", sa.Integer(), nullable=True),
        sa.Column("hides_names", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("back_days", sa.Integer(), nullable=True),
        sa.Column("ahead_days", sa.Integer(), nullable=True),
        sa.Column("reach_start", sa.BigInteger(), nullable=True),
        sa.Column("reach_end", sa.BigInteger(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("changed_at", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("is_stale", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("form", sa.String(), nullable=False, server_default=""),
    )


def upgrade() -> None:
    """Feeds that stand go on: their revision is above what their readers know, and no older than their calendar."""
    for column in _new():
        op.add_column("feed", column)
    op.execute("UPDATE feed SET subject = 'p:' || person_id WHERE person_id IS NOT NULL")
    op.execute("UPDATE feed SET subject = 'r:' || room_id WHERE room_id IS NOT NULL")
    op.execute(
        "UPDATE feed SET revision = 1 + coalesce((SELECT sum(revision) FROM calendar_revision"
        " WHERE resource IN (feed.subject, 'org')), 0), changed_at = 1 + coalesce((SELECT max(changed_at) FROM"
        " calendar_revision WHERE resource IN (feed.subject, 'org') AND changed_at > feed.created_at), feed.created_at)"
    )
    op.create_index("ix_feed_subject", "feed", ["subject"])
    op.create_table(
        "feed_body",
        sa.Column("feed_id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("odd", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name=op.f("fk_feed_body_feed_id")),
        sa.PrimaryKeyConstraint("feed_id", name=op.f("pk_feed_body")),
    )
    op.create_table(
        "feed_fetch",
        sa.Column("feed_id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("client", sa.String(), nullable=False),
        sa.Column("shown_at", sa.BigInteger(), nullable=False),
        sa.Column("first_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("fetches", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name=op.f("fk_feed_fetch_feed_id")),
        sa.PrimaryKeyConstraint("feed_id", "revision", "client", name=op.f("pk_feed_fetch")),
    )
    op.create_table(
        "subscription_page",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("feed_id", sa.String(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name=op.f("fk_subscription_page_feed_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_subscription_page_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_subscription_page")),
        sa.UniqueConstraint("digest", name=op.f("uq_subscription_page_digest")),
    )


def downgrade() -> None:
    """Without them."""
    op.drop_table("subscription_page")
    op.drop_table("feed_fetch")
    op.drop_table("feed_body")
    op.drop_index("ix_feed_subject", "feed")
    for column in reversed(_new()):
        op.drop_column("feed", column.name)
