"""Rosters through time: the same as asking for each day alone, in five queries for all of them."""

from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from scheduler.core.campaigns.windows import EVER
from scheduler.core.ground.spans import DayRange
from scheduler.services.ground.rosters import RostersUntil
from scheduler.store import load
from scheduler.store.organisation.rows import MembershipRow, PersonVersionRow

pytestmark = pytest.mark.usefixtures("organisation")
FIRST, MAY, JULY, AUGUST = date(2014, 2, 1), date(2014, 5, 1), date(2014, 7, 20), date(2014, 8, 9)


@pytest.fixture
def changing(session: Session) -> Session:
    """Somebody comes in May, leaves in July; somebody else leaves a group in August."""
    person = session.query(PersonVersionRow).filter_by(person_id="p03").one()
    person.valid_from, person.valid_to = MAY, JULY
    session.query(MembershipRow).filter_by(person_id="p02").update({"valid_to": AUGUST})
    session.flush()
    return session


def test_stretches_are_cut_where_anything_changes_and_nowhere_else(changing: Session) -> None:
    last = load.roster(changing, date(2014, 12, 1))
    rosters = RostersUntil(changing, last)
    stretches = rosters.stretches(DayRange(FIRST, date(2014, 12, 31)))

    assert [stretch.days.first for stretch in stretches] == [FIRST, MAY, JULY, AUGUST]
    assert [stretch.days.last for stretch in stretches] == [
        date(2014, 4, 30), date(2014, 7, 19), date(2014, 8, 8), date(2014, 12, 31),
    ]  # fmt: skip
    for stretch in stretches[:-1]:
        assert stretch.days.first
        assert stretch.roster == load.roster(changing, stretch.days.first)
    assert stretches[-1].roster is last
    assert list(rosters.former) == ["p03"]


def test_days_after_the_one_asked_are_as_that_day_is(changing: Session) -> None:
    last = load.roster(changing, date(2014, 7, 1))
    rosters = RostersUntil(changing, last)

    assert [s.days for s in rosters.stretches(DayRange(FIRST, AUGUST))] == [
        DayRange(FIRST, date(2014, 4, 30)),
        DayRange(MAY, AUGUST),
    ]
    assert [s.roster is last for s in rosters.stretches(DayRange(AUGUST, None))] == [True]
    assert [s.days for s in rosters.stretches(EVER)] == [DayRange(None, date(2014, 4, 30)), DayRange(MAY, None)]
    assert rosters.former == {}


def test_nothing_is_read_twice(changing: Session) -> None:
    rosters = RostersUntil(changing, load.roster(changing, date(2014, 12, 1)))
    first = rosters.stretches(DayRange(FIRST, AUGUST))
    statements = []
    event.listen(changing.get_bind(), "before_cursor_execute", lambda *told: statements.append(told[2]))

    assert rosters.stretches(DayRange(FIRST, AUGUST)) == first
    assert load.rosters(changing, []) == []
    assert statements == []
