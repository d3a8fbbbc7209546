"""*Arrange*: the facts of a campaign → what the planner is asked, and its answer → proposals that people can read."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime

from scheduler.core.arranging.causes import with_causes
from scheduler.core.arranging.pool_balance import balanced
from scheduler.core.arranging.problem import Arrangement, arrange
from scheduler.core.arranging.room_keeping import with_rooms_kept
from scheduler.core.arranging.talks import ArrangedTalk
from scheduler.core.ground.bookings import Booking, Mode
from scheduler.core.ground.ids import PersonId, RoomId, RuleId
from scheduler.core.plans.placements import (
    LATER_DAY,
    LATER_WINDOW,
    TOGETHER,
    Plan,
    PlanStatus,
    Repair,
    part_of,
    parts_of,
)
from scheduler.core.plans.problems import Goal
from scheduler.core.rules.requirements import Requirement

__all__ = ["Arrangement", "Proposal", "arrange", "finished", "proposals"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A talk as the planner would book it."""

    talk: str
    """Its id in the arrangement."""
    people: tuple[PersonId, ...]
    start: datetime
    """With the organisation's zone."""
    minutes: int
    room: RoomId | None
    mode: Mode
    rules: tuple[RuleId, ...]
    requirement: Requirement | None
    """What it would cover; None: a booked talk that nothing asks for."""
    booking: Booking | None = None
    """The booking that it is a new place for, or that stays; None: a new talk."""

    @property
    def is_moved(self) -> bool:
        """Whether a booked talk would start at another time."""
        return self.booking is not None and self.booking.span.start != self.start


def finished(arrangement: Arrangement, plan: Plan) -> Plan:
    """A plan for the problem as a plan for the arrangement: pools balanced, rooms kept, reasons by name, unplaceable talks too."""
    problem = arrangement.problem
    plan = with_rooms_kept(problem, balanced(problem, plan, _loads(arrangement)))
    plan = with_windows(arrangement, with_causes(problem, plan))
    return _with_unplaceable(arrangement, plan) if arrangement.unplaced else plan


def with_windows(arrangement: Arrangement, plan: Plan) -> Plan:
    """The plan where a later day that lies behind the window of what asks for the talk says that the window has to move first."""

    def told(repair: Repair, talk: ArrangedTalk) -> Repair:
        day, closes = repair.details.get("day"), talk.requirement.window.last if talk.requirement else None
        if repair.kind == TOGETHER:
            parts = tuple(part_of(told(part, talk)) for part in parts_of(repair))
            return replace(repair, details={**repair.details, "parts": parts})
        if repair.kind == LATER_DAY and isinstance(day, date) and closes and day > closes:
            return replace(repair, kind=LATER_WINDOW, details={**repair.details, "closes": closes})
        return repair

    return replace(
        plan,
        unplaced=tuple(
            replace(
                unplaced, repairs=tuple(told(repair, arrangement.talks[unplaced.talk]) for repair in unplaced.repairs)
            )
            for unplaced in plan.unplaced
        ),
    )


def _with_unplaceable(arrangement: Arrangement, plan: Plan) -> Plan:
    """The plan with the talks that there is no place for from the start; with them it is proven that not all can be placed."""
    weight = sum(arrangement.talks[unplaced.talk].problem_talk.priority for unplaced in arrangement.unplaced)
    return replace(
        plan,
        status=PlanStatus.IMPOSSIBLE,
        unplaced=(*plan.unplaced, *arrangement.unplaced),
        values={**plan.values, Goal.UNPLACED: plan.values.get(Goal.UNPLACED, 0) + weight},
        bounds={**plan.bounds, Goal.UNPLACED: plan.bounds.get(Goal.UNPLACED, 0) + weight},
        binding=plan.binding or arrangement.unplaced[0].reasons[0],
    )


def proposals(arrangement: Arrangement, plan: Plan) -> tuple[Proposal, ...]:
    """The talks that a plan places, by start."""
    placed = [
        Proposal(
            placement.talk,
            tuple(map(PersonId, placement.people)),
            arrangement.facts.moment(placement.start),
            talk.problem_talk.minutes,
            RoomId(placement.room) if placement.room else _existing_room(talk),
            talk.mode,
            talk.rules,
            talk.requirement,
            talk.booking,
        )
        for placement in plan.placements
        for talk in [arrangement.talks[placement.talk]]
    ]
    return tuple(sorted(placed, key=lambda proposal: (proposal.start, proposal.talk)))


def _existing_room(talk: ArrangedTalk) -> RoomId | None:
    """Where a booked talk that needs none of the rooms goes: off site, if it was there."""
    return talk.booking.room if talk.booking and not talk.problem_talk.needs_room else None


def _loads(arrangement: Arrangement) -> Counter[str]:
    """How many talks people have that stand and are not in the problem."""
    entered = {talk.booking.id for talk in arrangement.talks.values() if talk.booking}
    talks = arrangement.facts.existing_talks.values()
    return Counter(person for talk in talks if talk.id not in entered for person in talk.people)
