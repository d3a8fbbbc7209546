"""Between real time and the local clock on the wall, in whole minutes, that plans are made by."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from scheduler.core.ground.spans import Span
from scheduler.core.plans.problems import MINUTES_A_DAY, Stretch, Wall, day_of, wall


def minute_of(clock: time | datetime) -> int:
    """The minute of the day."""
    return clock.hour * 60 + clock.minute


def wall_at(moment: datetime) -> Wall:
    """What the clock on the wall shows at a moment in its own zone; a begun minute has just begun."""
    return wall(moment.date(), minute_of(moment))


def stretch_of(span: Span, zone: ZoneInfo) -> Stretch:
    """A span on the clock on the wall; begun minutes count whole. It lasts a minute at least, even if clocks go back in it."""
    start, end = span.start.astimezone(zone), span.end.astimezone(zone)
    begins, rest = wall_at(start), bool(end.second or end.microsecond)
    return begins, Wall(max(wall_at(end) + rest, begins + 1))


def moment_at(moment: Wall, zone: ZoneInfo) -> datetime:
    """The moment at which the clock on the wall shows so."""
    hour, minute = divmod(moment % MINUTES_A_DAY, 60)
    return datetime.combine(day_of(moment), time(hour, minute), zone)
