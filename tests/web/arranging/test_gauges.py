"""How near to the limit: bars that say what is sure and what might still be gained."""

import pytest
from flask import Flask

from scheduler.core.plans.problems import Goal
from scheduler.web.arranging.gauges import gauges
from scheduler.wording.plan_quality import Quality

BLOCKS = (180, 240)


@pytest.mark.parametrize(
    ("of", "left", "values", "bounds", "expected"),
    [
        (8, 0, {Goal.UNPLACED: 0}, {Goal.UNPLACED: 0}, [("8 项全部排下", 100.0, 0.0, True)]),
        (8, 2, {Goal.UNPLACED: 2}, {}, [("排下 6 项，2 项暂时没有排下", 75.0, 25.0, False)]),
        (8, 2, {Goal.UNPLACED: 2}, {Goal.UNPLACED: 1}, [("排下 6 项，2 项暂时没有排下", 75.0, 12.5, False)]),
        (
            8,
            2,
            {Goal.UNPLACED: 2},
            {Goal.UNPLACED: 2},
            [("排下 6 项，2 项排不下，已证明没有更好的排法", 75.0, 0.0, True)],
        ),
        (
            8,
            0,
            {Goal.MOVED: 4},
            {Goal.MOVED: 3},
            [("8 项全部排下", 100.0, 0.0, True), ("改期 4 项，少于 3 项不可能", 75.0, 25.0, False)],
        ),
        (
            8,
            0,
            {Goal.MOVED: 0},
            {},
            [("8 项全部排下", 100.0, 0.0, True), ("已排的都不用改期", 100.0, 0.0, True)],
        ),
        (
            8,
            0,
            {Goal.MAKESPAN: 14},
            {Goal.MAKESPAN: 14},
            [("8 项全部排下", 100.0, 0.0, True), ("2 个半天完成，再少不可能", 100.0, 0.0, True)],
        ),
        (0, 0, {}, {}, []),
    ],
)
def test_bars_show_what_is_sure_and_what_is_open(
    site_app: Flask,
    of: int,
    left: int,
    values: dict[Goal, int],
    bounds: dict[Goal, int],
    expected: list[tuple[str, float, float, bool]],
) -> None:
    with site_app.test_request_context("/?lang=zh"):
        found = gauges(Quality(of, left, values, bounds, BLOCKS, 30))

    assert [(one.sentence, one.sure, one.open, one.is_proven) for one in found] == expected
    assert {one.note for one in found} <= {"已是最优（经验证）", "浅色：也许还能更好"}
