"""What a solving process and its parent say to each other: pickled frames, each after its length. Both ends are ours."""

import pickle
import struct
from dataclasses import dataclass
from typing import IO

from scheduler.core.plans.placements import Plan
from scheduler.core.plans.problems import PlanProblem
from scheduler.solver.watch import Progress

PATIENCE = 1.0
"""Seconds between being told to stop and ending whatever is going on."""
_LENGTH = struct.Struct("!Q")


@dataclass(frozen=True, slots=True)
class SolveRequest:
    """What the process is to solve."""

    problem: PlanProblem
    seconds: float | None = None
    seed: int = 1


Frame = SolveRequest | Progress | Plan


def write(pipe: IO[bytes], frame: Frame) -> None:
    """One frame: its length, then itself."""
    packed = pickle.dumps(frame, protocol=5)
    pipe.write(_LENGTH.pack(len(packed)) + packed)
    pipe.flush()


def read(pipe: IO[bytes]) -> object | None:
    """The next frame; None: there is none any more, or only a part of one."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    packed = pipe.read(length)
    if len(packed) < length:
        return None
    return pickle.loads(packed)  # type: ignore[no-any-return]  # noqa: S301 - from our own process, through a pipe of ours
