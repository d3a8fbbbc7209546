"""Events, the log of talks, and who was at which study session."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, time, timedelta

from scheduler.core.bookings import given as given_bookings
from scheduler.core.ground import grades, written
from scheduler.core.ground.bookings import MAX_BOOKING_MINUTES, OFF_SITE, STUDIED_KINDS, Kind, Mode, Size
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId, PersonId, RoomId
from scheduler.core.ground.spans import Span, at_wall
from scheduler.core.organisation.facts import Subject
from scheduler.core.sessions import study
from scheduler.core.sessions.study import Attended
from scheduler.documents.tables import Table
from scheduler.services.bookings import meetings
from scheduler.services.imports.tables import words
from scheduler.services.imports.tables.belonging import contact_named
from scheduler.services.imports.tables.directory import Directory, Unclear
from scheduler.services.imports.tables.line import TableLine, compact, parts
from scheduler.services.imports.tables.people import Read, lines

MINUTES_A_DAY = 24 * 60
_POINTS = re.compile(r"[;；]|(?:^|\s)(?:\d{1,2}|[一二三四五六七八九十]{1,3})[、.．]\s*")
"""What parts the points of an agenda: a semicolon, or the number of the next one."""


def events(table: Table, directory: Directory, odd: list[Finding]) -> Read:
    """Everything on the calendar but talks; unknown rooms are added to `odd`."""
    for line in lines(table, directory):
        booking_id = line.id("id")
        kind = words.meaning(line.text("kind"), words.KINDS) or Kind.MEETING
        times = _times(line)
        fields: dict[str, object] = {"kind": kind, **times}
        title = line.text("title", required=True)
        fields["title"] = "" if kind is Kind.TALK else title
        if line.has("room"):
            fields["room"] = _room(line, odd)
        if line.has("audience"):
            named, selectors = _audience(line)
            fields |= {"audience": selectors, "people": named}
        if line.has("host"):
            fields["host"] = line.person("host")
        key = booking_id or _natural_key(kind, times, title, ())
        if kind is not Kind.TALK:  # nothing about what is said in one is kept
            fields |= _words(line)
        if line.has("hours"):
            fields["hours"] = _hours(line, kind, times, odd)
        if not line.errors:
            directory.sessions[BookingId(key)] = kind
            if isinstance(start := times.get("start"), datetime):
                directory.session_days[BookingId(key)] = start.date()
        contact = contact_named(line, "contact") if line.has("contact") else ""
        yield from line.fact(Subject.BOOKING, key, fields)
        if booking_id and contact and not line.errors:
            yield from line.fact(Subject.VISIT, key, {"booking": key, "contact": contact})


def _words(line: TableLine) -> dict[str, object]:
    """The agenda, the remark for the notice and the link of a row, as far as it has them."""
    readers: Mapping[str, Callable[[str], object]] = {
        "agenda": lambda text: meetings.agenda(
            meetings.points(_POINTS.split(text), lambda name: _speaking(line.directory, name))
        ),
        "remark": meetings.remark,
        "link": meetings.link,
    }
    fields: dict[str, object] = {}
    for column, read in readers.items():
        if line.has(column):
            try:
                fields[column] = read(line.cells.get(column, ""))
            except Malformed as error:
                line.wrong(column, error.kind, **error.details)
    return fields


def _speaking(directory: Directory, name: str) -> PersonId | None:
    """Who of the roster speaks; None: somebody else."""
    person = directory.person(name)
    return None if isinstance(person, Unclear) else person


def _hours(line: TableLine, kind: Kind, times: Mapping[str, object], odd: list[Finding]) -> float | None:
    """The study hours that a row states; those of what counts none are told, and not kept."""
    text = line.text("hours")
    if words.folded(text) in words.NOBODY:
        return None
    if kind not in STUDIED_KINDS:
        odd.append(Finding("hours_not_counted", line.text("id") or line.text("title"), {"hours": text}))
        return None
    hours, start, end = written.hours(text), times.get("start"), times.get("end")
    span = Span(start, end) if isinstance(start, datetime) and isinstance(end, datetime) and start < end else None
    most = study.most_hours(span, line.directory.zone) if span else study.MAX_HOURS_A_DAY
    if hours is None or hours > most:
        line.wrong("hours", "not_hours", value=text[:20], most=most)
    return hours


def _natural_key(kind: Kind, times: dict[str, object], title: str, people: Iterable[PersonId]) -> str:
    """What a row without an id is known by."""
    start = times.get("start")
    words = given_bookings.words_of(kind, title, people)
    return given_bookings.natural_key(kind, start if isinstance(start, datetime) else None, words)


def _audience_parts(line: TableLine) -> Iterator[str]:
    """What an audience names; 处级以上 is the selector that it means."""
    return map(grades.selector_of, map(compact, parts(line.text("audience"))))


def _audience(line: TableLine) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who is named one by one in the audience of an event, and the selectors that stand for groups."""
    named_by = {part: line.directory.person(part) for part in _audience_parts(line)}
    named = dict.fromkeys(person for person in named_by.values() if not isinstance(person, Unclear))
    return tuple(named), tuple(part for part, person in named_by.items() if isinstance(person, Unclear))


