"""Where people want their mail: their address, which nobody else is shown, and whether they live by a feed or by mail."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound
from scheduler.core.ground.ids import PersonId
from scheduler.services.ground import journal
from scheduler.store import writing
from scheduler.store.mail import load as load_mail
from scheduler.store.mail import save as save_mail
from scheduler.store.mail.rows import MailContactRow
from scheduler.store.organisation.rows import PersonRow

MAX_ADDRESS_LENGTH = 254
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*"
)


class Channel(StrEnum):
    """What somebody lives by; never by two, or they would get everything twice."""

    AUTO = "auto"
    """A feed if they have one that was fetched of late, else mail."""
    FEED = "feed"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Contact:
    """What is known of how to reach somebody."""

    person: PersonId
    address: str = ""
    channel: Channel = Channel.AUTO
    gets_mail: bool = False
    """Whether mail would be sent to them now, if mail is sent at all."""


def queue(session: Session, bundle: timedelta | None) -> None:
    """Let a session queue mail for what it changes; None: no mail is sent."""
    save_mail.queue(session, bundle)


def is_address(text: str) -> bool:
    """Whether mail can be sent to this: plain ASCII, one address, no name beside it."""
    return len(text) <= MAX_ADDRESS_LENGTH and _ADDRESS.fullmatch(text) is not None


def of(session: Session, actor: Actor, person: PersonId, clock: Clock) -> Contact:
    """How to reach somebody: for themselves, and for those who edit the organisation. Raises NotAllowed."""
    if person != actor.person:
        access.require(actor, Action.EDIT_ORGANISATION)
    row = session.get(MailContactRow, person, populate_existing=True)
    if row is None:
        return Contact(person)
    return Contact(person, row.address, Channel(row.channel), bool(load_mail.readers(session, [person], clock)))


def set_address(session: Session, actor: Actor, person: PersonId, address: str, clock: Clock) -> None:
    """Write somebody's address; an empty one takes it away."""
    access.require(actor, Action.EDIT_ORGANISATION)
    address = address.strip()
    if address and not is_address(address):
        raise Malformed("not_an_address", "email", value=address[:60])
    _write(session, actor, person, {"address": address}, clock)


def choose(session: Session, actor: Actor, channel: str, clock: Clock) -> None:
    """Choose for oneself: a feed, mail, or whichever fits."""
    access.require(actor, Action.EDIT_OWN_FEED)
    if actor.person is None:
        raise NotAllowed(Action.EDIT_OWN_FEED)
    if channel not in set(Channel):
        raise Malformed("unknown_choice", "channel", value=channel[:60])
    _write(session, actor, actor.person, {"channel": channel}, clock)


@writing.verb
def _write(session: Session, actor: Actor, person: PersonId, values: dict[str, str], clock: Clock) -> None:
    """Write some of what is known; the journal notes that it changed, not to what."""
    writing.begin(session)
    if session.get(PersonRow, person) is None:
        raise NotFound("person", person)
    row = session.get(MailContactRow, person, populate_existing=True)
    if row is None:
        row = MailContactRow(person_id=person)
        session.add(row)
    for name, value in values.items():
        setattr(row, name, value)
    journal.note(session, actor, "edited", "mail_contact", person, clock, what=sorted(values))
