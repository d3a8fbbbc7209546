"""What changed between two days."""

from scheduler.core.coverage.changes import changes, counted
from scheduler.core.coverage.report import Coverage, cover
from scheduler.core.ground.bookings import Booking
from scheduler.core.rules.requirements import Requirement
from tests.builders import a_talk, an_as_of, at
from tests.core.asked import a_requirement, a_resolution

PAIR = a_requirement()
HELD = a_talk("T001", start="2014-07-10T09:00", is_held=True)


def on(day: str, *requirements: Requirement, talks: tuple[Booking, ...] = ()) -> Coverage:
    return cover(a_resolution(*(requirements or (PAIR,))), talks, an_as_of(day))


def kinds(before: Coverage, after: Coverage) -> list[tuple[str, str]]:
    return [(change.kind.value, change.requirement.key) for change in changes(before, after)]


def test_nothing_changed_where_every_state_is_the_same() -> None:
    assert changes(on("2014-07-01"), on("2014-07-05")) == ()


def test_a_talk_that_was_held_meanwhile_is_newly_covered() -> None:
    found = changes(on("2014-07-01"), on("2014-07-20", talks=(HELD,)))

    assert [change.kind for change in found] == ["newly_covered"]
    assert found[0].before is not None
    assert found[0].before.state == "open"
    assert counted(found) == {"newly_covered": 1}


def test_a_talk_that_was_booked_is_newly_booked_and_one_not_confirmed_is_waited_for() -> None:
    talk = a_talk("T001", start="2014-07-10T09:00", recorded_at=at("2014-07-03T09:00"))

    assert kinds(on("2014-07-01", talks=(talk,)), on("2014-07-05", talks=(talk,))) == [("newly_booked", "p01-p02")]
    assert kinds(on("2014-07-05", talks=(talk,)), on("2014-07-11", talks=(talk,))) == [("newly_awaiting", "p01-p02")]


def test_a_talk_that_was_cancelled_leaves_its_pair_open_again() -> None:
    talk = a_talk("T001", start="2014-07-10T09:00", is_cancelled=True, cancelled_at=at("2014-07-04T09:00"))

    assert kinds(on("2014-07-01", talks=(talk,)), on("2014-07-05", talks=(talk,))) == [("open_again", "p01-p02")]


def test_what_people_and_posts_brought_and_took_away() -> None:
    other = a_requirement(("p01", "p03"))

    assert kinds(on("2014-07-01", PAIR), on("2014-07-05", other)) == [
        ("newly_required", "p01-p03"),
        ("no_longer_required", "p01-p02"),
    ]


def test_what_was_not_done_when_its_window_closed_is_overdue_once() -> None:
    assert kinds(on("2014-08-15"), on("2014-08-16")) == [("newly_overdue", "p01-p02")]
    assert kinds(on("2014-08-16"), on("2014-08-17")) == []


def test_a_pool_that_somebody_joined_is_the_same_requirement() -> None:
    was = a_requirement(subject="p01", pool=("s01", "s02"))
    becomes = a_requirement(subject="p01", pool=("s01", "s02", "s03"))
    talk = a_talk("T001", start="2014-07-03T09:00", who=["p01", "s03"], is_held=True)

    assert kinds(on("2014-07-01", was), on("2014-07-05", becomes)) == []
    assert kinds(on("2014-07-01", was), on("2014-07-05", becomes, talks=(talk,))) == [("newly_covered", becomes.key)]
    assert kinds(on("2014-07-01"), on("2014-07-05", PAIR, becomes)) == [("newly_required", becomes.key)]
