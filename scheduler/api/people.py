"""Who there is, and which rooms."""

from flask import Response

from scheduler import edge
from scheduler.api import api
from scheduler.api.answers import document, reader
from scheduler.api.models import DayQuery, Name
from scheduler.api.reading import day
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.ground.person_orders import PersonOrder
from scheduler.services.organisation import people, person_lists, rooms
from scheduler.shapes.organisation import MeModel, PeopleModel, PersonModel, RoomListModel


class PeopleQuery(DayQuery):
    """Of whom a list is asked, and in which order; of everybody when none of the three is given."""

    group: Name | None = None
    branch: Name | None = None
    booking: Name | None = None
    order: PersonOrder = PersonOrder.RANK


@api.get("/me")
@api.output(MeModel)
@edge.for_signed_in
def me() -> Response:
    """Who is signed in, and as what."""
    return document(MeModel.of(edge.actor()))


@api.get("/people")
@api.input(PeopleQuery, location="query", arg_name="query")
@api.output(PeopleModel)
@edge.policy(Action.SEE_ORGANISATION)
def list_people(query: PeopleQuery) -> Response:
    """The people known on a day, or who is in a group, a branch or a booking; by rank, strokes, sound or unit."""
    if len([given for given in (query.group, query.branch, query.booking) if given]) > 1:
        raise Malformed("one_of_three", "group")
    listed = person_lists.people(
        edge.session(),
        edge.actor(),
        day(query.as_of, "as_of"),
        edge.clock(),
        query.order,
        group=f"branch:{query.branch}" if query.branch else query.group or "",
        booking=BookingId(query.booking) if query.booking else None,
    )
    return document(PeopleModel.of(listed, reader()))


@api.get("/people/<person_id>")
@api.input(DayQuery, location="query", arg_name="query")
@api.output(PersonModel)
@edge.policy(Action.SEE_ORGANISATION)
def show_person(person_id: str, query: DayQuery) -> Response:
    """One person as of a day."""
    roster = people.roster(edge.session(), edge.actor(), day(query.as_of, "as_of"), edge.clock())
    person = roster.people.get(PersonId(person_id))
    if person is None:
        raise NotFound("person", person_id)
    return document(PersonModel.of(person))


@api.get("/rooms")
@api.output(RoomListModel)
@edge.policy(Action.SEE_ORGANISATION)
def list_rooms() -> Response:
    """All rooms."""
    listed = rooms.rooms(edge.session(), edge.actor(), edge.clock())
    return document(RoomListModel.of({"rooms": listed}))
