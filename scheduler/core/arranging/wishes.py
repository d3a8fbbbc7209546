"""What rules ask of their talks besides that they are held: after which others, and how often a half-day, a day or a week.

Which side somebody stands on follows from the pairing: whoever `a` means and whoever `b` means, all of a list or of a path on both.
Limits are of a person's half-day, day or week as a whole, and the smallest holds.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from scheduler.core.arranging.facts import ArrangingFacts
from scheduler.core.arranging.options import MAX_TALKS_A_DAY, USUAL_TALKS_A_DAY
from scheduler.core.arranging.talks import ArrangedTalk
from scheduler.core.ground.ids import RuleId
from scheduler.core.plans.problems import Wall
from scheduler.core.rules.definitions import Rule
from scheduler.core.rules.pairings import AllPairs, AnyOf, EachEach, OnEvent
from scheduler.core.rules.requirements import Requirement
from scheduler.core.rules.selectors import Scene, needs_branch, needs_event, select


def _after(rule: RuleId, facts: ArrangingFacts) -> Sequence[RuleId]:
    """The rules whose talks come before those of a rule."""
    return facts.told(rule, "after") or ()


def _place(rule: RuleId, facts: ArrangingFacts, seen: tuple[RuleId, ...] = ()) -> int:
    """How many rules come before it, one after the other; rules that wait for each other in circles stand side by side."""
    if rule in seen:
        return 0
    return max((1 + _place(other, facts, (*seen, rule)) for other in _after(rule, facts)), default=0)


def _limits(rule: RuleId, facts: ArrangingFacts, per: str) -> tuple[int | None, int | None]:
    """How often whoever is `a`, and whoever is `b`, talks at most `per_half_day`, `per_day` or `per_week`."""
    told = facts.told(rule, "limits") or {}
    return told.get(f"a_max_{per}"), told.get(f"b_max_{per}")


def usual_talks_a_day(requirements: Iterable[Requirement]) -> int:
    """How many talks somebody has in a day at most, if nobody says: three, or as many people as somebody is to meet on one single day."""
    on_one_day = (requirement.k for requirement in requirements if requirement.window.first == requirement.window.last)
    return min(max(USUAL_TALKS_A_DAY, max(on_one_day, default=0)), MAX_TALKS_A_DAY)


def talks_a_day(facts: ArrangingFacts) -> int:
    """How many talks anybody has in a day at most: as it was asked, else the usual."""
    return facts.options.max_talks_per_day or usual_talks_a_day(state.requirement for state in facts.requested)


def limits(talks: Iterable[ArrangedTalk], facts: ArrangingFacts, per: str) -> dict[str, int]:
    """How often people talk at most, `per_half_day`, `per_day` or `per_week`, whom a rule limits."""
    scene, told = Scene(facts.roster), defaultdict[str, list[int]](list)
    for talk in talks:
        for rule in talk.rules:
            of_a, of_b = _limits(rule, facts, per)
            if of_a is None and of_b is None:
                continue
            for person, is_a, is_b in _sides(facts.rules[rule], talk, scene):
                told[person] += [most for most, is_on in ((of_a, is_a), (of_b, is_b)) if is_on and most is not None]
    return {person: min(most) for person, most in told.items() if most}


def _sides(rule: Rule, talk: ArrangedTalk, scene: Scene) -> Iterator[tuple[str, bool, bool]]:
    """Everybody who may be in a talk, and whether they are on the first and on the second side of its rule."""
    match rule.pairing:
        case AllPairs():
            yield from ((person, True, False) for person in talk.everybody)
        case AnyOf():
            subjects = set(talk.problem_talk.people)
            yield from ((person, person in subjects, person not in subjects) for person in talk.everybody)
        case EachEach(a, b) | OnEvent(a=a, b=b) if not any(needs_branch(side) or needs_event(side) for side in (a, b)):
            first, second = set(select(a, scene)), set(select(b, scene))
            yield from ((person, person in first, person in second) for person in talk.everybody)
        case _:
            yield from ((person, True, True) for person in talk.everybody)


def in_order(talks: Sequence[ArrangedTalk], facts: ArrangingFacts) -> list[ArrangedTalk]:
    """The talks, each after those of the same people that its rules put before it: those that are arranged, and those that stand.

    A talk that itself counts for such a rule waits for none of that rule, and ranks go up along every order, so nothing goes in
    circles.
    """
    talks_of: defaultdict[tuple[RuleId, str], list[ArrangedTalk]] = defaultdict(list)
    for talk in talks:
        for rule in talk.rules:
            for person in talk.problem_talk.people:
                talks_of[rule, person].append(talk)
    standing = _ends_of_standing(facts, {talk.id for talk in talks})
    return [_waiting(talk, facts, talks_of, standing) for talk in talks]


def _waiting(
    talk: ArrangedTalk,
    facts: ArrangingFacts,
    talks_of: Mapping[tuple[RuleId, str], Sequence[ArrangedTalk]],
    standing: Mapping[tuple[RuleId, str], Wall],
) -> ArrangedTalk:
    """A talk with those that come before it."""
    problem_talk = talk.problem_talk
    first = dict.fromkeys(other for rule in talk.rules for other in _after(rule, facts) if other not in talk.rules)
    keys = [(rule, person) for rule in first for person in problem_talk.people]
    own = _rank(talk, facts)
    before = dict.fromkeys(
        other.id for key in keys for other in talks_of.get(key, ()) if other is not talk and _rank(other, facts) < own
    )
    ends = [standing[key] for key in keys if key in standing]
    earliest = max([*ends, *([problem_talk.earliest] if problem_talk.earliest is not None else [])], default=None)
    return replace(talk, problem_talk=replace(problem_talk, after=tuple(before), earliest=earliest))


def _rank(talk: ArrangedTalk, facts: ArrangingFacts) -> int:
    return min((_place(rule, facts) for rule in talk.rules), default=0)


def _ends_of_standing(facts: ArrangingFacts, entering: Collection[str]) -> dict[tuple[RuleId, str], Wall]:
    """When the last talk of somebody for a rule is over that stands and is not arranged anew."""
    ends: dict[tuple[RuleId, str], Wall] = {}
    existing = facts.existing_talks
    for state in facts.requirements:
        for talk in (existing[name] for name in state.talks if name in existing and name not in entering):
            end = facts.stretch(talk.span)[1]
            for key in ((rule, person) for rule in state.requirement.rules for person in talk.people):
                ends[key] = max(end, ends.get(key, end))
    return ends
