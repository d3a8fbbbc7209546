"""plans list, show, release, discard, cancel."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from scheduler.core.arranging.drafts import DraftPlan, DraftUnplaced
from scheduler.core.arranging.runs import RunError
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import PlanRunId, RoomId, RuleId
from scheduler.core.plans.placements import Repair
from scheduler.services.arranging import attempts as plan_attempts
from scheduler.services.arranging import drafts as draft_plans
from scheduler.services.arranging import runs as plan_runs
from scheduler.services.ground.booking_changes import BookingChange
from scheduler.store import engine as engines
from scheduler.store.arranging import load as load_plans
from scheduler.store.arranging import save as save_plans
from tests.builders import people
from tests.command_line import CommandLine
from tests.services import planned
from tests.services.planned import CLOCK, ORGANIZER

P001 = PlanRunId("P001")


@pytest.fixture
def session(campaign: CommandLine) -> Iterator[Session]:
    engine = engines.make(campaign.address)
    with Session(engine, expire_on_commit=False) as opened:
        yield opened
    engine.dispose()


@pytest.fixture
def plan(session: Session) -> DraftPlan:
    return planned.a_draft(session)


def kept(session: Session, plan: DraftPlan) -> None:
    session.rollback()  # others have written since
    save_plans.draft_plan(session, plan)
    session.commit()


def test_list_has_the_latest_first(campaign: CommandLine, session: Session, plan: DraftPlan) -> None:
    planned.a_run(session)

    listed = campaign.json("plans", "list")

    assert [(one["id"], one["state"], one["status"], one["placed"], one["of"]) for one in listed] == [
        ("P002", "queued", None, 0, 8),
        ("P001", "done", "draft", 8, 8),
    ]
    assert (listed[1]["rule_set"], listed[1]["asked_by"], listed[1]["asked_at"]) == (
        "RS1",
        "p22",
        "2026-11-22T02:00:00Z",
    )
    lines = campaign("plans", "list").out.splitlines()
    assert lines[0].split() == ["编号", "状态", "草案", "已排", "方案", "请求人", "请求时间"]
    assert lines[2].split()[:3] == ["P002", "等待中", "0/8"]
    assert lines[3].split()[:4] == ["P001", "已完成", "草案", "8/8"]


def test_show_tells_what_a_draft_changes(campaign: CommandLine, session: Session, plan: DraftPlan) -> None:
    campaign.json("book", "talk", "--people", "p04,p08", "--start", "2014-08-12T09:00", "--minutes", "45")
    moving = replace(plan.placements[0], moves="T051", is_pinned=True)
    kept(session, replace(plan, placements=(moving, *plan.placements[1:])))

    shown = campaign.json("plans", "show", "P001")

    assert (shown["id"], shown["state"], shown["status"], shown["plan_status"]) == ("P001", "done", "draft", "feasible")
    assert (shown["version"], shown["placed"], shown["of"], shown["values"]) == (1, 8, 8, {"unplaced": 0})
    assert shown["placements"][0] == {
        "number": 1,
        "kind": "talk",
        "people": ["p04", "p08"],
        "start": "2014-08-04T08:30",
        "minutes": 45,
        "room": "R04",
        "rules": ["R2"],
        "pinned": True,
        "moves": "T051",
        "from": {"start": "2014-08-12T09:00", "room": None},
        "booking": None,
        "blocking": [],
        "warnings": [],
        "hints": [],
    }
    assert shown["placements"][1]["from"] is None
    said = campaign("plans", "show", "P001").out
    assert "T051 由 2014-08-12 09:00 移来（固定）" in said
    assert "2014-08-04 08:30" in said
    assert "可行，尚未证明最优" in said


def test_show_checks_on_todays_calendar_when_that_is_asked(
    campaign: CommandLine, session: Session, plan: DraftPlan
) -> None:
    campaign.json("book", "meeting", "--people", "p08,p60", "--start", "2014-08-04T08:30", "--minutes", "45")

    shown = campaign.json("plans", "show", "P001", "--check")

    assert [(f["kind"], f["subject"]) for f in shown["placements"][0]["blocking"]] == [("person_taken", "p08")]
    assert shown["placements"][1]["blocking"] == []
    assert "1: " in campaign("plans", "show", "P001", "--check").out


def test_show_tells_why_something_has_no_place(campaign: CommandLine, session: Session, plan: DraftPlan) -> None:
    reason = Finding("person_overfull", "p07", {"name": "p07", "talks": 7, "needed": 14, "free": 6, "minutes": 30})
    odd = Finding("year_not_published", "2015")
    repair = Repair("more_rooms", {"count": 1}, is_verified=True)
    unplaced = DraftUnplaced("t", people("p07"), (RuleId("R4"),), (reason, odd), (repair,))
    kept(session, replace(plan, placements=(), unplaced=(unplaced,), binding=reason))

    shown = campaign.json("plans", "show", "P001", "--lang", "en")

    (one,) = shown["unplaced"]
    assert (one["people"], one["rules"], one["booking"]) == (["p07"], ["R4"], None)
    assert [(f["kind"], f["subject"]) for f in one["reasons"]] == [
        ("person_overfull", "p07"),
        ("year_not_published", "2015"),
    ]
    assert "has 7 talks that need 14 steps" in one["reasons"][0]["text"]
    assert one["repairs"] == [{"kind": "more_rooms", "text": "1 more room(s)", "verified": True}]
    assert shown["binding"] == one["reasons"][0]["text"]
    said = campaign("plans", "show", "P001").out
    assert "未排：" in said
    assert "  → 再增加 1 个场地" in said


def test_show_of_a_run_without_a_draft_tells_how_far_it_is(campaign: CommandLine, session: Session) -> None:
    planned.a_run(session)
    run = plan_attempts.claim(session, P001, CLOCK)
    assert run is not None
    plan_runs.cancel(session, ORGANIZER, P001, CLOCK)

    shown = campaign.json("plans", "show", "P001")
    assert (shown["state"], shown["status"], shown["cancelling"], shown["placements"]) == ("running", None, True, [])
    assert campaign("plans", "show", "P001").out == "P001  计算中（正在停止）  0/8\n"

    plan_attempts.fail(session, replace(run), RunError.CRASHED, CLOCK)
    assert campaign("plans", "show", "P001").out == "P001  已停止  0/8\n"


def test_show_tells_why_a_run_failed(campaign: CommandLine, session: Session) -> None:
    planned.a_run(session)
    run = plan_attempts.claim(session, P001, CLOCK)
    assert run is not None
    plan_attempts.fail(session, run, RunError.CRASHED, CLOCK)

    assert campaign.json("plans", "show", "P001")["error"] == "crashed"
    assert campaign("plans", "show", "P001", "--lang", "en").out.splitlines() == [
        "P001  Failed  0/8",
        "The solver ended without an answer",
    ]


def test_release_books_everything_once(campaign: CommandLine, plan: DraftPlan) -> None:
    done = campaign.json("plans", "release", "P001")

    assert done == {
        "ok": True,
        "id": "P001",
        "status": "released",
        "booked": ["T051", "T052", "T053", "T054", "T055", "T056", "T057", "T058"],
        "left": [],
    }
    again = campaign.json("plans", "release", "P001", status=1)
    assert (again["error"], again["text"]) == ("refused", "草案 P001 已经发布")
    assert campaign.json("coverage")["states"]["booked"] == 10


def test_release_that_does_not_fit_books_nothing_unless_that_is_said(
    campaign: CommandLine, session: Session, plan: DraftPlan
) -> None:
    kept(session, replace(plan, placements=(replace(plan.placements[0], room=RoomId("R99")), *plan.placements[1:])))

    refused = campaign.json("plans", "release", "P001", status=1)

    assert (refused["ok"], refused["status"], refused["booked"]) == (False, "draft", [])
    (left,) = refused["left"]
    assert (left["number"], left["people"]) == (1, ["p04", "p08"])
    assert [(f["kind"], f["subject"]) for f in left["blocking"]] == [("not_there_any_more", "R99")]
    said = campaign("plans", "release", "P001")
    assert (said.status, said.out) == (1, "不能排定：1  “R99”已不存在或已取消\n")

    done = campaign("plans", "release", "P001", "--only-what-fits")
    assert done.status == 0
    assert done.out.splitlines() == [
        "已写入日程 7 项：T051、T052、T053、T054、T055、T056、T057",
        "不能排定：1  “R99”已不存在或已取消",
    ]


def test_discard_puts_a_draft_aside(campaign: CommandLine, plan: DraftPlan) -> None:
    assert campaign("plans", "discard", "P001").out == "P001 已放弃。\n"
    assert campaign.json("plans", "discard", "P001") == {"ok": True, "id": "P001", "status": "discarded"}
    assert campaign.json("plans", "release", "P001", status=1)["text"] == "草案 P001 已经放弃"


def test_cancel_stops_a_run(campaign: CommandLine, session: Session) -> None:
    planned.a_run(session)

    assert campaign.json("plans", "cancel", "P001")["state"] == "cancelled"
    assert campaign("plans", "cancel", "P001").out == "P001  已停止  0/8\n"
    session.rollback()
    assert load_plans.draft_plan(session, P001) is None


def test_release_without_a_draft_is_refused(campaign: CommandLine, session: Session) -> None:
    planned.a_run(session)

    assert campaign.json("plans", "release", "P001", status=1)["text"] == "排期 P001 还没有草案"


def test_plan_that_is_not_there_is_wrong_use(campaign: CommandLine) -> None:
    for verb in ("show", "release", "discard", "cancel"):
        answer = campaign("plans", verb, "P009")
        assert (answer.status, answer.out, answer.err) == (2, "", "没有这个排期：P009\n")


def test_members_see_none_and_supervisors_change_none(campaign: CommandLine, plan: DraftPlan) -> None:
    assert campaign.json("plans", "list", "--as", "p40", status=1)["error"] == "not_allowed"
    assert campaign.json("plans", "show", "P001", "--as", "s01")["id"] == "P001"
    assert campaign.json("plans", "discard", "P001", "--as", "s01", status=1)["error"] == "not_allowed"


def test_draft_that_was_changed_by_hand_is_released_as_it_stands(
    campaign: CommandLine, session: Session, plan: DraftPlan
) -> None:
    draft_plans.move(session, ORGANIZER, P001, 1, BookingChange(planned.at("2014-08-13T15:00")), CLOCK)

    campaign.json("plans", "release", "P001")

    (talk,) = campaign.json("bookings", "--on", "2014-08-13", "--person", "p08")
    assert (talk["start"], talk["people"]) == ("2014-08-13T15:00", ["p04", "p08"])
