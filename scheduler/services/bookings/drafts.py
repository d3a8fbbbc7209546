"""What somebody wants to book, made whole: words checked, people and places known, the facts around it."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy.orm import Session

from scheduler.core.bookings.rights import named
from scheduler.core.bookings.snapshot import Snapshot
from scheduler.core.ground import audiences, grades, written
from scheduler.core.ground.bookings import MAX_BOOKING_MINUTES, OFF_SITE, STUDIED_KINDS, Booking, Draft, Kind, Size
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.guests import Guest, joined
from scheduler.core.ground.ids import PersonId, RoomId
from scheduler.core.ground.spans import Span, lasting
from scheduler.core.sessions import study
from scheduler.documents.text import clean
from scheduler.services.bookings import meetings
from scheduler.services.ground.booking_changes import BookingChange
from scheduler.store import load

T = TypeVar("T")

PAIR = 2
MAX_GUESTS = 500


def span_of(start: datetime, minutes: int) -> Span:
    """From a start, for so many minutes. Raises Malformed naming `start` or `minutes`."""
    if start.year not in written.YEARS or start.second or start.microsecond:
        raise Malformed("not_a_time", "start", value=start.isoformat())
    if not 1 <= minutes <= MAX_BOOKING_MINUTES:
        raise Malformed("out_of_range", "minutes", value=minutes, first=1, last=MAX_BOOKING_MINUTES)
    return lasting(start, minutes)


def tidy(draft: Draft) -> Draft:
    """The draft with its words in order: a clean title, each person once, three people make a group talk.

    Raises Malformed naming the field.
    """
    minutes, rest = divmod(draft.span.length, timedelta(minutes=1))
    if rest:
        raise Malformed("not_a_number", "minutes", value=f"{draft.span.length.total_seconds() / 60:g}")
    span_of(draft.span.start, minutes)
    title = clean(draft.title)
    if len(title) > written.MAX_LINE:
        raise Malformed("too_long", "title", last=written.MAX_LINE)
    people, audience = _each_once(draft.people), _each_once(map(grades.selector_of, draft.audience))
    guests = tuple(map(_tidy_guest, draft.guests))
    if len(guests) > MAX_GUESTS:
        raise Malformed("too_many_guests", "guests", most=MAX_GUESTS)
    is_group = draft.kind is Kind.TALK and (draft.size is Size.GROUP or len(people) + len(guests) > PAIR)
    size = Size.GROUP if is_group else Size.ONE_TO_ONE
    whole = replace(
        draft, title=title, people=people, audience=audience, room=draft.room or None, size=size, guests=guests
    )
    return replace(whole, host=draft.host or None, **meetings.tidy(draft))


def _tidy_guest(guest: Guest) -> Guest:
    """A guest with clean words. Raises Malformed naming the field."""
    words = {name: clean(getattr(guest, name)) for name in ("name", "unit", "post", "kind")}
    for name, text in words.items():
        if len(text) > written.MAX_LINE:
            raise Malformed("too_long", f"guest_{name}", last=written.MAX_LINE)
    if not words["name"]:
        raise Malformed("missing", "guest_name")
    if guest.contact and guest.person:
        raise Malformed("contact_or_person", "guests", value=words["name"])
    return replace(guest, name=words["name"], unit=words["unit"], post=words["post"], kind=words["kind"])


def changed(booking: Booking, change: BookingChange) -> Draft:
    """The new shape of a booking. Raises Malformed when somebody is taken off who was not named one by one."""
    people = named(booking)
    for person in change.remove_people:
        if person not in people:
            raise Malformed("not_named", "remove_people", value=person)
    people = tuple(p for p in (*people, *change.add_people) if p not in change.remove_people)
    guests = _changed_guests(booking, change)
    is_pair_again = len(booking.participants) + len(booking.guests) > PAIR >= len(people) + len(guests)
    start = change.start or booking.span.start
    minutes = change.minutes if change.minutes is not None else booking.span.length // timedelta(minutes=1)
    return tidy(
        Draft(
            booking.kind,
            span_of(start, minutes),
            people,
            booking.audience,
            booking.room if change.room is None else RoomId(change.room),
            booking.title if change.title is None else change.title,
            booking.mode,
            Size.ONE_TO_ONE if is_pair_again else booking.size,
            booking.rule_set,
            _changed_host(booking, change),
            replaces=booking.id,
            campaign=change.campaign or booking.campaign,
            hours=booking.hours if change.hours is None else change.hours or None,
            guests=guests,
            agenda=booking.agenda if change.agenda is None else change.agenda,
            remark=booking.remark if change.remark is None else change.remark,
            link=booking.link if change.link is None else change.link,
            series=booking.series,
        )
    )


def named_in(draft: Draft) -> tuple[PersonId, ...]:
    """Everybody whom a draft names one by one, its host included."""
    return (*draft.people, draft.host) if draft.host and draft.host not in draft.people else draft.people


def _changed_host(booking: Booking, change: BookingChange) -> PersonId | None:
    """Who shall lead it; nobody, once the host is taken off."""
    if change.host is None:
        return None if booking.host in change.remove_people else booking.host
    return change.host or None


def _changed_guests(booking: Booking, change: BookingChange) -> tuple[Guest, ...]:
    """The guests as they shall be. Raises NotFound for one to be taken off who is not there."""
    for gone in change.remove_guests:
        if gone not in {guest.id for guest in booking.guests}:
            raise NotFound("guest", gone)
    return joined((g for g in booking.guests if g.id not in change.remove_guests), change.add_guests)


def facts(session: Session, draft: Draft) -> Snapshot:
    """What is true around a draft. Raises Malformed naming the field whose people, room or audience nobody knows."""
    snapshot = load.snapshot(session, draft)
    _require_known("people", draft.people, snapshot.roster.people)
    speakers = (point.person for point in draft.agenda if point.person)
    _require_known("agenda", speakers, snapshot.roster.people)
    _require_known("host", (draft.host,) if draft.host else (), snapshot.roster.people)
    _require_known("room", (draft.room,) if draft.room and draft.room != OFF_SITE else (), snapshot.rooms)
    _require_known(
        "audience",
        audiences.unknown(draft.audience, snapshot.roster, {contact.kind for contact in snapshot.contacts}),
        (),
    )
    _require_known("guests", (guest.person for guest in draft.guests if guest.person), snapshot.roster.people)
    contacts = {contact.id for contact in snapshot.contacts}
    _require_known("guests", (guest.contact for guest in draft.guests if guest.contact), contacts)
    _require_company(draft, snapshot)
    _require_hours(draft, snapshot)
    return snapshot


def _require_known(field: str, names: Iterable[str], existing: Collection[str]) -> None:
    """Raise Malformed with the first that is not known."""
    for name in names:
        if name not in existing:
            raise Malformed("unknown", field, value=name)


def _require_company(draft: Draft, snapshot: Snapshot) -> None:
    """Raise Malformed if nobody is named, or somebody would talk alone; an audience of nobody is refused elsewhere."""
    if not draft.people and not draft.audience:
        raise Malformed("missing", "people")
    if draft.kind is Kind.TALK and not audiences.empty(draft.audience, snapshot.roster, snapshot.contacts):
        count = len(audiences.participants(draft.people, draft.audience, snapshot.roster, draft.host))
        if count + len(draft.guests) < PAIR:
            raise Malformed("too_few", "people", value=count, first=PAIR)


def _require_hours(draft: Draft, snapshot: Snapshot) -> None:
    """Raise Malformed for study hours that no session can state, and for those of what is none."""
    if draft.hours is None:
        return
    if draft.kind not in STUDIED_KINDS:
        raise Malformed("hours_without_study", "hours", value=f"{draft.hours:g}")
    most = study.most_hours(draft.span, snapshot.working_time.zone)
    if not 0 < draft.hours <= most:
        raise Malformed("not_hours", "hours", value=f"{draft.hours:g}", most=most)


def _each_once(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))
