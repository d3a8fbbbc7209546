"""Meetings that are to be held every month, quarter or year: which period has had its meeting, and for whom."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scheduler.core.campaigns import windows
from scheduler.core.campaigns.windows import Per, Period
from scheduler.core.ground import audiences
from scheduler.core.ground.bookings import AsOf, Booking, Kind, Part, State
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.ground.people import Roster
from scheduler.core.ground.spans import DayRange

MEMBERS, COMMITTEE, PARTY_GROUP = "branch.members", "branch.committee", "party_group"
"""Who may be asked of each branch, or of each of its groups; any other audience is asked as a whole."""
RosterOn = Callable[[date], Roster]


class DutyState(StrEnum):
    """What became of a duty."""

    HELD = "held"
    BOOKED = "booked"
    DUE = "due"
    LATE = "late"
    NOT_YET = "not_yet"
    EXEMPT = "exempt"
    """There is nobody whom it could be asked of."""


@dataclass(frozen=True, slots=True)
class FrequencyRule:
    """How often a kind of meeting is to be held, and who has to be invited to it."""

    id: str
    name: str
    kind: Kind
    per: Per
    least: int
    attendees: str
    first: date | None = None
    """Asked from the first whole period that begins on or after it."""
    last: date | None = None
    """Asked up to the last whole period that ends on or before it."""


@dataclass(frozen=True, slots=True)
class Duty:
    """What a rule asks of a branch in a period, and what became of it by a day."""

    rule: FrequencyRule
    subject: str
    period: Period
    state: DutyState
    held: tuple[BookingId, ...] = ()
    booked: tuple[BookingId, ...] = ()

    @property
    def due(self) -> date:
        """The last day of the period."""
        return self.period.days.last or date.max

    @property
    def has_begun(self) -> bool:
        """Whether its period has begun and it is asked at all."""
        return self.state not in (DutyState.NOT_YET, DutyState.EXEMPT)


def periods(rule: FrequencyRule, year: int) -> tuple[Period, ...]:
    """The whole periods of a year in which a rule asks."""
    days = DayRange(date(year, 1, 1), date(year, 12, 31))
    return tuple(period for period in windows.periods(rule.per, days, date(year, 1, 1)) if _is_asked(rule, period.days))


def _is_asked(rule: FrequencyRule, days: DayRange) -> bool:
    begins = rule.first is None or (days.first is not None and days.first >= rule.first)
    return begins and (rule.last is None or (days.last is not None and days.last <= rule.last))


def subjects(rule: FrequencyRule, roster: Roster) -> tuple[str, ...]:
    """Of whom a rule asks by itself: each branch, each party group, or its audience as a whole."""
    if rule.attendees in (MEMBERS, COMMITTEE):
        return tuple(branch.id for branch in roster.branches())
    if rule.attendees == PARTY_GROUP:
        return tuple(sorted(group.id for group in roster.groups.values() if group.kind == "branch_group"))
    return (rule.attendees,)


def attendees(rule: FrequencyRule, subject: str, roster: Roster) -> frozenset[PersonId]:
    """Who has to be invited on the day of a roster."""
    selector = f"{audiences.COMMITTEE}{subject}" if rule.attendees == COMMITTEE else subject
    return frozenset(audiences.select(selector, roster))


def duties(
    rules: Iterable[FrequencyRule], year: int, bookings: Sequence[Booking], as_of: AsOf, roster_on: RosterOn
) -> Iterator[Duty]:
    """What rules ask in a year, rule by rule, branch by branch, period by period, as of a day.

    A meeting counts in the period of its day if everybody of that day was invited; a joint one counts for each.
    """
    known_bookings = [b for b in bookings if b.was_known(as_of) and b.state(as_of) is not State.CANCELLED]
    for rule in rules:
        meetings = [(booking.day(as_of.zone), booking) for booking in known_bookings if booking.kind is rule.kind]
        for subject in subjects(rule, roster_on(as_of.day)):
            counting = [
                (day, booking) for day, booking in meetings if _is_whole(rule, subject, booking, roster_on(day))
            ]
            for period in periods(rule, year):
                inside = [booking for day, booking in counting if day in period.days]
                yield _duty(rule, subject, period, inside, as_of, roster_on)


def _is_whole(rule: FrequencyRule, subject: str, booking: Booking, roster: Roster) -> bool:
    """Whether everybody was invited who had to be."""
    invited = {p.person for p in booking.participants if p.part is Part.ATTENDEE}
    required = attendees(rule, subject, roster)
    return bool(required) and required <= invited


def _duty(
    rule: FrequencyRule, subject: str, period: Period, meetings: Sequence[Booking], as_of: AsOf, roster_on: RosterOn
) -> Duty:
    held = tuple(booking.id for booking in meetings if booking.state(as_of) is State.HELD)
    booked = tuple(booking.id for booking in meetings if booking.id not in held)
    first, last = period.days.first or date.min, period.days.last or date.max
    if len(held) >= rule.least:
        state = DutyState.HELD
    elif not meetings and not attendees(rule, subject, roster_on(max(min(last, as_of.day), first))):
        state = DutyState.EXEMPT
    elif len(meetings) >= rule.least:
        state = DutyState.BOOKED
    elif last < as_of.day:
        state = DutyState.LATE
    else:
        state = DutyState.DUE if first <= as_of.day else DutyState.NOT_YET
    return Duty(rule, subject, period, state, held, booked)
