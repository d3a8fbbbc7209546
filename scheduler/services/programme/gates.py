"""The gate of a meeting: read, ticked, signed, confirmed or overridden, and closed afterwards."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from scheduler.core.ground import access, written
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound, Refused
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId
from scheduler.core.programme import gate, materials
from scheduler.core.programme.conditions import ItemKind
from scheduler.core.programme.gate import GateDecision, GateItem, GateState, GateStep, GateTick
from scheduler.core.programme.meetings import MeetingResult
from scheduler.services.ground import journal
from scheduler.services.ground.open_campaigns import require_open
from scheduler.services.programme import gate_facts
from scheduler.services.programme.gate_facts import Gate
from scheduler.services.programme.scope import done_on
from scheduler.store import load, writing
from scheduler.store.programme import save

__all__ = ["AfterMeeting", "Gate", "after", "confirm", "may_tick", "send", "show", "tick", "withdraw"]

MAX_NUMBER = 100_000
_DECIDED = (GateState.CONFIRMED, GateState.OVERRIDDEN)
_OVER = (GateState.HELD, GateState.REPORTED)


@dataclass(frozen=True, slots=True)
class AfterMeeting:
    """What is entered after a meeting; None: it stays as it is."""

    person_times: int | None = None
    items: int | None = None
    present: int | None = None
    reported_on: date | None = None


def show(session: Session, actor: Actor, meeting: BookingId, day: date | None, clock: Clock) -> Gate:
    """A meeting's gate as of a day (today when None). Raises NotFound, also for a talk."""
    access.require(actor, Action.SEE_PROGRAMME)
    return gate_facts.read(session, meeting, day, clock)


def may_tick(session: Session, actor: Actor, item: GateItem, shown: Gate) -> bool:
    """Whether a condition is somebody's to tick: organizers tick, any of the signing group signs; the operator does both."""
    if item.kind is ItemKind.TICK or actor.person is None:
        return item.kind is not ItemKind.COMPUTED and access.may(actor, Action.EDIT_PROGRAMME)
    roster = load.roster(session, shown.as_of.day)
    signers = roster.members(item.target) if item.target else materials.signing_group(shown.campaign, roster)
    return item.kind is ItemKind.SIGN_OFF and actor.person in signers


@writing.verb
def tick(
    session: Session,
    actor: Actor,
    meeting: BookingId,
    item: str,
    clock: Clock,
    on: date | None = None,
    *,
    is_ticked: bool = True,
) -> Gate:
    """Tick or sign a condition, on a day (today when None), or take that back.

    What is known late is entered late. Raises NotFound, Refused for one that is computed, NotAllowed when it is another
    role's.
    """
    step = GateStep.DONE if is_ticked else None
    return _stepped(session, actor, meeting, item, clock, on, step)


@writing.verb
def send(
    session: Session,
    actor: Actor,
    meeting: BookingId,
    item: str,
    clock: Clock,
    on: date | None = None,
    *,
    is_back: bool = False,
) -> Gate:
    """Send what is to be signed to those who sign, or (`is_back`) send it back as one of them; either undoes a signature.

    Raises NotFound, Refused for a condition that nobody signs, or nothing to send back, NotAllowed.
    """
    step = GateStep.RETURNED if is_back else GateStep.SUBMITTED
    return _stepped(session, actor, meeting, item, clock, on, step)


_DEEDS = {None: "unticked", GateStep.DONE: "ticked", GateStep.SUBMITTED: "submitted", GateStep.RETURNED: "returned"}


def _stepped(
    session: Session,
    actor: Actor,
    meeting: BookingId,
    name: str,
    clock: Clock,
    on: date | None,
    step: GateStep | None,
) -> Gate:
    """Write how far a condition is; None: nobody has done anything yet."""
    access.require(actor, Action.SEE_PROGRAMME)
    day = done_on(session, on, clock)
    writing.begin(session)
    shown = gate_facts.read(session, meeting, None, clock)
    require_open(session, shown.booking.campaign)
    item = gate.item_of(name, shown.items)
    if item is None:
        raise NotFound("gate_item", name)
    details = {"what": item.called}
    if item.kind is ItemKind.COMPUTED:
        raise Refused((Finding("gate_item_computed", item.key, details),))
    if step in (GateStep.SUBMITTED, GateStep.RETURNED) and item.kind is not ItemKind.SIGN_OFF:
        raise Refused((Finding("gate_item_not_signed", item.key, details),))
    is_for_organizers = step is GateStep.SUBMITTED or item.kind is ItemKind.TICK
    if is_for_organizers and not access.may(actor, Action.EDIT_PROGRAMME):
        raise NotAllowed("tick_gate")
    if not is_for_organizers and not may_tick(session, actor, item, shown):
        raise NotAllowed("sign_gate")
    if step is GateStep.RETURNED and item.step not in (GateStep.SUBMITTED, GateStep.DONE):
        raise Refused((Finding("gate_item_not_sent", item.key, details),))
    save.tick(session, meeting, item.key, GateTick(day, journal.name_of(actor), step) if step else None)
    journal.note(session, actor, _DEEDS[step], "gate", meeting, clock, item=item.key)
    return gate_facts.read(session, meeting, None, clock)


