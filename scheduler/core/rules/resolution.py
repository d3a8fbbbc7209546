"""Rules → requirements, each with its reasons; and what could not be resolved."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, assert_never

from scheduler.core.campaigns import windows
from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.campaigns.occurrences import Occurrence
from scheduler.core.campaigns.windows import EveryDays, Per, Period, Window
from scheduler.core.ground.bookings import Mode
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import GroupId, PersonId, RuleId, RuleSetId, UnitId
from scheduler.core.ground.people import Roster
from scheduler.core.ground.spans import DayRange
from scheduler.core.ground.working_time import WorkingTime
from scheduler.core.rules import pairings, selectors
from scheduler.core.rules.identities import Identity, Terms, merged
from scheduler.core.rules.pairings import (
    AllPairs,
    AnyOf,
    Ask,
    AskOrGap,
    EachEach,
    Gap,
    Listed,
    OnEvent,
    Pairing,
    Relation,
)
from scheduler.core.rules.requirements import Reason, Resolution, Severity
from scheduler.core.rules.selectors import Scene

SAME_UNIT, ALREADY_MET = "same_unit", "already_met"
MAX_REQUIREMENTS = 200_000
"""More than this is a slip of the pen (everybody with everybody)."""
MAX_POOLED = 10_000_000
"""Places in all pools together."""


@dataclass(frozen=True, slots=True)
class AppliedRuleSet:
    """Rules that were applied: the preset's id, the branch named by `--for`, and the document (extends carried out)."""

    id: RuleSetId
    preset: str
    branch: GroupId | None
    document: Mapping[str, Any] = field(hash=False)
    is_leading: bool


@dataclass(frozen=True, slots=True)
class RuleName:
    """What a preset or a rule is called; empty when the file does not say."""

    zh: str = ""
    en: str = ""

    def text(self, lang: str) -> str:
        """The name in a language; in the other one if that is all there is."""
        return {"zh": self.zh}.get(lang, self.en) or self.zh or self.en


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a rule set, everything that it leaves unsaid filled in from the preset and the defaults."""

    id: RuleId
    pairing: Pairing
    name: RuleName = RuleName()
    severity: Severity = Severity.MUST
    min_count: int = 1
    per: Per | EveryDays = Per.WINDOW
    modes: frozenset[Mode] = frozenset({Mode.FACE_TO_FACE})
    group_ok: bool = False
    window: Window | None = None
    """The rule's own; None: that of the rule set."""
    exclude: frozenset[str] = frozenset()
    order: int | None = None
    """Smaller is arranged first."""
    extras: Mapping[str, object] = field(default_factory=dict, hash=False)
    """What only the planner needs, as the file writes it: `after`, `initiator`, `limits`, `location` …"""

    @property
    def terms(self) -> Terms:
        """On what terms it asks."""
        return Terms(self.severity, self.min_count, self.modes, self.group_ok)


@dataclass(frozen=True, slots=True)
class RuleSetSpec:
    """A preset, read and understood, with `extends` carried out."""

    id: str
    rules: tuple[Rule, ...]
    name: RuleName = RuleName()
    window: Window | None = None
    """None: the campaign's talk window, or its dates when a talk is asked for once a year."""
    per: Per | EveryDays = Per.WINDOW
    modes: frozenset[Mode] = frozenset({Mode.FACE_TO_FACE})
    group_ok: bool = False
    for_each_branch: bool = False
    document: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """The plain form, which reads as this again."""

    @property
    def milestones(self) -> tuple[str, ...]:
        """The milestones that its windows hang on, each once."""
        own_windows = [w for w in (self.window, *(rule.window for rule in self.rules)) if w]
        return tuple(dict.fromkeys(name for window in own_windows for name in window.milestones))


