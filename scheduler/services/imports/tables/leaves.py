"""A register of leave as an office keeps it: 起止时间 in one cell, 天数 as a check, 销假 in the remarks."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from scheduler.core.organisation.facts import Subject
from scheduler.core.organisation.readings import SetAside
from scheduler.documents.tables import Table
from scheduler.services.imports.desk import CellAt
from scheduler.services.imports.tables import remarks
from scheduler.services.imports.tables.directory import Directory
from scheduler.services.imports.tables.line import TableLine
from scheduler.services.imports.tables.people import Read, lines
from scheduler.services.imports.tables.remarks import DaySpan

_HOURS = {"morning": ("12:00", "23:59"), "afternoon": ("00:00", "12:00")}
"""Between which times somebody can be had who is away for half a day."""
_FIXED_HOLIDAYS = {(1, 1), (5, 1), (10, 1), (10, 2), (10, 3)}
EVERY_DAY = tuple(range(7))


def leaves(table: Table, directory: Directory) -> Read:
    """Absences; what a row leaves open is asked, and the row waits."""
    for line in lines(table, directory):
        _with_unit(line)
        person = line.person("person")
        if person is None or line.errors:
            yield from line.errors
            if not line.errors:
                _wait(line)
            continue
        for span in _spans(line):
            last = span.last or span.first
            hours = _HOURS.get(span.half)
            fields: dict[str, object] = {
                "person": person, "first": span.first, "last": last, "reason": line.text("reason"),
                "only_weekdays": EVERY_DAY if hours else (), "only_from": hours[0] if hours else "",
                "only_to": hours[1] if hours else "",
            }  # fmt: skip
            yield from line.fact(Subject.ABSENCE, f"{person}/{span.first}/{last}", fields)
        if line.errors:
            yield from line.errors


def _with_unit(line: TableLine) -> None:
    """Let a unit beside a name say which of several people of that name is meant."""
    name, unit = line.cells.get("person", ""), line.cells.get("unit", "")
    if unit and len(line.directory.namesakes(name)) > 1:
        line.cells = {**line.cells, "person": f"{name}（{unit}）"}


def _wait(line: TableLine) -> None:
    source = line.source
    text = " ".join(filter(None, line.cells.values()))
    line.directory.desk.set_aside.append(SetAside(source.file, "", source.row, text, "waits_for_answer"))


def _year(line: TableLine, text: str) -> int | None:
    """The year of the days of a row, where they are written without one; None: it was asked."""

    def first_in(year: int) -> date | None:
        spans = remarks.spans(text, year)
        return spans[0].first if spans else remarks.open_start(text, year)

    usual = line.directory.year
    days = {first_in(year) for year in (usual, usual + 1)}
    return usual if len(days) == 1 else line.year_of(text, first_in)


def _spans(line: TableLine) -> Iterator[DaySpan]:
    """The days of a row, unless it leaves something open."""
    text, remark = line.text("span", required=True), line.marks.get("remark", "")
    year = _year(line, text)
    if year is None:
        _wait(line)
        return
    who = line.cells.get("person", "")
    about = f"{who}@{line.source.row}"
    at = CellAt(line.source.file, line.source.row)
    desk = line.directory.desk
    spans = remarks.spans(text, year)
    if not spans:
        if first := remarks.open_start(text, year):
            desk.ask(("leave_without_end", about), ("leave_out",), None, at, name=who, first=first)
            _wait(line)
        else:
            line.wrong("span", "not_a_span")
        return
    if "销假" in remark or "提前" in remark:
        back = remarks.spans(re.sub(r"(提前|已)?(销假|返岗|到岗).*", "", remark), spans[0].first.year)
        choices = ("as_written", "until_back") if back and back[0].first > spans[0].first else ("as_written",)
        answer = desk.ask(("leave_ended", about), (*choices, "leave_out"), None, at, name=who, remark=remark)
        if answer == "until_back":
            yield DaySpan(spans[0].first, back[0].first - timedelta(1))
            return
        if answer != "as_written":
            _wait(line)
            return
    said = re.fullmatch(r"(\d+(?:\.5)?)\s*(天|日|days?)?", line.marks.get("days", ""))
    if said and not _agrees(float(said[1]), spans):
        details = {"name": who, "said": said[1], "counted": sum(_length(s) for s in spans)}
        if desk.ask(("leave_days", about), ("as_written", "leave_out"), None, at, **details) != "as_written":
            _wait(line)
            return
    yield from spans


def _length(span: DaySpan) -> int:
    return ((span.last or span.first) - span.first).days + 1


def _agrees(said: float, spans: list[DaySpan]) -> bool:
    """Whether the number of days is that of the calendar days, or of the working days with or without holidays."""
    if any(span.half for span in spans):
        return said == sum(0.5 if span.half else _length(span) for span in spans)
    days: list[date] = [span.first + timedelta(n) for span in spans for n in range(min(_length(span), 2000))]
    worked = [day for day in days if day.weekday() < 5]
    holidays = sum((day.month, day.day) in _FIXED_HOLIDAYS for day in worked)
    return len(worked) - holidays <= said <= len(worked) or said == len(days)
