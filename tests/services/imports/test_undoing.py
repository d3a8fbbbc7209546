"""A whole import is taken back as if it had not been; or what stands in the way is told, and nothing changes."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Actor, Role
from scheduler.core.ground.bookings import Absence
from scheduler.core.ground.errors import NotAllowed, NotFound, Refused
from scheduler.core.ground.ids import PersonId
from scheduler.core.organisation.facts import ImportReport
from scheduler.services.imports import undoing
from scheduler.services.imports.reading import Upload
from scheduler.services.imports.run import run
from scheduler.services.organisation import absences, people
from scheduler.store.imports import written
from tests.builders import a_clock

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
    return {**content, "booking": said}


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


def test_a_booking_that_the_import_changed_is_listed(sample_session: Session) -> None:
    report = imported(sample_session, "编号,日期,开始,结束,参加人\nT041,2014-08-21,9:00,9:45,p03;p08\n")

    assert in_the_way(sample_session, report) == {("booking_changed_by_import", "T041", None)}


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
