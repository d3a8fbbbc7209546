"""One's own talks with what one may do about them, and saying that one will be there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from scheduler.core.bookings import own_talks, swaps
from scheduler.core.bookings import rights as booking_rights
from scheduler.core.bookings.own_talks import Step
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotFound, Refused
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.services.bookings import answers
from scheduler.services.bookings.answers import InvitationAnswer
from scheduler.services.bookings.lists import listing
from scheduler.services.ground.booking_changes import Query
from scheduler.store import load, writing

REACH = timedelta(days=92)
"""So far back and ahead one's own page looks."""


@dataclass(frozen=True, slots=True)
class OwnTalk:
    """A talk as one of its people sees it."""

    talk: SeenBooking
    steps: frozenset[Step]
    comes: bool
    """They said that they will be there."""


def pressing(session: Session, actor: Actor, clock: Clock) -> list[OwnTalk]:
    """One's own talks that wait to be confirmed, then those that lie ahead."""
    today = clock.today(load.working_time(session).zone)
    query = Query(person=_person(actor), kind=Kind.TALK, first=today - REACH, last=today + REACH)
    return of(session, actor, listing(session, actor, query, clock), clock)


def of(session: Session, actor: Actor, seen: Iterable[SeenBooking], clock: Clock) -> list[OwnTalk]:
    """The same out of what was looked up already."""
    person = _person(actor)
    talks = own_talks.pressing(person, seen, clock.now)
    coming = answers.accepted(session, person, [talk.id for talk in talks if talk.id])
    return [
        OwnTalk(talk, own_talks.steps(person, talk, clock.now, comes=talk.id in coming), talk.id in coming)
        for talk in talks
    ]


@writing.verb
def come(session: Session, actor: Actor, booking_id: BookingId, clock: Clock) -> None:
    """Note that one will be there; raises Refused when the talk is over."""
    person = _person(actor)
    writing.begin(session)
    talk = load.booking(session, booking_id, lock=True)
    booking_rights.require_see(actor, talk)
    if person not in talk.people:
        raise NotFound("booking", booking_id)
    if not talk.is_talk:
        raise Malformed("not_a_talk", "id", value=booking_id)
    if swaps.is_over(talk, clock.now):
        raise Refused([Finding("swap_over", talk.id)])
    answers.note(session, actor, InvitationAnswer(talk.id, person, "accepted"), talk.sequence, clock)


def _person(actor: Actor) -> PersonId:
    """Who they are; raises NotAllowed for those who are nobody of the organisation."""
    access.require(actor, Action.SWAP_OWN_TALK)
    return actor.person or PersonId("")
