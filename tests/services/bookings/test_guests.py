"""Guests: invited, known again, counted, and how they were there."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.bookings import Kind, Part, Size
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound, Refused
from scheduler.core.ground.guests import Guest
from scheduler.core.ground.ids import BookingId, GuestId, PersonId
from scheduler.core.sessions.study import Attended
from scheduler.services.bookings import acts, guests
from scheduler.services.bookings.acts import Booked, BookingChange
from scheduler.services.organisation import removal
from scheduler.services.organisation.removal import Removable
from scheduler.services.sessions import attendance
from scheduler.services.sessions.attendance import GivenAttendance
from scheduler.store import load
from tests.builders import a_clock, a_draft, an_actor

CLOCK = a_clock("2014-08-01T08:00")
E04, E06, E12 = BookingId("E04"), BookingId("E06"), BookingId("E12")
WANG = Guest(GuestId(""), "王五", "某街道", "群众代表")
on_sqlite = pytest.mark.parametrize("sample_database", ["sqlite"], indirect=True)


@pytest.fixture
def session(sample_session: Session) -> Session:
    return sample_session


def invite(session: Session, booking: BookingId, *invited: Guest | str) -> Booked:
    words = guests.read(session, OPERATOR, [one for one in invited if isinstance(one, str)], CLOCK)
    named = tuple(one for one in invited if isinstance(one, Guest))
    return acts.change(session, OPERATOR, booking, BookingChange(add_guests=(*words, *named)), CLOCK)


def test_guests_are_kept_with_ids_and_taken_off_again(session: Session) -> None:
    done = invite(session, E12, WANG, "赵六（某厂 车工）", "m01")

    assert [(g.id, g.name, g.unit, g.post, g.kind, g.contact) for g in done.booking.guests] == [
        ("L01", "赵六", "某厂", "车工", "", ""),
        ("L02", "劳模代表01", "", "", "model_worker", "m01"),
        ("L03", "王五", "某街道", "群众代表", "", ""),
    ]
    assert load.booking(session, E12) == done.booking
    assert done.booking.version == 2

    gone = BookingChange(remove_guests=(guests.named(session, OPERATOR, E12, "王五").id,))
    assert len(acts.change(session, OPERATOR, E12, gone, CLOCK).booking.guests) == 2
    with pytest.raises(NotFound):
        acts.change(session, OPERATOR, E12, BookingChange(remove_guests=(GuestId("L99"),)), CLOCK)


@on_sqlite
def test_a_whole_category_is_invited_once(session: Session) -> None:
    assert len(invite(session, E04, "ext:street_town").booking.guests) == 16
    assert len(invite(session, E04, "street_town", "u01").booking.guests) == 16
    with pytest.raises(Malformed, match="ext:nobody"):
        invite(session, E04, "ext:nobody")


@on_sqlite
def test_seats_count_everybody_and_the_quorum_those_expected(session: Session) -> None:
    invite(session, E04, "ext:street_town")
    invite(session, E06, *(f"p{number}" for number in range(85, 97)))

    of_towns, of_retired = (guests.listing(session, OPERATOR, name, CLOCK) for name in (E04, E06))
    assert (of_towns.expected, of_towns.outside, of_towns.in_room) == (8, 16, 24)
    assert (of_retired.expected, of_retired.outside, of_retired.in_room) == (8, 0, 20)
    assert attendance.sheet(session, OPERATOR, E06, CLOCK).turnout.expected == 8


@on_sqlite
def test_a_room_that_guests_fill_is_told_of(session: Session) -> None:
    findings = invite(session, E12, "ext:model_worker").findings

    assert [(f.kind, f.details["count"]) for f in findings.warnings] == [("room_too_small", 44)]


def test_attendance_of_guests_from_outside_and_of_the_roster(session: Session) -> None:
    first, second = invite(session, E04, "u01", "u02").booking.guests
    guests.attend(session, OPERATOR, E04, {first.id: Attended.ATTENDED, second.id: Attended.LATE}, CLOCK)
    guests.attend(session, OPERATOR, E04, {second.id: Attended.ABSENT}, CLOCK)

    sheet = attendance.sheet(session, OPERATOR, E04, CLOCK)
    assert [line.status for line in sheet.guests] == [Attended.ATTENDED, Attended.ABSENT]
    assert sheet.turnout.present == 0

    invite(session, E04, "p85")
    attendance.attend(session, OPERATOR, E04, PersonId("p85"), GivenAttendance(Attended.ATTENDED), CLOCK)
    line = attendance.sheet(session, OPERATOR, E04, CLOCK).lines[PersonId("p85")]
    assert (line.part, line.status) == (Part.GUEST, Attended.ATTENDED)
    assert [one.status for one in guests.listing(session, OPERATOR, E04, CLOCK).lines][-1] is Attended.ATTENDED


@on_sqlite
def test_what_guests_cannot_be(session: Session) -> None:
    guest = invite(session, E04, "u01", "p85").booking.guests[0]
    for status, expected in ((Attended.OBSERVER, Malformed), (Attended.MADE_UP, Malformed)):
        with pytest.raises(expected):
            guests.attend(session, OPERATOR, E04, {guest.id: status}, CLOCK)
    with pytest.raises(NotFound):
        guests.attend(session, OPERATOR, E04, {GuestId("L02"): Attended.ATTENDED}, CLOCK)  # of the roster
    ahead = invite(session, E12, "u01").booking.guests[0]
    with pytest.raises(Refused):
        guests.attend(session, OPERATOR, E12, {ahead.id: Attended.ATTENDED}, CLOCK)
    acts.cancel(session, OPERATOR, E12, CLOCK)
    with pytest.raises(Malformed):
        guests.attend(session, OPERATOR, E12, {ahead.id: Attended.ATTENDED}, CLOCK)


@on_sqlite
@pytest.mark.parametrize(
    ("guest", "field"),
    [
        (Guest(GuestId(""), " "), "guest_name"),
        (Guest(GuestId(""), "王五", post="长" * 300), "guest_post"),
        (Guest(GuestId(""), "王五", contact="u01", person=PersonId("p85")), "guests"),
        (Guest(GuestId(""), "王五", contact="u99"), "guests"),
        (Guest(GuestId(""), "王五", person=PersonId("p999")), "guests"),
    ],
)
def test_what_is_wrong_with_a_guest_names_the_field(session: Session, guest: Guest, field: str) -> None:
    with pytest.raises(Malformed) as error:
        invite(session, E12, guest)
    assert error.value.field == field


@on_sqlite
def test_there_is_an_end_to_guests(session: Session) -> None:
    with pytest.raises(Malformed, match="too_many_guests"):
        invite(session, E12, *(Guest(GuestId(""), f"来宾{number}") for number in range(501)))


@on_sqlite
def test_a_talk_with_a_guest_needs_one_of_the_roster(session: Session) -> None:
    draft = a_draft(start="2014-08-05T10:00", who=("p02",))
    with pytest.raises(Malformed, match="too_few"):
        acts.book(session, OPERATOR, draft, CLOCK)

    talk = acts.book(session, OPERATOR, replace(draft, guests=(WANG,)), CLOCK).booking
    assert (talk.kind, talk.size, talk.is_group_talk) == (Kind.TALK, Size.ONE_TO_ONE, False)
    grown = invite(session, talk.id, Guest(GuestId(""), "赵六")).booking
    assert grown.size is Size.GROUP
    back = BookingChange(remove_guests=(grown.guests[-1].id,))
    assert acts.change(session, OPERATOR, talk.id, back, CLOCK).booking.size is Size.ONE_TO_ONE


@on_sqlite
def test_members_invite_nobody_and_see_only_the_guests_of_their_own_meetings(session: Session) -> None:
    member, other = an_actor("p03"), an_actor("p27", Role.MEMBER)
    invite(session, E04, "u01")
    with pytest.raises(NotAllowed):
        guests.read(session, member, ["u02"], CLOCK)
    with pytest.raises(NotAllowed):
        acts.change(session, member, E04, BookingChange(add_guests=(WANG,)), CLOCK)
    with pytest.raises(NotAllowed):
        guests.attend(session, member, E04, {GuestId("L01"): Attended.LATE}, CLOCK)
    assert [line.guest.contact for line in guests.listing(session, member, E04, CLOCK).lines] == ["u01"]
    with pytest.raises(NotFound):
        guests.listing(session, other, E04, CLOCK)


@on_sqlite
def test_how_guests_were_there_is_not_for_everybody(session: Session) -> None:
    guest = invite(session, E04, "u01").booking.guests[0]
    guests.attend(session, OPERATOR, E04, {guest.id: Attended.LATE}, CLOCK)

    assert guests.listing(session, an_actor("p03"), E04, CLOCK).lines[0].status is None


@on_sqlite
def test_a_name_that_two_have_is_asked_about(session: Session) -> None:
    invite(session, E04, WANG, Guest(GuestId(""), "王五", "某厂"), Guest(GuestId(""), "文静", "某校"))
    with pytest.raises(Malformed, match="several_guests"):
        guests.named_if_any(session, OPERATOR, E04, "王五")
    with pytest.raises(Malformed, match="several_guests"):
        guests.named_if_any(session, OPERATOR, E04, "文静")  # p03, who is there as well
    assert guests.named_if_any(session, OPERATOR, E04, "p03") is None
    with pytest.raises(NotFound):
        guests.named(session, OPERATOR, E04, "p03")


@on_sqlite
def test_a_contact_who_is_a_guest_stays(session: Session) -> None:
    invite(session, E12, "m01")
    with pytest.raises(Refused):
        removal.remove(session, OPERATOR, Removable.CONTACT, "m01", CLOCK)
    invite(session, E12, "p85")
    with pytest.raises(Refused):
        removal.remove(session, OPERATOR, Removable.PERSON, "p85", CLOCK)


def test_what_changes_a_booking_keeps_its_guests(session: Session) -> None:
    invite(session, E12, WANG)
    moved = acts.change(session, OPERATOR, E12, BookingChange(minutes=180), CLOCK).booking

    assert [guest.name for guest in moved.guests] == ["王五"]
