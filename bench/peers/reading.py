"""A problem file as numbers, and starts as a plan file: what every peer needs, with the standard library alone."""

import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass
class Case:
    """A core problem: steps are numbered through all blocks of all days."""

    document: dict[str, Any]
    moments: list[str]
    """When each step starts."""
    day_of: list[int]
    people: list[str]
    free: list[set[int]]
    """The steps in which each person is free."""
    rooms: list[int]
    """How many rooms are free in each step."""
    room_busy: list[set[int]]
    talks: list[tuple[int, int, int, list[int]]]
    """(one person, the other, length, starts at which both are free)."""
    sessions: list[tuple[list[int], int, list[int]]]
    """(people, length, windows)."""
    most_a_day: int


def read(path: str) -> Case:
    """The problem of a file."""
    document = json.loads(Path(path).read_text("utf-8"))
    grid = document["grid_minutes"]
    moments, day_of, block_end = [], [], []
    for place, day in enumerate(document["days"]):
        for opens, closes in document["blocks"]:
            steps = range(minute(opens), minute(closes), grid)
            moments += [f"{day}T{step // 60:02}:{step % 60:02}" for step in steps]
            day_of += [place] * len(steps)
            block_end += [len(moments)] * len(steps)
    people = [one["id"] for one in document["people"]]
    number = {name: place for place, name in enumerate(people)}
    every = set(range(len(moments)))
    free = [every - covered(one.get("busy", ()), moments) for one in document["people"]]
    room_busy = [covered(one.get("busy", ()), moments) for one in document["rooms"]]
    talks = []
    for talk in document["talks"]:
        one, other = (number[name] for name in talk["people"])
        length = -(-talk["minutes"] // grid)
        both = free[one] & free[other]
        starts = [
            step
            for step in sorted(both)
            if step + length <= block_end[step] and both.issuperset(range(step, step + length))
        ]
        talks.append((one, other, length, starts))
    at = {moment: step for step, moment in enumerate(moments)}
    sessions = [
        (
            [number[name] for name in one["people"]],
            -(-one["minutes"] // grid),
            [at[window] for window in one["windows"]],
        )
        for one in document.get("sessions", ())
    ]
    rooms = [sum(step not in busy for busy in room_busy) for step in range(len(moments))]
    most = document["people"][0]["max_talks_per_day"]
    return Case(document, moments, day_of, people, free, rooms, room_busy, talks, sessions, most)


def minute(clock: str) -> int:
    """The minute of the day."""
    return int(clock[:2]) * 60 + int(clock[3:5])


def covered(stretches: list[list[str]], moments: list[str]) -> set[int]:
    """The steps in these stretches, which lie on the grid."""
    found: set[int] = set()
    for start, end in stretches:
        day = [step for step, moment in enumerate(moments) if moment[:10] == start[:10]]
        found |= {step for step in day if start <= moments[step] < end}
    return found


def write(path: str, case: Case, starts: list[int], windows: list[int], bound: int, seconds: float) -> None:
    """The plan file; each talk in the first room that is free. `windows`: the step at which each session starts."""
    taken = [set(busy) for busy in case.room_busy]
    placements = []
    lengths = [length for _, _, length, _ in case.talks]
    for place in sorted(range(len(starts)), key=lambda place: starts[place]):
        steps = set(range(starts[place], starts[place] + lengths[place]))
        room = next(room for room, busy in enumerate(taken) if not busy & steps)
        taken[room] |= steps
        talk, name = case.document["talks"][place], case.document["rooms"][room]["id"]
        placements.append(
            {"talk": talk["id"], "start": case.moments[starts[place]], "room": name, "people": talk["people"]}
        )
    makespan = max(start + length for start, length in zip(starts, lengths, strict=True))
    plan = {
        "status": "optimal" if makespan == bound else "feasible",
        "placements": placements,
        "sessions": [
            {"session": one["id"], "start": case.moments[step], "room": None}
            for one, step in zip(case.document.get("sessions", ()), windows, strict=True)
        ],
        "unplaced": [],
        "values": {"unplaced": 0, "makespan": makespan},
        "bounds": {"unplaced": 0, "makespan": bound},
        "seconds": round(seconds, 2),
    }
    Path(path).write_text(json.dumps(plan), "utf-8")


class Clock:
    """The seconds of a script, with those for building the model."""

    def __init__(self) -> None:
        self.started = time.perf_counter()
        self.limit = float(sys.argv[3])

    def spent(self) -> float:
        """Since it started."""
        return time.perf_counter() - self.started

    def left(self) -> float:
        """For the solver; at least one second."""
        return max(1.0, self.limit - self.spent())
