"""Rooms and external contacts."""

import re
from collections.abc import Iterable

from scheduler.core.ground.ids import RoomId
from scheduler.core.organisation.facts import Given, RowError, Subject
from scheduler.core.organisation.readings import SetAside
from scheduler.documents.tables import Table
from scheduler.services.imports.desk import CellAt
from scheduler.services.imports.tables import words
from scheduler.services.imports.tables.directory import Directory
from scheduler.services.imports.tables.line import TableLine, compact
from scheduler.services.imports.tables.people import Read, lines

_NUMBER = re.compile(
    r"(约|大约|可容纳|最多|可坐|approx\.?|about|ca\.?|up to)?(\d{1,6})(?:人|座|个座位|个|位|席|seats|people|persons|pax)?(左右|以内|\+)?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"约?(\d{1,5})(?:人|座)?[-–—~～至到](\d{1,5})(?:人|座|位|seats|people)?", re.IGNORECASE)
_MORE = re.compile(r"可?(?:加座|增加座位|扩展|扩容|加椅)\D{0,4}\d+")
_CLOSED = re.compile(
    r"停用|维修|借出|暂停|装修|封闭|不可用|closed|out of order|under repair|maintenance", re.IGNORECASE
)


def meet_rooms(rows: Iterable[TableLine], directory: Directory) -> list[tuple[TableLine, RoomId]]:
    """Which room each row is: by id; without one by name, else a new one."""
    met = []
    for line in rows:
        name = line.text("name", required=True)
        room_id = RoomId(line.id("id")) or directory.room(name)
        if room_id == name and room_id not in directory.rooms and not line.id("id"):
            room_id = RoomId(directory.new_id("R"))
        directory.rooms[room_id] = name
        met.append((line, room_id))
    return met


def rooms(met: Iterable[tuple[TableLine, RoomId]]) -> Read:
    """The facts about rooms."""
    for line, room_id in met:
        fields: dict[str, object] = {"name": line.text("name")}
        if line.has("en"):
            fields["name_en"] = line.text("en")
        if line.has("capacity"):
            fields["capacity"] = _capacity(line)
        if line.is_office and _is_left_out(line):
            continue
        if line.has("use"):
            fields["use"] = _use_said(line)
        elif line.is_office:
            fields |= _use(line)
        if room_id == "EXT":
            line.wrong("id", "reserved_id")
        yield from line.fact(Subject.ROOM, room_id, fields)


def _capacity(line: TableLine) -> int | None:
    """How many a room holds: 40, 40人, 约120人. A range is asked about; seats that can be added are told and not counted."""
    text = compact(line.text("capacity"))
    desk, name, at = line.directory.desk, line.text("name"), CellAt(line.source.file, line.source.row)
    if more := _MORE.search(line.marks.get("remark", "")):
        desk.tell("room_more_seats", name, more=more[0])
    if several := _RANGE.fullmatch(text):
        answer = desk.ask(("room_capacity", name), (several[1], several[2]), several[1], at, name=name, text=text)
        return int(answer) if answer else None
    if number := _NUMBER.fullmatch(text):
        if number[1] or number[3]:
            desk.tell("room_about", name, text=text)
        return int(number[2])
    if not line.is_office:
        return line.number("capacity")
    numbers = tuple(dict.fromkeys(re.findall(r"\d{1,6}", re.sub(r"[(（][^()（）]*[)）]", "", text))))
    if not numbers:
        desk.tell("room_without_capacity", name)
        return None
    if len(numbers) == 1:
        desk.tell("room_about", name, text=text)
        return int(numbers[0])
    answer = desk.ask(("room_capacity", name), numbers, min(numbers, key=int), at, name=name, text=text)
    return int(answer) if answer else None


def _use_said(line: TableLine) -> str | None:
    """What a room is for; in a table as offices keep them, a use that nobody knows is told, and it is for all."""
    if words.meaning(line.text("use"), words.ROOM_USES) is not None or not line.is_office:
        return line.word("use", words.ROOM_USES)
    return next(iter(_use_meant(line).values()), "all")


def _use_meant(line: TableLine) -> dict[str, str]:
    """What the words of an office say of a room's use: talks, meetings; anything else is told."""
    text = line.text("use")
    if re.search(r"谈话|谈心|interview|one.to.one", text, re.IGNORECASE):
        return {"use": "talk"} if not re.search(r"会议|会商|接待|meeting", text, re.IGNORECASE) else {}
    line.directory.desk.tell("room_use_unknown", line.text("name"), text=text)
    return {}


def _is_left_out(line: TableLine) -> bool:
    """Whether a room of which a remark says that it cannot be had is to be left out: that is asked."""
    name, remark, source = line.text("name"), line.marks.get("remark", ""), line.source
    if not _CLOSED.search(remark):
        return False
    desk, at = line.directory.desk, CellAt(source.file, source.row)
    if desk.ask(("room_closed", name), ("offer", "leave_out"), None, at, name=name, remark=remark) != "leave_out":
        return False
    desk.set_aside.append(SetAside(source.file, "", source.row, name, "skipped"))
    return True


def _use(line: TableLine) -> dict[str, object]:
    """What a room is for, as far as its name says: asked."""
    desk, name, at = line.directory.desk, line.text("name"), CellAt(line.source.file, line.source.row)
    if "谈话" in name or "谈心" in name:
        answer = desk.ask(("room_use", name), ("talk", "all"), "talk", at, name=name)
        return {"use": answer} if answer else {}
    return {}


def external_contacts(table: Table, directory: Directory) -> Iterable[Given | RowError]:
    """The facts about people and bodies outside who are invited."""
    for line in lines(table, directory):
        kind, name = line.text("kind", required=True), line.text("name", required=True)
        contact_id = line.id("id") or next(directory.contacts.named((kind, name)), "") or directory.new_id("u")
        directory.contacts[contact_id] = (kind, name)
        fields: dict[str, object] = {"kind": kind, "name": name}
        if line.has("use"):
            fields["use"] = line.text("use")
        yield from line.fact(Subject.EXTERNAL_CONTACT, contact_id, fields)
