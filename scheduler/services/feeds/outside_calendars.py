"""Calendars that people keep elsewhere: added by address or as a file, fetched now and then, switched on and off, removed.

Only when somebody is busy is kept. Everybody sees to their own; organizers to anybody's, and of these they learn neither what
they are called nor where they come from. An address that was typed once is used, and never told or logged.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from scheduler.core.feeds.outside_calendars import (
    FETCH_EVERY,
    BusyTimes,
    OutsideCalendar,
    Unusable,
    kept_window,
    wait_after,
)
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound
from scheduler.core.ground.ids import CalendarId, PersonId
from scheduler.core.ground.intervals import clipped, merged
from scheduler.core.ground.spans import Span, midnight
from scheduler.ical import process
from scheduler.outside import addresses, fetch
from scheduler.outside.errors import Unfetchable
from scheduler.services.ground import journal
from scheduler.store import load, writing
from scheduler.store.bookings import in_feeds
from scheduler.store.feeds import load_calendars, save_calendars

MAX_CALENDARS = 5
"""Of one person."""
MAX_NAME_LENGTH = 60
AGAIN_AFTER = timedelta(minutes=1)
"""Nobody has the same calendar fetched sooner again."""
AT_ONCE = 20
"""Calendars that one round of the background process fetches; the others wait for the next."""
UNFETCHABLE = "unfetchable"


@dataclass(frozen=True, slots=True)
class Fetching:
    """How calendars are fetched."""

    allowed: Collection[str] = ()
    """Hosts of the intranet that the operator lists."""
    every: timedelta = FETCH_EVERY


def add(
    session: Session, actor: Actor, person: PersonId, address: str, name: str, clock: Clock, fetching: Fetching
) -> tuple[OutsideCalendar, BusyTimes]:
    """Add a calendar by its address, and read it at once. Raises Malformed when it cannot be fetched or is none."""
    _require(actor, person)
    _check(session, person, name, clock)
    try:
        host = addresses.target(address, fetching.allowed).host
    except Unfetchable:
        raise Malformed("calendar_unfetchable", "address") from None
    busy_times = _read(session, person, clock, lambda: fetch.fetch(address, fetching.allowed), "address")
    kept = (name.strip() or host, address.strip(), host)
    return _keep(session, actor, person, kept, busy_times, clock, clock.real + fetching.every), busy_times


def upload(
    session: Session, actor: Actor, person: PersonId, data: bytes, name: str, clock: Clock
) -> tuple[OutsideCalendar, BusyTimes]:
    """Add a calendar from a file, and read it. Raises Malformed when it is none."""
    _require(actor, person)
    _check(session, person, name, clock)
    busy_times = _read(session, person, clock, lambda: data, "file")
    return _keep(session, actor, person, (name.strip(), None, ""), busy_times, clock, None), busy_times


def preview(
    session: Session, actor: Actor, person: PersonId, source: str | bytes, clock: Clock, fetching: Fetching
) -> BusyTimes:
    """What a calendar, by address or as a file, would tell of somebody's time; nothing is kept."""
    _require(actor, person)
    _check_person(session, person, clock)
    if isinstance(source, bytes):
        return _read(session, person, clock, lambda: source, "file")
    return _read(session, person, clock, lambda: fetch.fetch(source, fetching.allowed), "address")


def refresh(
    session: Session, actor: Actor, calendar_id: CalendarId, clock: Clock, fetching: Fetching
) -> OutsideCalendar:
    """Fetch a calendar now. If that fails, what was known of it stays, and the calendar says so."""
    calendar = _own(session, actor, calendar_id)
    if not calendar.next_at:
        raise Malformed("calendar_uploaded", "calendar")
    if calendar.tried_at and clock.real < calendar.tried_at + AGAIN_AFTER:
        raise Malformed("calendar_just_fetched", "calendar")
    fetch_again(session, calendar_id, clock, fetching)
    return _shown(actor, load_calendars.calendar(session, calendar_id))


@writing.verb
def switch(session: Session, actor: Actor, calendar_id: CalendarId, clock: Clock, *, is_on: bool) -> OutsideCalendar:
    """Let a calendar count, or not."""
    writing.begin(session)
    _own(session, actor, calendar_id)
    save_calendars.switch(session, calendar_id, is_on=is_on)
    journal.note(session, actor, "switched", "calendar", str(calendar_id), clock, is_on=is_on)
    return _shown(actor, load_calendars.calendar(session, calendar_id))


@writing.verb
def remove(session: Session, actor: Actor, calendar_id: CalendarId, clock: Clock) -> None:
    """Forget a calendar: its address, its busy times, everything."""
    writing.begin(session)
    _own(session, actor, calendar_id)
    save_calendars.remove(session, calendar_id)
    journal.note(session, actor, "removed", "calendar", str(calendar_id), clock)


def listing(session: Session, actor: Actor, person: PersonId | None, clock: Clock) -> list[OutsideCalendar]:
    """Somebody's calendars; organizers may ask for everybody's."""
    del clock  # every verb is given one
    if person is None:
        access.require(actor, Action.EDIT_CALENDARS)
    else:
        _require(actor, person)
    return [_shown(actor, calendar) for calendar in load_calendars.calendars(session, person)]


