"""What an office's own template may say of a paper: the words of a booking, and the rows of the table that the paper has."""

from dataclasses import dataclass

from scheduler import wording
from scheduler.core.ground.bookings import Kind
from scheduler.documents.papers import Paper, PaperTable, shown
from scheduler.documents.templates import TemplateFields, TemplateList
from scheduler.services.papers import bookings
from scheduler.services.papers.desk import WritingDesk

OF_BOOKINGS = ("notice", "reply-slip", "sign-in", "name-list", "record-form")
PERSON = ("number", "name", "post", "remark")
POINT = ("number", "text")


@dataclass(frozen=True, slots=True)
class OwnTemplate:
    """A .docx with placeholders, and what it is called."""

    name: str
    data: bytes


def fields_of(desk: WritingDesk, paper: str, subject: str, written: Paper) -> TemplateFields:
    """All that a template of this paper may say, as far as the reader may see it: it is what the paper itself says."""
    words = {
        "title": written.heading,
        "organisation": desk.name,
        "today": desk.today,
        "contacts": desk.contacts(),
        "order_line": desk.order_line(),
    }
    lists = {"rows": _rows(written)}
    if paper in OF_BOOKINGS:
        _add_booking(desk, subject, words, lists)
    return TemplateFields({name: shown(word) for name, word in words.items()}, lists)


def _rows(written: Paper) -> TemplateList:
    """The first table, square by square: c1, c2, …"""
    table = next((part for part in written.parts if isinstance(part, PaperTable)), None)
    columns = tuple(f"c{number}" for number in range(1, len(table.widths) + 1)) if table else ()
    rows = [[*map(shown, row), *[""] * (len(columns) - len(row))] for row in table.rows] if table else []
    return TemplateList(columns, [dict(zip(columns, row, strict=True)) for row in rows])


def _add_booking(desk: WritingDesk, subject: str, words: dict[str, str], lists: dict[str, TemplateList]) -> None:
    """When, where, who and what of the booking that a paper is of."""
    booking = bookings.seen(desk, subject)
    people = bookings.everybody(desk, booking)
    words |= {
        "number": booking.id or "",
        "name": bookings.name_of(desk, booking),
        "time": wording.long_span_text(desk.local(booking.span.start), desk.local(booking.span.end), desk.lang),
        "place": desk.place(booking.room),
        "host": desk.person(booking.host),
        "mode": wording.label(booking.mode, desk.lang) if booking.kind == Kind.TALK else "",
        "audience": desk.audience(booking.audience) or desk.people(booking.people),
        "expected": str(len(booking.people) - len(booking.observers)),
        "remark": booking.remark,
        "link": booking.link,
    }
    listed = [(str(number), *(shown(word) for word in person)) for number, person in enumerate(people, 1)]
    points = [(str(number), shown(text)) for number, text in enumerate(bookings.agenda(desk, booking), 1)]
    lists["people"] = TemplateList(PERSON, [dict(zip(PERSON, row, strict=True)) for row in listed])
    lists["agenda"] = TemplateList(POINT, [dict(zip(POINT, row, strict=True)) for row in points])
