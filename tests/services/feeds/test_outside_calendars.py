"""Calendars kept elsewhere: added, read, counted, renewed, switched off, forgotten; on both databases."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.orm import Session

from scheduler.core.feeds.outside_calendars import Skipped
from scheduler.core.ground.access import NOBODY, OPERATOR, Actor, Role
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound, Refused
from scheduler.core.ground.ids import CalendarId, PersonId
from scheduler.core.ground.spans import Span
from scheduler.services.accounts import register as accounts
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings import free_times
from scheduler.services.feeds import outside_calendars as calendars
from scheduler.services.feeds.outside_calendars import Fetching
from scheduler.services.operations import housekeeping
from scheduler.store import load
from scheduler.store.accounts.rows import JournalRow
from scheduler.store.feeds import load_calendars
from tests.builders import a_clock, a_draft, an_actor, at
from tests.calendar_server import DAYS, CalendarServer, serving
from tests.ical.hostile import calendar, event
from tests.seeds import a_campaign, an_organisation

CLOCK = a_clock("2014-08-01T08:00")
P01, P02 = PersonId("p01"), PersonId("p02")
ME, OTHER = an_actor("p01"), an_actor("p02")
ORGANIZER = an_actor("p06", Role.ORGANIZER)


@pytest.fixture
def session(session: Session) -> Session:
    an_organisation(session)
    a_campaign(session, "2014-06-16", "2014-08-29")
    session.commit()
    return session


@pytest.fixture
def server() -> Iterator[CalendarServer]:
    with serving() as made:
        yield made


def _fetching(server: CalendarServer) -> Fetching:
    return Fetching((server.host,))


def _later(minutes: int) -> Clock:
    return Clock(CLOCK.now + timedelta(minutes=minutes), CLOCK.real + timedelta(minutes=minutes))


def _told(spans: tuple[Span, ...]) -> list[str]:
    zone = at("2014-07-01T00:00").tzinfo
    return [f"{one.start.astimezone(zone):%d %H:%M}-{one.end.astimezone(zone):%H:%M}" for one in spans]


def _everything(session: Session) -> str:
    """All rows of all tables."""
    tables = inspect(session.get_bind()).get_table_names()
    return str([session.execute(text(f'SELECT * FROM "{name}"')).fetchall() for name in tables])


def test_a_calendar_is_added_by_its_address_and_only_busy_times_are_kept(
    session: Session, server: CalendarServer
) -> None:
    made, found = calendars.add(session, ME, P01, server.address, " 家里 ", CLOCK, _fetching(server))

    assert (made.person, made.name, made.host, made.is_on, made.error) == (P01, "家里", "127.0.0.1", True, "")
    assert (made.good_at, made.next_at) == (
        CLOCK.real.replace(microsecond=0),
        (CLOCK.real + timedelta(hours=2)).replace(microsecond=0),
    )
    assert _told(found.busy) == ["05 09:00-10:00", "06 14:00-15:00", "07 14:00-15:00"]
    assert calendars.blocks(session, ME, P01, CLOCK) == found.busy
    kept = _everything(session).replace(server.address, "")
    assert "secret" not in kept
    assert server.address not in str(calendars.listing(session, ME, P01, CLOCK))
    (noted,) = session.query(JournalRow).all()
    assert (noted.action, noted.noun, noted.noun_id, noted.details) == (
        "added",
        "calendar",
        str(made.id),
        {"person": "p01"},
    )


def test_a_calendar_without_a_name_is_called_by_its_host(session: Session, server: CalendarServer) -> None:
    made, _ = calendars.add(session, ME, P01, server.address, "", CLOCK, _fetching(server))
    assert made.name == "127.0.0.1"


def test_a_file_is_read_once_and_not_fetched(session: Session) -> None:
    made, found = calendars.upload(session, ME, P01, DAYS, "file", CLOCK)

    assert (made.host, made.next_at) == ("", None)
    assert len(found.busy) == 3
    with pytest.raises(Malformed) as refusal:
        calendars.refresh(session, ME, made.id, _later(60), Fetching())
    assert refusal.value.kind == "calendar_uploaded"


def test_a_preview_keeps_nothing(session: Session, server: CalendarServer) -> None:
    for source in (DAYS, server.address):
        assert len(calendars.preview(session, ME, P01, source, CLOCK, _fetching(server)).busy) == 3
    assert calendars.listing(session, ME, P01, CLOCK) == []


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        (b"<html>", 200, "calendar_no_calendar"),
        (DAYS[:-5], 200, "calendar_cut_off"),
        (DAYS, 500, "calendar_unfetchable"),
    ],
)
def test_what_cannot_be_read_is_not_added(
    session: Session, server: CalendarServer, body: bytes, status: int, kind: str
) -> None:
    server.body, server.status = body, status
    with pytest.raises(Malformed) as refusal:
        calendars.add(session, ME, P01, server.address, "", CLOCK, _fetching(server))
    assert (refusal.value.kind, refusal.value.field) == (kind, "address")
    assert server.address not in str(refusal.value)
    assert calendars.listing(session, ME, P01, CLOCK) == []


def test_an_address_of_the_inner_network_is_one_that_cannot_be_fetched(
    session: Session, server: CalendarServer
) -> None:
    for address in (server.address, "http://127.0.0.1/", "no address"):
        with pytest.raises(Malformed) as refusal:
            calendars.add(session, ME, P01, address, "", CLOCK, Fetching())
        assert refusal.value.kind == "calendar_unfetchable"
    assert server.asked == 0


def test_five_calendars_are_enough_and_names_are_short(session: Session) -> None:
    with pytest.raises(Malformed):
        calendars.upload(session, ME, P01, DAYS, "长" * 61, CLOCK)
    for _ in range(5):
        calendars.upload(session, ME, P01, DAYS, "", CLOCK)
    with pytest.raises(Malformed) as refusal:
        calendars.upload(session, ME, P01, DAYS, "", CLOCK)
    assert refusal.value.kind == "too_many_calendars"


# ── They count ───────────────────────────────────────────────────────────────────────────────────────────────────────
def test_whoever_is_busy_elsewhere_cannot_be_booked_until_the_calendar_is_switched_off(session: Session) -> None:
    made, _ = calendars.upload(session, ME, P01, DAYS, "", CLOCK)
    wanted = a_draft(start="2014-08-05T09:30")

    with pytest.raises(Refused) as refusal:
        bookings.book(session, ORGANIZER, wanted, CLOCK)
    (why,) = refusal.value.blocking
    assert (why.kind, why.subject) == ("absence", "p01")
    found = free_times.free_times(
        session, ORGANIZER, [P01, P02], 60, CLOCK, date(2014, 8, 5), date(2014, 8, 7), limit=99
    )
    assert not [one for one in found if one.span.overlaps(Span(at("2014-08-05T09:00"), at("2014-08-05T10:00")))]

    calendars.switch(session, ORGANIZER, made.id, CLOCK, is_on=False)
    assert calendars.blocks(session, ME, P01, CLOCK) == ()
    assert bookings.book(session, ORGANIZER, wanted, CLOCK).booking.id
    assert calendars.switch(session, ME, made.id, CLOCK, is_on=True).is_on


def test_whoever_comes_in_through_a_group_is_only_warned_of(session: Session) -> None:
    calendars.upload(session, ME, P01, DAYS, "", CLOCK)
    wanted = replace(a_draft(Kind.MEETING, "2014-08-05T09:30", who=[]), audience=("all_staff",))

    report = bookings.book(session, ORGANIZER, wanted, CLOCK)

    assert [one.kind for one in report.findings.blocking] == []
    assert ("attendee_unavailable", "p01") in [(one.kind, one.subject) for one in report.findings.warnings]


def test_what_several_calendars_say_is_one_stretch_of_absence(session: Session) -> None:
    calendars.upload(session, ME, P01, DAYS, "", CLOCK)
    calendars.upload(session, ME, P01, calendar(event(start="DTSTART:20140805T013000Z")), "", CLOCK)
    zone = load.organisation(session).zone

    away = load.away(session, [P01], date(2014, 8, 5), date(2014, 8, 5), zone)

    assert _told(tuple(one.busy for one in away if one.busy)) == ["05 09:00-10:30"]
    assert load.away(session, [P02], date(2014, 8, 5), date(2014, 8, 5), zone) == ()
    assert len(load.away(session, None, date(2014, 8, 1), date(2014, 8, 31), zone)) == 3
    assert calendars.blocks(session, ME, P01, CLOCK, days=5) == (Span(at("2014-08-05T09:00"), at("2014-08-05T10:30")),)


def test_our_own_bookings_that_come_back_keep_nobody_busy(session: Session) -> None:
    booked = bookings.book(session, ORGANIZER, a_draft(start="2014-08-05T09:00"), CLOCK)
    uid = load.booking(session, booked.booking.id).uid
    session.rollback()

    _, found = calendars.upload(session, ME, P01, calendar(event(uid=uid)), "", CLOCK)

    assert found.busy == ()
    assert found.skipped == (Skipped("own_booking", 1),)


# ── Renewed ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_what_was_read_stays_when_the_next_answer_is_none(session: Session, server: CalendarServer) -> None:
    made, found = calendars.add(session, ME, P01, server.address, "", CLOCK, _fetching(server))

    for round_, (body, status, error) in enumerate(
        [(b"<html>", 200, "no_calendar"), (DAYS[:200], 200, "cut_off"), (b"", 503, "unfetchable")], 1
    ):
        server.body, server.status = body, status
        renewed = calendars.refresh(session, ME, made.id, _later(60 * round_), _fetching(server))
        assert (renewed.error, renewed.failures, renewed.good_at) == (error, round_, made.good_at)
        assert calendars.blocks(session, ME, P01, CLOCK) == found.busy
    assert renewed.next_at == (_later(180).real + timedelta(hours=16)).replace(microsecond=0)

    server.body, server.status = calendar(event()), 200
    renewed = calendars.refresh(session, ME, made.id, _later(240), _fetching(server))
    assert (renewed.error, renewed.failures, renewed.next_at) == ("", 0, _later(360).real.replace(microsecond=0))
    assert _told(calendars.blocks(session, ME, P01, CLOCK)) == ["05 09:00-10:00"]
    server.body = calendar()
    calendars.refresh(session, ME, made.id, _later(300), _fetching(server))
    assert calendars.blocks(session, ME, P01, CLOCK) == ()


def test_nobody_has_a_calendar_fetched_all_the_time(session: Session, server: CalendarServer) -> None:
    made, _ = calendars.add(session, ME, P01, server.address, "", CLOCK, _fetching(server))
    with pytest.raises(Malformed) as refusal:
        calendars.refresh(session, ME, made.id, CLOCK, _fetching(server))
    assert refusal.value.kind == "calendar_just_fetched"
    assert server.asked == 1


def test_the_background_process_fetches_what_is_due(session: Session, server: CalendarServer, database: str) -> None:
    made, _ = calendars.add(session, ME, P01, server.address, "", CLOCK, _fetching(server))
    calendars.upload(session, ME, P01, DAYS, "", CLOCK)
    session.rollback()
    for minutes, asked in ((60, 1), (121, 2), (122, 2), (242, 3)):
        housekeeping.fetch_calendars(database, _fetching(server), lambda minutes=minutes: _later(minutes))  # type: ignore[misc]
        assert server.asked == asked
    assert load_calendars.calendar(session, made.id).good_at == _later(242).real.replace(microsecond=0)
    housekeeping.fetch_calendars(database, _fetching(server), lambda: _later(999), lambda: True)
    assert server.asked == 3


# ── Who ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_others_than_organizers_see_to_their_own_calendars_only(session: Session, server: CalendarServer) -> None:
    made, _ = calendars.add(session, ME, P01, server.address, "家里", CLOCK, _fetching(server))

    for actor in (OTHER, an_actor("p02", Role.PRINCIPAL), NOBODY, Actor(None, frozenset({Role.ADMIN}))):
        with pytest.raises(NotAllowed):
            calendars.listing(session, actor, P01, CLOCK)
        with pytest.raises(NotAllowed):
            calendars.blocks(session, actor, P01, CLOCK)
        with pytest.raises(NotAllowed):
            calendars.upload(session, actor, P01, DAYS, "", CLOCK)
        with pytest.raises(NotAllowed):
            calendars.preview(session, actor, P01, DAYS, CLOCK, Fetching())
        with pytest.raises(NotFound):
            calendars.switch(session, actor, made.id, CLOCK, is_on=False)
        with pytest.raises(NotFound):
            calendars.remove(session, actor, made.id, CLOCK)
        with pytest.raises(NotFound):
            calendars.refresh(session, actor, made.id, CLOCK, Fetching())
        with pytest.raises(NotAllowed):
            calendars.listing(session, actor, None, CLOCK)


def test_an_organizer_learns_neither_what_a_calendar_is_called_nor_where_it_is(
    session: Session, server: CalendarServer
) -> None:
    calendars.add(session, ME, P01, server.address, "家里", CLOCK, _fetching(server))

    for actor in (ORGANIZER, OPERATOR):
        (seen,) = calendars.listing(session, actor, P01, CLOCK)
        assert (seen.name, seen.host, seen.zone_guesses) == ("", "", ())
        assert calendars.listing(session, actor, None, CLOCK) == [seen]
        assert len(calendars.blocks(session, actor, P01, CLOCK)) == 3


def test_what_is_removed_is_gone_with_all_its_times(session: Session) -> None:
    made, _ = calendars.upload(session, ORGANIZER, P01, DAYS, "", CLOCK)

    calendars.remove(session, ME, made.id, CLOCK)

    assert session.execute(text("SELECT count(*) FROM outside_busy")).scalar_one() == 0
    for gone in (made.id, CalendarId(2**40)):
        with pytest.raises(NotFound):
            calendars.remove(session, ME, gone, CLOCK)


def test_whoever_is_unknown_has_no_calendar(session: Session) -> None:
    with pytest.raises(NotFound):
        calendars.upload(session, OPERATOR, PersonId("p99"), DAYS, "", CLOCK)


def test_with_an_account_its_calendars_are_forgotten(session: Session) -> None:
    calendars.upload(session, ME, P01, DAYS, "", CLOCK)
    accounts.add(session, OPERATOR, CLOCK, person=P01)

    accounts.deactivate(session, OPERATOR, "p01", CLOCK)

    assert calendars.listing(session, OPERATOR, None, CLOCK) == []
    assert session.execute(text("SELECT count(*) FROM outside_busy")).scalar_one() == 0
