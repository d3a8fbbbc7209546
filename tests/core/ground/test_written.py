"""Days, times and numbers as people write them."""

from datetime import UTC, date, datetime, time
from fractions import Fraction

import pytest

from scheduler.core.ground import written


@pytest.mark.parametrize(
    "text",
    [
        "2014-08-01",
        "2014/8/1",
        "2014.8.1",
        "2014年8月1日",
        "2014 年 8 月 1 日",
        "２０１４－０８－０１",
        "2014-08-01 00:00:00",
        "2014/8/1 0:00:00",
        "20140801",
        "2014年8月1日 星期五",
        "2014.8.1（周五）",
    ],
)
def test_days_are_read_the_ways_people_write_them(text: str) -> None:
    assert written.day(text) == date(2014, 8, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2014-02-30",
        "08-01",
        "2014",
        "1/8/2014",
        "yesterday",
        "0001-01-01",
        "9999-12-31",
        "2014-08-01 09:00",
        "2014-08-01 星期六",
        "20140832",
        "2014081",
    ],
)
def test_other_texts_are_no_day(text: str) -> None:
    assert written.day(text) is None


@pytest.mark.parametrize("text", ["08:30", "8:30", "８：３０", "08:30:00", "8时30分", "8点30"])
def test_times_are_read_the_ways_people_write_them(text: str) -> None:
    assert written.clock(text) == time(8, 30)


@pytest.mark.parametrize("text", ["24:00", "8", "8:5", "08:30:15", "half past eight", "-1:00"])
def test_other_texts_are_no_time(text: str) -> None:
    assert written.clock(text) is None


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("上午9:00", 9),
        ("早上8：00", 8),
        ("下午2:00", 14),
        ("下午14:00", 14),
        ("晚上8:00", 20),
        ("9点", 9),
        ("13时", 13),
        ("下午3点", 15),
        ("上午9点整", 9),
        ("2 p.m.", 14),
        ("9am", 9),
        ("中午12:00", 12),
        ("2:00PM", 14),
        ("12:00 am", 0),
        ("9:00 AM", 9),
    ],
)
def test_a_time_may_say_its_half_of_the_day(text: str, hour: int) -> None:
    assert written.clock(text) == time(hour)


@pytest.mark.parametrize(
    "text",
    [
        "3点",
        "6点半",
        "晚上12点",
        "晚12:00",
        "25点",
        "上午14:00",
        "上午12:00",
        "14:00PM",
        "0:30PM",
        "下午0:30",
        "上午9:00AM",
        "25:00下午",
    ],
)
def test_a_half_of_the_day_that_cannot_be_is_no_time(text: str) -> None:
    assert written.clock(text) is None


def test_half_an_hour_may_be_said() -> None:
    assert [written.clock(text) for text in ("9点半", "下午2时半", "9:00半", "9半")] == [
        time(9, 30),
        time(14, 30),
        None,
        None,
    ]


def test_a_day_ends_at_twenty_four() -> None:
    assert written.is_midnight("24：00")
    assert not written.is_midnight("00:00")


@pytest.mark.parametrize(
    "text", ["2014-08-20T09:00", "2014-08-20 09:00:00", "2014-08-20T9:00", "2014年8月20日 9：00", "2014/8/20 09:00"]
)
def test_moments_are_a_day_and_a_time_on_the_local_clock(text: str) -> None:
    assert written.moment(text) == datetime(2014, 8, 20, 9)  # noqa: DTZ001 - as it is typed


@pytest.mark.parametrize("text", ["2014-08-20T09:00Z", "2014-08-20T17:00+08:00", "2014-08-20 04:00-0500"])
def test_a_moment_may_say_its_offset(text: str) -> None:
    assert written.moment(text) == datetime(2014, 8, 20, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["2014-08-20", "09:00", "2014-08-20T25:00", "2014-08-20T09:00:60", "2014-08-20T09:00+99:00", "20140820T0900", ""],
)
def test_other_texts_are_no_moment(text: str) -> None:
    assert written.moment(text) is None


def test_whole_numbers_stay_within_their_bounds() -> None:
    assert [written.whole(text, 1, 60) for text in ("1", "060", "0", "61", "-5", "4.5", "四十五", "9" * 12, "")] == [
        1, 60, None, None, None, None, None, None, None
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("7", 7), ("3.5", 3.5), (" 3.25 ", 3.25), ("７学时", 7), ("7 小时", 7), ("2个小时", 2), ("1.5H", 1.5),
        ("0", None), ("0.00", None), ("-3", None), ("3.125", None), ("3,5", None), ("七", None), ("99999", None),
        ("3课时", None), ("nan", None), ("inf", None), ("1e2", None), ("", None),
    ],
)  # fmt: skip
def test_hours_are_numbers_above_nothing(text: str, hours: float | None) -> None:
    assert written.hours(text) == hours


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("2/3", Fraction(2, 3)), (" ２／３ ", Fraction(2, 3)), ("三分之二", Fraction(2, 3)), ("60%", Fraction(3, 5)), ("0.5", Fraction(1, 2)),
        ("1", Fraction(1)), ("100%", Fraction(1)), ("0", None), ("0%", None), ("3/2", None), ("1/0", None), ("1/101", None), ("半数", None),
        ("1.5", None), ("", None), ("-1/2", None),
    ],
)  # fmt: skip
def test_shares_lie_above_nothing_and_up_to_all(text: str, share: Fraction | None) -> None:
    assert written.share(text) == share


@pytest.mark.parametrize("text", ["2014-06", "2014年6月", " 2014/6 ", "２０１４-06"])
def test_a_month_is_its_first_day(text: str) -> None:
    assert written.month(text) == date(2014, 6, 1)


@pytest.mark.parametrize("text", ["2014", "2014-13", "6月", "2014-06-01", ""])
def test_what_is_no_month(text: str) -> None:
    assert written.month(text) is None
