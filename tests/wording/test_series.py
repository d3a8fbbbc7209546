"""Series of sessions as sentences."""

from datetime import date

import pytest

from scheduler import wording
from scheduler.core.ground.findings import Finding
from scheduler.core.sessions.series import RepairKind, SeriesRepair, half_days
from tests.builders import a_room

(WED_PM,) = half_days("Wed-pm")


def test_half_days_read_in_the_order_of_the_week() -> None:
    assert wording.half_days_text(half_days("Fri") | {WED_PM}) == "周三下午、周五上午、周五下午"
    assert wording.half_days_text([WED_PM], "en") == "Wed afternoon"


@pytest.mark.parametrize(
    ("repair", "chinese", "english"),
    [
        (SeriesRepair(RepairKind.HALF_DAY, WED_PM, 0), "加上周三下午", "Take Wed afternoons too"),
        (SeriesRepair(RepairKind.APART, 3, 2), "间隔改为至少 3 天（缺席 2 人次）", "At least 3 days apart (2 missed)"),
        (SeriesRepair(RepairKind.PER_WEEK, 2, 0), "每周至多改为 2 次", "At most 2 a week"),
        (
            SeriesRepair(RepairKind.LAST, date(2014, 8, 20), 1),
            "截止日期延到8月20日（周三）（缺席 1 人次）",
            "Until 20 Aug (Wed) (1 missed)",
        ),
        (SeriesRepair(RepairKind.COUNT, 4, 0), "只排 4 次", "Only 4 sessions"),
    ],
)
def test_a_repair_says_what_to_ask_differently(repair: SeriesRepair, chinese: str, english: str) -> None:
    assert (wording.repair_text(repair), wording.repair_text(repair, "en")) == (chinese, english)


@pytest.mark.parametrize(
    ("reason", "chinese", "english"),
    [
        (Finding("series_days", "x", {"most": 2}), "可选的日子只有 2 天", "There are only 2 possible days"),
        (
            Finding("series_apart", "x", {"most": 2, "apart": 7}),
            "至少间隔 7 天，只排得下 2 次",
            "At least 7 days apart leaves room for only 2",
        ),
        (
            Finding("series_per_week", "x", {"most": 2, "per_week": 1}),
            "每周至多 1 次，只排得下 2 次",
            "At most 1 a week leaves room for only 2",
        ),
        (
            Finding("series_both", "x", {"most": 2, "per_week": 1, "apart": 3}),
            "至少间隔 3 天且每周至多 1 次，只排得下 2 次",
            "At least 3 days apart and at most 1 a week leave room for only 2",
        ),
        (
            Finding("series_people", "x", {"days": 1, "of": 5}),
            "5 个可选日子中，必须到会的人都在、且无人另有安排的只有 1 天",
            "On only 1 of 5 possible days are all who must come there, and nobody is booked elsewhere",
        ),
        (
            Finding("series_person", "p02", {"days": 3, "of": 5, "name": "陈国梁"}),
            "陈国梁：5 天中有 3 天排不开",
            "陈国梁 is not free on 3 of 5 days",
        ),
        (
            Finding("series_room", "R02", {"days": 1, "of": 5, "name": a_room("R02", "会议室", name_en="Room 1")}),
            "会议室：5 天中只有 1 天空着",
            "Room 1 is free on only 1 of 5 days",
        ),
        (
            Finding("series_room", "2014-07-01", {"days": 1, "of": 5}),
            "5 天中只有 1 天有场地",
            "There is a room on only 1 of 5 days",
        ),
        (Finding("series_no_room", "x"), "没有容得下的场地", "No room is large enough"),
    ],
)
def test_a_reason_says_why_not_all_can_be(reason: Finding, chinese: str, english: str) -> None:
    assert (wording.text(reason), wording.text(reason, "en")) == (chinese, english)


def test_sessions_are_counted_in_their_titles() -> None:
    assert wording.series_title("study_session") == "第{n}次集中学习"
