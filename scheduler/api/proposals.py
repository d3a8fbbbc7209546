"""Talks that one of two people proposed, and the answers of the other."""

from flask import Response

from scheduler import edge
from scheduler.api import api
from scheduler.api.answers import document, reader
from scheduler.core.ground.access import Action
from scheduler.core.ground.ids import ProposalId
from scheduler.services.bookings import proposals
from scheduler.shapes.bookings import TalkProposalListModel, TalkProposalModel


@api.get("/proposals")
@api.output(TalkProposalListModel)
@edge.policy(Action.BOOK, Action.BOOK_OWN_TALK)
def list_proposals() -> Response:
    """The talks proposed that can be answered: by oneself or to oneself; organizers see all."""
    listed = proposals.listing(edge.session(), edge.actor(), edge.clock())
    return document(TalkProposalListModel.of({"proposals": listed}, reader()))


@api.post("/proposals/<int:number>/accept")
@api.output(TalkProposalModel)
@edge.policy(Action.BOOK_OWN_TALK)
def accept_proposal(number: int) -> Response:
    """Agree: the talk is booked. 409 if it is over, or cannot be any more."""
    done = proposals.accept(edge.session(), edge.actor(), ProposalId(number), edge.clock())
    return document(TalkProposalModel.of(done, reader()))


@api.post("/proposals/<int:number>/decline")
@api.output(TalkProposalModel)
@edge.policy(Action.BOOK, Action.BOOK_OWN_TALK)
def decline_proposal(number: int) -> Response:
    """Say no; an organizer may for the one who is asked."""
    done = proposals.decline(edge.session(), edge.actor(), ProposalId(number), edge.clock())
    return document(TalkProposalModel.of(done, reader()))


@api.post("/proposals/<int:number>/withdraw")
@api.output(TalkProposalModel)
@edge.policy(Action.BOOK_OWN_TALK)
def withdraw_proposal(number: int) -> Response:
    """Take one's own proposal back."""
    done = proposals.withdraw(edge.session(), edge.actor(), ProposalId(number), edge.clock())
    return document(TalkProposalModel.of(done, reader()))
