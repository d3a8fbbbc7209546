"""What a month, or any stretch of days, came to: the figures of pages and papers, summed up by the same functions."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypedDict

from sqlalchemy.orm import Session

from scheduler.core.campaigns import choosing
from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.coverage.verdicts import verdicts
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import AsOf, Kind
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import CampaignId, GroupId, PersonId, UnitId
from scheduler.core.ground.people import Roster
from scheduler.core.ground.spans import DayRange, Span, midnight, next_midnight
from scheduler.core.papers import periods, trends
from scheduler.core.papers.known import KnownOn
from scheduler.core.papers.periods import ReportDue, ReportPart, StudyFigures, TalkFigures
from scheduler.core.papers.trends import BurnUp, Trends
from scheduler.core.programme.tasks import TaskState
from scheduler.services.coverage import report as coverage
from scheduler.services.papers import known
from scheduler.services.papers.known import Comparison
from scheduler.services.programme import tasks
from scheduler.store import load
from scheduler.store.operations import former

NO_TRENDS = Trends()
_NO_TALKS = TalkFigures(0, 0, 0, {}, 0, {})


@dataclass(frozen=True, slots=True)
class CoverageFigures:
    """How far the talks were at the end of some days, and how far they came in them."""

    covered: int = 0
    required: int = 0
    rate: float | None = None
    """None: nothing is required."""
    change: int = 0


@dataclass(frozen=True, slots=True)
class ReportQuery:
    """Which days are summed up, of what, and as known when."""

    first: date
    last: date
    campaign: CampaignId | None = None
    """None: the one that the last day means."""
    person: PersonId | None = None
    unit: UnitId | None = None
    branch: GroupId | None = None
    """Of one of the three, or of everybody."""
    known_on: date | None = None
    """As known at the end of this day; None: as known now."""


class PartNamed(TypedDict, total=False):
    """One of the parts of `ReportQuery`, or none."""

    person: PersonId
    unit: UnitId
    branch: GroupId


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """What some days came to, as of the last of them."""

    first: date
    last: date
    campaign: Campaign | None
    roster: Roster
    talks: TalkFigures
    study: StudyFigures
    meetings: Mapping[Kind, int]
    visits: int
    coverage: CoverageFigures
    reports: tuple[ReportDue, ...]
    tasks: Mapping[str, int]
    of: ReportPart | None = None
    """Whose figures these are; None: everybody's."""
    as_known: KnownOn | None = None
    trends: Trends = NO_TRENDS

    @property
    def person(self) -> str | None:
        """The one whose figures these are."""
        return self.of.id if self.of and self.of.noun == "person" else None

    @property
    def unit(self) -> str | None:
        """The unit whose figures these are."""
        return self.of.id if self.of and self.of.noun == "unit" else None

    @property
    def branch(self) -> str | None:
        """The branch whose figures these are."""
        return self.of.id if self.of and self.of.noun == "branch" else None


def month(first: date) -> tuple[date, date]:
    """The first and the last day of a month that begins on a day."""
    following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return first, following - timedelta(days=1)


def part_named(noun: str, key: str) -> PartNamed:
    """The person, unit or branch that a report is asked of, for `ReportQuery`."""
    match noun:
        case "person":
            return {"person": PersonId(key)}
        case "unit":
            return {"unit": UnitId(key)}
        case "branch":
            return {"branch": GroupId(key)}
        case _:
            return {}


def report(session: Session, actor: Actor, query: ReportQuery, clock: Clock) -> PeriodReport:
    """What some days came to in a campaign, for everybody or for a part, as known now or at the end of a day.

    Raises Malformed when they end before they begin or several parts are named, NotFound for a part that is not there.
    """
    access.require(actor, Action.SEE_STUDY)
    if query.last < query.first:
        raise Malformed("ends_before_it_starts", "to")
    if query.known_on is None:
        return _report(session, actor, query, clock)
    with former.known_at(session, known.moment_of(session, query.known_on)) as changed:
        told = _report(session, actor, query, clock)
        then = known.of_changed(session, changed)
    as_of = load.as_of(session, query.last, clock)
    comparison = Comparison(then, known.of_changed(session, changed), changed, DayRange(query.first, query.last), as_of)
    campaign = told.campaign.id if told.campaign else None
    return replace(told, as_known=comparison.told(session, actor, query.known_on, campaign))


