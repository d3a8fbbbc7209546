"""People, units and groups as of a day, read from their versions."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from scheduler.core.campaigns.occurrences import Occurrence
from scheduler.core.ground.bookings import Absence
from scheduler.core.ground.ids import GroupId, PersonId, UnitId
from scheduler.core.ground.people import ExternalContact, Group, Person, Room, Unit
from scheduler.store import load
from scheduler.store.campaigns.rows import OccurrenceRow
from scheduler.store.organisation.rows import (
    AbsenceRow,
    ExternalContactRow,
    GroupRow,
    GroupVersionRow,
    MembershipRow,
    PersonRow,
    PersonVersionRow,
    PostRow,
    RoomRow,
    UnitRow,
    UnitVersionRow,
)
from tests.builders import people

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

MAY, JULY = date(2014, 5, 1), date(2014, 7, 1)


@pytest.fixture
def session(session: Session) -> Session:
    session.add_all([PersonRow(id=p) for p in ("p01", "p02", "p03")])
    session.add_all([UnitRow(id="D01"), GroupRow(id="B1")])
    session.flush()
    return session


def add(session: Session, *rows: object) -> None:
    session.add_all(rows)
    session.flush()


def test_version_holds_from_its_first_day_until_the_next_begins(session: Session) -> None:
    add(
        session,
        PersonVersionRow(person_id="p01", name="旧名", valid_to=MAY),
        PersonVersionRow(person_id="p01", name="新名", valid_from=MAY, valid_to=JULY),
    )

    names = [load.roster(session, date(2014, month, day)).name(PersonId("p01")) for month, day in
             ((4, 30), (5, 1), (6, 30), (7, 1))]  # fmt: skip

    assert names == ["旧名", "新名", "新名", "p01"]


def test_person_has_all_that_is_known(session: Session) -> None:
    known = {
        "name": "文静", "gender": "女", "position": "副主席", "rank": 3, "category": "leader", "party_status": "正式党员",
    }  # fmt: skip
    add(session, PersonVersionRow(person_id="p01", unit="LT", branch="B1", party_group="B1-3", tags=["t"], **known))
    add(session, PersonVersionRow(person_id="p02", name="某人", manager="p01"))

    assert dict(load.roster(session, JULY).people) == {
        "p01": Person(
            PersonId("p01"), unit=UnitId("LT"), branch=GroupId("B1"), party_group=GroupId("B1-3"), tags=("t",), **known
        ),  # type: ignore[arg-type]
        "p02": Person(PersonId("p02"), "某人", manager=PersonId("p01")),
    }


def test_unit_has_the_posts_of_the_day(session: Session) -> None:
    add(
        session,
        UnitVersionRow(unit_id="D01", name="办公室", name_en="Office", kind="dept"),
        PostRow(unit_id="D01", post="in_charge", person_id="p02", place=1),
        PostRow(unit_id="D01", post="in_charge", person_id="p01", place=0),
        PostRow(unit_id="D01", post="head", person_id="p03", valid_to=MAY),
        PostRow(unit_id="D01", post="acting_head", person_id="p02", valid_from=MAY),
        PostRow(unit_id="D01", post="contact", person_id="p01"),
    )

    assert load.roster(session, date(2014, 4, 1)).units == {
        "D01": Unit(
            UnitId("D01"), "办公室", "Office", "dept", people("p01", "p02"), PersonId("p03"), None, people("p01")
        )
    }
    july = load.roster(session, JULY).units[UnitId("D01")]
    assert (july.head, july.acting_head) == (None, "p02")


def test_group_has_the_members_of_the_day(session: Session) -> None:
    add(
        session,
        GroupVersionRow(group_id="B1", name="机关党支部", kind="branch"),
        MembershipRow(group_id="B1", person_id="p02", place=0),
        MembershipRow(group_id="B1", person_id="p01", place=1, valid_from=MAY),
        MembershipRow(group_id="B1", person_id="p03", part="secretary"),
        MembershipRow(group_id="B1", person_id="p03", part="committee", valid_to=MAY),
    )

    assert load.roster(session, JULY).groups == {
        "B1": Group(GroupId("B1"), "机关党支部", "branch", people("p02", "p01"), PersonId("p03"), ())
    }
    april = load.roster(session, date(2014, 4, 1)).groups[GroupId("B1")]
    assert (april.members, april.committee) == (people("p02"), people("p03"))


def test_rooms_and_contacts_come_by_id(session: Session) -> None:
    add(session, RoomRow(id="R02", name="二"), RoomRow(id="R01", name="一", name_en="One", capacity=4, use="talk"))
    add(session, ExternalContactRow(id="u01", kind="street_town", name="街道", use="座谈"))

    assert list(load.rooms(session).values()) == [Room("R01", "一", "One", 4, "talk"), Room("R02", "二")]
    assert load.contacts(session) == (ExternalContact("u01", "street_town", "街道", "座谈"),)


def test_absences_that_touch_the_days_are_found(session: Session) -> None:
    add(session, AbsenceRow(id=1, person_id="p01", first=MAY, last=JULY, reason="出差"))
    add(
        session,
        AbsenceRow(
            id=2, person_id="p02", first=JULY, last=JULY, only_weekdays=[1, 3], only_from="13:30", only_to="17:30"
        ),
    )
    long = Absence(1, PersonId("p01"), MAY, JULY, "出差")
    short = Absence(2, PersonId("p02"), JULY, JULY, "", (1, 3), "13:30", "17:30")

    assert load.absences(session, None) == (long, short)
    assert load.absences(session, None, JULY, JULY) == (long, short)
    assert load.absences(session, None, None, date(2014, 6, 30)) == (long,)
    assert load.absences(session, None, date(2014, 7, 2)) == ()
    assert load.absences(session, people("p02")) == (short,)
    assert load.absences(session, ()) == ()


def test_occurrences_come_by_day(session: Session) -> None:
    add(session, OccurrenceRow(id=1, kind="award", person_id="p02", day=JULY))
    add(session, OccurrenceRow(id=2, kind="transfer", person_id="p01", day=MAY))
    award, transfer = Occurrence(1, "award", PersonId("p02"), JULY), Occurrence(2, "transfer", PersonId("p01"), MAY)

    assert load.occurrences(session) == (transfer, award)
    assert load.occurrences(session, people("p02")) == (award,)
