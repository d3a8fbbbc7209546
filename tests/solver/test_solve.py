"""The solver's door: the best plan for each goal, worked out by hand; what cannot be, why, and what would help; and limits."""

import threading
from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from random import Random

import pytest

from scheduler.core.plans.check import check
from scheduler.core.plans.placements import Plan, PlanStatus, Repair
from scheduler.core.plans.problems import Goal, PlanProblem, ProblemTalk, Wall
from scheduler.solver import horizons, idle_gaps, placing, repairs
from scheduler.solver import solve as door
from scheduler.solver.parameters import PARAMETERS
from scheduler.solver.solve import solve
from scheduler.solver.watch import Progress, Watch
from tests.problems import MONDAY, a_person, a_problem, a_room, a_session, a_talk, at, hours
from tests.repairing import made
from tests.tuning import tune
from tests.waiting import LAST_RESORT

UNPLACED, MOVED, MAKESPAN, BREAKS = Goal
MORNING = ((8 * 60, 12 * 60),)
"""Four steps of an hour."""


def best(problem: PlanProblem, **more: object) -> Plan:
    """A plan of everything that is proven, and that the checker has nothing against."""
    plan = solve(problem, **more)  # type: ignore[arg-type]
    assert check(problem, plan) == []
    assert plan.status is PlanStatus.OPTIMAL
    assert plan.bounds == plan.values
    return plan


def best_part(problem: PlanProblem, **more: object) -> Plan:
    """A plan of a part, of which it is proven that it cannot be the whole."""
    plan = solve(problem, **more)  # type: ignore[arg-type]
    assert check(problem, plan) == []
    assert plan.status is PlanStatus.IMPOSSIBLE
    return plan


def starts(plan: Plan) -> dict[str, Wall]:
    return {one.talk: one.start for one in plan.placements}


def test_soonest_is_when_the_busiest_person_is_done() -> None:
    # a has three talks of an hour, and is busy at nine: 8, 10, 11; so four steps. Two rooms would do it in two.
    problem = a_problem(
        *(a_talk(f"t{n}", pair) for n, pair in enumerate(("ab", "ac", "ad", "bc"))),
        people=[a_person("a", hours("09:00", "10:00"))],
        rooms=[a_room("R1"), a_room("R2")],
    )

    plan = best(problem)

    assert plan.values == {UNPLACED: 0, MAKESPAN: 4}
    assert plan.binding is not None
    assert (plan.binding.kind, plan.binding.subject) == ("person_overfull", "a")
    assert (plan.binding.details["needed"], plan.binding.details["free"]) == (3, 2)


def test_fewest_moved_moves_only_who_must() -> None:
    # All three stand at eight, with one room: one of them can stay, two move.
    problem = a_problem(*(a_talk(f"t{n}", pair, current="08:00") for n, pair in enumerate(("ab", "cd", "ef"))))

    plan = best(replace(problem, goals=(UNPLACED, MOVED)))

    assert plan.values == {UNPLACED: 0, MOVED: 2}
    assert sum(start == at("08:00") for start in starts(plan).values()) == 1


STANDING = (a_talk("t1", "ab", current="15:00"), a_talk("t2", "ab", current="09:00"))
"""Both can stay, and then all is over with the sixth step (15–16); with both moved it could be after two."""


