"""The hard rules about whom and what talks and sessions take, each from its definition."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from scheduler.core.ground.findings import Finding
from scheduler.core.plans.case import Case, Rule
from scheduler.core.plans.problems import ProblemSession, ProblemTalk, Stretch, Wall

Use = tuple[Wall, Wall, str]
"""From when to when somebody or something is taken, and by which talk or session."""


def right_people(case: Case) -> Iterator[Finding]:
    """A talk is of its people and of one person more from each list, different lists met by different people."""
    people = {person.id for person in case.problem.people}
    for talk, placement, _ in case.rows:
        if placement.people != talk.people or talk.any_of:
            yield from _odd_people(talk, placement.people, people)


def _odd_people(talk: ProblemTalk, people: Sequence[str], everybody: set[str]) -> Iterator[Finding]:
    """What is wrong with the people of a talk."""
    there, named = set(people), set(talk.people)
    for person in sorted(there - everybody):
        yield Finding("person_unknown", person, {"talk": talk.id})
    if named - there:
        yield Finding("people_missing", talk.id, {"people": tuple(sorted(named - there))})
    more = list((Counter(people) - Counter(talk.people)).elements())
    unasked = set(more) - {person for pool in talk.any_of for person in pool if person not in named}
    if unasked:
        yield Finding("people_unasked", talk.id, {"people": tuple(sorted(unasked))})
    elif len(more) != len(talk.any_of) or not are_met(talk.any_of, more):
        yield Finding("any_of_unmet", talk.id, {"people": tuple(more)})


def are_met(pools: Sequence[Sequence[str]], people: Iterable[str]) -> bool:
    """Whether each list can be given a person of its own out of these.

    A matching of lists and people grows by one list at a time along an augmenting path; where there is none, none of that size
    exists (Berge 1957). O(lists × places in all lists).
    """
    there = set(people)
    holder: dict[str, int] = {}

    def give(pool: int, tried: set[str]) -> bool:
        for person in pools[pool]:
            if person in there and person not in tried:
                tried.add(person)
                if person not in holder or give(holder[person], tried):
                    holder[person] = pool
                    return True
        return False

    return all(give(pool, set()) for pool in range(len(pools)))


def right_rooms(case: Case) -> Iterator[Finding]:
    """Who needs a room has one that is there and large enough."""
    capacities = {room.id: room.capacity for room in case.problem.rooms}
    large = {room.id for room in case.problem.rooms if room.capacity is None}
    for talk, placement, _ in case.rows:
        if placement.room not in large:
            yield from _odd_room(talk, placement.room, len(placement.people), capacities)
    for session, sitting, _ in case.sessions:
        yield from _odd_room(session, sitting.room, len(session.people), capacities)


def _odd_room(
    talk: ProblemTalk | ProblemSession, room: str | None, count: int, capacities: Mapping[str, int | None]
) -> Iterator[Finding]:
    """What is wrong with the room of a talk or session of so many people."""
    if room is None:
        if talk.needs_room:
            yield Finding("room_missing", talk.id)
    elif room not in capacities:
        yield Finding("no_such_room", talk.id, {"room": room})
    elif (capacity := capacities[room]) is not None and capacity < count:
        yield Finding("room_small", talk.id, {"room": room, "capacity": capacity, "count": count})


def people_free(case: Case) -> Iterator[Finding]:
    """Nobody is in two places at once, and nobody is called while busy."""
    sat: defaultdict[str, list[Stretch]] = defaultdict(list)
    for session, _, stretch in case.sessions:
        for person_id in session.people:
            sat[person_id].append(stretch)
    suspects = [
        person
        for person in case.problem.people
        if _is_any_shared(case.talks.get(person.id, []) + sat.get(person.id, []), person.busy)
    ]
    uses = _uses_by_person(case) if suspects else {}
    for person in suspects:
        yield from _clashes("person", person.id, uses.get(person.id, []), person.busy)


def _uses_by_person(case: Case) -> dict[str, list[Use]]:
    """When each person is taken, and by what."""
    uses: defaultdict[str, list[Use]] = defaultdict(list)
    for talk, placement, stretch in case.rows:
        for person in placement.people:
            uses[person].append((*stretch, talk.id))
    for session, _, stretch in case.sessions:
        for person in session.people:
            uses[person].append((*stretch, session.id))
    return uses


def rooms_free(case: Case) -> Iterator[Finding]:
    """No room is taken twice at once, or while it is busy."""
    taken: defaultdict[str | None, list[Stretch]] = defaultdict(list)
    for _, placement, stretch in case.rows:
        taken[placement.room].append(stretch)
    for _, sitting, stretch in case.sessions:
        taken[sitting.room].append(stretch)
    suspects = [room for room in case.problem.rooms if _is_any_shared(taken.get(room.id, []), room.busy)]
    uses = _uses_by_room(case) if suspects else {}
    for room in suspects:
        yield from _clashes("room", room.id, uses.get(room.id, []), room.busy)


def _uses_by_room(case: Case) -> dict[str | None, list[Use]]:
    """When each room is taken, and by what."""
    uses: defaultdict[str | None, list[Use]] = defaultdict(list)
    for talk, placement, stretch in case.rows:
        uses[placement.room].append((*stretch, talk.id))
    for session, sitting, stretch in case.sessions:
        uses[sitting.room].append((*stretch, session.id))
    return uses


def _is_any_shared(taken: list[Stretch], busy: Iterable[Stretch]) -> bool:
    """Whether any of these stretches may overlap: sorted, each ends before the next one starts, or it does not."""
    last: Wall | int = 0
    for start, end in sorted([*taken, *busy]):
        if start < last:
            return True
        last = end
    return False


def _clashes(kind: str, name: str, uses: list[Use], busy: Iterable[Stretch]) -> Iterator[Finding]:
    """Where the uses of one person or room overlap an earlier one, or a busy time."""
    busy = sorted(busy)
    ends = list(accumulate((until for _, until in busy), max))
    last: Use | None = None
    for use in sorted(uses):
        start, end, what = use
        if last and start < last[1]:
            details = {"start": start, "end": min(end, last[1]), "first": last[2], "second": what}
            yield Finding(f"{kind}_twice", name, details)
        before = bisect_left(busy, (end,))
        if before and ends[before - 1] > start:
            yield Finding(f"{kind}_busy", name, {"start": start, "end": end, "in": what})
        last = use if last is None or end > last[1] else last


RULES: tuple[Rule, ...] = (right_people, right_rooms, people_free, rooms_free)
