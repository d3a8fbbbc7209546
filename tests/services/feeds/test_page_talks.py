"""What a subscription page lets its person do about their own talks: one form, one step, one version of one talk."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.bookings.own_talks import Step
from scheduler.core.bookings.swaps import SwapState
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound, Outdated
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.services.accounts import register as accounts
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings import answers
from scheduler.services.bookings.acts import BookingChange
from scheduler.services.feeds import page_talks, subscriptions
from scheduler.services.feeds.page_talks import TalkForm
from scheduler.store import load
from scheduler.store.accounts.rows import JournalRow
from scheduler.store.bookings import load_swaps
from tests.builders import at
from tests.small_organisation import CLOCK, later

TALK = BookingId("T002")
AFTER = Clock(at("2014-08-06T10:00"), CLOCK.real)


def own_page(session: Session, person: str) -> str:
    """The page that somebody took over."""
    token = subscriptions.issue(session, OPERATOR, CLOCK, PersonId(person))
    return subscriptions.take_over(session, token, subscriptions.show(session, token).take_over_token, CLOCK)


@pytest.fixture
def wen(organisation: Session) -> str:
    return own_page(organisation, "p03")


@pytest.fixture
def shen(organisation: Session) -> str:
    return own_page(organisation, "p01")


def form(token: str, step: str, subject: str = TALK, version: int = 1) -> TalkForm:
    return page_talks.form_of(token, step, subject, version)


def test_each_step_is_taken_by_its_own_form(organisation: Session, wen: str) -> None:
    assert page_talks.take(organisation, wen, form(wen, "come"), CLOCK) is Step.COME
    assert answers.of(organisation, OPERATOR, TALK) == {"p03": "accepted"}

    assert page_talks.take(organisation, wen, form(wen, "held"), AFTER) is Step.HELD
    assert load.booking(organisation, TALK).is_awaiting
    done = organisation.scalars(select(JournalRow.actor).where(JournalRow.noun_id == TALK)).all()
    assert set(done) == {"page:p03"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"step": "held"},
        {"subject": "T001"},
        {"version": 2},
        {"proof": ""},
        {"proof": "好\ud800"},
    ],
)
def test_a_form_does_nothing_but_what_it_was_made_for(organisation: Session, wen: str, wrong: dict[str, str]) -> None:
    with pytest.raises(NotAllowed):
        page_talks.take(organisation, wen, replace(form(wen, "come"), **wrong), CLOCK)  # type: ignore[arg-type]


def test_the_form_of_another_page_or_of_the_feed_does_nothing(organisation: Session, wen: str, shen: str) -> None:
    with pytest.raises(NotAllowed):
        page_talks.take(organisation, wen, form(shen, "come"), CLOCK)
    feed = subscriptions.show(organisation, wen).feed_token
    with pytest.raises(NotFound):
        page_talks.take(organisation, feed, form(feed, "come"), CLOCK)


def test_what_changed_since_is_not_confirmed_unseen(organisation: Session, wen: str) -> None:
    bookings.change(organisation, OPERATOR, TALK, BookingChange(start=at("2014-08-06T15:00")), later(60))

    with pytest.raises(Outdated):
        page_talks.take(organisation, wen, form(wen, "come"), later(61))


def test_a_time_is_proposed_and_the_other_accepts_on_their_page(organisation: Session, wen: str, shen: str) -> None:
    start = at("2014-08-07T10:00")
    with pytest.raises(Malformed):
        page_talks.take(organisation, wen, form(wen, "propose"), CLOCK)
    assert page_talks.take(organisation, wen, form(wen, "propose"), CLOCK, start) is Step.PROPOSE
    (proposal,) = load_swaps.proposals(organisation, TALK)

    own = form(wen, "accept", str(proposal.id), 0)
    with pytest.raises(NotAllowed):
        page_talks.answer(organisation, wen, own, CLOCK)
    done = page_talks.answer(organisation, shen, form(shen, "accept", str(proposal.id), 0), CLOCK)

    assert done.state is SwapState.ACCEPTED
    assert load.booking(organisation, TALK).span.start == start


@pytest.mark.parametrize(("step", "subject"), [("jump", "1"), ("accept", "x"), ("accept", "9" * 30), ("accept", "7")])
def test_an_answer_to_nothing_is_not_found(organisation: Session, wen: str, step: str, subject: str) -> None:
    with pytest.raises(NotFound):
        page_talks.answer(organisation, wen, form(wen, step, subject, 0), CLOCK)


def test_a_step_that_is_none_and_a_talk_of_others_are_not_found(organisation: Session, wen: str) -> None:
    for step, talk in (("jump", TALK), ("come", "T999")):
        with pytest.raises(NotFound):
            page_talks.take(organisation, wen, form(wen, step, talk), CLOCK)


def test_an_organizers_page_acts_for_its_person_alone(organisation: Session) -> None:
    accounts.add(organisation, OPERATOR, CLOCK, person=PersonId("p22"))
    token = own_page(organisation, "p22")

    with pytest.raises(NotFound):
        page_talks.take(organisation, token, form(token, "held"), AFTER)
    assert subscriptions.holder(organisation, token, CLOCK).arranges_all is False