@pytest.mark.parametrize(
    ("goals", "values"),
    [
        # Nobody moves: 9–10 and 15–16; the sixth step is over.
        ((UNPLACED, MOVED), {UNPLACED: 0, MOVED: 0}),
        ((UNPLACED, MOVED, MAKESPAN), {UNPLACED: 0, MOVED: 0, MAKESPAN: 6}),
        # Two talks of two people take two steps: 8–9 and 9–10, so only t1 moves.
        ((UNPLACED, MAKESPAN, MOVED), {UNPLACED: 0, MAKESPAN: 2, MOVED: 1}),
        ((MAKESPAN,), {UNPLACED: 0, MAKESPAN: 2}),
        # Side by side there is no idle gap for either; one of them has to move for that.
        ((UNPLACED, BREAKS), {UNPLACED: 0, BREAKS: 0}),
        ((UNPLACED, BREAKS, MOVED), {UNPLACED: 0, BREAKS: 0, MOVED: 1}),
        ((UNPLACED, BREAKS, MAKESPAN), {UNPLACED: 0, BREAKS: 0, MAKESPAN: 2}),
        ((UNPLACED, BREAKS, MOVED, MAKESPAN), {UNPLACED: 0, BREAKS: 0, MOVED: 1, MAKESPAN: 2}),
        # Nobody moves, so there are idle steps between 10 and 15 o'clock for both.
        ((UNPLACED, MOVED, BREAKS), {UNPLACED: 0, MOVED: 0, BREAKS: 2}),
        ((UNPLACED, MAKESPAN, BREAKS), {UNPLACED: 0, MAKESPAN: 2, BREAKS: 0}),
        ((UNPLACED, MOVED, MAKESPAN, BREAKS), {UNPLACED: 0, MOVED: 0, MAKESPAN: 6, BREAKS: 2}),
    ],
)
def test_goals_are_taken_in_their_order(goals: tuple[Goal, ...], values: Mapping[Goal, int]) -> None:
    assert best(a_problem(*STANDING, goals=goals)).values == values


def test_fewest_idle_gaps_within_the_soonest_end() -> None:
    # One room for 4 talks in 4 steps. a: t1, t2; c: t2, t3; d: t3, t4: in the order t1 t2 t3 t4 nobody waits.
    talks = [a_talk(f"t{n}", pair) for n, pair in enumerate(("ab", "cd", "ac", "de"))]

    plan = best(a_problem(*talks, goals=(UNPLACED, MAKESPAN, BREAKS)))

    assert plan.values == {UNPLACED: 0, MAKESPAN: 4, BREAKS: 0}


def test_soonest_with_few_moves_gives_up_some_standing_time_only_where_one_must_move() -> None:
    # b is busy at 9, so t2 must move: to 8, where all is over after four steps, t3 being at 11 where it stands.
    talks = [a_talk("t2", "ab", current="09:00"), a_talk("t3", "cd", current="11:00")]
    problem = a_problem(*talks, people=[a_person("b", hours("09:00", "10:00"))], goals=(UNPLACED, MOVED, MAKESPAN))

    plan = best(problem)

    assert plan.values == {UNPLACED: 0, MOVED: 1, MAKESPAN: 4}
    assert starts(plan)["t3"] == at("11:00")


def test_no_horizon_is_asked_for_that_a_fixed_talk_exceeds() -> None:
    # t1 is fixed at 15, so the sixth step is over; t2 moves nowhere whatever it does.
    problem = a_problem(a_talk("t1", "ab", fixed="15:00"), a_talk("t2", "ab"), goals=(UNPLACED, MOVED, MAKESPAN))

    assert best(problem).values == {UNPLACED: 0, MOVED: 0, MAKESPAN: 6}


def test_a_person_with_too_many_talks_is_named_with_both_numbers() -> None:
    # Seven talks, six free steps.
    talks = [a_talk(f"t{n}", "p" + other) for n, other in enumerate("abcdefg")]
    problem = a_problem(*talks, people=[a_person("p", hours("12:00", "16:00"))])

    plan = best_part(problem)

    assert plan.values[UNPLACED] == plan.bounds[UNPLACED] == 1
    assert plan.binding is not None
    assert (plan.binding.kind, plan.binding.subject) == ("person_overfull", "p")
    assert (plan.binding.details["talks"], plan.binding.details["free"]) == (7, 6)
    (left,) = plan.unplaced
    assert left.reasons == (plan.binding,)
    assert [repair.kind for repair in left.repairs] == ["more_time", "later_day"]


def test_rooms_that_are_too_few_are_said_with_both_numbers() -> None:
    talks = [a_talk(f"t{n}", pair) for n, pair in enumerate(("ab", "cd", "ef", "gh", "ij"))]

    plan = best_part(a_problem(*talks, blocks=MORNING))

    assert plan.binding is not None
    assert plan.binding.kind == "rooms_full"
    assert (plan.binding.details["needed"], plan.binding.details["free"]) == (5, 4)
    assert [repair.kind for repair in plan.unplaced[0].repairs] == ["more_rooms", "later_day"]


