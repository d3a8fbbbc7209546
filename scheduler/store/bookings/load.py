"""Bookings and who was at them. Three queries, however many there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from scheduler.core.ground.bookings import OFF_SITE, Booking, Kind, Mode, Part, Participant, Size
from scheduler.core.ground.errors import NotFound
from scheduler.core.ground.ids import BookingId, CampaignId, PersonId, RoomId, RuleSetId
from scheduler.core.ground.spans import Span
from scheduler.core.sessions.study import Attendance, Attended
from scheduler.store.bookings import arrivals, listed
from scheduler.store.bookings.rows import (
    MAX_LENGTH_SECONDS,
    AllocationRow,
    AttendanceRow,
    BookingRow,
    ParticipantRow,
    TalkLinkRow,
)
from scheduler.store.upserts import MANY, portions, table_of

_BEGINNING, _MAX_LENGTH = datetime.min.replace(tzinfo=UTC), timedelta(seconds=MAX_LENGTH_SECONDS)
_KINDS = {kind.value: kind for kind in Kind}
_MODES = {mode.value: mode for mode in Mode}
_SIZES = {size.value: size for size in Size}
_PARTS = {part.value: part for part in Part}
_BOOKING, _PARTICIPANT, _LINK = table_of(BookingRow).c, table_of(ParticipantRow).c, table_of(TalkLinkRow).c
_ALLOCATION, _ATTENDANCE = table_of(AllocationRow).c, table_of(AttendanceRow).c
_BOOKINGS = select(
    _BOOKING.id, _BOOKING.kind, _BOOKING.title, _BOOKING.starts_at, _BOOKING.ends_at, _BOOKING.room_id,
    _BOOKING.is_off_site, _BOOKING.audience, _BOOKING.host_id, _BOOKING.mode, _BOOKING.size, _BOOKING.rule_set_id,
    _BOOKING.recorded_at, _BOOKING.is_cancelled, _BOOKING.cancelled_at, _BOOKING.is_held, _BOOKING.is_awaiting,
    _BOOKING.awaiting_since, _BOOKING.uid, _BOOKING.version, _BOOKING.sequence, _BOOKING.revised_at,
    _BOOKING.created_at, _BOOKING.shown_sequence, _BOOKING.shown_revised_at,
    _BOOKING.busy_sequence, _BOOKING.busy_revised_at, _BOOKING.campaign_id, _BOOKING.hours,
    _BOOKING.guests, _BOOKING.agenda, _BOOKING.remark, _BOOKING.link,
    _BOOKING.series,
).order_by(_BOOKING.starts_at, _BOOKING.id)  # fmt: skip
_PARTICIPANTS = select(
    _PARTICIPANT.booking_id,
    _PARTICIPANT.person_id,
    _PARTICIPANT.part,
    _PARTICIPANT.is_named,
    _PARTICIPANT.confirmed_at,
    _PARTICIPANT.entered,
    _PARTICIPANT.entered_at,
).order_by(_PARTICIPANT.booking_id, _PARTICIPANT.place, _PARTICIPANT.person_id)
_LINKS = select(_LINK.booking_id, _LINK.rule_set_id).order_by(_LINK.booking_id, _LINK.rule_set_id)


def booking(session: Session, booking_id: BookingId, *, lock: bool = False) -> Booking:
    """One booking, cancelled or not; with `lock`, nobody else changes it until the transaction is over.

    Raises NotFound.
    """
    if lock:
        session.execute(select(_BOOKING.id).where(_BOOKING.id == booking_id).with_for_update())
    if matches := bookings(session, ids=[booking_id]):
        return matches[0]
    raise NotFound("booking", booking_id)


def booked_by_campaign(session: Session) -> dict[CampaignId, int]:
    """How many bookings stand on the calendar for each campaign; cancelled ones left out."""
    counted = select(_BOOKING.campaign_id, func.count()).where(
        _BOOKING.campaign_id.is_not(None), _BOOKING.is_cancelled.is_(False)
    )
    rows = session.execute(counted.group_by(_BOOKING.campaign_id))
    return {CampaignId(campaign): count for campaign, count in rows}


def bookings(
    session: Session,
    *,
    people: Collection[PersonId] | None = None,
    room: RoomId | None = None,
    kinds: Collection[Kind] | None = None,
    span: Span | None = None,
    ids: Collection[BookingId] | None = None,
    series: str | None = None,
) -> list[Booking]:
    """Bookings by start, cancelled ones included: with any of these people, in this room, of these kinds, in a stretch."""
    if ids is not None and len(ids) > MANY:  # more than one statement takes
        parts = (
            bookings(session, people=people, room=room, kinds=kinds, span=span, ids=p) for p in portions(list(ids))
        )
        return sorted(chain.from_iterable(parts), key=lambda b: (b.span.start, b.id))
    conditions: list[ColumnElement[bool]] = []
    if ids is not None:
        conditions.append(_BOOKING.id.in_(ids))
    if series is not None:
        conditions.append(_BOOKING.series == series)
    if people is not None:
        theirs = select(_PARTICIPANT.booking_id).where(_PARTICIPANT.person_id.in_(people))
        conditions.append(_BOOKING.id.in_(theirs))
    if room is not None:
        conditions.append(_BOOKING.is_off_site.is_(True) if room == OFF_SITE else _BOOKING.room_id == room)
    if kinds is not None:
        conditions.append(_BOOKING.kind.in_(kinds))
    if span is not None:
        conditions += [_BOOKING.starts_at < span.end, _BOOKING.ends_at > span.start]
        conditions.append(_BOOKING.starts_at > _earliest(span))  # the index knows starts only
    return _fetch(session, conditions)


def talks(session: Session) -> list[Booking]:
    """All talks by start, cancelled ones included."""
    return bookings(session, kinds=(Kind.TALK,))


def taken(session: Session, people: Iterable[PersonId], room: RoomId | None, span: Span) -> list[Booking]:
    """The standing bookings that take one of these people, or this room, at any moment of a stretch."""
    return _taken(session, _touching(resources_of(people, room), span).distinct())


def talks_among(session: Session, people: Collection[PersonId], span: Span, count: int) -> list[Booking]:
    """The standing talks within a stretch that at least so many of these people are in."""
    query = _touching(resources_of(people, None), span).join(
        table_of(BookingRow), _BOOKING.id == _ALLOCATION.booking_id
    )
    query = query.where(_BOOKING.kind == Kind.TALK).group_by(_ALLOCATION.booking_id)
    return _taken(session, query.having(func.count(_ALLOCATION.resource.distinct()) >= count))


def _touching(resources: list[str], span: Span) -> Select[str]:
    """Which bookings take these resources within a stretch; only as much of the index is read as the stretch is long."""
    row = _ALLOCATION
    return (
        select(row.booking_id)
        .where(row.resource.in_(resources))
        .where(row.starts_at < seconds(span.end), row.ends_at > seconds(span.start))
        .where(row.starts_at > seconds(span.start) - MAX_LENGTH_SECONDS)
    )


def _taken(session: Session, query: Select[str]) -> list[Booking]:
    """The bookings whose ids a query finds."""
    ids = session.scalars(query).all()
    return bookings(session, ids=[BookingId(name) for name in ids]) if ids else []


def taken_spans(
    session: Session, resources: Collection[str], span: Span, *, besides: BookingId | None = None
) -> dict[str, list[Span]]:
    """When each of these resources (`p:ID`, `r:ID`) is taken within a stretch, in order; one booking is looked past."""
    row = _ALLOCATION
    rows = session.execute(
        select(row.resource, row.starts_at, row.ends_at)
        .where(row.resource.in_(resources), row.starts_at < seconds(span.end), row.ends_at > seconds(span.start))
        .where(row.starts_at > seconds(span.start) - MAX_LENGTH_SECONDS, row.booking_id != (besides or ""))
        .order_by(row.resource, row.starts_at)
    )
    spans: dict[str, list[Span]] = {resource: [] for resource in resources}
    for resource, starts_at, ends_at in rows:
        spans[resource].append(Span(datetime.fromtimestamp(starts_at, UTC), datetime.fromtimestamp(ends_at, UTC)))
    return spans


def resources_of(people: Iterable[PersonId], room: RoomId | None) -> list[str]:
    """What a booking takes, as the calendar names it: `p:ID` for people, `r:ID` for a room; sorted, each once."""
    names = {f"p:{person}" for person in people}
    return sorted(names | {f"r:{room}"} if room and room != OFF_SITE else names)


def seconds(moment: datetime) -> int:
    """A moment as epoch seconds, the way that allocations keep it."""
    return int(moment.timestamp())


def _earliest(span: Span) -> datetime:
    """Whatever began at or before this moment is over when the stretch starts: no booking is longer than 14 days."""
    return max(span.start, _BEGINNING + _MAX_LENGTH) - _MAX_LENGTH


def _fetch(session: Session, conditions: list[ColumnElement[bool]]) -> list[Booking]:
    """The bookings that meet the conditions, with their people and links."""
    chosen = select(_BOOKING.id).where(*conditions)
    rows = session.execute(_BOOKINGS.where(*conditions)).all()
    if not rows:
        return []
    participants, links = _participants(session, chosen), _links(session, chosen)
    return [_booking(row, tuple(participants[row.id]), tuple(links[row.id])) for row in rows]


def _participants(session: Session, chosen: Select[str]) -> defaultdict[str, list[Participant]]:
    """Who is in these bookings, in the order they were named."""
    by_booking: defaultdict[str, list[Participant]] = defaultdict(list)
    query = _PARTICIPANTS.where(_PARTICIPANT.booking_id.in_(chosen))
    for name, person, part, is_named, confirmed_at, entered, entered_at in session.execute(query):
        who = Participant(PersonId(person), _PARTS[part], is_named, confirmed_at, entered, entered_at)
        by_booking[name].append(who)
    return by_booking


def _links(session: Session, chosen: Select[str]) -> defaultdict[str, list[RuleSetId]]:
    """The further rule sets that these talks count for."""
    by_booking: defaultdict[str, list[RuleSetId]] = defaultdict(list)
    for name, rule_set in session.execute(_LINKS.where(_LINK.booking_id.in_(chosen))):
        by_booking[name].append(RuleSetId(rule_set))
    return by_booking


def _booking(row: Sequence[Any], participants: tuple[Participant, ...], linked: tuple[RuleSetId, ...]) -> Booking:
    """One booking from its row."""
    (
        name, kind, title, starts_at, ends_at, room, is_off_site, audience, host, mode, size,
        rule_set, recorded_at, is_cancelled, cancelled_at, is_held, is_awaiting, awaiting_since, uid, version,
        sequence, revised_at, created_at, shown_sequence, shown_revised_at, busy_sequence, busy_revised_at,
        campaign, hours, guests, agenda, remark, link, series,
    ) = row  # fmt: skip
    return Booking(
        name, _KINDS[kind], title, Span(starts_at, ends_at), OFF_SITE if is_off_site else room, participants,
        tuple(audience), host, _MODES[mode], _SIZES[size], rule_set, linked, recorded_at, is_cancelled, cancelled_at,
        is_held, is_awaiting, awaiting_since, uid, version, sequence, revised_at, created_at,
        shown_sequence, shown_revised_at, busy_sequence, busy_revised_at, campaign, hours,
        listed.guests(guests), listed.agenda(agenda), remark, link, series,
    )  # fmt: skip


def attendance(session: Session, booking_id: BookingId | None = None) -> list[Attendance]:
    """Who was at which booking: at one, or at all. What was recorded goes before what somebody's sign-in says."""
    recorded = recorded_attendance(session, booking_id)
    noted = {(entry.session, entry.person) for entry in recorded}
    signed_in = [
        entry for entry in arrivals.attendance(session, booking_id) if (entry.session, entry.person) not in noted
    ]
    if not signed_in:
        return recorded
    return sorted([*recorded, *signed_in], key=lambda entry: (entry.session, entry.person))


def recorded_attendance(session: Session, booking_id: BookingId | None = None) -> list[Attendance]:
    """What organizers recorded of who was where, without what sign-ins say."""
    row = _ATTENDANCE
    query = select(row.booking_id, row.person_id, row.status, row.makeup_date, row.reason)
    if booking_id is not None:
        query = query.where(row.booking_id == booking_id)
    return [
        Attendance(BookingId(name), PersonId(person), Attended(status), makeup, reason)
        for name, person, status, makeup, reason in session.execute(query.order_by(row.booking_id, row.person_id))
    ]
