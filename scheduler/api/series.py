"""Series of sessions: proposed, then booked all at once."""

from datetime import time
from typing import Annotated, Literal

from flask import Response
from pydantic import Field

from scheduler import edge, wording
from scheduler.api import api
from scheduler.api.answers import document, reader
from scheduler.api.models import CampaignQuery, Day, LocalTime, Minutes, Name, People, Taken, Title
from scheduler.api.reading import campaign, day, moment, the_day
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import PersonId, RoomId
from scheduler.core.sessions.rhythms import LAST, MAX_NTH, MAX_WEEKS, DayOff, Rhythm, Round
from scheduler.core.sessions.series import EVERY_HALF_DAY, MAX_SESSIONS, WEEKDAYS, Spread, half_days
from scheduler.services.sessions import series
from scheduler.services.sessions.series import Chosen, SeriesOrder
from scheduler.shapes.sessions import BookedSeriesModel, RegularSeriesModel, SeriesModel

# ── What comes in ────────────────────────────────────────────────────────────────────────────────────────────────────
Count = Annotated[int, Field(ge=1, le=MAX_SESSIONS, strict=True)]
HalfDayName = Annotated[
    str,
    Field(
        pattern=r"^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)(-(am|pm))?$",
        description="A half-day of the week, or both of a day",
        examples=["Wed-pm", "Fri"],
    ),
]
WeekdayName = Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
Place = Annotated[str, Field(max_length=64)]


class SeriesBody(Taken):
    """The series that is wanted: either so many sessions, or as many as the study hours still need by a day."""

    kind: Kind
    minutes: Minutes
    first: Day = Field(alias="from")
    last: Day = Field(alias="to", description="Included")
    count: Count | None = None
    reach_by: Day | None = Field(None, description="Instead of a count")
    people: People = Field([], description="They must be there")
    audience: People = Field([], description="Such as `leadership_team`, `branch:B1`")
    must: People = Field([], description="Those of the audience who must be there too")
    apart: Annotated[int, Field(ge=1, strict=True)] = Field(1, description="Days from one to the next, at least")
    per_week: Annotated[int, Field(ge=1, le=7, strict=True)] | None = None
    half_days: Annotated[list[HalfDayName], Field(max_length=14)] = Field([], description="Left out: all")
    spread: Spread = Spread.SOONEST
    room: Place | None = Field(None, description="Left out: any that is large enough; `EXT` off site; empty: no room")
    host: Name | None = None
    title: Title | None = Field(None, description="With `{n}` where the number goes")


class ChosenBody(Taken):
    """A session as it was proposed."""

    start: LocalTime
    room: Place | None = None


class BookSeriesBody(SeriesBody):
    """The order, and those of its sessions that are to be booked."""

    sessions: Annotated[list[ChosenBody], Field(min_length=1, max_length=MAX_SESSIONS)]


class RegularBody(SeriesBody):
    """A series that comes round by itself; `count` is the most there may be of it."""

    at: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="When each begins", examples=["09:00"])]
    by: Round
    every: Annotated[int, Field(ge=1, le=MAX_WEEKS, strict=True)] = Field(1, description="Of so many weeks one")
    weekdays: Annotated[list[WeekdayName], Field(max_length=7)] = Field([], description="With `weeks` and `weekday`")
    nth: Annotated[int, Field(ge=LAST, le=MAX_NTH, strict=True)] = Field(1, description="Of a month; -1: the last")
    day_off: DayOff = DayOff.SKIP


# ── Endpoints ────────────────────────────────────────────────────────────────────────────────────────────────────────
@api.post("/series")
@api.input(CampaignQuery, location="query", arg_name="query")
@api.input(SeriesBody, arg_name="body")
@api.output(SeriesModel)
@edge.policy(Action.BOOK, Action.BOOK_IN_BRANCH)
def propose_series(query: CampaignQuery, body: SeriesBody) -> Response:
    """Say when the sessions could be, who cannot come, and if not all find a place why; book nothing."""
    proposal = series.propose(edge.session(), edge.actor(), _order(body, query), edge.clock())
    return document(SeriesModel.of(proposal, reader()))


@api.post("/series/regular")
@api.input(CampaignQuery, location="query", arg_name="query")
@api.input(RegularBody, arg_name="body")
@api.output(RegularSeriesModel)
@edge.policy(Action.BOOK, Action.BOOK_IN_BRANCH)
def propose_regular_series(query: CampaignQuery, body: RegularBody) -> Response:
    """Say on which days meetings come round, and what stands in the way of each; book nothing.

    Those that are wanted are booked by `POST /series/book`, with the same order and its `count`.
    """
    if not body.weekdays and body.by is not Round.WORKDAY:
        raise Malformed("missing", "weekdays")
    if body.nth == 0:
        raise Malformed("out_of_range", "nth", value=0, first=1, last=MAX_NTH)
    weekdays = tuple(sorted({WEEKDAYS.index(name) for name in body.weekdays}))
    rhythm = Rhythm(body.by, body.every, weekdays, body.nth, body.day_off)
    at = time.fromisoformat(body.at)
    proposal = series.regular(edge.session(), edge.actor(), _order(body, query), rhythm, at, edge.clock())
    return document(RegularSeriesModel.of(proposal, reader()))


@api.post("/series/book")
@api.input(CampaignQuery, location="query", arg_name="query")
@api.input(BookSeriesBody, arg_name="body")
@api.output(BookedSeriesModel, status_code=201)
@edge.policy(Action.BOOK, Action.BOOK_IN_BRANCH)
def book_series(query: CampaignQuery, body: BookSeriesBody) -> Response:
    """Book the sessions that were seen: all of them, or none and be told what no longer fits."""
    chosen = [
        Chosen(moment(chosen.start, "start", edge.zone()), None if chosen.room is None else RoomId(chosen.room))
        for chosen in body.sessions
    ]
    done = series.book(edge.session(), edge.actor(), _order(body, query), chosen, edge.clock())
    return document(BookedSeriesModel.of(done, reader()), 201)


def _order(body: SeriesBody, query: CampaignQuery) -> SeriesOrder:
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
        host=PersonId(body.host) if body.host else None,
        title=wording.series_title(body.kind) if body.title is None else body.title,
        campaign=campaign(query.campaign),
    )
