"""Proposing another time for one's own talk, and answering with one tap."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import assert_never

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.bookings import swaps as core
from scheduler.core.bookings.free_times import FreeTime
from scheduler.core.bookings.own_talks import Step
from scheduler.core.bookings.swaps import SwapProposal, SwapState
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground import written
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.errors import Malformed, NotFound, Outdated, Refused
from scheduler.core.ground.ids import BookingId, PersonId, RoomId, SwapId
from scheduler.core.ground.spans import at_wall
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings import swaps as service
from scheduler.services.bookings.swaps import TalkSwaps
from scheduler.web.bookings import pages
from scheduler.web.bookings.taps import SignedInActions, TalkActions, Tap
from scheduler.web.page import facts
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.once import once
from scheduler.web.page.texts import _
from scheduler.web.page.words import local, when


@dataclass(frozen=True, slots=True)
class ShownProposal:
    """A proposal as pages show it, with what the viewer may do about it."""

    id: SwapId
    booking: BookingId
    who: str
    """With whom the talk is, seen by the viewer; everybody in it for an organizer."""
    proposer: str
    is_own: bool
    when: str
    where: str
    stands: str
    """When the talk is now."""
    waiting: str
    accept: Tap | None
    decline: Tap | None
    withdraw: Tap | None


@dataclass(frozen=True, slots=True)
class Past:
    """A proposal that is no more open: by whom, to when, what became of it."""

    proposer: str
    when: str
    state: str


@dataclass(frozen=True, slots=True)
class SwapSection:
    """What the page of a booking says about swaps; nothing for those who may not know."""

    standing: ShownProposal | None = None
    past: tuple[Past, ...] = ()
    may_propose: bool = False


@dataclass(frozen=True, slots=True)
class SwapSlot:
    """A start that may be proposed; `value` is what the form sends."""

    value: str
    clock: str
    where: str


@dataclass(frozen=True, slots=True)
class DaySlots:
    """The starts of one day."""

    day: date
    slots: list[SwapSlot]


# ── Shown on other pages ─────────────────────────────────────────────────────────────────────────────────────────────
def own(names: Names, door: TalkActions) -> list[ShownProposal]:
    """The proposals for the viewer's own talks."""
    proposals = service.own(edge.session(), door.actor, edge.clock())
    return [
        _proposal(proposal, talk.people, when(talk.span), core.waiting(proposal, talk), names, door)
        for proposal, talk in proposals
    ]


def section(seen: SeenBooking, names: Names) -> SwapSection:
    """What is to be said of swaps on the page of a booking."""
    door = SignedInActions(url_for("bookings.booking", booking_id=seen.id))
    swaps = service.of_talk(edge.session(), edge.actor(), BookingId(seen.id or ""), edge.clock())
    return SwapSection(_standing(swaps, seen, names, door), tuple(_past(swaps, names)), swaps.may_propose)


def _standing(swaps: TalkSwaps, seen: SeenBooking, names: Names, door: TalkActions) -> ShownProposal | None:
    if swaps.standing is None:
        return None
    return _proposal(swaps.standing, seen.people, when(seen.span), swaps.waiting, names, door)


def _proposal(
    proposal: SwapProposal,
    people: Iterable[PersonId],
    stands: str,
    waiting: tuple[PersonId, ...],
    names: Names,
    door: TalkActions,
) -> ShownProposal:
    viewer = door.actor.person

    def tap(what: str, *, is_theirs: bool) -> Tap | None:
        return door.answer(what, proposal.id, proposal.booking) if is_theirs else None

    return ShownProposal(
        proposal.id,
        proposal.booking,
        names.people(person for person in people if person != viewer),
        names.person(proposal.proposer),
        proposal.proposer == viewer,
        wording.moment_text(local(proposal.start), edge.lang()),
        names.room(proposal.room),
        stands,
        names.people(waiting),
        accept=tap("accept", is_theirs=viewer in waiting),
        decline=tap("decline", is_theirs=viewer in waiting),
        withdraw=tap("withdraw", is_theirs=proposal.proposer == viewer),
    )


def _past(swaps: TalkSwaps, names: Names) -> Iterable[Past]:
    """The closed ones, and those that are open on paper only."""
    for proposal in swaps.proposals:
        if proposal != swaps.standing:
            state = SwapState.EXPIRED if proposal.state is SwapState.OPEN else proposal.state
            yield Past(
                names.person(proposal.proposer),
                wording.moment_text(local(proposal.start), edge.lang()),
                f"swap:{state}",
            )


# ── Proposing ────────────────────────────────────────────────────────────────────────────────────────────────────────
@pages.get("/talks/<booking_id>/swap")
@edge.policy(Action.SWAP_OWN_TALK)
def swap_times(booking_id: str) -> ResponseReturnValue:
    """The times that one may propose instead, a week on a page."""
    return times_page(BookingId(booking_id), SignedInActions(url_for("me.me")), facts.names())