def talks(table: Table, directory: Directory, odd: list[Finding]) -> Read:
    """The log of talks; their notes are not kept, for they may tell what was said."""
    for line in lines(table, directory):
        booking_id, times, people = line.id("id"), _times(line), line.people("participants")
        if len(people) < 2 and not any(error.field == "participants" for error in line.errors):
            line.wrong("participants", "too_few_people")
        fields: dict[str, object] = {"kind": Kind.TALK, "title": "", **times, "people": people}
        if line.has("room"):
            fields["room"] = _room(line, odd)
        if line.has("mode"):
            mode, size = line.word("mode", words.MODES) or (Mode.FACE_TO_FACE, Size.ONE_TO_ONE)
            fields |= {"mode": mode, "size": Size.GROUP if len(people) > 2 else size}
        if line.has("status"):
            fields["status"] = line.word("status", words.STATES)
        key = booking_id or _natural_key(Kind.TALK, times, "", people)
        if not line.errors:
            directory.sessions[BookingId(key)] = Kind.TALK
        yield from line.fact(Subject.BOOKING, key, fields)


def _times(line: TableLine) -> dict[str, object]:
    """From when to when, over several days perhaps, in the organisation's zone; a night that ends before it starts is an error."""
    is_midnight = written.is_midnight(line.cells.get("end", ""))
    ends = time() if is_midnight else line.time("end")
    day, starts = line.day("date", required=True), line.time("start")
    if day is None or starts is None or ends is None:
        return {}
    last = (line.day("end_date") if line.has("end_date") else None) or day
    last += timedelta(days=is_midnight)
    start = at_wall(datetime.combine(day, starts), line.directory.zone)
    end = at_wall(datetime.combine(last, ends), line.directory.zone)
    for column, moment in (("start", start), ("end", end)):
        if moment is None:
            line.wrong(column, "skipped_moment")
    if start is None or end is None:
        return {}
    if end <= start:
        line.wrong("end" if last >= day else "end_date", "end_before_start")
    elif end - start > timedelta(minutes=MAX_BOOKING_MINUTES):
        line.wrong("end_date", "lasts_too_long", days=MAX_BOOKING_MINUTES // MINUTES_A_DAY)
    return {"start": start, "end": end}


def _room(line: TableLine, odd: list[Finding]) -> RoomId | None:
    """The room a row names, `OFF_SITE`, or None; a room that nobody knows is told once, and the booking has none."""
    text = line.text("room")
    room_id = line.directory.room(compact(text) if text.isascii() else text)
    if not room_id or room_id == OFF_SITE or room_id in line.directory.rooms:
        return room_id or None
    finding = Finding("room_unknown", room_id, {"name": text})
    if finding not in odd:
        odd.append(finding)
    return None


def attendance(table: Table, directory: Directory) -> Read:
    """Who was at which booking, when it was made up, and why somebody was on leave."""
    for line in lines(table, directory):
        session, person = line.id("session"), line.person("person")
        if BookingId(session) not in directory.sessions:
            line.wrong("session", "unknown_session")
        if person is None and not any(error.field == "person" for error in line.errors):
            line.wrong("person", "missing")
        name = line.name("name")
        if name and person and name not in directory.names[person]:
            line.wrong("name", "name_mismatch", person=person, name=min(directory.names[person]))
        fields: dict[str, object] = {"session": session, "person": person, "status": _status(line)}
        if line.has("makeup_date"):
            fields["makeup_date"] = makeup = line.day("makeup_date")
            held_on = directory.session_days.get(BookingId(session))
            if held_on and study.is_before(makeup, held_on):
                line.wrong("makeup_date", "makeup_before_session", day=held_on)
        if line.has("reason"):
            fields["reason"] = reason = line.text("reason")
            if reason and fields["status"] not in (None, Attended.ON_LEAVE):
                line.wrong("reason", "reason_without_leave")
            if len(reason) > study.MAX_REASON:
                line.wrong("reason", "too_long", longest=study.MAX_REASON)
        yield from line.fact(Subject.ATTENDANCE, f"{session}/{person}", fields)


def _status(line: TableLine) -> Attended | None:
    """How somebody was there; an empty cell says nothing and is an error."""
    return line.word("status", words.ATTENDED)
