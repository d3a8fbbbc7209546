"""Links in mail that do one thing for one person, without a sign-in. Looking changes nothing; only their digests are kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from sqlalchemy import delete
from sqlalchemy.orm import Session

from scheduler.core.ground.access import Actor
from scheduler.core.ground.bookings import Booking
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotFound, Refused
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.mail.letters import Entry, Purpose
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings import own_talks, swaps
from scheduler.services.bookings.swaps import Times
from scheduler.services.ground import actors, secrets
from scheduler.services.mail import letters
from scheduler.store import load, writing
from scheduler.store.mail.rows import MailLinkRow

AFTERWARDS = timedelta(days=14)
"""How long after a talk it can be confirmed by its link."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link leads to, as far as the one it was sent to may know it."""

    purpose: Purpose
    entry: Entry
    times: Times | None = None
    """Those that can be proposed."""
    hindrance: Finding | None = None
    """Why what the link is for cannot be done now."""
    is_used: bool = False
    """It was done already."""


@writing.verb
def give(session: Session, talk: BookingId, person: PersonId) -> dict[Purpose, str]:
    """New links of a talk for one of its people, by what they do; their tokens are told this once."""
    writing.begin(session)
    (booking,) = load.bookings(session, ids=[talk])
    ends = {
        Purpose.COME: booking.span.start,
        Purpose.PROPOSE: booking.span.start,
        Purpose.HELD: booking.span.end + AFTERWARDS,
    }
    tokens = {purpose: secrets.new() for purpose in ends}
    for purpose, token in tokens.items():
        link = {"booking_id": talk, "person_id": person, "purpose": purpose.value, "expires_at": ends[purpose]}
        session.add(MailLinkRow(digest=secrets.digest(token), **link))
    return tokens


def look(session: Session, token: str, clock: Clock, language: str) -> Opened:
    """What a link leads to, or what was done by it; NotFound if it is too old, or was never given."""
    row, talk, actor = _known(session, token, clock)
    purpose, person = Purpose(row.purpose), PersonId(row.person_id)
    entry = letters.entry_of(session, talk, person, language)
    if row.used_at is not None:
        return Opened(purpose, entry, is_used=True)
    match purpose:
        case Purpose.HELD if talk.span.start > clock.now:
            return Opened(purpose, entry, hindrance=Finding("link_too_early", talk.id))
        case Purpose.PROPOSE:
            proposals = swaps.of_talk(session, actor, talk.id, clock)
            times = swaps.times(session, actor, talk.id, clock) if proposals.may_propose else None
            return Opened(purpose, entry, times, proposals.hindrance)
        case Purpose.COME | Purpose.HELD:
            return Opened(purpose, entry)
        case _:
            assert_never(purpose)


def use(session: Session, token: str, clock: Clock, start: datetime | None = None) -> Purpose:
    """Do what a link is for, once; again, nothing. Raises NotFound, Refused when it cannot be done now, Malformed when no time is picked."""
    row, talk, actor = _known(session, token, clock)
    purpose = Purpose(row.purpose)
    if row.used_at is not None:
        return purpose
    match purpose:
        case Purpose.COME:
            own_talks.come(session, actor, talk.id, clock)
        case Purpose.HELD:
            if talk.span.start > clock.now:
                raise Refused([Finding("link_too_early", talk.id)])
            bookings.confirm(session, actor, talk.id, clock)
        case Purpose.PROPOSE:
            if start is None:
                raise Malformed("missing", "slot")
            swaps.propose(session, actor, talk.id, start, clock)
    _used(session, secrets.digest(token), clock)
    return purpose


def purge(session: Session, clock: Clock) -> None:
    """Forget links that are too old."""
    writing.begin(session)
    session.execute(delete(MailLinkRow).where(MailLinkRow.expires_at <= clock.now))
    session.commit()


def _known(session: Session, token: str, clock: Clock) -> tuple[MailLinkRow, Booking, Actor]:
    """A link that is not too old, its talk, and who it was sent to, with no more rights than to their own."""
    row = session.get(MailLinkRow, secrets.digest(token), populate_existing=True)
    if row is None or row.expires_at <= clock.now:
        raise NotFound("link", "")
    (talk,) = load.bookings(session, ids=[BookingId(row.booking_id)])
    person = PersonId(row.person_id)
    if talk.is_cancelled or person not in talk.people:
        raise NotFound("link", "")
    return row, talk, actors.themselves(session, person, clock)


@writing.verb
def _used(session: Session, digest: str, clock: Clock) -> None:
    """Let a link work no more."""
    writing.begin(session)
    row = session.get(MailLinkRow, digest, populate_existing=True)
    if row is not None:
        row.used_at = clock.real


def addresses(tokens: dict[Purpose, str], base_url: str) -> Iterable[tuple[Purpose, str]]:
    """The links as they stand in a letter."""
    return ((purpose, f"{base_url}/go/{token}") for purpose, token in tokens.items())