def test_priorities_weigh() -> None:
    # One step: t2 weighs more than t1 and t3 together, which could be at once.
    talks = [a_talk("t1", "ac", priority=2), a_talk("t2", "ab", priority=5), a_talk("t3", "bd", priority=2)]
    problem = a_problem(*talks, rooms=[a_room("R1"), a_room("R2")], blocks=((480, 540),))

    plan = best_part(problem)

    assert list(starts(plan)) == ["t2"]
    assert plan.values[UNPLACED] == plan.bounds[UNPLACED] == 4
    assert list(starts(best_part(replace(problem, talks=(*talks[:2], replace(talks[2], priority=4)))))) == ["t1", "t3"]


def test_talks_that_weigh_nothing_are_placed_where_they_can_be() -> None:
    talks = [a_talk("t1", priority=0), a_talk("t2", priority=0), a_talk("t3", priority=0)]

    plan = best_part(a_problem(*talks, blocks=((480, 600),)))

    assert len(plan.placements) == 2
    assert plan.values[UNPLACED] == plan.bounds[UNPLACED] == 0
    assert best(a_problem(*talks)).values == {UNPLACED: 0, MAKESPAN: 3}


def test_a_session_without_a_window_makes_it_impossible() -> None:
    problem = a_problem(a_talk(), people=[a_person("a", hours("08:00", "09:00"))], sessions=[a_session()])

    plan = best_part(problem)

    assert (plan.sessions, plan.unplaced, len(plan.placements)) == ((), (), 1)


IMPOSSIBLE = {
    "talks that need the same step": a_problem(a_talk("t1", latest="09:00"), a_talk("t2", "ac", latest="09:00")),
    "never free together": a_problem(
        a_talk(), people=[a_person("a", hours("08:00", "12:00")), a_person("b", hours("14:00", "18:00"))]
    ),
    "day maximum": a_problem(
        *(a_talk(f"t{n}", "a" + other) for n, other in enumerate("bcdef")), people=[a_person("a", most=1)], days=4
    ),
    "a room too small": a_problem(a_talk(), rooms=[a_room("R1", capacity=1)]),
    "a room never free then": a_problem(
        a_talk(), people=[a_person("a", hours("09:00", "18:00"))], rooms=[a_room("R1", hours("08:00", "09:00"))]
    ),
    "rooms full": a_problem(*(a_talk(f"t{n}", pair) for n, pair in enumerate(("ab", "cd"))), blocks=((480, 540),)),
    "a window that ends too soon": a_problem(a_talk("t1", minutes=120, latest="09:00"), days=2),
    "a pool with nobody there": a_problem(
        a_talk(any_of=(("c", "d"),)), people=[a_person(one, hours("08:00", "18:00")) for one in "cd"]
    ),
    "fair breaks": a_problem(
        a_talk("t1", "ab"),
        a_talk("t2", "ac"),
        people=[
            a_person("b", hours("09:00", "18:00")),
            a_person("c", hours("08:00", "10:00"), hours("11:00", "18:00")),
        ],
        max_break_difference=0,
    ),
    "a session in the way": a_problem(
        a_talk(minutes=240, latest="12:00"), sessions=[a_session("s1", "bc", minutes=60, windows=("08:00", "09:00"))]
    ),
}


