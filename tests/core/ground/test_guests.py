"""Guests: known again, named, counted."""

from scheduler.core.ground import audiences
from scheduler.core.ground.guests import Guest, joined, meant, persons
from scheduler.core.ground.ids import GuestId, PersonId
from scheduler.core.ground.people import ExternalContact
from tests.builders import people

LI = Guest(GuestId("L01"), "李志明", "青石街道总工会", "主席", "street_town", "u01")
DEPUTY = Guest(GuestId("L02"), "喻淑芳", "青石街道总工会", "副主席", "street_town", "u01")
RETIRED = Guest(GuestId("L03"), "钟鼎铭", "离退休干部", person=PersonId("p85"))
WANG = Guest(GuestId("L04"), "王五", "某街道")


def test_a_guest_is_known_again_by_person_or_by_name_and_who_sends_them() -> None:
    again = [
        Guest(GuestId(""), "钟老", person=PersonId("p85")),
        Guest(GuestId(""), "李志明", "别的单位", contact="u01"),
        Guest(GuestId(""), "王五", "另一街道"),
    ]

    assert joined([LI, RETIRED, WANG], again) == (LI, RETIRED, WANG, again[2])


def test_a_text_names_a_guest_by_id_then_contact_or_person_then_name() -> None:
    guests = [LI, DEPUTY, RETIRED, WANG, Guest(GuestId("L05"), "王五", "另一街道")]

    assert meant(guests, "L02") == [DEPUTY]
    assert meant(guests, "u01") == [LI, DEPUTY]
    assert meant(guests, "p85") == [RETIRED]
    assert [guest.id for guest in meant(guests, "王五")] == ["L04", "L05"]
    assert meant(guests, "赵六") == []


def test_people_of_the_roster_among_guests() -> None:
    assert persons([LI, RETIRED]) == {"p85"}
    assert [guest.is_from_outside for guest in (LI, RETIRED)] == [True, False]


def test_seats_besides_those_in_it() -> None:
    contacts = [ExternalContact(f"u0{n}", "street_town", f"街道{n}") for n in (1, 2, 3)]

    def seats(*guests: Guest) -> int:
        return audiences.outside_count(["leadership_team", "ext:street_town"], contacts, guests, people("p01", "p85"))

    assert seats() == 3
    assert seats(LI) == 3  # in the seat of who sends them
    assert seats(LI, DEPUTY) == 4
    assert seats(RETIRED) == 3  # sits there already
    assert seats(WANG) == 4
