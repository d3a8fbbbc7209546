"""Pairings: the ways in which a rule says who is to talk with whom, and what each asks of an organisation."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple, assert_never

from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.campaigns.occurrences import Occurrence
from scheduler.core.campaigns.windows import shifted
from scheduler.core.ground import relations
from scheduler.core.ground.ids import GroupId, PersonId, UnitId
from scheduler.core.ground.people import Roster, Unit
from scheduler.core.ground.relations import EXPECTED_TO_HAVE_A_HEAD, Holder, Path, Post
from scheduler.core.ground.spans import DayRange
from scheduler.core.rules import selectors
from scheduler.core.rules.selectors import BranchPart, EventPerson, Related, Scene, Selector

Two = tuple[PersonId, PersonId]


@dataclass(frozen=True, slots=True)
class EachEach:
    """Every one of `a` with every one of `b`."""

    a: Selector
    b: Selector


@dataclass(frozen=True, slots=True)
class AllPairs:
    """Every two of `a`."""

    a: Selector


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Each subject with at least `k` different people of the pool (`a_any_b`, and `b_any_a` the other way round)."""

    subjects: Selector
    pool: Selector
    k: int = 1


@dataclass(frozen=True, slots=True)
class Relation:
    """Whoever a path leads to with whoever another leads to; `fallback` stands in for a post that nobody has."""

    source: Path
    target: Path
    fallback: Path | None = None

    @property
    def needs_manager(self) -> bool:
        """Whether it asks who manages whom."""
        return self.source.managers > 0 or self.target.managers > 0

    @property
    def falls_back_at_source(self) -> bool:
        """Whether the fallback stands in for the source: when the target cannot be vacant, or only the source is a head."""
        return self.target.is_oneself or (self.source.is_head and not self.target.is_head)


@dataclass(frozen=True, slots=True)
class Listed:
    """The pairs of a list: written in the file, or the one of this name in the campaign (`plan.X`)."""

    name: str = ""
    pairs: tuple[Two, ...] = ()


@dataclass(frozen=True, slots=True)
class OnEvent:
    """Every one of `a` with every one of `b` when something of these kinds befalls a person."""

    kinds: frozenset[str]
    offsets: tuple[int, ...]
    """Days after it by which a talk is due; the first talk is open from that day on, each other from the one before."""
    a: Selector
    b: Selector


Pairing = EachEach | AllPairs | AnyOf | Relation | Listed | OnEvent


class Ask(NamedTuple):
    """One thing that a rule asks for: a talk of two people, or of a subject (`people` is one) with some of a pool."""

    people: tuple[PersonId, ...]
    pool: tuple[PersonId, ...] = ()
    k: int = 1
    unit: UnitId | None = None
    is_acting: bool = False
    occurrence: int | None = None
    days: DayRange | None = None
    """When it can be held, if not in the window of the rule."""
    earlier: tuple[PersonId, ...] = ()
    """Who was in the pool earlier in the period and is no more."""


class Gap(NamedTuple):
    """Something that could not be resolved; `subject` None is the rule itself."""

    kind: str
    subject: str | None = None
    missing: str = ""
    """What is not there: `branch secretary committee members unit in_charge head manager`; empty: as the kind says."""
    occurrence: Occurrence | None = None
    """After what nobody is there to talk."""


AskOrGap = Ask | Gap


def selectors_of(pairing: Pairing) -> tuple[Selector, ...]:
    """The selectors that a pairing is made of."""
    match pairing:
        case EachEach(a, b) | OnEvent(a=a, b=b):
            return (a, b)
        case AllPairs(a):
            return (a,)
        case AnyOf(subjects, pool):
            return (subjects, pool)
        case Relation() | Listed():
            return ()
        case _:
            assert_never(pairing)


def needs_branch(pairing: Pairing) -> bool:
    """Whether it has to be applied to one branch after the other."""
    return not isinstance(pairing, OnEvent) and any(map(selectors.needs_branch, selectors_of(pairing)))


def each_each(pairing: EachEach, scene: Scene) -> Iterator[AskOrGap]:
    """Every one of `a` with every one of `b`, nobody with themselves."""
    second = selectors.select(pairing.b, scene)
    yield from (Ask((left, right)) for left in selectors.select(pairing.a, scene) for right in second if left != right)


def all_pairs(pairing: AllPairs, scene: Scene) -> Iterator[AskOrGap]:
    """Every two of `a`."""
    yield from (Ask(two) for two in combinations(selectors.select(pairing.a, scene), 2))


