"""Swaps: other times proposed for one's own talks, agreed to by the others, and carried out at once.

Every verb locks the talk first, so that the answers to one talk's proposals come one after the other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from scheduler.core.bookings import free_times, swaps
from scheduler.core.bookings import rights as booking_rights
from scheduler.core.bookings.free_times import FreeTime
from scheduler.core.bookings.swaps import MAX_MOVES, SwapProposal, SwapState
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import OFF_SITE, Booking
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, Refused
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId, PersonId, SwapId
from scheduler.services.bookings import acts
from scheduler.services.bookings.free_times import MAX_SEARCH, TimeQuery, search
from scheduler.services.ground import journal, notice_time
from scheduler.services.ground.booking_changes import BookingChange
from scheduler.store import load, writing
from scheduler.store.bookings import load_swaps, save_swaps

A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class TalkSwaps:
    """What somebody may know of the proposals for a talk, and whether they may make one."""

    proposals: tuple[SwapProposal, ...] = ()
    """The latest first."""
    standing: SwapProposal | None = None
    """The one that can be agreed to."""
    waiting: tuple[PersonId, ...] = ()
    """Who have yet to agree to it."""
    may_propose: bool = False
    moves_left: int = 0
    hindrance: Finding | None = None
    """What keeps one of its people from proposing another time."""


@dataclass(frozen=True, slots=True)
class Times:
    """The free times of seven days, by start, and where earlier and later ones begin."""

    times: tuple[FreeTime, ...]
    first: date
    last: date
    before: date | None = None
    after: date | None = None


# ── Looking ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def of_talk(session: Session, actor: Actor, booking_id: BookingId, clock: Clock) -> TalkSwaps:
    """The proposals for a talk; nothing at all for those who may not know of them."""
    talk = load.booking(session, booking_id)
    booking_rights.require_see(actor, talk)
    if not talk.is_talk or not swaps.may_know(actor, talk):
        return TalkSwaps()
    proposals = tuple(load_swaps.proposals(session, booking_id))
    standing = next((proposal for proposal in proposals if swaps.stands(proposal, talk, clock.now)), None)
    waiting = swaps.waiting(standing, talk) if standing else ()
    person = actor.person
    if person is None or person not in talk.people or not access.may(actor, Action.SWAP_OWN_TALK):
        return TalkSwaps(proposals, standing, waiting)
    allowed = load_swaps.moves_allowed(session)
    hindrance = swaps.hindrance(person, talk, proposals, allowed, clock.now)
    left = swaps.moves_left(person, proposals, allowed)
    return TalkSwaps(proposals, standing, waiting, hindrance is None, left, hindrance)


def own(session: Session, actor: Actor, clock: Clock) -> list[tuple[SwapProposal, Booking]]:
    """The proposals for one's own talks that can still be agreed to, each with its talk."""
    access.require(actor, Action.SWAP_OWN_TALK)
    proposals = load_swaps.open_proposals(session, actor.person) if actor.person else []
    talks = {talk.id: talk for talk in load.bookings(session, ids=[proposal.booking for proposal in proposals])}
    return [
        (proposal, talks[proposal.booking])
        for proposal in proposals
        if swaps.stands(proposal, talks[proposal.booking], clock.now)
    ]


def times(session: Session, actor: Actor, booking_id: BookingId, clock: Clock, first: date | None = None) -> Times:
    """The starts that one of a talk's people may propose, of seven days: all are free, and a room is.

    Without a first day they begin where there is notice enough; earlier ones can be asked for.
    """
    talk = load.booking(session, booking_id)
    _require_propose(session, actor, talk, clock)
    today = clock.today(load.working_time(session).zone)
    usual = notice_time.earliest(session, talk.campaign, clock).astimezone(load.working_time(session).zone).date()
    start = min(max(first or usual, today), today + MAX_SEARCH)
    free, last = _free(session, talk, clock, start, start + A_WEEK - timedelta(days=1))
    end = min(last or date.max, today + MAX_SEARCH)
    return Times(
        tuple(free),
        start,
        start + A_WEEK - timedelta(days=1),
        max(start - A_WEEK, today) if start > today else None,
        start + A_WEEK if start + A_WEEK <= end else None,
    )


# ── Proposing and answering ──────────────────────────────────────────────────────────────────────────────────────────
@writing.verb
def propose(session: Session, actor: Actor, booking_id: BookingId, start: datetime, clock: Clock) -> SwapProposal:
    """Propose another start for one's own talk; raises Refused when it is not free, or may not be proposed."""
    writing.begin(session)
    talk = load.booking(session, booking_id, lock=True)
    person = _require_propose(session, actor, talk, clock)
    swaps.require_fewer(person, (standing for standing, _talk in own(session, actor, clock)))
    day = start.astimezone(load.working_time(session).zone).date()
    free, _last = _free(session, talk, clock, day, day)
    chosen = next((time for time in free if time.span.start == start), None)
    if chosen is None:
        raise Refused([Finding("swap_not_free", talk.id)])
    _close_old(session, actor, talk, clock)
    room = chosen.room or talk.room
    new = SwapProposal(SwapId(0), talk.id, person, start, room, talk.version, clock.now.replace(microsecond=0))
    saved = save_swaps.new_proposal(session, new)
    return _noted(session, actor, saved, "swap_proposed", clock)


def accept(session: Session, actor: Actor, swap_id: SwapId, clock: Clock) -> SwapProposal:
    """Agree to a proposal; when nobody is left to ask, the talk moves in the same transaction.

    Raises Outdated if the talk has changed, Refused if the time was taken meanwhile: then the proposal is over.
    """
    try:
        return _agree(session, actor, swap_id, clock)
    except Refused:
        _expire(session, actor, swap_id, clock)
        raise


