from datetime import date

from scheduler.core.arranging.calendar import PlanCalendar
from scheduler.core.arranging.facts import PlanningReach
from scheduler.core.plans.problems import Stretch, wall

DAYS = (date(2014, 7, 1), date(2014, 7, 2))


def a_calendar(**busy: list[Stretch]) -> PlanCalendar:
    reach = PlanningReach(wall(DAYS[0], 0), wall(DAYS[1], 24 * 60), DAYS)
    return PlanCalendar.of(reach, ((540, 720), (840, 900)), 60, busy)


def on(day: date, opens: int, closes: int) -> Stretch:
    return wall(day, opens), wall(day, closes)


def test_starts_lie_within_the_window_and_a_block() -> None:
    calendar = a_calendar()
    whole = (wall(DAYS[0], 0), wall(DAYS[1], 0))

    assert (calendar.steps(61), calendar.starts(1, whole), calendar.starts(2, whole)) == (2, 0b1111, 0b11)
    assert calendar.starts(1, on(DAYS[0], 541, 840)) == 0b110


def test_people_and_somebody_of_a_pool_have_to_be_free() -> None:
    calendar = a_calendar(a=[on(DAYS[0], 540, 600)], b=[on(DAYS[0], 600, 720)], c=[on(DAYS[0], 0, 24 * 60)])
    whole = on(DAYS[0], 0, 24 * 60)

    assert calendar.common_starts(["a"], [], 1, whole) == 0b1110
    assert calendar.common_starts(["a"], ["b", "c"], 1, whole) == 0b1000
    assert calendar.days_of(0b1000) == [DAYS[0]]
    assert calendar.days_of(0b110000) == [DAYS[1]]
