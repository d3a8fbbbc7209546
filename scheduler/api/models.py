"""What the API takes and gives, as far as several nouns share it, and about people and rooms; OpenAPI is made from these."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

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


class DayQuery(Taken):
    """On which day; left out: today."""

    as_of: Day | None = None
    lang: Literal["zh", "en"] | None = None


# ── What goes out ────────────────────────────────────────────────────────────────────────────────────────────────────
class FindingModel(BaseModel):
    """A named remark with its sentence."""

    kind: str
    subject: str
    text: str


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
