"""The programme of a campaign as lanes, and what is next, as of a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from scheduler.core.campaigns import choosing
from scheduler.core.campaigns.definitions import Campaign, Phase
from scheduler.core.campaigns.windows import talk_window
from scheduler.core.coverage.report import Coverage
from scheduler.core.ground import access
from scheduler.core.ground.access import OPERATOR, Action, Actor
from scheduler.core.ground.bookings import AsOf, Booking, Kind, State
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import NotFound
from scheduler.core.ground.ids import CampaignId, PersonId
from scheduler.core.ground.people import ORGANIZERS, Roster
from scheduler.core.ground.working_time import WorkingTime
from scheduler.core.programme import lanes, materials, opinions, tasks, visits
from scheduler.core.programme.conditions import What
from scheduler.core.programme.frequencies import DutyState
from scheduler.core.programme.gate import GateState
from scheduler.core.programme.lanes import Lane, LaneFacts, LaneKey, LaneMark, MarkKind, NextStep
from scheduler.core.programme.materials import MaterialState
from scheduler.core.programme.tasks import TaskState
from scheduler.core.sessions.study import StudyReport
from scheduler.services.coverage import report as coverage
from scheduler.services.programme import frequencies, gate_facts
from scheduler.services.programme.gate_facts import Gate
from scheduler.services.sessions import study
from scheduler.store import load
from scheduler.store.programme import load as records

__all__ = ["Lane", "LaneKey", "Programme", "programme"]

_KINDS = {
    LaneKey.LECTURES: Kind.PARTY_LECTURE,
    LaneKey.SYMPOSIUMS: Kind.SYMPOSIUM,
    LaneKey.VISITS: Kind.FIELD_VISIT,
}


@dataclass(frozen=True, slots=True)
class Programme:
    """A campaign on a day: its lanes, always the same in the same order, and what is next."""

    campaign: Campaign
    as_of: AsOf
    phase: Phase | None
    lanes: tuple[Lane, ...]
    next: tuple[NextStep, ...]
    gate: Gate | None
    """That of the nearest democratic life meeting; None: there is none."""

    @property
    def phase_name(self) -> str | None:
        """What the phase is called that runs."""
        return self.phase.name if self.phase else None


def programme(
    session: Session, actor: Actor, day: date | None, clock: Clock, campaign: CampaignId | None = None
) -> Programme:
    """The programme of a campaign as of a day (today when None). Raises NotFound when there is no campaign."""
    access.require(actor, Action.SEE_PROGRAMME)
    as_of = load.as_of(session, day, clock)
    about = load.campaign(session, as_of.day, campaign)
    if about is None:
        raise NotFound("campaign", "")
    return _Programme(session, as_of, about, clock).whole()


class _Programme:
    """What is known of a campaign on a day, read once for all lanes."""

    def __init__(self, session: Session, as_of: AsOf, campaign: Campaign, clock: Clock) -> None:
        self.session, self.as_of, self.campaign, self.clock = session, as_of, campaign, clock
        self.day, self.id = as_of.day, campaign.id
        self.time: WorkingTime = load.working_time(session)
        self.roster: Roster = load.roster(session, as_of.day)
        kinds = (*_KINDS.values(), Kind.STUDY_SESSION, Kind.DEMOCRATIC_LIFE_MEETING)
        self.bookings = [
            booking
            for booking in load.bookings(session, kinds=kinds)
            if choosing.holds(campaign, booking) and booking.state(as_of) is not State.CANCELLED
        ]
        self.gate = self._gate()

    def whole(self) -> Programme:
        """The lanes in their order, and what is next."""
        told = tuple(lanes.judged(facts, self.day, self.time) for facts in self._facts())
        phase = next((phase for phase in self.campaign.phases if phase.first <= self.day <= phase.last), None)
        following = lanes.next_steps(self._in_the_way(), self._others(told), self.day, self.time)
        return Programme(self.campaign, self.as_of, phase, told, following, self.gate)

    def _facts(self) -> Iterator[LaneFacts]:
        yield self._study()
        for key in _KINDS:
            yield self._held(key)
        yield self._opinions()
        yield from self._talks()
        yield self._materials()
        yield self._of_gate()
        yield self._meetings()
        yield self._tasks()
        yield self._batches()
        yield self._reports()

    # ── What is held ─────────────────────────────────────────────────────────────────────────────────────────────────
    def _of(self, kind: Kind) -> list[Booking]:
        return [booking for booking in self.bookings if booking.kind is kind]

    def _is_held(self, booking: Booking) -> bool:
        return booking.state(self.as_of) is State.HELD

    def _marks(self, bookings: list[Booking]) -> tuple[LaneMark, ...]:
        return lanes.of_days([(booking.day(self.as_of.zone), self._is_held(booking)) for booking in bookings])

    @property
    def _meeting_day(self) -> date | None:
        """The day of the meeting that everything leads to."""
        return self.gate.booking.day(self.as_of.zone) if self.gate else None

    def _held(self, key: LaneKey) -> LaneFacts:
        bookings = self._of(_KINDS[key])
        held = sum(map(self._is_held, bookings))
        due = max((booking.day(self.as_of.zone) for booking in bookings), default=None)
        who: tuple[PersonId, ...] = ()
        if key is LaneKey.VISITS:
            who = visits.without_visit(records.outside_points(self.session), bookings, self.as_of)
        return LaneFacts(key, held, len(bookings), due, who, marks=self._marks(bookings))

    def _study(self) -> LaneFacts:
        report: StudyReport = study.report(self.session, OPERATOR, self.day, self.clock, self.id).first
        who = tuple(person for person, line in report.people.items() if not line.met)
        due = self._meeting_day or self.campaign.ends
        marks = (*self._marks(self._of(Kind.STUDY_SESSION)), LaneMark(due, MarkKind.DUE))
        return LaneFacts(LaneKey.STUDY, report.met, report.of, due, who, marks=marks)

    # ── What is asked ────────────────────────────────────────────────────────────────────────────────────────────────
    def _opinions(self) -> LaneFacts:
        requests = opinions.asked_by(records.opinions(self.session, self.id), self.day)
        tally = opinions.tally(records.tally(self.session, self.id), self.day)
        due = max((request.due for request in requests.requests if request.due), default=None)
        came = [r.received_on for r in requests.requests if r.received_on and r.is_received(self.day)]
        return LaneFacts(
            LaneKey.OPINIONS,
            requests.received_total,
            requests.total,
            due,
            requests.outstanding,
            tally.findings,
            lanes.of_days([(day, True) for day in sorted(set(came))]),
        )

    def _talks(self) -> Iterator[LaneFacts]:
        """Required talks, extended ones, and those of the branches."""
        due = talk_window(self.campaign, self.time).last
        leading = self._covered(is_leading=True)
        talks = leading[0] if leading else None
        days = {t.day(self.as_of.zone): self._is_held(t) for t in talks.talks if not t.is_cancelled} if talks else {}
        marks = lanes.of_days(sorted(days.items()))
        must, optional = (talks.must, talks.optional) if talks else ((0, 0), (0, 0))
        who = tuple(talks.rows) if talks else ()
        short = tuple(person for person in who if talks and talks.rows[person][0] < talks.rows[person][1])
        ends = (LaneMark(due, MarkKind.DUE),) if due else ()
        yield LaneFacts(LaneKey.TALKS, *must, due, short, marks=(*marks, *ends))
        yield LaneFacts(LaneKey.EXTENDED, *optional, due, marks=ends, can_wait=True)
        others = self._covered(is_leading=False)
        done, of = (sum(covered.must[part] for covered in others) for part in (0, 1))
        yield LaneFacts(LaneKey.BRANCH_TALKS, done, of, self.campaign.ends)

    def _covered(self, *, is_leading: bool) -> list[Coverage]:
        """The coverage of the campaign's leading rule set, or of its others."""
        rows = [row for row in load.rule_set_rows(self.session) if row.campaign == self.id]
        return [
            coverage.report(self.session, OPERATOR, row.id, self.day, self.clock, self.id).coverage
            for row in rows
            if row.is_leading == is_leading
        ]

    def _materials(self) -> LaneFacts:
        lines = materials.listing(records.materials(self.session, self.id), self.day)
        unsigned = [line for line in lines if line.state is not MaterialState.SIGNED_OFF]
        who = tuple(line.material.person or line.material.id for line in unsigned)
        due = self._meeting_day
        marks = (LaneMark(due, MarkKind.DUE),) if due else ()
        return LaneFacts(LaneKey.MATERIALS, len(lines) - len(unsigned), len(lines), due, who, marks=marks)

    # ── The meeting ──────────────────────────────────────────────────────────────────────────────────────────────────
    def _gate(self) -> Gate | None:
        """The gate of the next democratic life meeting, or of the last one."""
        meetings = self._of(Kind.DEMOCRATIC_LIFE_MEETING)
        chosen = next((m for m in meetings if m.day(self.as_of.zone) >= self.day), meetings[-1] if meetings else None)
        return gate_facts.read(self.session, chosen.id, self.day, self.clock) if chosen else None

    def _of_gate(self) -> LaneFacts:
        if self.gate is None:
            return LaneFacts(LaneKey.GATE, 0, 0)
        items, meeting = self.gate.items, self._meeting_day
        is_over = self.gate.decision is not None and self.gate.state in (GateState.HELD, GateState.REPORTED)
        marks = self._marks([self.gate.booking])
        who = tuple(item.called for item in items if not item.ok)
        done = len(items) - len(who)
        return LaneFacts(
            LaneKey.GATE,
            done,
            len(items),
            meeting,
            who,
            (*self.gate.findings, *self.gate.missing),
            marks,
            is_over=is_over,
        )

    def _reports(self) -> LaneFacts:
        """The report to the level above before the meeting, and the one afterwards."""
        if self.gate is None or not self.gate.items:
            return LaneFacts(LaneKey.REPORTS, 0, 0)
        reports = [(item.due, item.on is not None) for item in self.gate.items if item.what is What.REPORT]
        reports.append((self.gate.report_due, self.gate.reported_on is not None))
        open_days = [due for due, is_sent in reports if due and not is_sent]
        marks = tuple(LaneMark(due, MarkKind.DUE) for due in open_days)
        who = self.roster.members(ORGANIZERS) if open_days else ()
        is_late = any(due < self.day for due in open_days)
        due = min((due for due in open_days if due >= self.day), default=min(open_days, default=None))
        return LaneFacts(
            LaneKey.REPORTS, len(reports) - len(open_days), len(reports), due, who, marks=marks, is_late=is_late
        )

    def _meetings(self) -> LaneFacts:
        """Meetings by frequency: periods held of periods begun; the branches that missed any."""
        duties = frequencies.duties(self.session, OPERATOR, self.day.year, self.day, self.clock)
        begun = [duty for duty in duties if duty.has_begun and (duty.period.days.first or self.day) <= self.day]
        late = [duty for duty in begun if duty.state is DutyState.LATE]
        due = min((duty.due for duty in begun if duty.state is DutyState.DUE), default=None)
        held = sum(duty.state is DutyState.HELD for duty in begun)
        marks = tuple(LaneMark(day, MarkKind.MISSED) for day in sorted({duty.due for duty in late}))
        who = tuple(dict.fromkeys(duty.subject for duty in late))
        return LaneFacts(LaneKey.MEETINGS, held, len(begun), due, who, marks=marks, is_late=bool(late))

    # ── Tasks and training ───────────────────────────────────────────────────────────────────────────────────────────
    def _tasks(self) -> LaneFacts:
        ledger = tasks.ledger(records.tasks(self.session, self.id), self.day, self.roster.people.keys())
        waiting = [line for line in ledger.lines if line.state in (TaskState.OPEN, TaskState.UNDER_WAY)]
        due = min((line.task.due for line in waiting if line.task.due), default=None)
        behind = [line for line in waiting if line.is_late]
        who = tuple(dict.fromkeys(line.task.leader for line in behind or waiting if line.task.leader))
        closed = [line.task.closed_on for line in ledger.lines if line.state is TaskState.DONE and line.task.closed_on]
        ends = sorted({line.task.due for line in waiting if line.task.due})
        marks = (
            *lanes.of_days([(day, True) for day in sorted(set(closed))]),
            *(LaneMark(d, MarkKind.DUE) for d in ends),
        )
        return LaneFacts(
            LaneKey.TASKS,
            ledger.by_state[TaskState.DONE],
            len(ledger.lines),
            due,
            who,
            ledger.findings,
            marks=marks,
            is_late=bool(behind),
            is_over=bool(ledger.lines) and not waiting,
        )

    def _batches(self) -> LaneFacts:
        listed = records.batches(self.session, self.id)
        done = sum(batch.count for batch in listed if batch.has_ended(self.day))
        due = max((batch.last for batch in listed), default=None)
        marks = lanes.of_days([(batch.first, batch.has_ended(self.day)) for batch in listed])
        return LaneFacts(LaneKey.BATCHES, done, sum(batch.count for batch in listed), due, marks=marks)

    # ── What is next ─────────────────────────────────────────────────────────────────────────────────────────────────
    def _in_the_way(self) -> Iterator[NextStep]:
        """What is missing for the nearest meeting, as long as it lies ahead and was not decided."""
        if self.gate is None or self.gate.state not in (GateState.OPEN, GateState.READY):
            return
        meeting = self.gate.booking.day(self.as_of.zone)
        if meeting < self.day:
            return
        for item in self.gate.items:
            if not item.ok:
                yield NextStep(item.due or meeting, item.what, self.gate.booking.id, item.name)

    def _others(self, told: tuple[Lane, ...]) -> Iterator[NextStep]:
        """Late tasks, and what else is due; what is past and cannot be mended any more is not among them."""
        for line in tasks.ledger(records.tasks(self.session, self.id), self.day).lines:
            if line.state in (TaskState.OPEN, TaskState.UNDER_WAY) and line.task.due:
                yield NextStep(line.task.due, LaneKey.TASKS, line.task.id)
        if self.gate and self.gate.state is GateState.HELD:
            yield NextStep(self.gate.report_due, LaneKey.REPORTS, self.gate.booking.id)
        for lane in told:
            due = lane.facts.due
            is_open = lane.state in (lanes.LaneState.DUE, lanes.LaneState.ON_TRACK)
            if is_open and due and lane.key in (LaneKey.MEETINGS, LaneKey.OPINIONS, *_KINDS):
                yield NextStep(due, lane.key, self.id)
        for key, day in self.campaign.milestones.items():
            if day >= self.day:
                yield NextStep(day, "milestone", key)
