"""Whose turn it is to write to an SQLite file: one after the other, in the order in which they came.

`flock` alone wakes everybody who waits and gives the lock to whoever runs first, who may just have had it. So each
draws a number from the lock file, holds the byte of that number while waiting and writing, and waits for the byte of
the number before. Whoever dies lets go of all of it; then `flock` still lets in one at a time.
"""

import fcntl
import os
import struct
import threading
from pathlib import Path

from scheduler.core.ground.errors import Busy

_DRAWING = 0
"""The byte that is held while a number is drawn."""
_NUMBERS = 1 << 40
"""So many bytes, from the first on, stand for numbers; then they begin again."""


def take(path: Path, seconds: float) -> int | None:
    """Wait for our turn, so many seconds at most; the descriptor holds it until it is closed. Raises Busy.

    None: there is no such place, no space, no right to write there; the database says so itself in a moment.
    """
    try:
        turn = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        return None
    before = _draw(turn)
    try:
        _lock(turn, before, waits=False)
        fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return _wait_for(turn, before, seconds)
    return turn


def _draw(turn: int) -> int:
    """Draw the next number and hold its byte; the byte of the number before it."""
    _lock(turn, _DRAWING, waits=True)
    number = int.from_bytes(os.pread(turn, 8, 0), "little") % _NUMBERS
    os.pwrite(turn, ((number + 1) % _NUMBERS).to_bytes(8, "little"), 0)
    _lock(turn, 1 + number, waits=True)
    _lock(turn, _DRAWING, waits=True, kind=fcntl.F_UNLCK)
    return 1 + (number - 1) % _NUMBERS


def _lock(turn: int, byte: int, *, waits: bool, kind: int = fcntl.F_WRLCK) -> None:
    """Take or leave a byte of the file, for the descriptor and not for the process. Raises BlockingIOError."""
    byte_lock = struct.pack("hhqqi4x", kind, os.SEEK_SET, byte, 1, 0)
    fcntl.fcntl(turn, fcntl.F_OFD_SETLKW if waits else fcntl.F_OFD_SETLK, byte_lock)


def _wait_for(turn: int, before: int, seconds: float) -> int:
    """Wait, but not for ever: the system knows no time limit here, so a thread waits in our place, and keeps it."""
    is_ours, gave_up, decision = threading.Event(), threading.Event(), threading.Lock()

    def wait() -> None:
        _lock(turn, before, waits=True)
        fcntl.flock(turn, fcntl.LOCK_EX)
        with decision:
            if gave_up.is_set():
                os.close(turn)
            else:
                is_ours.set()

    threading.Thread(target=wait, name="writing-queue", daemon=True).start()
    if not is_ours.wait(seconds):
        with decision:
            if not is_ours.is_set():
                gave_up.set()
                raise Busy
    return turn