@writing.verb
def confirm(session: Session, actor: Actor, meeting: BookingId, clock: Clock, override: str | None = None) -> Gate:
    """Confirm that a meeting may be held; with `override`, the reason why it is held although something is missing.

    Raises Refused, naming what stands in the way, and for a meeting that is over; Malformed for an empty reason.
    """
    access.require(actor, Action.EDIT_PROGRAMME if override is None else Action.OVERRIDE_GATE)
    reason = override.strip() if override is not None else ""
    if override is not None and not reason:
        raise Malformed("missing", "override")
    if len(reason) > written.MAX_LINE:
        raise Malformed("too_long", "override", longest=written.MAX_LINE)
    writing.begin(session)
    shown = gate_facts.read(session, meeting, None, clock)
    require_open(session, shown.booking.campaign)
    if shown.booking.is_cancelled:
        raise Malformed("already_cancelled", "id", value=meeting)
    if shown.state in _OVER:
        raise Refused((Finding("gate_over", meeting),))
    if not shown.ok and override is None:
        raise Refused(shown.missing)
    if shown.ok and access.may(actor, Action.EDIT_PROGRAMME):  # nothing to make an exception of
        reason = ""
    decision = GateDecision(shown.as_of.day, journal.name_of(actor), reason, gate.frozen(shown.items))
    save.decision(session, meeting, decision)
    journal.note(session, actor, "overridden" if reason else "gate_confirmed", "gate", meeting, clock)
    return gate_facts.read(session, meeting, None, clock)


@writing.verb
def withdraw(session: Session, actor: Actor, meeting: BookingId, clock: Clock) -> Gate:
    """Take back that a meeting was confirmed or overridden. Raises Refused once it is over, Malformed if it was not."""
    access.require(actor, Action.EDIT_PROGRAMME)
    writing.begin(session)
    shown = gate_facts.read(session, meeting, None, clock)
    if shown.state in _OVER:
        raise Refused((Finding("gate_over", meeting),))
    if shown.state not in _DECIDED:
        raise Malformed("not_confirmed", "id")
    save.decision(session, meeting, None)
    journal.note(session, actor, "reopened", "gate", meeting, clock)
    return gate_facts.read(session, meeting, None, clock)


@writing.verb
def after(session: Session, actor: Actor, meeting: BookingId, given: AfterMeeting, clock: Clock) -> Gate:
    """Enter the numbers of a meeting that has begun, and when it was reported; more criticism than can be is a hint and kept.

    Raises NotFound, Refused before it has begun, Malformed.
    """
    access.require(actor, Action.EDIT_PROGRAMME)
    for field in ("person_times", "items", "present"):
        number = getattr(given, field)
        if number is not None and not 0 <= number <= MAX_NUMBER:
            raise Malformed("out_of_range", field, value=number, first=0, last=MAX_NUMBER)
    reported = given.reported_on and done_on(session, given.reported_on, clock, "reported")
    writing.begin(session)
    shown = gate_facts.read(session, meeting, None, clock)
    require_open(session, shown.booking.campaign)
    if clock.now < shown.booking.span.start:
        raise Refused((Finding("not_yet_begun", meeting),))
    held_on = shown.booking.day(shown.as_of.zone)
    if reported and reported < held_on:
        raise Malformed("before_meeting", "reported", value=reported.isoformat(), day=held_on.isoformat())
    if given.present is not None and given.present > shown.quorum.expected:
        raise Malformed("more_than_expected", "present", value=given.present, expected=shown.quorum.expected)
    before = shown.result or MeetingResult(meeting, expected=shown.quorum.expected)
    said = {
        name: value
        for name in ("person_times", "items", "present", "reported_on")
        if (value := getattr(given, name)) is not None
    }
    save.result(session, replace(before, **said))
    journal.note(session, actor, "recorded", "gate", meeting, clock, **{k: str(v) for k, v in said.items()})
    return gate_facts.read(session, meeting, None, clock)
