"""A roll call taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.core.sessions.roll_call_texts import RollCallText, Said, Section, read
from scheduler.core.sessions.study import Attended

HERE, LEAVE, ABSENT, LATE = Attended.ATTENDED, Attended.ON_LEAVE, Attended.ABSENT, Attended.LATE


def said(text: str) -> list[tuple[str, str]]:
    return [(one.text, one.status.value) for one in read(text).said]


def test_usual_roll_call_is_read() -> None:
    text = "应到6人，实到3人。\n出席：张三、李四，王　五\n请假：赵六（出差）；孙七\n缺席：无\n列席：周八"

    assert read(text) == RollCallText(
        (
            Said("张三", HERE), Said("李四", HERE), Said("王 五", HERE), Said("赵六", LEAVE), Said("孙七", LEAVE),
            Said("周八", Attended.OBSERVER),
        ),
        (), None, 6, 3, (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("参加人员：张三/李四", [("张三", "attended"), ("李四", "attended")]),
        ("到会 张三、李四 病假 王五", [("张三", "attended"), ("李四", "attended"), ("王五", "on_leave")]),
        ("出席:张三(迟到)、李四", [("张三", "late"), ("李四", "attended")]),
        ("王五因病请假，赵六缺席。", [("王五", "on_leave"), ("赵六", "absent")]),
        ("事假：王五\n旷课：赵六\n早退：孙七", [("王五", "on_leave"), ("赵六", "absent"), ("孙七", "left_early")]),
        ("未参加：王五同志", [("王五", "absent")]),
        ("Present: Ann Lee, Bo; Absent: Cy", [("Ann Lee", "attended"), ("Bo", "attended"), ("Cy", "absent")]),
        ("缺席：—", []),
        ("同志：出席：同志", [("同志", "attended")]),
        ("", []),
    ],
)
def test_words_separators_and_remarks_are_understood(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected


def test_numbers_of_headings_are_kept_with_the_names_below() -> None:
    found = read("出席（3人）：张三、李四\n请假2人：王五、赵六\n缺席：孙七等1人")

    assert found.sections == (Section(HERE, 3, 2), Section(LEAVE, 2, 2))
    assert said("缺席：孙七，共1人") == [("孙七", "absent")]
    assert read("缺席：孙七，共1人").sections == (Section(ABSENT, 1, 1),)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("请假：王五。其余均出席", HERE),
        ("请假：王五，出席：其余人员", HERE),
        ("其他人员到会，王五请假", HERE),
        ("全体到齐", HERE),
        ("其余缺席", ABSENT),
        ("迟到：其余", LATE),
        ("请假：王五", None),
    ],
)
def test_the_rest_is_understood(text: str, rest: Attended | None) -> None:
    assert read(text).rest is rest


def test_what_stands_under_no_heading_is_left_aside() -> None:
    found = read("8月5日集中学习点名，地点第一会议室\n出席：张三")

    assert found.aside == ("8月5日集中学习点名", "地点第一会议室")
    assert [one.text for one in found.said] == ["张三"]


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(read(text), RollCallText)


@given(st.text(alphabet="出席请假缺迟到应实张三李四王五、，：；（）()人 12\n　其余均因病", max_size=120))
def test_any_roll_call_like_text_is_read(text: str) -> None:
    assert all(one.text for one in read(text).said)
