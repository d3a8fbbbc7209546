"""What the order of talks leaves each of them."""

from scheduler.core.plans.grid import steps_of
from scheduler.core.plans.problems import PlanProblem
from scheduler.solver import bounds, chains
from scheduler.solver.instance import compiled
from tests.problems import a_person, a_problem, a_room, a_session, a_talk, hours

ROOMS = [a_room(f"R{n}") for n in range(3)]


def left(problem: PlanProblem, horizon: int = 8) -> list[tuple[int, int]]:
    """The first and the last start of each talk."""
    found = [steps_of(mask) for mask in chains.starts(compiled(problem), horizon)]
    return [(starts[0], starts[-1]) for starts in found if starts]


def test_each_waits_for_the_one_before_and_leaves_time_for_the_next() -> None:
    talks = (a_talk("t1", "ab"), a_talk("t2", "cd", 120, after=("t1",)), a_talk("t3", "ef", after=("t2",)))

    # Two hours do not go over noon: t2 starts at 9, 10, 14, 15 or 16 o'clock.
    assert left(a_problem(*talks, rooms=ROOMS)) == [(0, 4), (1, 5), (3, 7)]
    assert left(a_problem(*talks, rooms=ROOMS), 4) == [(0, 0), (1, 1), (3, 3)]


def test_whoever_is_in_several_before_holds_one_after_the_other() -> None:
    # p meets a, b and c before t4, busy from nine to ten: three free steps are gone at twelve.
    talks = [a_talk(f"t{n}", "p" + one) for n, one in enumerate("abc")]
    busy = a_person("p", hours("09:00", "10:00"))
    problem = a_problem(*talks, a_talk("t4", "xy", after=("t0", "t1", "t2")), people=[busy], rooms=ROOMS)

    assert left(problem)[3] == (4, 7)
    assert left(problem, 5)[0] == (0, 3)
    assert bounds.lowest(compiled(problem)).horizon == 5


def test_whoever_is_in_several_after_needs_them_all() -> None:
    talks = [a_talk(f"t{n}", "p" + one, after=("first",)) for n, one in enumerate("abc")]
    problem = a_problem(a_talk("first", "xy"), *talks, rooms=ROOMS)

    assert left(problem)[0] == (0, 4)
    assert [len(left(problem, horizon)) for horizon in (4, 3)] == [4, 3]

    reason = bounds.orders(compiled(problem), 3)

    assert reason
    assert (reason.kind, reason.subject, reason.details["before"]) == ("order_too_early", "first", ("t0", "t1", "t2"))
    assert (reason.details["first_end"], reason.details["last_start"]) == ("2026-03-02T09:00", "2026-03-02T08:00")


def test_more_after_than_there_are_steps() -> None:
    talks = [a_talk(f"t{n}", "p" + one, after=("first",)) for n, one in enumerate("abc")]

    assert left(a_problem(a_talk("first", "xy"), *talks, rooms=ROOMS), 2) == [(1, 1)] * 3


def test_sessions_know_no_horizon() -> None:
    problem = a_problem(a_talk("t1", "ab"), a_talk("t2", "cd", after=("t1",)), sessions=[a_session(windows=("14:00",))])

    assert left(problem, 3)[2] == (4, 4)
