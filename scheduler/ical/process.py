"""Reading a stranger's calendar in a process of its own, with bounds on processor, memory and time.

`read` starts it and waits; `python -m scheduler.ical.process SECONDS` is it: one question on stdin, one answer on stdout. It ends by itself
when its time is over, so that none is left behind even when we are killed meanwhile.
"""

import json
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

from scheduler.core.feeds.outside_calendars import BusyTimes, Skipped, Unusable, ZoneGuess
from scheduler.core.ground.spans import Span
from scheduler.ical.lines import MAX_OCTETS

SECONDS = 5
PROCESSOR = 5
"""Seconds by the clock, and seconds of the processor, for one calendar."""
MEMORY = 512 * 1024 * 1024
ROOT = Path(__file__).resolve().parents[2]
WORDS = (sys.executable, "-m", "scheduler.ical.process")
EACH_ENTRY = 0.5
ALL_ENTRIES = 2.5
"""Seconds of the processor for one slow entry, and for all of them; what is not reached is left out and counted."""
AGAIN = 0.05
"""Seconds of the processor after which an entry that went on is told again: Python drops what is raised in a destructor."""
_ODDLY_ENDED = "too_slow"


def read(
    data: bytes, window: Span, zone: ZoneInfo, ours: frozenset[str] = frozenset(), words: tuple[str, ...] = WORDS
) -> BusyTimes:
    """When somebody is busy within the window; `ours` are identities of our own entries. Raises Unusable."""
    if len(data) > MAX_OCTETS:
        raise Unusable("too_large")
    query = {"window": _seconds(window), "zone": zone.key, "ours": sorted(ours)}
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            (*words, str(SECONDS)),
            cwd=ROOT,
            input=json.dumps(query).encode() + b"\n" + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        raise Unusable(_ODDLY_ENDED) from None
    if done.returncode:
        raise Unusable(_ODDLY_ENDED)
    return _result(json.loads(done.stdout))


def _result(answer: dict[str, Any]) -> BusyTimes:
    """What the process told."""
    if kind := answer.get("unusable"):
        raise Unusable(kind)
    return BusyTimes(
        tuple(Span(*(datetime.fromtimestamp(second, UTC) for second in pair)) for pair in answer["busy"]),
        tuple(Skipped(reason, count) for reason, count in answer["skipped"]),
        tuple(ZoneGuess(name, guess) for name, guess in answer["zone_guesses"]),
    )


def _seconds(span: Span) -> tuple[int, int]:
    return int(span.start.timestamp()), int(span.end.timestamp())


# ── In the process ───────────────────────────────────────────────────────────────────────────────────────────────────
def answer(given: IO[bytes]) -> dict[str, object]:
    """The answer to one question."""
    from scheduler.ical.read import BusyQuery
    from scheduler.ical.read import read as read_here

    query = json.loads(given.readline())
    window = Span(*(datetime.fromtimestamp(second, UTC) for second in query["window"]))
    try:
        times = read_here(
            given.read(), BusyQuery(window, ZoneInfo(query["zone"]), frozenset(query["ours"])), Allowance()
        )
    except Unusable as no:
        return {"unusable": no.kind}
    except MemoryError:
        return {"unusable": "too_large"}
    return {
        "busy": [_seconds(span) for span in times.busy],
        "skipped": [(skipped.reason, skipped.count) for skipped in times.skipped],
        "zone_guesses": [(guess.name, guess.zone) for guess in times.zone_guesses],
    }


class Allowance:
    """The processor's time for entries: so much for each, so much for all. It is counted by the process, not by the clock."""

    def __init__(self, each: float = EACH_ENTRY, everything: float = ALL_ENTRIES) -> None:
        self._each, self._left = each, everything
        self._counts = False

    @contextmanager
    def __call__(self) -> Iterator[None]:
        """Let an entry be read; raises Odd within when its time is over."""
        from scheduler.ical.recurrence import Odd

        def over(*_: object) -> None:
            if self._counts:
                raise Odd(_ODDLY_ENDED)

        allowed = min(self._each, self._left)
        if allowed <= 0:
            raise Odd(_ODDLY_ENDED)
        kept = signal.signal(signal.SIGVTALRM, over)
        started = time.process_time()
        self._counts = True
        signal.setitimer(signal.ITIMER_VIRTUAL, allowed, AGAIN)
        try:
            yield
        finally:
            self._counts = False
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, kept)
            self._left -= time.process_time() - started


def limit(seconds: int) -> None:
    """Bind this process: it cannot take more, and it is over in time whatever it does."""
    signal.alarm(seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(seconds: int) -> None:
    """Answer one question, bound, within so many seconds by the clock."""
    limit(seconds)
    sys.stdout.write(json.dumps(answer(sys.stdin.buffer)))


if __name__ == "__main__":
    main(int(sys.argv[1]))
