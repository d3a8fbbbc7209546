"""Problem files: a decoded JSON document → `PlanProblem`, or `Malformed` with the place and what is wrong.

Unknown keys are errors, `null` is the same as leaving a key out. Words and numbers: `problem_words`, times: `problem_times`.
What contradicts itself (`problem_contradictions`) is refused as well.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TypeVar, cast

from scheduler.core.ground.errors import Malformed
from scheduler.core.plans.occupancy import are_met
from scheduler.core.plans.problem_contradictions import refuse_contradictions
from scheduler.core.plans.problem_times import Moments, moment, stretches, working_time
from scheduler.core.plans.problem_words import (
    each,
    listed,
    minutes,
    optional,
    record,
    shown,
    truth,
    whole,
    within,
    word,
)
from scheduler.core.plans.problems import (
    DEFAULT_GOALS,
    AskedPerson,
    AskedRoom,
    AskedSession,
    AskedTalk,
    Goal,
    Place,
    PlanProblem,
    Wall,
    text_of,
)

N = TypeVar("N", AskedPerson, AskedRoom, AskedTalk, AskedSession)

MOST_TALKS = MOST_PEOPLE = 100_000
MOST_ROOMS = 10_000
MOST_SESSIONS = MOST_IN_A_TALK = 1_000
MOST_LISTS = 50
LARGEST = 1_000_000
"""Of a number that only weighs or counts."""

KEYS = frozenset(
    ("name", "grid_minutes", "days", "blocks", "people", "rooms", "talks", "sessions", "goals", "max_break_difference")
)
NEEDED = ("grid_minutes", "days", "blocks", "people", "rooms", "talks")
PERSON_KEYS = frozenset(("id", "busy", "max_talks_per_day"))
ROOM_KEYS = frozenset(("id", "busy", "capacity"))
TALK_KEYS = frozenset(
    ("id", "people", "minutes", "any_of", "earliest", "latest", "after", "fixed", "current", "priority", "room")
)
SESSION_KEYS = frozenset(("id", "people", "minutes", "windows", "room"))
PLACE_KEYS = frozenset(("start", "room"))

weight = whole(0, LARGEST)
number = whole(1, LARGEST)


def read(document: object) -> PlanProblem:
    """The problem that a document asks. Raises Malformed."""
    problem = _Reader().problem(record(document, KEYS, NEEDED))
    refuse_contradictions(problem)
    return problem


class _Reader:
    """Reads a document from the outside in, and knows whom and what the talks may name."""

    def __init__(self) -> None:
        self.moments = Moments()
        self.busy = stretches(self.moments)
        self.people: frozenset[str] = frozenset()
        self.capacities: dict[str, int | None] = {}

    def problem(self, values: Mapping[str, object]) -> PlanProblem:
        """All of it."""
        grid, days, blocks = working_time(values)
        people = within("people", values["people"], each_named(MOST_PEOPLE, self._person))
        rooms = within("rooms", values["rooms"], each_named(MOST_ROOMS, self._room))
        self.people = frozenset(person.id for person in people)
        self.capacities = {room.id: room.capacity for room in rooms}
        talks = within("talks", values["talks"], each_named(MOST_TALKS, self._talk))
        _refuse_unknown_after(talks)
        return PlanProblem(
            grid,
            days,
            blocks,
            people,
            rooms,
            talks,
            optional(values, "sessions", each_named(MOST_SESSIONS, self._session), ()),
            optional(values, "goals", _goals, DEFAULT_GOALS),
            optional(values, "max_break_difference", weight, None),
            optional(values, "name", _title, ""),
        )

    def _person(self, raw: object) -> AskedPerson:
        values = record(raw, PERSON_KEYS, ("id",))
        return AskedPerson(
            within("id", values["id"], word),
            optional(values, "busy", self.busy, ()),
            optional(values, "max_talks_per_day", number, None),
        )

    def _room(self, raw: object) -> AskedRoom:
        values = record(raw, ROOM_KEYS, ("id",))
        return AskedRoom(
            within("id", values["id"], word),
            optional(values, "busy", self.busy, ()),
            optional(values, "capacity", number, None),
        )

    def _talk(self, raw: object) -> AskedTalk:
        values = record(raw, TALK_KEYS, ("id", "people", "minutes"))
        name = within("id", values["id"], word)
        people = within("people", values["people"], self._few_people)
        length = within("minutes", values["minutes"], minutes)
        if len(values) == 3 and len(people) > 1:
            return AskedTalk(name, people, length)
        talk = self._full_talk(name, people, length, values)
        if talk.size < 2:
            raise Malformed("talk_alone", "people")
        _refuse_odd_talk(talk, self.capacities)
        return talk

    def _full_talk(self, name: str, people: tuple[str, ...], length: int, values: Mapping[str, object]) -> AskedTalk:
        """A talk of which more is said than who and how long."""
        return AskedTalk(
            name,
            people,
            length,
            optional(values, "any_of", self._pools, ()),
            optional(values, "earliest", self._moment, None),
            optional(values, "latest", self._moment, None),
            optional(values, "after", _names, ()),
            optional(values, "fixed", self._fixed, None),
            optional(values, "current", self._place, None),
            optional(values, "priority", weight, 1),
            optional(values, "room", truth, True),
        )

    def _session(self, raw: object) -> AskedSession:
        values = record(raw, SESSION_KEYS, ("id", "people", "minutes", "windows"))
        people = within("people", values["people"], self._people)
        windows = within("windows", values["windows"], self._windows)
        if not people or not windows:
            raise Malformed("list_empty", "windows" if people else "people")
        return AskedSession(
            within("id", values["id"], word),
            people,
            within("minutes", values["minutes"], minutes),
            windows,
            optional(values, "room", truth, False),
        )

    def _people(self, raw: object) -> tuple[str, ...]:
        """Several people that the problem knows, each once."""
        people = _names(raw)
        if not self.people.issuperset(people):
            place = next(place for place, person in enumerate(people) if person not in self.people)
            raise Malformed("unknown_person", f"[{place}]", value=shown(people[place]))
        return people

    def _few_people(self, raw: object) -> tuple[str, ...]:
        """Those who sit in one talk."""
        listed(raw, MOST_IN_A_TALK)
        return self._people(raw)

    def _pools(self, raw: object) -> tuple[tuple[str, ...], ...]:
        return tuple(each(raw, MOST_LISTS, self._people))

    def _moment(self, raw: object) -> Wall:
        return self.moments[raw] if isinstance(raw, str) else moment(raw)

    def _windows(self, raw: object) -> tuple[Wall, ...]:
        found = each(raw, MOST_IN_A_TALK, self._moment)
        refuse_twice(found, [text_of(start) for start in found])
        return tuple(found)

    def _place(self, raw: object) -> Place:
        """Where a talk stands; its room may have gone since."""
        values = record(raw, PLACE_KEYS, ("start",))
        return Place(within("start", values["start"], self._moment), optional(values, "room", word, None))

    def _fixed(self, raw: object) -> Place:
        place = self._place(raw)
        if place.room is not None and place.room not in self.capacities:
            raise Malformed("unknown_room", "room", value=shown(place.room))
        return place


def each_named(most: int, read_one: Callable[[object], N]) -> Callable[[object], tuple[N, ...]]:
    """Reads a list of things with ids, each id once."""

    def read_all(raw: object) -> tuple[N, ...]:
        found = each(raw, most, read_one)
        ids = [one.id for one in found]
        if len(set(ids)) < len(ids):
            refuse_twice(ids, ids, ".id")
        return tuple(found)

    return read_all


def refuse_twice(values: Sequence[Hashable], names: Sequence[str], key: str = "") -> None:
    """Refuse a list in which something stands twice."""
    seen: dict[Hashable, int] = {}
    for place, value in enumerate(values):
        if value in seen:
            raise Malformed("stands_twice", f"[{place}]{key}", value=shown(names[place]), first=f"[{seen[value]}]")
        seen[value] = place


def _names(raw: object) -> tuple[str, ...]:
    """Several ids, each once."""
    names = listed(raw, MOST_PEOPLE)
    if {*map(type, names)} - {str}:
        each(raw, MOST_PEOPLE, word)
    found = tuple(cast("list[str]", names))
    if len(set(found)) < len(found):
        refuse_twice(found, found)
    return found


def _title(raw: object) -> str:
    return "" if raw == "" else word(raw)


def _goals(raw: object) -> tuple[Goal, ...]:
    """The goals in their order."""
    allowed = tuple(map(str, Goal))

    def goal(raw_goal: object) -> Goal:
        if raw_goal not in allowed:
            raise Malformed("unknown_choice", "", value=shown(raw_goal), allowed=allowed)
        return Goal(str(raw_goal))

    found = tuple(each(raw, MOST_LISTS, goal))
    if not found:
        raise Malformed("list_empty", "")
    refuse_twice(found, found)
    return found


def _refuse_odd_talk(talk: AskedTalk, capacities: Mapping[str, int | None]) -> None:
    """Refuse a talk that contradicts itself."""
    if talk.earliest is not None and talk.latest is not None and talk.latest <= talk.earliest:
        raise Malformed("latest_too_soon", "latest")
    pools = [tuple(person for person in pool if person not in talk.people) for pool in talk.any_of]
    if () in pools:
        raise Malformed("nobody_to_choose", f"any_of[{pools.index(())}]")
    if not are_met(pools, {person for pool in pools for person in pool}):
        raise Malformed("nobody_left_to_choose", "any_of")
    room = talk.fixed.room if talk.fixed else None
    if room is not None and not talk.needs_room:
        raise Malformed("fixed_room_unneeded", "fixed.room", value=room)
    capacity = capacities.get(room) if room is not None else None
    if capacity is not None and capacity < talk.size:
        raise Malformed("fixed_room_small", "fixed.room", value=room, capacity=capacity, count=talk.size)


def _refuse_unknown_after(talks: Sequence[AskedTalk]) -> None:
    """Refuse to wait for a talk that there is not."""
    ids = {talk.id for talk in talks}
    for number_of_talk, talk in enumerate(talks):
        for place, other in enumerate(talk.after):
            if other not in ids:
                raise Malformed("unknown_talk", f"talks[{number_of_talk}].after[{place}]", value=shown(other))