def mended(problem: PlanProblem, talk: str, repair: Repair) -> PlanProblem:
    """The problem with a repair made, as somebody would make it who reads its sentence."""
    details = repair.details

    def with_people(**changes: object) -> PlanProblem:
        people = (replace(one, **changes) if one.id == details["name"] else one for one in problem.people)
        return replace(problem, people=tuple(people))

    match repair.kind:
        case "more_rooms" | "larger_room":
            return replace(problem, rooms=(*problem.rooms, a_room("new")))
        case "lift_half_day_maximum" | "lift_day_maximum" | "lift_week_maximum":
            return with_people(**{f"max_talks_per_{repair.kind[5:-8]}": details["limit"]})
        case "more_time":
            start = details["start"]
            assert isinstance(start, int)
            freed = range(start, start + details["minutes"])  # type: ignore[operator]
            busy = next(one.busy for one in problem.people if one.id == details["name"])
            minutes = {minute for begin, end in busy for minute in range(begin, end)} - {*freed}
            return with_people(busy=tuple((Wall(minute), Wall(minute + 1)) for minute in sorted(minutes)))
        case "shorten":
            talks = (replace(one, minutes=details["minutes"]) if one.id == talk else one for one in problem.talks)
            return replace(problem, talks=tuple(talks))
        case "later_end_of" | "other_window" | "unfix_of":
            return made(problem, [repair])
        case _:
            assert repair.kind == "later_day"
            days = tuple(sorted({*problem.days, details["day"]}))  # type: ignore[type-var]
            late = at(f"{details['day']}T18:00")
            talks = (
                replace(one, latest=late) if one.id == talk and one.latest is not None else one for one in problem.talks
            )
            return replace(problem, days=days, talks=tuple(talks))


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_each_repair_that_is_offered_gives_the_talk_a_place(name: str) -> None:
    problem = IMPOSSIBLE[name]
    plan = best_part(problem)
    placed = {one.talk for one in plan.placements}

    assert all(one.reasons for one in plan.unplaced)
    for one in plan.unplaced:
        for repair in one.repairs:
            changed = mended(problem, one.talk, repair)
            kept = tuple(talk for talk in changed.talks if talk.id in {*placed, one.talk})
            assert repair.is_verified
            assert best(replace(changed, talks=kept)).unplaced == ()


@pytest.mark.parametrize(
    ("name", "reasons", "repairs"),
    [
        ("talks that need the same step", ["person_overfull"], ["later_end_of", "later_day"]),
        ("never free together", ["never_free_together"], ["more_time", "more_time", "later_day"]),
        ("day maximum", ["day_maximum"], ["lift_day_maximum", "later_day"]),
        ("a room too small", ["no_room_large_enough"], ["larger_room"]),
        ("a room never free then", ["no_room_free"], ["more_time", "more_rooms", "later_day"]),
        ("rooms full", ["rooms_full"], ["more_rooms", "later_day"]),
        ("a window that ends too soon", ["window_too_short"], ["later_end_of", "later_day", "shorten"]),
        ("a pool with nobody there", ["never_free_together"], ["more_time", "more_time", "later_day"]),
        ("fair breaks", ["starts_taken"], ["more_time", "later_day"]),
        ("a session in the way", ["starts_taken"], ["other_window", "later_day"]),
    ],
)
def test_what_has_no_place_is_told_why_and_what_would_help(name: str, reasons: list[str], repairs: list[str]) -> None:
    plan = best_part(IMPOSSIBLE[name])

    left = plan.unplaced[0]
    assert [one.kind for one in left.reasons] == reasons
    assert [one.kind for one in left.repairs] == repairs


def test_a_later_day_is_a_working_day() -> None:
    # The problem's last day is a Friday.
    problem = a_problem(*(a_talk(f"t{n}", pair) for n, pair in enumerate(("ab", "cd"))), blocks=((480, 540),))
    friday = replace(problem, days=(MONDAY.replace(day=6),))

    (left,) = best_part(friday).unplaced

    assert left.repairs[-1].details == {"day": MONDAY.replace(day=9)}


def test_without_explanations_nothing_is_explained() -> None:
    plan = best_part(IMPOSSIBLE["rooms full"], explains=False)

    assert [(one.reasons, one.repairs) for one in plan.unplaced] == [((), ())]


def a_crowd(people: int, talks: int, rooms: int, days: int, grid: int = 30, **more: object) -> PlanProblem:
    """Many talks of two people each."""
    names = [f"p{n}" for n in range(people)]
    asked = [ProblemTalk(f"t{n}", pair, grid) for n, pair in enumerate(list(combinations(names, 2))[:talks])]
    there = [a_room(f"R{n}") for n in range(rooms)]
    return a_problem(*asked, people=map(a_person, names), rooms=there, days=days, grid=grid, **more)  # type: ignore[arg-type]


