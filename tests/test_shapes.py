"""Core values in the words of our JSON."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from scheduler import shapes
from scheduler.core.campaigns.milestones import MilestoneMoved
from scheduler.core.coverage.report import CoverageState, RequirementState
from scheduler.core.ground.bookings import Mode
from scheduler.core.ground.errors import Refused
from scheduler.core.ground.findings import Finding, Findings
from scheduler.core.ground.ids import BookingId, GroupId, PersonId, RuleId, UnitId
from scheduler.core.ground.people import Unit
from scheduler.core.ground.spans import DayRange
from scheduler.core.organisation.facts import ImportReport, RowError
from scheduler.core.rules.requirements import Reason, Requirement, Severity
from tests.builders import a_talk

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOT_YET = Finding("not_yet_held", "T001")
NO_ROOM = Finding("no_room", "T001")


def test_a_moment_is_the_clock_on_the_wall() -> None:
    assert shapes.local(datetime(2014, 8, 14, 5, 30, 59, tzinfo=UTC), SHANGHAI) == "2014-08-14T13:30"


def test_a_finding_has_kind_subject_and_sentence() -> None:
    found = shapes.finding(Finding("head_vacant", "I05", {"name": "文化宫"}), "zh")

    assert (found["kind"], found["subject"]) == ("head_vacant", "I05")
    assert sorted(found) == ["kind", "subject", "text"]


def test_the_answer_to_a_booking_says_whether_it_went_through() -> None:
    answer = shapes.booked(BookingId("T051"), Findings(hints=(NOT_YET,)), "zh")

    assert (answer["ok"], answer["id"], answer["blocking"], answer["warnings"]) == (True, "T051", [], [])
    assert answer["hints"] == [shapes.finding(NOT_YET, "zh")]


def test_the_answer_to_a_refused_booking_has_the_same_shape() -> None:
    taken = Finding("room_taken", "R04", {"is_private": True, "name": "第一会议室"})

    answer = shapes.refused(Refused((taken,), (), (NO_ROOM,)), "zh")

    assert (answer["ok"], answer["id"]) == (False, None)
    assert answer["blocking"] == [{"kind": "room_taken", "subject": "R04", "text": "第一会议室 不可用"}]


def test_a_pair_has_people_and_somebody_of_a_pool_has_a_subject() -> None:
    asked = Requirement(
        (PersonId("p01"), PersonId("p02")), None, (), 0, (Reason(RuleId("R2")),), Severity.MUST, 1,
        frozenset({Mode.FACE_TO_FACE}), False, DayRange(None, None), None,
    )  # fmt: skip
    pair = RequirementState(asked, CoverageState.COVERED, False, 1, (BookingId("T001"),))

    shown = shapes.requirement(pair)

    assert (shown["kind"], shown["people"], shown["subject"], shown["pool"], shown["k"]) == (
        "pair",
        ["p01", "p02"],
        None,
        [],
        None,
    )
    assert (shown["state"], shown["overdue"], shown["have"], shown["talks"]) == ("covered", False, 1, ["T001"])


def test_an_import_tells_what_there_is_and_what_is_wrong() -> None:
    error = RowError("roster.csv", 3, "rank", "not_a_number", {"value": "x"})
    report = ImportReport(people=100, branches={GroupId("B1"): 34}, created=2, errors=(error,))

    shown = shapes.imported(report, "zh")

    assert (shown["people"], shown["branches"], shown["created"], shown["updated"]) == (100, {"B1": 34}, 2, 0)
    assert shown["errors"] == [{"file": "roster.csv", "row": 3, "field": "rank", "text": "rank：“x”不是数字"}]


def test_a_milestone_tells_which_bookings_lie_outside_now() -> None:
    moved = MilestoneMoved(date(2014, 6, 16), date(2014, 8, 15), None, (a_talk("T001", "2014-08-18T09:00"),))

    assert shapes.milestone_moved(moved, SHANGHAI) == {
        "window_opens": "2014-06-16",
        "window_closes": "2014-08-15",
        "report_due": None,
        "bookings_outside": [{"id": "T001", "start": "2014-08-18T09:00"}],
    }


def test_a_unit_tells_its_posts() -> None:
    unit = Unit(UnitId("D07"), "组织部", kind="dept", in_charge=(PersonId("p05"),), head=PersonId("p05"))

    assert shapes.unit(unit) == {
        "id": "D07",
        "name": "组织部",
        "name_en": "",
        "kind": "dept",
        "in_charge": ["p05"],
        "head": "p05",
        "acting_head": None,
    }
