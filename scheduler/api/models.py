"""What the API takes and gives, field by field; OpenAPI is made from these."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from scheduler.core.bookings import Kind, Mode, Size

Name = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[\w.:-]+$")]
LocalTime = Annotated[
    str,
    Field(
        pattern=r"^(19|20|21)\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d(:00)?$",
        description="The organisation's wall clock, such as 2014-08-20T09:00",
        examples=["2014-08-20T09:00"],
    ),
]
Day = Annotated[
    str,
    Field(
        pattern=r"^(19|20|21)\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$",
        description="A day, such as 2014-08-20",
        examples=["2014-08-20"],
    ),
]
Minutes = Annotated[int, Field(ge=1, le=14 * 24 * 60, strict=True)]
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]
People = Annotated[list[Name], Field(max_length=500)]
Title = Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]


class Taken(BaseModel):
    """What comes in: an unknown key is an error that names it."""

    model_config = ConfigDict(extra="forbid")


class BookBody(Taken):
    """A booking that is wanted."""

    kind: Kind
    start: LocalTime
    minutes: Minutes
    people: People = []
    audience: People = []
    room: Name | None = None
    title: Title = ""
    mode: Mode = Mode.FACE_TO_FACE
    size: Size = Size.ONE_TO_ONE
    rule_set: Name | None = None
    host: Name | None = None


class FreeTimesBody(Taken):
    """What a time is looked for; `room` and `use` left out: in any room that suits."""

    kind: Kind = Kind.TALK
    minutes: Minutes = 45
    people: People = []
    audience: People = []
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


class ChangeBody(Taken):
    """What shall be different; whatever is left out stays."""

    version: Version
    start: LocalTime | None = None
    minutes: Minutes | None = None
    room: Annotated[str, Field(max_length=64)] | None = Field(None, description="Empty: no room any more")
    title: Title | None = None
    add_people: People = []
    remove_people: People = []


class ConfirmBody(Taken):
    """Who confirms; left out: oneself, or an organizer for all."""

    by: Name | None = None


class FeedBody(Taken):
    """Whose feed (one's own if nobody is named), and what is chosen for it."""

    person: Name | None = None
    room: Name | None = None
    group: Name | None = None
    campaign: Name | None = None
    language: Literal["zh", "en"] = "zh"
    alarm: int | None = None
    """Minutes before the start."""
    hides_names: bool = False
    back: int | None = None
    """Days."""
    ahead: int | None = None
    device: str = Field(default="", max_length=200)
    """The name of a device that reads it as a calendar account (CalDAV); empty: it has an address."""


class AsOfQuery(Taken):
    """On which day, by which rule set; left out: today, the leading one."""

    as_of: Day | None = None
    rule_set: Name | None = None
    lang: Literal["zh", "en"] | None = None


class DayQuery(Taken):
    """On which day; left out: today."""

    as_of: Day | None = None
    lang: Literal["zh", "en"] | None = None


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
class FindingModel(BaseModel):
    """A named remark with its sentence."""

    kind: str
    subject: str
    text: str


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


class BookingListModel(BaseModel):
    """Bookings by start."""

    bookings: list[BookingModel]


class PersonModel(BaseModel):
    """What everybody who signs in may know of a person."""

    id: str
    name: str
    unit: str
    position: str
    rank: int | None
    category: str
    branch: str


class PersonListModel(BaseModel):
    """The people known on a day."""

    as_of: str
    people: list[PersonModel]


class RoomModel(BaseModel):
    """A room."""

    id: str
    name: str
    name_en: str
    capacity: int | None
    use: str


class RoomListModel(BaseModel):
    """All rooms."""

    rooms: list[RoomModel]


class RequirementModel(BaseModel):
    """A requirement and where it stands."""

    kind: Literal["pair", "any"]
    people: list[str]
    subject: str | None
    pool: list[str]
    k: int | None
    rules: list[str]
    severity: Literal["must", "should", "optional"]
    state: Literal["covered", "booked", "awaiting_confirmation", "open"]
    overdue: bool
    count: int
    have: int
    period: str | None
    talks: list[str]


class RequirementListModel(BaseModel):
    """All requirements of a rule set on a day."""

    as_of: str
    rule_set: str
    requirements: list[RequirementModel]


class CountModel(BaseModel):
    """How many are required, how many of them covered."""

    required: int
    covered: int


class CoverageModel(RequirementListModel):
    """How far a rule set has come; `by_rule` and `rows` are `[covered, required]`."""

    required: int
    covered: int
    rate: float | None
    by_rule: dict[str, list[int]]
    states: dict[str, int]
    optional: CountModel
    should: CountModel
    rows: dict[str, list[int]]
    unresolved: list[FindingModel]


class LedgerLineModel(BaseModel):
    """A talk, whether it counts, and if not why."""

    id: str
    date: str
    people: list[str]
    counts: bool
    why_not: str | None
    covers: list[str]
    extra: bool
    warnings: list[FindingModel]


class LedgerModel(BaseModel):
    """All talks of a rule set, by date."""

    ledger: list[LedgerLineModel]


class StudiedModel(BaseModel):
    """Somebody's study hours."""

    hours: float
    missing: float
    met: bool


class StudyModel(BaseModel):
    """Study hours held against hours asked."""

    asked_hours: float
    offered_hours: float
    met: int
    of: int
    people: dict[str, StudiedModel]


class FeedModel(BaseModel):
    """A calendar feed; its address is given once, when it is issued or rotated."""

    id: str
    person: str | None
    room: str | None
    group: str | None
    campaign: str | None
    language: str
    alarm: int | None
    hides_names: bool
    back: int | None
    ahead: int | None
    left_out: int | None
    revision: int
    changed_at: str | None
    created_at: str
    revoked_at: str | None
    address: str | None = None
    device: str | None = None
    user: str | None = None
    password: str | None = None


class FeedListModel(BaseModel):
    """One's own feeds that work."""

    feeds: list[FeedModel]


class MeModel(BaseModel):
    """Who is signed in."""

    account: str
    person: str | None
    roles: list[str]


class FieldModel(BaseModel):
    """What is wrong with one field."""

    field: str
    text: str


class ProblemModel(BaseModel):
    """A no (RFC 9457): `findings` when the facts did not allow it, `errors` when a field cannot be understood."""

    type: str
    title: str
    status: int
    detail: str
    findings: list[FindingModel] = []
    errors: list[FieldModel] = []
