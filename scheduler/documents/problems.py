"""The format of problem files: a decoded JSON document → `PlanProblem`, or `Malformed` with the place and what is wrong.

What the keys mean to people stands in docs/reference/problem-files.md. Names in capitals are descriptions of a piece of a file.
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import Any

from pydantic_core import SchemaValidator, core_schema
from pydantic_core.core_schema import CoreSchema

from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.written import YEARS
from scheduler.core.plans.occupancy import are_met
from scheduler.core.plans.problem_contradictions import refuse_contradictions
from scheduler.core.plans.problems import (
    MINUTES_A_DAY,
    Goal,
    PlanProblem,
    ProblemPerson,
    ProblemRoom,
    ProblemSession,
    ProblemTalk,
    TalkPlace,
    Wall,
    text_of,
    wall,
)
from scheduler.documents.formats import NOTHING, Format, Keys, by, items, mapping, says, then
from scheduler.documents.text import shown

MAX_TEXT_LENGTH = 200
"""Characters of an id or a name."""
MAX_TALKS = MAX_PEOPLE = MAX_STEPS = MAX_BUSY = 100_000
MAX_ROOMS = MAX_DAYS = 10_000
MAX_SESSIONS = MAX_IN_A_TALK = 1_000
MAX_BLOCKS, MAX_LISTS = 100, 50
MAX_NUMBER = 1_000_000
"""Of a number that only weighs or counts."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_CLOCK = re.compile(r"(\d{2}):(\d{2})(?::00)?", re.ASCII)
_ZONED = re.compile(r".+\d(Z|z|[+-]\d{2}(:?\d{2})?)")


def _place(way: Iterable[str | int]) -> str:
    """`talks[2].people[0]`; items count from 0."""
    steps = (
        f"[{step}]" if isinstance(step, int) else step if step[:1] in ("", "[") else f".{shown(step)}" for step in way
    )
    return "".join(steps).removeprefix(".")


PLANNER_FILES = Format(
    {
        "dict_type": ("object_wanted", "value"),
        "tuple_type": ("list_wanted", "value"),
        "missing": ("missing",),
        "too_short": ("list_empty",),
        "too_long": ("too_many_items", "count", "most"),
        "string_unicode": ("unknown_key", "key"),
    },
    place=_place,
    shown=shown,
)


# ── words and numbers ────────────────────────────────────────────────────────────────────────────────────────────────
def word(raw: object) -> str:
    """An id or a name: text that is not empty, and that can be shown."""
    if (
        type(raw) is str
        and 0 < len(raw) <= MAX_TEXT_LENGTH
        and (raw.isprintable() or _is_printable(raw))
        and raw.strip()
    ):
        return raw
    raise Malformed("word_wanted", "", value=shown(raw), most=MAX_TEXT_LENGTH)


def _is_printable(text: str) -> bool:
    """Whether a text has nothing in it but what can be shown; wide spaces can."""
    return all(character.isprintable() or (character.isspace() and character > "\x80") for character in text)


def whole(least: int, most: int) -> CoreSchema:
    """A whole number between two."""
    return says(core_schema.int_schema(strict=True, ge=least, le=most), "whole_wanted", "value", least=least, most=most)


def one_of(words: type[StrEnum]) -> CoreSchema:
    """One of some words."""
    allowed = tuple(map(str, words))
    return then(says(core_schema.literal_schema(list(allowed)), "unknown_choice", "value", allowed=allowed), words)


def record(make: Callable[..., object], keys: Keys, *needed: str) -> CoreSchema:
    """An object with these keys at most and those at least, and what is made of it."""
    unknown = says(NOTHING, "unknown_key", "key", allowed=tuple(sorted(keys)))
    return mapping(keys, needed, unknown, make)


def each_once(
    of: CoreSchema, *, most: int, least: int | None = None, name: Callable[[Any], str] = str, key: str = ""
) -> CoreSchema:
    """A list in which nothing stands twice; things are told apart by a name, which stands in a key of each."""

    def refuse_twice(values: tuple[Any, ...]) -> tuple[Any, ...]:
        called = tuple(map(name, values))
        if len(set(called)) < len(called):
            places = {key: place for place, key in reversed([*enumerate(called)])}
            place, twin = next((place, key) for place, key in enumerate(called) if places[key] < place)
            raise Malformed("stands_twice", f"[{place}]{key}", value=shown(twin), first=f"[{places[twin]}]")
        return values

    return then(items(of, least=least, most=most), refuse_twice)


def each_named(of: CoreSchema, *, most: int) -> CoreSchema:
    """A list of things with ids, each id once."""
    return each_once(of, most=most, name=attrgetter("id"), key=".id")


