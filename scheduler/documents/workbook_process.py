"""Reading a stranger's workbook in a process of its own, with bounds on processor, memory and time.

`read` starts it and waits; `python -m scheduler.documents.workbooks READER SECONDS` is it: a workbook on stdin, its
sheets on stdout. It ends by itself when its time is over. A file of two kilobytes can ask for gigabytes, and the reader is not
ours to teach: what cannot be foreseen by counting ends here.
"""

import json
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scheduler.core.ground.errors import Malformed

SECONDS = 5
MEMORY = 512 * 1024 * 1024
MOST_SAID = 128 * 1024 * 1024
"""Octets of an answer that are taken in."""
Reader = Callable[[str, bytes], object]
ROOT = Path(__file__).resolve().parents[2]
WORDS = (sys.executable, "-m", "scheduler.documents.workbooks")


def read(reader: str, name: str, data: bytes, words: tuple[str, ...] = WORDS) -> Any:
    """What a reader of `workbooks` makes of a workbook. Raises Malformed `unreadable_file`, also when it takes too much."""
    try:
        answer = ask((*words, reader), SECONDS, data)
    except Exhausted:
        raise Malformed("unreadable_file", name, reason="too_large_inside") from None
    if "reason" in answer:
        raise Malformed("unreadable_file", name, reason=answer["reason"])
    return [(title, grid) for title, grid in answer["sheets"]]


class Exhausted(Exception):
    """A process took more than it was given."""


def ask(words: tuple[str, ...], seconds: int, data: bytes) -> dict[str, Any]:
    """What a bound process answers to some data. Raises Exhausted when it takes too long, too much memory, or says too much."""
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            (*words, str(seconds)),
            cwd=ROOT,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        raise Exhausted from None
    if done.returncode or len(done.stdout) > MOST_SAID:
        raise Exhausted
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


# ── In the process ───────────────────────────────────────────────────────────────────────────────────────────────────
def answer(reader: Reader, data: bytes) -> dict[str, object]:
    """The sheets of a workbook, or why there are none."""
    try:
        return {"sheets": reader("", data)}
    except Malformed as error:
        return {"reason": error.details["reason"]}
    except MemoryError:
        return {"reason": "too_large_inside"}


def limit(seconds: int) -> None:
    """Bind this process: it cannot take more, and it is over in time whatever it does."""
    signal.alarm(seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(reader: Reader, seconds: int) -> None:
    """Read one workbook, bound, within so many seconds by the clock."""
    limit(seconds)
    sys.stdout.write(json.dumps(answer(reader, sys.stdin.buffer.read())))
