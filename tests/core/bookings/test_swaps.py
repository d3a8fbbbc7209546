"""Proposals of another time: who may make one, when it can still be accepted, how many moves are left."""

from dataclasses import replace

import pytest

from scheduler.core.bookings import swaps
from scheduler.core.bookings.swaps import SwapProposal, SwapState
from scheduler.core.ground.access import NOBODY, OPERATOR, Role
from scheduler.core.ground.bookings import Booking, Kind
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound, Outdated, Refused
from scheduler.core.ground.ids import BookingId, PersonId, RoomId, SwapId
from tests.builders import a_booking, a_talk, an_actor, at

NOW = at("2014-07-01T08:00")
TALK = a_talk("T001", "2014-07-03T09:00", who=["p01", "p02"])
P01, P02, P03 = PersonId("p01"), PersonId("p02"), PersonId("p03")
MADE = SwapProposal(SwapId(1), BookingId("T001"), P01, at("2014-07-04T09:00"), RoomId("R04"), 1, NOW)
ACCEPTED = replace(MADE, state=SwapState.ACCEPTED)


def said(no: pytest.ExceptionInfo[Refused]) -> tuple[str, str]:
    """Kind and subject of the one reason."""
    (finding,) = no.value.blocking
    return finding.kind, finding.subject


def test_ten_of_one_person_may_wait_for_an_answer() -> None:
    swaps.require_fewer(P01, [MADE] * 9 + [replace(MADE, proposer=P02)] * 9)

    with pytest.raises(Refused) as no:
        swaps.require_fewer(P01, [MADE] * 10)
    assert said(no) == ("swaps_full", "")


def test_the_people_of_the_talk_and_organizers_may_know() -> None:
    for actor in (an_actor("p01"), an_actor("p02"), an_actor("p09", Role.ORGANIZER), OPERATOR):
        assert swaps.may_know(actor, TALK)
        swaps.require_know(actor, MADE, TALK)
    others = (Role.MEMBER, Role.PRINCIPAL, Role.SUPERVISOR, Role.ADMIN, Role.BRANCH_ORGANIZER)
    for actor in (*(an_actor("p03", role, members=["p01", "p02"]) for role in others), NOBODY):
        with pytest.raises(NotFound) as no:
            swaps.require_know(actor, MADE, TALK)
        assert (no.value.noun, no.value.name) == ("swap", "1")


@pytest.mark.parametrize(
    "talk",
    [
        replace(TALK, is_cancelled=True),
        replace(TALK, is_held=True),
        replace(TALK, is_awaiting=True),
        a_talk("T001", "2014-07-01T08:00"),
    ],
)
def test_a_talk_that_is_over_moves_no_more(talk: Booking) -> None:
    assert swaps.is_over(talk, NOW)
    assert not swaps.stands(MADE, talk, NOW)
    with pytest.raises(Refused) as no:
        swaps.require_propose(an_actor("p01"), talk, [], 2, NOW)
    assert said(no) == ("swap_over", "T001")


def test_a_proposal_stands_until_the_talk_changes_or_its_time_is_over() -> None:
    assert swaps.stands(MADE, TALK, NOW)
    assert not swaps.stands(MADE, replace(TALK, version=2), NOW)
    assert not swaps.stands(ACCEPTED, TALK, NOW)
    late = a_talk("T001", "2014-07-09T09:00")
    assert swaps.stands(MADE, late, at("2014-07-04T08:59"))
    assert not swaps.stands(MADE, late, at("2014-07-04T09:00"))


def test_moves_made_are_counted_for_each_person() -> None:
    past = [ACCEPTED, replace(ACCEPTED, proposer=P02), replace(MADE, state=SwapState.DECLINED)]

    assert [swaps.moves_left(P01, past, allowed) for allowed in (0, 1, 2, 5)] == [0, 0, 1, 4]
    assert swaps.moves_left(P03, past, 2) == 2


def test_one_of_its_people_proposes_while_nothing_is_open_and_moves_are_left() -> None:
    assert swaps.require_propose(an_actor("p02"), TALK, [ACCEPTED], 1, NOW) == "p02"
    assert swaps.require_propose(an_actor("p02"), TALK, [replace(MADE, version=7)], 1, NOW) == "p02"
    with pytest.raises(Refused) as no:
        swaps.require_propose(an_actor("p02"), TALK, [MADE], 2, NOW)
    assert said(no) == ("swap_open", "T001")
    for allowed in (0, 1):
        with pytest.raises(Refused) as no:
            swaps.require_propose(an_actor("p01"), TALK, [ACCEPTED], allowed, NOW)
        assert (*said(no), no.value.blocking[0].details) == ("swap_no_moves", "T001", {"allowed": allowed})


def test_nobody_else_proposes() -> None:
    for actor in (an_actor("p03"), an_actor(None)):
        with pytest.raises(NotFound) as unknown:
            swaps.require_propose(actor, TALK, [], 2, NOW)
        assert (unknown.value.noun, unknown.value.name) == ("booking", "T001")
    with pytest.raises(NotAllowed):
        swaps.require_propose(OPERATOR, TALK, [], 2, NOW)
    with pytest.raises(Malformed) as malformed:
        swaps.require_propose(an_actor("p01"), a_booking("E01", Kind.MEETING), [], 2, NOW)
    no = malformed.value
    assert (no.kind, no.field, no.details) == ("not_a_talk", "id", {"value": "E01"})


def test_of_two_the_other_one_accepts() -> None:
    done = swaps.agreed(MADE, TALK, P02, NOW)

    assert (done.state, done.agreed, done.closed_at) == (SwapState.ACCEPTED, (P02,), NOW)


def test_of_three_all_others_agree() -> None:
    three = a_talk("T001", "2014-07-03T09:00", who=["p01", "p02", "p03"])
    assert swaps.waiting(MADE, three) == (P02, P03)

    first = swaps.agreed(MADE, three, P03, NOW)

    assert (first.state, swaps.waiting(first, three), first.closed_at) == (SwapState.OPEN, (P02,), None)
    assert swaps.agreed(first, three, P02, NOW).state is SwapState.ACCEPTED
    with pytest.raises(NotAllowed):
        swaps.agreed(first, three, P03, NOW)
    assert swaps.declined(first, three, P03, NOW).state is SwapState.DECLINED


def test_who_is_not_asked_answers_nothing() -> None:
    for person in (P01, P03, None):
        for answer in (swaps.agreed, swaps.declined):
            with pytest.raises(NotAllowed) as no:
                answer(MADE, TALK, person, NOW)
            assert no.value.action == "swap_own_talk"
    declined = swaps.declined(MADE, TALK, P02, NOW)
    assert (declined.state, declined.closed_at) == (SwapState.DECLINED, NOW)


def test_only_the_proposer_withdraws() -> None:
    withdrawn = swaps.withdrawn(MADE, TALK, P01, NOW)
    assert (withdrawn.state, withdrawn.closed_at) == (SwapState.WITHDRAWN, NOW)
    with pytest.raises(NotAllowed) as no:
        swaps.withdrawn(MADE, TALK, P02, NOW)
    assert no.value.action == "swap_own_talk"


def test_what_stands_no_more_is_not_answered() -> None:
    changed = replace(TALK, version=2)
    for answer, person in ((swaps.agreed, P02), (swaps.declined, P02), (swaps.withdrawn, P01)):
        with pytest.raises(Outdated) as no:
            answer(MADE, changed, person, NOW)
        assert (no.value.noun, no.value.name) == ("swap", "1")