def any_of(pairing: AnyOf, scene: Scene) -> Iterator[AskOrGap]:
    """Each subject with a pool, that is never the subject themselves."""
    pool = selectors.select(pairing.pool, scene)
    members = frozenset(pool)
    for subject in selectors.select(pairing.subjects, scene):
        others = tuple(p for p in pool if p != subject) if subject in members else pool
        if others:
            yield Ask((subject,), others, pairing.k)
        else:
            yield Gap("empty_pool", scene.branch or subject)


def unfilled(pairing: Pairing, scene: Scene) -> Iterator[Gap]:
    """For each side that is the committee or the secretary of a branch and means nobody: what the branch lacks."""
    for selector in selectors_of(pairing):
        is_of_officers = isinstance(selector, BranchPart) and selector.part is not selectors.BranchRole.MEMBERS
        if is_of_officers and not selectors.select(selector, scene):
            yield _why_nobody(selector, scene)


def listed(pairing: Listed, roster: Roster, campaign: Campaign | None) -> Iterator[AskOrGap]:
    """The pairs of a list; one with somebody unknown on this day cannot be resolved."""
    named = campaign.lists.get(pairing.name, ()) if campaign else ()
    for people in (*named, *pairing.pairs):
        unknown = [person for person in people if person not in roster.people]
        if len(set(people)) == 1:
            yield Gap("self_pair", people[0])
        elif unknown:
            yield from (Gap("relation_unknown", person) for person in unknown)
        else:
            yield from (Ask(two) for two in combinations(people, 2))


def relation(pairing: Relation, roster: Roster) -> Iterator[AskOrGap]:
    """Whoever the two paths lead to, unit by unit, or person by person."""
    if pairing.target.starts_at_unit:
        for unit in roster.units.values():
            yield from _over_unit(pairing, unit, roster)
        return
    lacking = _lack_a_manager(roster) if pairing.needs_manager else set()
    for person in roster.people:
        sources = relations.from_person(pairing.source, person, roster)
        targets = relations.from_person(pairing.target, person, roster)
        if pairing.fallback:
            stand_in = relations.from_person(pairing.fallback, person, roster)
            sources, targets = _with_fallback(pairing, sources, targets, stand_in)
        if person in lacking and not (sources and targets):
            yield Gap("relation_unknown", person, "manager")
        yield from _between(sources, targets, None)


def _lack_a_manager(roster: Roster) -> set[PersonId]:
    """Whoever has no manager though others have one; where nobody has one, that is said of the rule.

    The principal has none by nature, and so has the only one who manages others and is managed by nobody.
    """
    manager_of = {person.id: person.manager for person in roster.people.values() if person.manager in roster.people}
    principal = roster.groups.get(GroupId("principal"))
    lacking = roster.people.keys() - manager_of.keys() - set(principal.members if principal else ())
    heads = lacking & set(manager_of.values())
    return (lacking - heads if len(heads) == 1 else lacking) if manager_of else set()


def _over_unit(pairing: Relation, unit: Unit, roster: Roster) -> Iterator[AskOrGap]:
    """What a relation asks for in one unit, and what posts of it are vacant."""
    sources = relations.from_unit(pairing.source, unit, roster)
    targets = relations.from_unit(pairing.target, unit, roster)
    if pairing.fallback:
        stand_in = relations.from_unit(pairing.fallback, unit, roster)
        sources, targets = _with_fallback(pairing, sources, targets, stand_in)
    if unit.kind in EXPECTED_TO_HAVE_A_HEAD or _has_leaders(unit):
        yield from _vacancies(pairing, sources, targets, unit.id)
    yield from _between(sources, targets, unit.id)


def _has_leaders(unit: Unit) -> bool:
    """Whether somebody is in charge of a unit or heads it: then the posts are expected to be held, whatever its kind."""
    return bool(unit.in_charge or unit.head or unit.acting_head)


def _with_fallback(
    pairing: Relation, sources: tuple[Holder, ...], targets: tuple[Holder, ...], stand_in: tuple[Holder, ...]
) -> tuple[tuple[Holder, ...], tuple[Holder, ...]]:
    """Both sides, with the fallback where nobody is."""
    if pairing.falls_back_at_source:
        return sources or stand_in, targets
    return sources, targets or stand_in


def _vacancies(
    pairing: Relation, sources: Iterable[Holder], targets: Iterable[Holder], unit: UnitId
) -> Iterator[AskOrGap]:
    """The posts that a relation wants and nobody has; a unit that nobody is in charge of is told first."""
    required = ((pairing.source.post, sources), (pairing.target.post, targets))
    vacant = [post for post, holding in required if not holding]
    if Post.IN_CHARGE in vacant:
        yield Gap("relation_unknown", unit)
    elif Post.HEAD in vacant:
        yield Gap("head_vacant", unit)


