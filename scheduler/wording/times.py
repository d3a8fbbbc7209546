"""Days and times as people read them. Moments are told in the zone they carry: turn them into the organisation's first."""

from datetime import date, datetime, time

from scheduler.core.ground.spans import shown_twice
from scheduler.wording.texts import say, within, words

_WEEKDAYS = words("short", dict(enumerate(("周一", "周二", "周三", "周四", "周五", "周六", "周日"))))
_LONG_WEEKDAYS = words("long", dict(enumerate(("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"))))
_MONTHS = words(
    "short", dict(enumerate(("1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"), 1))
)
_LONG_MONTHS = words(
    "long", dict(enumerate(("1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"), 1))
)
_PARTS = {
    "": "%(year)s年",
    "H1": "%(year)s年上半年",
    "H2": "%(year)s年下半年",
    "T1": "%(year)s年第一学期",
    "T2": "%(year)s年第二学期",
    "Q1": "%(year)s年第一季度",
    "Q2": "%(year)s年第二季度",
    "Q3": "%(year)s年第三季度",
    "Q4": "%(year)s年第四季度",
}
"""Parts of a year that are no months."""


def time_text(moment: time | datetime) -> str:
    """A time of day: `9:00`, in every language; `1:30 (UTC-5)` in the night in which the clocks show it twice."""
    shown = f"{moment.hour}:{moment.minute:02}"
    return f"{shown} ({moment.tzname()})" if isinstance(moment, datetime) and shown_twice(moment) else shown


def hours_text(start: time | datetime, end: time | datetime) -> str:
    """From a time to a time of one day: `9:00–9:45`. Midnight at the end is `24:00`."""
    return f"{time_text(start)}–{time_text(end) if (end.hour, end.minute) != (0, 0) else '24:00'}"


def day_text(day: date, lang: str = "zh") -> str:
    """A day within the year: `8月15日`, `15 Aug`."""
    return say("%(month)s%(day)s日", lang, month=say(_MONTHS[day.month], lang), day=day.day)


def month_text(day: date, lang: str = "zh") -> str:
    """The month of a day: `8月`, `August`."""
    return say(_LONG_MONTHS[day.month], lang)


def date_text(day: date, lang: str = "zh") -> str:
    """A day with its year: `2014年8月15日`, `15 August 2014`."""
    text = "%(year)s年%(month)s%(day)s日"
    return say(text, lang, year=day.year, month=month_text(day, lang), day=day.day)


def weekday_text(day: date, lang: str = "zh") -> str:
    """The short name of the day of the week: `周二`, `Tue`."""
    return say(_WEEKDAYS[day.weekday()], lang)


def dated_text(day: date, lang: str = "zh", *, with_year: bool = False) -> str:
    """A day with its name: `8月5日 周二`, `Tue 5 Aug`; with its year `2014年8月5日 周二`, `Tue 5 August 2014`."""
    told = date_text(day, lang) if with_year else day_text(day, lang)
    return say("%(day)s %(weekday)s", lang, day=told, weekday=weekday_text(day, lang))


def days_text(first: date, last: date, lang: str = "zh") -> str:
    """From a day to a day, both included, no longer than needed: `7月7日—18日`, `7–18 Jul`; with years when they differ."""
    if first == last:
        return day_text(first, lang)
    if first.year != last.year:
        return _from_to(date_text(first, lang), date_text(last, lang), lang)
    if first.month != last.month:
        return _from_to(day_text(first, lang), day_text(last, lang), lang)
    month = say(_MONTHS[first.month], lang)
    return say("%(month)s%(first)s日—%(last)s日", lang, month=month, first=first.day, last=last.day)


def _from_to(first: str, last: str, lang: str) -> str:
    return say("%(first)s—%(last)s", lang, first=first, last=last)


def moment_text(moment: datetime, lang: str = "zh") -> str:
    """A moment, short: `8月5日 周二 9:00`, `Tue 5 Aug 9:00`."""
    return f"{dated_text(moment, lang)} {time_text(moment)}"


