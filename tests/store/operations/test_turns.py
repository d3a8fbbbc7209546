"""Turns at an SQLite file: in the order in which they are asked for, and past whoever gave up or died."""

import os
import threading
from pathlib import Path

import pytest

from scheduler.core.ground.errors import Busy
from scheduler.store.operations import turns
from tests.waiting import LAST_RESORT


def drawn(path: Path) -> int:
    """So many numbers were drawn."""
    return int.from_bytes(path.read_bytes()[:8], "little")


def wait_for_number(path: Path, number: int) -> None:
    while drawn(path) < number:
        threading.Event().wait(0.002)


def take(path: Path, seconds: float = LAST_RESORT) -> int:
    turn = turns.take(path, seconds)
    assert turn is not None
    return turn


def test_turns_come_in_the_order_in_which_they_were_asked_for(tmp_path: Path) -> None:
    path, order = tmp_path / "x.lock", []
    first = take(path)

    def wait(name: int) -> None:
        turn = take(path)
        order.append(name)
        os.close(turn)

    threads = [threading.Thread(target=wait, args=(name,)) for name in range(8)]
    for number, thread in enumerate(threads, start=2):
        thread.start()
        wait_for_number(path, number)
    os.close(first)
    for thread in threads:
        thread.join()

    assert order == list(range(8))


def test_who_gave_up_keeps_nobody_waiting(tmp_path: Path) -> None:
    path = tmp_path / "x.lock"
    first = take(path)
    with pytest.raises(Busy):
        turns.take(path, 0.01)
    os.close(first)

    os.close(take(path))


def test_one_at_a_time_though_somebody_died_in_between(tmp_path: Path) -> None:
    path = tmp_path / "x.lock"
    first = take(path)
    dead = os.open(path, os.O_RDWR)
    turns._draw(dead)  # waits, and is killed
    os.close(dead)

    with pytest.raises(Busy):
        turns.take(path, 0.01)
    os.close(first)
    os.close(take(path))


def test_numbers_begin_again(tmp_path: Path) -> None:
    path = tmp_path / "x.lock"
    path.write_bytes((turns._NUMBERS - 1).to_bytes(8, "little"))

    for _ in range(3):
        os.close(take(path))

    assert drawn(path) == 2


def test_where_nobody_may_write_there_is_no_turn(tmp_path: Path) -> None:
    assert turns.take(tmp_path / "nowhere" / "x.lock", 1) is None
