"""Who there is, and which rooms."""

from flask import Response

from scheduler import edge
from scheduler.api import api
from scheduler.api.answers import document
from scheduler.api.models import DayQuery
from scheduler.api.reading import day
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import NotFound
from scheduler.core.ground.ids import PersonId
from scheduler.services.organisation import people, rooms
from scheduler.shapes.organisation import MeModel, PersonListModel, PersonModel, RoomListModel


@api.get("/me")
@api.output(MeModel)
@edge.for_signed_in
def me() -> Response:
    """Who is signed in, and as what."""
    return document(MeModel.of(edge.actor()))


@api.get("/people")
@api.input(DayQuery, location="query", arg_name="query")
@api.output(PersonListModel)
@edge.policy(Action.SEE_ORGANISATION)
def list_people(query: DayQuery) -> Response:
    """The people known on a day, by rank."""
    roster = people.roster(edge.session(), edge.actor(), day(query.as_of, "as_of"), edge.clock())
    in_order = roster.in_rank_order(frozenset(roster.people))
    return document(PersonListModel.of({"as_of": roster.on, "people": [roster.people[person] for person in in_order]}))


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
