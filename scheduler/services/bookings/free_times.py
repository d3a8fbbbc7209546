"""When people could meet: the facts for `core.bookings.free_times`, for those who may book such a thing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from scheduler.core.bookings import conflicts, taken_times
from scheduler.core.bookings import free_times as core
from scheduler.core.bookings import rights as booking_rights
from scheduler.core.bookings.free_times import Attendee, FreeTime, OfferedRoom, Search
from scheduler.core.bookings.snapshot import Snapshot
from scheduler.core.ground import audiences, grades
from scheduler.core.ground.access import Actor
from scheduler.core.ground.bookings import MAX_BOOKING_MINUTES, OFF_SITE, Absence, Draft, Kind, Participant
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, Refused
from scheduler.core.ground.ids import BookingId, CampaignId, PersonId, RoomId, RuleSetId
from scheduler.core.ground.people import Room
from scheduler.core.ground.spans import Span, midnight, next_midnight
from scheduler.core.ground.working_time import WorkingTime
from scheduler.services.bookings import asking, belonging, drafts, facts
from scheduler.services.ground import notice_time
from scheduler.store import load

__all__ = ["FreeTime", "TimeQuery", "draft_of", "find", "free_times", "instead", "rooms_of", "search"]

MAX_SEARCH = timedelta(days=92)
USUAL_SEARCH = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class TimeQuery:
    """What a time is looked for."""

    kind: Kind
    minutes: int
    people: tuple[PersonId, ...] = ()
    audience: tuple[str, ...] = ()
    room: RoomId | None = None
    """In this room, or off site; None: in any room that suits."""
    use: str = ""
    """In any room of this use that is large enough."""
    keeps: RoomId | None = None
    """Or in this room, wherever it is free."""
    needs_room: bool = True
    first: date | None = None
    """None: as soon as there is notice enough."""
    last: date | None = None
    """None: three weeks later."""
    rule_set: RuleSetId | None = None
    campaign: CampaignId | None = None
    """In which campaign; None: the one that the day means."""
    replaces: BookingId | None = None
    """The booking that would be moved: it is not in its own way, and its own time is not told."""


def find(session: Session, actor: Actor, query: TimeQuery, clock: Clock, *, limit: int = 10) -> list[FreeTime]:
    """The best times at which these people and a room are free.

    Only for those who may book such a thing: others would learn who is busy when. Who is missing, organizers are told.
    """
    booking_rights.require_arrange(actor, query.kind, query.people, query.audience)
    stands = None
    if query.replaces:
        old = load.booking(session, query.replaces)
        booking_rights.require_change(actor, old)
        stands = old.span.start
    _require_asked(session, actor, query, clock)
    asking.note(session, actor, query.people, query.audience, clock)
    space = search(session, query, clock)
    if space is None:
        return []
    if not actor.sees_all:
        space = _told_coarsely(space, actor)
    times = islice((time for time in core.best(space) if time.span.start != stands), min(limit, core.MAX_OFFERED))
    return [time if actor.arranges_all else replace(time, missing_people=()) for time in times]


def _require_asked(session: Session, actor: Actor, query: TimeQuery, clock: Clock) -> None:
    """Raise Refused where somebody looks for a time of their own with people whom no rule asks them to talk to."""
    if query.replaces and set(query.people) <= set(load.booking(session, query.replaces).people):
        return
    today = clock.today(load.working_time(session).zone)
    days = max(query.first or today, today), query.last or today
    draft = draft_of(query, Span(clock.now, clock.now + timedelta(minutes=1)))
    asking.require_asked(session, actor, draft, days, clock)


def _told_coarsely(space: Search, actor: Actor) -> Search:
    """The same facts for somebody who may not see whose bookings these are: of others, the half hours that are touched."""
    zone = space.working_time.zone
    attendees = (
        a if a.person == actor.person else replace(a, taken=tuple(taken_times.told(a.taken, zone, exactly=False)))
        for a in space.attendees
    )
    return replace(space, attendees=tuple(attendees))


def instead(
    session: Session,
    actor: Actor,
    booking_id: BookingId,
    *,
    add_people: Sequence[PersonId] = (),
    remove_people: Sequence[PersonId] = (),
) -> TimeQuery:
    """Another time for a booking that stands, with the people that it is to have; only for those who may move it."""
    old = load.booking(session, booking_id)
    booking_rights.require_change(actor, old)
    people = tuple(p for p in (*booking_rights.named(old), *add_people) if p not in remove_people)
    minutes = old.span.length // timedelta(minutes=1)
    return TimeQuery(
        old.kind, minutes, people, old.audience, rule_set=old.rule_set, campaign=old.campaign, replaces=old.id
    )


def free_times(  # noqa: PLR0913 - a question with this many parts
    session: Session,
    actor: Actor,
    people: Sequence[PersonId],
    minutes: int,
    clock: Clock,
    first: date,
    last: date,
    *,
    limit: int = 5,
) -> list[FreeTime]:
    """The best times at which these people can talk."""
    query = TimeQuery(Kind.TALK, minutes, tuple(people), first=first, last=last)
    return find(session, actor, query, clock, limit=limit)


def search(session: Session, query: TimeQuery, clock: Clock) -> Search | None:
    """The facts around what is wanted; None when its days or its rooms are none.

    Raises Malformed naming what cannot be understood, Refused for an audience of nobody.
    """
    if not 1 <= query.minutes <= MAX_BOOKING_MINUTES:
        raise Malformed("out_of_range", "minutes", value=query.minutes, first=1, last=MAX_BOOKING_MINUTES)
    table = load.working_time(session)
    first = _first(session, query, table, clock)
    last = min(query.last or first + USUAL_SEARCH, first + MAX_SEARCH)
    if last < first:
        return None
    draft = draft_of(query, Span(midnight(first, table.zone), next_midnight(first, table.zone)))
    about = drafts.facts(session, draft)
    if nobody := conflicts.empty_audiences(draft, about):
        raise Refused(nobody)
    windows, subject = facts.talk_windows(session, draft, clock)
    participants = audiences.participants(draft.people, draft.audience, about.roster)
    rooms = rooms_of(query, about, len(participants))
    if query.needs_room and query.use and not rooms:
        return None
    resources = [*load.resources_of((p.person for p in participants), None), *(f"r:{offer.room.id}" for offer in rooms)]
    stretch = Span(midnight(first, table.zone), next_midnight(last, table.zone))
    taken = load.taken_spans(session, resources, stretch, besides=query.replaces)
    return Search(
        table, first, last, clock.now, query.minutes,
        tuple(_attendees(session, participants, taken, (first, last), table.zone)),
        tuple(replace(offer, taken=tuple(taken[f"r:{offer.room.id}"])) for offer in rooms),
        windows, subject,
    )  # fmt: skip


def _first(session: Session, query: TimeQuery, table: WorkingTime, clock: Clock) -> date:
    """The first day looked at: the one that was named, unless it is over; else the first that leaves notice enough."""
    today = clock.today(table.zone)
    if query.first:
        return max(query.first, today)
    draft = draft_of(query, Span(midnight(today, table.zone), next_midnight(today, table.zone)))
    campaign = belonging.placed(session, draft).campaign
    return notice_time.earliest(session, campaign, clock).astimezone(table.zone).date()


def draft_of(query: TimeQuery, span: Span) -> Draft:
    """What is wanted, as a booking at some time."""
    return Draft(
        query.kind,
        span,
        tuple(dict.fromkeys(query.people)),
        tuple(dict.fromkeys(map(grades.selector_of, query.audience))),
        query.room,
        rule_set=query.rule_set,
        campaign=query.campaign,
        replaces=query.replaces,
    )


def _attendees(
    session: Session,
    participants: Sequence[Participant],
    taken: dict[str, list[Span]],
    days: tuple[date, date],
    zone: ZoneInfo,
) -> list[Attendee]:
    """Everybody who is to come, with what is known of their time."""
    away: dict[PersonId, list[Absence]] = {}
    for absence in load.away(session, [p.person for p in participants], *days, zone):
        away.setdefault(absence.person, []).append(absence)
    return [
        Attendee(p.person, tuple(taken[f"p:{p.person}"]), tuple(away.get(p.person, ())), p.is_named)
        for p in participants
    ]


def rooms_of(query: TimeQuery, about: Snapshot, count: int) -> list[OfferedRoom]:
    """The rooms that would do, the smallest first; none when none is needed, or none suits.

    A talk goes to a room for talks as long as there is one that is large enough.
    """
    if not query.needs_room or query.room == OFF_SITE:
        return []
    seats = count + audiences.external_count(query.audience, about.contacts)
    if query.room:
        room = about.rooms[query.room]
        return [OfferedRoom(room, warnings=tuple(conflicts.unsuited(room, query.kind, seats)))]
    large = [room for room in about.rooms.values() if room.capacity is None or room.capacity >= seats]
    if query.use:
        fitting = [room for room in large if room.use == query.use]
    else:
        fitting = [room for room in large if not any(conflicts.unsuited(room, query.kind, seats))]
        fitting = [room for room in fitting if query.kind is Kind.TALK and room.use == "talk"] or fitting
    kept = [room for room in about.rooms.values() if room.id == query.keeps]
    liked = [*kept, *(room for room in sorted(fitting, key=_size) if room.id != query.keeps)]
    return [OfferedRoom(room, warnings=tuple(conflicts.unsuited(room, query.kind, seats))) for room in liked]


def _size(room: Room) -> tuple[float, str]:
    """What rooms are sorted by: how many they hold."""
    return (float("inf") if room.capacity is None else room.capacity, room.id)
