"""What one rule asks of an organisation as it stands, and what of it cannot be resolved."""

from collections.abc import Iterator, Mapping
from typing import assert_never

from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import GroupId, PersonId
from scheduler.core.ground.people import Roster
from scheduler.core.rules import pairings, selectors
from scheduler.core.rules.definitions import Rule, RuleSetSpec
from scheduler.core.rules.due_periods import BranchAsk
from scheduler.core.rules.facts import RuleFacts
from scheduler.core.rules.pairings import (
    AllPairs,
    AnyOf,
    AskOrGap,
    EachEach,
    Gap,
    Listed,
    OnEvent,
    Pairing,
    Relation,
)

SAME_UNIT, ALREADY_MET = "same_unit", "already_met"
MAX_REQUIREMENTS = 200_000
"""More than this is a slip of the pen (everybody with everybody)."""
MAX_POOLED = 10_000_000
"""Places in all pools together."""


def answers(
    rule: Rule, spec: RuleSetSpec, facts: RuleFacts, places: Mapping[PersonId, int]
) -> tuple[dict[Gap, None], list[BranchAsk]]:
    """All that one rule asks for in an organisation, and what of it cannot be resolved, each thing once.

    `places`: where everybody stands in rank order, whenever they were there. Raises Malformed when it is too much.
    """
    asks: list[BranchAsk] = []
    unknown = dict.fromkeys(_unknown(rule.pairing, facts.roster))
    gaps = dict(unknown)
    pooled, is_silent = 0, not isinstance(rule.pairing, OnEvent)
    for branch in _branches(rule, spec, facts):
        gaps.update(dict.fromkeys(_nobody(rule.pairing, facts, branch)))
        for outcome in _answers_of(rule.pairing, facts, branch):
            is_silent = False
            kept = _kept(outcome, rule, facts, places)
            if isinstance(kept, Gap):
                gaps[kept] = None
            elif kept:
                pooled += len(kept.pool)
                asks.append(BranchAsk(kept, branch))
            if len(asks) > MAX_REQUIREMENTS or pooled > MAX_POOLED:
                raise Malformed("too_many", rule.id, most=MAX_REQUIREMENTS)
    if is_silent and not gaps:
        gaps[Gap("relation_unknown" if isinstance(rule.pairing, Relation) else "empty_pool")] = None
    lacking = {gap.subject for gap in gaps if gap.missing and not gap.occurrence}
    gaps = {gap: None for gap in gaps if gap.missing or gap.kind != "empty_pool" or gap.subject not in lacking}
    # a group that is not there is said once, and not again as a pool that nobody is in
    return {gap: None for gap in gaps if not unknown or gap.kind != "empty_pool" or gap.occurrence}, asks


def _unknown(pairing: Pairing, roster: Roster) -> Iterator[Gap]:
    """What a pairing names and this organisation does not have, whether or not anything comes of it today."""
    for selector in pairings.selectors_of(pairing):
        yield from (Gap("no_such_group", group) for group in selectors.unknown_groups(selector, roster))
        if selectors.needs_manager(selector) and not any(p.manager for p in roster.people.values()):
            yield Gap("relation_unknown")


def _branches(rule: Rule, spec: RuleSetSpec, facts: RuleFacts) -> tuple[GroupId | None, ...]:
    """The branches a rule is applied to, one after the other; None: to the organisation as it is."""
    if isinstance(rule.pairing, OnEvent) or not (spec.for_each_branch or pairings.needs_branch(rule.pairing)):
        return (None,)
    return (facts.branch,) if facts.branch else tuple(branch.id for branch in facts.roster.branches())


def _nobody(pairing: Pairing, facts: RuleFacts, branch: GroupId | None) -> Iterator[Gap]:
    """A side of each with each, or of all with each other, that nobody is on: the branch, or whoever is on the other side.

    A branch without a committee or a secretary is told so, whatever the pairing.
    """
    if isinstance(pairing, OnEvent):
        return
    scene = facts.scene.at(branch)
    if lacking := tuple(pairings.unfilled(pairing, scene)):
        yield from lacking
        return
    if not isinstance(pairing, (EachEach, AllPairs)):
        return
    sides = [selectors.select(selector, scene) for selector in pairings.selectors_of(pairing)]
    if all(sides):
        return
    subjects: tuple[str, ...] = (branch,) if branch else tuple(person for side in sides for person in side)
    yield from (Gap("empty_pool", subject) for subject in subjects)


def _answers_of(pairing: Pairing, facts: RuleFacts, branch: GroupId | None) -> Iterator[AskOrGap]:
    """What a pairing asks for in one branch, or in the organisation."""
    scene = facts.scene.at(branch)
    match pairing:
        case EachEach():
            return pairings.each_each(pairing, scene)
        case AllPairs():
            return pairings.all_pairs(pairing, scene)
        case AnyOf():
            return pairings.any_of(pairing, scene)
        case Relation():
            return pairings.relation(pairing, facts.roster)
        case Listed():
            return pairings.listed(pairing, facts.roster, facts.campaign)
        case OnEvent():
            return pairings.on_event(pairing, facts.roster, facts.occurrences, facts.branch)
        case _:
            assert_never(pairing)


def _kept(outcome: AskOrGap, rule: Rule, facts: RuleFacts, places: Mapping[PersonId, int]) -> AskOrGap | None:
    """What is left of something asked for when the rule's exclusions are taken away; pairs in rank order."""
    if isinstance(outcome, Gap):
        return outcome
    if not outcome.pool:
        first, second = outcome.people
        if rule.exclude and (_is_colleague(first, second, rule, facts) or _has_met(first, second, rule, facts)):
            return None
        return outcome if places[first] < places[second] else outcome._replace(people=(second, first))
    if not rule.exclude:
        return outcome
    (subject,) = outcome.people
    others = tuple(p for p in outcome.pool if not _is_colleague(subject, p, rule, facts))
    if not others:
        return Gap("empty_pool", subject)
    new = tuple(p for p in others if not _has_met(subject, p, rule, facts))
    return outcome._replace(pool=new) if new else None


def _is_colleague(first: PersonId, second: PersonId, rule: Rule, facts: RuleFacts) -> bool:
    """Whether a rule leaves two people out because they work in one unit."""
    return SAME_UNIT in rule.exclude and facts.share_a_unit(first, second)


def _has_met(first: PersonId, second: PersonId, rule: Rule, facts: RuleFacts) -> bool:
    """Whether a rule leaves two people out because they have talked already."""
    return ALREADY_MET in rule.exclude and facts.have_met(first, second)
