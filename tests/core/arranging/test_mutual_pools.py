"""Talks that two people ask each other for."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from scheduler.core.arranging.mutual_pools import Demand, shared_partners
from scheduler.core.arranging.problem import arrange
from tests.builders import a_roster
from tests.core.arranging_cases import an_any, facts

HOSTS, GUESTS = ("h1", "h2", "h3"), ("g1", "g2", "g3", "g4")


def demands(hosts: int, guests: int) -> list[Demand]:
    """Each host is to meet so many guests, each guest so many hosts."""
    asked = [an_any(host, GUESTS, k=hosts) for host in HOSTS] + [an_any(guest, HOSTS, k=guests) for guest in GUESTS]
    return [Demand(requirement, requirement.k, requirement.pool) for requirement in asked]


@given(st.integers(1, 4), st.integers(1, 3), st.sets(st.tuples(st.sampled_from(HOSTS), st.sampled_from(GUESTS))))
def test_pairs_are_said_by_both_once_and_nobody_takes_more_than_they_lack(
    hosts: int, guests: int, never_free: set[tuple[str, str]]
) -> None:
    asked = demands(hosts, guests)

    found = shared_partners(
        asked, lambda one, two: not {(one.subject, two.subject), (two.subject, one.subject)} & never_free
    )

    pairs = [(demand.subject, partner) for demand, partners in zip(asked, found, strict=True) for partner in partners]
    assert Counter(pairs) == Counter((two, one) for one, two in pairs)
    assert max(Counter(pairs).values(), default=1) == 1
    assert all(len(partners) <= demand.missing for demand, partners in zip(asked, found, strict=True))
    assert not set(pairs) & never_free


def test_as_many_as_both_sides_allow() -> None:
    found = shared_partners(demands(4, 2), lambda *_: True)

    assert [len(partners) for partners in found[len(HOSTS) :]] == [2, 2, 2, 2], "whoever lacks less is met in full"


def test_nothing_is_shared_with_whom_one_may_not_take_or_in_another_way() -> None:
    one, other = an_any("h1", ("g1", "g2"), k=2), an_any("g1", ("h2",))

    assert shared_partners([Demand(one, 2, one.pool), Demand(other, 1, other.pool)], lambda *_: True) == [(), ()]


def test_an_arrangement_has_one_talk_where_both_ask_for_it() -> None:
    asked = [an_any(host, GUESTS, k=3, rule="W2") for host in HOSTS] + [an_any(guest, HOSTS, k=2) for guest in GUESTS]

    talks = arrange(facts(*asked, roster=a_roster(*HOSTS, *GUESTS))).problem.talks

    assert len(talks) == 9, "three for each host; eight of them are the guests' as well"
    assert sum(not talk.any_of for talk in talks) == 8