def _report(session: Session, actor: Actor, query: ReportQuery, clock: Clock) -> PeriodReport:
    """The same by what the session reads."""
    first, last = query.first, query.last
    as_of, days = load.as_of(session, last, clock), DayRange(first, last)
    campaign, roster = load.campaign(session, last, query.campaign), load.roster(session, last)
    part = _part(query, roster)
    talks, covered, of_rules, burn = _coverage(session, actor, first, as_of, clock, campaign, part)
    whole = Span(midnight(first, as_of.zone), next_midnight(last, as_of.zone))
    bookings = [b for b in load.bookings(session, span=whole) if choosing.holds(campaign, b) and _is_of(part, b.people)]
    studied = [booking for booking in bookings if booking.kind is Kind.STUDY_SESSION]
    time = load.working_time(session)
    attendance = [entry for entry in load.attendance(session) if _is_of(part, (entry.person,))]
    return PeriodReport(
        first,
        last,
        campaign,
        of_rules or roster,
        talks,
        periods.study_figures(studied, attendance, days, as_of, time),
        periods.meeting_counts(bookings, days, as_of),
        periods.visit_count(bookings, days, as_of),
        covered,
        periods.reports_due(campaign, days) if campaign and not part else (),
        _tasks(session, actor, as_of, clock, campaign, part),
        part,
        trends=Trends(
            burn,
            trends.hours_by_person(studied, attendance, as_of, time),
            trends.week_loads(bookings, days, as_of),
        ),
    )


def _part(query: ReportQuery, roster: Roster) -> ReportPart | None:
    """Whom a report is of. Raises Malformed, NotFound."""
    named = [name for name in ("person", "unit", "branch") if getattr(query, name)]
    if len(named) > 1:
        raise Malformed("one_part_only", named[1])
    if query.person:
        if query.person not in roster.people:
            raise NotFound("person", query.person)
        return ReportPart("person", query.person, frozenset({query.person}))
    if query.unit:
        if query.unit not in roster.units:
            raise NotFound("unit", query.unit)
        return ReportPart("unit", query.unit, frozenset(roster.people_by_unit.get(query.unit, ())))
    if query.branch:
        if query.branch not in {branch.id for branch in roster.branches()}:
            raise NotFound("branch", query.branch)
        return ReportPart("branch", query.branch, frozenset(roster.members(query.branch)))
    return None


def _is_of(part: ReportPart | None, people: Collection[PersonId]) -> bool:
    """Whether anybody of these belongs to the part that is asked of."""
    return part is None or not part.people.isdisjoint(people)


def _tasks(
    session: Session, actor: Actor, as_of: AsOf, clock: Clock, campaign: Campaign | None, part: ReportPart | None
) -> Mapping[str, int]:
    """How many tasks of the campaign are how far on the last day, and how many of them are late; nothing where there are none."""
    if campaign is None:
        return {}
    lines = [
        line
        for line in tasks.ledger(session, actor, as_of.day, clock, campaign.id).lines
        if part is None
        or line.task.lead_unit == part.id
        or _is_of(part, (line.task.leader,) if line.task.leader else ())
    ]
    counts = Counter(line.state for line in lines)
    return (
        {**{state.value: counts[state] for state in TaskState}, "late": sum(line.is_late for line in lines)}
        if lines
        else {}
    )


def _coverage(
    session: Session,
    actor: Actor,
    first: date,
    as_of: AsOf,
    clock: Clock,
    campaign: Campaign | None,
    part: ReportPart | None,
) -> tuple[TalkFigures, CoverageFigures, Roster | None, BurnUp | None]:
    """The talks by the leading rule set of the campaign; nothing where no rules were applied."""
    about = campaign.id if campaign else None
    try:
        after = coverage.report(session, actor, None, as_of.day, clock, about)
    except NotFound:
        return _NO_TALKS, CoverageFigures(), None, None
    before = coverage.report(session, actor, after.rule_set.id, first - timedelta(days=1), clock, about)
    if part:
        after, before = (coverage.of_people(report, part.people) for report in (after, before))
    talks = periods.talk_figures(verdicts(after.coverage, after.earlier), DayRange(first, as_of.day), as_of)
    now = after.coverage
    figures = CoverageFigures(now.covered, now.required, now.rate, now.covered - before.coverage.covered)
    theirs = [person for person in talks.person_times if part is None or person in part.people]
    by_rank = {person: talks.person_times[person] for person in after.roster.in_rank_order(theirs)}
    told = replace(talks, people=len(theirs), person_times=by_rank)
    return told, figures, after.roster, trends.burn_up(now, first)
