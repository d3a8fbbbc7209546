"""From an arrangement and its plan to a draft, and from the pins of a draft to the next arrangement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from scheduler.core.arranging import Arrangement, Proposal, proposals
from scheduler.core.draft_plans import DraftPlacement, DraftPlan, DraftUnplaced
from scheduler.core.ids import PersonId, PlanRunId, RoomId
from scheduler.core.plans import Plan, Unplaced
from scheduler.core.problems import AskedTalk, Place, PlanProblem
from scheduler.core.spans import Span


@dataclass(frozen=True, slots=True)
class Pin:
    """Where a talk stays when it is arranged again, and with whom."""

    key: str
    people: tuple[PersonId, ...]
    span: Span
    room: RoomId | None

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
    return tuple(Pin(one.key, one.people, one.span, one.room) for one in plan.placements if one.is_pinned)


def pinned(arrangement: Arrangement, pins: Sequence[Pin]) -> Arrangement:
    """The same with its pinned talks fixed where they are, whatever window or order was asked; others go around them.

    A pin whose talk is not to be arranged any more, or that names people who are none of its, is left aside.
    """
    by_key = {pin.key: pin for pin in pins}
    problem = arrangement.problem
    rooms = {room.id for room in problem.rooms}
    talks = tuple(
        _fixed(talk, by_key[talk.id], rooms, arrangement)
        if talk.id in by_key and _is_of(talk, by_key[talk.id])
        else talk
        for talk in problem.talks
    )
    return replace(arrangement, problem=_without_order_of(replace(problem, talks=talks)))


def drafted(run: PlanRunId, arrangement: Arrangement, plan: Plan, pins: Sequence[Pin] = ()) -> DraftPlan:
    """What a plan proposes, as a draft: bookings that stay where they are do not stand in it."""
    kept = {pin.key: pin for pin in pins}
    fixed = {talk.id for talk in arrangement.problem.talks if talk.fixed and talk.id in kept}
    changes = [proposal for proposal in proposals(arrangement, plan) if not _stays(proposal)]
    return DraftPlan(
        run,
        plan.status,
        tuple(
            _placement(number, proposal, kept[proposal.talk] if proposal.talk in fixed else None)
            for number, proposal in enumerate(changes, 1)
        ),
        tuple(_unplaced(one, arrangement) for one in plan.unplaced),
        dict(plan.values),
        dict(plan.bounds),
        plan.binding,
        plan.seconds,
    )


def _is_of(talk: AskedTalk, pin: Pin) -> bool:
    """Whether the people of a pin are people that the talk may have."""
    chosen = [person for person in pin.people if person not in talk.people]
    return set(talk.people) <= set(pin.people) and len(chosen) == len(talk.any_of)


def _fixed(talk: AskedTalk, pin: Pin, rooms: set[str], arrangement: Arrangement) -> AskedTalk:
    """A talk that stays at its pin; in a room that the planner does not know it needs none of those it knows."""
    start, _ = arrangement.facts.stretch(pin.span)
    is_known = pin.room in rooms
    return replace(
        talk,
        people=pin.people,
        any_of=(),
        earliest=None,
        latest=None,
        after=(),
        fixed=Place(start, pin.room if is_known else None),
        needs_room=is_known,
    )


def _without_order_of(problem: PlanProblem) -> PlanProblem:
    """The same where nothing has to wait for a talk that is fixed: its place was chosen by a person."""
    fixed = {talk.id for talk in problem.talks if talk.fixed}
    talks = tuple(
        replace(talk, after=tuple(name for name in talk.after if name not in fixed)) for talk in problem.talks
    )
    return replace(problem, talks=talks)


def _stays(proposal: Proposal) -> bool:
    """Whether it is a booking that would be where it is already."""
    booking = proposal.booking
    return booking is not None and not proposal.is_moved and booking.room == proposal.room


def _placement(number: int, proposal: Proposal, pin: Pin | None) -> DraftPlacement:
    return DraftPlacement(
        number,
        proposal.talk,
        proposal.people,
        proposal.start,
        proposal.minutes,
        pin.room if pin else proposal.room,
        proposal.rules,
        mode=proposal.mode,
        moves=proposal.booking.id if proposal.booking else None,
        is_pinned=pin is not None,
    )


def _unplaced(one: Unplaced, arrangement: Arrangement) -> DraftUnplaced:
    wanted = arrangement.talks[one.talk]
    people = tuple(map(PersonId, wanted.asked.people))
    booking = wanted.booking.id if wanted.booking else None
    return DraftUnplaced(one.talk, people, wanted.rules, one.reasons, one.repairs, booking)
