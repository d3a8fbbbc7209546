"""What a feed says of a booking, and what it is called: as much as `visibility.in_feed` allows, in the feed's language."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.feeds import visibility
from scheduler.core.feeds.definitions import Feed, Scope
from scheduler.core.feeds.visibility import Shown
from scheduler.core.ground.bookings import OFF_SITE, Booking
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.ground.spans import Span
from scheduler.core.ground.working_time import WorkingTime
from scheduler.ical import identity, write
from scheduler.services.ground import organisation
from scheduler.store import load
from scheduler.store.bookings import left_rooms
from scheduler.store.organisation.rows import GroupVersionRow, PersonVersionRow
from scheduler.wording.texts import listed, say, words
from scheduler.wording.times import span_text
from scheduler.wording.vocabularies import speaking

ODD = (ValueError, TypeError, LookupError, OverflowError, OSError)
"""What goes wrong when a booking cannot be read or written, whoever put it there."""
_WORDS = words(
    "feed",
    {
        "name": "谈心日程",
        "talk": "谈心谈话：%(names)s",
        "nameless": "谈心谈话",
        "group": "集体谈话",
        "busy": "占用",
        "cancelled": "[已取消] %(title)s",
        "off_site": "外出",
        "untitled": "日程",
        "of": "%(name)s · 日程",
    },
)


def entries(
    session: Session, feed: Feed, ids: Collection[BookingId], link: str
) -> Iterator[tuple[BookingId, write.CalendarEntry | None]]:
    """What a feed says of these bookings; nothing of what it may not show; None for one that cannot be read."""
    bookings, unread = _readable(session, ids)
    yield from ((booking_id, None) for booking_id in unread)
    said = _words(session, feed.language)
    others = {other for booking in bookings if booking.is_talk for other in booking.people}
    names = names_of(session, others | {item.person for b in bookings for item in b.agenda if item.person})
    places = {name: room.name for name, room in load.rooms(session).items()} if bookings else {}
    places[OFF_SITE] = said["off_site"]
    time = load.hours_of_day(session)
    for booking in bookings:
        shown = visibility.in_feed(booking, feed)
        if shown is not Shown.NOTHING:
            summary = said["busy"] if shown is Shown.BUSY else _summary(booking, feed, shown, names, said)
            place = places.get(booking.room, "") if booking.room else ""
            more = _more(booking, names, feed.language) if shown is Shown.WHOLE else []
            yield booking.id, _entry(booking, feed, shown, summary, place, link, time, more)


def _readable(session: Session, ids: Collection[BookingId]) -> tuple[list[Booking], list[BookingId]]:
    """The bookings, and those that cannot be read; looked at one by one only when there is such a one."""
    if not ids:
        return [], []
    try:
        return load.bookings(session, ids=ids), []
    except ODD:
        if len(ids) == 1:
            return [], list(ids)
    each = [_readable(session, [booking_id]) for booking_id in ids]
    return [booking for bookings, _ in each for booking in bookings], [name for _, unread in each for name in unread]


def left(session: Session, feed: Feed, before: datetime) -> list[bytes]:
    """What was in the room of a feed and is elsewhere now, as cancelled there; what left by `before` is told no more."""
    if feed.room is None or not (gone := [row for row in left_rooms.of_feed(session, feed) if row.left_at > before]):
        return []
    said, zone = _words(session, feed.language), load.organisation(session).zone
    summary = say(_WORDS["cancelled"], feed.language, title=said["busy"])
    return [
        write.event(
            write.CalendarEntry(
                uid=identity.uid_in_room(row.uid, row.room_id),
                summary=summary,
                span=Span(row.starts_at, row.ends_at),
                created_at=row.created_at,
                revised_at=row.left_at,
                sequence=row.sequence,
                is_cancelled=True,
            ),
            zone,
        )
        for row in gone
    ]


def name_of(session: Session, feed: Feed) -> str:
    """What a feed is called."""
    said, name = _words(session, feed.language), feed.owner.id
    match feed.owner.scope:
        case Scope.PERSON:
            return (
                said["of"] % {"name": _campaign(session, feed.options.campaign)}
                if feed.options.campaign
                else said["name"]
            )
        case Scope.ROOM:
            room = load.rooms(session).get(feed.room) if feed.room else None
            return f"{room.name if room else name}（{said['busy']}）"
        case Scope.GROUP:
            row = GroupVersionRow
            return said["of"] % {"name": _latest(session, row, row.group_id, [name]).get(name, name)}
        case Scope.CAMPAIGN:
            return _campaign(session, name)


def _campaign(session: Session, name: str) -> str:
    """What a campaign is called."""
    return next((campaign.name for campaign in load.campaign_names(session) if campaign.id == name), name)


def names_of(session: Session, people: Collection[PersonId]) -> dict[PersonId, str]:
    """The latest name of each, so that a feed does not depend on the day it is asked for."""
    row = PersonVersionRow
    return {PersonId(key): name for key, name in _latest(session, row, row.person_id, people).items()}


def _latest(session: Session, row: Any, key: Any, keys: Collection[str]) -> dict[str, str]:
    """The latest name of each row."""
    if not keys:
        return {}
    query = select(key, row.name).where(key.in_(keys))
    latest_last = session.execute(query.order_by(row.valid_from.is_not(None), row.valid_from))
    return {str(row_key): str(name) for row_key, name in latest_last}


def _entry(  # noqa: PLR0913, PLR0917 - a booking, and all that is said of it
    booking: Booking,
    feed: Feed,
    shown: Shown,
    summary: str,
    place: str,
    link: str,
    time: WorkingTime,
    more: list[str],
) -> write.CalendarEntry:
    """A booking, as far as its feed may show it."""
    is_of_days = time.is_of_days(booking.span)
    is_busy, is_whole = shown is Shown.BUSY, shown is Shown.WHOLE
    sequence = booking.shown_sequence if is_whole else booking.busy_sequence
    shown_at = booking.shown_revised_at if is_whole else booking.busy_revised_at
    revised_at = shown_at or booking.revised_at or booking.span.start
    if came := next((p for p in booking.participants if p.person == feed.person and p.entered_at), None):
        sequence, revised_at = sequence + came.entered, max(revised_at, came.entered_at or revised_at)
    return write.CalendarEntry(
        uid=identity.uid_in_room(booking.uid, feed.owner.id) if feed.owner.scope is Scope.ROOM else booking.uid,
        summary=say(_WORDS["cancelled"], feed.language, title=summary) if booking.is_cancelled else summary,
        span=booking.span,
        created_at=booking.created_at or revised_at,
        revised_at=revised_at,
        sequence=sequence,
        location="" if is_busy else place,
        url="" if is_busy or not link else f"{link}{booking.id}",
        is_cancelled=booking.is_cancelled,
        is_confidential=booking.is_talk and not is_busy,  # that a room is taken by a talk is nobody's business
        is_free=feed.owner.scope is Scope.CAMPAIGN,
        alarm_minutes=feed.options.alarm_minutes,
        is_of_days=is_of_days,
        description="\n".join([_times(booking, time.zone, feed.language), *more] if is_of_days else more),
    )


def _more(booking: Booking, names: dict[PersonId, str], language: str) -> list[str]:
    """What people bring along or prepare for: the agenda, the remark, and where one joins by video. A talk has none of it."""
    points = [
        f"{number}. {item.title}"
        + (f"（{who}）" if (who := names.get(item.person, "") if item.person else item.speaker) else "")
        for number, item in enumerate(booking.agenda, 1)
    ]
    video = [say("视频：%(link)s", language, link=booking.link)] if booking.link else []
    return [] if booking.is_talk or booking.is_cancelled else [*points, *booking.remark.splitlines(), *video]


def _times(booking: Booking, zone: ZoneInfo, language: str) -> str:
    """From when to when, where days alone are shown."""
    return span_text(booking.span.start.astimezone(zone), booking.span.end.astimezone(zone), language)


def _words(session: Session, language: str) -> dict[str, str]:
    """Our own words in a feed, in the office's vocabulary."""
    with speaking(organisation.spoken(session)):
        return {key: say(text, language) for key, text in _WORDS.items()}


def _summary(booking: Booking, feed: Feed, shown: Shown, names: dict[PersonId, str], said: dict[str, str]) -> str:
    """What an entry is called: a talk by the other one's name (if names are shown), never by a topic."""
    if not booking.is_talk:
        return booking.title or said["untitled"]
    if booking.is_group_talk:
        return said["group"]
    if shown is Shown.NAMELESS:
        return said["nameless"]
    others = [names.get(other, other) for other in booking.people if other != feed.person]
    others += [guest.name for guest in booking.guests if guest.person not in booking.people]
    return said["talk"] % {"names": listed(others, feed.language)}