ID = by(word)
NAME = by(lambda raw: raw if raw == "" else word(raw))
NAMED = says(core_schema.str_schema(strict=True), "word_wanted", "value", most=MAX_TEXT_LENGTH)
"""An id that stands elsewhere, where it was looked at."""
NAMES = each_once(NAMED, most=MAX_PEOPLE)
TRUTH = says(core_schema.bool_schema(strict=True), "truth_wanted", "value")
MINUTES, WEIGHT, NUMBER = whole(1, MINUTES_A_DAY), whole(0, MAX_NUMBER), whole(1, MAX_NUMBER)


# ── times ────────────────────────────────────────────────────────────────────────────────────────────────────────────
@lru_cache(maxsize=100_000)
def moment(text: str) -> Wall:
    """A moment of the local wall clock, `2026-03-02T09:00`; each text is read once."""
    when, _, clock = text.partition("T")
    minute = _minute(clock)
    if not _DAY.fullmatch(when) or minute is None or minute == MINUTES_A_DAY:
        raise Malformed("zoned_moment" if _ZONED.fullmatch(clock) else "not_a_moment", "", value=shown(text))
    return wall(day(when), minute)


def day(raw: object) -> date:
    """A day, `2026-03-02`."""
    try:
        if isinstance(raw, str) and _DAY.fullmatch(raw) and (read := date.fromisoformat(raw)).year in YEARS:
            return read
    except ValueError:
        pass
    raise Malformed("not_a_day", "", value=shown(raw))


def time_of_day(raw: object) -> int:
    """The minute of a time of day, `08:30`; the end of the day may be written `24:00`."""
    minute = _minute(raw) if isinstance(raw, str) else None
    if minute is None:
        raise Malformed("not_a_clock_time", "", value=shown(raw))
    return minute


def _minute(text: str) -> int | None:
    """The minute of the day, if this is a time of day."""
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2])
    is_there = minute < 60 and (hour < 24 or (hour, minute) == (24, 0))
    return hour * 60 + minute if is_there else None


def spans(end: CoreSchema, *, most: int, least: int | None = None) -> CoreSchema:
    """A list of pairs of which the second is later."""
    two = says(core_schema.list_schema(strict=True, min_length=2, max_length=2), "pair_wanted", "value")
    pair = core_schema.chain_schema([two, core_schema.tuple_schema([end, end])])
    return then(items(pair, least=least, most=most), _in_order)


