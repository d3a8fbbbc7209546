"""What is required, how far it has come, and what each talk counts for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, model_validator

from scheduler.core.coverage.former_requirements import NoLongerRequired
from scheduler.core.coverage.report import CoverageState, RequirementState, Tally
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId, PersonId, RuleId
from scheduler.core.rules.definitions import AppliedRuleSet
from scheduler.core.rules.requirements import Severity
from scheduler.services.coverage.links import Links
from scheduler.services.coverage.report import LedgerLine, Report
from scheduler.services.rules.sets import Applied, Preview
from scheduler.shapes.ground import Day, FindingModel, Shape, at, sometimes
from scheduler.wording.readers import Reader


@dataclass(slots=True)
class RequirementModel:
    """A requirement and where it stands."""

    # There are tens of thousands: Pydantic describes and prints what a dataclass has, which is made five times as quickly.
    kind: Literal["pair", "any"]
    people: tuple[PersonId, ...]
    subject: PersonId | None
    pool: tuple[PersonId, ...]
    k: int | None
    rules: tuple[RuleId, ...]
    severity: Severity
    state: CoverageState
    overdue: bool
    count: int
    have: int
    period: str | None
    talks: tuple[BookingId, ...]

    @classmethod
    def of(cls, value: RequirementState) -> Self:
        """A requirement on a day."""
        requirement = value.requirement
        return cls(
            kind=requirement.kind,
            people=requirement.pair or (),
            subject=requirement.subject,
            pool=requirement.pool,
            k=requirement.k if requirement.subject else None,
            rules=requirement.rules,
            severity=requirement.severity,
            state=value.state,
            overdue=value.is_overdue,
            count=requirement.needed,
            have=value.have,
            period=requirement.period,
            talks=value.talks,
        )


def _each(states: Iterable[RequirementState]) -> list[RequirementModel]:
    return [RequirementModel.of(state) for state in states]


Requirements = Annotated[list[RequirementModel], BeforeValidator(_each)]


class RequirementListModel(Shape[Report]):
    """All requirements of a rule set on a day."""

    as_of: Day = at("coverage", "as_of", "day")
    rule_set: str = at("rule_set", "id")
    campaign: str | None = at("rule_set", "campaign")
    requirements: Requirements = at("coverage", "requirements")


class CountModel(Shape[Tally]):
    """How many are required, how many of them covered."""

    required: int
    covered: int

    @model_validator(mode="before")
    @classmethod
    def _by_name(cls, tally: object) -> object:
        return {"covered": tally[0], "required": tally[1]} if isinstance(tally, tuple) else tally


class NoLongerRequiredModel(Shape[NoLongerRequired]):
    """Pairs that were required on an earlier day and are no longer, and how many of them had talked by then."""

    pairs: int
    held: int


class CoverageModel(Shape[Report]):
    """How far a rule set has come; `by_rule` and `rows` are `[covered, required]`."""

    as_of: Day = at("coverage", "as_of", "day")
    rule_set: str = at("rule_set", "id")
    campaign: str | None = at("rule_set", "campaign")
    required: int = at("coverage", "required")
    covered: int = at("coverage", "covered")
    rate: float | None = at("coverage", "rate")
    no_longer_required: NoLongerRequiredModel
    by_rule: dict[str, list[int]] = at("coverage", "by_rule")
    states: dict[CoverageState, int] = at("coverage", "states")
    optional: CountModel = at("coverage", "optional")
    should: CountModel = at("coverage", "should")
    rows: dict[str, list[int]] = at("coverage", "rows")
    requirements: Requirements = at("coverage", "requirements")
    unresolved: list[FindingModel] = at("coverage", "resolution", "unresolved")


class LedgerLineModel(Shape[LedgerLine]):
    """A talk, whether it counts, and if not why."""

    id: str
    date: Day = at("day")
    people: list[str]
    counts: bool
    why_not: str | None
    covers: list[str]
    extra: bool = at("is_extra")
    no_longer_required: bool = at("is_no_longer_required")
    warnings: list[FindingModel]


class LedgerModel(Shape[Mapping[str, Iterable[LedgerLine]]]):
    """All talks of a rule set, by date."""

    ledger: list[LedgerLineModel]


class OddTalkModel(Shape[tuple[LedgerLine, Iterable[Finding]]]):
    """A talk that was held and what is odd about it."""

    id: str
    date: Day
    people: list[str]
    oddities: list[FindingModel]

    @model_validator(mode="before")
    @classmethod
    def _by_name(cls, both: object) -> object:
        if not isinstance(both, tuple):
            return both
        line, findings = both
        return {"id": line.id, "date": line.day, "people": line.people, "oddities": findings}


class OddTalkListModel(Shape[Mapping[str, Iterable[tuple[LedgerLine, Iterable[Finding]]]]]):
    """The talks of a ledger that one would ask about, by date."""

    talks: list[OddTalkModel]


class LinksModel(Shape[Links]):
    """Talks that count for a rule set now, or no more."""

    rule_set: str
    talks: list[str]


class PreviewModel(Shape[Preview]):
    """What a rule set asks: by rule (项), after merging (次), optional ones apart."""

    preset: str
    by_rule: dict[str, int] = at("resolution", "by_rule")
    requirements: int = at("resolution", "before_merging")
    distinct: int = at("resolution", "distinct")
    optional: int = at("resolution", "optional")
    unresolved: list[FindingModel] = at("resolution", "unresolved")
    rule_set: str | None = sometimes("rule_set")
    """As what it was applied."""
    linkable: list[str] | None = sometimes("linkable")
    """Talks of other rule sets in its window that it asks for as well, and that do not count for it yet; left out if there are none."""

    @classmethod
    def applied(cls, done: Applied, linkable: Sequence[BookingId], reader: Reader) -> Self:
        """What it asks, now that it is applied, and which talks could be let count for it."""
        update = {"rule_set": done.rule_set, "linkable": list(linkable) or None}
        return cls.of(done.preview, reader).model_copy(update=update)


class RuleSetModel(Shape[AppliedRuleSet]):
    """A rule set that was applied in a campaign."""

    rule_set: str = at("id")
    preset: str
    branch: str | None = at("branch", key="for")
    leading: bool = at("is_leading")
    campaign: str | None


class RuleSetListModel(Shape[Mapping[str, Iterable[AppliedRuleSet]]]):
    """The rule sets applied, the first applied first."""

    rule_sets: list[RuleSetModel]
