from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.access import NOBODY, OPERATOR, Actor, Role
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound, Refused
from scheduler.core.ground.ids import GroupId, PersonId, UnitId
from scheduler.core.ground.people import Person
from scheduler.core.organisation.facts import Became
from scheduler.services.ground import journal
from scheduler.services.organisation import people
from scheduler.store import load
from tests.builders import a_clock, a_group, a_unit
from tests.services.importing import run

CLOCK = a_clock()
MEMBER = Actor(PersonId("p27"), frozenset({Role.MEMBER}))
P08 = PersonId("p08")


def test_everybody_who_signs_in_sees_the_roster_of_any_day(sample_session: Session) -> None:
    assert len(people.roster(sample_session, MEMBER, None, CLOCK).people) == 100
    assert people.as_of(sample_session, MEMBER, date(2014, 7, 1), CLOCK).day == date(2014, 7, 1)
    assert len(people.contacts(sample_session, MEMBER, CLOCK)) == 34
    with pytest.raises(NotAllowed):
        people.roster(sample_session, NOBODY, None, CLOCK)


def test_a_person_is_edited_from_a_day_on(sample_session: Session) -> None:
    someone = people.roster(sample_session, OPERATOR, None, CLOCK).people[P08]

    change = people.edit_person(sample_session, OPERATOR, replace(someone, tags=()), date(2014, 7, 15), CLOCK)

    assert change.became is Became.UPDATED
    team = [
        people.roster(sample_session, OPERATOR, date(2014, 7, day), CLOCK).members("leadership_team")
        for day in (14, 15)
    ]
    assert [P08 in members for members in team] == [True, False]
    entry = journal.recent(sample_session, OPERATOR, CLOCK)[0]
    assert (entry.action, entry.noun, entry.noun_id) == ("edited", "person", "p08")
    assert "S21" not in {b.id for b in load.bookings(sample_session, people=[P08])}


def test_a_new_person_gets_the_next_id(sample_session: Session) -> None:
    new = people.new_person_id(sample_session, OPERATOR, CLOCK)

    change = people.edit_person(sample_session, OPERATOR, Person(new, "新人", unit=UnitId("D01")), None, CLOCK)

    assert (new, change.became) == ("p97", Became.CREATED)


def test_an_edit_that_would_put_somebody_in_two_places_is_refused(sample_session: Session) -> None:
    run(sample_session, "id,date,start,end,room,participants\nT060,2014-08-20,10:00,10:45,R05,p27;p28\n")
    team = people.roster(sample_session, OPERATOR, None, CLOCK).groups[GroupId("leadership_team")]

    with pytest.raises(Refused) as refused:
        people.edit_group(
            sample_session, OPERATOR, replace(team, members=(*team.members, PersonId("p27"))), date(2014, 8, 15), CLOCK
        )

    assert [(f.kind, f.subject) for f in refused.value.blocking] == [("person_taken", "p27")]
    assert "p27" not in load.roster(sample_session, date(2014, 8, 16)).members("leadership_team")


def test_unit_and_group_are_edited(sample_session: Session) -> None:
    people.edit_unit(sample_session, OPERATOR, a_unit("D11", kind="dept", head=PersonId("p22")), None, CLOCK)
    people.edit_group(sample_session, OPERATOR, a_group("auditors", ["p22", "p23"], name="审计组"), None, CLOCK)

    roster = people.roster(sample_session, OPERATOR, None, CLOCK)
    assert roster.units[UnitId("D11")].head == "p22"
    assert (roster.groups[GroupId("auditors")].name, roster.members("auditors")) == ("审计组", ("p22", "p23"))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_edits_that_cannot_be_are_refused(session: Session) -> None:
    with pytest.raises(Malformed):
        people.edit_person(session, OPERATOR, Person(PersonId("p01"), " "), None, CLOCK)
    with pytest.raises(Malformed):
        people.edit_person(session, OPERATOR, Person(PersonId(""), "甲"), None, CLOCK)
    with pytest.raises(Malformed):
        people.edit_unit(session, OPERATOR, a_unit("D01", kind="odd"), None, CLOCK)
    with pytest.raises(NotFound):
        people.edit_unit(session, OPERATOR, a_unit("D01", head=PersonId("p99")), None, CLOCK)
    with pytest.raises(NotFound):
        people.edit_group(session, OPERATOR, a_group("g", ["p99"]), None, CLOCK)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.SUPERVISOR, Role.PRINCIPAL, Role.BRANCH_ORGANIZER, Role.ADMIN])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_organisation_is_edited_by_those_who_arrange(session: Session, role: Role) -> None:
    actor = Actor(PersonId("p01"), frozenset({role}))
    with pytest.raises(NotAllowed):
        people.edit_person(session, actor, Person(PersonId("p01"), "甲"), None, CLOCK)
    with pytest.raises(NotAllowed):
        people.new_person_id(session, actor, CLOCK)
