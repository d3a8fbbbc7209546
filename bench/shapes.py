"""Problems for the planner, drawn by seed: an organisation's talks in several sizes, and schedules planted at a known optimum.

Each function answers with the document of a problem file; the same seed gives the same document. `python -m bench.shapes FOLDER` writes them all.
"""

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

Document = dict[str, Any]
Pair = tuple[int, int]

FIRST_DAY = date(2026, 3, 2)
GRID = 30
BLOCKS = ((510, 690), (810, 1050))
"""Half past eight to half past eleven, half past one to half past five."""
STARTS = tuple(minute for opens, closes in BLOCKS for minute in range(opens, closes, GRID))
"""The steps of a day, as minutes of the day."""
A_DAY = len(STARTS)
ROOM_MISSING = 0.15
MAX_TALKS_A_DAY = 3
TEAM = 9
WINDOW_STARTS = (0, 6, 7)
"""Steps of a day at which sessions may start: half past eight, half past one, two."""
SEEDS = (2, 3, 4, 5, 6)
"""Those that the benchmark draws; the given files are of seed 1."""


@dataclass(frozen=True, slots=True)
class Session:
    """A session for one in so many of the people."""

    minutes: int
    one_in: int = 1


@dataclass(frozen=True, slots=True)
class Shape:
    """An organisation and what it has to do."""

    people: int
    talks: int
    rooms: int
    busy: float
    days: int
    sessions: tuple[Session, ...]
    heads: int = 0
    """How many of the people, the last ones, talk with nobody but their leader."""


FOR_ALL_AND_A_THIRD = (Session(120), Session(90, one_in=3))
SHAPES = {
    "L9": Shape(27, 54, 2, 0.30, 10, (Session(120),), heads=18),
    "S30": Shape(30, 200, 4, 0.25, 15, (Session(120), Session(90))),
    "M100": Shape(100, 1_000, 10, 0.25, 20, FOR_ALL_AND_A_THIRD),
    "L500": Shape(500, 5_000, 45, 0.25, 20, FOR_ALL_AND_A_THIRD),
    "X2000": Shape(2_000, 20_000, 175, 0.25, 20, FOR_ALL_AND_A_THIRD),
}
BETAS = (0, 30, 50, 70, 85)
"""How many of a hundred of the people's other steps are busy in planted problems."""
GROWTH = (200, 500, 1_000, 2_000, 5_000, 10_000, 20_000)


def core(name: str, seed: int) -> Document:
    """A problem of one of the named shapes."""
    return of_shape(SHAPES[name], seed, f"{name}-s{seed}")