def blocks(session: Session, actor: Actor, person: PersonId, clock: Clock, *, days: int = 14) -> tuple[Span, ...]:
    """When somebody's calendars that count show them as busy, from today on, for checking."""
    zone = load.organisation(session).zone
    today = clock.today(zone)
    within = Span(midnight(today, zone), midnight(today + timedelta(days=days), zone))
    counting = [calendar for calendar in listing(session, actor, person, clock) if calendar.is_on]
    spans = (span for calendar in counting for span in load_calendars.busy(session, calendar.id, within))
    return merged(clipped(spans, within), even_touching=False)


def due(session: Session, clock: Clock) -> list[CalendarId]:
    """The calendars that the background process is to fetch now."""
    return load_calendars.due(session, clock.real, AT_ONCE)


@writing.verb
def fetch_again(session: Session, calendar_id: CalendarId, clock: Clock, fetching: Fetching) -> None:
    """Fetch a calendar, and keep what it says; if that fails, keep what is known and note it. For the background process."""
    row = load_calendars.row_of(session, calendar_id)
    address, person, failures = row.address or "", PersonId(row.person_id), row.failures + 1
    outcome: BusyTimes | str
    try:
        outcome = _read_raw(session, person, clock, lambda: fetch.fetch(address, fetching.allowed))
    except (Unfetchable, Unusable) as no:
        outcome = no.kind if isinstance(no, Unusable) else UNFETCHABLE
    writing.begin(session)
    if isinstance(outcome, str):
        wait = max(wait_after(failures), fetching.every)
        save_calendars.failed(session, calendar_id, outcome, clock.real, clock.real + wait)
    else:
        save_calendars.keep_busy(session, calendar_id, outcome, clock.real, clock.real + fetching.every)


def _require(actor: Actor, person: PersonId) -> None:
    """Raise NotAllowed unless they may see to a person's calendars."""
    if person == actor.person and access.may(actor, Action.EDIT_OWN_CALENDARS):
        return
    access.require(actor, Action.EDIT_CALENDARS)


def _own(session: Session, actor: Actor, calendar_id: CalendarId) -> OutsideCalendar:
    """A calendar that they may see to; of any other, nobody learns that there is one."""
    calendar = load_calendars.calendar(session, calendar_id)
    try:
        _require(actor, calendar.person)
    except NotAllowed:
        raise NotFound("calendar", str(calendar_id)) from None
    return calendar


def _shown(actor: Actor, calendar: OutsideCalendar) -> OutsideCalendar:
    """A calendar as far as they may know it: its name and its host are its owner's."""
    return calendar if calendar.person == actor.person else replace(calendar, name="", host="", zone_guesses=())


def _check_person(session: Session, person: PersonId, clock: Clock) -> None:
    """Raise NotFound for somebody who is not known today."""
    if person not in load.roster(session, clock.today(load.organisation(session).zone)).people:
        raise NotFound("person", person)


def _check(session: Session, person: PersonId, name: str, clock: Clock) -> None:
    """Raise unless this person is known, the name is not too long, and there are not too many calendars yet."""
    _check_person(session, person, clock)
    if len(name.strip()) > MAX_NAME_LENGTH:
        raise Malformed("too_long", "name", longest=MAX_NAME_LENGTH)
    if len(load_calendars.calendars(session, person)) >= MAX_CALENDARS:
        raise Malformed("too_many_calendars", "calendar", last=MAX_CALENDARS)


def _read(session: Session, person: PersonId, clock: Clock, source: Callable[[], bytes], field: str) -> BusyTimes:
    """What a calendar says. Raises Malformed naming the field."""
    try:
        return _read_raw(session, person, clock, source)
    except Unfetchable:
        raise Malformed("calendar_unfetchable", field) from None
    except Unusable as no:
        raise Malformed(f"calendar_{no.kind}", field) from None


def _read_raw(session: Session, person: PersonId, clock: Clock, source: Callable[[], bytes]) -> BusyTimes:
    """What a calendar says; the database is let go meanwhile. Raises Unfetchable, Unusable."""
    zone = load.organisation(session).zone
    window = kept_window(clock.today(zone), zone)
    ours = in_feeds.own_identities(session, person, window)
    session.rollback()
    return process.read(source(), window, zone, ours)


@writing.verb
def _keep(
    session: Session,
    actor: Actor,
    person: PersonId,
    kept: tuple[str, str | None, str],
    busy_times: BusyTimes,
    clock: Clock,
    next_at: datetime | None,
) -> OutsideCalendar:
    """Write a calendar that was just read."""
    writing.begin(session)
    calendar_id = save_calendars.new_calendar(session, person, *kept, clock.real)
    save_calendars.keep_busy(session, calendar_id, busy_times, clock.real, next_at)
    journal.note(session, actor, "added", "calendar", str(calendar_id), clock, person=person)
    return _shown(actor, load_calendars.calendar(session, calendar_id))
