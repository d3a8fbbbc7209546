"""Answers that come by mail: noted with the booking, or refused with a reason."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.errors import NotAllowed, NotFound, Refused
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings import answers
from scheduler.services.bookings.acts import BookingChange
from scheduler.services.bookings.answers import InvitationAnswer
from scheduler.services.mail import replies
from scheduler.store import load
from scheduler.store.bookings import load_swaps
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
    more: str = "",
    parameters: str = "",
    method: str = "REPLY",
) -> bytes:
    uid = uid or load.booking(session, TALK).uid
    event = f"UID:{uid}\r\nSEQUENCE:{sequence}\r\n{more}ATTENDEE;PARTSTAT={answer}{parameters}:mailto:{by}\r\n"
    calendar = f"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\n{event}END:VEVENT\r\nEND:VCALENDAR\r\n"
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


@pytest.mark.parametrize(
    "sender",
    [
        "wen@example.org <else@example.org>",
        '"wen@example.org" <else@example.org>',
        "wen@example.org, else@example.org",
        "<wen@example.org>\r\nFrom: else@example.org",
        "wen@example.org (else@example.org)",
        "g: wen@example.org;, else@example.org",
    ],
)
def test_a_sender_that_readers_would_not_agree_on_is_refused(organisation: Session, sender: str) -> None:
    with_addresses(organisation)

    assert why(organisation, a_message(organisation, sender=sender)) == "reply_odd_sender"


def test_usual_ways_to_write_a_sender_are_read(organisation: Session) -> None:
    with_addresses(organisation)

    for sender in (
        "文静 <wen@example.org>",
        '"wen@example.org" <Wen@example.org>',
        "=?utf-8?b?5paH6Z2Z?= <wen@example.org>",
    ):
        assert (
            replies.receive(organisation, OPERATOR, a_message(organisation, sender=sender), CLOCK).answer == "accepted"
        )


def test_what_was_answered_later_stands_whatever_came_in_last(organisation: Session) -> None:
    with_addresses(organisation)
    late, early = "DTSTAMP:20261121T163000Z\r\n", "DTSTAMP:20261121T161000Z\r\n"
    replies.receive(organisation, OPERATOR, a_message(organisation, "DECLINED", more=late), CLOCK)

    assert why(organisation, a_message(organisation, "ACCEPTED", more=early)) == "reply_outdated"
    assert answers.of(organisation, OPERATOR, TALK) == {PersonId("p03"): "declined"}
    assert replies.receive(organisation, OPERATOR, a_message(organisation), CLOCK).answer == "accepted"


def test_a_clock_that_is_fast_does_not_outlast_later_answers(organisation: Session) -> None:
    with_addresses(organisation)
    fast = "DTSTAMP:20990101T000000Z\r\n"
    replies.receive(organisation, OPERATOR, a_message(organisation, "DECLINED", more=fast), CLOCK)

    assert replies.receive(organisation, OPERATOR, a_message(organisation), CLOCK).answer == "accepted"


def test_another_time_becomes_a_proposal_or_is_declined_in_words(organisation: Session) -> None:
    with_addresses(organisation)

    def countered(start: str) -> bytes:
        return a_message(organisation, method="COUNTER", more=f"DTSTART:{start}\r\n")

    assert why(organisation, countered("20140806T230000Z")) == "swap_not_free"
    assert why(organisation, countered("20140806")) == "reply_unreadable"
    said = replies.receive(organisation, OPERATOR, countered("20140807T020000Z"), CLOCK)
    assert said == InvitationAnswer(TALK, PersonId("p03"), "proposed")
    (proposal,) = load_swaps.proposals(organisation, TALK)
    assert (proposal.proposer, proposal.start.isoformat()) == ("p03", "2014-08-07T02:00:00+00:00")


DEPUTY = ';SENT-BY="mailto:office@example.org"'


def by_deputy(session: Session, answer: str = "ACCEPTED", **more: str) -> bytes:
    return a_message(session, answer, sender="office@example.org", parameters=DEPUTY, **more)


@pytest.mark.parametrize("counts", [True, False])
def test_what_a_deputy_answers_is_asked_of_the_organizer(organisation: Session, *, counts: bool) -> None:
    with_addresses(organisation)
    wen, organizer = PersonId("p03"), an_actor("p01", Role.ORGANIZER)

    said = replies.receive(organisation, OPERATOR, by_deputy(organisation, "DECLINED"), CLOCK)

    assert said == InvitationAnswer(TALK, wen, "asked_declined")
    assert answers.of(organisation, OPERATOR, TALK) == {wen: "asked_declined"}
    when = load.booking(organisation, TALK).span
    assert answers.asked(organisation, organizer, CLOCK) == [replace(said, span=when)]
    assert answers.asked(organisation, an_actor("p03"), CLOCK) == []
    with pytest.raises(NotAllowed):
        answers.decide(organisation, an_actor("p03"), TALK, wen, CLOCK, counts=True)

    answers.decide(organisation, organizer, TALK, wen, CLOCK, counts=counts)

    assert answers.of(organisation, OPERATOR, TALK) == ({wen: "declined"} if counts else {})
    assert answers.asked(organisation, organizer, CLOCK) == []
    with pytest.raises(NotFound):
        answers.decide(organisation, organizer, TALK, wen, CLOCK, counts=True)


def test_what_they_said_themselves_stands_against_a_deputy(organisation: Session) -> None:
    with_addresses(organisation)
    assert replies.receive(organisation, OPERATOR, by_deputy(organisation), CLOCK).answer == "asked_accepted"
    replies.receive(organisation, OPERATOR, a_message(organisation, "DECLINED"), CLOCK)

    assert why(organisation, by_deputy(organisation)) == "reply_by_deputy"
    assert answers.of(organisation, OPERATOR, TALK) == {PersonId("p03"): "declined"}
    countered = by_deputy(organisation, method="COUNTER", more="DTSTART:20140807T020000Z\r\n")
    assert why(organisation, countered) == "reply_by_deputy"
    assert why(organisation, a_message(organisation, sender="x@example.org", parameters=DEPUTY)) == "reply_not_theirs"


def test_members_note_no_answers_of_others(organisation: Session) -> None:
    with pytest.raises(NotAllowed):
        replies.receive(organisation, an_actor("p03"), b"", CLOCK)
