"""Finding a time for a group of people and a room."""

from typing import Annotated, Literal

from flask import Response
from pydantic import Field

from scheduler import edge
from scheduler.api import api
from scheduler.api.answers import document, reader
from scheduler.api.models import CampaignQuery, Day, Minutes, Name, People, Taken
from scheduler.api.reading import campaign, day
from scheduler.core.bookings import rights as booking_rights
from scheduler.core.bookings.free_times import MAX_OFFERED
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import PersonId, RoomId, RuleSetId
from scheduler.services.bookings import free_times
from scheduler.services.bookings.free_times import TimeQuery
from scheduler.shapes.bookings import FreeTimeListModel


# ── What comes in ────────────────────────────────────────────────────────────────────────────────────────────────────
class FreeTimesBody(Taken):
    """What a time is looked for; `room` and `use` left out: in any room that suits."""

    kind: Kind = Kind.TALK
    minutes: Minutes = 45
    people: People = Field([])
    audience: People = Field([])
    room: Name | None = Field(None, description="In this room; EXT: off site")
    use: Literal["talk", "meeting", "all"] | None = Field(None, description="In any room of this use")
    needs_room: bool = True
    first: Day | None = Field(None, alias="from", description="Left out: as soon as there is notice enough")
    last: Day | None = Field(None, alias="to", description="Left out: three weeks later; at most 92 days are looked at")
    rule_set: Name | None = None
    limit: Annotated[int, Field(ge=1, le=MAX_OFFERED, strict=True)] = 10


# ── Endpoints ────────────────────────────────────────────────────────────────────────────────────────────────────────
@api.post("/free-times")
@api.input(CampaignQuery, location="query", arg_name="query")
@api.input(FreeTimesBody, arg_name="body")
@api.output(FreeTimeListModel)
@edge.policy(*booking_rights.ARRANGING)
def find_free_times(query: CampaignQuery, body: FreeTimesBody) -> Response:
    """Find the best times for people and a room; only for those who may book such a thing."""
    times = free_times.find(edge.session(), edge.actor(), _time_query(body, query), edge.clock(), limit=body.limit)
    return document(FreeTimeListModel.of({"free_times": times}, reader()))


def _time_query(body: FreeTimesBody, query: CampaignQuery) -> TimeQuery:
    """What is looked for."""
    first, last = day(body.first, "from"), day(body.last, "to")
    if first and last and first > last:
        raise Malformed("ends_before_it_starts", "to")
    return TimeQuery(
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
        campaign=campaign(query.campaign),
    )
