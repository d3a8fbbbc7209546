"""Series of sessions: proposed, then booked all at once."""

from flask import Response

from scheduler import edge, study_shapes, wording
from scheduler.api import api
from scheduler.api.answers import document
from scheduler.api.reading import day, moment, the_day
from scheduler.api.series_models import BookedSeriesModel, BookSeriesBody, SeriesBody, SeriesModel
from scheduler.core.ground.access import Action
from scheduler.core.ground.ids import PersonId, RoomId
from scheduler.core.sessions.series import EVERY_HALF_DAY, half_days
from scheduler.services.sessions import series
from scheduler.services.sessions.series import Chosen, SeriesOrder


@api.post("/series")
@api.input(SeriesBody, arg_name="body")
@api.output(SeriesModel)
@edge.policy(Action.BOOK, Action.BOOK_IN_BRANCH)
def propose_series(body: SeriesBody) -> Response:
    """Say when the sessions could be, who cannot come, and if not all find a place why; book nothing."""
    found = series.propose(edge.session(), edge.actor(), _order(body), edge.clock())
    return document(study_shapes.series(found, (), edge.zone(), edge.lang()))


@api.post("/series/book")
@api.input(BookSeriesBody, arg_name="body")
@api.output(BookedSeriesModel, status_code=201)
@edge.policy(Action.BOOK, Action.BOOK_IN_BRANCH)
def book_series(body: BookSeriesBody) -> Response:
    """Book the sessions that were seen: all of them, or none and be told what no longer fits."""
    chosen = [
        Chosen(moment(one.start, "start", edge.zone()), None if one.room is None else RoomId(one.room))
        for one in body.sessions
    ]
    done = series.book(edge.session(), edge.actor(), _order(body), chosen, edge.clock())
    return document(study_shapes.booked_series(done, edge.lang()), 201)


def _order(body: SeriesBody) -> SeriesOrder:
    """The order in the words of the service."""
    return SeriesOrder(
        kind=body.kind,
        minutes=body.minutes,
        first=the_day(body.first, "from"),
        last=the_day(body.last, "to"),
        count=body.count,
        reach_by=day(body.reach_by, "reach_by"),
        people=tuple(map(PersonId, body.people)),
        audience=tuple(body.audience),
        must_come=tuple(map(PersonId, body.must)),
        apart=body.apart,
        per_week=body.per_week,
        half_days=frozenset().union(*map(half_days, body.half_days)) or EVERY_HALF_DAY,
        spread=body.spread,
        room=None if body.room is None else RoomId(body.room),
        title=wording.series_title(body.kind) if body.title is None else body.title,
    )
