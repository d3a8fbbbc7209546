"""What stands above every page of one booking: what it is, when and where, who leads it, and what may be done with it."""

from dataclasses import dataclass

from flask import url_for

from scheduler import edge
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground import access
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import Kind, State
from scheduler.core.ground.guests import persons
from scheduler.core.ground.ids import PersonId
from scheduler.core.sessions.turnout import quorum
from scheduler.web.bookings.lines import may_change_seen
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _
from scheduler.web.page.words import local, when


@dataclass(frozen=True, slots=True)
class BookingHead:
    """The head of a booking's pages."""

    seen: SeenBooking
    name: str
    back: str
    under_title: list[str]
    may_change: bool
    shows_attendance: bool
    """Whether the viewer may know who was there."""


def head(seen: SeenBooking, names: Names) -> BookingHead:
    """The head of a booking that the viewer may know of."""
    parts = [when(seen.span), names.room(seen.room)]
    if seen.host:
        parts.append(_("主持 %(name)s", name=names.person(seen.host)))
    if seen.kind != Kind.TALK and (count := len(expected(seen))):
        parts.append(_("应到 %(expected)s 人，法定 %(needed)s 人", expected=count, needed=quorum(count)))
    return BookingHead(
        seen,
        names.booking(seen),
        url_for("bookings.bookings", day=local(seen.span.start).date().isoformat()),
        [part for part in parts if part],
        may_change_seen(seen) and seen.state != State.CANCELLED,
        seen.kind != Kind.TALK and _may_see_attendance(seen),
    )


def expected(seen: SeenBooking) -> set[PersonId]:
    """Those who are expected: neither observers nor guests."""
    return set(seen.people) - set(seen.observers) - persons(seen.guests)


def _may_see_attendance(seen: SeenBooking) -> bool:
    """Whether to offer the page of who was there; the service decides again when it is opened."""
    actor = edge.actor()
    if access.may(actor, Action.SEE_STUDY):
        return True
    is_of_branch = bool(expected(seen)) and actor.branch_members.issuperset(expected(seen))
    return access.may(actor, Action.EDIT_ATTENDANCE) and is_of_branch
