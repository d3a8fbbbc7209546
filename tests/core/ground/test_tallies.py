"""Counting attempts."""

from scheduler.core.ground.tallies import Tally


def test_so_many_are_let_through_in_a_window_and_the_next_is_told_how_long_to_wait() -> None:
    tally = Tally()

    assert [tally.hit("a", 2, 60.0, now) for now in (100.0, 110.0, 130.0, 159.0)] == [0.0, 0.0, 30.0, 1.0]
    assert tally.hit("b", 2, 60.0, 130.0) == 0.0
    assert tally.hit("a", 2, 60.0, 160.0) == 0.0


def test_windows_that_are_over_are_forgotten_when_there_are_many() -> None:
    tally = Tally(max_keys=2)
    tally.hit("a", 1, 10.0, 0.0)
    tally.hit("b", 1, 100.0, 0.0)

    tally.hit("c", 1, 10.0, 50.0)

    assert sorted(tally._windows) == ["b", "c"]
