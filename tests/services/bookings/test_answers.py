from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.services.bookings import answers
from scheduler.services.bookings.answers import InvitationAnswer
from scheduler.services.ground import journal
from tests.small_organisation import CLOCK


def test_an_answer_is_kept_and_noted_in_the_journal(organisation: Session) -> None:
    answers.note(organisation, OPERATOR, InvitationAnswer(BookingId("E01"), PersonId("p27"), "tentative"), 0, CLOCK)
    organisation.commit()

    assert answers.of(organisation, OPERATOR, BookingId("E01")) == {PersonId("p27"): "tentative"}
    line = journal.recent(organisation, OPERATOR, CLOCK)[0]
    assert (line.action, line.noun, line.noun_id, line.details) == ("tentative", "booking", "E01", {"by": "p27"})
