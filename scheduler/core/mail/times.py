"""When mail goes out: not in quiet hours, again after a while when it failed, and reminders on the workday before."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from scheduler.core.ground.working_time import WorkingTime

_WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
    timedelta(hours=24),
)


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts; None: give up, after about three days."""
    return _WAITS[attempts - 1] if attempts <= len(_WAITS) else None


def is_quiet(moment: datetime, quiet: tuple[time, time] | None, zone: ZoneInfo) -> bool:
    """Whether a moment lies in the hours in which nobody is to get mail; they may go over midnight."""
    if quiet is None:
        return False
    begin, end = quiet
    clock = moment.astimezone(zone).time()
    return begin <= clock < end if begin < end else clock >= begin or clock < end


def reminder_moment(day: date, at: time, working_time: WorkingTime) -> datetime:
    """When the people of a talk on a day are reminded: on the last workday before it."""
    return datetime.combine(working_time.workdays_before(day, 1), at, working_time.zone)
