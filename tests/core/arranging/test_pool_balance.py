from dataclasses import replace
from datetime import date

from scheduler.core.arranging.pool_balance import balanced
from scheduler.core.plans.check import check
from scheduler.core.plans.placements import Placement, Plan, PlanStatus
from scheduler.core.plans.problems import PlanProblem, ProblemPerson, ProblemTalk, Wall, wall

DAY = date(2014, 7, 1)
STARTS = [wall(DAY, 540 + 60 * n) for n in range(4)]


def a_problem(*talks: ProblemTalk, people: tuple[ProblemPerson, ...] = ()) -> PlanProblem:
    named = {person.id for person in people}
    others = tuple(ProblemPerson(name) for name in ("a", "b", "c", "d", "s1", "s2", "s3") if name not in named)
    return PlanProblem(60, (DAY,), ((540, 780),), (*people, *others), (), talks)


def a_talk(who: str, *pool: str) -> ProblemTalk:
    return ProblemTalk(f"t-{who}", (who,), 60, any_of=(pool,), needs_room=False)


def chosen(problem: PlanProblem, starts: list[Wall], people: str, standing: dict[str, int] | None = None) -> str:
    """Who is chosen out of the pools afterwards, when these were before."""
    placements = tuple(
        Placement(talk.id, start, None, (*talk.people, *one.split("+")))
        for talk, start, one in zip(problem.talks, starts, people.split(), strict=True)
    )
    plan = balanced(problem, Plan(PlanStatus.OPTIMAL, placements), standing or {})
    assert check(problem, replace(plan, status=PlanStatus.FEASIBLE)) == []
    return " ".join("+".join(p.people[1:]) for p in plan.placements)


def test_the_work_is_spread_over_the_pool() -> None:
    problem = a_problem(*(a_talk(who, "s1", "s2") for who in "abcd"))

    assert sorted(chosen(problem, STARTS, "s1 s1 s1 s1").split()) == ["s1", "s1", "s2", "s2"]


def test_talks_that_stand_count() -> None:
    problem = a_problem(a_talk("a", "s1", "s2", "s3"), a_talk("b", "s1", "s2", "s3"))

    assert chosen(problem, STARTS[:2], "s1 s1", {"s1": 4, "s2": 1, "s3": 0}) in ("s3 s2", "s2 s3")


def test_nobody_is_given_a_talk_when_busy_or_in_another_or_at_the_maximum() -> None:
    busy = a_problem(
        a_talk("a", "s1", "s2"), a_talk("b", "s1", "s2"), people=(ProblemPerson("s2", ((STARTS[0], STARTS[3]),)),)
    )
    full = a_problem(a_talk("a", "s1", "s2"), a_talk("b", "s1", "s2"), people=(ProblemPerson("s2", (), 0),))
    same_time = a_problem(a_talk("a", "s1", "s2"), a_talk("b", "s1", "s2"))

    assert chosen(busy, STARTS[:2], "s1 s1") == "s1 s1"
    assert chosen(full, STARTS[:2], "s1 s1") == "s1 s1"
    assert chosen(same_time, [STARTS[0], STARTS[0]], "s1 s2", {"s1": 9}) == "s1 s2"


def test_a_plan_without_pools_stays_as_it_is() -> None:
    problem = a_problem(ProblemTalk("t", ("a", "b"), 60, needs_room=False))
    plan = Plan(PlanStatus.OPTIMAL, (Placement("t", STARTS[0], None, ("a", "b")),))

    assert balanced(problem, plan, {}) is plan


def test_a_choice_that_cannot_be_told_apart_is_left() -> None:
    two = ProblemTalk("t", ("a",), 60, any_of=(("s1", "s2"), ("s3", "s2")), needs_room=False)

    assert chosen(a_problem(two), STARTS[:1], "s1+s3", {"s1": 3}) == "s2+s3"
    assert chosen(a_problem(two), STARTS[:1], "s3+s1", {"s1": 3}) == "s3+s1"
