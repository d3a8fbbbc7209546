"""Proposals of other times, in and out of rows."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.core.bookings.swaps import SwapProposal, SwapState, closed
from scheduler.core.ground.bookings import OFF_SITE
from scheduler.core.ground.errors import NotFound
from scheduler.core.ground.ids import BookingId, PersonId, SwapId
from scheduler.store import save
from scheduler.store.bookings import load_swaps, save_swaps
from tests.builders import a_clock, a_talk, at
from tests.seeds import an_organisation

MADE = SwapProposal(
    SwapId(0), BookingId("T001"), PersonId("p01"), at("2014-07-04T09:00"), OFF_SITE, 3, at("2014-07-01T08:00"),
    (PersonId("p02"),),
)  # fmt: skip


@pytest.fixture
def session(session: Session) -> Session:
    an_organisation(session)
    save.bookings(session, [a_talk("T001", who=["p01", "p02", "p03"]), a_talk("T002", who=["p04", "p05"])], a_clock())
    return session


def test_a_proposal_comes_back_as_it_was_written(session: Session) -> None:
    made = save_swaps.new_proposal(session, MADE)

    assert made.id == 1
    assert load_swaps.proposal(session, made.id) == made
    assert load_swaps.proposals(session, BookingId("T001")) == [made]
    assert load_swaps.proposals(session, BookingId("T002")) == []
    done = save_swaps.proposal(session, closed(made, SwapState.DECLINED, at("2014-07-01T09:00")))
    assert load_swaps.proposal(session, made.id) == done


def test_open_ones_are_found_by_person(session: Session) -> None:
    made = save_swaps.new_proposal(session, MADE)

    assert load_swaps.open_proposals(session, PersonId("p03")) == [made]
    assert load_swaps.open_proposals(session, PersonId("p04")) == []
    save_swaps.proposal(session, closed(made, SwapState.WITHDRAWN, at("2014-07-01T09:00")))
    assert load_swaps.open_proposals(session, PersonId("p03")) == []


def test_the_database_keeps_one_open_proposal_of_a_talk(session: Session) -> None:
    first = save_swaps.new_proposal(session, MADE)
    save_swaps.proposal(session, closed(first, SwapState.DECLINED, at("2014-07-01T09:00")))
    save_swaps.new_proposal(session, MADE)

    with pytest.raises(IntegrityError):
        save_swaps.new_proposal(session, MADE)


def test_what_is_not_there_is_not_found(session: Session) -> None:
    for number in (7, 10**30):
        with pytest.raises(NotFound):
            load_swaps.proposal(session, SwapId(number))


def test_moves_allowed_are_two_until_somebody_says_otherwise(session: Session) -> None:
    assert load_swaps.moves_allowed(session) == 2
    for moves in (0, 5):
        save_swaps.moves_allowed(session, moves)
        assert load_swaps.moves_allowed(session) == moves
