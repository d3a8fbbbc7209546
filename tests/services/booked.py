"""What the tests of bookings begin with: a small organisation in July 2014, and a quick way to book."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Actor, Role
from scheduler.core.ground.bookings import Draft
from scheduler.core.ground.ids import BookingId
from scheduler.services.bookings import acts as bookings
from scheduler.store.bookings.rows import AllocationRow
from tests.builders import a_clock, a_draft, a_group, an_actor
from tests.seeds import a_campaign, an_organisation

MEMBER = an_actor("p01")
CLOCK = a_clock("2014-07-01T08:00")
BRANCH = a_group("B1", ["p01", "p02", "p03"], kind="branch", secretary="p01", committee=["p01", "p02"])
SECRETARY = an_actor("p01", Role.MEMBER, Role.BRANCH_ORGANIZER, branches=["B1"], members=["p01", "p02", "p03"])


def prepare(session: Session) -> Session:
    """People p01 to p06, a branch of three, rooms, and a campaign."""
    an_organisation(session, groups=[BRANCH])
    a_campaign(session)
    session.commit()
    return session


def book(session: Session, draft: Draft | None = None, actor: Actor = OPERATOR) -> BookingId:
    """Book something, by default a talk of p01 and p02; its id."""
    return bookings.book(session, actor, draft or a_draft(), CLOCK).booking.id


def allocations(session: Session) -> list[tuple[str, str]]:
    """Which booking takes which person or room."""
    row = AllocationRow
    found = session.execute(select(row.booking_id, row.resource).order_by(row.resource, row.booking_id))
    return [(name, resource) for name, resource in found]
