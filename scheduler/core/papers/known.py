"""What was known on a day, held against what is known now: fact by fact what was entered, corrected or taken out since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from scheduler.core.ground.bookings import AsOf, Booking, Kind
from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.spans import DayRange
from scheduler.core.programme.tasks import RectificationTask
from scheduler.core.sessions.study import Attendance

Said = Mapping[str, object]
"""What is said of a fact, by key."""


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that was another on a day than it is now; `before` and `after` say only what differs."""

    noun: str
    """`booking`, `attendance`, `task`, `milestone`."""
    subject: str
    """The booking, the task or the milestone."""
    at: datetime
    """When it was changed last."""
    before: Said | None
    """None: it was not known then."""
    after: Said | None
    """None: it is there no longer."""
    kind: Kind | None = None
    """Of a booking."""
    day: date | None = None
    """Of a booking: its day, as known now."""
    people: tuple[PersonId, ...] = ()
    """Of a talk: who talks; of attendance: who."""


@dataclass(frozen=True, slots=True)
class KnownOn:
    """As known on which day a report is, and what is otherwise now."""

    day: date
    changes: tuple[FactChange, ...]
    kept_since: date | None = None
    """Since when changes are kept; None: since ever. What was changed before is not told."""


def of_booking(booking: Booking, as_of: AsOf) -> Said:
    """What figures go by: its state, time, people, and what it counts as."""
    start, minutes = booking.span.start.astimezone(as_of.zone), booking.span.end - booking.span.start
    rule_sets = [booking.rule_set, *booking.linked] if booking.rule_set or booking.linked else []
    return {
        "state": booking.state(as_of).value,
        "start": f"{start:%Y-%m-%dT%H:%M}",
        "minutes": int(minutes.total_seconds()) // 60,
        "people": list(booking.people),
        "kind": booking.kind.value,
        "mode": booking.mode.value,
        "size": booking.size.value,
        "hours": booking.hours,
        "rule_sets": rule_sets,
    }


def of_attendance(entry: Attendance) -> Said:
    """How somebody was there, and when it was made up; never why they were not."""
    return {"status": entry.status.value, "makeup_date": entry.makeup_date and entry.makeup_date.isoformat()}


def of_task(task: RectificationTask, day: date) -> Said:
    """How far it was, and when it is due."""
    return {"state": task.state(day).value, "due": task.due and task.due.isoformat()}


def difference(before: Said | None, after: Said | None) -> tuple[Said | None, Said | None] | None:
    """What differs between two things said of a fact; None: nothing does."""
    if before is None or after is None:
        return None if before == after else (before, after)
    differs = [key for key in after if before[key] != after[key]]
    return ({key: before[key] for key in differs}, {key: after[key] for key in differs}) if differs else None


def concerns(booking: Booking, days: DayRange, as_of: AsOf) -> bool:
    """Whether a report of some days goes by a booking: coverage by every talk until then, all else by its day."""
    day = booking.day(as_of.zone)
    return day in days or (booking.is_talk and day <= as_of.day)
