"""What has to be done from time to time, without anybody asking: in sessions of its own, each job by itself."""

from collections.abc import Callable
from contextlib import suppress
from datetime import time

from sqlalchemy.orm import Session

from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Busy, NotFound
from scheduler.core.ground.ids import PlanRunId
from scheduler.services.accounts import register as accounts
from scheduler.services.accounts import sign_ins
from scheduler.services.accounts.sign_ins import Lifetime
from scheduler.services.arranging import attempts as plan_attempts
from scheduler.services.feeds import changes as feed_changes
from scheduler.services.feeds import devices
from scheduler.services.feeds import evidence as feed_evidence
from scheduler.services.feeds import joining as feed_joining
from scheduler.services.feeds import outside_calendars as calendars
from scheduler.services.feeds.outside_calendars import Fetching
from scheduler.services.ground import idempotency, schema
from scheduler.services.mail import links as mail_links
from scheduler.services.mail import reminders, robots
from scheduler.services.mail.robots import Telling
from scheduler.services.operations import health

Job = Callable[[Session, Clock], object]


def heartbeat(address: str, name: str, clock: Clock) -> None:
    """Say that a background process lives; `address` is the database's."""
    _do(address, lambda session, now: health.heartbeat(session, name, now), clock)


def farewell(address: str, name: str, clock: Clock) -> None:
    """Say that a background process ends as it should."""
    _do(address, lambda session, _: health.farewell(session, name), clock)


def purge(address: str, lifetime: Lifetime, clock: Clock) -> None:
    """Clear away what is over: sign-ins, one-time links, kept answers, cancelled entries of feeds, what feeds no longer reach."""
    jobs: tuple[Job, ...] = (
        lambda session, now: sign_ins.purge(session, lifetime, now),
        accounts.purge,
        idempotency.purge,
        mail_links.purge,
        feed_changes.purge,
        feed_changes.move_on,
        feed_changes.catch_up,
        feed_evidence.purge,
        feed_evidence.tell_silent,
        devices.purge,
        health.purge,
    )
    for job in jobs:
        _do(address, job, clock)


def join_feeds(address: str, link: str) -> int:
    """Join the feeds that changed since they were kept; how many there were. Raises Busy, NotReady."""
    with schema.opened(address) as session:
        return feed_joining.join_stale(session, link)


def remind(address: str, at: time, clock: Clock) -> None:
    """Queue the reminders whose time has come. Raises NotReady."""
    _do(address, lambda session, now: reminders.queue_due(session, at, now), clock)


def waiting_runs(address: str, clock: Clock) -> tuple[PlanRunId, ...]:
    """Put runs of the planner back whose worker was killed; all that wait. Raises Busy, NotReady."""
    with schema.opened(address) as session:
        return plan_attempts.reap(session, clock).waiting


def fetch_calendars(
    address: str, fetching: Fetching, read: Callable[[], Clock], is_over: Callable[[], bool] = lambda: False
) -> None:
    """Fetch the calendars kept elsewhere that are due, one after the other, until it is over. Raises Busy, NotReady."""
    with schema.opened(address) as session:
        for calendar_id in calendars.due(session, read()):
            if is_over():
                return
            with suppress(Busy, NotFound):  # the next round will do; it was removed meanwhile
                calendars.fetch_again(session, calendar_id, read(), fetching)


def tell_chats(address: str, how: Telling, clock: Clock) -> int:
    """Tell chat groups what is new for them; how many messages were taken. Raises Busy, NotReady."""
    with schema.opened(address) as session:
        return robots.tell(session, how, clock)


def _do(address: str, job: Job, clock: Clock) -> None:
    """Do one job; when too many are writing, the next round will."""
    with schema.opened(address) as session:
        try:
            job(session, clock)
        except Busy:
            session.rollback()
