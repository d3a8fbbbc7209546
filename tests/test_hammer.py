"""Many bookers at once, in a small edition; `make hammer` is the whole one."""

import pytest

from tests import cluster, hammer, hammer_http
from tests.databases import Databases

KINDS = [pytest.param("sqlite"), pytest.param("postgresql", marks=pytest.mark.postgres)]
pytestmark = pytest.mark.slow


def hammered(databases: Databases, kind: str, operations: int, *, control: bool) -> hammer.Outcome:
    address = fresh(databases, kind)
    if control:
        hammer.take_guards_away(address)
    try:
        return hammer.run(address, 4, operations, control=control)
    finally:
        databases.drop(address)


def fresh(databases: Databases, kind: str) -> str:
    if kind == "postgresql":
        try:
            cluster.server()
        except cluster.NoServer as why:
            pytest.skip(str(why))
    return databases.make(kind, hammer.fill)


@pytest.mark.parametrize("kind", KINDS)
def test_many_bookers_leave_no_overlap_and_nothing_half_done(databases: Databases, kind: str) -> None:
    outcome = hammered(databases, kind, 200, control=False)

    assert (outcome.overlaps, outcome.halves) == (0, 0)
    assert sum(outcome.counts.values()) == 800
    assert min(outcome.counts[word] for word in ("booked", "cancelled", "moved", "refused")) > 0
    assert outcome.counts["busy"] == 0


@pytest.mark.parametrize("kind", KINDS)
def test_hammer_notices_when_the_guard_is_away(databases: Databases, kind: str) -> None:
    assert any(hammered(databases, kind, 100, control=True).overlaps for _try in range(5))  # mostly at the first


@pytest.mark.parametrize("kind", KINDS)
def test_many_scripts_over_http_leave_no_overlap_and_nothing_half_done(databases: Databases, kind: str) -> None:
    address = fresh(databases, kind)
    outcome = hammer_http.run(address, databases.folder, 4, 25)
    databases.drop(address)

    assert hammer_http.is_well(outcome), outcome
    assert sum(outcome.counts.values()) == 100
    assert min(outcome.counts[word] for word in ("booked", "cancelled", "moved")) > 0
