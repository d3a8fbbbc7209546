"""An absence marks the talks that it hits: organizers are told of whom, its people of themselves, nobody else of anything."""

from datetime import date

from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Actor, Role
from scheduler.services.bookings import lists
from scheduler.services.ground.booking_changes import Query
from scheduler.store.organisation.rows import AbsenceRow
from tests.builders import a_clock, a_draft, an_actor
from tests.services.booked import CLOCK, book, prepare


def marks(session: Session, actor: Actor, at: str = "2014-07-01T08:00") -> list[tuple[str, ...]]:
    seen = lists.listing(session, actor, Query(first=date(2014, 7, 1), last=date(2014, 7, 9)), a_clock(at))
    return [one.absent for one in seen]


def test_who_is_away_is_told_to_whom_it_concerns(session: Session) -> None:
    prepare(session)
    talk = book(session, a_draft(start="2014-07-03T09:00", who=["p01", "p02"]))
    session.add(AbsenceRow(person_id="p02", first=date(2014, 7, 3), last=date(2014, 7, 3)))
    session.commit()
    organizer = an_actor("p06", Role.ORGANIZER)

    assert (marks(session, OPERATOR), marks(session, organizer)) == ([("p02",)], [("p02",)])
    assert (marks(session, an_actor("p02")), marks(session, an_actor("p01"))) == ([("p02",)], [()])
    assert marks(session, an_actor("p01", Role.MEMBER, Role.SUPERVISOR)) == [()]
    assert lists.seen_booking(session, organizer, talk, CLOCK).absent == ("p02",)
    assert marks(session, OPERATOR, "2014-07-04T08:00") == [()]  # what is over stays as it was
