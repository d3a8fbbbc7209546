"""Mail out: one message to one recipient, by SMTP. Nothing here decides what is sent, to whom, or when."""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from threading import Timer
from typing import Any, Literal

STEP_SECONDS, ALL_SECONDS = 20.0, 60.0
"""How long a server may take to say something, and how long all of it may take, however slowly it goes on speaking."""
READY, PERMANENT = 220, 500
"""A server is there for us; from here on, its answers will not be others tomorrow."""


@dataclass(frozen=True, slots=True)
class Server:
    """The server that takes our mail, and how we speak with it."""

    host: str
    port: int
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    encryption: Literal["starttls", "tls", "none"] = "starttls"
    step_seconds: float = STEP_SECONDS
    all_seconds: float = ALL_SECONDS


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """An invitation within a message, as calendars read it."""

    data: bytes
    method: Literal["REQUEST", "CANCEL"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message, ready to be sent; the same one gives the same bytes but for the boundaries between its parts."""

    message_id: str
    """Without brackets; every attempt to send the same message carries the same one."""
    sender: str
    sender_name: str
    recipient: str
    subject: str
    text: str
    at: datetime
    language: str = "zh"
    calendars: tuple[CalendarPart, ...] = ()


class MailFailed(Exception):
    """A message was not taken; `kind` says why without naming anybody, `is_permanent` whether trying again is of no use."""

    def __init__(self, kind: str, *, is_permanent: bool = False) -> None:
        super().__init__(kind)
        self.kind, self.is_permanent = kind, is_permanent


def send(server: Server, message: Message) -> None:
    """Hand a message to the server; raises MailFailed when it does not take it."""
    written = written_out(message)
    with _failures_told(), _connected(server) as connection:
        connection.send_message(written, message.sender, [message.recipient])


def greet(server: Server) -> None:
    """Connect, encrypt, sign in and leave again: whether mail could be sent; raises MailFailed."""
    with _failures_told(), _connected(server):
        pass


def written_out(message: Message) -> EmailMessage:
    """The message as mail programs read it. Raises MailFailed for an address that is none."""
    made = EmailMessage(policy=SMTP)
    made["Subject"] = one_line(message.subject)
    try:
        made["From"] = Address(one_line(message.sender_name), addr_spec=message.sender)
        made["To"] = Address(addr_spec=message.recipient)
    except (ValueError, IndexError) as error:  # control characters, no @, and whatever else is no address
        raise MailFailed("bad_address", is_permanent=True) from error
    made["Date"] = format_datetime(message.at)
    made["Message-ID"] = f"<{one_line(message.message_id)}>"
    made["Auto-Submitted"] = "auto-generated"
    made["Content-Language"] = message.language
    made.set_content(message.text, charset="utf-8", cte="base64")
    _add_calendars(made, message.calendars)
    return made


def one_line(text: str) -> str:
    """A text that can stand in a header: no line ends, no control characters."""
    return "".join(letter if letter.isprintable() else " " for letter in text).strip()


def _add_calendars(made: EmailMessage, calendars: tuple[CalendarPart, ...]) -> None:
    """One invitation stands beside the text, so that mail programs show their buttons; several are attached."""
    for number, part in enumerate(calendars, 1):
        kind: dict[str, Any] = {"params": {"method": part.method, "charset": "utf-8"}, "cte": "base64"}
        if len(calendars) == 1:
            made.add_alternative(part.data, "text", "calendar", **kind)
        else:
            made.add_attachment(part.data, "text", "calendar", filename=f"invitation-{number}.ics", **kind)


@contextmanager
def _connected(server: Server) -> Iterator[smtplib.SMTP]:
    """A connection on which mail can be handed over; it is cut when all of it takes too long."""
    context = ssl.create_default_context()
    is_tls = server.encryption == "tls"
    connection: smtplib.SMTP = (
        smtplib.SMTP_SSL(timeout=server.step_seconds, context=context)
        if is_tls
        else smtplib.SMTP(timeout=server.step_seconds)
    )
    # Told here and not when it is made, so that the time runs from before the first word; TLS checks the name by it.
    connection._host = server.host  # type: ignore[attr-defined]  # noqa: SLF001
    limit = Timer(server.all_seconds, _cut, [connection])
    limit.daemon = True
    limit.start()
    try:
        code, _ = connection.connect(server.host, server.port)
        if code != READY:
            raise MailFailed("unreachable")
        if server.encryption == "starttls":
            connection.starttls(context=context)
        if server.user:
            connection.login(server.user, server.password)
        yield connection
        _leave(connection)
    finally:
        limit.cancel()
        connection.close()


def _leave(connection: smtplib.SMTP) -> None:
    """Say goodbye; what was taken is taken, whatever the server says now."""
    with suppress(smtplib.SMTPException, OSError):
        connection.quit()


def _cut(connection: smtplib.SMTP) -> None:
    """End a conversation that takes too long; whoever waits in it is told by its socket."""
    with suppress(OSError):
        if connection.sock is not None:
            connection.sock.shutdown(socket.SHUT_RDWR)


@contextmanager
def _failures_told() -> Iterator[None]:
    """Every way in which handing over can fail, as MailFailed."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        raise MailFailed("recipient_refused", is_permanent=code >= PERMANENT) from None
    except smtplib.SMTPDataError as error:
        raise MailFailed("message_refused", is_permanent=error.smtp_code >= PERMANENT) from None
    except smtplib.SMTPAuthenticationError:
        raise MailFailed("sign_in_refused") from None
    except smtplib.SMTPSenderRefused:
        raise MailFailed("sender_refused") from None
    except smtplib.SMTPNotSupportedError:
        raise MailFailed("not_supported") from None
    except ssl.SSLError:
        raise MailFailed("not_trusted") from None
    except TimeoutError:
        raise MailFailed("too_slow") from None
    except smtplib.SMTPServerDisconnected as error:
        raise MailFailed("too_slow" if isinstance(error.__context__, TimeoutError) else "dropped") from None
    except (smtplib.SMTPException, OSError):
        raise MailFailed("unreachable") from None
