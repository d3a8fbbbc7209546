"""What time it is, and in which zone it is read: the one clock."""

import time
from datetime import UTC, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from flask import current_app, g

from config import Config
from scheduler.core.ground.clock import Clock
from scheduler.edge.sessions import session
from scheduler.services.ground import organisation


class RunningClock:
    """Starts at the organisation's time when the process does, and runs on; real time goes its own way."""

    def __init__(self, start: datetime | None) -> None:
        self._start, self._started = start, time.monotonic()

    def read(self) -> Clock:
        """What time it is."""
        real = datetime.now(UTC)
        now = self._start + timedelta(seconds=time.monotonic() - self._started) if self._start else real
        return Clock(now, real)


def clock_of(config: Config) -> Clock:
    """What time it is when a command begins."""
    return RunningClock(config.now).read()


def clock() -> Clock:
    """What time it is, the same for all of one request or command."""
    if "clock" not in g:
        g.clock = cast("RunningClock", current_app.extensions["tanxin_clock"]).read()
    return cast("Clock", g.clock)


def zone() -> ZoneInfo:
    """The zone in which the organisation's people read times."""
    if "zone" not in g:
        g.zone = organisation.zone(session())
    return cast("ZoneInfo", g.zone)
