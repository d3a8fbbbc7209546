from scheduler.core.coverage.report import CoverageState, RequirementState
from scheduler.core.ground.bookings import Mode
from scheduler.core.ground.ids import BookingId, PersonId, RuleId
from scheduler.core.ground.spans import DayRange
from scheduler.core.rules.requirements import Reason, Requirement, Severity
from scheduler.shapes.coverage import CountModel, RequirementModel


def test_a_pair_has_people_and_somebody_of_a_pool_has_a_subject() -> None:
    requirement = Requirement(
        (PersonId("p01"), PersonId("p02")), None, (), 0, (Reason(RuleId("R2")),), Severity.MUST, 1,
        frozenset({Mode.FACE_TO_FACE}), False, DayRange(None, None), None,
    )  # fmt: skip
    pair = RequirementState(requirement, CoverageState.COVERED, False, 1, (BookingId("T001"),))

    shown = RequirementModel.of(pair)

    assert (shown.kind, shown.people, shown.subject, shown.pool, shown.k) == ("pair", ("p01", "p02"), None, (), None)
    assert (shown.state, shown.overdue, shown.have, shown.talks) == ("covered", False, 1, ("T001",))


def test_a_tally_is_told_by_name() -> None:
    told = CountModel.of((17, 21))

    assert told.document() == {"required": 21, "covered": 17}
    assert CountModel.model_validate(told.document()) == told
