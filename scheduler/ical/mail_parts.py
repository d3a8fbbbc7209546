"""The calendar part of a message that somebody sent us."""

import re
from email import message_from_bytes, policy
from email.errors import MessageError, UndecodableBytesDefect
from email.message import EmailMessage, Message
from email.utils import getaddresses

from scheduler.ical.invitations import NoReply

MAX_MESSAGE_BYTES = 2_000_000
"""Bytes of a message that are looked at at all."""
MAX_PARTS = 50
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"\\]+@[^\s<>()\[\],;:\"\\]+")
"""Whatever in a header looks like an address to some reader, in quotes or not."""


def calendar_in(message: bytes) -> tuple[str, bytes]:
    """Who sent a message, in lower case, and its one calendar part; raises NoReply if it has none."""
    if len(message) > MAX_MESSAGE_BYTES:
        raise NoReply("too_large")
    try:
        made = message_from_bytes(message, policy=policy.default)
        assert isinstance(made, EmailMessage)  # noqa: S101 - tells the types; the policy makes it so
        calendar = _calendar(made)
        return _sender(made, message_from_bytes(message, policy=policy.compat32)), calendar
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise error if isinstance(error, NoReply) else NoReply("unreadable") from error


def _sender(message: EmailMessage, raw: Message) -> str:
    """The one address that a message comes from; raises NoReply where readers of mail would not agree which that is.

    What checked the message on its way here (DMARC) may have looked at another one than we do.
    """
    headers = [str(value) for name, value in raw.raw_items() if name.lower() == "from"]
    if len(headers) != 1:
        raise NoReply("odd_sender")
    header = message["From"]
    if any(
        not isinstance(defect, UndecodableBytesDefect) for defect in header.defects
    ):  # names in plain UTF-8 are usual
        raise NoReply("odd_sender")
    by_parser: set[str] = {address.addr_spec.lower() for address in header.addresses}
    by_tuple = {address.lower() for _, address in getaddresses(headers)}
    by_letters = {address.lower() for address in _ADDRESS.findall(headers[0])}
    if not (len(by_parser) == 1 and by_parser == by_tuple == by_letters):
        raise NoReply("odd_sender")
    return by_parser.pop()


def _calendar(message: EmailMessage) -> bytes:
    """The first part that is a calendar."""
    for number, part in enumerate(message.walk()):
        if number >= MAX_PARTS:
            break
        if part.get_content_type() in ("text/calendar", "application/ics"):
            data = part.get_payload(decode=True)
            return data if isinstance(data, bytes) else b""
    raise NoReply("no_calendar")
