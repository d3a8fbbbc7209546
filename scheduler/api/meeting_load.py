"""Hours of bookings by person and week."""

from typing import Annotated

from flask import Response
from pydantic import Field

from scheduler import edge
from scheduler.api import api
from scheduler.api.answers import document
from scheduler.api.models import Day, Name, Taken
from scheduler.api.reading import day
from scheduler.core.bookings.meeting_load import MAX_CEILING
from scheduler.core.ground.access import Action
from scheduler.core.ground.ids import PersonId
from scheduler.services.bookings import meeting_load as service
from scheduler.services.bookings.meeting_load import LoadQuery
from scheduler.shapes.bookings import MeetingLoadModel


class LoadWeeksQuery(Taken):
    """Whose load over which weeks; left out: everybody's for organizers, else one's own; this week and the three after it."""

    person: Name | None = None
    first: Day | None = Field(None, alias="from")
    last: Day | None = Field(None, alias="to")
    ceiling: Annotated[int, Field(ge=1, le=MAX_CEILING)] | None = Field(None, description="Hours a week")


@api.get("/load")
@api.input(LoadWeeksQuery, location="query", arg_name="query")
@api.output(MeetingLoadModel)
@edge.policy(Action.BOOK, Action.SEE_OWN_ROW)
def show_load(query: LoadWeeksQuery) -> Response:
    """Hours of bookings by person and week, and which meetings could be one."""
    wished = LoadQuery(
        PersonId(query.person) if query.person else None,
        day(query.first, "from"),
        day(query.last, "to"),
        query.ceiling or edge.settings().meeting_hours,
    )
    return document(MeetingLoadModel.of(service.meeting_load(edge.session(), edge.actor(), wished, edge.clock())))
