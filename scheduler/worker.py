"""The background process: says that it lives, clears away what is over, joins feeds that changed, and carries out runs of the planner.

Huey calls the tasks. The queue of runs carries their ids only; runs that no message told of are looked for here, and those
whose worker was killed are put back. Everything runs in threads: a killed process leaves none behind, and the solver, which
is a process of its own, ends with us.
"""

import os
import signal
import socket
import threading
from contextlib import suppress
from datetime import time
from functools import partial
from typing import TYPE_CHECKING

from huey import SqliteHuey, crontab
from huey.consumer import Consumer

from config import Config
from scheduler import edge
from scheduler.core.ground.errors import Busy, NotReady
from scheduler.outside.mail import Server
from scheduler.services.accounts.sign_ins import Lifetime
from scheduler.services.arranging import queue as plan_queue
from scheduler.services.arranging import work as plan_work
from scheduler.services.arranging.work import RunSetting
from scheduler.services.feeds.outside_calendars import Fetching
from scheduler.services.mail import work as mail_work
from scheduler.services.mail.robots import Telling
from scheduler.services.mail.work import LetterWords, Posting
from scheduler.services.operations import housekeeping
from scheduler.wording import letters, notices, vocabularies

if TYPE_CHECKING:
    from huey import Huey

WORDS = LetterWords(
    letters.subject,
    letters.text,
    lambda told, lang: letters.title(told.entry, lang),
    letters.sender_name,
    vocabularies.speaking,
)
LOOK_EVERY = 1.0
"""Seconds between looks at whether it is time to stop."""
LOOK_FOR_RUNS_EVERY = 5
"""Looks between two searches for runs that wait, or whose worker was killed."""
LOOK_FOR_MAIL_EVERY = 5.0
"""Seconds between looks for mail that is due."""
QUIET = (time(21), time(7))
"""When chat groups are told nothing, unless MAIL_QUIET says otherwise."""
RUNS_AT_ONCE = 2
"""Runs of the planner that are carried out side by side; each takes about one processor."""


def run(config: Config, *, follows: int | None = None, stop: threading.Event | None = None) -> None:
    """Work until told to stop: by a signal, by `stop`, or when the process `follows`, our parent, is gone."""
    stop = stop or threading.Event()
    heartbeat(config)
    runs = run_queue(config, stop)
    consumers = [
        _Consumer(queue(config, stop), workers=2, worker_type="thread", periodic=True, stop=stop),
        _Consumer(runs, workers=RUNS_AT_ONCE, worker_type="thread", periodic=False, max_delay=LOOK_EVERY, stop=stop),
    ]
    for consumer in consumers:
        consumer.start()
    postman = threading.Thread(target=_carry_mail, args=(config, stop), name="mail")
    postman.start()
    try:
        _look_on(config, runs, follows, stop)
    finally:
        stop.set()  # what is under way is put back, and taken up when we are started again
        postman.join()
        for consumer in consumers:
            consumer.stop(graceful=True)
        with suppress(Busy, NotReady):  # then it is missed for a day
            housekeeping.farewell(config.database_url, name(), edge.clock_of(config))


def queue(config: Config, stop: threading.Event) -> SqliteHuey:
    """The queue in the instance folder, with the periodic tasks on it."""
    config.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    huey = SqliteHuey("tanxin", filename=str(config.instance / "queue.sqlite"), utc=True)
    huey.periodic_task(crontab(), name="beat")(lambda: heartbeat(config))
    huey.periodic_task(crontab(minute="*/10"), name="sweep")(lambda: purge(config))
    huey.periodic_task(crontab(), name="tell_chats")(lambda: tell_chats(config, stop))
    fetching = threading.Lock()
    huey.periodic_task(crontab(minute="*/5"), name="fetch_calendars")(lambda: fetch_calendars(config, fetching, stop))
    return huey


def run_queue(config: Config, stop: threading.Event) -> "Huey":
    """The queue that tells of runs of the planner, and what is done with them."""
    here = RunSetting(config.database_url, edge.RunningClock(config.now).read, stop.is_set)
    return plan_queue.open_queue(config.queue, partial(plan_work.carry_out, here=here))


