from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.access import NOBODY, OPERATOR, Actor, Role
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound
from scheduler.core.ground.ids import PersonId
from scheduler.services.organisation import absences
from tests.builders import a_clock, an_absence

CLOCK = a_clock()


def a_member(person: str, role: Role = Role.MEMBER) -> Actor:
    return Actor(PersonId(person), frozenset({role}))


def people(*found) -> list[str]:  # type: ignore[no-untyped-def]
    return [absence.person for absence in found]


def test_organizers_see_all_and_others_their_own(sample_session: Session) -> None:
    session, july = sample_session, {"first": date(2014, 7, 1), "last": date(2014, 7, 31)}

    assert people(*absences.absences(session, OPERATOR, CLOCK, **july)) == ["s01", "s02", "s03", "s04", "p04"]
    assert people(*absences.absences(session, OPERATOR, CLOCK, people=[PersonId("p04")])) == ["p04"]
    assert people(*absences.absences(session, a_member("p04"), CLOCK)) == ["p04"]
    assert people(*absences.absences(session, a_member("p27"), CLOCK)) == []
    asked = [PersonId("p04"), PersonId("s01")]
    for role in (Role.PRINCIPAL, Role.SUPERVISOR, Role.BRANCH_ORGANIZER):
        assert people(*absences.absences(session, a_member("s01", role), CLOCK, people=asked)) == ["s01"]
        assert people(*absences.absences(session, a_member("s01", role), CLOCK, people=asked[:1])) == []
    for nobody in (NOBODY, Actor(None, frozenset({Role.ADMIN}))):
        with pytest.raises(NotAllowed):
            absences.absences(session, nobody, CLOCK)


def test_an_absence_is_entered_and_taken_away(sample_session: Session) -> None:
    wanted = replace(
        an_absence("p27", "2014-08-04", "2014-08-05", "出差"), only_weekdays=(0,), only_from="09:00", only_to="12:00"
    )

    added = absences.add_absence(sample_session, OPERATOR, wanted, CLOCK)

    assert absences.absences(sample_session, a_member("p27"), CLOCK) == (replace(wanted, id=added.id),)
    absences.remove_absence(sample_session, OPERATOR, added.id, CLOCK)
    assert absences.absences(sample_session, a_member("p27"), CLOCK) == ()
    with pytest.raises(NotFound):
        absences.remove_absence(sample_session, OPERATOR, added.id, CLOCK)


@pytest.mark.parametrize(
    ("odd", "field"),
    [
        (an_absence(first="2014-08-05", last="2014-08-04"), "last"),
        (an_absence(reason="长" * 300), "reason"),
        (replace(an_absence(), only_weekdays=(1,), only_from="9", only_to="12:00"), "only_from"),
        (replace(an_absence(), only_weekdays=(1,), only_from="12:00", only_to="09:00"), "only_to"),
    ],
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_cannot_be_is_malformed(session: Session, odd, field: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Malformed) as refused:
        absences.add_absence(session, OPERATOR, odd, CLOCK)

    assert refused.value.field == field


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_absences_are_entered_by_those_who_arrange(session: Session) -> None:
    with pytest.raises(NotAllowed):
        absences.add_absence(session, a_member("p01"), an_absence(), CLOCK)
    with pytest.raises(NotAllowed):
        absences.remove_absence(session, a_member("p01"), 1, CLOCK)
    with pytest.raises(NotFound):
        absences.add_absence(session, OPERATOR, an_absence("p99"), CLOCK)
