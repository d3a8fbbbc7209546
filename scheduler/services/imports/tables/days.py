"""The workday table, and when people cannot be had."""

import re
from datetime import date, datetime, time

from scheduler.core.ground import written
from scheduler.core.organisation.facts import Subject
from scheduler.documents.tables import Table
from scheduler.services.imports.tables import words
from scheduler.services.imports.tables.directory import Directory
from scheduler.services.imports.tables.line import TableLine
from scheduler.services.imports.tables.people import Read, lines

_HALF = re.compile(r"(.+?)\s*(上午|下午)")
MORNING, NOON, EVENING, LAST = time(9), time(12), time(16, 30), time(23, 59)
"""By when a day's work has begun, its middle, from when on it is over, and its end."""
_RULE = re.compile(r"AVAILABLE_ONLY weekday in \((\w{3}(?:,\w{3})*)\) and (\d{2}:\d{2})-(\d{2}:\d{2})")


def calendar(table: Table, directory: Directory) -> Read:
    """Which days are workdays, and why those that are unusual are."""
    for line in lines(table, directory):
        day, is_workday = line.day("date", required=True), line.word("workday", words.YES_NO)
        fields: dict[str, object] = {"day": day, "is_workday": is_workday}
        if line.has("note"):
            fields["note"] = line.text("note")
        yield from line.fact(Subject.WORKDAY, str(day), fields)


def unavailability(table: Table, directory: Directory) -> Read:
    """Absences (both days included), and hours outside of which somebody cannot be had."""
    for line in lines(table, directory):
        people = line.people("person")
        if not people and not line.errors:
            line.wrong("person", "missing")
        part = _part_of_day(line)
        first = part[0] if part else line.day("from", required=True)
        last = part[1] if part else line.day("to", required=True)
        if first and last and last < first:
            line.wrong("to", "end_before_start")
        hours = part[2] if part else _hours(line)
        fields: dict[str, object] = {"first": first, "last": last, **hours}
        if line.has("reason"):
            fields["reason"] = line.text("reason")
        if line.errors:
            yield from line.errors
            continue
        for person in people:
            yield from line.fact(Subject.ABSENCE, f"{person}/{first}/{last}", {"person": person, **fields})


def _part_of_day(line: TableLine) -> tuple[date, date, dict[str, object]] | None:
    """A part of one day, with the hours at which one can be had on it all the same; None if whole days are meant.

    What is left of the day is said by one span, so a few hours in the middle cannot be said.
    """
    from_text, to_text = line.text("from"), line.text("to")
    starts, ends = _moment(line, "from", from_text), _moment(line, "to", to_text or from_text)
    if starts is None or ends is None or line.text("rule"):
        return None
    first, last = starts.date(), ends.date()
    if starts.time() <= MORNING and ends.time() >= EVENING and first <= last:
        return first, last, {"only_weekdays": (), "only_from": "", "only_to": ""}
    rest = _rest_of_day(starts.time(), ends.time())
    if starts >= ends or first != last or rest is None:
        line.wrong("from", "part_of_a_day")
        rest = ("", "")
    return first, last, {"only_weekdays": tuple(range(7)), "only_from": rest[0], "only_to": rest[1]}


def _moment(line: TableLine, column: str, text: str) -> datetime | None:
    """A day with a time, or with the half of it that is meant: 2014-08-12 08:30, 8月12日上午."""
    is_end = column == "to"
    if half := _HALF.fullmatch(text):
        day, is_morning = line.day_of(column, half[1]), half[2] == "上午"
        hour = (NOON if is_end else time(0)) if is_morning else (LAST if is_end else NOON)
        return datetime.combine(day, hour) if day else None
    moment = written.moment(text)
    return moment if moment and moment.tzinfo is None else None


def _rest_of_day(start: time, end: time) -> tuple[str, str] | None:
    """When one can be had on a day on which one is away from `start` to `end`: after it, or before it."""
    if start <= MORNING:
        return (f"{end:%H:%M}", f"{LAST:%H:%M}") if end < EVENING else None
    return ("00:00", f"{start:%H:%M}") if end >= EVENING else None


def _hours(line: TableLine) -> dict[str, object]:
    """What the rule says: nothing (absent all day), or on which weekdays and between which times one can be had."""
    text = line.text("rule")
    if not text:
        return {"only_weekdays": (), "only_from": "", "only_to": ""}
    parsed = _RULE.fullmatch(text)
    weekdays = [words.WEEKDAYS.get(name) for name in parsed[1].split(",")] if parsed else [None]
    opens, closes = (written.clock(parsed[2]), written.clock(parsed[3])) if parsed else (None, None)
    if parsed is None or None in weekdays or opens is None or closes is None or opens >= closes:
        line.wrong("rule", "unknown_rule")
        return {}
    days = sorted({weekday for weekday in weekdays if weekday is not None})
    return {"only_weekdays": tuple(days), "only_from": f"{opens:%H:%M}", "only_to": f"{closes:%H:%M}"}
