from datetime import date

import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Actor, Role
from scheduler.core.ground.errors import Malformed, NotAllowed
from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.working_time import Workday
from scheduler.services.ground import workdays
from scheduler.store import load
from tests.builders import a_clock

CLOCK = a_clock()
MEMBER = Actor(PersonId("p27"), frozenset({Role.MEMBER}))


def test_the_published_years_are_filled_in_once(session: Session) -> None:
    workdays.seed(session, CLOCK)
    workdays.seed(session, CLOCK)

    table = load.working_time(session, [2014])
    assert table.is_published(2014)
    assert not table.is_published(2035)
    assert {day: (w.is_workday, w.note) for day, w in table.days.items() if day.month in (5, 6)} == {
        date(2014, 5, 1): (False, "劳动节"),
        date(2014, 5, 2): (False, "劳动节"),
        date(2014, 5, 4): (True, "劳动节调休上班"),
        date(2014, 6, 2): (False, "端午节"),
    }


def test_what_stands_already_is_left_alone(session: Session) -> None:
    workdays.edit_day(session, OPERATOR, date(2014, 6, 2), Workday(is_workday=True, note="加班"), CLOCK)

    workdays.seed(session, CLOCK)

    assert load.working_time(session).days[date(2014, 6, 2)] == Workday(is_workday=True, note="加班")


def test_a_day_is_edited_and_edited_again(session: Session) -> None:
    day = date(2027, 1, 4)
    workdays.edit_day(session, OPERATOR, day, Workday(is_workday=False, note=" 元旦 "), CLOCK)
    workdays.edit_day(session, OPERATOR, day, Workday(is_workday=False, note="元旦补休"), CLOCK)

    found = workdays.of_year(session, MEMBER, 2027, CLOCK)

    assert found.days == {day: Workday(is_workday=False, note="元旦补休")}
    assert not found.is_published


def test_a_year_is_published_and_withdrawn(session: Session) -> None:
    workdays.publish(session, OPERATOR, 2027, CLOCK)
    assert workdays.years(session, MEMBER, CLOCK) == [2027]
    assert workdays.of_year(session, MEMBER, 2027, CLOCK).source == "operator"

    workdays.publish(session, OPERATOR, 2027, CLOCK, is_published=False)

    assert workdays.years(session, MEMBER, CLOCK) == []


def test_members_see_the_table_and_edit_nothing(session: Session) -> None:
    with pytest.raises(NotAllowed):
        workdays.edit_day(session, MEMBER, date(2027, 1, 4), Workday(is_workday=False), CLOCK)
    with pytest.raises(NotAllowed):
        workdays.publish(session, MEMBER, 2027, CLOCK)


def test_what_cannot_be_is_malformed(session: Session) -> None:
    with pytest.raises(Malformed):
        workdays.of_year(session, OPERATOR, 3000, CLOCK)
    with pytest.raises(Malformed):
        workdays.edit_day(session, OPERATOR, date(2027, 1, 4), Workday(is_workday=False, note="长" * 300), CLOCK)
