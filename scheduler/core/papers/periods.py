"""A stretch of days summed up: talks, study, meetings. Every figure is made from what pages show of the same days."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from scheduler.core.campaigns import milestones
from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.campaigns.windows import shifted
from scheduler.core.coverage.verdicts import Verdict
from scheduler.core.ground.bookings import HELD, AsOf, Booking, Kind
from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.rates import percent
from scheduler.core.ground.spans import DayRange
from scheduler.core.ground.working_time import WorkingTime
from scheduler.core.sessions.study import IN_FULL, Attendance, hours_of

NO_MEETINGS = (Kind.TALK, Kind.STUDY_SESSION, Kind.VISIT)
"""Kinds that are counted by themselves."""


@dataclass(frozen=True, slots=True)
class ReportPart:
    """A person, a unit or a branch, whose figures a report is of."""

    noun: str
    id: str
    people: frozenset[PersonId]


@dataclass(frozen=True, slots=True)
class ReportDue:
    """A report to the level above that falls due."""

    key: str
    """`before_meeting` or `after_meeting`."""
    due: date


@dataclass(frozen=True, slots=True)
class TalkFigures:
    """The talks of some days."""

    times: int
    """How many were held that count (次)."""
    pairs: int
    """Of how many different pairs (对)."""
    people: int
    """How many different people talked (人)."""
    person_times: Mapping[PersonId, int]
    """How often each of them did (人次)."""
    extra: int
    """Held, though no rule asks for their people."""
    not_counted: Mapping[str, int]
    """Why others do not count."""

    @property
    def person_times_total(self) -> int:
        """How often people talked, one by one."""
        return sum(self.person_times.values())


@dataclass(frozen=True, slots=True)
class StudyFigures:
    """The study sessions of some days."""

    sessions: int
    hours: float
    attended: int
    """How many were there, session by session, late ones and those who left early included."""
    recorded: int
    """Of how many it was recorded how they were there; observers not counted."""
    made_up: int
    """How many made-up sessions lie in these days."""
    sessions_unrecorded: int
    """Sessions of which nothing was recorded."""

    @property
    def attendance_rate(self) -> float | None:
        """Who was there of those recorded, in percent; None: nothing was recorded."""
        return percent(self.attended, self.recorded)


def talk_figures(verdicts: Iterable[Verdict], days: DayRange, as_of: AsOf) -> TalkFigures:
    """What the talks of some days come to, given the verdicts on all talks."""
    theirs = [verdict for verdict in verdicts if verdict.talk.day(as_of.zone) in days]
    counting = [verdict.talk for verdict in theirs if verdict.counts]
    person_times = Counter(person for talk in counting for person in dict.fromkeys(talk.people))
    return TalkFigures(
        len(counting),
        len({pair for talk in counting for pair in combinations(sorted(set(talk.people)), 2)}),
        len(person_times),
        person_times,
        sum(verdict.is_extra for verdict in theirs if verdict.state is HELD),
        Counter(verdict.why_not for verdict in theirs if verdict.why_not),
    )


def study_figures(
    sessions: Iterable[Booking], attendance: Sequence[Attendance], days: DayRange, as_of: AsOf, time: WorkingTime
) -> StudyFigures:
    """What the study sessions of some days come to, given all of them and all that was recorded."""
    held = {session.id: session for session in _held(sessions, days, as_of)}
    recorded = [entry for entry in attendance if entry.session in held and entry.status != "observer"]
    made_up = sum(_is_in(entry.makeup_date, days, as_of.day) for entry in attendance)
    return StudyFigures(
        len(held),
        round(sum(hours_of(session, time) for session in held.values()), 2),
        sum(entry.status in IN_FULL for entry in recorded),
        len(recorded),
        made_up,
        len(held.keys() - {entry.session for entry in attendance}),
    )


def meeting_counts(bookings: Iterable[Booking], days: DayRange, as_of: AsOf) -> dict[Kind, int]:
    """How many meetings of each kind were held on some days; study, talks and visits are counted by themselves."""
    count = Counter(booking.kind for booking in _held(bookings, days, as_of))
    return {kind: count[kind] for kind in Kind if count[kind] and kind not in NO_MEETINGS}


def visit_count(bookings: Iterable[Booking], days: DayRange, as_of: AsOf) -> int:
    """How many visits were held on some days."""
    return sum(booking.kind is Kind.VISIT for booking in _held(bookings, days, as_of))


def reports_due(campaign: Campaign, days: DayRange) -> tuple[ReportDue, ...]:
    """The reports to the level above, before and after the democratic life meeting, that fall due on some days."""
    before = milestones.report_due(campaign, milestones.REPORTED)
    meeting = campaign.milestones.get(milestones.REPORTED)
    after = shifted(meeting, campaign.report_after_days) if meeting and campaign.report_after_days else None
    both = (("before_meeting", before), ("after_meeting", after))
    return tuple(ReportDue(key, due) for key, due in both if due and due in days)


def _held(bookings: Iterable[Booking], days: DayRange, as_of: AsOf) -> list[Booking]:
    """The bookings on some days that stand and are dated by the day asked."""
    return [
        booking
        for booking in bookings
        if booking.day(as_of.zone) in days
        and booking.span.start < as_of.day_ends
        and booking.state(as_of) != "cancelled"
    ]


def _is_in(day: date | None, days: DayRange, until: date) -> bool:
    return day is not None and day in days and day <= until
