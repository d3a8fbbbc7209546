from datetime import date

from sqlalchemy.orm import Session

from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.ids import BookingId
from scheduler.store import writing
from scheduler.store.imports import facts
from tests.builders import at

TODAY = date(2014, 8, 1)


def test_names_of_everybody_and_everything(sample_session: Session) -> None:
    names = facts.names(sample_session)

    assert len(names.people) == 100
    assert names.people[0] == ("p01", "沈维岳", "LT")
    assert (names.units["I05"], names.groups["B1"], names.rooms["R04"]) == (
        "困难职工帮扶中心（筹）",
        "机关党支部",
        "谈话室A",
    )  # type: ignore[index]
    assert names.contacts["u01"] == ("street_town", "青石街道总工会")
    assert [campaign.id for campaign in names.campaigns] == ["c1"]


def test_an_empty_database_has_no_names(session: Session) -> None:
    assert facts.names(session) == ([], {}, {}, {}, {}, (), {})
    assert facts.counts(session, TODAY) == (0, 0, 0, {})


def test_counts_of_the_sample(sample_session: Session) -> None:
    assert facts.counts(sample_session, TODAY) == (100, 18, 7, {"B1": 34, "B2": 22, "B3": 9})


def test_kinds_of_bookings_and_those_with_an_audience(sample_session: Session) -> None:
    named = facts.bookings_named(sample_session, [BookingId("S01"), BookingId("T001"), BookingId("X")])

    assert {key: kind for key, (kind, _) in named.items()} == {"S01": Kind.STUDY_SESSION, "T001": Kind.TALK}
    assert named[BookingId("S01")][1] == at("2014-03-05T08:30")
    assert len(facts.bookings_with_audience(sample_session)) == 40


def test_days_on_which_the_chart_changes(sample_session: Session) -> None:
    from tests.services.importing import run

    assert facts.change_days(sample_session) == []

    run(sample_session, "id,name,branch\np08,林秀芝,B2\n", valid_from="2014-07-15")

    assert facts.change_days(sample_session) == [date(2014, 7, 15)]


def test_names_of_a_day(sample_session: Session) -> None:
    from tests.services.importing import run

    run(sample_session, "id,name,gender\np08,林秀,女\n", valid_from="2014-07-15")

    assert dict(facts.names_on(sample_session, date(2014, 7, 14)))["p08"] == "林秀芝"  # type: ignore[index]
    assert dict(facts.names_on(sample_session, date(2014, 7, 15)))["p08"] == "林秀"  # type: ignore[index]


def test_imports_take_turns(session: Session) -> None:
    writing.begin(session)
    facts.take_turns(session)
    session.rollback()
