"""Finding a time for a group of people and a room."""

from flask import Response

from scheduler import edge, shapes
from scheduler.api import api
from scheduler.api.answers import document
from scheduler.api.free_time_models import FreeTimeListModel, FreeTimesBody
from scheduler.api.reading import day
from scheduler.core.bookings import rights as booking_rights
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import PersonId, RoomId, RuleSetId
from scheduler.services.bookings import free_times
from scheduler.services.bookings.free_times import Wanted


@api.post("/free-times")
@api.input(FreeTimesBody, arg_name="body")
@api.output(FreeTimeListModel)
@edge.policy(*booking_rights.ARRANGING)
def find_free_times(body: FreeTimesBody) -> Response:
    """Find the best times for people and a room; only for those who may book such a thing."""
    found = free_times.find(edge.session(), edge.actor(), _wanted(body), edge.clock(), limit=body.limit)
    return document(shapes.free_times(found, edge.zone(), edge.lang()))


def _wanted(body: FreeTimesBody) -> Wanted:
    """What is looked for."""
    first, last = day(body.first, "from"), day(body.last, "to")
    if first and last and first > last:
        raise Malformed("ends_before_it_starts", "to")
    return Wanted(
        kind=body.kind,
        minutes=body.minutes,
        people=tuple(PersonId(name) for name in body.people),
        audience=tuple(body.audience),
        room=RoomId(body.room) if body.room else None,
        use=body.use or "",
        needs_room=body.needs_room,
        first=first,
        last=last,
        rule_set=RuleSetId(body.rule_set) if body.rule_set else None,
    )
