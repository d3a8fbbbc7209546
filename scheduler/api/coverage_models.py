"""What the API takes and gives about requirements, the ledger and study hours; OpenAPI is made from these."""

from typing import Literal

from pydantic import BaseModel

from scheduler.api.models import Day, FindingModel, Name, Taken


class AsOfQuery(Taken):
    """On which day, by which rule set; left out: today, the leading one."""

    as_of: Day | None = None
    rule_set: Name | None = None
    lang: Literal["zh", "en"] | None = None


# ── What goes out ────────────────────────────────────────────────────────────────────────────────────────────────────
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
