from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.services.bookings import answers
from scheduler.services.bookings.answers import InvitationAnswer
from scheduler.services.ground import journal
from scheduler.store.mail.rows import MailMessageRow, MailNewsRow
from tests.small_organisation import CLOCK


def test_an_answer_is_kept_and_noted_in_the_journal(organisation: Session) -> None:
    answers.note(organisation, OPERATOR, InvitationAnswer(BookingId("E01"), PersonId("p27"), "tentative"), 0, CLOCK)
    organisation.commit()

    assert answers.of(organisation, OPERATOR, BookingId("E01")) == {PersonId("p27"): "tentative"}
    line = journal.recent(organisation, OPERATOR, CLOCK)[0]
    assert (line.action, line.noun, line.noun_id, line.details) == ("tentative", "booking", "E01", {"by": "p27"})


def test_answer_to_a_meeting_counts_until_its_person_is_told_of_a_change(organisation: Session) -> None:
    meeting = BookingId("E01")
    for person, sequence in (("p03", 1), ("p27", 1), ("p01", 1)):
        answers.note(organisation, OPERATOR, InvitationAnswer(meeting, PersonId(person), "accepted"), sequence, CLOCK)
    for person, sequence in (("p27", 0), ("p27", 2), ("p03", 2), ("p01", 1)):
        name = f"{person}-{sequence}"
        letter = MailMessageRow(id=name, key=name, person_id=person, made_at=CLOCK.real, due_at=CLOCK.real)
        organisation.add(letter)
        organisation.flush()
        news = {"message_id": letter.id, "kind": "changed"}
        organisation.add(MailNewsRow(booking_id=meeting, sequence=sequence, person_id=person, **news))
    organisation.flush()

    assert answers.of(organisation, OPERATOR, meeting) == {"p01": "accepted"}
