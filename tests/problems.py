"""Problems and plans to test the planner with: each takes what matters to the test, and has boring defaults for the rest."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from scheduler.core.plans.placements import Placement, Plan, PlanStatus, SessionPlacement, Unplaced
from scheduler.core.plans.problems import (
    DEFAULT_GOALS,
    Goal,
    PlanProblem,
    ProblemPerson,
    ProblemRoom,
    ProblemSession,
    ProblemTalk,
    Stretch,
    TalkPlace,
    Wall,
    wall,
)

MONDAY = date(2026, 3, 2)
"""The first day of problems in tests."""
BLOCKS = ((8 * 60, 12 * 60), (14 * 60, 18 * 60))
"""8–12 and 14–18 o'clock: eight steps of an hour a day."""


def at(text: str, day: int = 0) -> Wall:
    """A time such as `09:00`, so many days after the first day; or `2026-03-02T09:00`."""
    when, _, clock = text.rpartition("T")
    hour, _, minute = clock.partition(":")
    return wall(date.fromisoformat(when) if when else MONDAY + timedelta(days=day), int(hour) * 60 + int(minute))


def hours(start: str, end: str, day: int = 0) -> Stretch:
    """From a time to a time of a day."""
    return at(start, day), at(end, day)


def a_person(person_id: str = "a", *busy: Stretch, most: int | None = None) -> ProblemPerson:
    return ProblemPerson(person_id, busy, most)


def a_room(room_id: str = "R1", *busy: Stretch, capacity: int | None = None) -> ProblemRoom:
    return ProblemRoom(room_id, busy, capacity)


def a_talk(talk_id: str = "t1", people: str = "ab", minutes: int = 60, **more: object) -> ProblemTalk:
    """A talk of people with one-letter ids; `fixed="09:00"` and `current="09:00"` are times of the first day."""
    for key in ("fixed", "current"):
        if isinstance(said := more.get(key), str):
            more[key] = TalkPlace(at(said))
    for key in ("earliest", "latest"):
        if isinstance(said := more.get(key), str):
            more[key] = at(said)
    return ProblemTalk(talk_id, tuple(people), minutes, **more)  # type: ignore[arg-type]


def a_session(
    session_id: str = "s1", people: str = "ab", minutes: int = 120, windows: Iterable[str] = ("08:00",), **more: object
) -> ProblemSession:
    return ProblemSession(session_id, tuple(people), minutes, tuple(map(at, windows)), **more)  # type: ignore[arg-type]


def a_problem(
    *talks: ProblemTalk,
    people: Iterable[ProblemPerson] = (),
    rooms: Iterable[ProblemRoom] | None = None,
    sessions: Iterable[ProblemSession] = (),
    days: int = 1,
    blocks: tuple[tuple[int, int], ...] = BLOCKS,
    grid: int = 60,
    goals: tuple[Goal, ...] = DEFAULT_GOALS,
    max_break_difference: int | None = None,
) -> PlanProblem:
    """A problem; people that are only named in talks and sessions are always free, and there is one room R1."""
    told, given = {one.id: one for one in people}, tuple(sessions)
    named = [one for talk in talks for group in (talk.people, *talk.any_of) for one in group]
    named += [one for session in given for one in session.people]
    everybody = told | {one: ProblemPerson(one) for one in sorted(set(named)) if one not in told}
    return PlanProblem(
        grid,
        tuple(MONDAY + timedelta(days=day) for day in range(days)),
        blocks,
        tuple(everybody.values()),
        tuple(rooms) if rooms is not None else (a_room(),),
        talks,
        given,
        goals,
        max_break_difference,
    )


def placed(
    talk: ProblemTalk, start: str, room: str | None = "R1", people: str | None = None, day: int = 0
) -> Placement:
    """A talk at a time of a day, with its own people unless others are named."""
    return Placement(talk.id, at(start, day), room, talk.people if people is None else tuple(people))


def sat(session: ProblemSession, start: str, room: str | None = None, day: int = 0) -> SessionPlacement:
    """A session at a time of a day."""
    return SessionPlacement(session.id, at(start, day), room)


def a_plan(
    *placements: Placement,
    sessions: Iterable[SessionPlacement] = (),
    unplaced: Iterable[str] = (),
    status: PlanStatus = PlanStatus.FEASIBLE,
    values: Mapping[Goal, int] | None = None,
    bounds: Mapping[Goal, int] | None = None,
) -> Plan:
    left_out = tuple(map(Unplaced, unplaced))
    return Plan(status, placements, tuple(sessions), left_out, values or {}, bounds or {})
