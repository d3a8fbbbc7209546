"""The org chart through time: versions of people, units and groups, and who holds which place in them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from scheduler.core.ground.dated import ALWAYS, Validity, Version, overwrite, value_in, value_on
from scheduler.core.ground.ids import GroupId, PersonId, UnitId
from scheduler.core.ground.people import Group, Person, Unit

IN_CHARGE, HEAD, ACTING_HEAD, CONTACT = "in_charge", "head", "acting_head", "contact"
POSTS = (IN_CHARGE, HEAD, ACTING_HEAD)
MEMBER, SECRETARY, COMMITTEE = "member", "secretary", "committee"
BRANCH, BRANCH_GROUP, ROLE, TAG, TEAM = "branch", "branch_group", "role", "tag", "team"


@dataclass(frozen=True, slots=True)
class UnitName:
    """What is said of a unit besides who holds its posts."""

    name: str
    name_en: str = ""
    kind: str = ""
    """Empty: nobody said."""


@dataclass(frozen=True, slots=True)
class GroupName:
    """What is said of a group besides who is in it."""

    name: str
    kind: str = TEAM


class Seat(NamedTuple):
    """A post of a unit or a part in a group, held by a person; `place` is the order among several holders."""

    of: str
    part: str
    person: PersonId
    place: int = 0


Seats = dict[Seat, tuple[Version[bool], ...]]


class Chart:
    """A working copy of the chart; what was written into it stands in `touched_…`, for the store to write down."""

    def __init__(self) -> None:
        self.people: dict[PersonId, tuple[Version[Person], ...]] = {}
        self.units: dict[UnitId, tuple[Version[UnitName], ...]] = {}
        self.groups: dict[GroupId, tuple[Version[GroupName], ...]] = {}
        self.posts, self.memberships = SeatPlan(), SeatPlan()
        self.begun_groups: set[GroupId] = set()
        """Groups that nothing but a person's row has named so far."""
        self.touched_people: set[PersonId] = set()
        self.touched_units: set[UnitId] = set()
        self.touched_groups: set[GroupId] = set()

    def set_person(self, person: Person, period: Validity) -> None:
        """Write what is known of a person over a period."""
        self.people[person.id] = overwrite(self.people.get(person.id, ()), period, person)
        self.touched_people.add(person.id)

    def set_unit(self, unit: UnitId, name: UnitName, period: Validity) -> None:
        """Write a unit's name and kind over a period."""
        self.units[unit] = overwrite(self.units.get(unit, ()), period, name)
        self.touched_units.add(unit)

    def set_group(self, group: GroupId, name: GroupName, period: Validity = ALWAYS) -> None:
        """Write a group's name and kind over a period."""
        self.groups[group] = overwrite(self.groups.get(group, ()), period, name)
        self.touched_groups.add(group)

    @property
    def is_touched(self) -> bool:
        """Whether anything was written."""
        seats = self.posts.touched or self.memberships.touched
        return bool(self.touched_people or self.touched_units or self.touched_groups or seats)

    def unit_on(self, unit: UnitId, day: date) -> Unit | None:
        """A unit and its posts on a day."""
        name = value_on(self.units.get(unit, ()), day)
        if name is None:
            return None
        held = {part: self.posts.on(unit, part, day) for part in (*POSTS, CONTACT)}
        return Unit(
            unit, name.name, name.name_en, name.kind, held[IN_CHARGE],
            next(iter(held[HEAD]), None), next(iter(held[ACTING_HEAD]), None), held[CONTACT],
        )  # fmt: skip

    def group_on(self, group: GroupId, day: date) -> Group | None:
        """A group and who is in it on a day."""
        name = value_on(self.groups.get(group, ()), day)
        if name is None:
            return None
        members, secretaries, committee = (
            self.memberships.on(group, part, day) for part in (MEMBER, SECRETARY, COMMITTEE)
        )
        return Group(group, name.name, name.kind, members, next(iter(secretaries), None), committee)


class SeatPlan:
    """Who holds which seat when; found by what the seat belongs to."""

    def __init__(self, seats: Mapping[Seat, tuple[Version[bool], ...]] | None = None) -> None:
        self.seats: Seats = dict(seats or {})
        self.touched: set[Seat] = set()
        self._by_owner: defaultdict[str, set[Seat]] = defaultdict(set)
        for seat in self.seats:
            self._by_owner[seat.of].add(seat)

    def of(self, owner: str, *parts: str) -> list[Seat]:
        """All seats of a unit or group (of these parts) that anybody ever held, in their order."""
        return sorted(s for s in self._by_owner.get(owner, ()) if not parts or s.part in parts)

    def periods(self, owner: str, *parts: str) -> list[Validity]:
        """When these seats were held."""
        return [version.period for seat in self.of(owner, *parts) for version in self.seats[seat]]

    def on(self, owner: str, part: str, day: date) -> tuple[PersonId, ...]:
        """Who holds a seat on a day, in order."""
        return _in_order(seat for seat in self.of(owner, part) if value_on(self.seats[seat], day))

    def within(self, owner: str, part: str, period: Validity) -> tuple[PersonId, ...]:
        """Who holds a seat in a period that crosses no change, in order."""
        return _in_order(seat for seat in self.of(owner, part) if value_in(self.seats[seat], period))

    def is_held(self, seat: Seat, period: Validity) -> bool:
        """Whether somebody holds a seat through all of a period."""
        held = self.seats.get(seat, ())
        return any(version.period.contains(period) for version in held)

    def hold(self, seat: Seat, period: Validity) -> None:
        """Let somebody hold a seat for a period."""
        self._write(seat, period, is_held=True)

    def leave(self, seat: Seat, period: Validity) -> None:
        """Let nobody hold a seat for a period."""
        if any(version.period.overlaps(period) for version in self.seats.get(seat, ())):
            self._write(seat, period, is_held=False)

    def _write(self, seat: Seat, period: Validity, *, is_held: bool) -> None:
        self.seats[seat] = overwrite(self.seats.get(seat, ()), period, True if is_held else None)
        self.touched.add(seat)
        self._by_owner[seat.of].add(seat)


def _in_order(seats: Iterable[Seat]) -> tuple[PersonId, ...]:
    """The holders of seats, by place."""
    return tuple(seat.person for seat in sorted(seats, key=lambda seat: (seat.place, seat.person)))
