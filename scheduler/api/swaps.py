"""Swaps: other times for one's own talks, proposed and answered."""

from flask import Response
from pydantic import Field

from config import Language
from scheduler import edge
from scheduler.api import api
from scheduler.api.answers import document, reader
from scheduler.api.models import Day, LocalTime, Taken
from scheduler.api.reading import day, moment
from scheduler.core.ground.access import Action
from scheduler.core.ground.ids import BookingId, SwapId
from scheduler.services.bookings import swaps
from scheduler.shapes.bookings import FreeTimeListModel, SwapListModel, SwapModel


# ── What comes in ────────────────────────────────────────────────────────────────────────────────────────────────────
class SwapBody(Taken):
    """The start that is proposed, one of the swap times."""

    start: LocalTime


class SwapTimesQuery(Taken):
    """The seven days from which on; left out: as soon as there is notice enough."""

    first: Day | None = Field(None, alias="from")
    lang: Language | None = None


# ── Endpoints ────────────────────────────────────────────────────────────────────────────────────────────────────────
@api.get("/swaps")
@api.output(SwapListModel)
@edge.policy(Action.SWAP_OWN_TALK)
def list_swaps() -> Response:
    """The proposals for one's own talks that can be answered."""
    own_swaps = swaps.own(edge.session(), edge.actor(), edge.clock())
    return document(SwapListModel.of({"swaps": [proposal for proposal, _talk in own_swaps]}, reader()))


@api.get("/bookings/<booking_id>/swap-times")
@api.input(SwapTimesQuery, location="query", arg_name="query")
@api.output(FreeTimeListModel)
@edge.policy(Action.SWAP_OWN_TALK)
def list_swap_times(booking_id: str, query: SwapTimesQuery) -> Response:
    """The starts that may be proposed for one's own talk, of seven days: all its people and a room are free."""
    first = day(query.first, "from")
    offered = swaps.times(edge.session(), edge.actor(), BookingId(booking_id), edge.clock(), first)
    return document(FreeTimeListModel.of({"free_times": offered.times}, reader()))


@api.post("/bookings/<booking_id>/swaps")
@api.input(SwapBody, arg_name="body")
@api.output(SwapModel, status_code=201)
@edge.policy(Action.SWAP_OWN_TALK)
def propose_swap(booking_id: str, body: SwapBody) -> Response:
    """Propose another start; the talk moves when all others have agreed."""
    start = moment(body.start, "start", edge.zone())
    made = swaps.propose(edge.session(), edge.actor(), BookingId(booking_id), start, edge.clock())
    return document(SwapModel.of(made, reader()), 201)


@api.post("/swaps/<int:number>/accept")
@api.output(SwapModel)
@edge.policy(Action.SWAP_OWN_TALK)
def accept_swap(number: int) -> Response:
    """Agree; when nobody is left to ask, the talk has moved. 409 if it has changed, or the time was taken meanwhile."""
    done = swaps.accept(edge.session(), edge.actor(), SwapId(number), edge.clock())
    return document(SwapModel.of(done, reader()))


@api.post("/swaps/<int:number>/decline")
@api.output(SwapModel)
@edge.policy(Action.SWAP_OWN_TALK)
def decline_swap(number: int) -> Response:
    """Say no; the talk stays where it is."""
    done = swaps.decline(edge.session(), edge.actor(), SwapId(number), edge.clock())
    return document(SwapModel.of(done, reader()))


@api.post("/swaps/<int:number>/withdraw")
@api.output(SwapModel)
@edge.policy(Action.SWAP_OWN_TALK)
def withdraw_swap(number: int) -> Response:
    """Take one's own proposal back."""
    done = swaps.withdraw(edge.session(), edge.actor(), SwapId(number), edge.clock())
    return document(SwapModel.of(done, reader()))
