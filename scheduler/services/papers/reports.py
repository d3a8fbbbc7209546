"""What a month, or any stretch of days, came to: the figures of pages and papers, summed up by the same functions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from scheduler.core.campaigns import choosing
from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.coverage.verdicts import verdicts
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import AsOf, Kind
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import CampaignId
from scheduler.core.ground.people import Roster
from scheduler.core.ground.spans import DayRange, Span, midnight, next_midnight
from scheduler.core.papers import periods
from scheduler.core.papers.periods import ReportDue, StudyFigures, TalkFigures
from scheduler.services.coverage import report as coverage
from scheduler.services.programme import tasks
from scheduler.store import load

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


def month(first: date) -> tuple[date, date]:
    """The first and the last day of a month that begins on a day."""
    following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return first, following - timedelta(days=1)


def report(
    session: Session, actor: Actor, first: date, last: date, clock: Clock, given: CampaignId | None = None
) -> PeriodReport:
    """What the days from `first` to `last` came to in a campaign, or in the one that the last day means.

    Raises Malformed when they end before they begin.
    """
    access.require(actor, Action.SEE_STUDY)
    if last < first:
        raise Malformed("ends_before_it_starts", "to")
    as_of, days = load.as_of(session, last, clock), DayRange(first, last)
    campaign = load.campaign(session, last, given)
    whole = Span(midnight(first, as_of.zone), next_midnight(last, as_of.zone))
    talks, covered, roster = _coverage(session, actor, first, as_of, clock, campaign)
    bookings = [booking for booking in load.bookings(session, span=whole) if choosing.holds(campaign, booking)]
    studied = [booking for booking in bookings if booking.kind is Kind.STUDY_SESSION]
    return PeriodReport(
        first,
        last,
        campaign,
        roster or load.roster(session, last),
        talks,
        periods.study_figures(studied, load.attendance(session), days, as_of, load.working_time(session)),
        periods.meeting_counts(bookings, days, as_of),
        periods.visit_count(bookings, days, as_of),
        covered,
        periods.reports_due(campaign, days) if campaign else (),
        _tasks(session, actor, as_of, clock, campaign),
    )


def _tasks(session: Session, actor: Actor, as_of: AsOf, clock: Clock, campaign: Campaign | None) -> Mapping[str, int]:
    """How many tasks of the campaign are how far on the last day, and how many of them are late; nothing where there are none."""
    if campaign is None:
        return {}
    ledger = tasks.ledger(session, actor, as_of.day, clock, campaign.id)
    counts = {state.value: count for state, count in ledger.by_state.items()}
    return {**counts, "late": len(ledger.late)} if ledger.lines else {}


def _coverage(
    session: Session, actor: Actor, first: date, as_of: AsOf, clock: Clock, campaign: Campaign | None
) -> tuple[TalkFigures, CoverageFigures, Roster | None]:
    """The talks by the leading rule set of the campaign; nothing where no rules were applied."""
    about = campaign.id if campaign else None
    try:
        after = coverage.report(session, actor, None, as_of.day, clock, about)
    except NotFound:
        return _NO_TALKS, CoverageFigures(), None
    before = coverage.report(session, actor, after.rule_set.id, first - timedelta(days=1), clock, about)
    talks = periods.talk_figures(verdicts(after.coverage, after.earlier), DayRange(first, as_of.day), as_of)
    now = after.coverage
    figures = CoverageFigures(now.covered, now.required, now.rate, now.covered - before.coverage.covered)
    by_rank = {person: talks.person_times[person] for person in after.roster.in_rank_order(talks.person_times)}
    return replace(talks, person_times=by_rank), figures, after.roster
