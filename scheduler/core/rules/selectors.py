"""Selectors: who is meant by `{group: X}`, `{branch: self, part: committee}`, `{where: {…}}` and the rest."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import assert_never

from scheduler.core.ground import party
from scheduler.core.ground.ids import GroupId, PersonId
from scheduler.core.ground.people import Group, Person, Roster
from scheduler.core.ground.relations import Path, from_person

ROLE_GROUPS = {"organizer": "organizers", "supervisor": "supervisors"}
"""Roles that are named in the singular and kept as groups."""
FIELDS = ("id", "category", "party_status", "gender", "unit", "branch", "party_group", "position", "rank", "tags")
"""What `where` can ask of a person: the columns of the roster."""


class BranchRole(StrEnum):
    """A part of a branch."""

    MEMBERS = "members"
    COMMITTEE = "committee"
    SECRETARY = "secretary"


@dataclass(frozen=True, slots=True)
class GroupMembers:
    """`{group: X}`."""

    group: GroupId


@dataclass(frozen=True, slots=True)
class RoleHolders:
    """`{role: X}`: the group of that name; `unit_head` and `secretary` are read off the org chart."""

    role: str


@dataclass(frozen=True, slots=True)
class BranchPart:
    """`{branch: self, part: committee}`; `branch` None is the branch the rule is applied to."""

    branch: GroupId | None
    part: BranchRole = BranchRole.MEMBERS


@dataclass(frozen=True, slots=True)
class Tagged:
    """`{tag: X}`."""

    tag: str


@dataclass(frozen=True, slots=True)
class Where:
    """`{where: {field: [values]}}`: everybody for whom each field has one of its values."""

    conditions: tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class Related:
    """`{relation: …}`: whom a path leads to from the person of the occurrence."""

    path: Path


@dataclass(frozen=True, slots=True)
class EventPerson:
    """`event.person`: whom the occurrence befell."""


@dataclass(frozen=True, slots=True)
class Minus:
    """A selector without the people of another one."""

    base: "Selector"
    without: "Selector"


Selector = GroupMembers | RoleHolders | BranchPart | Tagged | Where | Related | EventPerson | Minus


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a selector is read: on this roster, for this branch, after something befell this person."""

    roster: Roster
    branch: GroupId | None = None
    person: PersonId | None = None
    seen: dict["Selector", frozenset[PersonId]] = field(default_factory=dict, compare=False)
    """Whom selectors mean that mean the same for every branch and person; read once."""

    def at(self, branch: GroupId | None, person: PersonId | None = None) -> "Scene":
        """The same roster for a branch, after something befell a person."""
        return replace(self, branch=branch, person=person)


def select(selector: Selector, scene: Scene) -> tuple[PersonId, ...]:
    """Whom a selector means, in rank order, each once; people that nothing is known of on this day left out."""
    return scene.roster.in_rank_order(_meant(selector, scene) & scene.roster.people.keys())


def _meant(selector: Selector, scene: Scene) -> frozenset[PersonId]:
    """The same in no order, and with people that nothing is known of."""
    if needs_branch(selector) or needs_event(selector):
        return frozenset(_people(selector, scene))
    if selector not in scene.seen:
        scene.seen[selector] = frozenset(_people(selector, scene))
    return scene.seen[selector]


def _people(selector: Selector, scene: Scene) -> Iterator[PersonId]:
    """Everybody a selector means, in any order."""
    roster = scene.roster
    match selector:
        case GroupMembers(group):
            yield from roster.groups[group].members if group in roster.groups else ()
        case RoleHolders(role):
            yield from _role_holders(role, roster)
        case BranchPart():
            yield from _part_of(branch_meant(selector, scene), selector.part)
        case Tagged(tag):
            yield from _tagged(tag, roster)
        case Where():
            yield from (p.id for p in roster.people.values() if _meets(p, selector))
        case Related(path):
            yield from (h.person for h in from_person(path, scene.person, roster)) if scene.person else ()
        case EventPerson():
            yield from [scene.person] if scene.person else []
        case Minus(base, without):
            yield from _meant(base, scene) - _meant(without, scene)
        case _:
            assert_never(selector)


