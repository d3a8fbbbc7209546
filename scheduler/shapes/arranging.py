"""Runs of the planner, draft plans, and what `arrange` finds."""

from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple, Self

from pydantic import AliasChoices, AliasPath, BeforeValidator, Field, ValidationInfo, model_validator

from scheduler.core.arranging.drafts import DraftPlan, DraftStatus, DraftUnplaced
from scheduler.core.arranging.problem import Arrangement
from scheduler.core.arranging.proposals import Proposal, proposals
from scheduler.core.arranging.runs import PlanRun, RunError, RunState
from scheduler.core.arranging.talks import ArrangedTalk
from scheduler.core.ground.bookings import Booking, Kind
from scheduler.core.ground.ids import PlanRunId
from scheduler.core.plans.placements import Plan, PlanStatus, Repair, Unplaced
from scheduler.core.plans.problems import Goal
from scheduler.services.arranging.drafts import PlacementDifference, ShownPlan
from scheduler.services.arranging.release import Misfit, Release
from scheduler.services.arranging.runs import ListedRun
from scheduler.services.ground.booking_changes import Booked
from scheduler.shapes.ground import (
    Day,
    FindingModel,
    LocalTime,
    RealTime,
    Sentence,
    Shape,
    at,
    reader_of,
    sometimes,
)
from scheduler.wording.readers import Reader


def _is_cancelling(run: PlanRun) -> bool:
    return run.is_cancelling and not run.state.is_over


def _milliseconds(seconds: float) -> float:
    return round(seconds, 3)


class RunModel(Shape[ListedRun]):
    """A run of the planner; moments are real time, UTC. `status` is that of its draft plan."""

    id: str = at("run", "id")
    state: RunState = at("run", "state")
    status: DraftStatus | None = Field(validation_alias=AliasChoices("draft", AliasPath("plan", "status")))
    rule_set: str | None = at("run", "rule_set")
    asked_by: str = at("run", "asked_by")
    asked_at: RealTime = at("run", "asked_at")
    claimed_at: RealTime | None = at("run", "claimed_at")
    finished_at: RealTime | None = at("run", "finished_at")
    cancelling: Annotated[bool, BeforeValidator(_is_cancelling)] = at("run")
    error: RunError | None = at("run", "error")
    seconds: Annotated[float, BeforeValidator(_milliseconds)] = at("run", "progress", "seconds")
    placed: int = at("run", "progress", "placed")
    total: int = at("run", "progress", "of", key="of")
    values: dict[Goal, int] = at("run", "progress", "values")
    bounds: dict[Goal, int] = at("run", "progress", "bounds")


class RunListModel(Shape[dict[str, Sequence[ListedRun]]]):
    """The latest first."""

    plans: list[RunModel]


class PlaceModel(Shape[Booking]):
    """Where a booking stands."""

    start: LocalTime = at("span", "start")
    room: str | None


class PlacementModel(Shape[PlacementDifference]):
    """A placement, and what it would change: `moves` is the booking that would move here from `from`."""

    number: int = at("placement", "number")
    kind: Kind = at("placement", "kind")
    people: list[str] = at("placement", "people")
    start: LocalTime = at("placement", "start")
    minutes: int = at("placement", "minutes")
    room: str | None = at("placement", "room")
    rules: list[str] = at("placement", "rules")
    pinned: bool = at("placement", "is_pinned")
    moves: str | None = at("placement", "moves")
    before: PlaceModel | None = at("before", key="from")
    booking: str | None = at("placement", "booking", description="What it became when the draft was released")
    blocking: list[FindingModel] = at("findings", "blocking")
    warnings: list[FindingModel] = at("findings", "warnings")
    hints: list[FindingModel] = at("findings", "hints")


class RepairModel(Shape[Repair]):
    """Something that would make room."""

    kind: str
    text: str
    verified: bool

    @model_validator(mode="before")
    @classmethod
    def _with_sentence(cls, repair: Repair, info: ValidationInfo) -> object:
        return {"kind": repair.kind, "text": reader_of(info).repair(repair), "verified": repair.is_verified}


class UnplacedModel(Shape[DraftUnplaced]):
    """What has no place, why, and what would help."""

    people: list[str]
    rules: list[str]
    booking: str | None
    reasons: list[FindingModel]
    repairs: list[RepairModel]


def _best(name: str) -> Any:
    """Of the plan; of the run as long as there is none."""
    return Field(validation_alias=AliasChoices(AliasPath("plan", name), AliasPath("run", "progress", name)))


