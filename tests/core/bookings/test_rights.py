"""Who may put which booking on the calendar, change it or take it off again."""

import pytest

from scheduler.core.bookings import rights as booking_rights
from scheduler.core.ground.access import OPERATOR, Actor, Role
from scheduler.core.ground.bookings import Booking, Kind, Participant
from scheduler.core.ground.errors import NotAllowed, NotFound
from scheduler.core.ground.ids import PersonId
from tests.builders import a_booking, a_talk, an_actor, people

MEMBER = an_actor("p01")
ORGANIZER = an_actor("p22", Role.MEMBER, Role.ORGANIZER)
SECRETARY = an_actor("p12", Role.MEMBER, Role.BRANCH_ORGANIZER, branches=["B1"], members=["p01", "p02", "p12"])
SUPERVISOR = an_actor("s01", Role.SUPERVISOR)
ADMIN = an_actor(None, Role.ADMIN)


@pytest.mark.parametrize(
    ("actor", "kind", "who", "audience", "expected"),
    [
        (OPERATOR, Kind.MEETING, ["p01"], ["all_staff"], True),
        (ORGANIZER, Kind.TALK, ["p50", "p51"], [], True),
        (MEMBER, Kind.TALK, ["p01", "p02"], [], True),
        (MEMBER, Kind.TALK, ["p02", "p03"], [], False),
        (MEMBER, Kind.TALK, ["p01", "p02", "p03"], [], False),
        (MEMBER, Kind.TALK, ["p01"], ["branch:B1"], False),
        (MEMBER, Kind.MEETING, ["p01", "p02"], [], False),
        (SECRETARY, Kind.TALK, ["p01", "p02"], [], True),
        (SECRETARY, Kind.MEETING, [], ["branch:B1", "committee:B1"], True),
        (SECRETARY, Kind.TALK, ["p12", "p50"], [], True),
        (SECRETARY, Kind.TALK, ["p01", "p50"], [], False),
        (SECRETARY, Kind.MEETING, ["p01"], ["branch:B2"], False),
        (SECRETARY, Kind.MEETING, ["p01"], ["all_staff"], False),
        (SUPERVISOR, Kind.TALK, ["s01", "p01"], [], False),
        (ADMIN, Kind.MEETING, ["p01"], [], False),
    ],
)
def test_who_may_arrange_what(actor: Actor, kind: Kind, who: list[str], audience: list[str], expected: bool) -> None:
    assert booking_rights.may_arrange(actor, kind, people(*who), audience) is expected


def test_what_one_may_not_arrange_is_not_allowed() -> None:
    booking_rights.require_arrange(MEMBER, Kind.TALK, people("p01", "p02"), ())
    with pytest.raises(NotAllowed) as no:
        booking_rights.require_arrange(MEMBER, Kind.MEETING, people("p01", "p02"), ())
    assert no.value.action == "book"


@pytest.mark.parametrize(
    ("actor", "booking", "expected"),
    [
        (MEMBER, a_talk(), True),
        (MEMBER, a_talk(is_held=True), False),
        (ORGANIZER, a_talk(is_held=True), True),
        (MEMBER, a_booking(), False),
        (SECRETARY, a_booking(audience=("branch:B1",)), True),
    ],
)
def test_who_may_change_what(actor: Actor, booking: Booking, expected: bool) -> None:
    assert booking_rights.may_change(actor, booking) is expected


def test_one_who_may_not_know_of_a_booking_does_not_find_it() -> None:
    for require in (booking_rights.require_see, booking_rights.require_change):
        with pytest.raises(NotFound) as no:
            require(an_actor("p05"), a_talk())
        assert (no.value.noun, no.value.name) == ("booking", "T001")


def test_one_who_may_only_look_is_told_so() -> None:
    booking_rights.require_change(MEMBER, a_talk())
    with pytest.raises(NotAllowed) as no:
        booking_rights.require_change(SUPERVISOR, a_talk())
    assert no.value.action == "book"


def test_named_are_those_who_did_not_come_in_through_a_group() -> None:
    booking = a_booking(who=["p02", Participant(PersonId("p01"), is_named=False)])

    assert booking_rights.named(booking) == people("p02")


@pytest.mark.parametrize(
    ("actor", "who", "may_record", "may_see"),
    [
        (ORGANIZER, ["p50"], True, True),
        (SECRETARY, ["p01", "p02"], True, True),
        (SECRETARY, ["p01", "p50"], False, False),
        (SECRETARY, [], False, False),
        (SUPERVISOR, ["p01"], False, True),
        (MEMBER, ["p01"], False, False),
    ],
)
def test_who_records_and_who_knows_who_was_there(actor: Actor, who: list[str], may_record: bool, may_see: bool) -> None:
    booking = a_booking(kind=Kind.MEETING, who=who)

    assert booking_rights.may_record_attendance(actor, booking) is may_record
    assert booking_rights.may_see_attendance(actor, booking) is may_see
