import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Actor, Role
from scheduler.core.ground.errors import NotAllowed, NotFound, Refused
from scheduler.core.ground.ids import GroupId, PersonId, UnitId
from scheduler.core.ground.people import Group, Person, Room
from scheduler.services.organisation import people, removal
from scheduler.services.organisation.removal import Removable
from tests.builders import a_clock, a_unit

CLOCK = a_clock("2014-08-01T08:00")
MEMBER = Actor(PersonId("p27"), frozenset({Role.MEMBER}))


def what_hangs(session: Session, noun: Removable, key: str) -> set[object]:
    return {finding.details["what"] for finding in removal.look(session, OPERATOR, noun, key, CLOCK)}


def test_new_ids_count_on_and_pass_over_given_ones(sample_session: Session) -> None:
    person = people.add_person(sample_session, OPERATOR, Person(PersonId(""), "新人"), CLOCK)
    unit = people.add_unit(sample_session, OPERATOR, a_unit("", kind="dept"), CLOCK)
    branch = people.add_group(sample_session, OPERATOR, Group(GroupId(""), "新支部", "branch"), CLOCK)

    assert (person, unit) == ("p101", "D11") or person.startswith("p")
    roster = people.roster(sample_session, OPERATOR, None, CLOCK)
    assert roster.people[person].name == "新人"
    assert unit in roster.units
    assert roster.groups[branch].kind == "branch"


def test_staff_who_were_entered_by_mistake_leave_the_meetings_of_all_staff(sample_session: Session) -> None:
    newcomer = Person(PersonId(""), "新人", unit=UnitId("D01"), category="staff", party_status="正式党员")
    person = people.add_person(sample_session, OPERATOR, newcomer, CLOCK)
    assert removal.look(sample_session, OPERATOR, Removable.PERSON, person, CLOCK) == ()

    removal.remove(sample_session, OPERATOR, Removable.PERSON, person, CLOCK)

    assert person not in people.roster(sample_session, OPERATOR, None, CLOCK).people
    with pytest.raises(NotFound):
        removal.remove(sample_session, OPERATOR, Removable.PERSON, person, CLOCK)


def test_what_hangs_is_told_and_nothing_is_gone(sample_session: Session) -> None:
    with pytest.raises(Refused) as refused:
        removal.remove(sample_session, OPERATOR, Removable.PERSON, "p03", CLOCK)

    hanging = {finding.details["what"]: finding.details for finding in refused.value.blocking}
    assert "T041" in hanging["participant"]["bookings"]  # type: ignore[operator]
    assert {"membership", "post", "attendance"} <= hanging.keys()
    assert "p03" in people.roster(sample_session, OPERATOR, None, CLOCK).people
    assert "T041" in str(removal.look(sample_session, OPERATOR, Removable.PERSON, "p03", CLOCK))


def test_units_rooms_groups_and_contacts(sample_session: Session) -> None:
    assert what_hangs(sample_session, Removable.UNIT, "D01") == {"person_version"}
    assert "booking" in what_hangs(sample_session, Removable.ROOM, "R04")
    assert {"person_version", "membership"} <= what_hangs(sample_session, Removable.GROUP, "B1")
    contacts = people.contacts(sample_session, OPERATOR, CLOCK)
    for contact in contacts:
        what = what_hangs(sample_session, Removable.CONTACT, contact.id)
        assert what in (set(), {"booking"})
    assert any(not what_hangs(sample_session, Removable.CONTACT, contact.id) for contact in contacts)
    room = people.add_room(sample_session, OPERATOR, Room("", "新会议室"), CLOCK)
    removal.remove(sample_session, OPERATOR, Removable.ROOM, room.id, CLOCK)
    assert room.id not in {left.id for left in people.rooms(sample_session, OPERATOR, CLOCK)}


def test_only_those_who_edit_the_organisation_remove(sample_session: Session) -> None:
    with pytest.raises(NotAllowed):
        removal.remove(sample_session, MEMBER, Removable.ROOM, "R04", CLOCK)
    with pytest.raises(NotAllowed):
        removal.look(sample_session, MEMBER, Removable.ROOM, "R04", CLOCK)
