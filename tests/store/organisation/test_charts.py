from datetime import date

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from scheduler.core.ground.dated import ALWAYS, Validity
from scheduler.core.ground.ids import GroupId, PersonId, UnitId
from scheduler.core.ground.people import Person
from scheduler.core.organisation.chart import Chart, GroupName, Seat, UnitName
from scheduler.store import load, writing
from scheduler.store.organisation import charts
from scheduler.store.organisation.rows import MembershipRow, PersonVersionRow

JUNE, JULY = date(2014, 6, 1), date(2014, 7, 1)
P01, D01, B1 = PersonId("p01"), UnitId("D01"), GroupId("B1")
PERSON = Person(
    P01, "文静", "女", D01, "副主席", 3, "leader", "正式党员", B1, GroupId("B1-3"), ("a", "b"), PersonId("p02")
)


def a_chart() -> Chart:
    chart = Chart()
    chart.set_person(PERSON, Validity(None, JULY))
    chart.set_person(Person(P01, "文静", rank=None), Validity(JULY, None))
    chart.set_unit(D01, UnitName("办公室", "Office", "dept"), ALWAYS)
    chart.set_group(B1, GroupName("机关党支部", "branch"))
    chart.posts.hold(Seat("D01", "head", P01), Validity(JUNE, None))
    chart.memberships.hold(Seat("B1", "member", P01), Validity(None, JULY))
    return chart


def saved(session: Session, chart: Chart) -> Chart:
    writing.begin(session)
    charts.save(session, chart)
    session.commit()
    return charts.load(session, {"p01"}, {"D01"}, {"B1"})


def test_what_was_saved_is_loaded(session: Session) -> None:
    chart = a_chart()

    loaded = saved(session, chart)

    assert (loaded.people, loaded.units, loaded.groups) == (chart.people, chart.units, chart.groups)
    assert (loaded.posts.seats, loaded.memberships.seats) == (chart.posts.seats, chart.memberships.seats)
    assert not loaded.is_touched


def test_saving_again_replaces_what_was_touched(session: Session) -> None:
    loaded = saved(session, a_chart())
    loaded.set_person(PERSON, ALWAYS)
    loaded.memberships.hold(Seat("B1", "member", P01), ALWAYS)
    loaded.posts.leave(Seat("D01", "head", P01), ALWAYS)

    saved(session, loaded)

    row, part = PersonVersionRow, MembershipRow
    assert session.execute(select(row.person_id, row.valid_from, row.valid_to)).all() == [("p01", None, None)]
    assert session.execute(select(part.person_id, part.valid_from, part.valid_to)).all() == [("p01", None, None)]
    roster = load.roster(session, JULY)
    assert (roster.people[P01], roster.units[D01].head, roster.members("B1")) == (PERSON, None, ("p01",))


def test_nothing_is_asked_of_nobody(session: Session) -> None:
    saved(session, a_chart())

    loaded = charts.load(session, set(), set(), set())

    assert (loaded.people, loaded.units, loaded.posts.seats, loaded.memberships.seats) == ({}, {}, {}, {})
    assert list(loaded.groups) == ["B1"]


def test_members_ever_are_found(session: Session) -> None:
    saved(session, a_chart())

    assert charts.members_ever(session, {"B1"}) == {"p01"}
    assert charts.members_ever(session, {"B2"}) == set()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_number_of_statements_does_not_depend_on_how_many_there_are(session: Session) -> None:
    def statements(count: int) -> int:
        chart, seen = Chart(), []
        for n in range(count):
            person = Person(PersonId(f"p{n}"), "人", branch=B1)
            chart.set_person(person, ALWAYS)
            chart.memberships.hold(Seat("B1", "member", person.id), ALWAYS)
        chart.set_group(B1, GroupName("机关党支部", "branch"))
        engine = session.get_bind()
        event.listen(engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
        writing.begin(session)
        charts.save(session, chart)
        charts.load(session, {p for p in chart.people}, set(), {"B1"})  # noqa: C416 - a set of plain ids
        session.rollback()
        return len(seen)

    assert statements(3) == statements(charts.SOME + 100)
