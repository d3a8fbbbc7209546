"""A member books only talks that a rule asks of them, short, in working time and the window, with notice, and few at once."""

import pytest
from sqlalchemy.orm import Session

from scheduler.core.bookings.proposals import TalkProposal
from scheduler.core.ground.access import OPERATOR, Actor, Role
from scheduler.core.ground.bookings import Draft
from scheduler.core.ground.errors import NotAllowed, Refused
from scheduler.core.ground.ids import BookingId, GroupId
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings import proposals
from scheduler.services.bookings.proposals import Proposed
from scheduler.services.ground.booking_changes import BookingChange
from scheduler.services.rules import sets as rule_sets
from tests.builders import a_draft, an_actor, at
from tests.services.booked import CLOCK, MEMBER, book, prepare

WITH_ALL = (
    "id: all\nrules:\n- {id: R1, pairing: each_each, a: {where: {id: [p01]}}, b: {where: {id: [p02, p03, p04, p05]}}}\n"
)
OF_BRANCH = "id: branch\nrules:\n- {id: B1, pairing: each_each, a: {where: {id: [p01]}}, b: {where: {id: [p06]}}}\n"
TOMORROW = "2014-07-02T09:00"


@pytest.fixture
def session(session: Session) -> Session:
    prepare(session)
    for text, branch in ((WITH_ALL, None), (OF_BRANCH, GroupId("B1"))):
        rule_sets.apply_document(session, OPERATOR, text, None, branch, CLOCK)
    return session


def why(session: Session, draft: Draft) -> list[str]:
    """Why a member may not propose it; a dry run says the same."""
    with pytest.raises(Refused) as refused:
        proposals.book(session, MEMBER, draft, CLOCK)
    kinds = [finding.kind for finding in refused.value.blocking]
    assert [finding.kind for finding in bookings.check(session, MEMBER, draft, CLOCK).blocking] == kinds
    return kinds


def propose(session: Session, draft: Draft, actor: Actor = MEMBER) -> TalkProposal:
    """A talk of one's own, proposed."""
    done = proposals.book(session, actor, draft, CLOCK)
    assert isinstance(done, Proposed)
    return done.proposal


def agreed(session: Session, draft: Draft) -> BookingId:
    """A talk of the member's own that the other one accepted."""
    proposal = propose(session, draft)
    done = proposals.accept(session, an_actor(proposal.other), proposal.id, CLOCK)
    assert done.booking
    return done.booking


def test_member_and_principal_propose_what_any_rule_set_asks_of_them(session: Session) -> None:
    principal = an_actor("p01", Role.MEMBER, Role.PRINCIPAL)

    assert propose(session, a_draft(start=TOMORROW))
    assert propose(session, a_draft(start="2014-07-02T10:00", who=["p01", "p06"]), principal)
    with pytest.raises(NotAllowed):
        bookings.book(session, MEMBER, a_draft(start="2014-07-02T14:00", who=["p01", "p03"]), CLOCK)


def test_limits_refuse(session: Session) -> None:
    assert why(session, a_draft(start="2014-07-01T09:00")) == ["notice_too_short"]
    assert why(session, a_draft(start=TOMORROW, minutes=121)) == ["own_talk_too_long"]
    assert why(session, a_draft(start="2014-07-02T11:00")) == ["lunch"]
    assert why(session, a_draft(start="2014-07-05T09:00")) == ["weekend"]
    assert why(session, a_draft(start="2014-09-02T09:00")) == ["outside_window"]
    assert book(session, a_draft(start="2014-07-01T09:00"))


def test_what_no_rule_asks_or_is_arranged_already_is_refused(session: Session) -> None:
    with pytest.raises(Refused) as refused:
        proposals.book(session, an_actor("p02"), a_draft(start=TOMORROW, who=["p02", "p03"]), CLOCK)
    assert [finding.kind for finding in refused.value.blocking] == ["own_talk_not_asked"]

    agreed(session, a_draft(start=TOMORROW))
    assert why(session, a_draft(start="2014-07-03T09:00")) == ["own_talk_not_asked"]


def test_five_at_once_and_no_more_until_one_is_gone(session: Session) -> None:
    starts = [(who, f"2014-07-0{day}T{hour}:00") for day, hour, who in
              ((2, "09", "p02"), (2, "10", "p03"), (2, "14", "p04"), (3, "09", "p05"))]  # fmt: skip
    made = [propose(session, a_draft(start=start, who=["p01", who])) for who, start in starts]
    made.append(propose(session, a_draft(start="2014-07-03T10:00", who=["p01", "p06"])))
    accepted = proposals.accept(session, an_actor("p02"), made[0].id, CLOCK).booking
    sixth = a_draft(start="2014-07-03T14:00", who=["p01", "p03"])

    assert why(session, sixth) == ["own_talks_full"]
    proposals.decline(session, an_actor("p03"), made[1].id, CLOCK)
    assert propose(session, sixth)
    assert accepted
    bookings.cancel(session, MEMBER, accepted, CLOCK)
    assert propose(session, a_draft(start="2014-07-03T15:00"))
    assert why(session, a_draft(start="2014-07-04T09:00", who=["p01", "p04"])) == ["own_talks_full"]


def test_own_talk_moves_within_the_limits(session: Session) -> None:
    name = agreed(session, a_draft(start=TOMORROW))

    with pytest.raises(Refused) as refused:
        bookings.change(session, MEMBER, name, BookingChange(start=at("2014-07-01T14:00")), CLOCK)
    assert [finding.kind for finding in refused.value.blocking] == ["notice_too_short"]
    dry = bookings.change(session, MEMBER, name, BookingChange(minutes=180), CLOCK, dry_run=True)
    assert "own_talk_too_long" in [finding.kind for finding in dry.findings.blocking]
    assert (
        bookings.change(session, MEMBER, name, BookingChange(start=at("2014-07-03T14:00")), CLOCK).booking.version == 2
    )
