"""Handing one message to a mail server: a real one, and ones that refuse, dawdle or hang up."""

import ssl
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler.outside.mail import CalendarPart, MailFailed, Message, Server, greet, send, written_out
from tests.mail_server import PASSWORD, USER, letterbox, odd_server
from tests.serving import a_free_port

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
MESSAGE = Message(
    "6f2d@example.org", "no-reply@example.org", "谈心", "chen@example.org", "日程变动：2 项", "陈国梁：\n您好。\n", AT
)
INVITATION = CalendarPart("BEGIN:VCALENDAR\r\nSUMMARY:谈心谈话\r\nEND:VCALENDAR\r\n".encode(), "REQUEST")


def failure(server: Server, message: Message = MESSAGE) -> tuple[str, bool]:
    with pytest.raises(MailFailed) as no:
        send(server, message)
    return no.value.kind, no.value.is_permanent


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate of its own for 127.0.0.1, in one file."""
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "-", "-out", "-"],
        capture_output=True, check=True,
    )  # fmt: skip
    file.write_bytes(made.stdout)
    return file


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    return certificate


def test_a_message_arrives_with_its_sender_its_recipient_and_its_words() -> None:
    with letterbox() as box:
        send(box.server(), MESSAGE)

    (taken,) = box.taken
    assert {name: str(taken[name]) for name in ("From", "To", "Subject", "Message-ID", "Date", "Auto-Submitted")} == {
        "From": "谈心 <no-reply@example.org>",
        "To": "chen@example.org",
        "Subject": "日程变动：2 项",
        "Message-ID": "<6f2d@example.org>",
        "Date": "Sun, 22 Nov 2026 02:00:00 +0000",
        "Auto-Submitted": "auto-generated",
    }
    assert taken.get_content().replace("\r\n", "\n") == "陈国梁：\n您好。\n"


def test_one_invitation_stands_beside_the_text_with_its_method_and_its_charset() -> None:
    with letterbox() as box:
        send(box.server(), replace(MESSAGE, calendars=(INVITATION,)))

    (taken,) = box.taken
    text, calendar = taken.iter_parts()
    assert taken.get_content_type() == "multipart/alternative"
    assert text.get_content_type() == "text/plain"
    assert calendar.get_content_type() == "text/calendar"
    assert (calendar.get_param("method"), calendar.get_param("charset")) == ("REQUEST", "utf-8")
    assert calendar.get_payload(decode=True) == INVITATION.data


def test_several_invitations_are_attached() -> None:
    with letterbox() as box:
        send(box.server(), replace(MESSAGE, calendars=(INVITATION, replace(INVITATION, method="CANCEL"))))

    (taken,) = box.taken
    attached = list(taken.iter_attachments())
    assert taken.get_content_type() == "multipart/mixed"
    assert [(part.get_filename(), part.get_param("method")) for part in attached] == [
        ("invitation-1.ics", "REQUEST"),
        ("invitation-2.ics", "CANCEL"),
    ]
    assert attached[0].get_payload(decode=True) == INVITATION.data


def test_line_ends_never_reach_a_header() -> None:
    evil = "x\r\nBcc: all@example.org\n\ny\u2028z\x85"

    made = written_out(replace(MESSAGE, subject=evil, sender_name=evil, message_id=evil)).as_bytes()

    head = made.partition(b"\r\n\r\n")[0]
    assert b"\r\nBcc:" not in head
    assert head.lower().count(b"\r\nsubject:") + head.lower().startswith(b"subject:") == 1


@pytest.mark.parametrize(
    "address", ["", "nobody", "a b@example.org", "a@example.org\r\nBcc: b@example.org", "a@example.org, b@example.org"]
)
def test_what_is_no_address_is_never_sent_to(address: str) -> None:
    with letterbox() as box:
        assert failure(box.server(), replace(MESSAGE, recipient=address)) == ("bad_address", True)

    assert box.taken == []


@pytest.mark.parametrize("encryption", ["starttls", "tls"])
def test_it_signs_in_over_an_encrypted_connection(trusted: Path, encryption: str) -> None:
    with letterbox(certificate=trusted, is_tls=encryption == "tls", wants_sign_in=True) as box:
        send(box.server(encryption=encryption, user=USER, password=PASSWORD), MESSAGE)

    assert box.signed_in == [True]


@pytest.mark.parametrize("encryption", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_is_not_trusted(certificate: Path, encryption: str) -> None:
    with letterbox(certificate=certificate, is_tls=encryption == "tls") as box:
        assert failure(box.server(encryption=encryption)) == ("not_trusted", False)


def test_a_server_that_cannot_encrypt_is_not_spoken_to_in_the_clear() -> None:
    with letterbox() as box:
        assert failure(box.server(encryption="starttls")) == ("not_supported", False)

    assert box.taken == []


def test_a_wrong_password_is_told_and_may_be_put_right(trusted: Path) -> None:
    with letterbox(certificate=trusted, wants_sign_in=True) as box:
        assert failure(box.server(encryption="starttls", user=USER, password="wrong")) == ("sign_in_refused", False)


@pytest.mark.parametrize(("code", "is_permanent"), [("550 no such user", True), ("450 mailbox busy", False)])
def test_whether_a_refused_recipient_is_tried_again_depends_on_the_answer(code: str, is_permanent: bool) -> None:
    with letterbox() as box:
        box.to_recipient = code
        assert failure(box.server()) == ("recipient_refused", is_permanent)


@pytest.mark.parametrize(("code", "is_permanent"), [("554 looks like spam", True), ("451 greylisted", False)])
def test_whether_a_refused_message_is_tried_again_depends_on_the_answer(code: str, is_permanent: bool) -> None:
    with letterbox() as box:
        box.to_data = code
        assert failure(box.server()) == ("message_refused", is_permanent)


def test_a_server_that_is_not_there_may_be_there_later() -> None:
    assert failure(Server("127.0.0.1", a_free_port(), encryption="none")) == ("unreachable", False)


def test_a_server_that_says_nothing_is_not_waited_for() -> None:
    with letterbox() as box:
        box.wait = 10
        assert failure(box.server(step_seconds=3)) == ("too_slow", False)


def test_a_server_that_drips_is_cut_off() -> None:
    with odd_server(drips=True) as port:
        assert failure(Server("127.0.0.1", port, encryption="none", all_seconds=0.3)) == ("unreachable", False)


@pytest.mark.parametrize(
    ("says", "kind"),
    [
        ((b"220 hello\r\n",), "dropped"),
        ((b"554 go away\r\n",), "unreachable"),
        ((b"SSH-2.0-OpenSSH\r\n",), "unreachable"),
        ((b"220 hello\r\n", b"250 me\r\n", b"530 not you\r\n"), "sender_refused"),
        ((b"220 hello\r\n", b"500 what\r\n", b"500 what\r\n"), "unreachable"),
        ((b"2" * 20_000 + b"\r\n",), "unreachable"),
    ],
)
def test_odd_servers_are_told_of_by_one_word(says: tuple[bytes, ...], kind: str) -> None:
    with odd_server(*says) as port:
        assert failure(Server("127.0.0.1", port, encryption="none")) == (kind, False)


def test_greeting_sends_nothing() -> None:
    with letterbox() as box:
        greet(box.server())

    assert box.taken == []


def test_a_server_that_hangs_up_after_taking_a_message_has_taken_it() -> None:
    says = (b"220 hi\r\n", b"250 me\r\n", b"250 OK\r\n", b"250 OK\r\n", b"354 go\r\n", b"250 taken\r\n")
    with odd_server(*says) as port:
        send(Server("127.0.0.1", port, encryption="none"), MESSAGE)


def test_a_password_is_not_told_when_settings_are_printed() -> None:
    assert PASSWORD not in repr(Server("h", 25, user=USER, password=PASSWORD))
    assert ssl.create_default_context().verify_mode is ssl.CERT_REQUIRED
