"""When to stop."""

import math

import pytest

from scheduler.solver.watch import Watch


def test_without_a_deadline_it_is_over_when_it_is_stopped() -> None:
    watch = Watch()

    assert not watch.is_over()
    assert watch.left() == math.inf
    watch.stop()
    assert watch.is_over()
    assert watch.left() == 0
    assert watch.seconds() >= 0


def test_deadline_ends_it() -> None:
    assert Watch(0).is_over()
    assert Watch(0).left() == 0
    assert not Watch(100).is_over()
    assert Watch(100).left() == pytest.approx(100, abs=10)


def test_time_for_the_end_is_reserved_but_never_more_than_half() -> None:
    for reserved, left in ((20, 80), (90, 50)):
        watch = Watch(100)

        watch.reserve(reserved)

        assert watch.left() == pytest.approx(left, abs=10)


def test_without_a_deadline_nothing_is_reserved() -> None:
    watch = Watch()

    watch.reserve(10)

    assert watch.left() == math.inf


def test_what_was_reserved_can_be_given_back() -> None:
    watch, endless = Watch(100), Watch()

    kept = watch.reserve(20)
    assert (kept, endless.reserve(20)) == (20, 0)
    watch.give_back(kept)
    endless.give_back(20)

    assert watch.left() == pytest.approx(100, abs=10)
    assert endless.left() == math.inf


def test_things_are_looked_at_in_time() -> None:
    assert list(Watch().in_time("abcde", 2)) == list("abcde")
    assert list(Watch(0).in_time("abcde", 2)) == list("ab")


def test_a_moment_after_the_end_is_not_yet_over_with_some_grace() -> None:
    watch = Watch(0)

    assert (watch.is_over(), watch.is_over(100)) == (True, False)
    watch.stop()
    assert watch.is_over(100)
