"""Rooms and external contacts."""

from collections.abc import Iterable

from scheduler.core.ground.ids import RoomId
from scheduler.core.organisation.facts import Given, RowError, Subject
from scheduler.documents.tables import Table
from scheduler.services.imports.tables import words
from scheduler.services.imports.tables.directory import Directory
from scheduler.services.imports.tables.line import TableLine
from scheduler.services.imports.tables.people import Read, lines


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
            fields["capacity"] = line.number("capacity")
        if line.has("use"):
            fields["use"] = line.word("use", words.ROOM_USES)
        if room_id == "EXT":
            line.wrong("id", "reserved_id")
        yield from line.fact(Subject.ROOM, room_id, fields)


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
