"""The background process: says that it lives, and clears away what is over. Its tasks are periodic; Huey calls them."""

import os
import signal
import threading
from pathlib import Path

from huey import SqliteHuey, crontab
from huey.consumer import Consumer

from config import Config
from scheduler import edge
from scheduler.services import housekeeping
from scheduler.services.sign_ins import Lifetime

NAME = "worker"
LOOK_EVERY = 1.0
"""Seconds between looks at whether it is time to stop."""


def run(config: Config, *, follows: int | None = None, stop: threading.Event | None = None) -> None:
    """Work until told to stop: by a signal, by `stop`, or when the process `follows`, our parent, is gone."""
    stop = stop or threading.Event()
    beat(config)
    consumer = _Consumer(queue(config), workers=1, worker_type="thread", periodic=True, stop=stop)
    consumer.start()
    try:
        while not stop.wait(LOOK_EVERY):
            if follows is not None and os.getppid() != follows:
                break
    finally:
        consumer.stop(graceful=True)


def queue(config: Config) -> SqliteHuey:
    """The queue in the instance folder, with the periodic tasks on it."""
    config.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    huey = SqliteHuey("tanxin", filename=str(Path(config.instance) / "queue.sqlite"), utc=True)
    huey.periodic_task(crontab(), name="beat")(lambda: beat(config))
    huey.periodic_task(crontab(minute="*/10"), name="sweep")(lambda: sweep(config))
    return huey


def beat(config: Config) -> None:
    """Say that the background process lives."""
    housekeeping.beat(config.database_url, NAME, edge.clock_of(config))


def sweep(config: Config) -> None:
    """Clear away what is over."""
    lifetime = Lifetime(config.session_idle, config.session_absolute)
    housekeeping.sweep(config.database_url, lifetime, edge.clock_of(config))


class _Consumer(Consumer):  # type: ignore[misc]  # Huey ships no types
    """A consumer that is told to stop by an event, and leaves the signals of others alone."""

    def __init__(self, huey: SqliteHuey, *, stop: threading.Event, **settings: object) -> None:
        super().__init__(huey, **settings)
        self._stop_event = stop

    def _set_signal_handlers(self) -> None:
        """Signals become the event; outside of the main thread there are none to be had."""
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda *_: self._stop_event.set())
