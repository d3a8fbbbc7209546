"""What is known of a meeting and its conditions, as of a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from scheduler.core.campaigns.definitions import USUAL_QUORUM, Campaign
from scheduler.core.campaigns.windows import talk_window
from scheduler.core.coverage.report import CoverageState
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.bookings import AsOf, Booking, Kind, State
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import NotFound
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId, CampaignId
from scheduler.core.ground.people import LEADERSHIP_TEAM
from scheduler.core.programme import conditions, gate, materials, meetings, opinions, tasks
from scheduler.core.programme.conditions import Condition, ItemKind, What
from scheduler.core.programme.gate import FrozenItem, GateDecision, GateItem, GateState, Quorum, Score
from scheduler.core.programme.materials import MaterialState
from scheduler.core.programme.meetings import MeetingResult
from scheduler.core.programme.tasks import TaskState
from scheduler.core.rules.requirements import Severity
from scheduler.core.sessions.turnout import Turnout, turnout
from scheduler.services.coverage import report as coverage
from scheduler.services.rules import sets as rule_sets
from scheduler.services.sessions import study
from scheduler.store import load
from scheduler.store.programme import load as records


@dataclass(frozen=True, slots=True)
class Gate:
    """A meeting, its conditions, and what was decided, as of a day."""

    booking: Booking
    as_of: AsOf
    campaign: Campaign | None
    state: GateState
    items: tuple[GateItem, ...]
    quorum: Quorum
    decision: GateDecision | None
    result: MeetingResult | None
    turnout: Turnout
    report_due: date
    """By when the meeting is reported to the level above afterwards; weekends do not move it."""
    hints: tuple[Finding, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether all conditions hold."""
        return all(item.ok for item in self.items)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The conditions that refer to something that there is not."""
        return gate.unknown(self.items)

    @property
    def missing(self) -> tuple[Finding, ...]:
        """What stands in the way, the first due first."""
        return gate.missing(self.items)

    @property
    def no_longer_holds(self) -> tuple[str, ...]:
        """The conditions that have fallen since the meeting was confirmed."""
        is_decided = self.state in (GateState.CONFIRMED, GateState.OVERRIDDEN)
        return gate.no_longer_holding(self.items, self.decision) if is_decided else ()

    @property
    def override(self) -> GateDecision | None:
        """Why it is held although something is missing, if it is."""
        return self.decision if self.decision and self.decision.reason else None

    @property
    def confirmed_by(self) -> str | None:
        """Who confirmed it, if somebody did."""
        return self.decision.by if self.decision else None

    @property
    def confirmed_on(self) -> date | None:
        """When it was confirmed."""
        return self.decision.day if self.decision else None

    @property
    def frozen(self) -> tuple[FrozenItem, ...]:
        """The conditions as they were when it was confirmed."""
        return self.decision.items if self.decision else ()

    @property
    def reported_on(self) -> date | None:
        """When it was reported afterwards, as far as that was by the day."""
        reported = self.result.reported_on if self.result else None
        return reported if reported and reported <= self.as_of.day else None

    @property
    def is_report_late(self) -> bool:
        """Whether it was reported after its day, or not by the time that this was over."""
        return (self.reported_on or self.as_of.day) > self.report_due

    @property
    def present(self) -> int | None:
        """How many of those expected were there, as recorded one by one or in all."""
        return self.turnout.present or (self.result.present if self.result else None)

    @property
    def person_times(self) -> int | None:
        """Person-times of criticism."""
        return self.result.person_times if self.result else None

    @property
    def opinions(self) -> int | None:
        """How many opinions there were."""
        return self.result.items if self.result else None

    @property
    def whole(self) -> "Gate":
        """Itself, for what is told of it under another key."""
        return self


def read(session: Session, meeting: BookingId, day: date | None, clock: Clock) -> Gate:
    """A meeting and its conditions as of a day (today when None); conditions are asked up to its own day. Raises NotFound."""
    booking = load.booking(session, meeting)
    if booking.is_talk:
        raise NotFound("booking", meeting)
    as_of = load.as_of(session, day, clock)
    held_on = booking.day(as_of.zone)
    campaign = load.campaign(session, held_on, booking.campaign)
    until = min(as_of.day, held_on)
    ticks, decision = records.gate(session, meeting)
    decision = decision if decision and decision.day <= as_of.day else None
    required = asked_of(session, campaign, booking.kind)
    lost = unknown_of(session, campaign, required, as_of.day)
    scores = _scores(session, [c for c in required if c.key not in lost], until, clock, campaign)
    items = gate.items(required, scores, ticks, _due(session, campaign, held_on, required), as_of.day, lost)
    result = records.results(session, [meeting]).get(meeting)
    came = turnout(booking, load.attendance(session, meeting), campaign.quorum if campaign else USUAL_QUORUM)
    present = came.present or (result.present if result and result.present else 0)
    is_over = booking.state(as_of) is State.HELD
    is_held = is_over and 0 < came.needed <= present
    after_days = campaign.report_after_days if campaign and campaign.report_after_days is not None else None
    return Gate(
        booking,
        as_of,
        campaign,
        gate.state(items, decision, is_held=is_held, result=result, day=as_of.day),
        items,
        Quorum(came.needed, came.expected),
        decision,
        result if is_over else None,
        came,
        held_on + timedelta(days=meetings.REPORT_DAYS if after_days is None else after_days),
        meetings.hints(result, present or came.expected) if result and is_over else (),
    )


def asked_of(session: Session, campaign: Campaign | None, kind: Kind) -> tuple[Condition, ...]:
    """What must hold before a kind of meeting: what the office has set in the campaign, or the usual."""
    own = records.conditions(session, campaign.id, kind) if campaign else None
    return conditions.usual_of(kind) if own is None else own


def unknown_of(session: Session, campaign: Campaign | None, required: Iterable[Condition], day: date) -> frozenset[str]:
    """The keys of the conditions that refer to a study target, a rule set or a group that there is not on a day."""
    if not any(condition.target for condition in required):
        return frozenset()
    campaign_id = campaign.id if campaign else None
    rows = [row for row in load.rule_set_rows(session) if row.campaign == campaign_id]
    return conditions.unknown_targets(
        required,
        _study_names(session, campaign_id),
        {name for row in rows for name in rule_sets.names_of(row)},
        load.roster(session, day).groups.keys(),
    )


def _study_names(session: Session, campaign: CampaignId | None) -> set[str]:
    """How a study target can be referred to: by its id, or by its audience; where none is set, the leadership team's."""
    targets = load.study_targets(session, campaign)
    return {name for target in targets for name in (target.id, *target.audience)} or {LEADERSHIP_TEAM}


