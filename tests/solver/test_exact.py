"""The exact model: what each solution of it is."""

from scheduler.core.plans.check import check
from scheduler.core.plans.placements import PlanStatus
from scheduler.core.plans.problems import PlanProblem
from scheduler.solver import answers, search
from scheduler.solver.decisions import Decision
from scheduler.solver.exact import NO_OTHERS, SlotModel
from scheduler.solver.instance import compiled
from scheduler.solver.items import Others, SlotChoice, SlotItem
from scheduler.solver.watch import Watch
from tests.problems import a_person, a_problem, a_room, a_session, a_talk, hours

MORNING = ((8 * 60, 12 * 60),)
"""Steps 0 to 3."""


def choices(problem: PlanProblem, *starts: int, others: Others = NO_OTHERS) -> dict[int, SlotChoice] | None:
    """Where items with these starts go, the first of all talks and sessions; checked if they are all."""
    instance = compiled(problem)
    model = SlotModel(instance, [SlotItem(t, mask) for t, mask in enumerate(starts)], others)
    solution = search.run(model.model, seed=1, watch=Watch()).solution
    if solution is None:
        return None
    if len(starts) == instance.count:
        assert (
            check(
                problem,
                answers.plan(
                    instance, Decision(model.choices(solution), 0, 0, False).schedule(instance), PlanStatus.FEASIBLE
                ),
            )
            == []
        )
    return model.choices(solution)


def test_people_are_in_one_place() -> None:
    problem = a_problem(a_talk("t1", "ab"), a_talk("t2", "ac", minutes=120), rooms=[a_room("R1"), a_room("R2")])

    assert choices(problem, 0b10, 0b101) == {0: SlotChoice(1), 1: SlotChoice(2)}
    assert choices(problem, 0b10, 0b11) is None


def test_rooms_are_counted_together_with_those_who_stay() -> None:
    talks = [a_talk("t1", "ab"), a_talk("t2", "cd"), a_talk("t3", "ef", needs_room=False)]
    problem = a_problem(*talks, blocks=MORNING)

    assert choices(problem, 0b11, 0b11, 0b1) in (
        {0: SlotChoice(0), 1: SlotChoice(1), 2: SlotChoice(0)},
        {0: SlotChoice(1), 1: SlotChoice(0), 2: SlotChoice(0)},
    )
    assert choices(problem, 0b1, 0b1) is None
    assert choices(problem, 0b11, others=Others({1: 0, 2: 1})) == {0: SlotChoice(1)}


def test_rooms_that_differ_are_chosen_by_name() -> None:
    rooms = [a_room("R1", hours("08:00", "09:00")), a_room("R2", capacity=2)]
    talks = [a_talk("t1", "ab"), a_talk("t2", "cde"), a_talk("t3", "fg", needs_room=False)]
    problem = a_problem(*talks, rooms=rooms, blocks=MORNING)

    assert choices(problem, 0b10, 0b10, 0b10) == {0: SlotChoice(1, (), 1), 1: SlotChoice(1, (), 0), 2: SlotChoice(1)}
    assert choices(problem, 0b1, 0b10) == {0: SlotChoice(0, (), 1), 1: SlotChoice(1, (), 0)}


def test_a_pool_whose_people_are_all_busy_sends_nobody() -> None:
    talk = a_talk("t1", "ab", any_of=(("c", "d"), ("d",)))
    problem = a_problem(talk, people=[*map(a_person, "abc"), a_person("d", hours("08:00", "09:00"))])

    assert choices(problem, 0b1) is None
    assert choices(problem, 0b11) == {0: SlotChoice(1, (2, 3))}


def test_the_day_maximum_holds_for_those_who_are_chosen() -> None:
    talks = [a_talk("t1", "ab", any_of=(("c",),)), a_talk("t2", "cd")]
    problem = a_problem(*talks, people=[a_person("c", most=1)], rooms=[a_room("R1"), a_room("R2")], days=2)

    assert choices(problem, 0b1, 0b10) is None
    found = choices(problem, 0b1, 1 << 8)
    assert found is not None
    assert [one.start for one in found.values()] == [0, 8]


def test_order_is_kept_among_items_and_sessions_do_not_count_for_the_day_maximum() -> None:
    talks = [a_talk("t1", "ab", after=("t2",)), a_talk("t2", "cd", minutes=120)]
    session = a_session("s1", "ae", windows=("14:00",))
    problem = a_problem(*talks, people=[a_person("a", most=1)], sessions=[session])

    assert choices(problem, 0b11, 0b1) is None
    assert choices(problem, 0b111, 0b1, 1 << 4) == {0: SlotChoice(2), 1: SlotChoice(0), 2: SlotChoice(4)}
    assert choices(problem, 0b1) == {0: SlotChoice(0)}  # what it waits for is no item
