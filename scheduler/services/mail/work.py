"""Carrying mail out: take a message, write it, hand it over, note that; until none is due."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import time

from sqlalchemy.orm import Session

from scheduler.core.ground.clock import Clock
from scheduler.core.ground.vocabulary import Vocabulary
from scheduler.core.mail.letters import Letter, Told
from scheduler.core.mail.news import NewsKind
from scheduler.core.mail.times import is_quiet
from scheduler.ical import invitations
from scheduler.ical.invitations import Invitation
from scheduler.outside.mail import CalendarPart, MailFailed, Message, Server, send
from scheduler.services.ground import organisation, schema
from scheduler.services.mail import letters, links, outbox
from scheduler.services.mail.outbox import Leased
from scheduler.store import load

PASSES = ("bad_address", "recipient_refused", "message_refused")
"""Failures that concern one message; after any other one, the server is left alone for a while."""


@dataclass(frozen=True, slots=True)
class LetterWords:
    """How a letter is said; those who know the languages hand this in."""

    subject: Callable[[Letter], str]
    text: Callable[[Letter], str]
    title: Callable[[Told, str], str]
    sender_name: Callable[[str], str]
    speaking: Callable[[Vocabulary], AbstractContextManager[None]]
    """In whose words all of this is said meanwhile."""


@dataclass(frozen=True, slots=True)
class Posting:
    """Where mail is taken from, and how it goes out."""

    address: str
    """The database."""
    server: Server
    sender: str
    base_url: str
    language: str
    quiet: tuple[time, time] | None
    words: LetterWords
    clock: Callable[[], Clock]
    is_stopping: Callable[[], bool] = lambda: False


def carry_out(posting: Posting) -> int:
    """Send what is due, outside of quiet hours; how many messages were taken by the server."""
    count = 0
    with schema.opened(posting.address) as session:
        zone, spoken = load.organisation(session).zone, organisation.spoken(session)
        posting = replace(posting, language=spoken.language or posting.language)
        session.rollback()
        with posting.words.speaking(spoken):
            while not posting.is_stopping() and not is_quiet(posting.clock().real, posting.quiet, zone):
                leased = outbox.lease(session, posting.clock())
                if leased is None:
                    break
                taken = _carry(session, posting, leased)
                if taken is None:
                    break
                count += taken
    return count


def _carry(session: Session, posting: Posting, leased: Leased) -> int | None:
    """Send one message: 1 if it was taken, 0 if it was not, None if the server had better be left alone."""
    letter = letters.letter(session, leased, posting.clock(), posting.language)
    if letter is not None and letter.reminder:
        tokens = links.give(session, letter.reminder.booking, leased.person)
        letter = replace(letter, links=tuple(links.addresses(tokens, posting.base_url)))
    session.rollback()  # nothing of the database is held on to while the server is spoken to
    if letter is None:
        outbox.needless(session, leased, posting.clock())
        return 0
    try:
        send(posting.server, _message(posting, leased, letter))
    except MailFailed as error:
        outbox.failed(session, leased, error.kind, posting.clock(), is_permanent=error.is_permanent)
        return 0 if error.kind in PASSES else None
    outbox.sent(session, leased, posting.clock())
    return 1


def _message(posting: Posting, leased: Leased, letter: Letter) -> Message:
    """The letter as a message, with the invitations that calendars read."""
    words = posting.words
    return Message(
        message_id=f"{leased.id}@{posting.sender.rpartition('@')[2]}",
        sender=posting.sender,
        sender_name=words.sender_name(letter.language),
        recipient=letter.address,
        subject=words.subject(letter),
        text=words.text(letter),
        at=posting.clock().real,
        language=letter.language,
        calendars=tuple(_part(posting, letter, told) for told in letter.told),
    )


def _part(posting: Posting, letter: Letter, told: Told) -> CalendarPart:
    """One invitation, update or cancelling."""
    is_gone = told.kind is NewsKind.REMOVED
    invitation = Invitation(
        uid=told.uid,
        sequence=told.sequence,
        span=told.entry.span,
        summary=posting.words.title(told, letter.language),
        location=told.entry.place,
        created_at=told.created_at,
        revised_at=told.revised_at,
        organizer=posting.sender,
        attendee=letter.address,
        is_cancelled=is_gone,
        is_confidential=told.entry.kind == "talk",
        url="" if is_gone else f"{posting.base_url}/bookings/{told.entry.booking}",
    )
    return CalendarPart(invitations.written(invitation), invitation.method)
