"""Problems for the planner on calendars as offices have them, drawn by seed: rooms with bookings of their own and seats, a grid of 15
minutes, talks of 30 to 90 minutes, some of three people, some with somebody out of a pool. `python -m bench.office_shapes FOLDER` writes them.
"""

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.shapes import BLOCKS, SEEDS, Document, at, clock, day_text

GRID = 15
SIZES = (100, 200, 500, 1_000, 2_000, 5_000)
DAYS = 20
LENGTHS = (30, 30, 45, 60, 60, 90)
SEATS = (2, 3, 3, 4, 8, 20)
ROOM_SHARE = 50
"""Talks for each room."""
TEAM = 12
MAX_TALKS_A_DAY = 4
BOOKINGS_A_DAY = 2
"""Of each room, on average."""
BUSY_A_DAY = 2
"""Stretches in which somebody is busy, on average."""


def office(talks: int, seed: int) -> Document:
    """A problem of so many talks; people and rooms grow in proportion."""
    rng = random.Random(seed)
    people = max(TEAM, talks // 6)
    names = [f"p{number}" for number in range(people)]
    return {
        "name": f"office-{talks}-s{seed}",
        "grid_minutes": GRID,
        "days": [day_text(day) for day in range(DAYS)],
        "blocks": [[clock(opens), clock(closes)] for opens, closes in BLOCKS],
        "people": [
            {"id": name, "busy": _taken(rng, BUSY_A_DAY), "max_talks_per_day": MAX_TALKS_A_DAY} for name in names
        ],
        "rooms": [
            {"id": f"R{number}", "busy": _taken(rng, BOOKINGS_A_DAY), "capacity": SEATS[(number - 1) % len(SEATS)]}
            for number in range(1, max(2, talks // ROOM_SHARE) + 1)
        ],
        "talks": [_talk(rng, number, names) for number in range(talks)],
        "goals": ["unplaced", "makespan"],
    }


def _talk(rng: random.Random, number: int, names: list[str]) -> Document:
    """Two or three of one team, or one of them and somebody out of three others."""
    first = rng.randrange(max(1, len(names) // TEAM)) * TEAM
    team = names[first : first + TEAM]
    talk = {"id": f"t{number}", "minutes": rng.choice(LENGTHS)}
    kind = rng.random()
    if kind < 0.1:
        one, *pool = rng.sample(team, 4)
        return {**talk, "people": [one], "any_of": [pool]}
    return {**talk, "people": rng.sample(team, 3 if kind < 0.3 else 2)}


def _taken(rng: random.Random, a_day: int) -> list[list[str]]:
    """Bookings of half an hour to two hours, a few each day, on the quarter hour."""
    found = []
    for day in range(DAYS):
        for _ in range(rng.randint(0, 2 * a_day)):
            opens, closes = rng.choice(BLOCKS)
            begins = rng.randrange(opens, closes, GRID)
            found.append([at(day, begins), at(day, min(closes, begins + rng.choice((30, 60, 90, 120))))])
    return sorted(found)


def every(seeds: tuple[int, ...] = SEEDS) -> Iterator[tuple[str, Document]]:
    """All sizes for some seeds, each with the name of its file."""
    for seed in seeds:
        for talks in SIZES:
            yield f"office-{talks}-s{seed}", office(talks, seed)


def main(folder: str) -> None:
    """Write them into a folder."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    for name, made in every():
        (Path(folder) / f"{name}.json").write_text(json.dumps(made, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
