"""Invitations by mail (iMIP, RFC 6047): one booking, for one reader; and the answers to them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from icalendar import Calendar, Component, Event, vCalAddress

from scheduler.core.ground.spans import Span
from scheduler.ical.write import PRODUCT, clean

Method = Literal["REQUEST", "CANCEL"]
ANSWERS = ("ACCEPTED", "DECLINED", "TENTATIVE")
MAX_REPLY_LENGTH = 100_000
"""Bytes of an answer that are looked at."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """A booking as its invitation tells it: to the one who gets it, and of nobody else."""

    uid: str
    sequence: int
    span: Span
    summary: str
    location: str
    created_at: datetime
    revised_at: datetime
    organizer: str
    """The address that mail comes from."""
    attendee: str
    """The reader's address."""
    is_cancelled: bool = False
    is_confidential: bool = True
    url: str = ""

    @property
    def method(self) -> Method:
        """What it asks of a calendar."""
        return "CANCEL" if self.is_cancelled else "REQUEST"


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody answered to an invitation."""

    uid: str
    attendee: str
    """Their address, in lower case."""
    answer: str
    """`accepted`, `declined`, `tentative`; or `counter`: they propose another time."""
    sequence: int
    stamped_at: datetime | None = None
    """When they answered, by their own clock; None: the message does not say."""
    start: datetime | None = None
    """The start that they propose."""
    deputy: str = ""
    """The address of whoever answered for them (SENT-BY), in lower case."""


class NoReply(ValueError):
    """This is no answer to an invitation; `kind` says why."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def written(invitation: Invitation) -> bytes:
    """The invitation as a calendar object; times are in UTC, which no reader gets wrong."""
    event = Event()
    event.add("uid", invitation.uid)
    event.add("dtstamp", invitation.revised_at.astimezone(UTC))
    event.add("created", invitation.created_at.astimezone(UTC))
    event.add("last-modified", invitation.revised_at.astimezone(UTC))
    event.add("sequence", invitation.sequence)
    event.add("dtstart", invitation.span.start.astimezone(UTC))
    event.add("dtend", invitation.span.end.astimezone(UTC))
    event.add("summary", clean(invitation.summary))
    if location := clean(invitation.location):
        event.add("location", location)
    if invitation.url:
        event.add("url", invitation.url)
    event.add("class", "CONFIDENTIAL" if invitation.is_confidential else "PRIVATE")
    event.add("status", "CANCELLED" if invitation.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if invitation.is_cancelled else "OPAQUE")
    event.add("organizer", vCalAddress(f"mailto:{invitation.organizer}"))
    event.add("attendee", _attendee(invitation))
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", invitation.method)
    calendar.add_component(event)
    return bytes(calendar.to_ical(sorted=False))


def read_reply(data: bytes) -> Reply:
    """What an answer says; raises NoReply when it is none. One event, one attendee, nothing is expanded."""
    if len(data) > MAX_REPLY_LENGTH:
        raise NoReply("too_large")
    try:
        calendar = Calendar.from_ical(data)
        method = str(calendar.get("method", "")).upper()
        events = calendar.walk("VEVENT")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise NoReply("unreadable") from error
    if method not in ("REPLY", "COUNTER"):
        raise NoReply("not_a_reply")
    if len(events) != 1:
        raise NoReply("unreadable")
    return _reply(events[0], is_counter=method == "COUNTER")


def _attendee(invitation: Invitation) -> vCalAddress:
    """The reader, who is asked to answer."""
    made = vCalAddress(f"mailto:{invitation.attendee}")
    made.params["ROLE"] = "REQ-PARTICIPANT"
    made.params["PARTSTAT"] = "NEEDS-ACTION"
    if not invitation.is_cancelled:
        made.params["RSVP"] = "TRUE"
    return made


def _reply(event: Component, *, is_counter: bool) -> Reply:
    """The answer of an event's one attendee."""
    attendee, uid, sequence = event.get("attendee"), str(event.get("uid", "")), str(event.get("sequence", "0"))
    if not isinstance(attendee, vCalAddress) or not uid or not (sequence.isascii() and sequence.isdigit()):
        raise NoReply("unreadable")
    answer = "COUNTER" if is_counter else str(attendee.params.get("PARTSTAT", "")).upper()
    if not (address := _mailbox(str(attendee))):
        raise NoReply("unreadable")
    if not is_counter and answer not in ANSWERS:
        raise NoReply("no_answer")
    number = min(int(sequence[:9]), 2**31 - 1)
    start = _moment(event, "dtstart") if is_counter else None
    deputy = _mailbox(str(attendee.params.get("SENT-BY", "")))
    return Reply(uid[:200], address, answer.lower(), number, _moment(event, "dtstamp"), start, deputy)


def _mailbox(written: str) -> str:
    """The address of a `mailto:`, in lower case; empty if it is none."""
    scheme, _, address = written.strip().strip('"').partition(":")
    return address.strip().lower()[:320] if scheme.lower() == "mailto" else ""


def _moment(event: Component, name: str) -> datetime | None:
    """A moment with a zone that an event names; None for anything else."""
    moment = getattr(event.get(name), "dt", None)
    return moment if isinstance(moment, datetime) and moment.tzinfo is not None else None
