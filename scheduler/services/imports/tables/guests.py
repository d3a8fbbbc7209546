"""Guests of bookings, from outside or of the roster."""

from scheduler.core.ground.ids import BookingId
from scheduler.core.organisation.facts import Subject
from scheduler.documents.tables import Table
from scheduler.services.imports.tables.directory import Directory
from scheduler.services.imports.tables.line import TableLine
from scheduler.services.imports.tables.people import Read, lines


def guests(table: Table, directory: Directory) -> Read:
    """The facts about guests: each at a booking, sent by a contact or of the roster, never both."""
    for line in lines(table, directory):
        booking = line.id("booking")
        if BookingId(booking) not in directory.sessions:
            line.wrong("booking", "unknown_session" if booking else "missing")
        fields: dict[str, object] = {"booking": booking, "name": line.name("name", required=True)}
        fields["contact"], fields["person"] = _sender(line)
        for column in ("unit", "post", "kind"):
            if line.has(column):
                fields[column] = line.text(column)
        if fields["contact"] and not fields.get("kind"):
            fields["kind"] = directory.contacts.get(str(fields["contact"]), ("", ""))[0]
        who = fields["person"] or f"{fields['contact'] or fields.get('unit', '')}/{fields['name']}"
        yield from line.fact(Subject.GUEST, f"{booking}/{who}", fields)


def _sender(line: TableLine) -> tuple[str, str | None]:
    """The contact that sends a guest, or who of the roster it is."""
    contact = line.id("contact") if line.has("contact") else ""
    person = line.person("person") if line.has("person") else None
    if contact and line.text("person"):
        line.wrong("contact", "contact_or_person")
    elif contact and contact not in line.directory.contacts:
        line.wrong("contact", "unknown_contact")
    if person and (name := line.name("name")) and name not in line.directory.names[person]:
        line.wrong("name", "name_mismatch", person=person, name=min(line.directory.names[person]))
    return contact, person
