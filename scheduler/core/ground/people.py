"""People, units, groups, and who is what, on one day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from scheduler.core.ground import party
from scheduler.core.ground.grouping import grouped
from scheduler.core.ground.ids import GroupId, PersonId, UnitId

PRINCIPAL = GroupId("principal")
ORGANIZERS = GroupId("organizers")
SUPERVISORS = GroupId("supervisors")
LEADERSHIP_TEAM = GroupId("leadership_team")
SUPERVISION_GROUP = GroupId("supervision_group")


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of a person on one day. Text fields are empty when unknown; a smaller rank stands higher."""

    id: PersonId
    name: str
    gender: str = ""
    unit: UnitId = UnitId("")
    position: str = ""
    rank: int | None = None
    category: str = ""
    party_status: str = ""
    branch: GroupId = GroupId("")
    party_group: GroupId = GroupId("")
    tags: tuple[str, ...] = ()
    manager: PersonId | None = None
    grade: str = ""
    """As the roster writes it: 县处级副职, 三级主任科员."""

    @property
    def is_party_member(self) -> bool:
        """Whether a full or a probationary member."""
        return party.is_member(self.party_status)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit and its posts on one day."""

    id: UnitId
    name: str
    name_en: str = ""
    kind: str = "other"
    """`dept`, `institution` or `other`; only the first two are expected to have a head."""
    in_charge: tuple[PersonId, ...] = ()
    head: PersonId | None = None
    acting_head: PersonId | None = None
    contacts: tuple[PersonId, ...] = ()
    """The leaders whose contact point this unit is."""


@dataclass(frozen=True, slots=True)
class Group:
    """A named set of people on one day: a team, a branch, a branch group, a role or a tag."""

    id: GroupId
    name: str
    kind: str = "team"
    """`team`, `branch`, `branch_group`, `role` or `tag`."""
    members: tuple[PersonId, ...] = ()
    secretary: PersonId | None = None
    committee: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True)
class ExternalContact:
    """Somebody outside who is invited: no account, no feed."""

    id: str
    kind: str
    name: str
    use: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """A place that holds one booking at a time."""

    id: str
    name: str
    name_en: str = ""
    capacity: int | None = None
    use: str = "all"
    """`all`, `meeting` or `talk`."""


@dataclass(frozen=True)
class Roster:
    """All people, units and groups as they stood on the day `on`; what is looked up for one after the other is sorted once."""

    on: date
    people: Mapping[PersonId, Person] = field(default_factory=dict)
    units: Mapping[UnitId, Unit] = field(default_factory=dict)
    groups: Mapping[GroupId, Group] = field(default_factory=dict)
    former: Mapping[PersonId, Person] = field(default_factory=dict)
    """Who was known before this day and is no more, as far as anybody has looked: they keep their names and ranks."""

    def members(self, group: str) -> tuple[PersonId, ...]:
        """The members of a group, in rank order; none if there is no such group."""
        named = self.groups.get(GroupId(group))
        return self.in_rank_order(named.members) if named else ()

    def in_rank_order(self, people: Iterable[PersonId]) -> tuple[PersonId, ...]:
        """These people by rank, those without one last, ties by id."""
        return tuple(sorted(people, key=self.rank_key))

    def rank_key(self, person: PersonId) -> tuple[int, str]:
        """What rank order sorts by."""
        details = self.people.get(person) or self.former.get(person)
        return (details.rank if details and details.rank is not None else 1_000_000_000, person)

    def name(self, person: PersonId) -> str:
        """A person's name; the id of somebody who is not known on this day, nor was before as far as anybody has looked."""
        details = self.people.get(person) or self.former.get(person)
        return details.name if details else person

    @cached_property
    def people_by_name(self) -> Mapping[str, Sequence[PersonId]]:
        """Who is called what."""
        return grouped((person.name, person.id) for person in self.people.values())

    @cached_property
    def people_by_unit(self) -> Mapping[UnitId, Sequence[PersonId]]:
        """Who works in which unit."""
        return grouped((person.unit, person.id) for person in self.people.values())

    @cached_property
    def units_by_leader(self) -> Mapping[PersonId, Sequence[Unit]]:
        """The units that somebody is in charge of, heads, or runs for now; each once."""
        return grouped(
            (person, unit)
            for unit in self.units.values()
            for person in {*unit.in_charge, unit.head, unit.acting_head}
            if person
        )

    @cached_property
    def selectors_by_people(self) -> Mapping[frozenset[PersonId], tuple[int, str]]:
        """The group or committee (`committee:B1`) that is these people and nobody else, with its place: by id, tags last."""
        groups = sorted(self.groups.values(), key=lambda group: (group.kind == "tag", group.id))
        named = [named for g in groups for named in ((g.id, g.members), (f"committee:{g.id}", g.committee))]
        return {frozenset(people): (place, selector) for place, (selector, people) in reversed([*enumerate(named)])}

    @property
    def principal(self) -> PersonId | None:
        """The leading official, if there is one on this day."""
        return next(iter(self.members(PRINCIPAL)), None)

    def branches(self) -> tuple[Group, ...]:
        """The branches, by id."""
        return tuple(sorted((g for g in self.groups.values() if g.kind == "branch"), key=lambda g: g.id))

    def heads(self) -> tuple[PersonId, ...]:
        """Heads and acting heads of all units, in rank order, each once."""
        return self.in_rank_order({p for u in self.units.values() for p in (u.head, u.acting_head) if p})
