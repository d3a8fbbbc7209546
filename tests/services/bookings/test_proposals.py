"""A talk of one's own is proposed: it takes nobody and nothing until the other accepts, and is over when its time has come."""

import pytest
from sqlalchemy.orm import Session

from scheduler.core.bookings.proposals import ProposalState, TalkProposal
from scheduler.core.ground.access import OPERATOR, Actor, Role
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import NotAllowed, NotFound, Outdated, Refused
from scheduler.core.ground.ids import BookingId
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings import proposals
from scheduler.services.bookings.proposals import Proposed
from scheduler.services.rules import sets as rule_sets
from scheduler.store import load
from scheduler.store.accounts.rows import JournalRow
from tests.builders import a_clock, a_draft, an_actor
from tests.services.booked import CLOCK, book, prepare

ASKED = "id: all\nrules:\n- {id: R1, pairing: each_each, a: {where: {id: [p01]}}, b: {where: {id: [p02, p03]}}}\n"
ORGANIZER = an_actor("p06", Role.ORGANIZER)
P01, P02, P03 = (an_actor(f"p0{number}") for number in (1, 2, 3))
START = "2014-07-02T09:00"


@pytest.fixture
def session(session: Session) -> Session:
    prepare(session)
    rule_sets.apply_document(session, OPERATOR, ASKED, None, None, CLOCK)
    return session


def proposed(session: Session, start: str = START, actor: Actor = P01, clock: Clock = CLOCK) -> TalkProposal:
    done = proposals.book(session, actor, a_draft(start=start, who=["p01", "p02"], room="R04"), clock)
    assert isinstance(done, Proposed)
    return done.proposal


def deeds(session: Session) -> list[str]:
    """What became of proposals, as the journal tells organizers."""
    return [row.action for row in session.query(JournalRow).order_by("id") if row.noun == "talk_proposal"]


def test_it_takes_nobody_and_nothing_until_it_is_accepted(session: Session) -> None:
    proposal = proposed(session)
    assert load.bookings(session) == []

    accepted = proposals.accept(session, P02, proposal.id, CLOCK)

    talk = load.booking(session, accepted.booking or BookingId(""))
    assert (talk.people, talk.room, talk.span, talk.is_talk) == (("p01", "p02"), "R04", proposal.span, True)
    assert (accepted.state, deeds(session)) == (ProposalState.ACCEPTED, ["talk_proposed", "talk_accepted"])
    assert proposals.listing(session, P01, CLOCK) == []


def test_the_two_and_organizers_know_of_it_and_nobody_else(session: Session) -> None:
    proposal = proposed(session)

    assert [proposals.listing(session, actor, CLOCK) for actor in (P01, P02, ORGANIZER)] == [[proposal]] * 3
    assert (proposals.own(session, ORGANIZER, CLOCK), proposals.listing(session, P03, CLOCK)) == ([], [])
    with pytest.raises(NotFound):
        proposals.decline(session, P03, proposal.id, CLOCK)


def test_each_says_only_what_is_theirs_to_say(session: Session) -> None:
    proposal = proposed(session)

    for verb, actor in ((proposals.accept, P01), (proposals.accept, ORGANIZER), (proposals.decline, P01)):
        with pytest.raises(NotAllowed):
            verb(session, actor, proposal.id, CLOCK)
    with pytest.raises(NotAllowed):
        proposals.withdraw(session, P02, proposal.id, CLOCK)
    assert proposals.decline(session, ORGANIZER, proposal.id, CLOCK).state is ProposalState.DECLINED
    with pytest.raises(Outdated):
        proposals.accept(session, P02, proposal.id, CLOCK)


def test_what_was_taken_meanwhile_refuses_and_ends_it(session: Session) -> None:
    proposal = proposed(session)
    book(session, a_draft(start=START, who=["p02", "p04"]))

    with pytest.raises(Refused):
        proposals.accept(session, P02, proposal.id, CLOCK)

    assert deeds(session) == ["talk_proposed", "talk_expired"]
    assert proposals.listing(session, ORGANIZER, CLOCK) == []


def test_a_talk_that_was_arranged_otherwise_is_not_asked_any_more(session: Session) -> None:
    proposal = proposed(session)
    book(session, a_draft(start="2014-07-03T09:00", who=["p01", "p02"]))

    with pytest.raises(Refused) as refused:
        proposals.accept(session, P02, proposal.id, CLOCK)
    assert [finding.kind for finding in refused.value.blocking] == ["own_talk_not_asked"]


def test_one_waits_between_the_two_at_a_time_and_none_for_ever(session: Session) -> None:
    first = proposed(session)
    with pytest.raises(Refused) as refused:
        proposed(session, "2014-07-03T09:00", P02)
    assert [finding.kind for finding in refused.value.blocking] == ["proposal_open"]

    later = a_clock("2014-07-02T09:00")
    with pytest.raises(Outdated):
        proposals.accept(session, P02, first.id, later)
    assert proposed(session, "2014-07-03T09:00", clock=later).id == 2
    assert deeds(session) == ["talk_proposed", "talk_expired", "talk_proposed"]


def test_whoever_arranges_for_others_books_at_once(session: Session) -> None:
    done = proposals.book(session, ORGANIZER, a_draft(start=START), CLOCK)

    assert not isinstance(done, Proposed)
    assert load.booking(session, done.booking.id) == done.booking
    assert bookings.check(session, P01, a_draft(start=START), CLOCK).blocking
