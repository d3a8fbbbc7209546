"""The queue that tells the background process of a new run. It carries the run's id and nothing else.

The row in the database is what counts: a message that is lost, or comes twice, does no harm.
"""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.core.ground.ids import PlanRunId

if TYPE_CHECKING:
    from huey import Huey

NAME = "tanxin-plans"
_LOG = logging.getLogger(__name__)


def open_queue(address: str, carry_out: Callable[[PlanRunId], None]) -> "Huey":
    """The queue at an address, `redis://…` or the path of a file, for somebody who carries out what is sent."""
    huey = _huey(address)
    _task(huey, carry_out)
    return huey


def send(address: str, run_id: PlanRunId) -> bool:
    """Tell whoever listens of a run; False if the queue could not be had: the run is then found a little later."""
    try:
        huey = _huey(address)
        try:
            _task(huey, _nobody)(run_id)
        finally:
            huey.storage.close()
    except Exception as error:  # whatever a queue raises, the row is there and is found
        _LOG.warning("The queue cannot be had (%s); the run waits until it is looked for.", type(error).__name__)
        return False
    return True


def is_empty(queue: "Huey") -> bool:
    """Whether no message waits; of a queue that cannot be had, nobody gets any."""
    try:
        return not queue.pending_count()
    except Exception:  # whatever a queue raises
        return True


def _huey(address: str) -> "Huey":
    """A queue of one kind or the other."""
    from huey import RedisHuey, SqliteHuey  # slow to import, and most commands need none

    if address.startswith(("redis://", "rediss://")):
        return RedisHuey(NAME, url=address, results=False, utc=True)
    Path(address).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return SqliteHuey(NAME, filename=address, results=False, utc=True)


def _task(huey: "Huey", carry_out: Callable[[PlanRunId], None]) -> Callable[[PlanRunId], object]:
    """The one task, by the same name at both ends."""

    def carry_out_run(run_id: str) -> None:
        carry_out(PlanRunId(run_id))

    task: Callable[[PlanRunId], object] = huey.task()(carry_out_run)
    return task


def _nobody(run_id: PlanRunId) -> None:
    """What a sender would do with a message, if it ever got one."""
    raise NotImplementedError