def times_page(booking_id: BookingId, door: TalkActions, names: Names) -> str:
    """The times that may be proposed instead, for whoever came through this door."""
    session, actor, clock = edge.session(), door.actor, edge.clock()
    seen = bookings.seen_booking(session, actor, booking_id, clock)
    if actor.person not in seen.people or seen.kind != Kind.TALK:
        raise NotFound("booking", booking_id)
    swaps = service.of_talk(session, actor, booking_id, clock)
    first = Fields(request.args).day("from")
    times = service.times(session, actor, booking_id, clock, first) if swaps.may_propose else None
    return render_template(
        "bookings/swap_times.html",
        name=names.people(person for person in seen.people if person != actor.person),
        several=len(seen.people) > 2,
        stands=when(seen.span),
        where=names.room(seen.room),
        found=swaps,
        standing=_standing(swaps, seen, names, door),
        times=times,
        days=_by_day(times.times, seen.room, names) if times else [],
        home=door.home,
        show=door.show(booking_id),
        propose=door.step(Step.PROPOSE, booking_id, seen.version),
        before=door.times(booking_id, times.before) if times and times.before else "",
        after=door.times(booking_id, times.after) if times and times.after else "",
    )


def _by_day(times: Iterable[FreeTime], usual: RoomId | None, names: Names) -> list[DaySlots]:
    """The times under their days; a room is told when it is not the one that the talk has."""
    starts = [(local(free.span.start), free.room) for free in times]
    return [
        DaySlots(day, [_slot(start, room if room != usual else None, names) for start, room in some])
        for day, some in groupby(starts, key=lambda start: start[0].date())
    ]


def _slot(start: datetime, room: RoomId | None, names: Names) -> SwapSlot:
    return SwapSlot(f"{start:%Y-%m-%dT%H:%M}", wording.time_text(start), names.room(room))


@pages.post("/talks/<booking_id>/swap")
@edge.policy(Action.SWAP_OWN_TALK)
@once
def propose_swap(booking_id: str) -> ResponseReturnValue:
    """Propose the time that was picked."""
    try:
        start = picked_start()
        service.propose(edge.session(), edge.actor(), BookingId(booking_id), start, edge.clock())
    except (Refused, Malformed) as error:
        flash(wording.error(error, edge.lang()), "warn")
        return redirect(url_for("bookings.swap_times", booking_id=booking_id), 303)
    flash(_("已提议，等对方同意。同意之前，谈话还在原来的时间。"), "good")
    return redirect(url_for("me.me"), 303)


def picked_start() -> datetime:
    """The start on the button that was pressed; raises Malformed."""
    picked = request.form.get("slot", "")
    time = written.moment(picked)
    start = at_wall(time, edge.zone()) if time else None
    if start is None:
        raise Malformed("not_a_time", "slot", value=picked[:20])
    return start


# ── Answering ────────────────────────────────────────────────────────────────────────────────────────────────────────
@pages.post("/swaps/<int:number>/accept")
@edge.policy(Action.SWAP_OWN_TALK)
@once
def accept_swap(number: int) -> ResponseReturnValue:
    """Agree; when nobody is left to ask, the talk has moved."""
    return _answered(SwapId(number), service.accept)


@pages.post("/swaps/<int:number>/decline")
@edge.policy(Action.SWAP_OWN_TALK)
@once
def decline_swap(number: int) -> ResponseReturnValue:
    """Say no."""
    return _answered(SwapId(number), service.decline)


@pages.post("/swaps/<int:number>/withdraw")
@edge.policy(Action.SWAP_OWN_TALK)
@once
def withdraw_swap(number: int) -> ResponseReturnValue:
    """Take one's own proposal back."""
    return _answered(SwapId(number), service.withdraw)


def said(done: SwapProposal) -> str:
    """What became of a proposal, to whoever has just answered it."""
    match done.state:
        case SwapState.OPEN:
            return _("已同意，等其他人也同意后改期。")
        case SwapState.DECLINED:
            return _("已回复不换，谈话还在原来的时间。")
        case SwapState.WITHDRAWN:
            return _("已撤回提议，谈话还在原来的时间。")
        case SwapState.ACCEPTED | SwapState.EXPIRED:  # nobody answers one that is over
            moment = wording.moment_text(local(done.start), edge.lang())
            return _("已改到 %(when)s。大家的日历会自动更新。", when=moment)
        case _:
            assert_never(done.state)


def too_late(error: Refused | Outdated) -> str:
    """Why a proposal could not be answered so any more."""
    told = wording.error(error, edge.lang())
    if isinstance(error, Refused):
        told = _("没有换成，谈话还在原来的时间：%(why)s。下面是现在还空着的时间。", why=told)
    return told


def _answered(swap_id: SwapId, verb: Callable[..., SwapProposal]) -> ResponseReturnValue:
    """Carry an answer out and say so; when it is too late, say why, and lead to the times that are free now."""
    booking_id = request.form.get("booking", "")
    onward = edge.local_path(request.form.get("next"), url_for("me.me"))
    try:
        flash(said(verb(edge.session(), edge.actor(), swap_id, edge.clock())), "good")
    except (Refused, Outdated) as error:
        flash(too_late(error), "warn")
        onward = url_for("bookings.swap_times", booking_id=booking_id) if booking_id else onward
    return redirect(onward, 303)
