"""What was corrected, as people read it."""

from datetime import date

import pytest

from scheduler import wording
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.ids import PersonId
from scheduler.core.papers.known import FactChange, Said
from tests.builders import at

NAMES = {PersonId("p01"): "沈维岳", PersonId("p02"): "陈国梁"}
AT = at("2014-08-05T09:00")
DAY = date(2014, 6, 13)
BOTH = (PersonId("p01"), PersonId("p02"))


def told(change: FactChange, lang: str = "zh") -> str:
    return wording.change_text(change, lambda person: NAMES[person], lang)


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ({"start": "2014-06-13T09:00"}, {"start": "2014-06-14T15:30"}, "时间 2014年6月13日 9:00 → 2014年6月14日 15:30"),
        ({"minutes": 45}, {"minutes": 60}, "时长 45 分钟 → 60 分钟"),
        ({"people": ["p01"]}, {"people": ["p01", "p02"]}, "人员 沈维岳 → 沈维岳、陈国梁"),
        ({"mode": "face_to_face"}, {"mode": "phone"}, "方式 面谈 → 电话"),
        ({"hours": None}, {"hours": 1.5}, "学时 无 → 1.5"),
        ({"rule_sets": []}, {"rule_sets": ["RS1", "RS2"]}, "谈话方案 无 → RS1、RS2"),
    ],
)
def test_what_differs_is_said_in_words(before: Said, after: Said, text: str) -> None:
    change = FactChange("booking", "T001", AT, before, after, Kind.TALK, DAY, BOTH)

    assert told(change) == f"T001 谈心谈话（6月13日、沈维岳、陈国梁）：{text}"


def test_what_is_new_or_gone_is_said_with_what_it_says() -> None:
    entry = {"status": "made_up", "makeup_date": "2014-07-02"}

    new = FactChange("attendance", "S01", AT, None, entry, Kind.STUDY_SESSION, DAY, BOTH[:1])
    gone = FactChange("task", "Z01", AT, {"state": "under_way", "due": "2014-10-31"}, None)
    assert told(new) == "S01 集中学习（6月13日、沈维岳）：后来登记（补课）"
    assert told(gone) == "Z01 整改任务：后来删去（推进中、2014年10月31日）"


def test_a_milestone_is_called_by_its_name() -> None:
    moved = FactChange("milestone", "democratic_life_meeting", AT, {"day": "2014-08-20"}, {"day": "2014-08-22"})

    assert told(moved) == "时间节点 民主生活会：日期 2014年8月20日 → 2014年8月22日"
    assert "20 August 2014 → 22 August 2014" in told(moved, "en")
