"""Rules → requirements, each with its reasons; and what could not be resolved."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from scheduler.core.campaigns import windows
from scheduler.core.campaigns.occurrences import Occurrence
from scheduler.core.campaigns.windows import EveryDays, Per, Period, Window
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import GroupId, PersonId, RuleId, UnitId
from scheduler.core.ground.people import Roster
from scheduler.core.ground.roster_history import RosterStretch
from scheduler.core.ground.spans import DayRange
from scheduler.core.rules import answers, due_periods, pairings
from scheduler.core.rules.answers import ALREADY_MET, SAME_UNIT
from scheduler.core.rules.definitions import AppliedRuleSet, Rule, RuleName, RuleSetSpec
from scheduler.core.rules.due_periods import AskedStretch, BranchAsk
from scheduler.core.rules.facts import RuleFacts
from scheduler.core.rules.identities import Identity, merged
from scheduler.core.rules.pairings import Gap, OnEvent
from scheduler.core.rules.requirements import Reason, Resolution

__all__ = [
    "ALREADY_MET", "SAME_UNIT", "AppliedRuleSet", "Rule", "RuleFacts", "RuleName",
    "RuleSetSpec", "resolve",
]  # fmt: skip


@dataclass(slots=True)
class _RuleAnswer:
    """What one rule asks for, each thing once, with its reasons in the order they were found; and what it cannot."""

    reasons: dict[Identity, list[Reason]] = field(default_factory=dict)
    earlier: dict[Identity, tuple[PersonId, ...]] = field(default_factory=dict)
    """Who was in the pool of a thing and has left it."""
    gaps: dict[Gap, None] = field(default_factory=dict)

    def add(self, rule: RuleId, ask: BranchAsk, period: Period) -> None:
        """Note what is asked for in a period, with its reason."""
        what, branch = ask
        identity = Identity(what.people, what.pool, what.k, period)
        self.reasons.setdefault(identity, []).append(Reason(rule, what.unit, what.is_acting, branch, what.occurrence))
        if what.earlier:
            self.earlier[identity] = tuple(dict.fromkeys((*self.earlier.get(identity, ()), *what.earlier)))
        if len(self.reasons) > answers.MAX_REQUIREMENTS:
            raise Malformed("too_many", rule, most=answers.MAX_REQUIREMENTS)


def resolve(spec: RuleSetSpec, facts: RuleFacts) -> Resolution:
    """What a rule set asks of an organisation, and what of it cannot be resolved.

    Raises NotFound for a branch that there is none of, Malformed when it asks for more than anybody could mean.
    """
    if facts.branch and facts.branch not in {branch.id for branch in facts.roster.branches()}:
        raise NotFound("branch", facts.branch)
    whole = _usual_window(spec.window, spec.per, facts)
    periods = {rule.id: _periods(rule, spec, whole, facts) for rule in spec.rules}
    stretches = {rule.id: _stretches(rule, periods[rule.id], facts) for rule in spec.rules}
    facts = facts.with_former()  # known once all stretches were looked at
    by_rule = {rule.id: _ask(rule, spec, periods[rule.id], stretches[rule.id], facts) for rule in spec.rules}
    rules_by_gap: dict[Gap, list[Rule]] = {}
    for rule in spec.rules:
        for gap in by_rule[rule.id].gaps:
            rules_by_gap.setdefault(gap if gap.occurrence else gap._replace(subject=gap.subject or rule.id), []).append(
                rule
            )
    earlier: dict[Identity, tuple[PersonId, ...]] = {}
    for identity, people in (item for one_rule in by_rule.values() for item in one_rule.earlier.items()):
        earlier[identity] = tuple(dict.fromkeys((*earlier.get(identity, ()), *people)))
    return Resolution(
        requirements=merged(
            {rule: of_rule.reasons for rule, of_rule in by_rule.items()},
            {rule.id: rule.terms for rule in spec.rules},
            earlier,
        ),
        by_rule={rule: len(of_rule.reasons) for rule, of_rule in by_rule.items()},
        severity_of={rule.id: rule.severity for rule in spec.rules},
        unresolved=tuple(_finding(gap, rules, facts.roster) for gap, rules in rules_by_gap.items()),
        window=whole,
        modes=spec.modes,
        group_ok=spec.group_ok,
    )


def _stretches(rule: Rule, periods: "_Periods", facts: RuleFacts) -> Sequence[RosterStretch]:
    """The times whose organisation a rule is read with; one that asks once in its window: the day asked about."""
    if isinstance(rule.pairing, OnEvent):
        days = [days for occurrence in facts.occurrences for days in _talk_days(rule.pairing, occurrence, periods)]
        closes = [last for span in days if (last := span.last)]
        return facts.stretches(DayRange(min(closes), max(closes))) if closes else ()
    if rule.per is Per.WINDOW:
        return (RosterStretch(periods.limit, facts.roster),)
    return facts.stretches(DayRange(periods.usual[0].days.first, periods.usual[-1].days.last))


def _talk_days(pairing: OnEvent, occurrence: Occurrence, periods: "_Periods") -> Iterator[DayRange]:
    """When each talk after an occurrence can be held, as far as the rule is about it and the days touch its limit."""
    if occurrence.kind in pairing.kinds:
        days = pairings.talk_days(pairing.offsets, occurrence)
        yield from (span for span in days if span.intersection(periods.limit))


def _ask(
    rule: Rule, spec: RuleSetSpec, periods: "_Periods", stretches: Sequence[RosterStretch], facts: RuleFacts
) -> _RuleAnswer:
    """All that one rule asks for, and what of it cannot be resolved, each thing once.

    What is asked once in each period is what was due in it; the gaps are those of the day asked about, or of the last day
    of the window. The talk after an occurrence is that of whoever holds the posts when it is due.
    """
    answer = _RuleAnswer()
    if isinstance(rule.pairing, OnEvent):
        answer.gaps, _ = answers.answers(rule, spec, replace(facts, occurrences=()), {})
        for stretch in stretches:
            _ask_after_occurrences(rule, rule.pairing, spec, periods, stretch, facts, answer)
        return answer
    answered = []
    for stretch in stretches:
        gaps, asks = answers.answers(rule, spec, facts.standing(_the_roster(stretch, facts)), facts.place_in_rank_order)
        answer.gaps = gaps
        answered.append(AskedStretch(stretch.days, asks))
    for ask, period in due_periods.due(answered, periods.usual, facts.working_time):
        answer.add(rule.id, ask, period)
    return answer


def _the_roster(stretch: RosterStretch, facts: RuleFacts) -> Roster:
    """The roster of a stretch; that of the day asked about is the one that knows the former people."""
    return facts.roster if stretch.roster.on == facts.roster.on else stretch.roster


def _ask_after_occurrences(
    rule: Rule,
    pairing: OnEvent,
    spec: RuleSetSpec,
    periods: "_Periods",
    stretch: RosterStretch,
    facts: RuleFacts,
    answer: _RuleAnswer,
) -> None:
    """What follows from occurrences whose talks are due in a stretch of time."""
    these = tuple(
        occurrence
        for occurrence in facts.occurrences
        if any(days.last in stretch.days for days in _talk_days(pairing, occurrence, periods) if days.last)
    )
    roster = replace(_the_roster(stretch, facts), on=facts.roster.on)  # what befell people until then is known
    then = replace(facts, roster=roster, occurrences=these)
    gaps, asks = answers.answers(rule, spec, then, facts.place_in_rank_order)
    answer.gaps.update(gaps)
    for ask in asks:
        days = ask.ask.days
        if days and days.last and days.last in stretch.days and days.intersection(periods.limit):
            answer.add(rule.id, ask, Period(windows.label_of(days), days))


def _usual_window(window: Window | None, per: Per | EveryDays, facts: RuleFacts) -> DayRange:
    """The days of a window; a missing one is the campaign's talk window, or for talks once a year the campaign."""
    usual = windows.campaign_days(facts.campaign) if per is Per.YEAR else facts.talk_window
    return windows.days_of(window or Window(), usual, facts.campaign, facts.working_time)


