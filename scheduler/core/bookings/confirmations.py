"""Confirming that a talk was held: by its people or an organizer for all, taken back, and what a change leaves of it."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from scheduler.core.ground.bookings import Booking, Participant
from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.spans import Span


def confirmed(talk: Booking, person: PersonId | None, now: datetime) -> Booking:
    """The talk after one person, or (None) an organizer for all, confirmed it; a second time changes nothing."""

    def with_theirs(participant: Participant) -> Participant:
        is_first = participant.person == person and not participant.confirmed_at
        return replace(participant, confirmed_at=now) if is_first else participant

    people = tuple(map(with_theirs, talk.participants))
    if person is None or all(participant.confirmed_at for participant in people):
        return replace(talk, participants=people, is_held=True)
    if talk.is_held:
        return replace(talk, participants=people)
    since = talk.awaiting_since if talk.is_awaiting else now
    return replace(talk, participants=people, is_awaiting=True, awaiting_since=since)


def taken_back(talk: Booking, person: PersonId | None = None) -> Booking:
    """The talk without the confirmation of one person, or (None) without any: it is held no more, and awaits those who took back."""

    def without_theirs(participant: Participant) -> Participant:
        return replace(participant, confirmed_at=None) if person in (None, participant.person) else participant

    people = tuple(map(without_theirs, talk.participants))
    since = min((participant.confirmed_at for participant in people if participant.confirmed_at), default=None)
    return replace(talk, participants=people, is_held=False, is_awaiting=since is not None, awaiting_since=since)


def after_change(
    talk: Booking, span: Span, people: Collection[PersonId], was: Collection[PersonId], now: datetime
) -> Booking:
    """What a new time and new people leave of what was confirmed.

    Another talk has yet to be held: one of other people (`was`: those named before), or at a time that has not begun. Correcting
    the time of a talk within the past leaves it as it is.
    """
    is_another = set(people) != set(was) or (span != talk.span and span.start > now)
    return taken_back(talk) if is_another else talk
