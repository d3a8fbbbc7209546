"""Sets of repairs with which everything has a place: each works when it is made, and none is cheaper, as trying everything says."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from random import Random
from typing import Any

import pytest

from scheduler.core.plans.problems import (
    Goal,
    PlanProblem,
    ProblemSession,
    ProblemTalk,
    TalkPlace,
    Wall,
    day_of,
    wall,
)
from scheduler.solver import joint_repairs
from scheduler.solver.instance import compiled
from scheduler.solver.joint_repairs import RepairSet, cheapest_set
from scheduler.solver.parameters import PARAMETERS
from scheduler.solver.solve import solve
from scheduler.solver.watch import Watch
from tests.problems import MONDAY, a_person, a_problem, a_room, a_session, a_talk, at, hours
from tests.repairing import later_days, made
from tests.trying_all import best_of
from tests.tuning import tune

CASES = 320
TWO_STEPS = ((8 * 60, 10 * 60),)
PRICES = PARAMETERS.joint
NONE = 1 << 30


def the_set(problem: PlanProblem, watch: Watch | None = None) -> RepairSet | None:
    return cheapest_set(compiled(problem), solve(problem, explains=False), 1, watch or Watch())


def told(problem: PlanProblem) -> list[tuple[str, dict[str, Any]]]:
    cheapest = the_set(problem)
    assert cheapest
    assert cheapest.is_cheapest
    assert all(repair.is_verified for repair in cheapest.repairs)
    assert best_of(made(problem, cheapest.repairs)).is_complete
    return [(repair.kind, dict(repair.details)) for repair in cheapest.repairs]


# ── by hand ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_four_talks_that_each_want_an_hour_of_one_person_want_four() -> None:
    talks = [a_talk(f"t{other}", "a" + other) for other in "bcde"]
    problem = a_problem(*talks, people=[a_person("a", hours("08:00", "12:00"))], blocks=((480, 720),))

    assert told(problem) == [
        ("more_time_from", {"name": "a", "day": MONDAY, "time": "08:00", "minutes": 240}),
    ]


def test_several_kinds_go_together() -> None:
    talks = [a_talk("t1", "ab"), a_talk("t2", "ac"), a_talk("t3", "bcd")]
    problem = a_problem(*talks, people=[a_person("a", most=1)], rooms=[a_room(capacity=2)])

    assert told(problem) == [
        ("lift_day_maximum", {"name": "a", "limit": 2}),
        ("larger_rooms", {"count": 1, "size": 3}),
    ]


def test_as_many_rooms_as_it_takes_are_told() -> None:
    talks = [a_talk(f"t{n}", pair) for n, pair in enumerate(("ab", "cd", "ef"))]

    assert told(a_problem(*talks, blocks=((480, 540),))) == [("more_rooms", {"count": 2})]


def test_where_much_is_wanting_another_day_is_cheaper() -> None:
    talks = [a_talk(f"t{n}", "ab") for n in range(8)]

    assert told(a_problem(*talks, blocks=TWO_STEPS, days=3)) == [("later_day", {"day": MONDAY.replace(day=5)})]


def test_a_fixed_talk_moves_before_an_order_is_dropped_or_a_window_ends_later() -> None:
    talks = [a_talk("t1", "ab", fixed="09:00"), a_talk("t2", "cd", after=("t1",))]

    assert told(a_problem(*talks, blocks=TWO_STEPS)) == [("unfix_of", {"talk": "t1", "people": ("a", "b")})]


def test_a_talk_need_not_be_in_its_fixed_room() -> None:
    talks = [a_talk("t1", "abc", fixed="08:00"), a_talk("t2", "de", fixed=TalkPlace(at("08:00"), "large"))]  # type: ignore[arg-type]
    rooms = [a_room("large", capacity=3), a_room("small", capacity=2)]

    assert told(a_problem(*talks, rooms=rooms, blocks=((480, 540),))) == [
        ("unfix_of", {"talk": "t2", "people": ("d", "e")})
    ]


def test_an_order_is_dropped() -> None:
    talks = [a_talk("t1", "ab", earliest="09:00"), a_talk("t2", "cd", after=("t1",), latest="09:00")]

    assert told(a_problem(*talks, blocks=TWO_STEPS, rooms=[a_room("R1"), a_room("R2")])) == [
        ("drop_order_for", {"talk": "t2", "people": ("c", "d"), "after": ("t1",), "other_people": ("a", "b")})
    ]


def test_a_talk_longer_than_any_block_is_shortened_and_another_ends_later() -> None:
    talks = [a_talk("t1", "ab", 180), a_talk("t2", "cd", latest="08:30")]

    cheapest = the_set(problem := a_problem(*talks, blocks=TWO_STEPS, rooms=[a_room("R1"), a_room("R2")]))

    assert told(problem) == [
        ("shorten_of", {"talk": "t1", "people": ("a", "b"), "minutes": 120}),
        ("later_end_of", {"talk": "t2", "people": ("c", "d"), "until": "2026-03-02T09:00"}),
    ]
    assert cheapest
    assert cheapest.cost == 60 * PRICES.shorten + PRICES.later_end


def test_a_session_without_a_window_gets_another() -> None:
    sessions = [a_session("s1", "abc"), a_session("s2", "abc")]

    assert [kind for kind, _ in told(a_problem(sessions=sessions))] == ["other_window"]


def test_somebody_of_a_pool_makes_time() -> None:
    busy = [a_person(name, hours("08:00", "10:00")) for name in "bc"]
    talk = a_talk("t1", "a", any_of=(("b", "c"), ("b", "c")))

    kinds = told(a_problem(talk, people=busy, blocks=TWO_STEPS))

    assert sorted((kind, said["name"], said["minutes"]) for kind, said in kinds) == [
        ("more_time_from", "b", 60),
        ("more_time_from", "c", 60),
    ]


def test_where_idle_gaps_have_to_be_spread_no_set_is_looked_for() -> None:
    problem = a_problem(a_talk("t1", "ab"), people=[a_person("a", hours("08:00", "18:00"))], max_break_difference=1)

    assert the_set(problem) is None


def test_nothing_is_said_of_what_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = a_problem(*(a_talk(f"t{n}", "ab") for n in range(9)))

    assert the_set(problem, Watch(0)) is None
    tune(monkeypatch, joint_repairs, "joint", max_starts=1)
    assert the_set(problem) is None


def test_of_very_many_talks_those_stay_that_share_nobody_with_one_without_a_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    talks = [*(a_talk(f"t{n}", "ab") for n in range(3)), a_talk("u1", "cd"), a_talk("u2", "ef")]
    problem = a_problem(*talks, blocks=TWO_STEPS, rooms=[a_room(f"R{n}") for n in range(3)])
    tune(monkeypatch, joint_repairs, "joint", max_starts=26)  # of 30

    cheapest = the_set(problem)

    assert cheapest
    assert [repair.kind for repair in cheapest.repairs] == ["later_day"]
    assert not cheapest.is_cheapest


# ── by trying everything ─────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Spot:
    """A place that something could have if everything could be repaired, and what that costs alone."""

    start: Wall
    end: Wall
    people: tuple[str, ...]
    room: int | None
    cost: int


class Cheapest:
    """The least that it costs to place everything: depth first, a branch is left when it is no cheaper than the best."""

    def __init__(self, problem: PlanProblem) -> None:
        self.problem = problem
        self.known_days = len(problem.days)
        self.days = [*problem.days, *later_days(problem)]
        self.busy = {person.id: person.busy for person in problem.people}
        self.items: list[ProblemTalk | ProblemSession] = [*problem.sessions, *problem.talks]
        self.spots = [sorted(self._spots(item), key=lambda spot: spot.cost) for item in self.items]
        self.least = NONE
        self.go_on([], 0)

    def go_on(self, spots: list[Spot], alone: int) -> None:
        if alone + self._together(spots) >= self.least:
            return
        if len(spots) == len(self.items):
            self.least = alone + self._together(spots)
            return
        for spot in self.spots[len(spots)]:
            if not any(self._clash(spot, other) for other in spots):
                self.go_on([*spots, spot], alone + spot.cost)

    def _clash(self, spot: Spot, other: Spot) -> bool:
        meets = spot.start < other.end and other.start < spot.end
        is_one_room = spot.room is not None and spot.room == other.room
        return meets and (is_one_room or not set(spot.people).isdisjoint(other.people))

    def _together(self, spots: list[Spot]) -> int:
        """What a part costs that depends on several at once, or is paid once."""
        rooms = max([1 + spot.room - len(self.problem.rooms) for spot in spots if spot.room is not None], default=0)
        days = max([1 + self.days.index(day_of(spot.start)) - self.known_days for spot in spots], default=0)
        cost = max(0, rooms) * PRICES.more_rooms + max(0, days) * PRICES.later_day
        placed = dict(zip([item.id for item in self.items], spots, strict=False))
        counts: Counter[tuple[str, date]] = Counter()
        for talk in self.problem.talks:
            if spot := placed.get(talk.id):
                counts.update((name, day_of(spot.start)) for name in spot.people)
                is_early = any(placed[name].end > spot.start for name in talk.after if name in placed)
                cost += PRICES.drop_order * is_early
        for person in self.problem.people:
            if (limit := person.max_talks_per_day) is not None:
                most = max([count for (name, _), count in counts.items() if name == person.id], default=0)
                cost += PRICES.lift_day_maximum * max(0, most - limit)
        return cost

    def _spots(self, item: ProblemTalk | ProblemSession) -> Iterator[Spot]:
        grid = self.problem.grid_minutes
        for day in self.days:
            for opens, closes in self.problem.blocks:
                for minute in range(opens, closes, grid):
                    start = wall(day, minute)
                    end = Wall(start + self.problem.steps(item.minutes) * grid)
                    if end <= wall(day, closes):
                        yield from self._from(item, start, end)

    def _from(self, item: ProblemTalk | ProblemSession, start: Wall, end: Wall) -> Iterator[Spot]:
        cost = 0
        if isinstance(item, ProblemSession):
            if start not in item.windows:
                cost = PRICES.other_window
        else:
            if item.earliest is not None and start < item.earliest:
                return
            cost = PRICES.later_end * (item.latest is not None and end > item.latest)
        for room in self._rooms(item):
            unfixed = isinstance(item, ProblemTalk) and self._is_elsewhere(item, start, room)
            busy = sum(
                any(begin < step + self.problem.grid_minutes and step < until for begin, until in self.busy[name])
                for name in item.people
                for step in range(start, end, self.problem.grid_minutes)
            )
            if room is None or self._is_free(room, start, end):
                time = busy * self.problem.grid_minutes * PRICES.more_time
                yield Spot(start, end, item.people, room, cost + time + PRICES.unfix * unfixed)

    def _is_elsewhere(self, talk: ProblemTalk, start: Wall, room: int | None) -> bool:
        if talk.fixed is None:
            return False
        names = {r: other.id for r, other in enumerate(self.problem.rooms)}
        return start != talk.fixed.start or (talk.fixed.room is not None and names.get(room or 0) != talk.fixed.room)

    def _rooms(self, item: ProblemTalk | ProblemSession) -> list[int | None]:
        if not item.needs_room:
            return [None]
        rooms = self.problem.rooms
        large = [r for r, room in enumerate(rooms) if room.capacity is None or room.capacity >= len(item.people)]
        return [*large, *range(len(rooms), len(rooms) + len(self.items))]

    def _is_free(self, room: int, start: Wall, end: Wall) -> bool:
        if room >= len(self.problem.rooms):
            return True
        return not any(begin < end and start < until for begin, until in self.problem.rooms[room].busy)


def a_tiny_problem(dice: Random) -> PlanProblem:
    """Up to four talks and a session of four people in a few hours, rarely with enough of everything."""
    pairs = list(combinations("abcd", 2))
    slots = [hours(f"{hour:02}:00", f"{hour + 1:02}:00", day) for day in (0, 1) for hour in (8, 9)]
    talks = [
        a_talk(
            f"t{n}",
            "".join(dice.choice(pairs) if dice.random() < 0.8 else "abc"),
            dice.choice((60, 60, 120)),
            latest=dice.choice((None, None, "09:00")),
            fixed=dice.choice((None, None, None, "08:00")) if n == 0 else None,
            after=("t0",) if n and dice.random() < 0.2 else (),
            needs_room=dice.random() < 0.9,
        )
        for n in range(dice.randint(2, 4))
    ]
    talks = [replace(talk, latest=None) if talk.fixed or dice.random() < 0.5 else talk for talk in talks]
    talks = [replace(talk, minutes=60) if talk.fixed else talk for talk in talks]
    people = [
        a_person(name, *(slot for slot in slots if dice.random() < 0.4), most=dice.choice((None, None, 1, 2)))
        for name in "abcd"
    ]
    fixed = [talk for talk in talks if talk.fixed]
    people = [
        replace(person, busy=()) if any(person.id in talk.people for talk in fixed) else person for person in people
    ]
    rooms = [a_room("R1", *(slot for slot in slots[1:] if dice.random() < 0.2), capacity=dice.choice((None, 2)))]
    if fixed:
        rooms = [a_room("R1")]
    sessions = [a_session("s1", "ab", 60, windows=["09:00"])] if dice.random() < 0.3 else []
    return a_problem(
        *talks, people=people, rooms=rooms, sessions=sessions, blocks=TWO_STEPS, days=1, goals=(Goal.UNPLACED,)
    )


@pytest.mark.parametrize("batch", range(8))
def test_no_set_is_cheaper_and_each_works(batch: int) -> None:
    dice, looked_at = Random(batch), 0
    while looked_at < CASES // 8:
        problem = a_tiny_problem(dice)
        plan = solve(problem, explains=False)
        if not plan.unplaced and len(plan.sessions) == len(problem.sessions):
            continue
        looked_at += 1
        cheapest = cheapest_set(compiled(problem), plan, 1, Watch())
        if cheapest is None:  # even the days that may follow are too few
            assert Cheapest(problem).least == NONE, problem
            continue
        assert cheapest.is_cheapest
        assert best_of(made(problem, cheapest.repairs)).is_complete, (problem, cheapest.repairs)
        assert cheapest.cost == Cheapest(problem).least, (problem, cheapest.repairs)