def decline(session: Session, actor: Actor, swap_id: SwapId, clock: Clock) -> SwapProposal:
    """Say no to a proposal; the talk stays where it is."""
    return _answer(session, actor, swap_id, clock, swaps.declined)


def withdraw(session: Session, actor: Actor, swap_id: SwapId, clock: Clock) -> SwapProposal:
    """Take one's own proposal back."""
    return _answer(session, actor, swap_id, clock, swaps.withdrawn)


# ── The rule ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def moves_allowed(session: Session, actor: Actor) -> int:
    """How many moves one person may make of one talk."""
    access.require(actor, Action.SEE_RULES, Action.SWAP_OWN_TALK)
    return load_swaps.moves_allowed(session)


@writing.verb
def allow_moves(session: Session, actor: Actor, moves: int, clock: Clock) -> None:
    """Say how many moves one person may make of one talk; 0: none."""
    access.require(actor, Action.EDIT_PROGRAMME)
    if not 0 <= moves <= MAX_MOVES:
        raise Malformed("out_of_range", "moves", value=moves, first=0, last=MAX_MOVES)
    writing.begin(session)
    save_swaps.moves_allowed(session, moves)
    journal.note(session, actor, "edited", "swap_rule", "", clock, moves=moves)


# ── Steps ────────────────────────────────────────────────────────────────────────────────────────────────────────────
Decision = Callable[[SwapProposal, Booking, PersonId | None, datetime], SwapProposal]


@writing.verb
def _agree(session: Session, actor: Actor, swap_id: SwapId, clock: Clock) -> SwapProposal:
    """One's own yes; with the last one the talk moves."""
    proposal, talk = _locked(session, actor, swap_id)
    changed = save_swaps.proposal(session, swaps.agreed(proposal, talk, actor.person, clock.now))
    if changed.state is SwapState.OPEN:
        return _noted(session, actor, changed, "swap_agreed", clock)
    acts.move(session, actor, talk, BookingChange(start=changed.start, room=changed.room), clock)
    return _noted(session, actor, changed, "swap_accepted", clock)


@writing.verb
def _answer(session: Session, actor: Actor, swap_id: SwapId, clock: Clock, decide: Decision) -> SwapProposal:
    """An answer that leaves the talk where it is."""
    proposal, talk = _locked(session, actor, swap_id)
    changed = save_swaps.proposal(session, decide(proposal, talk, actor.person, clock.now))
    return _noted(session, actor, changed, f"swap_{changed.state}", clock)


def _locked(session: Session, actor: Actor, swap_id: SwapId) -> tuple[SwapProposal, Booking]:
    """A proposal and its talk as they stand now, and nobody else changes them until we are done."""
    access.require(actor, Action.SWAP_OWN_TALK)
    writing.begin(session)
    talk = load.booking(session, load_swaps.proposal(session, swap_id).booking, lock=True)
    proposal = load_swaps.proposal(session, swap_id)
    swaps.require_know(actor, proposal, talk)
    return proposal, talk


def _require_propose(session: Session, actor: Actor, talk: Booking, clock: Clock) -> PersonId:
    """Who proposes, if they may."""
    proposals = load_swaps.proposals(session, talk.id)
    return swaps.require_propose(actor, talk, proposals, load_swaps.moves_allowed(session), clock.now)


def _free(session: Session, talk: Booking, clock: Clock, first: date, last: date) -> tuple[list[FreeTime], date | None]:
    """The starts at which a talk could be instead, by start, and the last day of its window.

    All its people and a room are free (its own, if that is), on workdays within its window.
    """
    query = TimeQuery(
        talk.kind,
        talk.span.length // timedelta(minutes=1),
        booking_rights.named(talk),
        talk.audience,
        keeps=talk.room,
        needs_room=talk.room is not None and talk.room != OFF_SITE,
        first=first,
        last=last,
        rule_set=talk.rule_set,
        campaign=talk.campaign,
        replaces=talk.id,
    )
    space = search(session, query, clock)
    if space is None:
        return [], None
    ends = [window.last for window in space.windows]
    free = (time for time in free_times.best(space) if not time.missing and time.span.start != talk.span.start)
    inside = (time for time in free if not any(warning.kind == "outside_window" for warning in time.warnings))
    return sorted(inside, key=lambda time: time.span), max(filter(None, ends)) if ends and all(ends) else None


def _close_old(session: Session, actor: Actor, talk: Booking, clock: Clock) -> None:
    """Note of what is open for a talk and stands no more that it is over."""
    for proposal in load_swaps.proposals(session, talk.id):
        _end(session, actor, proposal, clock)


@writing.verb
def _expire(session: Session, actor: Actor, swap_id: SwapId, clock: Clock) -> None:
    """End a proposal whose time was taken meanwhile."""
    proposal, _talk = _locked(session, actor, swap_id)
    _end(session, actor, proposal, clock)


def _end(session: Session, actor: Actor, proposal: SwapProposal, clock: Clock) -> None:
    """Note of a proposal that it is over, unless it was closed already."""
    if proposal.state is SwapState.OPEN:
        save_swaps.proposal(session, swaps.closed(proposal, SwapState.EXPIRED, clock.now))
        journal.note(session, actor, "swap_expired", "booking", proposal.booking, clock, proposal=proposal.id)


def _noted(session: Session, actor: Actor, proposal: SwapProposal, action: str, clock: Clock) -> SwapProposal:
    """Write it into the journal."""
    journal.note(session, actor, action, "booking", proposal.booking, clock, proposal=proposal.id)
    return proposal
