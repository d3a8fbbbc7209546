"""Days and times as people read them."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from scheduler import wording
from scheduler.wording import times
from scheduler.wording.readers import local

MEETING = datetime(2014, 8, 27, 13, 30)  # noqa: DTZ001 - told in the zone it carries
TALK = datetime(2014, 8, 5, 9, 0)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("hour", "minute", "zh", "en"),
    [
        (8, 30, "上午8:30", "8:30 a.m."),
        (0, 5, "上午0:05", "12:05 a.m."),
        (12, 0, "中午12:00", "12:00 p.m."),
        (13, 30, "下午1:30", "1:30 p.m."),
        (17, 59, "下午5:59", "5:59 p.m."),
        (19, 0, "晚上7:00", "7:00 p.m."),
    ],
)
def test_a_notice_names_day_weekday_and_half_of_the_day(hour: int, minute: int, zh: str, en: str) -> None:
    moment = MEETING.replace(hour=hour, minute=minute)

    assert wording.notice_text(moment) == f"2014年8月27日（星期三）{zh}"
    assert wording.notice_text(moment, "en") == f"Wednesday 27 August 2014, {en}"


@pytest.mark.parametrize(
    ("start", "end", "zh", "en"),
    [
        ((9, 0), (9, 45), "上午9:00—9:45", "9:00–9:45 a.m."),
        ((11, 30), (12, 15), "上午11:30—中午12:15", "11:30 a.m.–12:15 p.m."),
        ((17, 30), (18, 15), "下午5:30—晚上6:15", "5:30–6:15 p.m."),
    ],
)
def test_a_stretch_in_running_text_names_each_half_of_the_day_once(
    start: tuple[int, int], end: tuple[int, int], zh: str, en: str
) -> None:
    first, last = (MEETING.replace(hour=hour, minute=minute) for hour, minute in (start, end))

    assert wording.long_span_text(first, last) == f"2014年8月27日（星期三）{zh}"
    assert wording.long_span_text(first, last, "en") == f"Wednesday 27 August 2014, {en}"


def test_a_stretch_over_days_names_both_in_full() -> None:
    told = wording.long_span_text(TALK, MEETING)

    assert told == "2014年8月5日（星期二）上午9:00—2014年8月27日（星期三）下午1:30"
    assert wording.long_span_text(TALK, MEETING, "en") == (
        "Tuesday 5 August 2014, 9:00 a.m. – Wednesday 27 August 2014, 1:30 p.m."
    )


def test_moments_are_short_on_pages() -> None:
    assert wording.moment_text(TALK) == "8月5日 周二 9:00"
    assert wording.moment_text(TALK, "en") == "Tue 5 Aug 9:00"
    assert wording.span_text(TALK, TALK.replace(minute=45)) == "8月5日 周二 9:00–9:45"
    assert wording.span_text(TALK, TALK.replace(minute=45), "en") == "Tue 5 Aug 9:00–9:45"
    assert wording.span_text(TALK, MEETING) == "8月5日 周二 9:00—8月27日 周三 13:30"
    assert wording.span_text(TALK, MEETING, "en") == "Tue 5 Aug 9:00 – Wed 27 Aug 13:30"


def test_a_table_over_years_says_the_year() -> None:
    assert wording.stamp_text(MEETING) == "2014年8月27日 13:30"
    assert wording.stamp_text(TALK, "en") == "5 Aug 2014 9:00"


def test_hours_end_at_24_rather_than_at_0() -> None:
    assert wording.hours_text(time(9, 0), time(9, 45)) == "9:00–9:45"
    assert wording.hours_text(time(22, 0), time(0, 0)) == "22:00–24:00"
    assert wording.time_text(time(9, 5)) == "9:05"


def test_days_with_and_without_year() -> None:
    day = date(2014, 8, 15)

    assert (wording.day_text(day), wording.day_text(day, "en")) == ("8月15日", "15 Aug")
    assert (wording.date_text(day), wording.date_text(day, "en")) == ("2014年8月15日", "15 August 2014")
    assert (wording.weekday_text(day), wording.weekday_text(day, "en")) == ("周五", "Fri")


@pytest.mark.parametrize(
    ("first", "last", "zh", "en"),
    [
        ("2014-08-06", "2014-08-06", "8月6日", "6 Aug"),
        ("2014-07-07", "2014-07-18", "7月7日—18日", "7–18 Jul"),
        ("2014-06-23", "2014-07-02", "6月23日—7月2日", "23 Jun – 2 Jul"),
        ("2014-12-30", "2015-01-02", "2014年12月30日—2015年1月2日", "30 December 2014 – 2 January 2015"),
    ],
)
def test_ranges_say_no_more_than_needed(first: str, last: str, zh: str, en: str) -> None:
    days = date.fromisoformat(first), date.fromisoformat(last)

    assert (wording.days_text(*days), wording.days_text(*days, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        (None, "", ""),
        ("2014", "2014年", "2014"),
        ("2014-H1", "2014年上半年", "first half of 2014"),
        ("2014-H2", "2014年下半年", "second half of 2014"),
        ("2014-Q3", "2014年第三季度", "Q3 2014"),
        ("2014-T1", "2014年第一学期", "first term of 2014"),
        ("2014-T2", "2014年第二学期", "second term of 2014"),
        ("2014-07", "2014年7月", "July 2014"),
        ("2014-07-07/2014-07-13", "7月7日—13日", "7–13 Jul"),
        ("../2014-07-13", "截至7月13日", "up to 13 Jul"),
        ("2014-07-07/..", "自7月7日起", "from 7 Jul"),
        ("../..", "不限期", "at any time"),
    ],
)
def test_periods_are_spelt_out(period: str | None, zh: str, en: str) -> None:
    assert (wording.period_text(period), wording.period_text(period, "en")) == (zh, en)


def test_a_day_is_told_with_its_name_in_the_order_of_each_language() -> None:
    assert wording.dated_text(TALK.date()) == "8月5日 周二"
    assert wording.dated_text(TALK.date(), "en") == "Tue 5 Aug"
    assert wording.dated_text(TALK.date(), with_year=True) == "2014年8月5日 周二"
    assert wording.dated_text(TALK.date(), "en", with_year=True) == "Tue 5 August 2014"


def test_both_moments_of_an_autumn_night_are_shown_apart() -> None:
    first, second = (datetime(2014, 11, 2, 1, 30, fold=fold, tzinfo=ZoneInfo("America/New_York")) for fold in (0, 1))

    assert [times.time_text(moment) for moment in (first, second)] == ["1:30 (EDT)", "1:30 (EST)"]
    assert local(second, ZoneInfo("America/New_York")) == "2014-11-02T01:30-05:00"
    assert local(second, ZoneInfo("Asia/Shanghai")) == "2014-11-02T14:30"