def test_a_large_impossible_problem_is_back_in_time_with_reasons() -> None:
    # 1,000 talks and 944 steps of rooms.
    problem = a_crowd(46, 1_000, 59, 1)
    plan = solve(problem, watch=Watch(5))

    assert check(problem, plan) == []
    assert plan.seconds < LAST_RESORT
    assert plan.status is PlanStatus.IMPOSSIBLE
    assert all(one.reasons for one in plan.unplaced)


@pytest.mark.parametrize("goals", [(UNPLACED, MAKESPAN), (UNPLACED, MOVED), (UNPLACED, BREAKS)])
def test_a_watch_that_is_over_at_once_still_gives_a_plan(goals: tuple[Goal, ...]) -> None:
    problem = a_crowd(30, 200, 12, 1, goals=goals, sessions=[a_session("s1", ["p1", "p2"])])  # type: ignore[arg-type]

    plan = solve(problem, watch=Watch(0))

    assert check(problem, plan) == []
    assert plan.placements


def a_riddle() -> PlanProblem:
    """200 talks of people who are often busy: the fewest idle gaps are not proven within minutes."""
    dice = Random(3)
    names = "abcdefghijklmnopqrstuvwxyz"
    pairs = list(combinations(names, 2))
    dice.shuffle(pairs)
    steps = [(Wall(at("08:00") + 30 * step), Wall(at("08:30") + 30 * step)) for step in range(26)]
    return a_problem(
        *(a_talk(f"t{n}", first + second, 30) for n, (first, second) in enumerate(pairs[:200])),
        people=[a_person(name, *dice.sample(steps, 5)) for name in names],
        rooms=[a_room(f"R{n}") for n in range(11)],
        blocks=((480, 480 + 30 * len(steps)),),
        grid=30,
        goals=(UNPLACED, BREAKS),
    )


def test_a_watch_that_is_stopped_ends_the_solver_at_once_also_in_the_midst_of_cp_sat() -> None:
    watch, timers = Watch(), list[threading.Timer]()

    def stop_soon(told: Progress) -> None:
        if not timers and BREAKS in told.values:
            timers.append(threading.Timer(0.5, watch.stop))
            timers[0].start()

    plan = solve(a_riddle(), watch=watch, tell=stop_soon)

    assert check(a_riddle(), plan) == []
    assert plan.status is PlanStatus.FEASIBLE
    assert plan.seconds < LAST_RESORT  # how soon is measured by the benchmark


def test_the_time_limit_is_kept() -> None:
    plan = solve(a_riddle(), watch=Watch(3))

    assert check(a_riddle(), plan) == []
    assert plan.status is PlanStatus.FEASIBLE
    assert plan.bounds[BREAKS] < plan.values[BREAKS]
    assert 2.9 <= plan.seconds < LAST_RESORT  # a little of the limit is kept for writing the plan down


def test_news_tell_what_is_reached_and_known() -> None:
    news: list[Progress] = []

    plan = best(a_problem(*STANDING, goals=(UNPLACED, MAKESPAN)), tell=news.append)

    assert news[-1].plan is not None
    assert (news[-1].placed, news[-1].of, news[-1].values) == (2, 2, plan.values)


def test_plans_that_take_long_to_write_down_are_told_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    tune(monkeypatch, door, "clock", told_per_second=0.001)
    news: list[Progress] = []

    best(a_problem(*STANDING, goals=(UNPLACED, MAKESPAN)), tell=news.append)

    assert news == []


def test_same_seed_gives_the_same_plan() -> None:
    problem = a_crowd(12, 40, 4, 1, goals=(UNPLACED, MAKESPAN, BREAKS))

    one, other = (best(problem, seed=5) for _ in range(2))

    assert (one.placements, one.values, one.binding) == (other.placements, other.values, other.binding)


# ── Where an exact answer is not to be had ──────────────────────────────────────────────────────────────────────────
def standing(*talks: ProblemTalk, goals: tuple[Goal, ...], **more: object) -> PlanProblem:
    return a_problem(*talks, goals=goals, blocks=MORNING, **more)  # type: ignore[arg-type]


