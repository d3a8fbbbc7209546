"""Lanes: when each is done, due or late, and what is next."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from scheduler.core.ground.working_time import WorkingTime
from scheduler.core.programme import lanes
from scheduler.core.programme.lanes import LaneFacts, LaneKey, LaneState, MarkKind, NextStep

TIME = WorkingTime(ZoneInfo("Asia/Shanghai"))
FRIDAY = date(2014, 8, 1)
SOON, FAR = date(2014, 8, 22), date(2014, 8, 25)


def day(number: int) -> date:
    return date(2014, 8, number)


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (LaneFacts(LaneKey.TALKS, 0, 0, SOON), LaneState.NOT_ASKED),
        (LaneFacts(LaneKey.TALKS, 2, 2, day(1)), LaneState.DONE),
        (LaneFacts(LaneKey.TALKS, 1, 2), LaneState.ON_TRACK),
        (LaneFacts(LaneKey.TALKS, 1, 2, SOON), LaneState.DUE),
        (LaneFacts(LaneKey.TALKS, 1, 2, FAR), LaneState.ON_TRACK),
        (LaneFacts(LaneKey.TALKS, 1, 2, date(2014, 7, 31)), LaneState.LATE),
        (LaneFacts(LaneKey.EXTENDED, 1, 2, date(2014, 7, 31), can_wait=True), LaneState.ON_TRACK),
        (LaneFacts(LaneKey.TASKS, 1, 2, FAR, is_late=True), LaneState.LATE),
        (LaneFacts(LaneKey.TASKS, 1, 2, is_over=True), LaneState.DONE),
    ],
)
def test_state_of_a_lane(facts: LaneFacts, state: LaneState) -> None:
    lane = lanes.judged(facts, FRIDAY, TIME)

    assert (lane.state, lane.key) == (state, facts.key)


def test_workdays_are_counted_after_the_day() -> None:
    assert [lanes.workdays_left(FRIDAY, day(n), TIME) for n in (1, 3, 4, 15)] == [0, 0, 1, 10]


def test_next_is_first_what_stands_in_the_way_then_what_is_due_soon() -> None:
    way = [NextStep(day(20), "study", "E1"), NextStep(day(5), "report", "E1")]
    others = [
        NextStep(day(15), "tasks", "Z2"),
        NextStep(day(18), "tasks", "Z3"),
        NextStep(day(4), "tasks", "Z1"),
        way[0],
    ]

    told = lanes.next_steps(way, others, FRIDAY, TIME)

    assert [(step.what, step.subject) for step in told] == [
        ("report", "E1"), ("study", "E1"), ("tasks", "Z1"), ("tasks", "Z2"),
    ]  # fmt: skip
    assert lanes.next_steps([], [way[1], way[1]][:1], FRIDAY, TIME) == (way[1],)


def test_marks_say_what_was_held_and_what_will_be() -> None:
    assert [mark.kind for mark in lanes.of_days([(day(1), True), (day(4), False)])] == [MarkKind.DID, MarkKind.WILL]
