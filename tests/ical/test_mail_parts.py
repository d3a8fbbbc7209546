"""Messages as mail programs send them, and as nobody should."""

import pytest

from scheduler.ical.invitations import NoReply
from scheduler.ical.mail_parts import MAX_MESSAGE_BYTES, MAX_PARTS, calendar_in


def a_message(
    kind: str = "text/calendar; method=REPLY", sender: str = "文 <Wen@Example.org>", body: str = "CAL"
) -> bytes:
    head = f"From: {sender}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    text = "--b\r\nContent-Type: text/plain\r\n\r\nYes.\r\n"
    return f"{head}{text}--b\r\nContent-Type: {kind}\r\n\r\n{body}\r\n--b--\r\n".encode()


@pytest.mark.parametrize("kind", ["text/calendar; method=REPLY", "application/ics"])
def test_the_calendar_and_the_sender_are_found(kind: str) -> None:
    assert calendar_in(a_message(kind)) == ("wen@example.org", b"CAL")


def test_a_message_of_several_is_nobodys() -> None:
    assert kind_of(a_message(sender="a@example.org, b@example.org")) == "odd_sender"
    assert kind_of(a_message(sender="")) == "odd_sender"


def test_a_calendar_in_base64_is_read() -> None:
    encoded = b"From: a@b.example\nContent-Type: text/calendar\nContent-Transfer-Encoding: base64\n\nQ0FM\n"

    assert calendar_in(encoded) == ("a@b.example", b"CAL")


def kind_of(message: bytes) -> str:
    with pytest.raises(NoReply) as no:
        calendar_in(message)
    return no.value.kind


def test_what_holds_no_calendar_is_told_apart() -> None:
    assert kind_of(b"") == "no_calendar"
    assert kind_of(a_message("text/html")) == "no_calendar"
    assert kind_of(b"x" * (MAX_MESSAGE_BYTES + 1)) == "too_large"
    many = b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: text/plain\n\nx\n" * MAX_PARTS
    assert kind_of(many + b"--b\nContent-Type: text/calendar\n\nCAL\n--b--\n") == "no_calendar"


def test_a_part_that_pretends_to_be_several_is_empty() -> None:
    inner = a_message("text/calendar")
    outer = b"From: a@b.example\nContent-Type: message/rfc822\n\n" + inner

    assert calendar_in(outer)[1] == b"CAL"
    odd = b"From: a@b.example\nContent-Type: application/ics\nContent-Transfer-Encoding: x-nothing\n\nCAL"
    assert calendar_in(odd) == ("a@b.example", b"CAL")


def test_nesting_without_end_is_refused() -> None:
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000))

    assert kind_of(b"From: a@b.example\n" + nested) in ("unreadable", "no_calendar")
