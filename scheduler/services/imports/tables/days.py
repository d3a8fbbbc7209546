"""The workday table, and when people cannot be had."""

import re

from scheduler.core.ground import written
from scheduler.core.organisation.facts import Subject
from scheduler.documents.tables import Table
from scheduler.services.imports.tables import words
from scheduler.services.imports.tables.directory import Directory
from scheduler.services.imports.tables.line import TableLine
from scheduler.services.imports.tables.people import Read, lines

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
        first, last = line.day("from", required=True), line.day("to", required=True)
        if first and last and last < first:
            line.wrong("to", "end_before_start")
        hours = _hours(line)
        fields: dict[str, object] = {"first": first, "last": last, **hours}
        if line.has("reason"):
            fields["reason"] = line.text("reason")
        if line.errors:
            yield from line.errors
            continue
        for person in people:
            yield from line.fact(Subject.ABSENCE, f"{person}/{first}/{last}", {"person": person, **fields})


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