def _role_holders(role: str, roster: Roster) -> tuple[PersonId, ...]:
    """Who has a role on this day."""
    match role:
        case "unit_head" | "unit_heads":
            return roster.heads()
        case "secretary" | "secretaries":
            return tuple(b.secretary for b in roster.branches() if b.secretary)
        case _:
            group = roster.groups.get(role_group(role))
            return group.members if group else ()


def role_group(role: str) -> GroupId:
    """The group that a role is kept as."""
    return GroupId(ROLE_GROUPS.get(role, role))


def branch_meant(selector: BranchPart, scene: Scene) -> Group | None:
    """The branch that a selector is about, if there is one."""
    named = selector.branch or scene.branch
    return scene.roster.groups.get(named) if named else None


def _part_of(branch: Group | None, part: BranchRole) -> tuple[PersonId, ...]:
    """The people in a part of a branch."""
    if branch is None:
        return ()
    match part:
        case BranchRole.MEMBERS:
            return branch.members
        case BranchRole.COMMITTEE:
            return branch.committee
        case BranchRole.SECRETARY:
            return (branch.secretary,) if branch.secretary else ()
        case _:
            assert_never(part)


def _tagged(tag: str, roster: Roster) -> Iterator[PersonId]:
    """Everybody with a tag: it stands on their own page, or they are in the group of that name."""
    yield from (p.id for p in roster.people.values() if tag in p.tags)
    group = roster.groups.get(GroupId(tag))
    yield from group.members if group else ()


def _meets(person: Person, selector: Where) -> bool:
    """Whether a person meets every condition."""
    return all(not _meant_by(field, values).isdisjoint(_values(person, field)) for field, values in selector.conditions)


def _meant_by(field: str, values: frozenset[str]) -> frozenset[str]:
    """The values that a condition names; 中共党员 and 正式党员 are one."""
    return frozenset(map(party.canonical, values)) if field == "party_status" else values


def _values(person: Person, field: str) -> tuple[str, ...]:
    """What a person has in a field, as text."""
    if field == "tags":
        return person.tags
    if field == "party_status":
        return party.names(person.party_status)
    value = getattr(person, field)
    return () if value is None else (str(value),)


def unknown_groups(selector: Selector, roster: Roster) -> Iterator[GroupId]:
    """The groups, roles, tags and branches that a selector names and that there are none of on this day."""
    match selector:
        case GroupMembers(group):
            yield from [group] if group not in roster.groups else []
        case RoleHolders(role):
            yield from [role_group(role)] if not _knows_role(role, roster) else []
        case BranchPart(branch):
            yield from [branch] if branch and branch not in roster.groups else []
        case Tagged(tag):
            yield from [GroupId(tag)] if GroupId(tag) not in roster.groups and not any(_tagged(tag, roster)) else []
        case Minus(base, without):
            yield from unknown_groups(base, roster)
            yield from unknown_groups(without, roster)
        case Where() | Related() | EventPerson():
            return
        case _:
            assert_never(selector)


def _knows_role(role: str, roster: Roster) -> bool:
    """Whether a role exists here, held by somebody or not."""
    return role_group(role) in roster.groups or role in ("unit_head", "unit_heads", "secretary", "secretaries")


def parts(selector: Selector) -> Iterator[Selector]:
    """A selector and all that it is made of."""
    yield selector
    if isinstance(selector, Minus):
        yield from parts(selector.base)
        yield from parts(selector.without)


def needs_branch(selector: Selector) -> bool:
    """Whether it says `branch: self`."""
    return any(isinstance(part, BranchPart) and part.branch is None for part in parts(selector))


def needs_event(selector: Selector) -> bool:
    """Whether it can only be read after something befell somebody."""
    return any(isinstance(part, (Related, EventPerson)) for part in parts(selector))


def needs_manager(selector: Selector) -> bool:
    """Whether it asks who manages whom."""
    return any(isinstance(part, Related) and part.path.managers > 0 for part in parts(selector))
