"""How near to the limit a plan is, in words."""

import pytest

from scheduler.core.plans.problems import Goal
from scheduler.wording.plan_quality import Quality, sentences

UNPLACED, MOVED, MAKESPAN = Goal.UNPLACED, Goal.MOVED, Goal.MAKESPAN


def quality(
    values: dict[Goal, int], bounds: dict[Goal, int], of: int = 8, left: int = 0, blocks: tuple[int, ...] = (180, 240)
) -> Quality:
    return Quality(of, left, values, bounds, blocks, 30)


@pytest.mark.parametrize(
    ("value", "bound", "zh", "en"),
    [
        (36, 36, "6 个半天完成，再少不可能", "Done in 6 half-days; fewer is impossible"),
        (
            36, 35,
            "6 个半天完成，再少不可能；最后一段里最多还可能提前 1 格（每格 30 分钟）",
            "Done in 6 half-days; fewer is impossible; within the last at most 1 step of 30 minutes earlier",
        ),
        (
            36, 20,
            "6 个半天完成，最多还可能提前 16 格（每格 30 分钟）",
            "Done in 6 half-days; at most 16 steps of 30 minutes earlier is possible",
        ),
        (2, 0, "1 个半天完成，还没有证明最少", "Done in 1 half-day; not proven to be the fewest"),
    ],
)  # fmt: skip
def test_time_is_told_in_half_days(value: int, bound: int, zh: str, en: str) -> None:
    found = quality({UNPLACED: 0, MAKESPAN: value}, {UNPLACED: 0, MAKESPAN: bound})

    assert sentences(found) == ["8 项全部排下", zh]
    assert sentences(found, "en") == ["All 8 placed", en]


def test_a_day_of_one_block_is_a_day() -> None:
    found = quality({MAKESPAN: 17}, {MAKESPAN: 17}, blocks=(480,))

    assert sentences(found)[1] == "2 天完成，再少不可能"
    assert sentences(found, "en")[1] == "Done in 2 days; fewer is impossible"


@pytest.mark.parametrize(
    ("value", "bound", "zh", "en"),
    [
        (0, 0, "已排的都不用改期", "No booked talk has to change its time"),
        (3, 3, "改期 3 项，再少不可能", "3 moves; fewer is impossible"),
        (3, 1, "改期 3 项，少于 1 项不可能", "3 moves; fewer than 1 is impossible"),
        (1, 0, "改期 1 项，还没有证明最少", "1 move; not proven to be the fewest"),
    ],
)
def test_changes_are_counted(value: int, bound: int, zh: str, en: str) -> None:
    found = quality({UNPLACED: 0, MOVED: value, MAKESPAN: 9}, {UNPLACED: 0, MOVED: bound, MAKESPAN: 9})

    assert sentences(found) == ["8 项全部排下", zh]
    assert sentences(found, "en")[1] == en


def test_what_has_no_place_is_told_first_and_whether_it_can_have_one() -> None:
    proven = quality({UNPLACED: 2, MAKESPAN: 4}, {UNPLACED: 2, MAKESPAN: 4}, left=2)
    open_ = quality({UNPLACED: 2, MAKESPAN: 4}, {UNPLACED: 1, MAKESPAN: 4}, left=2)

    assert sentences(proven) == ["排下 6 项，2 项排不下，已证明没有更好的排法"]
    assert sentences(proven, "en") == ["6 placed, 2 without a place; no plan does better"]
    assert sentences(open_) == ["排下 6 项，2 项暂时没有排下"]
    assert sentences(open_, "en") == ["6 placed; no place found yet for 2"]


def test_of_nothing_nothing_is_said() -> None:
    assert sentences(quality({}, {}, of=0)) == []
    assert sentences(quality({}, {})) == ["8 项全部排下"]
