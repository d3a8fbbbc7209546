"""Bookings in, rows out; with the allocations that the guards watch, and the revisions that feeds go by."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import bindparam, delete, insert, update
from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import MEETINGS, groups_in
from scheduler.core.ground.bookings import OFF_SITE, Booking, Participant
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import BookingId, GuestId
from scheduler.store.base import Base
from scheduler.store.bookings import allocations, left_rooms, listed, load
from scheduler.store.bookings.rows import BookingRow, ParticipantRow, TalkLinkRow
from scheduler.store.counters import next_id
from scheduler.store.feeds.save import raise_revisions
from scheduler.store.mail import save as save_mail
from scheduler.store.operations import former
from scheduler.store.operations.former import Fact, Rows
from scheduler.store.upserts import portions, table_of

_SECOND = timedelta(seconds=1)


def booking(session: Session, desired: Booking, clock: Clock) -> Booking:
    """Write one booking as it shall stand from now on; see `bookings`."""
    return bookings(session, [desired], clock)[0]


def bookings(session: Session, desired: Sequence[Booking], clock: Clock) -> list[Booking]:
    """Write bookings as they shall stand from now on, new and changed ones, and give them back as they stand.

    Versions, sequences, revision times and calendar revisions are raised here, and new guests are given their ids; a
    booking that is no different is left alone. The number of statements does not depend on how many people are in them. Raises IntegrityError when somebody
    or some room would be in two places.
    """
    ids = [b.id for b in desired]
    old = {b.id: b for b in load.bookings(session, ids=ids)}
    results = [_revised(_numbered(session, b), old.get(b.id), clock) for b in desired]
    changed = [b for b in results if b != old.get(b.id)]
    if changed:
        former.keep(session, dict(_stood(b, old.get(b.id)) for b in changed if b.id in old or b.recorded_at), clock)
        _write_rows(session, [b for b in changed if b.id not in old], [b for b in changed if b.id in old])
        _write_people(session, [b for b in changed if b.id not in old or b.participants != old[b.id].participants], old)
        _write_links(session, [b for b in changed if b.linked != (old[b.id].linked if b.id in old else ())], old)
        taking = [b for b in changed if b.id not in old or _takes(b) != _takes(old[b.id])]
        allocations.write(session, taking, {b.id for b in taking if b.id in old})
        raise_revisions(session, {name for b in changed for name in _touched(b, old.get(b.id))}, clock)
        left_rooms.note(session, [(old[b.id], b) for b in changed if b.id in old])
        save_mail.tell(session, ((old.get(b.id), b) for b in changed), clock)
    return results


def let_go(session: Session, ids: list[BookingId]) -> None:
    """Let bookings take nobody and nothing for a moment, so that they can exchange places; each has to be moved then."""
    allocations.clear(session, ids)


def _numbered(session: Session, new: Booking) -> Booking:
    """The booking with an id for each guest who has none yet."""
    if all(guest.id for guest in new.guests):
        return new
    guests = (g if g.id else replace(g, id=GuestId(next_id(session, "L"))) for g in new.guests)
    return replace(new, guests=tuple(guests))


def _revised(new: Booking, old: Booking | None, clock: Clock) -> Booking:
    """The booking with its counters and times: raised by what they stand for, as it stands if nothing differs."""
    real = clock.real.replace(microsecond=0)
    if old is None:
        made = replace(new, uid=new.uid or str(uuid4()), created_at=new.created_at or real)
        return replace(made, revised_at=real, shown_revised_at=real, busy_revised_at=real)
    same = replace(new, uid=old.uid, created_at=old.created_at, version=old.version, sequence=old.sequence)
    same = replace(same, revised_at=old.revised_at)
    same = replace(same, shown_sequence=old.shown_sequence, shown_revised_at=old.shown_revised_at)
    same = replace(same, busy_sequence=old.busy_sequence, busy_revised_at=old.busy_revised_at)
    if same == old:
        return old
    later = max(real, old.revised_at + _SECOND) if old.revised_at else real
    raised = old.sequence + (_visible(same) != _visible(old))
    same = replace(same, version=old.version + 1, sequence=raised, revised_at=later)
    if _shown(same) != _shown(old):
        same = replace(same, shown_sequence=old.shown_sequence + 1, shown_revised_at=later)
    if _busy(same) != _busy(old):
        same = replace(same, busy_sequence=old.busy_sequence + 1, busy_revised_at=later)
    return replace(same, participants=_entered(same, old, later))


def _entered(new: Booking, old: Booking, later: datetime) -> tuple[Participant, ...]:
    """Its people, each with when they came in: those of before as they were, others now."""
    before = {p.person: p for p in old.participants}
    came = ((p, before.get(p.person)) for p in new.participants)
    return tuple(
        replace(p, entered=was.entered, entered_at=was.entered_at)
        if was
        else replace(p, entered=new.version, entered_at=later)
        for p, was in came
    )


def _visible(b: Booking) -> tuple[object, ...]:
    """What of a booking people are told of by mail."""
    people = tuple((p.person, p.part) for p in b.participants)
    return b.kind, b.title, b.span, b.room, people, b.host, b.mode, b.size, b.link, b.is_cancelled


def _shown(b: Booking) -> tuple[object, ...]:
    """What of it the feeds of its people show; names stand in talks of two only."""
    names = (*b.people, *(g.name for g in b.guests)) if b.is_talk and not b.is_group_talk else ()
    return b.kind, b.title, b.size, names, b.agenda, b.remark, b.link, _busy(b)


def _busy(b: Booking) -> tuple[object, ...]:
    """What of it a feed shows that knows no names and titles."""
    return b.span, b.room, b.is_cancelled


def _touched(new: Booking, old: Booking | None) -> set[str]:
    """The calendars that a change is to be seen in; whose it leaves or enters is so in any case."""
    after = set(_calendars(new))
    if old is None or new.campaign != old.campaign:  # a feed may be limited to one
        return after if old is None else after | set(_calendars(old))
    touched = after ^ set(_calendars(old))
    if _busy(new) != _busy(old):
        return touched | after
    return touched | {name for name in after if not name.startswith("r:")} if _shown(new) != _shown(old) else touched


def _calendars(b: Booking) -> list[str]:
    """Every calendar that may show a booking: besides the people's and the room's those of groups, and of campaigns."""
    if b.is_talk:
        return allocations.resources_of(b)
    return [*allocations.resources_of(b), *(f"g:{group}" for group in groups_in(b.audience)), MEETINGS]


def _takes(b: Booking) -> tuple[object, ...]:
    """Whom and what a booking takes, and when; nothing when it is cancelled."""
    return () if b.is_cancelled else (b.span, *allocations.resources_of(b))


def _stood(new: Booking, old: Booking | None) -> tuple[Fact, Rows]:
    """A booking that is changed, with its rows as they stood; of a new one that was entered by hand, none."""
    fact = Fact("booking", new.id)
    if old is None:
        return fact, {}
    return fact, {"booking": [{"id": old.id, **_columns(old)}], "participant": _people(old), "talk_link": _links(old)}


def _write_rows(session: Session, new: list[Booking], changed: list[Booking]) -> None:
    """The bookings' own rows."""
    table = table_of(BookingRow)
    if new:
        session.execute(insert(table), [{"id": b.id, **_columns(b)} for b in new])
    if changed:
        statement = update(table).where(table.c.id == bindparam("which"))
        session.execute(statement, [{"which": b.id, **_columns(b)} for b in changed])


