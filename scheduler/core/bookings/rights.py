"""Who may put which booking on the calendar, change it or take it off again."""

from collections.abc import Collection

from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.audiences import BRANCH, COMMITTEE
from scheduler.core.ground.bookings import Booking, Kind, Part
from scheduler.core.ground.errors import NotAllowed, NotFound
from scheduler.core.ground.guests import persons
from scheduler.core.ground.ids import PersonId

ARRANGING = (Action.BOOK, Action.BOOK_IN_BRANCH, Action.BOOK_OWN_TALK)
"""Whoever may do one of these may book something; what, is for `may_arrange`."""


def may_arrange(actor: Actor, kind: Kind, people: Collection[PersonId], audience: Collection[str]) -> bool:
    """Whether somebody may arrange a booking of these people, named one by one, and this audience.

    A branch organizer arranges for people of the own branch and for the branch as a whole; everybody with a person
    arranges a talk with one other.
    """
    if access.may(actor, Action.BOOK):
        return True
    if access.may(actor, Action.BOOK_IN_BRANCH) and _is_in_branch(actor, people, audience):
        return True
    is_own_talk = kind is Kind.TALK and len(set(people)) == 2 and actor.person in people and not audience
    return access.may(actor, Action.BOOK_OWN_TALK) and is_own_talk


def books_only_own(actor: Actor, people: Collection[PersonId], audience: Collection[str]) -> bool:
    """Whether they may arrange it as a talk of their own only, so that its limits hold."""
    if access.may(actor, Action.BOOK):
        return False
    return not (access.may(actor, Action.BOOK_IN_BRANCH) and _is_in_branch(actor, people, audience))


def require_arrange(actor: Actor, kind: Kind, people: Collection[PersonId], audience: Collection[str]) -> None:
    """Raise NotAllowed unless they may arrange it."""
    if not may_arrange(actor, kind, people, audience):
        raise NotAllowed(Action.BOOK)


def require_invite(actor: Actor) -> None:
    """Raise NotAllowed unless they may invite guests: whoever arranges for others may, not who books a talk of their own."""
    access.require(actor, Action.BOOK, Action.BOOK_IN_BRANCH)


def may_change(actor: Actor, booking: Booking) -> bool:
    """Whether somebody may move or cancel a booking; one that was held, only organizers."""
    if booking.is_held and not access.may(actor, Action.BOOK):
        return False
    return may_arrange(actor, booking.kind, named(booking), booking.audience)


def require_change(actor: Actor, booking: Booking) -> None:
    """Raise NotFound if they may not know of the booking, NotAllowed if they may not change it."""
    require_see(actor, booking)
    if not may_change(actor, booking):
        raise NotAllowed(Action.BOOK)


def require_see(actor: Actor, booking: Booking) -> None:
    """Raise NotFound if they may not know what the booking is."""
    if not access.may_see_booking(actor, booking):
        raise NotFound("booking", booking.id)


def may_record_attendance(actor: Actor, booking: Booking) -> bool:
    """Whether somebody may record who was there: organizers everywhere, branch organizers among their own people."""
    return access.may(actor, Action.EDIT_ATTENDANCE) and (actor.arranges_all or _expects_only_branch(actor, booking))


def may_see_attendance(actor: Actor, booking: Booking) -> bool:
    """Whether somebody may know who was there, of everybody."""
    return access.may(actor, Action.SEE_STUDY) or may_record_attendance(actor, booking)


def _expects_only_branch(actor: Actor, booking: Booking) -> bool:
    """Whether all who are expected at a booking belong to branches that somebody answers for."""
    guests = persons(booking.guests)
    expected = {p.person for p in booking.participants if p.part is Part.ATTENDEE} - guests
    return bool(expected) and actor.branch_members.issuperset(expected)


def named(booking: Booking) -> tuple[PersonId, ...]:
    """The people of a booking who were named one by one."""
    return tuple(p.person for p in booking.participants if p.is_named)


def _is_in_branch(actor: Actor, people: Collection[PersonId], audience: Collection[str]) -> bool:
    """Whether a booking concerns nobody outside the branches that somebody answers for."""
    theirs = {prefix + branch for branch in actor.branches for prefix in (BRANCH, COMMITTEE)}
    return actor.branch_members.issuperset(people) and theirs.issuperset(audience)
