"""The part of an import that concerns the calendar: given bookings, and audiences after the org chart changed."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from scheduler.core.bookings import given as given_bookings
from scheduler.core.bookings.given import NATURAL, Clash
from scheduler.core.campaigns import choosing
from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.ground import audiences
from scheduler.core.ground.bookings import Booking, Kind
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId, RoomId
from scheduler.core.ground.intervals import hull
from scheduler.core.ground.people import ExternalContact, Room
from scheduler.core.ground.spans import Span
from scheduler.core.organisation.facts import Change, Given, RowError, Source
from scheduler.services.bookings.belonging import COUNTED
from scheduler.services.ground.rosters import Rosters
from scheduler.store import load, save
from scheduler.store.imports import facts as standing


@dataclass(frozen=True, slots=True)
class CalendarOutcome:
    """What came of the calendar's part of an import."""

    changes: tuple[Change, ...] = ()
    errors: tuple[RowError, ...] = ()
    hints: tuple[Finding, ...] = ()
    """Audiences that name nobody yet."""


def write(
    session: Session, given: Sequence[Given], zone: ZoneInfo, clock: Clock, *, chart_changed: bool
) -> CalendarOutcome:
    """Write the given bookings, and resolve audiences again where the org chart changed; or say what clashes."""
    if not given and not chart_changed:
        return CalendarOutcome()
    save.ids_given(session, (fact.key for fact in given if not fact.key.startswith(NATURAL)))
    identified = _identified(session, given)
    old = _standing(session, [BookingId(fact.key) for fact in identified])
    rosters = Rosters(session)
    changes, bookings, campaigns = [], [], load.campaigns(session)
    for fact in identified:
        booking_id = BookingId(fact.key)
        change, fields = given_bookings.updated(fact, old.get(booking_id))
        changes.append(change)
        day = fields["start"].astimezone(zone).date()  # type: ignore[attr-defined]  # every row has its times
        shaped = given_bookings.shaped(booking_id, fields, old.get(booking_id), rosters.on(day))
        bookings.append(_placed(shaped, day, campaigns))
    if chart_changed:
        bookings += _resolved_again(session, {b.id for b in bookings}, rosters, zone)
    news = [booking for booking in bookings if booking != old.get(booking.id)]
    if closed := _closed(news, campaigns, identified):
        return CalendarOutcome(errors=closed)
    if clashes := _clashes(session, news):
        sources = {BookingId(fact.key): fact.source for fact in identified}
        rooms = load.rooms(session)
        return CalendarOutcome(
            errors=tuple(_clash_error(clash, sources, _named(clash, rosters, rooms, zone)) for clash in clashes)
        )
    contacts = load.contacts(session) if bookings else ()
    if nobody := list(_of_nobody(identified, bookings, rosters, contacts, zone)):
        return CalendarOutcome(errors=tuple(nobody))
    save.bookings(session, news, clock)
    return CalendarOutcome(tuple(changes), hints=tuple(_nobody(session, bookings[: len(changes)], rosters, zone)))


def _of_nobody(
    given: Sequence[Given],
    bookings: Sequence[Booking],
    rosters: Rosters,
    contacts: Sequence[ExternalContact],
    zone: ZoneInfo,
) -> Iterator[RowError]:
    """The rows whose audience stands for nobody, and which name nobody besides.

    Before there is a roster nobody can tell; a name that is not known may become known, and is a hint.
    """
    kinds = {contact.kind for contact in contacts}
    for fact, booking in zip(given, bookings, strict=False):
        roster, is_named = rosters.on(booking.day(zone)), bool(fact.fields.get("people"))
        if booking.is_cancelled or is_named or not booking.audience or not roster.people:
            continue
        unknown = audiences.unknown(booking.audience, roster, kinds)
        if len(unknown) < len(audiences.empty(booking.audience, roster, contacts)) == len(booking.audience):
            details = {"value": "; ".join(booking.audience)}
            yield RowError(fact.source.file, fact.source.row, "audience", "empty_audience", details)


def _placed(booking: Booking, day: date, campaigns: Sequence[Campaign]) -> Booking:
    """A booking with the campaign that covers its day, unless it belongs to one already."""
    if booking.campaign:
        return booking
    campaign = choosing.of_booking(campaigns, day, counts=booking.kind in COUNTED)
    return replace(booking, campaign=campaign.id) if campaign else booking


