"""What follows from an occurrence: the talks that are required because of it and where they stand, or why there are none."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from scheduler.core.campaigns.occurrences import Occurrence
from scheduler.core.coverage.report import Coverage, RequirementState
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.grouping import grouped
from scheduler.core.ground.ids import RuleId, RuleSetId
from scheduler.core.ground.people import Roster
from scheduler.core.rules.events import kinds_of
from scheduler.core.rules.resolution import RuleSetSpec


@dataclass(frozen=True, slots=True)
class RequiredAfter:
    """A talk that is required because of an occurrence."""

    rule_set: RuleSetId
    rules: tuple[RuleId, ...]
    """Those that ask for it because of this occurrence."""
    required: RequirementState

    @property
    def due(self) -> date | None:
        """The last day on which it can be held."""
        return self.required.requirement.window.last


@dataclass(frozen=True, slots=True)
class FollowedOccurrence:
    """An occurrence with what follows from it."""

    occurrence: Occurrence
    talks: tuple[RequiredAfter, ...]
    findings: tuple[Finding, ...]
    """Who cannot be found; or, where no talk is required, why."""

    @property
    def lacks_somebody(self) -> bool:
        """Whether a talk is required and nobody is there to talk."""
        return any("rules" in finding.details for finding in self.findings)


@dataclass(frozen=True, slots=True)
class RuleSetStanding:
    """A rule set that reacts to occurrences, and where it stands."""

    id: RuleSetId
    spec: RuleSetSpec
    coverage: Coverage


def followed(
    occurrences: Iterable[Occurrence], rule_sets: Sequence[RuleSetStanding], roster: Roster
) -> list[FollowedOccurrence]:
    """What follows from each occurrence, as of the day of the roster."""
    kinds = frozenset(kind for rule_set in rule_sets for kind in kinds_of(rule_set.spec))
    talks = grouped((number, talk) for rule_set in rule_sets for number, talk in _talks(rule_set))
    gaps = grouped((number, gap) for rule_set in rule_sets for number, gap in _gaps(rule_set))
    return [
        FollowedOccurrence(
            occurrence,
            tuple(talks.get(occurrence.id, ())),
            tuple(
                gaps.get(occurrence.id) or ([] if occurrence.id in talks else [_why_none(occurrence, kinds, roster)])
            ),
        )
        for occurrence in occurrences
    ]


def _talks(rule_set: RuleSetStanding) -> Iterator[tuple[int, RequiredAfter]]:
    """The talks that a rule set asks for, by occurrence."""
    for state in rule_set.coverage.requirements:
        rules = grouped((r.occurrence, r.rule) for r in state.requirement.reasons if r.occurrence is not None)
        for number, named in rules.items():
            yield number, RequiredAfter(rule_set.id, tuple(dict.fromkeys(named)), state)


def _gaps(rule_set: RuleSetStanding) -> Iterator[tuple[int, Finding]]:
    """For which talks of a rule set nobody is found, by occurrence."""
    unresolved = rule_set.coverage.resolution.unresolved
    befell = ((finding.details.get("occurrence"), finding) for finding in unresolved)
    yield from ((occurrence.id, finding) for occurrence, finding in befell if isinstance(occurrence, Occurrence))


def _why_none(occurrence: Occurrence, kinds: Collection[str], roster: Roster) -> Finding:
    """Why no talk follows from an occurrence."""
    if occurrence.kind not in kinds:
        kind = "no_rule_reacts"
    else:
        kind = "occurrence_ahead" if occurrence.day > roster.on else "occurrence_outside"
    details = {"name": roster.name(occurrence.person), "occurrence": occurrence}
    return Finding(kind, occurrence.person, details)
