"""What somebody wants to book, made whole: words checked, people and places known, the facts around it."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy.orm import Session

from scheduler.core.bookings.rights import named
from scheduler.core.bookings.snapshot import Snapshot
from scheduler.core.ground import audiences, written
from scheduler.core.ground.bookings import MAX_BOOKING_MINUTES, OFF_SITE, STUDIED_KINDS, Booking, Draft, Kind, Size
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import RoomId
from scheduler.core.ground.spans import Span
from scheduler.core.sessions import study
from scheduler.documents.text import clean
from scheduler.services.ground.booking_changes import BookingChange
from scheduler.store import load

T = TypeVar("T")

PAIR = 2


def span_of(start: datetime, minutes: int) -> Span:
    """From a start, for so many minutes. Raises Malformed naming `start` or `minutes`."""
    if start.year not in written.YEARS or start.second or start.microsecond:
        raise Malformed("not_a_time", "start", value=start.isoformat())
    if not 1 <= minutes <= MAX_BOOKING_MINUTES:
        raise Malformed("out_of_range", "minutes", value=minutes, first=1, last=MAX_BOOKING_MINUTES)
    return Span(start, start + timedelta(minutes=minutes))


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
    people, audience = _each_once(draft.people), _each_once(draft.audience)
    is_group = draft.kind is Kind.TALK and (draft.size is Size.GROUP or len(people) > PAIR)
    size = Size.GROUP if is_group else Size.ONE_TO_ONE
    return replace(draft, title=title, people=people, audience=audience, room=draft.room or None, size=size)


def changed(booking: Booking, change: BookingChange) -> Draft:
    """The new shape of a booking. Raises Malformed when somebody is taken off who was not named one by one."""
    people = named(booking)
    for person in change.remove_people:
        if person not in people:
            raise Malformed("not_named", "remove_people", value=person)
    people = tuple(p for p in (*people, *change.add_people) if p not in change.remove_people)
    is_pair_again = len(booking.participants) > PAIR >= len(people)
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
            booking.host,
            replaces=booking.id,
            campaign=change.campaign or booking.campaign,
            hours=booking.hours if change.hours is None else change.hours or None,
        )
    )


def facts(session: Session, draft: Draft) -> Snapshot:
    """What is true around a draft. Raises Malformed naming the field whose people, room or audience nobody knows."""
    snapshot = load.snapshot(session, draft)
    _require_known("people", draft.people, snapshot.roster.people)
    _require_known("host", (draft.host,) if draft.host else (), snapshot.roster.people)
    _require_known("room", (draft.room,) if draft.room and draft.room != OFF_SITE else (), snapshot.rooms)
    _require_known(
        "audience",
        audiences.unknown(draft.audience, snapshot.roster, {contact.kind for contact in snapshot.contacts}),
        (),
    )
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
        count = len(audiences.participants(draft.people, draft.audience, snapshot.roster))
        if count < PAIR:
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
