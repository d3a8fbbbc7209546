"""Meetings that are to be held every month, quarter or year: which period has had its meeting, and for whom."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from scheduler.core.campaigns import windows
from scheduler.core.campaigns.windows import Per, Period
from scheduler.core.ground import audiences
from scheduler.core.ground.bookings import AsOf, Booking, Kind, Part, State
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.ground.people import Roster
from scheduler.core.ground.spans import DayRange
from scheduler.core.ground.working_time import WorkingTime

MEMBERS, COMMITTEE, PARTY_GROUP = "branch.members", "branch.committee", "party_group"
"""Who may be asked of each branch, or of each of its groups; any other audience is asked as a whole."""


@dataclass(frozen=True, slots=True)
class DutyChart:
    """The org chart of any day, and which days are worked."""

    on: Callable[[date], Roster]
    time: WorkingTime

    def middle(self, days: DayRange) -> tuple[date, ...]:
        """The middle workday, or the two of them; who is there on one is there for half of the days, unless it is on and off."""
        first, last = days.first or date.min, days.last or date.max
        worked = list(self.time.workdays_between(first, last)) or [first]
        return (worked[(len(worked) - 1) // 2], worked[len(worked) // 2])


class DutyState(StrEnum):
    """What became of a duty."""

    HELD = "held"
    BOOKED = "booked"
    DUE = "due"
    LATE = "late"
    NOT_YET = "not_yet"
    EXEMPT = "exempt"
    """It is not asked: an organizer says why, or there was nobody whom it could be asked of for half of the period."""


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
class DutyExemption:
    """That a period's meeting is not asked of a branch, why, and since when and by whom that is said."""

    rule: str
    subject: str
    period: str
    reason: str
    day: date
    by: str

    @property
    def key(self) -> tuple[str, str, str]:
        """The duty that it is about."""
        return (self.rule, self.subject, self.period)


@dataclass(frozen=True, slots=True)
class Duty:
    """What a rule asks of a branch in a period, and what became of it by a day."""

    rule: FrequencyRule
    subject: str
    period: Period
    state: DutyState
    held: tuple[BookingId, ...] = ()
    booked: tuple[BookingId, ...] = ()
    reason: str = ""
    """Why it is not asked, in an organizer's words."""

    @property
    def key(self) -> tuple[str, str, str]:
        """Which rule, whom and which period it is about."""
        return (self.rule.id, self.subject, self.period.label or "")

    @property
    def meetings(self) -> tuple[BookingId, ...]:
        """What stands for it on the calendar."""
        return (*self.held, *self.booked)

    @property
    def is_missing(self) -> bool:
        """Whether its period is not over and a meeting is still to be found a time for."""
        return self.state in (DutyState.DUE, DutyState.NOT_YET)

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
    return frozenset(audiences.select(selector(rule, subject), roster))


def selector(rule: FrequencyRule, subject: str) -> str:
    """For whom a meeting is booked, so that everybody is invited who has to be."""
    prefix = {MEMBERS: audiences.BRANCH, COMMITTEE: audiences.COMMITTEE}.get(rule.attendees, "")
    return f"{prefix}{subject}"


def objection(duty: Duty, day: date) -> Finding | None:
    """Why no meeting can be booked for a duty; None: one can."""
    if duty.due < day:
        return Finding("duty_over", duty.rule.id, {"subject": duty.subject, "period": duty.period.label})
    return None if duty.is_missing else not_missing(duty)


def not_missing(duty: Duty) -> Finding:
    """That a duty lacks no meeting: it has one, or is not asked."""
    details = {"subject": duty.subject, "period": duty.period.label, "meetings": duty.meetings}
    return Finding("duty_not_missing", duty.rule.id, details)


def duties(
    rules: Iterable[FrequencyRule],
    year: int,
    bookings: Sequence[Booking],
    as_of: AsOf,
    chart: DutyChart,
    exemptions: Iterable[DutyExemption] = (),
) -> Iterator[Duty]:
    """What rules ask in a year, rule by rule, branch by branch, period by period, as of a day.

    A meeting counts in the period of its day if everybody of that day was invited; a joint one counts for each.
    """
    known_bookings = [b for b in bookings if b.was_known(as_of) and b.state(as_of) is not State.CANCELLED]
    reasons = {exemption.key: exemption.reason for exemption in exemptions if exemption.day <= as_of.day}
    for rule in rules:
        meetings = [(booking.day(as_of.zone), booking) for booking in known_bookings if booking.kind is rule.kind]
        in_year = periods(rule, year)
        for subject in _subjects_of(rule, in_year, as_of.day, chart):
            counting = [(day, booking) for day, booking in meetings if _is_whole(rule, subject, booking, chart.on(day))]
            for period in in_year:
                inside = [booking for day, booking in counting if day in period.days]
                told = _duty(rule, subject, period, inside, as_of, chart)
                yield _excused(told, reasons.get(told.key, ""))


def _subjects_of(rule: FrequencyRule, in_year: Iterable[Period], day: date, chart: DutyChart) -> tuple[str, ...]:
    """Of whom a rule asks in any of these periods: a branch that was dissolved meanwhile had its duties before."""
    days = (day, *(middle for period in in_year for middle in chart.middle(period.days) if middle <= day))
    return tuple(sorted({subject for on in days for subject in subjects(rule, chart.on(on))}))


def _is_whole(rule: FrequencyRule, subject: str, booking: Booking, roster: Roster) -> bool:
    """Whether everybody was invited who had to be."""
    invited = {p.person for p in booking.participants if p.part is Part.ATTENDEE}
    required = attendees(rule, subject, roster)
    return bool(required) and required <= invited


def _duty(
    rule: FrequencyRule, subject: str, period: Period, meetings: Sequence[Booking], as_of: AsOf, chart: DutyChart
) -> Duty:
    held = tuple(booking.id for booking in meetings if booking.state(as_of) is State.HELD)
    booked = tuple(booking.id for booking in meetings if booking.id not in held)
    first, last = period.days.first or date.min, period.days.last or date.max
    if len(held) >= rule.least:
        state = DutyState.HELD
    elif not meetings and not any(attendees(rule, subject, chart.on(day)) for day in chart.middle(period.days)):
        state = DutyState.EXEMPT
    elif len(meetings) >= rule.least:
        state = DutyState.BOOKED
    elif last < as_of.day:
        state = DutyState.LATE
    else:
        state = DutyState.DUE if first <= as_of.day else DutyState.NOT_YET
    return Duty(rule, subject, period, state, held, booked)


def _excused(duty: Duty, reason: str) -> Duty:
    """A duty that is not asked, where an organizer says so and no meeting stands for it."""
    is_open = duty.state not in (DutyState.HELD, DutyState.BOOKED)
    return replace(duty, state=DutyState.EXEMPT, reason=reason) if reason and is_open else duty
