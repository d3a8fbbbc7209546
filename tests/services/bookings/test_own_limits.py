"""A member books only talks that a rule asks of them, short, in working time and the window, with notice, and few at once."""

import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.bookings import Draft
from scheduler.core.ground.errors import Refused
from scheduler.core.ground.ids import BookingId, GroupId
from scheduler.services.bookings import acts as bookings
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
    """Why a member may not book it; a dry run says the same."""
    with pytest.raises(Refused) as refused:
        book(session, draft, MEMBER)
    kinds = [finding.kind for finding in refused.value.blocking]
    assert [finding.kind for finding in bookings.check(session, MEMBER, draft, CLOCK).blocking] == kinds
    return kinds


def test_member_and_principal_book_what_any_rule_set_asks_of_them(session: Session) -> None:
    principal = an_actor("p01", Role.MEMBER, Role.PRINCIPAL)

    assert book(session, a_draft(start=TOMORROW), MEMBER)
    assert book(session, a_draft(start="2014-07-02T10:00", who=["p01", "p06"]), principal)


def test_limits_refuse(session: Session) -> None:
    assert why(session, a_draft(start="2014-07-01T09:00")) == ["notice_too_short"]
    assert why(session, a_draft(start=TOMORROW, minutes=121)) == ["own_talk_too_long"]
    assert why(session, a_draft(start="2014-07-02T11:00")) == ["lunch"]
    assert why(session, a_draft(start="2014-07-05T09:00")) == ["weekend"]
    assert why(session, a_draft(start="2014-09-02T09:00")) == ["outside_window"]
    assert book(session, a_draft(start="2014-07-01T09:00"))


def test_what_no_rule_asks_or_was_held_is_refused(session: Session) -> None:
    other = an_actor("p02")
    with pytest.raises(Refused) as refused:
        book(session, a_draft(start=TOMORROW, who=["p02", "p03"]), other)
    assert [finding.kind for finding in refused.value.blocking] == ["own_talk_not_asked"]


def test_five_at_once_and_no_more_until_one_is_cancelled(session: Session) -> None:
    starts = [(who, f"2014-07-0{day}T{hour}:00") for day, hour, who in
              ((2, "09", "p02"), (2, "10", "p03"), (2, "14", "p04"), (3, "09", "p05"), (3, "10", "p02"))]  # fmt: skip
    names = [book(session, a_draft(start=start, who=["p01", who]), MEMBER) for who, start in starts]

    assert why(session, a_draft(start="2014-07-03T14:00", who=["p01", "p03"])) == ["own_talks_full"]
    bookings.cancel(session, MEMBER, BookingId(names[0]), CLOCK)
    assert book(session, a_draft(start="2014-07-03T14:00", who=["p01", "p03"]), MEMBER)


def test_own_talk_moves_within_the_limits(session: Session) -> None:
    name = book(session, a_draft(start=TOMORROW), MEMBER)

    with pytest.raises(Refused) as refused:
        bookings.change(session, MEMBER, name, BookingChange(start=at("2014-07-01T14:00")), CLOCK)
    assert [finding.kind for finding in refused.value.blocking] == ["notice_too_short"]
    dry = bookings.change(session, MEMBER, name, BookingChange(minutes=180), CLOCK, dry_run=True)
    assert "own_talk_too_long" in [finding.kind for finding in dry.findings.blocking]
    assert (
        bookings.change(session, MEMBER, name, BookingChange(start=at("2014-07-03T14:00")), CLOCK).booking.version == 2
    )