def stamp_text(moment: datetime, lang: str = "zh") -> str:
    """A moment of any year, for a table: `2014年8月5日 9:00`, `5 Aug 2014 9:00`."""
    month, time_of_day = say(_MONTHS[moment.month], lang), time_text(moment)
    text = "%(year)s年%(month)s%(day)s日 %(time)s"
    return say(text, lang, year=moment.year, month=month, day=moment.day, time=time_of_day)


def span_text(start: datetime, end: datetime, lang: str = "zh") -> str:
    """A stretch, short: `8月5日 周二 9:00–9:45`; over several days both ends in full."""
    if start.date() == end.date():
        return f"{moment_text(start, lang)}–{time_text(end)}"
    return _from_to(moment_text(start, lang), moment_text(end, lang), lang)


def notice_text(moment: datetime, lang: str = "zh") -> str:
    """A moment as a notice writes it: `2014年8月27日（星期三）下午1:30`, `Wednesday 27 August 2014, 1:30 p.m.`"""
    day, half, clock = _long_day(moment, lang), _half(moment, lang), _clock(moment, lang)
    return say("%(day)s%(half)s%(time)s", lang, day=day, half=half, time=clock)


def long_span_text(start: datetime, end: datetime, lang: str = "zh") -> str:
    """A stretch in running text: `2014年8月5日（星期二）上午9:00—9:45`, `Tuesday 5 August 2014, 9:00–9:45 a.m.`"""
    if start.date() != end.date():
        return _from_to(notice_text(start, lang), notice_text(end, lang), lang)
    day, half, other_half = _long_day(start, lang), _half(start, lang), _half(end, lang)
    text = "%(day)s%(half)s%(start)s—%(end)s"
    if half != other_half:
        text = "%(day)s%(half)s%(start)s—%(other_half)s%(end)s"
    values = {"start": _clock(start, lang), "end": _clock(end, lang)}
    return say(text, lang, day=day, half=half, other_half=other_half, **values)


def _long_day(moment: datetime, lang: str) -> str:
    weekday = say(_LONG_WEEKDAYS[moment.weekday()], lang)
    return say("%(date)s（%(weekday)s）", lang, date=date_text(moment, lang), weekday=weekday)


def _half(moment: datetime, lang: str) -> str:
    """Which part of the day it is; some languages tell fewer of them apart."""
    if moment.hour == 12:
        return say(within("clock", "中午"), lang)
    if moment.hour < 12:
        return say(within("clock", "上午"), lang)
    return say(within("clock", "下午") if moment.hour < 18 else within("clock", "晚上"), lang)


def _clock(moment: datetime, lang: str) -> str:
    """A time of a day's half; noon is 12:00."""
    if moment.hour == 0:
        return say(within("clock", "0:%(minute)s"), lang, minute=f"{moment.minute:02}")
    return f"{moment.hour % 12 or 12}:{moment.minute:02}"


def period_text(period: str | None, lang: str = "zh") -> str:
    """A calendar period: `2014`, `2014-H2`, `2014-Q3`, `2014-T1`, `2014-07` or two dates joined by `/`; empty for the whole window."""
    if not period:
        return ""
    if "/" in period:
        return _stretch(period, lang)
    year, _, part = period.partition("-")
    if part in _PARTS:
        return say(_PARTS[part], lang, year=year)
    return say("%(year)s年%(month)s", lang, year=year, month=say(_LONG_MONTHS[int(part)], lang))


def _stretch(period: str, lang: str) -> str:
    """Two dates joined by `/`; an end that is open is `..`."""
    first, last = (None if text == ".." else date.fromisoformat(text) for text in period.split("/"))
    if first and last:
        return days_text(first, last, lang)
    if first:
        return say("自%(day)s起", lang, day=day_text(first, lang))
    return say("截至%(day)s", lang, day=day_text(last, lang)) if last else say("不限期", lang)
