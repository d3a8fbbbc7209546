"""Several processes on one Redis: the queue of the planner's runs, and the limits that are counted together."""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from config import Config
from scheduler.app import create_app
from scheduler.core.arranging.runs import RunState
from scheduler.services.arranging import queue as plan_queue
from tests import redis_server
from tests.command_line import CommandLine
from tests.services import planned
from tests.serving import a_free_port, served, status_of, wait_until_gone
from tests.web.visiting import post
from tests.working import Started, state_of, taken_up_by_another, working

on_sqlite = pytest.mark.parametrize("sample_database", ["sqlite"], indirect=True)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where Redis answers."""
    try:
        with redis_server.running(tmp_path_factory.mktemp("redis")) as found:
            yield found
    except redis_server.NoRedis as why:
        pytest.skip(str(why))


@pytest.fixture
def started(sample_database: str, tmp_path: Path, address: str) -> Iterator[Callable[..., Started]]:
    """Starts workers that listen to that Redis."""
    with working(sample_database, tmp_path, queue=address) as start:
        yield start


@pytest.mark.slow
@on_sqlite
def test_run_told_of_by_redis_is_carried_out_and_taken_up_after_a_kill(
    sample_session: Session, started: Callable[..., Started], address: str
) -> None:
    planned.a_campaign(sample_session)
    first = started(is_slow=True)
    queue = plan_queue.open_queue(address, lambda _: None)
    run = planned.a_run(sample_session)
    assert plan_queue.send(address, run.id)
    solver = first.solver()
    assert plan_queue.is_empty(queue)
    assert state_of(sample_session) is RunState.RUNNING

    assert first.end(signal.SIGKILL) == -signal.SIGKILL
    wait_until_gone(solver)
    taken_up_by_another(sample_session, started)


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_two_processes_count_limits_together(
    database: str, organisation: Session, tmp_path: Path, address: str
) -> None:
    cli = CommandLine(database, tmp_path)
    settings = {"LIMIT_STORE": address, "FEED_UNKNOWN_LIMIT": "3/hour"}
    ports = [a_free_port(), a_free_port()]

    with served(cli, "--port", str(ports[0]), **settings), served(cli, "--port", str(ports[1]), **settings):
        statuses = [status_of(ports[turn % 2], "/feeds/wrong.ics") for turn in range(5)]

    assert statuses == [404, 404, 404, 429, 429]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_limits_that_cannot_be_counted_let_nobody_in(database: str, organisation: Session, tmp_path: Path) -> None:
    nowhere = f"redis://127.0.0.1:{a_free_port()}/0"
    app: Flask = create_app(
        Config(instance=tmp_path, database_url=database, secret_key="only for tests " * 3, limit_store=nowhere)
    )

    reader = app.test_client().get("/feeds/wrong.ics")
    visitor = post(app.test_client(), "/sign-in", {"name": "p22", "password": "wrong"})

    assert (reader.status_code, reader.headers["Retry-After"]) == (503, "300")
    assert (visitor.status_code, visitor.headers["Retry-After"]) == (503, "5")
