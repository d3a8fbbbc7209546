"""What lasts several days takes people and rooms within working time only"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from scheduler.store import guards

revision = "0016_events_of_days"
down_revision = "0015_guests"
branch_labels = None
depends_on = None

_ALLOCATION = sa.table(
    "allocation", sa.column("booking_id"), sa.column("resource"), sa.column("starts_at"), sa.column("ends_at")
)
_ORGANISATION = sa.table("organisation", sa.column("zone"), sa.column("blocks", sa.JSON()))
_A_NIGHT = 8 * 60 * 60


def upgrade() -> None:
    """A booking may take one person or room in several stretches; those that last days let the nights go."""
    _key("booking_id", "resource", "starts_at")
    connection, row = op.get_bind(), _ALLOCATION.c
    organisation = connection.execute(sa.select(_ORGANISATION.c.zone, _ORGANISATION.c.blocks)).first()
    if organisation is None:
        return
    zone, blocks = ZoneInfo(organisation.zone), organisation.blocks
    for taken in connection.execute(sa.select(_ALLOCATION).where(row.ends_at - row.starts_at > _A_NIGHT)).all():
        stretches = _worked(taken.starts_at, taken.ends_at, blocks, zone)
        if len({datetime.fromtimestamp(start, zone).date() for start, _ in stretches}) > 1:
            connection.execute(
                sa.delete(_ALLOCATION).where(row.booking_id == taken.booking_id, row.resource == taken.resource)
            )
            connection.execute(
                sa.insert(_ALLOCATION),
                [
                    {"booking_id": taken.booking_id, "resource": taken.resource, "starts_at": start, "ends_at": end}
                    for start, end in stretches
                ],
            )


def _worked(starts: int, ends: int, blocks: list[list[str]], zone: ZoneInfo) -> list[tuple[int, int]]:
    """The stretches of working time, those that touch as one."""
    first, last = (datetime.fromtimestamp(moment, UTC).astimezone(zone).date() for moment in (starts, ends))
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    parts = sorted((_epoch(day, opens, zone), _epoch(day, closes, zone)) for day in days for opens, closes in blocks)
    stretches: list[tuple[int, int]] = []
    for opens, closes in parts:
        start, end = max(opens, starts), min(closes, ends)
        if start >= end:
            continue
        if stretches and start <= stretches[-1][1]:
            start, end = stretches[-1][0], max(end, stretches.pop()[1])
        stretches.append((start, end))
    return stretches


def _epoch(day: date, clock: str, zone: ZoneInfo) -> int:
    """A local time as an allocation keeps it."""
    return int(datetime.combine(day, time.fromisoformat(clock), zone).timestamp())


def downgrade() -> None:
    """One stretch for each again: the first. Others may stand in the nights between, so all of the time cannot be taken."""
    connection, later = op.get_bind(), _ALLOCATION.alias("later")
    is_later = sa.exists().where(
        later.c.booking_id == _ALLOCATION.c.booking_id,
        later.c.resource == _ALLOCATION.c.resource,
        later.c.starts_at < _ALLOCATION.c.starts_at,
    )
    connection.execute(sa.delete(_ALLOCATION).where(is_later))
    _key("booking_id", "resource")


def _key(*columns: str) -> None:
    """What a row is known by. SQLite makes the table anew for it, without its guards."""
    with op.batch_alter_table("allocation") as batch:
        batch.drop_constraint("pk_allocation", type_="primary")
        batch.create_primary_key("pk_allocation", list(columns))
    guards.create(op.get_bind())
