"""What the API takes and gives about runs of the planner and draft plans; OpenAPI is made from these."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from scheduler.api.models import Day, FindingModel, LocalTime, Minutes, Name, Taken, Version
from scheduler.core.arranging.options import (
    LONGEST,
    MOST_A_DAY,
    MOST_SECONDS,
    SHORTEST_GRID,
    ArrangeOptions,
)

Number = Annotated[int, Field(ge=1, le=2**31 - 1, strict=True)]
USUAL = ArrangeOptions()


class ArrangeBody(Taken):
    """What is to be arranged; whatever is left out follows from the facts."""

    rule_set: Name | None = Field(None, description="Left out: the leading one")
    as_of: Day | None = None
    first: Day | None = Field(None, alias="from", description="Left out: from the next grid step on")
    last: Day | None = Field(None, alias="to", description="Left out: the end of the window")
    grid: Annotated[int, Field(ge=SHORTEST_GRID, le=LONGEST, strict=True)] = USUAL.grid
    minutes: Annotated[int, Field(ge=1, le=LONGEST, strict=True)] = USUAL.minutes
    rooms: Annotated[list[Name], Field(max_length=500)] | None = Field(None, description="Left out: those for talks")
    optional: bool = False
    fewest_changes: bool = Field(default=False, description="Booked talks may move where they have to")
    max_talks_per_day: Annotated[int, Field(ge=1, le=MOST_A_DAY, strict=True)] = USUAL.max_talks_per_day
    seconds: Annotated[int, Field(ge=1, le=MOST_SECONDS, strict=True)] = USUAL.seconds
    seed: Annotated[int, Field(ge=0, le=2**31 - 1, strict=True)] = USUAL.seed


class AgainBody(Taken):
    """With which options to run again; left out: with those of the first time."""

    options: ArrangeBody | None = None


class PlacementBody(Taken):
    """Where a placement shall be, and whether it stays there; whatever is left out stays as it is."""

    start: LocalTime | None = None
    minutes: Minutes | None = None
    room: Annotated[str, Field(max_length=64)] | None = Field(None, description="Empty: no room any more")
    pinned: bool | None = Field(None, description="A placement that is moved is pinned")
    version: Version | None = Field(None, description="The draft's, as one has seen it")


class ReleaseBody(Taken):
    """How to release."""

    only_what_fits: bool = Field(default=False, description="Book the rest when something does not fit any more")
    version: Version | None = Field(None, description="The draft's, as one has seen it")


class PlanQuery(Taken):
    """Whether each placement is checked on today's calendar."""

    check: bool = False
    lang: Literal["zh", "en"] | None = None


# ── What goes out ────────────────────────────────────────────────────────────────────────────────────────────────────
class RunModel(BaseModel):
    """A run of the planner; moments are real time, UTC. `status` is that of its draft plan."""

    id: str
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    status: Literal["draft", "released", "discarded"] | None
    rule_set: str | None
    asked_by: str
    asked_at: str
    claimed_at: str | None
    finished_at: str | None
    cancelling: bool
    error: Literal["lost", "crashed", "unsound", "refused"] | None
    seconds: float
    placed: int
    of: int
    values: dict[str, int]
    bounds: dict[str, int]


class RunListModel(BaseModel):
    """The latest first."""

    plans: list[RunModel]


class PlaceModel(BaseModel):
    """Where a booking stands."""

    start: str
    room: str | None


class PlacementModel(BaseModel):
    """A placement, and what it would change: `moves` is the booking that would move here from `from`."""

    number: int
    kind: str
    people: list[str]
    start: str
    minutes: int
    room: str | None
    rules: list[str]
    pinned: bool
    moves: str | None
    before: PlaceModel | None = Field(alias="from")
    booking: str | None = Field(description="What it became when the draft was released")
    blocking: list[FindingModel]
    warnings: list[FindingModel]
    hints: list[FindingModel]


class RepairModel(BaseModel):
    """Something that would make room."""

    kind: str
    text: str
    verified: bool


class UnplacedModel(BaseModel):
    """What has no place, why, and what would help."""

    people: list[str]
    rules: list[str]
    booking: str | None
    reasons: list[FindingModel]
    repairs: list[RepairModel]


class PlanModel(RunModel):
    """A run with its draft plan; `plan_status` and `version` are null while there is none."""

    plan_status: Literal["optimal", "feasible", "impossible"] | None
    version: int | None
    placements: list[PlacementModel]
    unplaced: list[UnplacedModel]
    binding: str


class MisfitModel(BaseModel):
    """A placement that does not fit any more."""

    number: int
    people: list[str]
    blocking: list[FindingModel]


class ReleasedModel(BaseModel):
    """What is on the calendar now, and what was left out."""

    ok: bool
    id: str
    status: str
    booked: list[str]
    left: list[MisfitModel]


class DecidedModel(BaseModel):
    """What became of a draft."""

    ok: bool
    id: str
    status: str
