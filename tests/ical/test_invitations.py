"""Invitations out and answers in, read by the same and by another library."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import vobject
from icalendar import Calendar

from scheduler.ical.invitations import MAX_REPLY_LENGTH, Invitation, NoReply, Reply, read_reply, written
from tests.builders import REAL, a_span

INVITATION = Invitation(
    uid="0b0e2f6f-3a1d-4c55-8f4a-7c1e5d0b5f0a",
    sequence=2,
    span=a_span(),
    summary="谈心谈话：陈国梁\r\nATTENDEE:mailto:evil@example.org",
    location="谈话室",
    created_at=REAL,
    revised_at=REAL,
    organizer="no-reply@example.org",
    attendee="wen@example.org",
    url="https://tanxin.example.org/bookings/T001",
)


def lines(data: bytes) -> list[str]:
    return data.decode().replace("\r\n ", "").split("\r\n")


def test_an_invitation_asks_its_reader_and_names_nobody_else() -> None:
    assert lines(written(INVITATION)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Tanxin//Tanxin 1.0//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "UID:0b0e2f6f-3a1d-4c55-8f4a-7c1e5d0b5f0a",
        "DTSTAMP:20261122T020000Z",
        "CREATED:20261122T020000Z",
        "LAST-MODIFIED:20261122T020000Z",
        "SEQUENCE:2",
        "DTSTART:20140701T010000Z",
        "DTEND:20140701T014500Z",
        "SUMMARY:谈心谈话：陈国梁 ATTENDEE:mailto:evil@example.org",
        "LOCATION:谈话室",
        "URL:https://tanxin.example.org/bookings/T001",
        "CLASS:CONFIDENTIAL",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "ORGANIZER:mailto:no-reply@example.org",
        "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:wen@example.org",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_cancelling_has_the_same_uid_and_asks_nothing() -> None:
    gone = lines(
        written(replace(INVITATION, is_cancelled=True, is_confidential=False, location="", url="", sequence=3))
    )

    assert gone[4:7] == ["METHOD:CANCEL", "BEGIN:VEVENT", "UID:0b0e2f6f-3a1d-4c55-8f4a-7c1e5d0b5f0a"]
    assert [
        line for line in gone if line.startswith(("STATUS", "SEQUENCE", "CLASS", "ATTENDEE", "LOCATION", "URL"))
    ] == [
        "SEQUENCE:3",
        "CLASS:PRIVATE",
        "STATUS:CANCELLED",
        "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION:mailto:wen@example.org",
    ]


def test_another_library_reads_it() -> None:
    read = vobject.readOne(written(INVITATION).decode())

    assert read.method.value == "REQUEST"
    assert read.vevent.attendee.value == "mailto:wen@example.org"


def a_reply(
    *, method: str = "REPLY", attendee: str = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:Wen@Example.org", more: str = ""
) -> bytes:
    event = f"BEGIN:VEVENT\r\nUID:0b0e\r\nSEQUENCE:2\r\nDTSTAMP:20261122T020000Z\r\n{attendee}\r\n{more}END:VEVENT\r\n"
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:{method}\r\n{event}END:VCALENDAR\r\n".encode()


@pytest.mark.parametrize("answer", ["accepted", "declined", "tentative"])
def test_an_answer_is_read(answer: str) -> None:
    said = a_reply(attendee=f"ATTENDEE;PARTSTAT={answer.upper()}:MAILTO:Wen@Example.org")

    assert read_reply(said) == Reply("0b0e", "wen@example.org", answer, 2, datetime(2026, 11, 22, 2, tzinfo=UTC))


def kind(data: bytes) -> str:
    with pytest.raises(NoReply) as no:
        read_reply(data)
    return no.value.kind


def test_what_is_no_answer_is_told_apart() -> None:
    assert kind(b"x" * (MAX_REPLY_LENGTH + 1)) == "too_large"
    assert kind(written(INVITATION)) == "not_a_reply"
    assert kind(a_reply(attendee="ATTENDEE;PARTSTAT=DELEGATED:mailto:wen@example.org")) == "no_answer"
    assert kind(a_reply(attendee="ATTENDEE:mailto:wen@example.org")) == "no_answer"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00",
        b"<html>",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" * 400,
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n",
        a_reply(attendee="ATTENDEE;PARTSTAT=ACCEPTED:wen"),
        a_reply(attendee="ATTENDEE;PARTSTAT=ACCEPTED:mailto:"),
        a_reply(attendee="X-NOBODY:1"),
        a_reply(more="ATTENDEE;PARTSTAT=DECLINED:mailto:chen@example.org\r\n"),
        a_reply(more="SEQUENCE:3\r\n"),
        a_reply() * 2,
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes) -> None:
    assert kind(data) in ("unreadable", "not_a_reply")


def test_repetitions_are_not_followed() -> None:
    endless = a_reply(more="DTSTART:20140701T010000Z\r\nRRULE:FREQ=SECONDLY;COUNT=1000000000\r\n")

    assert read_reply(endless).answer == "accepted"
    assert Calendar.from_ical(endless)
