"""Bookings as files give them: what a given one makes of the one that stands, and where two would clash."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import cast

from scheduler.core.ground import audiences
from scheduler.core.ground.agenda import AgendaItem
from scheduler.core.ground.bookings import OFF_SITE, STUDIED_KINDS, Booking, Kind, Mode, Size, State
from scheduler.core.ground.ids import BookingId, PersonId, RoomId
from scheduler.core.ground.people import Roster
from scheduler.core.ground.spans import Span
from scheduler.core.ground.working_time import WorkingTime
from scheduler.core.organisation.facts import Change, Given, Subject, changed

NATURAL = "@"
"""A key that begins so is no id: the row had none, and is known by what it says."""
_WORDS: Mapping[str, object] = {"agenda": (), "remark": "", "link": ""}
"""What a meeting says besides, where nothing was said of it."""
_ORDER = (State.BOOKED, State.AWAITING_CONFIRMATION, State.HELD, State.CANCELLED)


def words_of(kind: Kind, title: str, people: Iterable[PersonId]) -> str:
    """What tells a booking without an id from another of its kind at the same time."""
    return ";".join(sorted(people)) if kind is Kind.TALK else title


def natural_key(kind: Kind, start: datetime | None, words: str) -> str:
    """What a booking is known by when its row has no id."""
    return f"{NATURAL}{kind}/{start.astimezone(UTC).isoformat() if start else ''}/{words}"


def state_given(booking: Booking) -> State:
    """What was said of a booking so far, whatever the clock makes of it."""
    if booking.is_cancelled:
        return State.CANCELLED
    if booking.is_held:
        return State.HELD
    return State.AWAITING_CONFIRMATION if booking.is_awaiting else State.BOOKED


def fields_of(booking: Booking) -> dict[str, object]:
    """A booking in the words that files use; of an event's people those named one by one, without its host."""
    named = tuple(
        p.person for p in booking.participants if p.is_named and (booking.is_talk or p.person != booking.host)
    )
    return {
        "kind": booking.kind,
        "title": booking.title,
        "start": booking.span.start,
        "end": booking.span.end,
        "room": booking.room,
        "audience": booking.audience,
        "people": named,
        "host": booking.host,
        "mode": booking.mode,
        "size": booking.size,
        "status": state_given(booking),
        "hours": booking.hours,
        "agenda": booking.agenda,
        "remark": booking.remark,
        "link": booking.link,
    }


def updated(given: Given, existing: Booking | None) -> tuple[Change, dict[str, object]]:
    """What becomes of a booking, and all its fields afterwards. A state goes forward only: what was held or cancelled
    since the file was written stays so."""
    fields = dict(given.fields)
    if fields.get("kind") is not Kind.TALK and fields.get("host"):
        people = cast("tuple[PersonId, ...]", fields.get("people", ()))
        fields["people"] = tuple(person for person in people if person != fields["host"])
    before = fields_of(existing) if existing else None
    if before and "status" in fields:
        fields["status"] = max(before["status"], fields["status"], key=lambda state: _ORDER.index(cast("State", state)))
    change = changed(Subject.BOOKING, given.key, before, fields)
    usual: dict[str, object] = {"room": None, "audience": (), "people": (), "host": None, "title": "", **_WORDS}
    return change, {**usual, **(before or {}), **fields}


def shaped(booking_id: BookingId, fields: Mapping[str, object], existing: Booking | None, roster: Roster) -> Booking:
    """The booking that these fields describe, its audience resolved against the roster of its day."""
    span = Span(cast("datetime", fields["start"]), cast("datetime", fields["end"]))
    kind, audience = cast("Kind", fields["kind"]), cast("tuple[str, ...]", fields["audience"])
    state, host = fields.get("status", State.BOOKED), cast("PersonId | None", fields["host"])
    made = replace(
        existing or Booking(booking_id, kind, "", span),
        kind=kind,
        title=cast("str", fields["title"]),
        span=span,
        room=cast("RoomId | None", fields["room"]),
        audience=audience,
        host=host,
        mode=cast("Mode", fields.get("mode", Mode.FACE_TO_FACE)),
        size=cast("Size", fields.get("size", Size.ONE_TO_ONE)),
        hours=cast("float | None", fields.get("hours")) if kind in STUDIED_KINDS else None,
        agenda=cast("tuple[AgendaItem, ...]", fields.get("agenda", ())),
        remark=cast("str", fields.get("remark", "")),
        link=cast("str", fields.get("link", "")),
        is_cancelled=state is State.CANCELLED,
        is_held=state is State.HELD or bool(existing and existing.is_held),
        is_awaiting=state is State.AWAITING_CONFIRMATION or bool(existing and existing.is_awaiting),
    )
    return peopled(made, cast("tuple[PersonId, ...]", fields["people"]), roster)


def peopled(booking: Booking, named: Sequence[PersonId], roster: Roster) -> Booking:
    """A booking with those who are named and those its audience brings; its host is always there."""
    participants = audiences.participants(named, booking.audience, roster, booking.host)
    old = {p.person: p for p in booking.participants}
    kept = tuple(replace(p, confirmed_at=old[p.person].confirmed_at) if p.person in old else p for p in participants)
    same = len(kept) == len(old) and set(kept) == set(booking.participants)
    return booking if same else replace(booking, participants=kept)


def resolved_again(booking: Booking, roster: Roster) -> Booking:
    """A existing booking with its audience as it is after the org chart changed."""
    named = cast("tuple[PersonId, ...]", fields_of(booking)["people"])
    return peopled(booking, named, roster)


Taken = tuple[Span, BookingId]
"""When a booking takes a person or a room."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two bookings that want one person or one room at one time."""

    booking: BookingId
    """The one that is to be written."""
    other: BookingId
    person: PersonId | None
    room: RoomId | None
    span: Span


def clashes(bookings: Collection[Booking], others: Iterable[Booking], time: WorkingTime) -> list[Clash]:
    """Where bookings that are to be written would be in one place with each other or with those that stand."""
    ids = {booking.id for booking in bookings}
    taken: defaultdict[tuple[str, str], list[Taken]] = defaultdict(list)
    for booking in (*bookings, *(other for other in others if other.id not in ids)):
        if not booking.is_cancelled:
            stretches = [(span, booking.id) for span in time.taken(booking.span)]
            for person in booking.people:
                taken["person", person] += stretches
            if booking.room and booking.room != OFF_SITE:
                taken["room", booking.room] += stretches
    return [clash for key, stretches in sorted(taken.items()) for clash in _overlaps(*key, sorted(stretches), ids)]


def _overlaps(noun: str, name: str, stretches: list[Taken], written: set[BookingId]) -> Iterable[Clash]:
    """The overlaps among the stretches of one person or room, of which at least one is to be written."""
    longest: Taken | None = None
    for span, booking in stretches:
        if longest and (shared := span.intersection(longest[0])) and {longest[1], booking} & written:
            mine, other = (booking, longest[1]) if booking in written else (longest[1], booking)
            person, room = (PersonId(name), None) if noun == "person" else (None, RoomId(name))
            yield Clash(mine, other, person, room, shared)
        if longest is None or longest[0].ends_before(span):
            longest = (span, booking)
