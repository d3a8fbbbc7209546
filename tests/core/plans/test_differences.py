from scheduler.core.plans.differences import Difference, Moved, difference
from tests.problems import a_plan, a_talk, placed

T1, T2, T3, T4 = (a_talk(f"t{number}") for number in (1, 2, 3, 4))


def test_difference_tells_new_moved_changed_and_gone() -> None:
    before = a_plan(placed(T1, "08:00"), placed(T2, "09:00"), placed(T3, "10:00"))
    after = a_plan(placed(T2, "11:00"), placed(T3, "10:00", "R2"), placed(T4, "08:00"))

    assert difference(before, after) == Difference(
        new=(placed(T4, "08:00"),),
        moved=(Moved(placed(T2, "09:00"), placed(T2, "11:00")),),
        changed=(Moved(placed(T3, "10:00"), placed(T3, "10:00", "R2")),),
        gone=(placed(T1, "08:00"),),
    )


def test_the_same_plan_is_no_difference() -> None:
    plan = a_plan(placed(T1, "08:00", people="ab"))

    assert not difference(plan, a_plan(placed(T1, "08:00", people="ba")))
    assert difference(plan, a_plan(placed(T1, "08:00", people="ac")))
