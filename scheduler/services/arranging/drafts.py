"""Draft plans: looked at beside the calendar, changed by hand, discarded. `plan_release` puts them on the calendar."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from scheduler.core.arranging.drafts import DraftPlacement, DraftPlan, DraftStatus, DraftUnplaced
from scheduler.core.arranging.runs import PlanRun
from scheduler.core.bookings import conflicts
from scheduler.core.ground.access import Actor
from scheduler.core.ground.bookings import Booking, Draft, Participant
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotFound, Outdated, Refused
from scheduler.core.ground.findings import Finding, Findings
from scheduler.core.ground.ids import BookingId, PlanRunId, RoomId
from scheduler.core.ground.people import Room, Roster
from scheduler.core.rules import events as event_rules
from scheduler.services.arranging import rights
from scheduler.services.bookings import drafts as booking_drafts
from scheduler.services.bookings import facts as booking_facts
from scheduler.services.ground import journal
from scheduler.services.ground.booking_changes import BookingChange
from scheduler.store import load, writing
from scheduler.store.arranging import load as load_plans
from scheduler.store.arranging import save as save_plans

_Ruled = TypeVar("_Ruled", DraftPlacement, DraftUnplaced)


@dataclass(frozen=True, slots=True)
class PlacementDifference:
    """What a placement would change on today's calendar."""

    placement: DraftPlacement
    before: Booking | None
    """The booking that would move, as it stands; None: a new one."""
    findings: Findings
    """What speaks against it today, the rest of the draft considered; empty when nobody asked."""


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """A draft plan with what a page about it needs to know."""

    run: PlanRun
    plan: DraftPlan
    differences: tuple[PlacementDifference, ...]
    """One for each placement, by its number."""
    roster: Roster
    """Names as of today."""
    rooms: Mapping[RoomId, Room]

    @property
    def new(self) -> tuple[PlacementDifference, ...]:
        """What would be booked."""
        return tuple(difference for difference in self.differences if difference.before is None)

    @property
    def moved(self) -> tuple[PlacementDifference, ...]:
        """What would be moved."""
        return tuple(difference for difference in self.differences if difference.before is not None)


@dataclass(frozen=True, slots=True)
class MovedDraft:
    """A draft after a placement was moved by hand, and what is to be said about that."""

    plan: DraftPlan
    findings: Findings


def shown(session: Session, actor: Actor, run_id: PlanRunId, clock: Clock, *, with_findings: bool = False) -> ShownPlan:
    """A draft beside today's calendar; with `with_findings` each placement is checked as its release would do."""
    run = rights.seen(session, actor, run_id)
    plan = _masked(session, actor, run, _of(session, run_id))
    before = _before(session, plan.placements)
    differences = tuple(
        PlacementDifference(
            placement,
            before.get(placement.moves) if placement.moves else None,
            visible(actor, _findings(session, run, plan, placement, clock)) if with_findings else Findings(),
        )
        for placement in plan.placements
    )
    today = load.as_of(session, None, clock).day
    return ShownPlan(run, plan, differences, load.roster(session, today), load.rooms(session))


def open_draft(session: Session, actor: Actor, run_id: PlanRunId, clock: Clock) -> ShownPlan:
    """A draft that somebody is going to change. Raises what changing it would raise."""
    rights.changeable(session, actor, run_id)
    shown_plan = shown(session, actor, run_id, clock)
    require_draft(shown_plan.plan)
    return shown_plan


@writing.verb
def pin(
    session: Session,
    actor: Actor,
    run_id: PlanRunId,
    numbers: Collection[int],
    clock: Clock,
    *,
    is_pinned: bool = True,
    version: int | None = None,
) -> DraftPlan:
    """Keep placements where they are when the plan is arranged again, or let them go (`is_pinned=False`)."""
    writing.begin(session)
    _, plan = opened(session, actor, run_id, version)
    for number in numbers:
        _placement(plan, number)
    placements = tuple(
        replace(placement, is_pinned=is_pinned) if placement.number in numbers else placement
        for placement in plan.placements
    )
    changed = plan if placements == plan.placements else replace(plan, placements=placements)
    return saved(session, actor, plan, changed, "pinned" if is_pinned else "unpinned", clock)


@writing.verb
def move(
    session: Session, actor: Actor, run_id: PlanRunId, number: int, change: BookingChange, clock: Clock
) -> MovedDraft:
    """Move one placement by hand, and pin it there: its start, its minutes, its room. Raises Refused with the reasons.

    It is held against today's calendar, and against the other placements of the draft. The version is the draft's.
    """
    writing.begin(session)
    run, plan = opened(session, actor, run_id, change.version)
    old = _placement(plan, number)
    start, minutes = change.start or old.start, old.minutes if change.minutes is None else change.minutes
    booking_drafts.span_of(start, minutes)
    room = old.room if change.room is None else change.room or None
    new = replace(old, start=start, minutes=minutes, room=room, is_pinned=True)
    findings = visible(actor, _findings(session, run, plan, new, clock))
    if findings.blocking:
        raise Refused(findings.blocking, findings.warnings, findings.hints)
    placements = tuple(new if placement.number == number else placement for placement in plan.placements)
    return MovedDraft(saved(session, actor, plan, replace(plan, placements=placements), "moved", clock), findings)


@writing.verb
def discard(session: Session, actor: Actor, run_id: PlanRunId, clock: Clock) -> DraftPlan:
    """Put a draft aside; a second time changes nothing. One that was released raises Refused."""
    writing.begin(session)
    rights.changeable(session, actor, run_id)
    plan = _of(session, run_id, lock=True)
    if plan.status is DraftStatus.DISCARDED:
        return plan
    require_draft(plan)
    over = replace(plan, status=DraftStatus.DISCARDED, decided_by=journal.name_of(actor), decided_at=_whole(clock))
    return saved(session, actor, plan, over, "discarded", clock)


