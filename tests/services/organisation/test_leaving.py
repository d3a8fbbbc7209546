"""Leaving: no talk stays with somebody who left, others meet without them, and nothing of theirs opens any more."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import Owner, Scope
from scheduler.core.ground.access import OPERATOR, Actor, Role
from scheduler.core.ground.bookings import Booking, Kind
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.services.accounts import register as accounts
from scheduler.services.bookings import acts as bookings
from scheduler.services.feeds import addresses as feeds
from scheduler.services.feeds import content as feed_content
from scheduler.services.feeds import devices, subscriptions
from scheduler.services.ground import journal
from scheduler.services.organisation import leaving
from scheduler.store import load
from tests.builders import a_draft
from tests.small_organisation import CLOCK, an_account, later

WEN, ORGANIZER = PersonId("p03"), Actor(PersonId("p22"), frozenset({Role.ORGANIZER}), account="p22")


def ids(found: tuple[Booking, ...]) -> list[str]:
    return [str(one.id) for one in found]


@pytest.fixture
def invited(organisation: Session) -> Session:
    """The same, with a meeting of the branch B1, which 文静 is in, and one that she hosts."""
    for draft in (
        a_draft(Kind.MEETING, "2014-08-11T09:00", who=(), audience=("B1",)),
        replace(a_draft(Kind.MEETING, "2014-08-12T09:00", who=("p03", "p27")), host=WEN),
        a_draft(Kind.MEETING, "2014-08-13T09:00", who=("p03",)),
    ):
        bookings.book(organisation, OPERATOR, draft, CLOCK)
    return organisation


def test_talks_are_off_and_others_meet_without_them(invited: Session) -> None:
    looked = leaving.look(invited, ORGANIZER, WEN, CLOCK)
    done = leaving.leave(invited, ORGANIZER, WEN, CLOCK)

    assert looked == done
    assert (ids(done.off), ids(done.without), ids(done.standing)) == (["T002", "E04"], ["E01"], ["E02", "E03"])
    assert set(done.groups) == {"B1", "leadership_team"}
    assert load.booking(invited, BookingId("T002")).is_cancelled
    meeting = load.booking(invited, BookingId("E01"))
    assert (meeting.is_cancelled, WEN in meeting.people, len(meeting.people)) == (False, False, 6)
    assert not load.booking(invited, BookingId("T001")).is_cancelled
    after = leaving.look(invited, ORGANIZER, WEN, CLOCK)
    assert (ids(after.off), ids(after.without)) == ([], [])


def test_nothing_of_theirs_opens_any_more(organisation: Session) -> None:
    an_account(organisation)
    _, token = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, "p03"))
    _, password = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, "p03"), device="手机")
    page = subscriptions.issue(organisation, OPERATOR, CLOCK, WEN)

    leaving.leave(organisation, ORGANIZER, WEN, CLOCK)

    assert not accounts.named(organisation, OPERATOR, "p03").is_active
    for opens in (
        lambda: feed_content.fill(organisation, token, CLOCK),
        lambda: subscriptions.show(organisation, page),
        lambda: devices.opened(organisation, "p03", password, CLOCK, ""),
    ):
        with pytest.raises((NotFound, NotAllowed)):
            opens()
    found = [(one.action, one.noun_id) for one in journal.recent(organisation, OPERATOR, CLOCK)[:2]]
    assert found == [("left", "p03"), ("deactivated", "p03")]


def test_the_talks_of_others_stay(organisation: Session) -> None:
    before = {one.id: one.version for one in load.bookings(organisation) if WEN not in one.people}
    leaving.leave(organisation, ORGANIZER, WEN, later(1))

    assert {one.id: one.version for one in load.bookings(organisation) if one.id in before} == before


def test_who_may_not_cannot_and_nobody_lets_themselves_go(organisation: Session) -> None:
    member = Actor(PersonId("p27"), frozenset({Role.MEMBER}))
    for verb in (leaving.look, leaving.leave):
        with pytest.raises(NotAllowed):
            verb(organisation, member, WEN, CLOCK)
        with pytest.raises(NotFound):
            verb(organisation, ORGANIZER, PersonId("p99"), CLOCK)
    with pytest.raises(Malformed, match="not_oneself"):
        leaving.leave(organisation, ORGANIZER, PersonId("p22"), CLOCK)


def test_an_administrator_leaves_by_one_alone(organisation: Session) -> None:
    an_account(organisation, role=Role.ADMIN)

    with pytest.raises(NotAllowed):
        leaving.leave(organisation, ORGANIZER, WEN, CLOCK)
    assert not load.booking(organisation, BookingId("T002")).is_cancelled
    leaving.leave(organisation, OPERATOR, WEN, CLOCK)
    assert load.booking(organisation, BookingId("T002")).is_cancelled