def _closed(news: Sequence[Booking], campaigns: Sequence[Campaign], given: Sequence[Given]) -> tuple[RowError, ...]:
    """The rows that would change what belongs to a closed campaign."""
    names = {campaign.id: campaign.name for campaign in campaigns if not campaign.is_open}
    sources = {fact.key: fact.source for fact in given}
    rows = ((sources[b.id], b.campaign) for b in news if b.campaign in names and b.id in sources)
    return tuple(
        RowError(source.file, source.row, "campaign", "campaign_closed", {"name": names[campaign]})
        for source, campaign in rows
        if campaign
    )


def _nobody(session: Session, given: Sequence[Booking], rosters: Rosters, zone: ZoneInfo) -> list[Finding]:
    """The selectors of given bookings that name nobody and nothing, each once."""
    kinds = {contact.kind for contact in load.contacts(session)} if given else set()
    unknown = (audiences.unknown(booking.audience, rosters.on(booking.day(zone)), kinds) for booking in given)
    return [Finding("audience_unknown", selector) for selector in sorted({s for names in unknown for s in names})]


def _identified(session: Session, given: Sequence[Given]) -> list[Given]:
    """The facts with ids: a row without one is the booking that stands with the same words, or a new one."""
    nameless = [fact for fact in given if fact.key.startswith(NATURAL)]
    if not nameless:
        return list(given)
    id_by_key = {_natural_key(booking): booking.id for booking in _around(session, nameless)}
    identified = [fact for fact in given if not fact.key.startswith(NATURAL)]
    for fact in nameless:
        booking_id = id_by_key.get(fact.key) or save.next_booking_id(session, Kind(str(fact.fields["kind"])))
        identified.append(replace(fact, key=booking_id))
    return identified


def _around(session: Session, given: Iterable[Given]) -> list[Booking]:
    """The bookings that stand in the time that these rows speak of."""
    spans = [Span(fact.fields["start"], fact.fields["end"]) for fact in given]  # type: ignore[arg-type]  # as above
    return load.bookings(session, span=hull(spans))


def _natural_key(booking: Booking) -> str:
    """What a booking is known by when a row has no id."""
    words = given_bookings.words_of(booking.kind, booking.title, booking.people)
    return given_bookings.natural_key(booking.kind, booking.span.start, words)


def _standing(session: Session, ids: Collection[BookingId]) -> dict[BookingId, Booking]:
    """The bookings of these ids that stand already."""
    return {booking.id: booking for booking in load.bookings(session, ids=ids)} if ids else {}


def _resolved_again(session: Session, done: set[BookingId], rosters: Rosters, zone: ZoneInfo) -> list[Booking]:
    """Standing bookings whose audience is another after the org chart changed."""
    ids = standing.bookings_with_audience(session).keys() - done
    bookings = load.bookings(session, ids=sorted(ids)) if ids else []
    again = ((old, given_bookings.resolved_again(old, rosters.on(old.day(zone)))) for old in bookings)
    return [new for old, new in again if new != old]


def _clashes(session: Session, news: Sequence[Booking]) -> list[Clash]:
    """Where the bookings to be written would be in one place with each other or with those that stand."""
    times = [booking.span for booking in news if not booking.is_cancelled]
    if not times:
        return []
    return given_bookings.clashes(news, load.bookings(session, span=hull(times)), load.working_time(session))


def _named(clash: Clash, rosters: Rosters, rooms: Mapping[RoomId, Room], zone: ZoneInfo) -> dict[str, object]:
    """Who or which room it is, and when, as sentences say it."""
    start, end = clash.span.start.astimezone(zone), clash.span.end.astimezone(zone)
    name: object = rosters.on(start.date()).name(clash.person) if clash.person else rooms.get(clash.room or RoomId(""))
    return {"name": name, "start": start, "end": end}


def _clash_error(clash: Clash, sources: dict[BookingId, Source], named: dict[str, object]) -> RowError:
    """A clash, told at the row of the booking that is to be written; one that no row gives is named itself."""
    source = sources.get(clash.booking, Source("", None))
    kind, field = ("person_taken", "participants") if clash.person else ("room_taken", "room")
    details = {
        "booking": clash.booking,
        "other": clash.other,
        "other_row": sources[clash.other].row if clash.other in sources else None,
        "person": clash.person,
        "room": clash.room,
        **named,
    }
    return RowError(source.file, source.row, field, kind, details)