@writing.verb
def restore(session: Session, actor: Actor, run_id: PlanRunId, clock: Clock) -> DraftPlan:
    """Take up a draft again that was put aside; one that was not stays as it is. One that was released raises Refused."""
    writing.begin(session)
    rights.changeable(session, actor, run_id)
    plan = _of(session, run_id, lock=True)
    if plan.status is DraftStatus.RELEASED:
        require_draft(plan)
    again = replace(plan, status=DraftStatus.DRAFT, decided_by="", decided_at=None)
    return saved(session, actor, plan, again, "restored", clock)


def opened(session: Session, actor: Actor, run_id: PlanRunId, version: int | None = None) -> tuple[PlanRun, DraftPlan]:
    """A draft that is going to be changed, locked until the transaction is over.

    Raises NotFound, NotAllowed, Refused if it was decided already, Outdated if somebody was faster.
    """
    run = rights.changeable(session, actor, run_id)
    plan = _of(session, run_id, lock=True)
    require_draft(plan)
    if version is not None and version != plan.version:
        raise Outdated("plan", run_id)
    return run, plan


def saved(session: Session, actor: Actor, before: DraftPlan, after: DraftPlan, action: str, clock: Clock) -> DraftPlan:
    """Write a draft that was changed, with its line in the journal; nothing if it was not."""
    if after == before:
        return before
    raised = replace(after, version=before.version + 1)
    save_plans.draft_plan(session, raised)
    journal.note(session, actor, action, "plan", raised.run, clock, version=raised.version)
    return raised


def require_draft(plan: DraftPlan) -> None:
    """Raise Refused unless it is still a draft."""
    if plan.status is DraftStatus.RELEASED:
        raise Refused([Finding("plan_released", plan.run)])
    if plan.status is DraftStatus.DISCARDED:
        raise Refused([Finding("plan_discarded", plan.run)])


def visible(actor: Actor, findings: Findings) -> Findings:
    """What somebody may know of findings."""
    return findings if actor.arranges_all else conflicts.private(findings, actor.person)


def as_draft(run: PlanRun, placement: DraftPlacement) -> Draft:
    """A placement as the draft of a booking."""
    return booking_drafts.tidy(
        Draft(
            placement.kind,
            placement.span,
            placement.people,
            placement.audience,
            placement.room,
            placement.title,
            placement.mode,
            rule_set=run.rule_set,
            replaces=placement.moves,
        )
    )


def _of(session: Session, run_id: PlanRunId, *, lock: bool = False) -> DraftPlan:
    """The draft of a run. Raises Refused while there is none."""
    plan = load_plans.draft_plan(session, run_id, lock=lock)
    if plan is None:
        raise Refused([Finding("plan_not_ready", run_id)])
    return plan


def _masked(session: Session, actor: Actor, run: PlanRun, plan: DraftPlan) -> DraftPlan:
    """The draft without telling people who are no organizers which occurrences the talks of others follow from."""
    if actor.arranges_all:
        return plan
    from scheduler.services.rules.sets import spec_of

    rule_set = next((row for row in load.rule_set_rows(session) if row.id == run.rule_set), None)
    spec = spec_of(rule_set) if rule_set else None
    harmless = {rule.id for rule in spec.rules} - event_rules.event_rules_of(spec) if spec else set()

    def masked(talk: _Ruled) -> _Ruled:
        return talk if actor.person in talk.people else replace(talk, rules=event_rules.visible(talk.rules, harmless))

    return replace(plan, placements=tuple(map(masked, plan.placements)), unplaced=tuple(map(masked, plan.unplaced)))


def _placement(plan: DraftPlan, number: int) -> DraftPlacement:
    """The placement of a number. Raises NotFound."""
    for placement in plan.placements:
        if placement.number == number:
            return placement
    raise NotFound("placement", str(number))


def _before(session: Session, placements: Iterable[DraftPlacement]) -> dict[BookingId, Booking]:
    """The bookings that would move."""
    ids = [placement.moves for placement in placements if placement.moves]
    return {booking.id: booking for booking in load.bookings(session, ids=ids)} if ids else {}


def _findings(session: Session, run: PlanRun, plan: DraftPlan, placement: DraftPlacement, clock: Clock) -> Findings:
    """What speaks against a placement, on today's calendar with the rest of the draft on it."""
    draft = as_draft(run, placement)
    try:
        facts = booking_facts.around(session, draft, clock)
    except Malformed as gone:
        return Findings(blocking=(unbookable(placement, gone),))
    others = [other for other in plan.placements if other.number != placement.number]
    leaving = {other.moves for other in others}
    staying = tuple(booking for booking in facts.bookings if booking.id not in leaving)
    return conflicts.find(draft, replace(facts, bookings=(*staying, *(_as_booking(plan, other) for other in others))))


def unbookable(placement: DraftPlacement, no: Malformed) -> Finding:
    """A placement whose person, room or booking is not there any more, as a finding."""
    value = str(no.details.get("value", placement.moves or placement.number))
    return Finding("not_there_any_more", value, {"number": placement.number})


def _as_booking(plan: DraftPlan, placement: DraftPlacement) -> Booking:
    """A placement as if it were on the calendar."""
    people = tuple(map(Participant, placement.people))
    name = BookingId(f"{plan.run}.{placement.number}")
    return Booking(name, placement.kind, placement.title, placement.span, placement.room, people)


def _whole(clock: Clock) -> datetime:
    """The real time as the store keeps it, in whole seconds."""
    return clock.real.replace(microsecond=0)
