"""What the API takes, as far as several nouns share it; the rest stands beside its endpoints. OpenAPI is made from these."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from config import Language
from scheduler.core.ground.bookings import MAX_BOOKING_MINUTES
from scheduler.core.ground.written import MAX_LINE

STATED_AT_MOST = MAX_BOOKING_MINUTES // 60
Name = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[\w.:-]+$")]
LocalTime = Annotated[
    str,
    Field(
        pattern=r"^(19|20|21)\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d(:00)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?$",
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
Minutes = Annotated[int, Field(ge=1, le=MAX_BOOKING_MINUTES, strict=True)]
Hours = Annotated[
    float,
    Field(
        gt=0,
        le=STATED_AT_MOST,
        multiple_of=0.01,
        strict=True,
        description="Study hours that a session states, instead of those of its time",
    ),
]
NewHours = Annotated[
    float,
    Field(
        ge=0,
        le=STATED_AT_MOST,
        multiple_of=0.01,
        strict=True,
        description="Study hours that it states; 0: none any more",
    ),
]
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]
People = Annotated[list[Name], Field(max_length=500)]
Title = Annotated[str, Field(max_length=MAX_LINE, pattern=r"^[^\x00-\x1f\x7f\uFDD0-\uFDEF\uFFFE\uFFFF]*$")]


class Taken(BaseModel):
    """What comes in: an unknown key is an error that names it."""

    model_config = ConfigDict(extra="forbid")


CampaignName = Annotated[
    str, Field(min_length=1, max_length=200, description="The id of a campaign, or its name", examples=["c1"])
]


class CampaignQuery(Taken):
    """In which campaign; left out: the one that the day means."""

    campaign: CampaignName | None = None
    lang: Language | None = None


class DayQuery(Taken):
    """On which day; left out: today."""

    as_of: Day | None = None
    lang: Language | None = None
