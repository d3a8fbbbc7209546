"""Reasons are claims that hold: what they name is what stands in the way, and what is offered was tried."""

import json
from pathlib import Path

import pytest

from scheduler.core.ground.findings import Finding
from scheduler.core.plans.check import check
from scheduler.core.plans.placements import Plan, PlanStatus
from scheduler.core.plans.problems import PlanProblem, text_of
from scheduler.documents import problems
from scheduler.solver import bounds
from scheduler.solver.instance import compiled
from scheduler.solver.solve import solve
from tests.problems import a_person, a_problem, a_talk, at, hours

FILES = Path(__file__).parents[1] / "data" / "planner"


def answer(name: str) -> tuple[Finding, list[tuple[str, dict[str, object]]]]:
    """The one reason of the one talk without a place, and what would help."""
    problem = problems.read(json.loads((FILES / name).read_text()))
    plan = solve(problem)
    assert check(problem, plan) == []
    assert plan.status is PlanStatus.IMPOSSIBLE
    (left,) = plan.unplaced
    (reason,) = left.reasons
    assert all(repair.is_verified for repair in left.repairs)
    return reason, [(repair.kind, dict(repair.details)) for repair in left.repairs]


def test_a_talk_that_is_longer_than_any_block_can_be_shortened() -> None:
    reason, repairs = answer("longer_than_any_block.json")

    assert (reason.kind, reason.details["minutes"], reason.details["longest"]) == ("longer_than_blocks", 300, 240)
    assert repairs == [("shorten", {"minutes": 240})]


def test_a_window_that_is_shorter_than_the_talk_is_named_with_both_numbers() -> None:
    reason, repairs = answer("window_shorter_than_talk.json")

    assert (reason.kind, reason.details["minutes"], reason.details["span"]) == ("window_too_short", 60, 30)
    assert [kind for kind, _ in repairs] == ["later_end_of", "later_day", "shorten"]


def test_a_room_that_is_too_small_asks_for_one_of_that_size() -> None:
    reason, repairs = answer("room_too_small.json")

    assert (reason.kind, reason.details["size"]) == ("no_room_large_enough", 3)
    assert repairs == [("larger_room", {"size": 3})]


def test_an_order_that_ends_too_late_is_told_by_what_comes_before() -> None:
    reason, repairs = answer("order_over_two_days.json")

    assert (reason.kind, reason.subject, reason.details["after"]) == ("order_too_late", "t2", ("t1",))
    assert reason.details["first_end"] == reason.details["until"] == "2026-03-02T17:30"
    assert ("drop_order", {"after": ("t1",)}) in repairs


def test_two_sessions_that_collide_are_named() -> None:
    problem = problems.read(json.loads((FILES / "two_sessions_collide.json").read_text()))

    plan = solve(problem)

    (left,) = plan.sessions_left
    (placed,) = plan.sessions
    assert {left.talk, placed.session} == {"s1", "s2"}
    assert [(one.kind, one.details["session"]) for one in left.reasons] == [("session_in_the_way", placed.session)]
    assert (plan.status, check(problem, plan)) == (PlanStatus.IMPOSSIBLE, [])


def left_alone(problem: PlanProblem) -> Plan:
    return solve(problem, explains=False)


def test_somebody_alone_is_not_told_to_be_together() -> None:
    away = a_person("a", hours("08:00", "18:00"))

    assert bounds.talk_alone(compiled(a_problem(a_talk("t1", "a"), people=[away])), 0, 8).kind == "never_free_alone"  # type: ignore[union-attr]


def chain(*, last: str = "18:00") -> PlanProblem:
    """Three talks of an hour, one after the other, from eight on."""
    talks = (a_talk("t1", "ab"), a_talk("t2", "cd", after=("t1",)), a_talk("t3", "ef", after=("t2",), latest=last))
    return a_problem(*talks)


@pytest.mark.parametrize(("last", "first_end"), [("10:00", "10:00"), ("11:00", None)])
def test_a_chain_is_followed_to_its_beginning(last: str, first_end: str | None) -> None:
    reason = bounds.order(compiled(chain(last=last)), 2, 8)

    assert (reason and reason.details["first_end"]) == (text_of(at(first_end)) if first_end else None)


def test_a_talk_before_that_has_no_start_itself_is_no_reason() -> None:
    talks = (a_talk("t1", "ab", latest="08:30"), a_talk("t2", "cd", after=("t1",)), a_talk("t3", "ef", after=("t2",)))
    instance = compiled(a_problem(*talks))

    assert [bounds.order(instance, t, 8) for t in range(3)] == [None, None, None]
