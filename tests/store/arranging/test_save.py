"""Runs of the planner and draft plans, written and read again; on both databases."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy.orm import Session

from scheduler.core.arranging.drafts import DraftPlacement, DraftPlan, DraftStatus, DraftUnplaced
from scheduler.core.arranging.runs import PlanRun, RunError, RunProgress, RunState
from scheduler.core.ground.bookings import Kind, Mode
from scheduler.core.ground.errors import NotFound
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId, PlanRunId, RoomId, RuleId
from scheduler.core.ground.people import Room
from scheduler.core.plans.placements import PlanStatus, Repair
from scheduler.core.plans.problems import Goal
from scheduler.store import save
from scheduler.store.arranging import load as load_plans
from scheduler.store.arranging import save as save_plans
from tests.builders import REAL, a_clock, a_person, a_talk, at, people
from tests.seeds import an_organisation

P001 = PlanRunId("P001")
SOON = REAL + timedelta(seconds=5)


def a_run(**known: object) -> PlanRun:
    return PlanRun(PlanRunId(""), RunState.QUEUED, {"seconds": 20, "rooms": ["R04"]}, "p22", REAL, **known)  # type: ignore[arg-type]


def a_placement(number: int = 1, **known: object) -> DraftPlacement:
    known.setdefault("start", at("2014-08-04T08:30"))
    return DraftPlacement(number, f"t{number}", people("p01", "p02"), minutes=45, **known)  # type: ignore[arg-type]


def a_plan(**known: object) -> DraftPlan:
    return DraftPlan(P001, PlanStatus.OPTIMAL, **known)  # type: ignore[arg-type]


def test_runs_are_counted_and_listed_latest_first(session: Session) -> None:
    first = save_plans.new_run(session, a_run())
    second = save_plans.new_run(session, replace(a_run(), asked_at=SOON, state=RunState.DONE))

    assert (first.id, second.id) == ("P001", "P002")
    assert load_plans.runs(session) == [second, first]
    assert load_plans.runs(session, limit=1) == [second]
    assert load_plans.runs(session, states=[RunState.QUEUED]) == [first]
    assert load_plans.run(session, P001) == first


def test_run_that_is_not_there_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        load_plans.run(session, P001)


def test_run_keeps_all_that_is_known_of_it(session: Session) -> None:
    before = save_plans.new_run(session, a_run())
    after = replace(
        before,
        state=RunState.FAILED,
        attempt=1,
        is_cancelling=True,
        claimed_at=REAL,
        heartbeat_at=SOON,
        finished_at=SOON,
        progress=RunProgress(1.5, 3, 4, {Goal.UNPLACED: 1}, {Goal.MAKESPAN: 8}),
        error=RunError.CRASHED,
    )

    assert save_plans.run(session, after, before)
    assert load_plans.run(session, P001) == after


def test_run_that_somebody_else_took_is_left_alone(session: Session) -> None:
    queued = save_plans.new_run(session, a_run())
    mine = replace(queued, state=RunState.RUNNING, attempt=1)
    assert save_plans.run(session, mine, queued)

    assert not save_plans.run(session, mine, queued)
    assert not save_plans.run(session, replace(mine, state=RunState.DONE), replace(mine, attempt=2))
    assert load_plans.run(session, P001) == mine


def test_progress_is_noted_by_whoever_has_the_run(session: Session) -> None:
    queued = save_plans.new_run(session, a_run())
    save_plans.run(session, replace(queued, state=RunState.RUNNING, attempt=2), queued)
    told = RunProgress(2.0, 7, 8, {Goal.UNPLACED: 1}, {Goal.UNPLACED: 0})

    assert save_plans.progress(session, P001, 2, told, REAL)
    assert save_plans.progress(session, P001, 2, None, SOON)
    assert not save_plans.progress(session, P001, 1, None, REAL)

    found = load_plans.run(session, P001)
    assert (found.progress, found.heartbeat_at) == (told, SOON)


def test_only_a_run_under_way_is_marked_to_be_stopped(session: Session) -> None:
    queued = save_plans.new_run(session, a_run())

    assert not save_plans.mark_cancelling(session, P001)
    save_plans.run(session, replace(queued, state=RunState.RUNNING), queued)
    assert save_plans.mark_cancelling(session, P001)
    assert load_plans.run(session, P001).is_cancelling
    assert not save_plans.progress(session, P001, 0, None, REAL)


def test_draft_plan_is_read_as_it_was_written(session: Session) -> None:
    an_organisation(session)
    save.booking(session, a_talk("T001"), a_clock())
    save_plans.new_run(session, a_run())
    details = {
        "person": "p01",
        "day": date(2014, 8, 4),
        "hours": (time(8, 30), time(11, 30)),
        "at": at("2014-08-04T08:30"),
        "needed": {"talks": 7, "slots": 6.5},
        "none": None,
        "room": "R04",
    }
    plan = a_plan(
        placements=(
            a_placement(room=RoomId("R04"), rules=(RuleId("R2"), RuleId("R3")), is_pinned=True),
            a_placement(2, moves=BookingId("T001"), mode=Mode.PHONE, booking=BookingId("T001")),
            a_placement(3, kind=Kind.STUDY_SESSION, title="学习", audience=("all_staff",)),
        ),
        unplaced=(
            DraftUnplaced(
                "t4",
                people("p03"),
                (RuleId("R4"),),
                (Finding("too_few_slots", "p03", details),),
                (Repair("more_rooms", {"count": 1}, is_verified=True),),
                BookingId("T001"),
            ),
        ),
        values={Goal.UNPLACED: 1},
        bounds={Goal.UNPLACED: 1},
        binding=Finding("too_few_slots", "p03", details),
        seconds=0.5,
    )

    save_plans.draft_plan(session, plan)

    assert load_plans.draft_plan(session, P001) == plan
    assert plan.of == 4
    found = load_plans.draft_plan(session, P001)
    assert found is not None
    assert found.binding is not None
    assert found.binding.details == details
    assert found.unplaced[0].reasons[0].details == details
    assert found.unplaced[0].repairs[0].details == {"count": 1}


def test_draft_plan_that_was_changed_takes_the_place_of_what_stood_there(session: Session) -> None:
    save_plans.new_run(session, a_run())
    save_plans.draft_plan(session, a_plan(placements=(a_placement(1), a_placement(2))))
    later = a_plan(
        placements=(a_placement(2),), status=DraftStatus.DISCARDED, version=2, decided_by="p22", decided_at=SOON
    )

    save_plans.draft_plan(session, later)

    assert load_plans.draft_plan(session, P001) == later
    assert load_plans.draft_statuses(session, [P001, PlanRunId("P002")]) == {P001: DraftStatus.DISCARDED}


def test_run_without_a_plan_has_none(session: Session) -> None:
    assert load_plans.draft_plan(session, P001) is None


def test_room_in_a_finding_stays_one_and_other_things_are_kept_by_their_ids(session: Session) -> None:
    save_plans.new_run(session, a_run())
    details = {"name": Room("R04", "会议室", "Meeting room"), "who": a_person("p01"), "n": 1j}

    save_plans.draft_plan(session, a_plan(binding=Finding("room_full", "R04", details)))

    found = load_plans.draft_plan(session, P001)
    assert found is not None
    assert found.binding is not None
    assert found.binding.details == {"name": Room("R04", "会议室", "Meeting room"), "who": "p01", "n": "1j"}
