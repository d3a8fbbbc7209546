"""The calendar part of a message that somebody sent us."""

from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import getaddresses

from scheduler.ical.invitations import NoReply

MAX_MESSAGE_BYTES = 2_000_000
"""Bytes of a message that are looked at at all."""
MAX_PARTS = 50


def calendar_in(message: bytes) -> tuple[str, bytes]:
    """Who sent a message, in lower case, and its one calendar part; raises NoReply if it has none."""
    if len(message) > MAX_MESSAGE_BYTES:
        raise NoReply("too_large")
    try:
        made = message_from_bytes(message, policy=policy.default)
        assert isinstance(made, EmailMessage)  # noqa: S101 - tells the types; the policy makes it so
        return _sender(made), _calendar(made)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise error if isinstance(error, NoReply) else NoReply("unreadable") from error


def _sender(message: EmailMessage) -> str:
    """The one address that a message comes from; empty if there are none or several."""
    senders = getaddresses([str(value) for value in message.get_all("From", [])])
    return senders[0][1].lower() if len(senders) == 1 else ""


def _calendar(message: EmailMessage) -> bytes:
    """The first part that is a calendar."""
    for number, part in enumerate(message.walk()):
        if number >= MAX_PARTS:
            break
        if part.get_content_type() in ("text/calendar", "application/ics"):
            data = part.get_payload(decode=True)
            return data if isinstance(data, bytes) else b""
    raise NoReply("no_calendar")
