"""What is known of a meeting and its conditions, as of a day."""

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
from scheduler.core.programme import gate, materials, meetings, opinions
from scheduler.core.programme.gate import FrozenItem, GateDecision, GateItem, GateState, Quorum, Score, What
from scheduler.core.programme.materials import MaterialState
from scheduler.core.programme.meetings import MeetingResult
from scheduler.core.rules.requirements import Severity
from scheduler.core.sessions.turnout import Turnout, turnout
from scheduler.services.coverage import report as coverage
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
    has_conditions = booking.kind is Kind.DEMOCRATIC_LIFE_MEETING
    campaign_id = campaign.id if campaign else None
    scores = _scores(session, until, clock, campaign_id) if has_conditions else {}
    items = gate.items(scores, ticks, _due(session, campaign, held_on), until) if has_conditions else ()
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


def _due(session: Session, campaign: Campaign | None, held_on: date) -> dict[What, date]:
    """By when each condition is to hold: the report so many calendar days ahead, talks while their window is open, all others by the meeting."""
    before = campaign.report_before_days if campaign else None
    window = talk_window(campaign, load.working_time(session)).last
    return {
        **dict.fromkeys(What, held_on),
        What.TALKS: min(window, held_on) if window else held_on,
        What.REPORT: held_on - timedelta(days=meetings.REPORT_DAYS if before is None else before),
    }


def _scores(session: Session, day: date, clock: Clock, campaign: CampaignId | None) -> dict[What, Score]:
    """How far everything is that is computed."""
    return {
        What.STUDY: _study(session, day, clock, campaign),
        What.OPINIONS: _opinions(session, day, campaign),
        What.TALKS: _talks(session, day, clock, campaign),
        What.MATERIALS: _materials(session, day, campaign),
    }


def _study(session: Session, day: date, clock: Clock, campaign: CampaignId | None) -> Score:
    report = study.report(session, OPERATOR, day, clock, campaign).first
    return Score(report.met, report.of, tuple(person for person, line in report.people.items() if not line.met))


def _opinions(session: Session, day: date, campaign: CampaignId | None) -> Score:
    requests = opinions.asked_by(records.opinions(session, campaign), day)
    return Score(requests.received_total, requests.total, requests.outstanding)


def _talks(session: Session, day: date, clock: Clock, campaign: CampaignId | None) -> Score:
    try:
        covered = coverage.report(session, OPERATOR, None, day, clock, campaign).coverage
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
