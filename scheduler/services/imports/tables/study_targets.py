"""Study targets, and who is exempt from them."""

import re

from scheduler.core.ground import grades
from scheduler.core.organisation.facts import Subject
from scheduler.core.sessions.targets import MAX_HOURS
from scheduler.documents.tables import Table
from scheduler.services.imports.tables import words
from scheduler.services.imports.tables.directory import Directory
from scheduler.services.imports.tables.line import TableLine, compact, parts
from scheduler.services.imports.tables.people import Read, lines

_NUMBER = re.compile(r"\d{1,4}(\.\d{1,2})?")


def targets(table: Table, directory: Directory) -> Read:
    """How many hours are asked of whom, from when by when."""
    for place, line in enumerate(lines(table, directory), start=1):
        key = line.id("id") or f"ST{place}"
        first, last = line.day("from", required=True), line.day("by", required=True)
        if first and last and last < first:
            line.wrong("by", "end_before_start")
        fields: dict[str, object] = {
            "audience": _selectors(line, "audience"),
            "hours": _hours(line),
            "from": first,
            "by": last,
        }
        if not fields["audience"]:
            line.wrong("audience", "missing")
        if line.has("campaign"):
            fields["campaign"] = line.id("campaign") or None
        if line.has("minus"):
            fields["minus"] = _selectors(line, "minus")
        if line.has("pro_rata"):
            fields["pro_rata"] = bool(line.word("pro_rata", words.YES_NO))
        yield from line.fact(Subject.STUDY_TARGET, key, fields)


def exemptions(table: Table, directory: Directory) -> Read:
    """Of whom how many hours of a target are not asked, and the category of why."""
    for line in lines(table, directory):
        target, person = line.id("target"), line.person("person")
        if person is None and not line.errors:
            line.wrong("person", "missing")
        fields: dict[str, object] = {"target": target, "person": person, "hours": _hours(line)}
        if line.has("reason"):
            fields["reason"] = line.text("reason")
        if line.has("by"):
            fields["by"] = line.person("by")
        if line.has("date"):
            fields["date"] = line.day("date")
        yield from line.fact(Subject.STUDY_EXEMPTION, f"{target}/{person}", fields)


def _selectors(line: TableLine, column: str) -> tuple[str, ...]:
    """The selectors of an audience."""
    return tuple(dict.fromkeys(map(grades.selector_of, map(compact, parts(line.text(column))))))


def _hours(line: TableLine) -> float | None:
    """A number of hours; None, and an error, if it is none."""
    text = compact(line.text("hours", required=True))
    if not text:
        return None
    if not _NUMBER.fullmatch(text) or float(text) > MAX_HOURS:
        line.wrong("hours", "not_a_number")
        return None
    return float(text)
