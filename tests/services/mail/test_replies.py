"""Answers that come by mail: noted with the booking, or refused with a reason."""

import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.errors import NotAllowed, Refused
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings import answers
from scheduler.services.bookings.acts import BookingChange
from scheduler.services.bookings.answers import InvitationAnswer
from scheduler.services.mail import replies
from scheduler.store import load
from tests.builders import an_actor
from tests.services.mailed import with_addresses
from tests.small_organisation import CLOCK, span

TALK = BookingId("T002")


def a_message(
    session: Session,
    answer: str = "ACCEPTED",
    sequence: int = 1,
    *,
    by: str = "wen@example.org",
    sender: str = "",
    uid: str = "",
) -> bytes:
    uid = uid or load.booking(session, TALK).uid
    event = f"UID:{uid}\r\nSEQUENCE:{sequence}\r\nATTENDEE;PARTSTAT={answer}:mailto:{by}\r\n"
    calendar = f"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n{event}END:VEVENT\r\nEND:VCALENDAR\r\n"
    return f"From: {sender or by}\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n{calendar}".encode()


def moved(session: Session, hour: int) -> None:
    bookings.change(session, OPERATOR, TALK, BookingChange(start=span(6, hour).start), CLOCK)


def why(session: Session, message: bytes) -> str:
    with pytest.raises(Refused) as no:
        replies.receive(session, OPERATOR, message, CLOCK)
    return no.value.blocking[0].kind


def test_an_answer_is_noted_and_a_later_one_replaces_it(organisation: Session) -> None:
    with_addresses(organisation)
    moved(organisation, 10)

    said = replies.receive(organisation, OPERATOR, a_message(organisation), CLOCK)
    assert said == InvitationAnswer(TALK, PersonId("p03"), "accepted")
    replies.receive(organisation, OPERATOR, a_message(organisation, "DECLINED", by="Wen@Example.ORG"), CLOCK)

    known = {PersonId("p03"): "declined"}
    assert answers.of(organisation, OPERATOR, TALK) == known
    assert answers.of(organisation, an_actor("p01"), TALK) == known
    assert answers.of(organisation, an_actor("s01", Role.SUPERVISOR), TALK) == {}
    assert answers.of(organisation, an_actor(None, Role.ADMIN), TALK) == {}


def test_an_answer_to_how_it_was_before_counts_no_more(organisation: Session) -> None:
    with_addresses(organisation)
    moved(organisation, 10)
    replies.receive(organisation, OPERATOR, a_message(organisation), CLOCK)
    moved(organisation, 11)

    assert answers.of(organisation, OPERATOR, TALK) == {}
    assert why(organisation, a_message(organisation)) == "reply_outdated"
    replies.receive(organisation, OPERATOR, a_message(organisation, sequence=2), CLOCK)
    assert answers.of(organisation, OPERATOR, TALK) == {PersonId("p03"): "accepted"}


def test_what_cannot_be_noted_is_told_apart(organisation: Session) -> None:
    with_addresses(organisation)

    assert why(organisation, b"") == "reply_no_calendar"
    assert why(organisation, a_message(organisation, "DELEGATED")) == "reply_no_answer"
    assert why(organisation, a_message(organisation, sender="else@example.org")) == "reply_not_theirs"
    assert why(organisation, a_message(organisation, uid="nobody-knows")) == "reply_unknown_booking"
    assert why(organisation, a_message(organisation, by="chen@example.org")) == "reply_unknown_attendee"
    assert why(organisation, a_message(organisation, by="else@example.org")) == "reply_unknown_attendee"
    bookings.cancel(organisation, OPERATOR, TALK, CLOCK)
    assert why(organisation, a_message(organisation, sequence=9)) == "reply_unknown_attendee"


def test_members_note_no_answers_of_others(organisation: Session) -> None:
    with pytest.raises(NotAllowed):
        replies.receive(organisation, an_actor("p03"), b"", CLOCK)
