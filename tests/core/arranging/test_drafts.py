"""A draft plan as a value."""

from scheduler.core.arranging.drafts import DraftPlacement, DraftPlan, DraftUnplaced
from scheduler.core.ground.ids import PlanRunId
from scheduler.core.plans.placements import PlanStatus
from tests.builders import a_span, at, people


def test_placement_ends_after_its_minutes() -> None:
    placement = DraftPlacement(1, "t1", people("p01", "p02"), at("2014-07-01T09:00"), 45)

    assert placement.span == a_span("2014-07-01T09:00", 45)


def test_plan_counts_what_was_asked() -> None:
    placement = DraftPlacement(1, "t1", people("p01", "p02"), at("2014-07-01T09:00"), 45)
    plan = DraftPlan(PlanRunId("P001"), PlanStatus.IMPOSSIBLE, (placement,), (DraftUnplaced("t2", people("p03")),))

    assert plan.of == 2
