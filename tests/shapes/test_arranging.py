from dataclasses import replace
from typing import Any

from scheduler.core.arranging import proposals as arranging
from scheduler.core.arranging.options import ArrangeOptions
from scheduler.core.arranging.problem import Arrangement
from scheduler.core.arranging.runs import PlanRun, RunState
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import PlanRunId
from scheduler.core.plans.placements import Plan, PlanStatus, Repair, Unplaced
from scheduler.core.plans.problems import Goal
from scheduler.services.arranging.runs import ListedRun
from scheduler.shapes.arranging import ArrangementModel, PlanModel
from scheduler.wording.readers import Reader
from tests import first_fit
from tests.builders import REAL, a_room, a_talk
from tests.core.arranging_cases import a_pair, an_any, facts

ROOMS = (a_room("R04", "谈话室A", use="talk", name_en="Talk room A"), a_room("R05", "谈话室B", use="talk"))


def told(arrangement: Arrangement, plan: Plan, lang: str) -> dict[str, Any]:
    return ArrangementModel.kept_as("", arrangement, plan, Reader(lang, arrangement.facts.as_of.zone)).document()


def test_a_plan_is_told_with_everything_that_is_asked_for() -> None:
    arrangement = arranging.arrange(facts(a_pair(), rooms=ROOMS))
    plan = replace(first_fit.plan(arrangement.problem), status=PlanStatus.OPTIMAL, bounds={Goal.UNPLACED: 0})

    assert told(arrangement, plan, "zh") == {
        "rule_set": "RS1",
        "as_of": "2014-07-01",
        "status": "optimal",
        "placed": 1,
        "of": 1,
        "placements": [
            {"people": ["p01", "p02"], "start": "2014-07-01T08:30", "minutes": 45, "room": "R04", "rules": ["R1"]}
        ],
        "unplaced": [],
        "values": {"unplaced": 0},
        "bounds": {"unplaced": 0},
        "binding": "",
        "findings": [],
    }


def test_a_repair_tells_which_booking_moves() -> None:
    options = ArrangeOptions(fewest_changes=True)
    arrangement = arranging.arrange(facts(a_pair(), options=options, talks=[a_talk("T001", "2014-07-02T09:00")]))

    answer = told(arrangement, first_fit.plan(arrangement.problem), "zh")

    assert answer["placements"] == [
        {
            "people": ["p01", "p02"],
            "start": "2014-07-01T08:30",
            "minutes": 45,
            "room": None,
            "rules": ["R1"],
            "booking": "T001",
            "moved": True,
        }
    ]


def test_what_has_no_place_is_told_with_names() -> None:
    talks = [a_talk("T001", "2014-07-02T09:00", ("p03", "p04"))]
    requests = [an_any("p01", ["p02", "p03"]), a_pair("p03", "p04")]
    arrangement = arranging.arrange(
        facts(*requests, rooms=ROOMS, talks=talks, options=ArrangeOptions(fewest_changes=True))
    )
    details = {"needed": 2, "free": 1, "minutes": 30, "until": "2014-07-04T17:30"}
    full = Finding("rooms_full", "", details)
    unplaced = (
        Unplaced(
            "R4:p01",
            (full,),
            (Repair("more_time", {"name": "p01", "day": "2014-07-01", "minutes": 30}, is_verified=True),),
        ),
        Unplaced("T001"),
    )
    plan = arranging.finished(arrangement, Plan(PlanStatus.IMPOSSIBLE, unplaced=unplaced, binding=full))

    answer = told(arrangement, plan, "en")

    said = "Talk room A and 谈话室B: 1 steps are free until 4 Jul 17:30, and the talks need 2 (30 minutes each)"
    assert answer["unplaced"] == [
        {
            "people": ["p01"],
            "rules": ["R4"],
            "reasons": [{"kind": "rooms_full", "subject": "R04", "text": said}],
            "repairs": [{"kind": "more_time", "text": "30 more minutes of 人p01 on 1 Jul", "verified": True}],
            "pool": ["p02", "p03"],
        },
        {"people": ["p03", "p04"], "rules": ["R1"], "reasons": [], "repairs": [], "booking": "T001"},
    ]
    assert answer["binding"] == said


def test_a_run_without_a_draft_has_no_placements_and_its_moments_are_real_time() -> None:
    run = PlanRun(PlanRunId("P001"), RunState.DONE, {}, "p22", REAL)

    waiting = PlanModel.of(ListedRun(run, None)).document()

    assert (waiting["asked_at"], waiting["claimed_at"]) == ("2026-11-22T02:00:00Z", None)
    assert (waiting["version"], waiting["placements"], waiting["unplaced"], waiting["binding"]) == (None, [], [], "")
