"""The notice time: how long before it begins people have to know of what is arranged."""

from datetime import datetime, timedelta
from itertools import islice

from scheduler.core.ground.working_time import WorkingTime

USUAL_NOTICE = 1
"""Workdays: on the next one, at the earliest."""
_FURTHEST = 60
"""Days; in a table without any workday, the search ends there."""


def earliest(now: datetime, working_time: WorkingTime, workdays: int = USUAL_NOTICE) -> datetime:
    """The first moment that leaves so many workdays of notice: when the first block of that workday begins; 0 is now."""
    if not workdays:
        return now
    today = now.astimezone(working_time.zone).date()
    days = (today + timedelta(days=ahead) for ahead in range(1, _FURTHEST + 1))
    leaving_enough = islice(filter(working_time.is_workday, days), workdays - 1, None)
    day = next(leaving_enough, today + timedelta(days=_FURTHEST))
    return datetime.combine(day, working_time.blocks[0][0], working_time.zone)
