"""Days and times as people read them. Moments are told in the zone they carry: turn them into the organisation's first."""

from datetime import date, datetime, time

_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LONG_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG_MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def time_text(moment: time | datetime) -> str:
    """A time of day: `9:00`, in both languages."""
    return f"{moment.hour}:{moment.minute:02}"


def hours_text(start: time | datetime, end: time | datetime) -> str:
    """From a time to a time of one day: `9:00–9:45`. Midnight at the end is `24:00`."""
    return f"{time_text(start)}–{time_text(end) if (end.hour, end.minute) != (0, 0) else '24:00'}"


def day_text(day: date, lang: str = "zh") -> str:
    """A day within the year: `8月15日`, `15 Aug`."""
    return f"{day.month}月{day.day}日" if lang == "zh" else f"{day.day} {_MONTHS_EN[day.month - 1]}"


def date_text(day: date, lang: str = "zh") -> str:
    """A day with its year: `2014年8月15日`, `15 August 2014`."""
    if lang == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_LONG_MONTHS_EN[day.month - 1]} {day.year}"


def weekday_text(day: date, lang: str = "zh") -> str:
    """The short name of the day of the week: `周二`, `Tue`."""
    return f"周{_WEEKDAYS_ZH[day.weekday()]}" if lang == "zh" else _WEEKDAYS_EN[day.weekday()]


def dated_text(day: date, lang: str = "zh", *, with_year: bool = False) -> str:
    """A day with its name: `8月5日 周二`, `Tue 5 Aug`; with its year `2014年8月5日 周二`, `Tue 5 August 2014`."""
    told = date_text(day, lang) if with_year else day_text(day, lang)
    return f"{told} {weekday_text(day)}" if lang == "zh" else f"{weekday_text(day, lang)} {told}"


def days_text(first: date, last: date, lang: str = "zh") -> str:
    """From a day to a day, both included, no longer than needed: `7月7日—18日`, `7–18 Jul`; with years when they differ."""
    if first == last:
        return day_text(first, lang)
    if first.year != last.year:
        return f"{date_text(first, lang)}{'—' if lang == 'zh' else ' – '}{date_text(last, lang)}"
    if first.month != last.month:
        return f"{day_text(first, lang)}{'—' if lang == 'zh' else ' – '}{day_text(last, lang)}"
    return f"{day_text(first)}—{last.day}日" if lang == "zh" else f"{first.day}–{day_text(last, lang)}"


def moment_text(moment: datetime, lang: str = "zh") -> str:
    """A moment, short: `8月5日 周二 9:00`, `Tue 5 Aug 9:00`."""
    return f"{dated_text(moment, lang)} {time_text(moment)}"


def stamp_text(moment: datetime, lang: str = "zh") -> str:
    """A moment of any year, for a table: `2014年8月5日 9:00`, `5 Aug 2014 9:00`."""
    day = date_text(moment) if lang == "zh" else f"{day_text(moment, lang)} {moment.year}"
    return f"{day} {time_text(moment)}"


def span_text(start: datetime, end: datetime, lang: str = "zh") -> str:
    """A stretch, short: `8月5日 周二 9:00–9:45`; over several days both ends in full."""
    if start.date() == end.date():
        return f"{moment_text(start, lang)}–{time_text(end)}"
    return f"{moment_text(start, lang)}{'—' if lang == 'zh' else ' – '}{moment_text(end, lang)}"


def notice_text(moment: datetime, lang: str = "zh") -> str:
    """A moment as a notice writes it: `2014年8月27日（星期三）下午1:30`, `Wednesday 27 August 2014, 1:30 p.m.`"""
    if lang == "zh":
        day = f"{date_text(moment)}（星期{_WEEKDAYS_ZH[moment.weekday()]}）"
        return f"{day}{_half_zh(moment)}{_clock_12(moment)}"
    return f"{_LONG_WEEKDAYS_EN[moment.weekday()]} {date_text(moment, lang)}, {_clock_en(moment)} {_half_en(moment)}"


def long_span_text(start: datetime, end: datetime, lang: str = "zh") -> str:
    """A stretch in running text: `2014年8月5日（星期二）上午9:00—9:45`, `Tuesday 5 August 2014, 9:00–9:45 a.m.`"""
    if start.date() != end.date():
        return f"{notice_text(start, lang)}{'—' if lang == 'zh' else ' – '}{notice_text(end, lang)}"
    if lang == "zh":
        is_same = _half_zh(start) == _half_zh(end)
        return f"{notice_text(start)}—{'' if is_same else _half_zh(end)}{_clock_12(end)}"
    first = notice_text(start, lang)
    first = first.removesuffix(f" {_half_en(end)}")
    return f"{first}–{_clock_en(end)} {_half_en(end)}"


def _half_zh(moment: datetime) -> str:
    """上午, 中午, 下午, 晚上."""
    if moment.hour == 12:
        return "中午"
    return "上午" if moment.hour < 12 else "下午" if moment.hour < 18 else "晚上"


def _half_en(moment: datetime) -> str:
    return "a.m." if moment.hour < 12 else "p.m."


def _clock_12(moment: datetime) -> str:
    """A time of a day's half; midnight is 0:00 and noon 12:00."""
    hour = moment.hour if moment.hour in (0, 12) else moment.hour % 12
    return f"{hour}:{moment.minute:02}"


def _clock_en(moment: datetime) -> str:
    """The same in English, where midnight is 12:00."""
    return f"{moment.hour % 12 or 12}:{moment.minute:02}"


def period_text(period: str | None, lang: str = "zh") -> str:
    """A calendar period: `2014`, `2014-H2`, `2014-Q3`, `2014-T1`, `2014-07` or two dates joined by `/`; empty for the whole window."""
    if not period:
        return ""
    if "/" in period:
        return _stretch(period, lang)
    year, _, part = period.partition("-")
    if lang != "zh":
        return f"{_part_en(part)} {year}".strip()
    return f"{year}年{_part_zh(part)}"


def _stretch(period: str, lang: str) -> str:
    """Two dates joined by `/`; an end that is open is `..`."""
    first, last = (None if text == ".." else date.fromisoformat(text) for text in period.split("/"))
    if first and last:
        return days_text(first, last, lang)
    if first:
        return f"自{day_text(first)}起" if lang == "zh" else f"from {day_text(first, lang)}"
    if last:
        return f"截至{day_text(last)}" if lang == "zh" else f"up to {day_text(last, lang)}"
    return "不限期" if lang == "zh" else "at any time"


def _part_zh(part: str) -> str:
    named = {"H1": "上半年", "H2": "下半年", "T1": "第一学期", "T2": "第二学期"}
    if part.startswith("Q"):
        return f"第{'一二三四'[int(part[1:]) - 1]}季度"
    return named.get(part) or (f"{int(part)}月" if part else "")


def _part_en(part: str) -> str:
    named = {"H1": "first half of", "H2": "second half of", "T1": "first term of", "T2": "second term of"}
    return named.get(part) or (_LONG_MONTHS_EN[int(part) - 1] if part.isdecimal() else part)