class _Periods(NamedTuple):
    """When what a rule asks for can be held."""

    usual: tuple[Period, ...]
    limit: DayRange
    """Talks after an occurrence have days of their own; they are asked for when these touch the limit."""


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
    """Something that could not be resolved, with what a sentence about it needs to know.

    Where nobody is there to talk after an occurrence, it is about whom it befell.
    """
    subject, occurrence = gap.subject or "", gap.occurrence
    unit, group = roster.units.get(UnitId(subject)), roster.groups.get(GroupId(subject))
    name = unit.name if unit else group.name if group else roster.name(PersonId(subject))
    follows_event = all(isinstance(rule.pairing, OnEvent) for rule in rules)
    details: dict[str, object] = {
        "name": name, "rules": tuple(rule.id for rule in rules), "follows_event": follows_event
    }  # fmt: skip
    if occurrence:
        details |= {"name": roster.name(occurrence.person), "place": name, "missing": gap.missing}
        return Finding(gap.kind, occurrence.person, details | {"occurrence": occurrence})
    if gap.kind == "empty_pool" and gap.missing:
        details["missing"] = gap.missing
    if gap.kind == "relation_unknown" and subject not in {rule.id for rule in rules}:
        details["missing"] = gap.missing or ("in_charge" if unit else "person")
    return Finding(gap.kind, subject, details)
