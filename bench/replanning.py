"""The planner's repair case: a plan stands, a few people are absent for a half-day each, and as little as possible is to move."""

import math
import random
from dataclasses import dataclass

from bench.shapes import A_DAY, BLOCKS, GRID, Document, at, moment

ABSENT = 0.02
"""How many of the people are absent, at least one."""
FACTORS = (1.02, 1.05, 1.10)
"""How long the horizon is, against the bound."""


@dataclass(frozen=True, slots=True)
class Replanning:
    """A problem with what stands in it, and the talks that the absences broke."""

    document: Document
    broken: frozenset[str]
    horizon: int


def replanning(problem: Document, plan: Document, bound: int, seed: int, factor: float = FACTORS[0]) -> Replanning:
    """The case of a problem of `bench.shapes`, a plan file that places all of its talks, and the bound of its makespan."""
    rng = random.Random(seed)
    horizon = max(math.ceil(bound * factor), plan["values"]["makespan"])
    last = moment(horizon - 1)
    ends = at_end(last)
    stands = {placed["talk"]: placed for placed in plan["placements"]}
    halves = half_days(problem, horizon)
    broken: set[str] = set()
    absent: dict[str, list[str]] = {}
    while not broken:
        absent = draw_absent(rng, problem, plan, halves)
        broken = {
            talk for talk, placed in stands.items() if any(meets(placed, one, absent) for one in placed["people"])
        }
    people = [
        {**one, "busy": sorted([*one["busy"], absent[one["id"]]])} if one["id"] in absent else one
        for one in problem["people"]
    ]
    talks = [
        {**talk, "latest": ends, "current": {key: stands[talk["id"]][key] for key in ("start", "room")}}
        for talk in problem["talks"]
    ]
    name = f"{problem['name']}-again-{factor}-s{seed}"
    changed = {"name": name, "people": people, "talks": talks, "goals": ["unplaced", "moved"]}
    return Replanning({**problem, **changed}, frozenset(broken), horizon)


def half_days(problem: Document, horizon: int) -> list[list[str]]:
    """The half-days up to the horizon, from when to when."""
    days = min(len(problem["days"]), -(-horizon // A_DAY))
    return [[at(day, opens), at(day, closes)] for day in range(days) for opens, closes in BLOCKS]


def draw_absent(rng: random.Random, problem: Document, plan: Document, halves: list[list[str]]) -> dict[str, list[str]]:
    """Who is absent when; not while a session stands that they attend."""
    people = [person["id"] for person in problem["people"]]
    attends = {session["id"]: set(session["people"]) for session in problem["sessions"]}
    starts = [(placed["start"], attends[placed["session"]]) for placed in plan["sessions"]]
    absent = {}
    for person in sorted(rng.sample(people, max(1, round(ABSENT * len(people))))):
        taken = [start for start, who in starts if person in who]
        free = [half for half in halves if not any(half[0] <= start < half[1] for start in taken)]
        absent[person] = rng.choice(free)
    return absent


def meets(placed: Document, person: str, absent: dict[str, list[str]]) -> bool:
    """Whether a talk stands in the half-day of a person's absence; talks do not cross half-days."""
    return person in absent and absent[person][0] <= placed["start"] < absent[person][1]


def at_end(last: str) -> str:
    """When the step that starts at this moment is over."""
    minute = int(last[11:13]) * 60 + int(last[14:]) + GRID
    return f"{last[:11]}{minute // 60:02}:{minute % 60:02}"
