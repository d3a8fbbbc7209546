"""Talks that an occurrence made necessary: what befell somebody is for organizers and the two people only."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from scheduler.core.ground.ids import PersonId, RuleId
from scheduler.core.rules.pairings import OnEvent
from scheduler.core.rules.requirements import STRENGTH, Reason, Requirement, Resolution
from scheduler.core.rules.resolution import RuleSetSpec

MASKED = RuleId("event")
"""Stands for all event rules before people who may not know what happened: the rule's name would tell."""


def event_rules_of(spec: RuleSetSpec) -> frozenset[RuleId]:
    """The rules of a rule set that follow from occurrences."""
    return frozenset(rule.id for rule in spec.rules if isinstance(rule.pairing, OnEvent))


def kinds_of(spec: RuleSetSpec) -> frozenset[str]:
    """The kinds of occurrences that a rule set reacts to."""
    return frozenset(kind for rule in spec.rules if isinstance(rule.pairing, OnEvent) for kind in rule.pairing.kinds)


def visible(rules: Iterable[RuleId], harmless: Collection[RuleId]) -> tuple[RuleId, ...]:
    """Rules before somebody who may know these only: the others are one and have no name."""
    return tuple(dict.fromkeys(rule if rule in harmless else MASKED for rule in rules))


def masked(resolution: Resolution, event_rules: Collection[RuleId], viewer: PersonId | None) -> Resolution:
    """The same requirements, without telling the viewer which event rules ask for those of others."""
    if not event_rules:
        return resolution
    requirements = tuple(
        requirement if viewer in requirement.bearers else _masked(requirement, event_rules)
        for requirement in resolution.requirements
    )
    left = {rule for requirement in requirements for rule in requirement.rules}
    hidden = [rule for rule in event_rules if rule not in left]
    by_rule = {rule: count for rule, count in resolution.by_rule.items() if rule not in event_rules or rule in left}
    severity_of = {rule: severity for rule, severity in resolution.severity_of.items() if rule in by_rule}
    if hidden:
        by_rule[MASKED] = sum(resolution.by_rule.get(rule, 0) for rule in hidden)
        severity_of[MASKED] = min((resolution.severity_of[rule] for rule in hidden), key=STRENGTH.__getitem__)
    unresolved = tuple(finding for finding in resolution.unresolved if not finding.details.get("follows_event"))
    return replace(
        resolution, requirements=requirements, by_rule=by_rule, severity_of=severity_of, unresolved=unresolved
    )


def _masked(requirement: Requirement, event_rules: Collection[RuleId]) -> Requirement:
    reasons = dict.fromkeys(Reason(MASKED) if reason.rule in event_rules else reason for reason in requirement.reasons)
    return replace(requirement, reasons=tuple(reasons))