class PlanModel(RunModel):
    """A run with its draft plan; `plan_status` and `version` are null while there is none."""

    values: dict[Goal, int] = _best("values")
    bounds: dict[Goal, int] = _best("bounds")
    plan_status: PlanStatus | None = at("plan", "plan_status", default=None)
    version: int | None = at("plan", "version", default=None)
    placements: list[PlacementModel] = at("differences", default=[])
    unplaced: list[UnplacedModel] = at("plan", "unplaced", default=[])
    binding: Sentence = at("plan", "binding", default="")

    @classmethod
    def shown(cls, plan: ShownPlan, reader: Reader) -> Self:
        """A run with its draft, told with the names of people and rooms."""
        return cls.model_validate(plan, context=reader.naming(plan.roster, plan.rooms))


def _ids(bookings: Sequence[Booked]) -> list[str]:
    return [booked.booking.id for booked in bookings]


class MisfitModel(Shape[Misfit]):
    """A placement that does not fit any more."""

    number: int = at("placement", "number")
    people: list[str] = at("placement", "people")
    blocking: list[FindingModel] = at("findings")


class ReleasedModel(Shape[Release]):
    """What is on the calendar now, and what was left out."""

    ok: bool = True
    id: str = at("plan", "run")
    status: DraftStatus = at("plan", "status")
    booked: Annotated[list[str], BeforeValidator(_ids)]
    left: list[MisfitModel]

    @classmethod
    def refused(cls, run: PlanRunId, left: Sequence[Misfit], reader: Reader) -> Self:
        """Nothing was booked, since some of it does not fit."""
        nothing = Release(DraftPlan(run, PlanStatus.FEASIBLE), (), tuple(left))
        return cls.of(nothing, reader).model_copy(update={"ok": False})


class DecidedModel(Shape[DraftPlan]):
    """What became of a draft."""

    ok: bool = True
    id: str = at("run")
    status: DraftStatus


# ── What `arrange` finds ─────────────────────────────────────────────────────────────────────────────────────────────
class TalkModel(Shape[Proposal]):
    """A talk as it would be booked."""

    people: list[str]
    start: LocalTime
    minutes: int
    room: str | None
    rules: list[str]


class BookedTalkModel(TalkModel):
    """A talk that is booked already, and whether it moves."""

    booking: str = at("booking", "id")
    moved: bool = at("is_moved")


class Missing(NamedTuple):
    """A talk without a place, and why."""

    talk: ArrangedTalk
    why: Unplaced


def _some(pools: Sequence[Sequence[str]]) -> Sequence[str] | None:
    return pools[0] if pools else None


class MissingModel(Shape[Missing]):
    """A talk without a place, why, and what would help."""

    people: list[str] = at("talk", "problem_talk", "people")
    rules: list[str] = at("talk", "rules")
    reasons: list[FindingModel] = at("why", "reasons")
    repairs: list[RepairModel] = at("why", "repairs")
    pool: Annotated[list[str] | None, BeforeValidator(_some)] = sometimes("talk", "problem_talk", "any_of")
    booking: str | None = sometimes("talk", "booking", "id")


class Arranged(NamedTuple):
    """What was arranged, and its finished plan."""

    arrangement: Arrangement
    plan: Plan

    @property
    def placements(self) -> tuple[Proposal, ...]:
        """Each talk that has a place."""
        return proposals(self.arrangement, self.plan)

    @property
    def unplaced(self) -> list[Missing]:
        """Each that has none."""
        return [Missing(self.arrangement.talks[unplaced.talk], unplaced) for unplaced in self.plan.unplaced]


class ArrangementModel(Shape[Arranged]):
    """A finished plan: what is placed where, what is not and why, how good it is and what keeps it from being better."""

    rule_set: str = at("arrangement", "facts", "rule_set")
    as_of: Day = at("arrangement", "facts", "as_of", "day")
    status: PlanStatus = at("plan", "status")
    placed: Annotated[int, BeforeValidator(len)] = at("plan", "placements")
    total: int = at("arrangement", "count", key="of")
    placements: list[Annotated[BookedTalkModel | TalkModel, Field(union_mode="left_to_right")]]
    unplaced: list[MissingModel]
    values: dict[Goal, int] = at("plan", "values")
    bounds: dict[Goal, int] = at("plan", "bounds")
    binding: Sentence = at("plan", "binding")
    findings: list[FindingModel] = at("arrangement", "findings")
    plan: str | None = sometimes("kept")
    """The draft plan that it became."""

    @classmethod
    def kept_as(cls, draft: str, arrangement: Arrangement, plan: Plan, reader: Reader) -> Self:
        """What was arranged, told with the names of people and rooms, and as which draft plan it was kept."""
        facts = arrangement.facts
        told = cls.of(Arranged(arrangement, plan), reader.naming(facts.roster, facts.rooms))
        return told.model_copy(update={"plan": draft or None})
