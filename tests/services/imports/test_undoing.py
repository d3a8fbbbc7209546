"""A whole import is taken back as if it had not been; or what stands in the way is told, and nothing changes."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from config import ROOT
from scheduler.core.ground.access import OPERATOR, Actor, Role
from scheduler.core.ground.bookings import Absence, Booking
from scheduler.core.ground.errors import NotAllowed, NotFound, Refused
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.organisation.facts import ImportReport
from scheduler.services.bookings import acts
from scheduler.services.ground.booking_changes import BookingChange
from scheduler.services.imports import undoing
from scheduler.services.imports.reading import Upload
from scheduler.services.imports.run import run
from scheduler.services.organisation import absences, people
from scheduler.store import load
from scheduler.store.imports import written
from scheduler.wording.findings import text
from tests.builders import ZONE, a_clock, a_draft

CLOCK = a_clock("2014-08-01T08:00")
MEMBER = Actor(PersonId("p27"), frozenset({Role.MEMBER}))
ROSTER = "姓名,部门,职务\n张三,新设科,科长\n李四,新设科,科员\n"


def imported(session: Session, *texts: str, valid_from: date | None = None) -> ImportReport:
    files = [Upload(f"t{number}.csv", text.encode()) for number, text in enumerate(texts)]
    return run(session, OPERATOR, files, valid_from, False, CLOCK)


def undone(session: Session, report: ImportReport) -> None:
    assert report.id is not None
    undoing.undo(session, OPERATOR, report.id, CLOCK)


def standing(session: Session) -> dict[str, object]:
    """Everything that stands; of bookings without the numbers that only rise."""
    content: dict[str, object] = dict(written.content(session))
    said = sorted(
        (row["id"], row["starts_at"], row["audience"], row["title"]) for row in written.rows_of(content.pop("booking"))
    )  # type: ignore[arg-type]
    people = written.rows_of(content.pop("participant"))  # type: ignore[arg-type]
    named = sorted(
        (r["booking_id"], r["place"], r["person_id"], r["part"], r["is_named"], r["confirmed_at"] or 0) for r in people
    )
    return {**content, "booking": said, "participant": named}


def plain(booking: Booking) -> Booking:
    """A booking without the numbers and times that only rise."""
    people = tuple(replace(p, entered=0, entered_at=None) for p in booking.participants)
    return replace(
        booking, participants=people, version=0, sequence=0, revised_at=None,
        shown_sequence=0, shown_revised_at=None, busy_sequence=0, busy_revised_at=None,
    )  # fmt: skip


def in_the_way(session: Session, report: ImportReport) -> set[tuple[str, str, object]]:
    assert report.id is not None
    before = standing(session)
    with pytest.raises(Refused) as refused:
        undoing.undo(session, OPERATOR, report.id, CLOCK)
    assert standing(session) == before
    assert set(undoing.look(session, OPERATOR, report.id, CLOCK)) == set(refused.value.blocking)
    return {(f.kind, str(f.details.get("name", f.subject)), f.details.get("what")) for f in refused.value.blocking}


def test_everything_is_as_it_was(sample_session: Session) -> None:
    before = standing(sample_session)
    report = imported(
        sample_session,
        ROSTER,
        "编号,姓名,职务\np03,文静,改过的职务\n",
        "会议室,容量\n新会议室,12\n",
        "日期,开始,结束,参加人\n2014-08-20,9:00,9:45,张三;李四\n",
        "人员,起,止,原因类别\np04,2014-08-20,2014-08-21,出差\n",
    )
    assert report.errors == ()
    assert standing(sample_session) != before

    undone(sample_session, report)

    assert standing(sample_session) == before


def test_a_change_from_a_day_on_is_taken_back_too(sample_session: Session) -> None:
    before = standing(sample_session)
    report = imported(sample_session, "编号,姓名,部门\np30,某人,D02\n", valid_from=date(2014, 8, 10))

    undone(sample_session, report)

    assert standing(sample_session) == before


def test_what_hangs_on_it_is_listed(sample_session: Session) -> None:
    report = imported(sample_session, ROSTER)
    new = {p.name: p.id for p in people.roster(sample_session, OPERATOR, None, CLOCK).people.values()}
    absence = Absence(0, PersonId(new["张三"]), date(2014, 9, 1), date(2014, 9, 2), "出差")
    absences.add_absence(sample_session, OPERATOR, absence, CLOCK)

    assert in_the_way(sample_session, report) == {("hangs_on_import", "张三", "absence")}


def test_what_was_changed_since_is_listed(sample_session: Session) -> None:
    report = imported(sample_session, ROSTER)
    imported(sample_session, "姓名,部门,职务\n李四,新设科,副科长\n")

    assert in_the_way(sample_session, report) == {("changed_since_import", "李四", "person_version")}


MOVED = "编号,日期,开始,结束,参加人\nT041,2014-08-21,9:00,9:45,p03;p08\nT042,2014-08-05,9:00,9:45,p06;p03\n"
"""T041 makes way for T042, which had another time and other people."""


def test_bookings_that_the_import_changed_stand_again_as_they_did(sample_session: Session) -> None:
    before, talks = standing(sample_session), load.talks(sample_session)
    report = imported(sample_session, MOVED, "日期,开始,结束,地点,参加人\n2014-08-05,9:00,9:45,R04,p08;p02\n")
    assert report.errors == ()
    moved = {talk.id: talk for talk in load.talks(sample_session)}
    assert moved[BookingId("T041")].day(ZONE) == date(2014, 8, 21)

    undone(sample_session, report)

    assert standing(sample_session) == before
    assert list(map(plain, load.talks(sample_session))) == list(map(plain, talks))
    assert load.booking(sample_session, BookingId("T041")).sequence > moved[BookingId("T041")].sequence
    with pytest.raises(Refused):  # and takes its people again
        acts.book(
            sample_session, OPERATOR, a_draft(start="2014-08-05T09:15", who=moved[BookingId("T041")].people), CLOCK
        )


def test_what_took_the_place_of_a_booking_since_is_listed(sample_session: Session) -> None:
    first = load.booking(sample_session, BookingId("T041"))
    report = imported(sample_session, MOVED.splitlines()[0] + "\n" + MOVED.splitlines()[1])
    since = acts.book(
        sample_session, OPERATOR, a_draft(start="2014-08-05T09:30", who=(first.people[0], "p09")), CLOCK
    ).booking

    assert in_the_way(sample_session, report) == {("place_taken_since", "T041", None)}
    (finding,) = undoing.look(sample_session, OPERATOR, report.id or 0, CLOCK)
    assert text(finding) == f"T041 改不回导入前的样子：{since.id} 已占用那时的人员或场地"


def test_what_came_to_a_booking_that_the_import_moved_is_listed(sample_session: Session) -> None:
    report = imported(sample_session, MOVED)
    acts.change(sample_session, OPERATOR, BookingId("T041"), BookingChange(minutes=60), CLOCK)

    assert in_the_way(sample_session, report) == {("changed_since_import", "T041", "booking")}


def test_a_milestone_and_its_meeting_go_back_together(sample_session: Session) -> None:
    before = standing(sample_session)
    organisation = (
        (ROOT / "sample" / "org.yaml").read_text("utf-8").replace("meeting: '2014-08-20'", "meeting: '2014-09-01'")
    )
    report = run(sample_session, OPERATOR, [Upload("org.yaml", organisation.encode())], None, False, CLOCK)
    assert load.booking(sample_session, BookingId("E10")).day(ZONE) == date(2014, 9, 1)

    undone(sample_session, report)

    assert standing(sample_session) == before
    assert load.booking(sample_session, BookingId("E10")).day(ZONE) == date(2014, 8, 20)


def test_the_later_import_goes_first(sample_session: Session) -> None:
    before = standing(sample_session)
    first = imported(sample_session, ROSTER)
    second = imported(sample_session, "姓名,部门,职务\n李四,新设科,副科长\n")

    undone(sample_session, second)
    undone(sample_session, first)

    assert standing(sample_session) == before
    states = [
        (e.created, e.updated, e.undone_at is not None, e.can_be_undone)
        for e in undoing.entries(sample_session, OPERATOR, CLOCK)
    ]
    assert states[:2] == [(0, 1, True, False), (3, 0, True, False)]


def test_what_cannot_be_taken_back(sample_session: Session) -> None:
    report = imported(sample_session, ROSTER)
    undone(sample_session, report)
    with pytest.raises(Refused) as again:
        undone(sample_session, report)
    assert [f.kind for f in again.value.blocking] == ["import_undone"]
    for number in (0, 999, 2**40):
        with pytest.raises(NotFound):
            undoing.undo(sample_session, OPERATOR, number, CLOCK)
    with pytest.raises(NotAllowed):
        undoing.entries(sample_session, MEMBER, CLOCK)


def test_nothing_is_noted_of_an_import_that_changes_nothing(sample_session: Session) -> None:
    imported(sample_session, ROSTER)

    assert imported(sample_session, ROSTER).id is None