@dataclass(frozen=True)
class RuleFacts:
    """All that rules are resolved with: the organisation on one day, and for which branch."""

    roster: Roster
    campaign: Campaign | None
    working_time: WorkingTime
    occurrences: tuple[Occurrence, ...] = ()
    branch: GroupId | None = None
    """The branch named by `--for`; None: all of them."""
    met: frozenset[tuple[PersonId, PersonId]] = frozenset()
    """Who has talked already, in either order; what `exclude: [already_met]` leaves out."""

    @cached_property
    def talk_window(self) -> DayRange:
        """When talks of the campaign are held."""
        return windows.talk_window(self.campaign, self.working_time)

    @cached_property
    def scene(self) -> Scene:
        """Where the selectors of all rules are read."""
        return Scene(self.roster)

    @cached_property
    def place_in_rank_order(self) -> Mapping[PersonId, int]:
        """Where everybody stands in rank order."""
        return {person: place for place, person in enumerate(self.roster.in_rank_order(set(self.roster.people)))}

    def have_met(self, first: PersonId, second: PersonId) -> bool:
        """Whether two people have talked already."""
        return (first, second) in self.met or (second, first) in self.met

    def share_a_unit(self, first: PersonId, second: PersonId) -> bool:
        """Whether two people work in one unit."""
        unit = self.roster.people[first].unit
        return bool(unit) and unit == self.roster.people[second].unit


_ReasonsByIdentity = dict[Identity, list[Reason]]
"""What one rule asks for, each thing once, with its reasons in the order they were found."""


def resolve(spec: RuleSetSpec, facts: RuleFacts) -> Resolution:
    """What a rule set asks of an organisation, and what of it cannot be resolved.

    Raises NotFound for a branch that there is none of, Malformed when it asks for more than anybody could mean.
    """
    if facts.branch and facts.branch not in {branch.id for branch in facts.roster.branches()}:
        raise NotFound("branch", facts.branch)
    whole = _usual_window(spec.window, spec.per, facts)
    reasons_by_rule: dict[RuleId, _ReasonsByIdentity] = {}
    rules_by_gap: dict[Gap, list[Rule]] = {}
    for rule in spec.rules:
        reasons_by_rule[rule.id], gaps = _ask(rule, spec, whole, facts)
        for gap in gaps:
            rules_by_gap.setdefault(Gap(gap.kind, gap.subject or rule.id), []).append(rule)
    return Resolution(
        requirements=merged(reasons_by_rule, {rule.id: rule.terms for rule in spec.rules}),
        by_rule={rule: len(reasons) for rule, reasons in reasons_by_rule.items()},
        severity_of={rule.id: rule.severity for rule in spec.rules},
        unresolved=tuple(_finding(gap, rules, facts.roster) for gap, rules in rules_by_gap.items()),
        window=whole,
        modes=spec.modes,
        group_ok=spec.group_ok,
    )


def _ask(rule: Rule, spec: RuleSetSpec, whole: DayRange, facts: RuleFacts) -> tuple[_ReasonsByIdentity, list[Gap]]:
    """All that one rule asks for, and what of it cannot be resolved, each thing once."""
    reasons: _ReasonsByIdentity = {}
    unknown = dict.fromkeys(_unknown(rule.pairing, facts.roster))
    gaps = dict(unknown)
    periods, pooled, is_silent = _periods(rule, spec, whole, facts), 0, not isinstance(rule.pairing, OnEvent)
    for branch in _branches(rule, spec, facts):
        for outcome in _answers_of(rule.pairing, facts, branch):
            is_silent = False
            kept = _kept(outcome, rule, facts)
            if isinstance(kept, Gap):
                gaps[kept] = None
            elif kept:
                pooled += len(kept.pool)
                _add(kept, Reason(rule.id, kept.unit, kept.is_acting, branch, kept.occurrence), periods, reasons)
            if len(reasons) > MAX_REQUIREMENTS or pooled > MAX_POOLED:
                raise Malformed("too_many", rule.id, most=MAX_REQUIREMENTS)
    if is_silent and not gaps:
        gaps[Gap("relation_unknown" if isinstance(rule.pairing, Relation) else "empty_pool")] = None
    # a group that is not there is said once, and not again as a pool that nobody is in
    return reasons, [gap for gap in gaps if not unknown or gap.kind != "empty_pool"]


