"""What the API takes and gives about bookings; OpenAPI is made from these."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from scheduler.api.models import Day, FindingModel, LocalTime, Minutes, Name, People, Taken, Title, Version
from scheduler.core.ground.bookings import Kind, Mode, Size


class BookBody(Taken):
    """A booking that is wanted."""

    kind: Kind
    start: LocalTime
    minutes: Minutes
    people: People = Field([])
    audience: People = Field([])
    room: Name | None = None
    title: Title = ""
    mode: Mode = Mode.FACE_TO_FACE
    size: Size = Size.ONE_TO_ONE
    rule_set: Name | None = None
    host: Name | None = None


class ChangeBody(Taken):
    """What shall be different; whatever is left out stays."""

    version: Version
    start: LocalTime | None = None
    minutes: Minutes | None = None
    room: Annotated[str, Field(max_length=64)] | None = Field(None, description="Empty: no room any more")
    title: Title | None = None
    add_people: People = Field([])
    remove_people: People = Field([])


class ConfirmBody(Taken):
    """Who confirms; left out: oneself, or an organizer for all."""

    by: Name | None = None


class BookingsQuery(Taken):
    """Which bookings; left out: whichever."""

    person: Name | None = None
    room: Name | None = None
    kind: Kind | None = None
    on: Day | None = None
    first: Day | None = Field(None, alias="from")
    last: Day | None = Field(None, alias="to")
    lang: Literal["zh", "en"] | None = None


class ChangeQuery(Taken):
    """Whether only to look."""

    dry_run: bool = False
    lang: Literal["zh", "en"] | None = None


class CancelQuery(Taken):
    """Which version one has seen; left out: whichever stands."""

    version: Version | None = None
    lang: Literal["zh", "en"] | None = None


# ── What goes out ────────────────────────────────────────────────────────────────────────────────────────────────────
class BookedModel(BaseModel):
    """Whether it went through, as what, and what is to be said about it."""

    ok: bool
    id: str | None
    blocking: list[FindingModel]
    warnings: list[FindingModel]
    hints: list[FindingModel]


class BookingModel(BaseModel):
    """A booking as far as the viewer may see it; a busy one (占用) has a time and a room only."""

    id: str | None
    kind: str
    title: str
    start: str
    end: str
    room: str | None
    people: list[str]
    status: str
    mode: str | None
    size: str | None
    version: int | None


class BookingListModel(BaseModel):
    """Bookings by start."""

    bookings: list[BookingModel]