def _columns(b: Booking) -> dict[str, object]:
    """A booking's own columns, but for its id."""
    return {
        "uid": b.uid,
        "kind": b.kind.value,
        "title": b.title,
        "starts_at": b.span.start,
        "ends_at": b.span.end,
        "room_id": None if b.room == OFF_SITE else b.room,
        "is_off_site": b.room == OFF_SITE,
        "audience": list(b.audience),
        "host_id": b.host,
        "mode": b.mode.value,
        "size": b.size.value,
        "rule_set_id": b.rule_set,
        "recorded_at": b.recorded_at,
        "is_cancelled": b.is_cancelled,
        "cancelled_at": b.cancelled_at,
        "is_held": b.is_held,
        "is_awaiting": b.is_awaiting,
        "awaiting_since": b.awaiting_since,
        "version": b.version,
        "sequence": b.sequence,
        "created_at": b.created_at,
        "revised_at": b.revised_at,
        "shown_sequence": b.shown_sequence,
        "shown_revised_at": b.shown_revised_at,
        "busy_sequence": b.busy_sequence,
        "busy_revised_at": b.busy_revised_at,
        "campaign_id": b.campaign,
        "hours": b.hours,
        "guests": listed.kept(b.guests),
        "agenda": listed.kept(b.agenda),
        "remark": b.remark,
        "link": b.link,
        "series": b.series,
    }


def _write_people(session: Session, changed: list[Booking], old: Mapping[BookingId, Booking]) -> None:
    """Who is in them."""
    _clear(session, ParticipantRow, [b.id for b in changed if b.id in old])
    if rows := [row for b in changed for row in _people(b)]:
        session.execute(insert(table_of(ParticipantRow)), rows)


def _people(b: Booking) -> list[Mapping[str, object]]:
    """The rows of who is in a booking."""
    return [
        {
            "booking_id": b.id,
            "person_id": p.person,
            "place": place,
            "part": p.part.value,
            "is_named": p.is_named,
            "confirmed_at": p.confirmed_at,
            "entered": p.entered,
            "entered_at": p.entered_at,
        }
        for place, p in enumerate(b.participants)
    ]


def _write_links(session: Session, changed: list[Booking], old: Mapping[BookingId, Booking]) -> None:
    """Which further rule sets they count for."""
    _clear(session, TalkLinkRow, [b.id for b in changed if b.id in old])
    if rows := [row for b in changed for row in _links(b)]:
        session.execute(insert(table_of(TalkLinkRow)), rows)


def _links(b: Booking) -> list[Mapping[str, object]]:
    """The rows of the rule sets it counts for besides its own."""
    return [{"booking_id": b.id, "rule_set_id": rule_set} for rule_set in b.linked]


def _clear(session: Session, row: type[Base], ids: list[BookingId]) -> None:
    """Take away what a table holds of these bookings."""
    table = table_of(row)
    for portion in portions(ids):
        session.execute(delete(table).where(table.c.booking_id.in_(portion)))
