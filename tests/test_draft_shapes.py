"""Draft plans in JSON; `tests/cli/test_plans.py` and `tests/api/test_plans.py` look at the whole."""

from datetime import date

from scheduler import draft_shapes
from scheduler.core.arranging.drafts import DraftPlan
from scheduler.core.arranging.runs import PlanRun, RunState
from scheduler.core.ground.ids import PlanRunId, RoomId
from scheduler.core.ground.people import Room
from scheduler.core.plans.placements import PlanStatus
from scheduler.services.arranging.drafts import ShownPlan
from tests.builders import REAL, a_person, a_roster

P001 = PlanRunId("P001")
RUN = PlanRun(P001, RunState.DONE, {}, "p22", REAL)


def test_people_and_rooms_are_called_by_their_names() -> None:
    rooms = {RoomId("R04"): Room("R04", "谈话室", "Talk room"), RoomId("R05"): Room("R05", "小会议室")}
    roster = a_roster(a_person("p02", "陈国梁"), on=date(2014, 8, 1).isoformat())
    shown = ShownPlan(RUN, DraftPlan(P001, PlanStatus.OPTIMAL), (), roster, rooms)

    assert [draft_shapes.names(shown, "zh")(one) for one in ("p02", "R04", "p99")] == ["陈国梁", "谈话室", "p99"]
    assert [draft_shapes.names(shown, "en")(one) for one in ("R04", "R05")] == ["Talk room", "小会议室"]


def test_moments_of_a_run_are_real_time() -> None:
    waiting = draft_shapes.waiting(RUN)

    assert (waiting["asked_at"], waiting["claimed_at"]) == ("2026-11-22T02:00:00Z", None)
