"""Entries of the journal in words: what was done to what, by name where the viewer may know it, and what stood before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for

from scheduler import edge, wording
from scheduler.core.ground.ids import BookingId, GroupId, GuestId, PersonId, RoomId, UnitId
from scheduler.core.ground.spans import Span
from scheduler.services.bookings import lists
from scheduler.services.ground.journal import Detail, JournalEntry
from scheduler.web.page import words
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _
from scheduler.web.page.words import listed, when

OF_BOOKINGS = ("booking", "study_session", "gate")
"""Nouns whose ids are those of bookings."""
PEOPLE = ("person", "by", "joined", "left", "people", "host")
DAYS = ("day", "valid_from", "reported_on")
WORDED = ("kind", "role", "status", "by", "stood", "paper")
"""Details whose value is a word of the code."""
GUESTS = ("guest", "invited", "uninvited")
COMPANY = ("joined", "left", "host", "person", "people", "by", *GUESTS)
"""Details that tell who is in a booking: nothing for those who may not know of it."""
PAIR = 2
SILENT = ("version", "proposal")


@dataclass(frozen=True, slots=True)
class NotedChange:
    """One thing that an entry says besides: what it is now, and before if that is known."""

    what: str
    before: str
    after: str

    def __str__(self) -> str:
        arrow = f"{self.before} → {self.after}" if self.before else self.after
        return f"{self.what} {arrow}"


class Sentences:
    """Tells entries; what they name is looked up once for all of them."""

    def __init__(self, entries: Sequence[JournalEntry], names: Names) -> None:
        ids = {BookingId(entry.noun_id) for entry in entries if entry.noun in OF_BOOKINGS}
        ids |= {BookingId(str(entry.details["booking"])) for entry in entries if entry.details.get("booking")}
        self.bookings = lists.seen_among(edge.session(), edge.actor(), ids, edge.clock())
        self.guests = {guest.id: guest.name for seen in self.bookings.values() for guest in seen.guests}
        self.names = names

    def of(self, entry: JournalEntry) -> str:
        """What was done to what: 改期 日程 碰头会（E31）."""
        name = self._name(entry.noun, entry.noun_id)
        noun = words.noun(entry.noun)
        told = self.names.remarked(name, entry.noun_id) if name and name != entry.noun_id else entry.noun_id
        deed = _("撤销取消") if (entry.action, entry.noun) == ("restored", "booking") else words.deed(entry.action)
        return _("%(deed)s：%(noun)s %(name)s", deed=deed, noun=noun, name=told).strip()

    def href(self, entry: JournalEntry) -> str:
        """Where what it is about is shown, if it is there and the viewer may open it."""
        if entry.noun in OF_BOOKINGS and BookingId(entry.noun_id) in self.bookings:
            return url_for("bookings.booking", booking_id=entry.noun_id)
        if entry.noun == "person" and PersonId(entry.noun_id) in self.names.roster.people:
            return url_for("organisation.person", person_id=entry.noun_id)
        return ""

    def changes(self, entry: JournalEntry) -> list[NotedChange]:
        """What it says besides, before and after."""
        is_hidden = entry.noun in OF_BOOKINGS and BookingId(entry.noun_id) not in self.bookings
        details = {
            key: value
            for key, value in entry.details.items()
            if value not in (None, "", []) and key not in SILENT and not (is_hidden and key in COMPANY)
        }
        stood = details.pop("stood", None)
        status_or_day = next((key for key in ("status", "day") if key in details), "")
        told = [self._change(key, value) for key, value in details.items() if key != status_or_day]
        if status_or_day:
            now = self._shown(status_or_day, details[status_or_day])
            before = self._shown(status_or_day, stood) if stood else ""
            told.append(NotedChange(words.detail(status_or_day), before, now))
        elif stood:
            told.append(NotedChange(words.detail("stood"), "", self._shown("stood", stood)))
        return told

    def _change(self, key: str, value: Detail) -> NotedChange:
        if (key, value) == ("by", "all"):
            return NotedChange("", "", _("双方均由组织者确认"))
        if isinstance(value, list) and len(value) == PAIR and key in ("span", "room", "host"):
            before, after = (self._shown(key, part) if part else _("未定") for part in value)
            return NotedChange(words.detail(key), before, after)
        return NotedChange(words.detail(key), "", self._shown(key, value))

    def _shown(self, key: str, value: Detail) -> str:
        """A detail as people read it: people, places and bookings by name, days as days, words of the code in words."""
        match value:
            case bool():
                return _("是") if value else _("否")
            case list():
                return listed(self._shown(key, item) for item in value)
            case str() if key in PEOPLE and PersonId(value) in self.names.roster.people:
                return self.names.person(PersonId(value))
            case str() if key in GUESTS:
                return self.guests.get(GuestId(value), value)
            case str() if key == "span":
                start, _to, end = value.partition("/")
                return when(Span(datetime.fromisoformat(start), datetime.fromisoformat(end)))
            case str() if key in ("room", "booking", "unit"):
                return self._name(key, value) or value
            case str() if key in DAYS:
                return wording.date_text(date.fromisoformat(value), edge.lang())
        return words.label(value) if key in WORDED else str(value)

    def _name(self, noun: str, key: str) -> str:
        """What a thing is called, as far as the viewer may know it; empty: it has no name, or is gone."""
        if noun in OF_BOOKINGS:
            seen = self.bookings.get(BookingId(key))
            return self.names.booking(seen) if seen else ""
        if noun in ("person", "subscription_page", "mail_contact"):
            return self.names.person(PersonId(key)) if PersonId(key) in self.names.roster.people else ""
        if noun == "room":
            return self.names.room(RoomId(key))
        if noun == "unit":
            return self.names.unit(UnitId(key))
        if noun == "group":
            return self.names.group(GroupId(key))
        return wording.label(key, edge.lang()) if noun == "milestone" else ""