def _due(session: Session, campaign: Campaign | None, held_on: date, required: Iterable[Condition]) -> dict[str, date]:
    """By when each condition is to hold: as many calendar days ahead as it says; else the report as the campaign says,
    talks while their window is open, all others by the meeting."""
    before = campaign.report_before_days if campaign else None
    window = talk_window(campaign, load.working_time(session)).last
    usual = {
        What.TALKS: min(window, held_on) if window else held_on,
        What.REPORT: held_on - timedelta(days=meetings.REPORT_DAYS if before is None else before),
    }
    return {
        c.key: usual.get(c.what, held_on) if c.days_before is None else held_on - timedelta(days=c.days_before)
        for c in required
    }


def _scores(
    session: Session, required: Iterable[Condition], day: date, clock: Clock, campaign: Campaign | None
) -> dict[str, Score]:
    """How far everything is that is computed."""
    scores, of = {}, campaign.id if campaign else None
    for condition in required:
        match condition.what:
            case What.STUDY:
                scores[condition.key] = _study(session, day, clock, of, condition.target)
            case What.OPINIONS:
                scores[condition.key] = _opinions(session, day, of)
            case What.TALKS:
                scores[condition.key] = _talks(session, day, clock, of, condition.target)
            case What.MATERIALS:
                scores[condition.key] = _materials(session, day, of)
            case What.TASKS:
                scores[condition.key] = _tasks(session, day, of)
            case _:
                assert condition.kind is not ItemKind.COMPUTED  # noqa: S101 - the kinds of each are a table
    return scores


def _study(session: Session, day: date, clock: Clock, campaign: CampaignId | None, target: str) -> Score:
    overview = study.report(session, OPERATOR, day, clock, campaign)
    report = next(
        (each.report for each in overview.targets if target in (each.target.id, *each.target.audience)), overview.first
    )
    return Score(report.met, report.of, tuple(person for person, line in report.people.items() if not line.met))


def _tasks(session: Session, day: date, campaign: CampaignId | None) -> Score:
    """Tasks that are done; those that stand for good are never over, and not counted."""
    lines = tasks.ledger(records.tasks(session, campaign), day).lines
    counted = [line for line in lines if line.state is not TaskState.STANDING]
    waiting = tuple(line.task.id for line in counted if line.state is not TaskState.DONE)
    return Score(len(counted) - len(waiting), len(counted), waiting)


def _opinions(session: Session, day: date, campaign: CampaignId | None) -> Score:
    requests = opinions.asked_by(records.opinions(session, campaign), day)
    return Score(requests.received_total, requests.total, requests.outstanding)


def _talks(session: Session, day: date, clock: Clock, campaign: CampaignId | None, target: str) -> Score:
    rows = [row for row in load.rule_set_rows(session) if row.campaign == campaign]
    rows = [row for row in rows if target in rule_sets.names_of(row)]
    try:
        covered = coverage.report(session, OPERATOR, rows[0].id if rows else None, day, clock, campaign).coverage
    except NotFound:  # no rules are applied: nothing is covered, and nothing is green
        return Score(0, 0)
    open_ones = (
        state.requirement
        for state in covered.requirements
        if state.requirement.severity is Severity.MUST and state.state is not CoverageState.COVERED
    )
    who = dict.fromkeys(p for r in open_ones for p in (r.pair or (r.subject,)) if p)
    return Score(covered.covered, covered.required, tuple(who))


def _materials(session: Session, day: date, campaign: CampaignId | None) -> Score:
    lines = materials.listing(records.materials(session, campaign), day)
    unsigned = [line.material for line in lines if line.state is not MaterialState.SIGNED_OFF]
    return Score(len(lines) - len(unsigned), len(lines), tuple(m.person or m.id for m in unsigned))
