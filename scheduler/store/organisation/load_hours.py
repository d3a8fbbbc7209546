"""The hours of a day: blocks, lunch and zone, without the table of workdays."""

from datetime import time
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.ground.working_time import WorkingTime
from scheduler.store.organisation.rows import OrganisationRow
from scheduler.store.upserts import table_of

DEFAULT_ZONE = ZoneInfo("Asia/Shanghai")
_ORGANISATION = table_of(OrganisationRow).c
_HOURS = select(_ORGANISATION.zone, _ORGANISATION.blocks, _ORGANISATION.lunch, _ORGANISATION.day_hours)


def hours_of_day(session: Session) -> WorkingTime:
    """Blocks, lunch, hours that make a day, and the zone; which days are workdays is not in it."""
    row = session.execute(_HOURS).first()
    if row is None:
        return WorkingTime(DEFAULT_ZONE)
    return WorkingTime(
        ZoneInfo(row.zone),
        blocks=tuple(_times(block) for block in row.blocks),
        lunch=_times(row.lunch) if row.lunch else None,
        day_hours=row.day_hours,
    )


def _times(texts: list[str]) -> tuple[time, time]:
    """Two times of day from `["08:30", "11:30"]`."""
    start, end = texts
    return time.fromisoformat(start), time.fromisoformat(end)
