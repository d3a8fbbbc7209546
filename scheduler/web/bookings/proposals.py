"""Talks that one of two people proposed: shown to the two and to organizers, and answered with one tap."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.bookings.proposals import ProposalState, TalkProposal
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Outdated, Refused
from scheduler.core.ground.ids import ProposalId
from scheduler.services.bookings import proposals as service
from scheduler.web.bookings import pages
from scheduler.web.bookings.taps import SignedInActions, TalkActions, Tap
from scheduler.web.page.names import Names
from scheduler.web.page.once import once
from scheduler.web.page.texts import _
from scheduler.web.page.words import when


@dataclass(frozen=True, slots=True)
class ShownTalkProposal:
    """A proposed talk as pages show it, with what the viewer may do about it."""

    proposer: str
    other: str
    is_own: bool
    is_asked: bool
    when: str
    where: str
    accept: Tap | None
    decline: Tap | None
    withdraw: Tap | None


def own(names: Names, door: TalkActions) -> list[ShownTalkProposal]:
    """The proposals that the viewer made or is asked."""
    return _shown(service.own(edge.session(), door.actor, edge.clock()), names, door)


def waiting(names: Names, home: str) -> list[ShownTalkProposal]:
    """All that wait for an answer, as far as the visitor may know: organizers know of all."""
    return _shown(service.listing(edge.session(), edge.actor(), edge.clock()), names, SignedInActions(home))


def _shown(proposals: Iterable[TalkProposal], names: Names, door: TalkActions) -> list[ShownTalkProposal]:
    return [_one(proposal, names, door) for proposal in proposals]


def _one(proposal: TalkProposal, names: Names, door: TalkActions) -> ShownTalkProposal:
    viewer = door.actor.person
    is_own, is_asked = proposal.proposer == viewer, proposal.other == viewer

    def tap(what: str, *, is_theirs: bool) -> Tap | None:
        return door.reply(what, proposal.id) if is_theirs else None

    return ShownTalkProposal(
        names.person(proposal.proposer),
        names.person(proposal.other),
        is_own,
        is_asked,
        when(proposal.span),
        names.room(proposal.room),
        accept=tap("accept", is_theirs=is_asked),
        decline=tap("decline", is_theirs=is_asked),
        withdraw=tap("withdraw", is_theirs=is_own),
    )


@pages.post("/proposals/<int:number>/accept")
@edge.policy(Action.BOOK_OWN_TALK)
@once
def accept_proposal(number: int) -> ResponseReturnValue:
    """Agree: the talk is booked."""
    return _answered(number, service.accept)


@pages.post("/proposals/<int:number>/decline")
@edge.policy(Action.BOOK, Action.BOOK_OWN_TALK)
@once
def decline_proposal(number: int) -> ResponseReturnValue:
    """Say no."""
    return _answered(number, service.decline)


@pages.post("/proposals/<int:number>/withdraw")
@edge.policy(Action.BOOK_OWN_TALK)
@once
def withdraw_proposal(number: int) -> ResponseReturnValue:
    """Take one's own proposal back."""
    return _answered(number, service.withdraw)


def said(done: TalkProposal) -> str:
    """What became of a proposal, to whoever has just answered it."""
    told = {
        ProposalState.ACCEPTED: _("已排定 %(when)s，大家的日历会自动更新。", when=when(done.span)),
        ProposalState.DECLINED: _("已回复不同意，这次谈话没有排定。"),
        ProposalState.WITHDRAWN: _("已撤回提议。"),
    }
    return told.get(done.state, "")


def too_late(error: Refused | Outdated) -> str:
    """Why a proposal could not be answered so any more."""
    told = wording.error(error, edge.lang())
    return _("没有排成，提议已失效：%(why)s。", why=told) if isinstance(error, Refused) else told


def _answered(number: int, verb: Callable[..., TalkProposal]) -> ResponseReturnValue:
    """Carry an answer out and say so; when it is too late, say why."""
    try:
        flash(said(verb(edge.session(), edge.actor(), ProposalId(number), edge.clock())), "good")
    except (Refused, Outdated) as error:
        flash(too_late(error), "warn")
    return redirect(edge.local_path(request.form.get("next"), url_for("me.me")), 303)