def _in_order(pairs: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    for place, (start, end) in enumerate(pairs):
        if end <= start:
            raise Malformed("ends_too_soon", f"[{place}]")
    return pairs


def _ascending(days: tuple[date, ...]) -> tuple[date, ...]:
    for place, (before, after) in enumerate(pairwise(days), start=1):
        if after <= before:
            raise Malformed("not_ascending", f"[{place}]", value=str(after), before=str(before))
    return days


def _apart(blocks: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    for place, ((_, end), (start, _)) in enumerate(pairwise(blocks), start=1):
        if start < end:
            raise Malformed("blocks_overlap", f"[{place}]")
    return blocks


MOMENT = then(says(core_schema.str_schema(strict=True), "not_a_moment", "value"), moment)
BUSY = spans(MOMENT, most=MAX_BUSY)
DAYS = then(items(by(day), least=1, most=MAX_DAYS), _ascending)
BLOCKS = then(spans(by(time_of_day), least=1, most=MAX_BLOCKS), _apart)


# ── what is asked ────────────────────────────────────────────────────────────────────────────────────────────────────
def _talk(*, room: bool = True, **said: Any) -> ProblemTalk:
    """A talk that does not contradict itself."""
    talk = ProblemTalk(**said, needs_room=room)
    if talk.size < 2:
        raise Malformed("talk_alone", "people")
    if talk.earliest is not None and talk.latest is not None and talk.latest <= talk.earliest:
        raise Malformed("latest_too_soon", "latest")
    if talk.any_of:
        pools = [tuple(person for person in pool if person not in talk.people) for pool in talk.any_of]
        if () in pools:
            raise Malformed("nobody_to_choose", f"any_of[{pools.index(())}]")
        if not are_met(pools, {person for pool in pools for person in pool}):
            raise Malformed("nobody_left_to_choose", "any_of")
    return talk


def _session(*, room: bool = False, **said: Any) -> ProblemSession:
    return ProblemSession(**said, needs_room=room)


PERSON = record(
    ProblemPerson,
    {
        "id": ID,
        "busy": BUSY,
        "max_talks_per_half_day": NUMBER,
        "max_talks_per_day": NUMBER,
        "max_talks_per_week": NUMBER,
        "stands": items(MOMENT, most=MAX_BUSY),
    },
    "id",
)
ROOM = record(ProblemRoom, {"id": ID, "busy": BUSY, "capacity": NUMBER}, "id")
PLACE = record(TalkPlace, {"start": MOMENT, "room": ID}, "start")
TALK = record(
    _talk,
    {
        "id": ID,
        "people": each_once(NAMED, most=MAX_IN_A_TALK),
        "minutes": MINUTES,
        "any_of": items(NAMES, most=MAX_LISTS),
        "earliest": MOMENT,
        "latest": MOMENT,
        "after": NAMES,
        "fixed": PLACE,
        "current": PLACE,
        "priority": WEIGHT,
        "room": TRUTH,
    },
    "id",
    "people",
    "minutes",
)
SESSION = record(
    _session,
    {
        "id": ID,
        "people": each_once(NAMED, least=1, most=MAX_PEOPLE),
        "minutes": MINUTES,
        "windows": each_once(MOMENT, least=1, most=MAX_IN_A_TALK, name=text_of),
        "room": TRUTH,
    },
    "id",
    "people",
    "minutes",
    "windows",
)
PROBLEM = record(
    PlanProblem,
    {
        "grid_minutes": MINUTES,
        "days": DAYS,
        "blocks": BLOCKS,
        "people": each_named(PERSON, most=MAX_PEOPLE),
        "rooms": each_named(ROOM, most=MAX_ROOMS),
        "talks": each_named(TALK, most=MAX_TALKS),
        "sessions": each_named(SESSION, most=MAX_SESSIONS),
        "goals": each_once(one_of(Goal), least=1, most=MAX_LISTS),
        "max_break_difference": WEIGHT,
        "name": NAME,
    },
    "grid_minutes",
    "days",
    "blocks",
    "people",
    "rooms",
    "talks",
)
_PROBLEM = SchemaValidator(PROBLEM)


def read(document: object) -> PlanProblem:
    """The problem that a document asks. Raises Malformed."""
    problem: PlanProblem = PLANNER_FILES.read(_PROBLEM, document)
    for mistake in _mistakes(problem):
        raise mistake
    refuse_contradictions(problem)
    return problem


def _mistakes(problem: PlanProblem) -> Iterator[Malformed]:
    """What is named although it is not there, and what does not go together."""
    steps = [(end - start) // problem.grid_minutes for start, end in problem.blocks]
    if 0 in steps:
        yield Malformed("block_without_step", f"blocks[{steps.index(0)}]", grid=problem.grid_minutes)
    if (count := len(problem.days) * sum(steps)) > MAX_STEPS:
        yield Malformed("too_many_steps", "grid_minutes", count=count, most=MAX_STEPS)
    yield from _strangers(problem)
    rooms = {room.id: room.capacity for room in problem.rooms}
    for number, talk in enumerate(problem.talks):
        if talk.fixed and talk.fixed.room is not None:
            yield from _odd_room(talk, talk.fixed.room, rooms, f"talks[{number}].fixed.room")


def _strangers(problem: PlanProblem) -> Iterator[Malformed]:
    """Who and what is named although it is not there."""
    people, talks = {person.id for person in problem.people}, {talk.id for talk in problem.talks}
    for number, talk in enumerate(problem.talks):
        if not people.issuperset(talk.people):
            yield _stranger("person", talk.people, people, f"talks[{number}].people")
        for place, pool in enumerate(talk.any_of):
            if not people.issuperset(pool):
                yield _stranger("person", pool, people, f"talks[{number}].any_of[{place}]")
        if not talks.issuperset(talk.after):
            yield _stranger("talk", talk.after, talks, f"talks[{number}].after")
    for number, session in enumerate(problem.sessions):
        if not people.issuperset(session.people):
            yield _stranger("person", session.people, people, f"sessions[{number}].people")


def _stranger(what: str, names: tuple[str, ...], existing: Container[str], place: str) -> Malformed:
    number, name = next((number, name) for number, name in enumerate(names) if name not in existing)
    return Malformed(f"unknown_{what}", f"{place}[{number}]", value=shown(name))


def _odd_room(talk: ProblemTalk, room: str, rooms: Mapping[str, int | None], place: str) -> Iterator[Malformed]:
    """Why a talk cannot be fixed in a room."""
    if room not in rooms:
        yield Malformed("unknown_room", place, value=shown(room))
    if not talk.needs_room:
        yield Malformed("fixed_room_unneeded", place, value=room)
    capacity = rooms.get(room)
    if capacity is not None and capacity < talk.size:
        yield Malformed("fixed_room_small", place, value=room, capacity=capacity, count=talk.size)