def _add(ask: Ask, reason: Reason, periods: "_Periods", reasons: _ReasonsByIdentity) -> None:
    """Note what is asked for, once in each period, with its reason."""
    for period in periods.of(ask):
        reasons.setdefault(Identity(ask.people, ask.pool, ask.k, period), []).append(reason)


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


def _kept(outcome: AskOrGap, rule: Rule, facts: RuleFacts) -> AskOrGap | None:
    """What is left of something asked for when the rule's exclusions are taken away; pairs in rank order."""
    if isinstance(outcome, Gap):
        return outcome
    if not outcome.pool:
        first, second = outcome.people
        if rule.exclude and (_is_colleague(first, second, rule, facts) or _has_met(first, second, rule, facts)):
            return None
        place = facts.place_in_rank_order
        return outcome if place[first] < place[second] else outcome._replace(people=(second, first))
    if not rule.exclude:
        return outcome
    (subject,) = outcome.people
    others = tuple(p for p in outcome.pool if not _is_colleague(subject, p, rule, facts))
    if not others:
        return Gap("empty_pool")
    new = tuple(p for p in others if not _has_met(subject, p, rule, facts))
    return outcome._replace(pool=new) if new else None


def _is_colleague(first: PersonId, second: PersonId, rule: Rule, facts: RuleFacts) -> bool:
    """Whether a rule leaves two people out because they work in one unit."""
    return SAME_UNIT in rule.exclude and facts.share_a_unit(first, second)


def _has_met(first: PersonId, second: PersonId, rule: Rule, facts: RuleFacts) -> bool:
    """Whether a rule leaves two people out because they have talked already."""
    return ALREADY_MET in rule.exclude and facts.have_met(first, second)


def _usual_window(window: Window | None, per: Per | EveryDays, facts: RuleFacts) -> DayRange:
    """The days of a window; a missing one is the campaign's talk window, or for talks once a year the campaign."""
    usual = windows.campaign_days(facts.campaign) if per is Per.YEAR else facts.talk_window
    return windows.days_of(window or Window(), usual, facts.campaign, facts.working_time)


class _Periods(NamedTuple):
    """When what a rule asks for can be held."""

    usual: tuple[Period, ...]
    limit: DayRange
    """Talks after an occurrence have days of their own; they are asked for when these touch the limit."""

    def of(self, ask: Ask) -> tuple[Period, ...]:
        """The periods of one thing asked for."""
        if ask.days is None:
            return self.usual
        return (Period(windows.label_of(ask.days), ask.days),) if ask.days.intersection(self.limit) else ()


def _periods(rule: Rule, spec: RuleSetSpec, whole: DayRange, facts: RuleFacts) -> _Periods:
    """When a rule's talks can be held: in its own window, else in that of the rule set, period by period.

    A window that differs from that of the rule set is told apart by its label.
    """
    if rule.window:
        window = windows.days_of(rule.window, whole, facts.campaign, facts.working_time)
    else:
        window = whole if spec.window else _usual_window(None, rule.per, facts)
    if isinstance(rule.pairing, OnEvent):
        return _Periods((), window if rule.window or spec.window else windows.campaign_days(facts.campaign))
    if rule.per is Per.WINDOW and window != whole:
        return _Periods((Period(windows.label_of(window), window),), window)
    return _Periods(windows.periods(rule.per, window, facts.roster.on, f"{rule.id}.per"), window)


def _finding(gap: Gap, rules: list[Rule], roster: Roster) -> Finding:
    """Something that could not be resolved, with what a sentence about it needs to know."""
    subject = gap.subject or ""
    unit, group = roster.units.get(UnitId(subject)), roster.groups.get(GroupId(subject))
    name = unit.name if unit else group.name if group else subject
    follows_event = all(isinstance(rule.pairing, OnEvent) for rule in rules)
    details = {"name": name, "rules": tuple(rule.id for rule in rules), "follows_event": follows_event}
    return Finding(gap.kind, subject, details)
