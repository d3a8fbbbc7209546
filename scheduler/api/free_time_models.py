"""What the API takes and gives when a time is looked for, or a talk's time is swapped; OpenAPI is made from these."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from scheduler.api.models import Day, FindingModel, LocalTime, Minutes, Name, People, Taken
from scheduler.core.ground.bookings import Kind


class FreeTimesBody(Taken):
    """What a time is looked for; `room` and `use` left out: in any room that suits."""

    kind: Kind = Kind.TALK
    minutes: Minutes = 45
    people: People = Field([])
    audience: People = Field([])
    room: Name | None = Field(None, description="In this room; EXT: off site")
    use: Literal["talk", "meeting", "all"] | None = Field(None, description="In any room of this use")
    needs_room: bool = True
    first: Day | None = Field(None, alias="from", description="Left out: today")
    last: Day | None = Field(None, alias="to", description="Left out: three weeks later; at most 92 days are looked at")
    rule_set: Name | None = None
    limit: Annotated[int, Field(ge=1, le=200, strict=True)] = 10


class SwapBody(Taken):
    """The start that is proposed, one of the swap times."""

    start: LocalTime


class SwapTimesQuery(Taken):
    """The seven days from which on; left out: today."""

    first: Day | None = Field(None, alias="from")
    lang: Literal["zh", "en"] | None = None


# ── What goes out ────────────────────────────────────────────────────────────────────────────────────────────────────
class FreeTimeModel(BaseModel):
    """A time at which everybody who is named and a room are free.

    `missing` counts those of an audience who cannot come; who they are, organizers are told.
    """

    start: str
    end: str
    room: str | None
    missing: int
    missing_people: list[str]
    warnings: list[FindingModel]


class FreeTimeListModel(BaseModel):
    """The best first."""

    free_times: list[FreeTimeModel]


class SwapModel(BaseModel):
    """A proposal of another time for a talk."""

    id: int
    booking: str
    proposer: str
    start: str
    room: str | None
    agreed: list[str]
    state: Literal["open", "accepted", "declined", "withdrawn", "expired"]


class SwapListModel(BaseModel):
    """The proposals for one's own talks that can be answered."""

    swaps: list[SwapModel]
