"""Many campaigns: which one leads, which are closed, and which one a booking belongs to"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0013_campaigns"
down_revision = "0012_study_targets"
branch_labels = None
depends_on = None

_CAMPAIGN = sa.table(
    "campaign", sa.column("id"), sa.column("starts", sa.Date()), sa.column("ends", sa.Date()), sa.column("place")
)
_BOOKING = sa.table("booking", sa.column("campaign_id"), sa.column("starts_at"), sa.column("rule_set_id"))
_RULE_SET = sa.table(
    "rule_set", sa.column("id"), sa.column("campaign_id"), sa.column("preset"), sa.column("branch"),
    sa.column("is_leading", sa.Boolean()), sa.column("applied_at"),
)  # fmt: skip
_RUN = sa.table("plan_run", sa.column("rule_set_id"))
_LINK = sa.table("talk_link", sa.column("booking_id"), sa.column("rule_set_id"))
_ORGANISATION = sa.table("organisation", sa.column("zone"))


def upgrade() -> None:
    """The first campaign leads; what lies on its days is its own, and so are rule sets that were nobody's."""
    op.add_column("campaign", sa.Column("is_open", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("campaign", sa.Column("place", sa.Integer(), nullable=False, server_default="0"))
    # said in SQL, since Alembic would rebuild the table on SQLite for the sake of the foreign key
    op.execute(
        "ALTER TABLE booking ADD COLUMN campaign_id VARCHAR CONSTRAINT fk_booking_campaign_id REFERENCES campaign (id)"
    )
    op.create_index("ix_booking_campaign_id", "booking", ["campaign_id"])
    with op.batch_alter_table("rule_set") as batch:
        batch.drop_constraint("uq_rule_set_preset_branch", type_="unique")
        batch.create_unique_constraint("uq_rule_set_campaign_id_preset_branch", ["campaign_id", "preset", "branch"])
    _give_places()
    _give_campaigns()


def _give_places() -> None:
    """Campaigns lead in the order in which they begin, but the one that rules were applied in comes first."""
    connection = op.get_bind()
    row, rule_set = _CAMPAIGN.c, _RULE_SET.c
    led = connection.execute(sa.select(rule_set.campaign_id).where(rule_set.is_leading)).scalar()
    names = list(connection.scalars(sa.select(row.id).order_by(row.starts, row.id)))
    for place, name in enumerate(sorted(names, key=lambda name: name != led), start=1):
        connection.execute(sa.update(_CAMPAIGN).where(row.id == name).values(place=place))


def _give_campaigns() -> None:
    """Bookings belong to the campaign that covers their day, of several to the first; rule sets to the leading one."""
    connection = op.get_bind()
    zone = ZoneInfo(connection.execute(sa.select(_ORGANISATION.c.zone)).scalar() or "Asia/Shanghai")
    campaigns = connection.execute(
        sa.select(_CAMPAIGN.c.id, _CAMPAIGN.c.starts, _CAMPAIGN.c.ends).order_by(_CAMPAIGN.c.place)
    ).all()
    for name, starts, ends in campaigns:
        within = _BOOKING.c.starts_at.between(_epoch(starts, zone), _epoch(ends + timedelta(days=1), zone) - 1)
        connection.execute(sa.update(_BOOKING).where(_BOOKING.c.campaign_id.is_(None), within).values(campaign_id=name))
    if campaigns:
        connection.execute(
            sa.update(_RULE_SET).where(_RULE_SET.c.campaign_id.is_(None)).values(campaign_id=campaigns[0].id)
        )


def _epoch(day: date, zone: ZoneInfo) -> int:
    """A local midnight as a booking keeps it."""
    return int(datetime.combine(day, time(), zone).timestamp())


def downgrade() -> None:
    """One campaign's rule sets at most for a preset and branch, and one leading one in all, as it was."""
    _merge_rule_sets()
    with op.batch_alter_table("rule_set") as batch:
        batch.drop_constraint("uq_rule_set_campaign_id_preset_branch", type_="unique")
        batch.create_unique_constraint("uq_rule_set_preset_branch", ["preset", "branch"])
    op.drop_index("ix_booking_campaign_id", "booking")
    op.drop_column("booking", "campaign_id")
    op.drop_column("campaign", "place")
    op.drop_column("campaign", "is_open")


def _merge_rule_sets() -> None:
    """Of rule sets of one preset and branch, keep that of the first campaign, and let the talks of all belong to it."""
    connection = op.get_bind()
    row, campaign = _RULE_SET.c, _CAMPAIGN.c
    in_order = connection.execute(
        sa.select(row.id, row.preset, row.branch)
        .select_from(_RULE_SET.outerjoin(_CAMPAIGN, campaign.id == row.campaign_id))
        .order_by(campaign.place.is_(None), campaign.place, sa.not_(row.is_leading), row.applied_at, row.id)
    ).all()
    kept: dict[tuple[str, str], str] = {}
    for name, preset, branch in in_order:
        other = kept.setdefault((preset, branch), name)
        if other != name:
            for table in (_BOOKING, _RUN):
                connection.execute(sa.update(table).where(table.c.rule_set_id == name).values(rule_set_id=other))
            connection.execute(sa.delete(_LINK).where(_LINK.c.rule_set_id == name))
            connection.execute(sa.delete(_RULE_SET).where(row.id == name))
    for place, name in enumerate(kept.values()):
        connection.execute(sa.update(_RULE_SET).where(row.id == name).values(is_leading=place == 0))