def heartbeat(config: Config) -> None:
    """Say that this background process lives."""
    housekeeping.heartbeat(config.database_url, name(), edge.clock_of(config))


def name() -> str:
    """What this background process is called among all that work on one database: its machine and its number."""
    return f"{socket.gethostname()}:{os.getpid()}"


def purge(config: Config) -> None:
    """Clear away what is over, and let feeds reach on."""
    lifetime = Lifetime(config.session_idle, config.session_absolute)
    housekeeping.purge(config.database_url, lifetime, edge.clock_of(config))


def carry_mail(config: Config, stop: threading.Event, clock: edge.RunningClock) -> int:
    """Send the mail that is due, if mail is sent at all; how many messages were taken."""
    if config.mail is None:
        return 0
    mail = config.mail
    posting = Posting(
        config.database_url,
        Server(mail.host, mail.port, mail.user, mail.password, mail.encryption),
        mail.sender,
        config.base_url,
        config.language,
        mail.quiet,
        WORDS,
        clock.read,
        stop.is_set,
    )
    with suppress(Busy, NotReady):  # the next look will do
        if mail.remind_at:
            housekeeping.remind(config.database_url, mail.remind_at, clock.read())
        return mail_work.carry_out(posting)
    return 0


def fetch_calendars(config: Config, fetching: threading.Lock, stop: threading.Event) -> None:
    """Fetch the calendars kept elsewhere that are due; one round at a time, so that the heartbeat has a thread of its own."""
    if not fetching.acquire(blocking=False):
        return
    try:
        with suppress(Busy, NotReady):  # the next round will do
            how = Fetching(config.fetch_allow, config.calendar_every)
            housekeeping.fetch_calendars(config.database_url, how, edge.RunningClock(config.now).read, stop.is_set)
    finally:
        fetching.release()


def tell_chats(config: Config, stop: threading.Event) -> None:
    """Tell chat groups what is new for them, outside of quiet hours."""
    quiet = config.mail.quiet if config.mail else QUIET
    how = Telling(
        config.fetch_allow, quiet, config.language, notices.several, notices.trial, vocabularies.speaking, stop.is_set
    )
    with suppress(Busy, NotReady):  # the next round will do
        housekeeping.tell_chats(config.database_url, how, edge.clock_of(config))


def look_for_runs(config: Config, runs: "Huey") -> None:
    """Put back runs whose worker was killed, and tell of those that wait, unless messages wait as well."""
    with suppress(Busy, NotReady):  # the next look will do
        waiting = housekeeping.waiting_runs(config.database_url, edge.clock_of(config))
        if waiting and plan_queue.is_empty(runs):
            for run_id in waiting:
                plan_queue.send(config.queue, run_id)


def join_feeds(config: Config) -> None:
    """Join the feeds that changed since they were kept, so that their next reader gets kept bytes."""
    with suppress(Busy, NotReady):  # the next look will do
        housekeeping.join_feeds(config.database_url, f"{config.base_url}/bookings/")


def _carry_mail(config: Config, stop: threading.Event) -> None:
    """Look for mail now and then, until it is time to stop."""
    clock = edge.RunningClock(config.now)
    while config.mail and not stop.wait(LOOK_FOR_MAIL_EVERY):
        carry_mail(config, stop, clock)


def _look_on(config: Config, runs: "Huey", follows: int | None, stop: threading.Event) -> None:
    """Look for runs now and then, until it is time to stop."""
    looks = 0
    while not stop.is_set():
        join_feeds(config)
        if looks % LOOK_FOR_RUNS_EVERY == 0:
            look_for_runs(config, runs)
        looks += 1
        if stop.wait(LOOK_EVERY) or (follows is not None and os.getppid() != follows):
            return


class _Consumer(Consumer):  # type: ignore[misc]  # Huey ships no types
    """A consumer that is told to stop by an event, and leaves the signals of others alone."""

    def __init__(self, huey: "Huey", *, stop: threading.Event, **settings: object) -> None:
        super().__init__(huey, **settings)
        self._stop_event = stop

    def _set_signal_handlers(self) -> None:
        """Signals become the event; outside of the main thread there are none to be had."""
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda *_: self._stop_event.set())
