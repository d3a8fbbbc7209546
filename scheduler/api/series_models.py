"""What the API takes and gives about series of sessions; OpenAPI is made from these."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from scheduler.api.models import Day, FindingModel, LocalTime, Minutes, Name, People, Taken, Title
from scheduler.core.ground.bookings import Kind
from scheduler.core.sessions.series import Spread
from scheduler.services.sessions.series import MOST_SESSIONS

Count = Annotated[int, Field(ge=1, le=MOST_SESSIONS, strict=True)]
HalfDayName = Annotated[
    str,
    Field(
        pattern=r"^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)(-(am|pm))?$",
        description="A half-day of the week, or both of a day",
        examples=["Wed-pm", "Fri"],
    ),
]
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
    title: Title | None = Field(None, description="With `{n}` where the number goes")


class ChosenBody(Taken):
    """A session as it was proposed."""

    start: LocalTime
    room: Place | None = None


class BookSeriesBody(SeriesBody):
    """The order, and those of its sessions that are to be booked."""

    sessions: Annotated[list[ChosenBody], Field(min_length=1, max_length=MOST_SESSIONS)]


# ── What goes out ────────────────────────────────────────────────────────────────────────────────────────────────────
class SessionModel(BaseModel):
    """One session of a series, and what a booking of it would be told."""

    title: str
    start: str
    end: str
    room: str | None
    attending: int
    missing: list[FindingModel]
    blocking: list[FindingModel]
    warnings: list[FindingModel]
    hints: list[FindingModel]


class StudyNeedModel(BaseModel):
    """What the study hours still need by a day: hours by person."""

    by: str
    asked_hours: float
    sessions: int
    lacking: dict[Name, float]
    still_lacking: dict[Name, float]


class SeriesBoundsModel(BaseModel):
    """What was decided, and that no better can be."""

    placed: int
    missed: int
    missed_at_best: int
    days: int


class SeriesRepairModel(BaseModel):
    """What to ask differently; found by deciding it so."""

    kind: str
    value: str
    text: str
    verified: bool


class SeriesModel(BaseModel):
    """A series as it could be: its sessions, or why there are not enough and what would help."""

    status: Literal["complete", "partial", "impossible"]
    placed: int
    of: int
    missed: int
    bounds: SeriesBoundsModel
    need: StudyNeedModel | None
    sessions: list[SessionModel]
    reasons: list[FindingModel]
    repairs: list[SeriesRepairModel]
    booked: list[str]


class BookedSeriesModel(BaseModel):
    """What stands on the calendar now, in order of time."""

    ok: bool
    booked: list[str]
    warnings: list[FindingModel]
    hints: list[FindingModel]
