"""Talks put down after they were held."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.ground.access import Role
from scheduler.core.ground.errors import Malformed, NotAllowed, Refused
from scheduler.services.bookings import held_talks
from scheduler.store import load
from scheduler.store.accounts.rows import JournalRow
from tests.builders import a_clock, a_draft, an_actor, at

CLOCK = a_clock("2014-08-01T08:00")
ORGANIZER = an_actor("p22", Role.ORGANIZER)
YESTERDAY = a_draft(start="2014-07-31T16:00", who=["p08", "p19"])


def test_an_organizers_word_makes_it_held(sample_session: Session) -> None:
    done = held_talks.record(sample_session, ORGANIZER, YESTERDAY, CLOCK)

    kept = load.booking(sample_session, done.booking.id)
    assert kept.is_held
    assert (kept.people, kept.title, kept.room) == (("p08", "p19"), "", None)
    assert kept.recorded_at == at("2014-08-01T08:00")
    lines = sample_session.scalars(select(JournalRow).where(JournalRow.noun_id == kept.id).order_by(JournalRow.id))
    assert [(line.actor, line.action, line.noun, line.details) for line in lines] == [
        ("p22", "booked", "booking", {"kind": "talk"}),
        ("p22", "confirmed", "booking", {"by": "all"}),
    ]


def test_what_lies_ahead_cannot_have_been_held(sample_session: Session) -> None:
    with pytest.raises(Malformed) as no:
        held_talks.record(sample_session, ORGANIZER, a_draft(start="2014-08-01T08:01", who=["p08", "p19"]), CLOCK)

    assert (no.value.kind, no.value.field) == ("lies_ahead", "day")


def test_nobody_was_in_two_talks_at_once(sample_session: Session) -> None:
    held_talks.record(sample_session, ORGANIZER, YESTERDAY, CLOCK)

    with pytest.raises(Refused):
        held_talks.record(sample_session, ORGANIZER, a_draft(start="2014-07-31T16:30", who=["p08", "p20"]), CLOCK)


def test_only_those_who_confirm_for_all_may(sample_session: Session) -> None:
    for role in (Role.MEMBER, Role.SUPERVISOR, Role.BRANCH_ORGANIZER):
        with pytest.raises(NotAllowed):
            held_talks.record(sample_session, an_actor("p08", role), YESTERDAY, CLOCK)
