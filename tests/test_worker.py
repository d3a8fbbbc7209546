"""The background process."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from config import Config
from scheduler import edge, worker
from scheduler.core.access import OPERATOR
from scheduler.core.clock import Clock
from scheduler.core.ids import PersonId
from scheduler.services import accounts
from scheduler.store.rows import HeartbeatRow, PasswordLinkRow

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def config(database: str, tmp_path: Path) -> Config:
    return Config(instance=tmp_path, database_url=database, secret_key="of tests only " * 3)


def real_now() -> datetime:
    return edge.RunningClock(None).read().real


def test_it_says_that_it_lives_until_it_is_told_to_stop(config: Config, organisation: Session) -> None:
    stop = Event()
    thread = Thread(target=worker.run, args=(config,), kwargs={"stop": stop})
    thread.start()
    stop.set()
    thread.join(20)

    assert not thread.is_alive()
    beat = organisation.scalars(select(HeartbeatRow)).one()
    assert beat.name == "worker"
    assert abs(beat.at - real_now()) < timedelta(minutes=1)


def test_it_stops_with_the_process_that_started_it(
    config: Config, organisation: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    parents = iter([1, 1])
    monkeypatch.setattr(worker, "LOOK_EVERY", 0.01)
    monkeypatch.setattr("scheduler.worker.os.getppid", lambda: next(parents, 2))

    thread = Thread(target=worker.run, args=(config,), kwargs={"follows": True})
    thread.start()
    thread.join(20)

    assert not thread.is_alive()


def test_what_is_over_is_cleared_away(config: Config, organisation: Session) -> None:
    long_ago = real_now() - timedelta(days=8)
    accounts.add(organisation, OPERATOR, Clock(long_ago, long_ago), person=PersonId("p03"))

    worker.sweep(config)

    assert organisation.scalars(select(PasswordLinkRow)).all() == []


def test_its_tasks_are_on_the_queue_of_the_instance(config: Config, organisation: Session) -> None:
    queue = worker.queue(replace(config, instance=config.instance / "new"))

    names = {task.rpartition(".")[2] for task in queue._registry.periodic_tasks and queue._registry._registry}
    assert names == {"beat", "sweep"}
    assert (config.instance / "new" / "queue.sqlite").exists()
