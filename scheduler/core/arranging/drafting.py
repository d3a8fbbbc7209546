"""From an arrangement and its plan to a draft, and from the pins of a draft to the next arrangement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from scheduler.core.arranging.drafts import DraftPlacement, DraftPlan, DraftUnplaced
from scheduler.core.arranging.proposals import Arrangement, Proposal, proposals
from scheduler.core.arranging.talks import ArrangedTalk
from scheduler.core.arranging.times import merged
from scheduler.core.ground.grouping import grouped
from scheduler.core.ground.ids import PersonId, PlanRunId, RoomId
from scheduler.core.ground.spans import Span
from scheduler.core.plans.grid import Grid
from scheduler.core.plans.placements import Plan, Unplaced
from scheduler.core.plans.problems import PlanProblem, ProblemPerson, ProblemRoom, ProblemTalk, Stretch, TalkPlace

Occupant = TypeVar("Occupant", ProblemPerson, ProblemRoom)


@dataclass(frozen=True, slots=True)
class Pin:
    """Where a talk stays when it is arranged again, and with whom."""

    key: str
    people: tuple[PersonId, ...]
    span: Span
    room: RoomId | None

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return self.span.length // timedelta(minutes=1)

    def document(self) -> dict[str, Any]:
        """The plain form, as JSON keeps it."""
        return {
            "key": self.key,
            "people": list(self.people),
            "start": self.span.start.isoformat(),
            "end": self.span.end.isoformat(),
            "room": self.room,
        }

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> "Pin":
        """What `document` wrote."""
        start, end = (datetime.fromisoformat(document[name]) for name in ("start", "end"))
        room = RoomId(document["room"]) if document["room"] else None
        return cls(document["key"], tuple(map(PersonId, document["people"])), Span(start, end), room)


def pins_of(plan: DraftPlan) -> tuple[Pin, ...]:
    """The pinned placements of a draft."""
    return tuple(
        Pin(placement.key, placement.people, placement.span, placement.room)
        for placement in plan.placements
        if placement.is_pinned
    )


def pinned(arrangement: Arrangement, pins: Sequence[Pin]) -> Arrangement:
    """The same with its pinned talks where they are, whatever window or order was asked; others go around them.

    A pin whose talk is not to be arranged any more, or that names people who are none of its, is left aside. One at a time
    that the grid does not have (10:10, a Sunday) takes its people and its room, and is no question to the planner.
    """
    talks = {talk.id: talk for talk in arrangement.problem.talks}
    held = [pin for pin in pins if pin.key in talks and _is_of(talks[pin.key], pin)]
    grid = Grid.of(arrangement.problem)
    rooms = {room.id for room in arrangement.problem.rooms}
    for pin in held:
        fixed = _fixed(talks.pop(pin.key), pin, rooms, arrangement)
        if _is_on(grid, fixed, arrangement.problem):
            talks[pin.key] = fixed
    away = [(pin, arrangement.facts.stretch(pin.span)) for pin in held if pin.key not in talks]
    of_people = grouped((str(person), when) for pin, when in away for person in pin.people)
    of_rooms = grouped((str(pin.room), when) for pin, when in away)
    problem = replace(
        arrangement.problem,
        people=tuple(_busy(person, of_people.get(person.id, ())) for person in arrangement.problem.people),
        rooms=tuple(_busy(room, of_rooms.get(room.id, ())) for room in arrangement.problem.rooms),
        talks=tuple(talks[talk.id] for talk in arrangement.problem.talks if talk.id in talks),
    )
    return replace(arrangement, problem=_without_order_of(problem, {pin.key for pin in held}))


def drafted(run: PlanRunId, arrangement: Arrangement, plan: Plan, pins: Sequence[Pin] = ()) -> DraftPlan:
    """What a plan proposes, as a draft: bookings that stay where they are do not stand in it, pins do in any case."""
    fixed = {talk.id for talk in arrangement.problem.talks if talk.fixed}
    requested = {talk.id for talk in arrangement.problem.talks} | {talk.talk for talk in plan.unplaced}
    kept = {pin.key: pin for pin in pins if pin.key in fixed}
    changes = [
        _placement(proposal, kept.get(proposal.talk))
        for proposal in proposals(arrangement, plan)
        if not _stays(proposal)
    ]
    apart = [pin for pin in pins if pin.key in arrangement.talks and pin.key not in requested]
    changes += [_apart(pin, arrangement.talks[pin.key]) for pin in apart]
    changes.sort(key=lambda placement: (placement.start, placement.key))
    return DraftPlan(
        run,
        plan.status,
        tuple(replace(placement, number=number) for number, placement in enumerate(changes, 1)),
        tuple(_unplaced(talk, arrangement) for talk in plan.unplaced),
        dict(plan.values),
        dict(plan.bounds),
        plan.binding,
        plan.seconds,
    )


def _is_of(talk: ProblemTalk, pin: Pin) -> bool:
    """Whether the people of a pin are people that the talk may have."""
    chosen = [person for person in pin.people if person not in talk.people]
    return set(talk.people) <= set(pin.people) and len(chosen) == len(talk.any_of)


def _fixed(talk: ProblemTalk, pin: Pin, rooms: set[str], arrangement: Arrangement) -> ProblemTalk:
    """A talk that stays at its pin; in a room that the planner does not know it needs none of those it knows."""
    start, end = arrangement.facts.stretch(pin.span)
    is_known = pin.room in rooms
    return replace(
        talk,
        people=pin.people,
        minutes=end - start,
        any_of=(),
        earliest=None,
        latest=None,
        after=(),
        fixed=TalkPlace(start, pin.room if is_known else None),
        needs_room=is_known,
    )


def _is_on(grid: Grid, talk: ProblemTalk, problem: PlanProblem) -> bool:
    """Whether a fixed talk starts at a step of the grid, and does not leave its block."""
    step = grid.step_at.get(talk.fixed.start) if talk.fixed else None
    return step is not None and bool(grid.startable(problem.steps(talk.minutes)) >> step & 1)


def _busy(occupant: Occupant, stretches: Sequence[Stretch]) -> Occupant:
    """A person or a room that is taken at these times too."""
    return replace(occupant, busy=merged([*occupant.busy, *stretches])) if stretches else occupant


def _without_order_of(problem: PlanProblem, held: set[str]) -> PlanProblem:
    """The same where nothing has to wait for what is pinned: its place was chosen by a person."""
    talks = tuple(replace(talk, after=tuple(name for name in talk.after if name not in held)) for talk in problem.talks)
    return replace(problem, talks=talks)


def _stays(proposal: Proposal) -> bool:
    """Whether it is a booking that would be where it is already."""
    booking = proposal.booking
    return booking is not None and not proposal.is_moved and booking.room == proposal.room


def _placement(proposal: Proposal, pin: Pin | None) -> DraftPlacement:
    """A placement that is not numbered yet."""
    placement = DraftPlacement(
        0,
        proposal.talk,
        proposal.people,
        proposal.start,
        proposal.minutes,
        proposal.room,
        proposal.rules,
        mode=proposal.mode,
        moves=proposal.booking.id if proposal.booking else None,
    )
    return replace(placement, minutes=pin.minutes, room=pin.room, is_pinned=True) if pin else placement


def _apart(pin: Pin, talk: ArrangedTalk) -> DraftPlacement:
    """A pin that the planner was not asked about."""
    return DraftPlacement(
        0,
        pin.key,
        pin.people,
        pin.span.start,
        pin.minutes,
        pin.room,
        talk.rules,
        mode=talk.mode,
        moves=talk.booking.id if talk.booking else None,
        is_pinned=True,
    )


def _unplaced(unplaced: Unplaced, arrangement: Arrangement) -> DraftUnplaced:
    talk = arrangement.talks[unplaced.talk]
    people = tuple(map(PersonId, talk.problem_talk.people))
    booking = talk.booking.id if talk.booking else None
    return DraftUnplaced(unplaced.talk, people, talk.rules, unplaced.reasons, unplaced.repairs, booking)