def growing(talks: int, seed: int) -> Document:
    """A problem of so many talks, with people and rooms in proportion, so that each size is as tight as any other."""
    shape = Shape(talks // 8, talks, talks // 100, 0.25, 20, FOR_ALL_AND_A_THIRD)
    return of_shape(shape, seed, f"G{talks}-s{seed}")


def of_shape(shape: Shape, seed: int, name: str) -> Document:
    """Draw who is busy when, which sessions there are and what they kept free for, the rooms, and who talks with whom."""
    rng = random.Random(seed)
    busy = [busy_steps(rng, shape) for _ in range(shape.people)]
    sessions = [draw_session(rng, shape, number, busy) for number in range(len(shape.sessions))]
    talks = [
        {"id": f"t{number}", "people": [f"p{one}", f"p{other}"], "minutes": rng.choice((30, 60))}
        for number, (one, other) in enumerate(draw_pairs(rng, shape))
    ]
    rooms: list[Document] = [{"id": f"R{number}", "busy": []} for number in range(1, shape.rooms + 1)]
    rooms[-1]["busy"] = missing_half_days(rng, shape.days)
    return document(name, shape.days, busy, rooms, talks, sessions)


def busy_steps(rng: random.Random, shape: Shape) -> set[int]:
    """Blocks of one to four steps on every day, about as many as the share asked; they may overlap and cross lunch."""
    taken: set[int] = set()
    for day in range(shape.days):
        wanted = max(2, round(rng.gauss(shape.busy * A_DAY + 0.1, 1)))
        today: set[int] = set()
        while len(today) < wanted:
            first = rng.randrange(A_DAY)
            today |= set(range(first, min(first + rng.randint(1, 4), A_DAY)))
        taken |= {day * A_DAY + step for step in today}
    return taken


def draw_session(rng: random.Random, shape: Shape, number: int, busy: list[set[int]]) -> Document:
    """A session with three windows on different days; its people are made free in all of them."""
    asked = shape.sessions[number]
    people = sorted(rng.sample(range(shape.people), shape.people // asked.one_in))
    days = sorted(rng.sample(range(shape.days), 3))
    windows = [day * A_DAY + rng.choice(WINDOW_STARTS) for day in days]
    kept = {window + step for window in windows for step in range(asked.minutes // GRID)}
    for person in people:
        busy[person] -= kept
    return {
        "id": f"s{number}",
        "people": [f"p{person}" for person in people],
        "minutes": asked.minutes,
        "room": False,
        "windows": [moment(window) for window in windows],
    }


def draw_pairs(rng: random.Random, shape: Shape) -> list[Pair]:
    """Everybody with everybody in teams of nine, then pairs at random; leaders talk among themselves, then each with two heads."""
    if shape.heads:
        leaders = shape.people - shape.heads
        heads = [((head - leaders) // 2, head) for head in range(leaders, shape.people)]
        return [*combinations(range(leaders), 2), *heads]
    pairs: set[Pair] = set()
    for first in range(0, shape.people, TEAM):
        pairs |= set(combinations(range(first, min(first + TEAM, shape.people)), 2))
    while len(pairs) < shape.talks:
        one, other = sorted(rng.sample(range(shape.people), 2))
        pairs.add((one, other))
    return sorted(pairs)


def missing_half_days(rng: random.Random, days: int) -> list[list[str]]:
    """When a room is not to be had."""
    return [
        [at(day, opens), at(day, closes)]
        for day in range(days)
        for opens, closes in BLOCKS
        if rng.random() < ROOM_MISSING
    ]


@dataclass(frozen=True, slots=True)
class Planted:
    """A problem and the full schedule it was made from: talk → (start, room), done in exactly `optimum` steps."""

    document: Document
    places: dict[str, tuple[str, str]]
    optimum: int


def planted(beta: int, seed: int, people: int = 60, rooms: int = 8, days: int = 6) -> Planted:
    """Every room full in every step of so many days; people are busy in `beta` of a hundred of their other steps."""
    rng = random.Random(seed)
    drawn: list[tuple[Pair, int, int, int]] = []
    used: set[Pair] = set()
    for day in range(days):
        today = None
        while today is None:
            today = full_day(rng, people, rooms, day * A_DAY, used)
        drawn += today
        used |= {pair for pair, *_ in today}
    rng.shuffle(drawn)
    busy = busy_around(rng, beta / 100, people, 2 * days, drawn)
    talks, places = [], {}
    for number, (pair, start, length, room) in enumerate(drawn):
        talk = {"id": f"t{number}", "people": [f"p{person}" for person in pair], "minutes": length * GRID}
        talks.append(talk)
        places[f"t{number}"] = (moment(start), f"R{room + 1}")
    listed = [{"id": f"R{number}", "busy": []} for number in range(1, rooms + 1)]
    name = f"P{people}-r{rooms}-d{days}-b{beta}-s{seed}"
    return Planted(document(name, 2 * days, busy, listed, talks, []), places, days * A_DAY)


def full_day(
    rng: random.Random, people: int, rooms: int, first: int, used: set[Pair]
) -> list[tuple[Pair, int, int, int]] | None:
    """One day with no room ever empty, as (pair, start, length, room); None if it came out that nobody was left for a room."""
    talks: list[tuple[Pair, int, int, int]] = []
    until = [first] * people
    had = [0] * people
    today: set[Pair] = set()
    for start, length, room in full_rooms(rng, rooms, first):
        free = [person for person in range(people) if had[person] < MAX_TALKS_A_DAY and until[person] <= start]
        fresh = [pair for pair in combinations(free, 2) if pair not in used and pair not in today]
        if not fresh:
            return None
        pair = rng.choice(fresh)
        for person in pair:
            until[person] = start + length
            had[person] += 1
        today.add(pair)
        talks.append((pair, start, length, room))
    return talks


def full_rooms(rng: random.Random, rooms: int, first: int) -> list[tuple[int, int, int]]:
    """Lengths of one or two steps that fill both blocks of a day in each room, as (start, length, room) by start."""
    found = []
    morning = (BLOCKS[0][1] - BLOCKS[0][0]) // GRID
    for room in range(rooms):
        for start, end in ((0, morning), (morning, A_DAY)):
            step = start
            while step < end:
                length = min(rng.choice((1, 2)), end - step)
                found.append((first + step, length, room))
                step += length
    return sorted(found)


def busy_around(
    rng: random.Random, share: float, people: int, days: int, drawn: list[tuple[Pair, int, int, int]]
) -> list[set[int]]:
    """Each step in which somebody does not talk is busy with a probability."""
    talking: list[set[int]] = [set() for _ in range(people)]
    for pair, start, length, _ in drawn:
        for person in pair:
            talking[person] |= set(range(start, start + length))
    steps = range(days * A_DAY)
    return [{step for step in steps if step not in taken and rng.random() < share} for taken in talking]


def document(
    name: str,
    days: int,
    busy: list[set[int]],
    rooms: list[Document],
    talks: list[Document],
    sessions: list[Document],
) -> Document:
    """The problem file."""
    return {
        "name": name,
        "grid_minutes": GRID,
        "days": [day_text(day) for day in range(days)],
        "blocks": [[clock(opens), clock(closes)] for opens, closes in BLOCKS],
        "people": [
            {"id": f"p{number}", "busy": stretches(steps), "max_talks_per_day": MAX_TALKS_A_DAY}
            for number, steps in enumerate(busy)
        ],
        "rooms": rooms,
        "talks": talks,
        "sessions": sessions,
        "goals": ["unplaced", "makespan"],
    }


def stretches(steps: set[int]) -> list[list[str]]:
    """Steps as stretches of time; those that touch are one."""
    found: list[list[str]] = []
    for step in sorted(steps):
        begins, ends = moment(step), at(step // A_DAY, STARTS[step % A_DAY] + GRID)
        if found and found[-1][1] == begins:
            found[-1][1] = ends
        else:
            found.append([begins, ends])
    return found


def moment(step: int) -> str:
    """When a step starts."""
    return at(step // A_DAY, STARTS[step % A_DAY])


def at(day: int, minute: int) -> str:
    """A minute of a working day."""
    return f"{day_text(day)}T{clock(minute)}"


def day_text(day: int) -> str:
    """The working day of a number: Mondays to Fridays."""
    return (FIRST_DAY + timedelta(days=day // 5 * 7 + day % 5)).isoformat()


def clock(minute: int) -> str:
    """A minute of the day."""
    return f"{minute // 60:02}:{minute % 60:02}"


def every(seeds: tuple[int, ...] = SEEDS) -> Iterator[tuple[str, Document]]:
    """All core shapes and planted problems of some seeds, each with the name of its file."""
    for seed in seeds:
        for name in SHAPES:
            yield f"{name}-s{seed}", core(name, seed)
        for beta in BETAS:
            yield f"planted-{beta}-s{seed}", planted(beta, seed).document


def main(folder: str) -> None:
    """Write them into a folder."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    for name, made in every():
        (Path(folder) / f"{name}.json").write_text(json.dumps(made, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
