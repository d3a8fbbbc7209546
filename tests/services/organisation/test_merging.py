"""Two entries of one person: what goes over is told, what cannot be true of one person stops it."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Actor, Role
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound, Refused
from scheduler.core.ground.ids import PersonId, UnitId
from scheduler.core.ground.people import Person
from scheduler.services.bookings import acts
from scheduler.services.bookings.acts import Query
from scheduler.services.organisation import merging, occurrences, people
from tests.builders import a_clock, a_draft

CLOCK = a_clock("2014-08-01T08:00")
KEEP = PersonId("p27")
MEMBER = Actor(KEEP, frozenset({Role.MEMBER}))


@pytest.fixture
def twice(sample_session: Session) -> PersonId:
    """A second entry of somebody, with a talk and an occurrence."""
    entry = Person(PersonId(""), "白雪", unit=UnitId("D01"), category="staff", party_status="群众")
    person = PersonId(people.add_person(sample_session, OPERATOR, entry, CLOCK))
    draft = a_draft(who=("p03", person), start="2014-08-14T13:30", minutes=45, room="R05")
    acts.book(sample_session, OPERATOR, draft, CLOCK)
    occurrences.add_occurrence(sample_session, OPERATOR, "award", person, date(2014, 7, 1), CLOCK)
    return person


def test_all_that_hangs_on_the_one_goes_to_the_other(sample_session: Session, twice: PersonId) -> None:
    told = {
        f.details["what"]: f.details["count"] for f in merging.look(sample_session, OPERATOR, KEEP, twice, CLOCK).moving
    }
    assert told["occurrence"] == 1
    before = {b.id for b in acts.listing(sample_session, OPERATOR, Query(person=KEEP), CLOCK)}

    merging.merge(sample_session, OPERATOR, KEEP, twice, CLOCK)

    assert twice not in people.roster(sample_session, OPERATOR, None, CLOCK).people
    mine = {b.id for b in acts.listing(sample_session, OPERATOR, Query(person=KEEP), CLOCK)}
    assert len(mine - before) == 1
    assert before <= mine
    with pytest.raises(NotFound):
        merging.look(sample_session, OPERATOR, KEEP, twice, CLOCK)


def test_what_cannot_be_true_of_one_person_is_listed(sample_session: Session, twice: PersonId) -> None:
    both = a_draft(who=(KEEP, twice), start="2014-08-13T13:30", minutes=45, room="R05")
    talk = acts.book(sample_session, OPERATOR, both, CLOCK).booking.id
    same_time = a_draft(who=(KEEP, "p08"), start="2014-08-14T14:00", minutes=45, room="R04")
    other = acts.book(sample_session, OPERATOR, same_time, CLOCK).booking.id

    with pytest.raises(Refused) as refused:
        merging.merge(sample_session, OPERATOR, KEEP, twice, CLOCK)

    assert {(f.kind, f.subject) for f in refused.value.blocking} == {("merge_own_talk", talk), ("merge_overlap", other)}
    assert twice in people.roster(sample_session, OPERATOR, None, CLOCK).people


def test_not_with_oneself_and_not_by_everybody(sample_session: Session) -> None:
    with pytest.raises(Malformed):
        merging.look(sample_session, OPERATOR, KEEP, KEEP, CLOCK)
    with pytest.raises(NotAllowed):
        merging.look(sample_session, MEMBER, KEEP, PersonId("p03"), CLOCK)


def test_two_who_were_at_the_same_meetings_are_no_obstacle_but_differing_attendance_is(sample_session: Session) -> None:
    blocking = merging.look(sample_session, OPERATOR, PersonId("p03"), PersonId("p08"), CLOCK).blocking

    assert "merge_attendance" in {f.kind for f in blocking} or "merge_own_talk" in {f.kind for f in blocking}