def _between(sources: Iterable[Holder], targets: Iterable[Holder], unit: UnitId | None) -> Iterator[AskOrGap]:
    """Everybody on one side with everybody on the other; whoever meets themselves there is a self-pair."""
    for source in sources:
        for target in targets:
            if source.person == target.person:
                yield Gap("self_pair", unit)
            else:
                over = target.unit or source.unit
                yield Ask((source.person, target.person), unit=over, is_acting=source.is_acting or target.is_acting)


def on_event(
    pairing: OnEvent, roster: Roster, occurrences: Iterable[Occurrence], only: GroupId | None
) -> Iterator[AskOrGap]:
    """What follows from what befell people up to this day; `only`: in this branch."""
    branch_of = {p: branch.id for branch in roster.branches() for p in branch.members}
    scene = Scene(roster)
    for occurrence in occurrences:
        person = roster.people.get(occurrence.person)
        if person is None or occurrence.kind not in pairing.kinds or occurrence.day > roster.on:
            continue
        branch = branch_of.get(person.id) or person.branch or None
        if only in (None, branch):
            yield from _after(pairing, occurrence, scene.at(branch, person.id))


def _after(pairing: OnEvent, occurrence: Occurrence, scene: Scene) -> Iterator[AskOrGap]:
    """What follows from one occurrence."""
    first, second = _sides(pairing, occurrence, scene)
    if not first or not second:
        yield _why_nobody(pairing.b if first else pairing.a, scene)._replace(occurrence=occurrence)
    pairs = [(left, right) for left in first for right in second if left != right]
    if first and second and not pairs:
        yield Gap("self_pair", _place_of(pairing.a, scene), occurrence=occurrence)
    unit = None if occurrence.partner in (*first, *second) else _unit_walked(pairing.a, scene)
    for two in pairs:
        for days in talk_days(pairing.offsets, occurrence):
            yield Ask(two, unit=unit, occurrence=occurrence.id, days=days)


def _sides(pairing: OnEvent, occurrence: Occurrence, scene: Scene) -> tuple[tuple[PersonId, ...], tuple[PersonId, ...]]:
    """Both sides after an occurrence; whoever was chosen to talk takes the place of whom the rule leads to."""
    first, second = selectors.select(pairing.a, scene), selectors.select(pairing.b, scene)
    partner = occurrence.partner
    if partner is None or partner not in scene.roster.people:
        return first, second
    if isinstance(pairing.b, EventPerson):
        return (partner,), second
    return (first, (partner,)) if isinstance(pairing.a, EventPerson) else (first or (partner,), second or (partner,))


def talk_days(offsets: tuple[int, ...], occurrence: Occurrence) -> Iterator[DayRange]:
    """When each talk after an occurrence can be held: up to its due day, from the day after the one before was due."""
    opens = occurrence.day
    for offset in offsets:
        due = shifted(occurrence.day, offset)
        yield DayRange(min(opens, due), due)
        opens = shifted(due, 1)


def _why_nobody(selector: Selector, scene: Scene) -> Gap:
    """Why a selector means nobody after an occurrence."""
    for part in selectors.parts(selector):
        if isinstance(part, Related):
            return _missing_relation(part.path, scene)
        if isinstance(part, BranchPart):
            branch = selectors.branch_meant(part, scene)
            if branch is None:
                return Gap("empty_pool", missing="branch")
            is_post = part.part is selectors.BranchRole.SECRETARY
            return Gap("head_vacant" if is_post else "empty_pool", branch.id, part.part)
    return Gap("empty_pool")


def _missing_relation(path: Path, scene: Scene) -> Gap:
    """What a path from the person of an occurrence lacks."""
    person = scene.roster.people.get(scene.person) if scene.person else None
    unit = person.unit if person and person.unit in scene.roster.units else None
    if path.managers:
        return Gap("relation_unknown", missing="manager")
    return Gap("relation_unknown", unit, str(path.post) if unit else "unit")


def _unit_walked(selector: Selector, scene: Scene) -> UnitId | None:
    """The unit that a selector's relation went over, if it did."""
    over_a_unit = isinstance(selector, Related) and selector.path.post and scene.person
    return scene.roster.people[scene.person].unit if over_a_unit and scene.person else None


def _place_of(selector: Selector, scene: Scene) -> str | None:
    """Where on the org chart somebody met themselves: a unit, a branch, or nowhere in particular."""
    if isinstance(selector, BranchPart):
        return selector.branch or scene.branch
    return _unit_walked(selector, scene)