def test_a_place_for_everything_that_only_placing_finds_is_then_made_sooner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(horizons, "steps_worth", lambda *_, **__: 0)
    problem = standing(a_talk("t1", "ab"), a_talk("t2", "ac", latest="09:00"), goals=(UNPLACED, MAKESPAN))

    assert best(problem).values == {UNPLACED: 0, MAKESPAN: 2}


def test_a_horizon_that_cannot_be_decided_ends_the_halving(monkeypatch: pytest.MonkeyPatch) -> None:
    tune(monkeypatch, repairs, "moves", max_starts=0)
    # t2 has to leave 10:00, for b is away then; who else could end before 12:00 with one move is not decided.
    away = a_person("b", hours("10:00", "11:00"))
    talks = [a_talk("t1", "ac", current="11:00"), a_talk("t2", "bd", current="10:00")]
    problem = standing(*talks, people=[away], goals=(UNPLACED, MOVED, MAKESPAN))

    plan = solve(problem)

    assert check(problem, plan) == []
    assert plan.values[MOVED] == 1


def test_idle_gaps_that_cannot_be_decided_end_the_halving(monkeypatch: pytest.MonkeyPatch) -> None:
    talks = [a_talk("t1", "ab"), a_talk("t2", "ac"), a_talk("t3", "bc")]
    problem = standing(*talks, goals=(UNPLACED, BREAKS, MAKESPAN))
    known = solve(problem)

    tune(monkeypatch, idle_gaps, "idle_gaps", max_starts=0)
    plan = solve(problem)

    assert check(problem, plan) == []
    assert known.status is PlanStatus.OPTIMAL
    assert plan.status is PlanStatus.FEASIBLE


def test_a_part_that_exact_search_finds_no_time_for_is_what_ejection_left(monkeypatch: pytest.MonkeyPatch) -> None:
    tune(monkeypatch, placing, "placing", effort=0.0)
    talks = [a_talk(f"t{a}{b}", f"{a}{b}") for a, b in combinations("abcdefghi", 2)]
    problem = a_problem(*talks, rooms=[a_room(f"R{n}") for n in range(4)], goals=(UNPLACED,))

    plan = solve(problem, explains=False)

    assert check(problem, plan) == []
    assert plan.unplaced


def test_a_further_room_is_called_as_no_room_is() -> None:
    problem = standing(a_talk("t1", "ab"), rooms=[a_room("+1", capacity=1)], goals=(UNPLACED,))

    plan = best_part(problem)

    assert [repair.kind for repair in plan.unplaced[0].repairs] == ["larger_room"]


class Exhausted(Watch):
    """A watch on which the search has used up all time but what was reserved for repairs."""

    def __init__(self) -> None:
        super().__init__()
        self.given_back: list[float] = []

    def reserve(self, seconds: float) -> float:
        return seconds

    def give_back(self, seconds: float) -> None:
        self.given_back.append(seconds)

    def is_over(self, grace: float = 0.0) -> bool:
        return not any(self.given_back)

    def left(self) -> float:
        return 0.0 if self.is_over() else 10.0


def test_where_the_search_uses_up_the_time_there_is_some_left_for_repairs() -> None:
    problem = a_problem(*(a_talk(f"t{n}", pair) for n, pair in enumerate(("ab", "cd"))), blocks=((480, 540),))
    watch = Exhausted()

    plan = solve(problem, watch=watch)

    (left,) = plan.unplaced
    assert [(one.kind, one.is_verified) for one in left.repairs] == [("more_rooms", True), ("later_day", True)]
    assert watch.given_back == [pytest.approx(2 / PARAMETERS.clock.explained_per_second)]
    assert solve(problem, watch=Exhausted(), explains=False).unplaced[0].repairs == ()


def test_time_for_repairs_is_for_the_goals_once_everything_has_a_place() -> None:
    watch = Exhausted()

    plan = solve(a_problem(a_talk("t1", "ab"), a_talk("t2", "ac")), watch=watch)

    assert plan.status is PlanStatus.OPTIMAL
    assert watch.given_back[0] > 0
    assert not any(watch.given_back[1:])
