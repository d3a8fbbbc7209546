"""What was known on a day, on both databases: facts as they stood, and nothing of it stays."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import BookingId, PersonId, UnitId
from scheduler.core.ground.spans import midnight
from scheduler.core.organisation.facts import Subject
from scheduler.core.sessions.study import Attended
from scheduler.documents.papers import PaperLine
from scheduler.services.bookings import acts
from scheduler.services.campaigns import programme
from scheduler.services.organisation import removal
from scheduler.services.papers import exports, reports
from scheduler.services.papers.desk import WritingDesk
from scheduler.services.papers.reports import ReportQuery
from scheduler.services.programme import tasks
from scheduler.services.sessions import attendance
from scheduler.services.sessions.attendance import GivenAttendance
from scheduler.store import load, writing
from scheduler.store.imports import plain_facts
from scheduler.store.operations import former
from scheduler.store.operations.former import BEGUN, FormerFactRow
from tests.builders import ZONE, a_clock, an_actor

THEN, LATER = a_clock("2014-08-01T08:00"), a_clock("2014-08-05T09:00")
JUNE = ReportQuery(date(2014, 6, 1), date(2014, 6, 30), known_on=date(2014, 8, 4))
S18, T002 = BookingId("S18"), BookingId("T002")


@pytest.fixture
def session(sample_session: Session) -> Session:
    return sample_session


@contextmanager
def writing_session(session: Session) -> Iterator[None]:
    writing.begin(session)
    yield
    session.commit()


def test_tables_say_what_was_known_and_then_what_is(session: Session) -> None:
    attendance.attend(session, OPERATOR, S18, PersonId("p03"), GivenAttendance(Attended.ABSENT), LATER)
    acts.cancel(session, OPERATOR, T002, LATER)
    programme.move_milestone(session, OPERATOR, "democratic_life_meeting", date(2014, 8, 22), LATER)

    def facts() -> tuple[bool, Attended, date]:
        status = next(a.status for a in load.attendance(session, S18) if a.person == "p03")
        (campaign,) = load.campaigns(session)
        return load.booking(session, T002).is_cancelled, status, campaign.milestones[Kind.DEMOCRATIC_LIFE_MEETING]

    now = facts()
    with former.known_at(session, midnight(date(2014, 8, 5), ZONE)) as changed:
        then = facts()

    assert then == (False, Attended.ATTENDED, date(2014, 8, 20))
    assert (now, facts()) == ((True, Attended.ABSENT, date(2014, 8, 22)),) * 2
    assert {fact.noun for fact in changed} == {"attendance", "booking", "milestone"}
    session.rollback()
    assert facts() == now


def test_what_is_read_many_times_is_read_anew(session: Session) -> None:
    for _ in range(8):  # psycopg prepares what is asked often, and would go on reading the table beneath
        load.bookings(session, ids=[T002])
    acts.cancel(session, OPERATOR, T002, LATER)
    for _ in range(8):
        load.bookings(session, ids=[T002])

    with former.known_at(session, midnight(date(2014, 8, 5), ZONE)):
        assert not load.bookings(session, ids=[T002])[0].is_cancelled
    assert load.bookings(session, ids=[T002])[0].is_cancelled


def test_whatever_goes_wrong_nothing_stays(session: Session) -> None:
    acts.cancel(session, OPERATOR, T002, LATER)

    with pytest.raises(ZeroDivisionError), former.known_at(session, midnight(date(2014, 8, 5), ZONE)):
        raise ZeroDivisionError
    assert load.booking(session, T002).is_cancelled


@pytest.mark.parametrize("sample_database", ["sqlite"], indirect=True)
class TestOnOne:
    """What does not depend on the database."""

    def test_milestones_and_reports_due_are_those_of_then(self, session: Session) -> None:
        programme.move_milestone(session, OPERATOR, "democratic_life_meeting", date(2014, 9, 22), LATER)
        query = ReportQuery(date(2014, 8, 1), date(2014, 8, 31), known_on=date(2014, 8, 4))

        told = reports.report(session, OPERATOR, query, LATER)

        assert [due.due for due in told.reports] == [date(2014, 8, 5)]
        assert told.as_known
        (moved,) = (change for change in told.as_known.changes if change.noun == "milestone")
        assert (moved.subject, moved.before, moved.after) == (
            "democratic_life_meeting", {"day": "2014-08-20"}, {"day": "2014-09-22"},
        )  # fmt: skip

    def test_a_task_that_was_closed_since_is_told(self, session: Session) -> None:
        with writing_session(session):
            plain_facts.save(
                session, Subject.TASK, {"Z01": {"title": "清理文件", "due": date(2014, 10, 31), "campaign": "c1"}}, {}
            )
        tasks.set_state(session, OPERATOR, "Z01", tasks.TaskEntry(tasks.TaskState.DONE, by=PersonId("p22")), LATER)
        august = ReportQuery(date(2014, 8, 1), date(2014, 8, 31), known_on=date(2014, 8, 4))

        told, now = (
            reports.report(session, OPERATOR, query, LATER) for query in (august, replace(august, known_on=None))
        )

        assert (told.tasks["open"], now.tasks["open"], now.tasks["done"]) == (1, 0, 1)
        assert told.as_known
        (closed,) = told.as_known.changes
        assert (closed.noun, closed.before, closed.after) == ("task", {"state": "open"}, {"state": "done"})

    def test_a_row_that_was_kept_before_a_column_came_says_what_old_rows_say(self, session: Session) -> None:
        acts.cancel(session, OPERATOR, T002, LATER)
        with writing_session(session):
            kept = session.scalars(select(FormerFactRow)).one()
            row = {
                name: value
                for name, value in kept.rows["booking"][0].items()
                if name not in ("guests", "series", "hours")
            }
            kept.rows = {**kept.rows, "booking": [row]}

        with former.known_at(session, midnight(date(2014, 8, 5), ZONE)):
            then = load.booking(session, T002)

        assert (then.guests, then.series, then.hours, then.is_cancelled) == ((), "", None, False)

    def test_a_change_that_was_taken_back_is_none(self, session: Session) -> None:
        for status in (Attended.ABSENT, Attended.ATTENDED):
            attendance.attend(session, OPERATOR, S18, PersonId("p03"), GivenAttendance(status), LATER)

        told = reports.report(session, OPERATOR, JUNE, LATER)

        assert told.as_known
        assert told.as_known.changes == ()

    def test_what_was_changed_before_it_was_kept_is_said_not_to_be_known(self, session: Session) -> None:
        with writing_session(session):
            session.add(FormerFactRow(noun=BEGUN, key="", until=a_clock("2014-08-04T12:00").now, rows={}))

        told = reports.report(session, OPERATOR, JUNE, LATER)

        assert told.as_known
        assert told.as_known.kept_since == date(2014, 8, 4)

    def test_a_branch_organizer_is_told_of_own_talks_only(self, session: Session) -> None:
        acts.cancel(session, OPERATOR, T002, LATER)
        asked = reports.report(session, an_actor("p01", Role.PRINCIPAL), JUNE, LATER)

        assert asked.as_known
        assert [change.subject for change in asked.as_known.changes] == ["T002"]

    def test_two_parts_are_one_too_many(self, session: Session) -> None:
        query = ReportQuery(JUNE.first, JUNE.last, person=PersonId("p01"), unit=UnitId("D01"))
        with pytest.raises(Malformed) as wrong:
            reports.report(session, OPERATOR, query, THEN)
        assert (wrong.value.kind, wrong.value.field) == ("one_part_only", "unit")

    @pytest.mark.parametrize(("noun", "key"), [("person", "p00"), ("unit", "D00"), ("branch", "B0")])
    def test_a_part_that_is_not_there_is_not_found(self, session: Session, noun: str, key: str) -> None:
        with pytest.raises(NotFound):
            reports.report(session, OPERATOR, ReportQuery(JUNE.first, JUNE.last, **reports.part_named(noun, key)), THEN)

    def test_who_is_removed_stands_in_no_former_fact(self, session: Session) -> None:
        with writing_session(session):
            session.execute(text("INSERT INTO person (id) VALUES ('p777')"))
            row = {"booking": [{"id": "E99", "host_id": "p777"}]}
            session.add(FormerFactRow(noun="booking", key="E99", until=LATER.now, rows=row))
            session.add(FormerFactRow(noun="attendance", key="S18", person_id="p777", until=LATER.now, rows={}))
            session.add(FormerFactRow(noun="booking", key="E98", until=LATER.now, rows={"booking": [{"id": "E98"}]}))

        removal.remove(session, OPERATOR, removal.Removable.PERSON, "p777", LATER)

        assert session.scalars(select(FormerFactRow.key)).all() == ["E98"]

    def test_a_paper_is_written_as_known_on_a_day(self, session: Session) -> None:
        def told(**known: date) -> list[str]:
            paper = exports.export(
                WritingDesk(session, OPERATOR, LATER, "zh", **known), "chronology", "2014-06-02/2014-07-15"
            ).paper  # type: ignore[arg-type]  # one of them
            return [part.text for part in paper.parts if isinstance(part, PaperLine)]

        said = told()
        acts.cancel(session, OPERATOR, S18, LATER)

        assert len(told()) == len(said) - 1
        assert told(known_on=date(2014, 8, 4)) == [*said, "按2014年8月4日当时所知"]
