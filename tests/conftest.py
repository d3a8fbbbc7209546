"""What tests ask for: databases of both kinds, empty or with the sample organisation, and the application on top."""

import functools
import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from config import ROOT, Config
from scheduler.core.ground.access import OPERATOR
from scheduler.store import engine as engines
from tests import cluster, small_organisation
from tests.builders import a_clock
from tests.databases import Databases, Fill, is_strict
from tests.waiting import LAST_RESORT

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from tests.museum import Museum

KINDS = [pytest.param("sqlite"), pytest.param("postgresql", marks=pytest.mark.postgres)]
DICE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""However slow the machine is; with new examples each time: `pytest --hypothesis-profile=dice`."""
settings.register_profile("dice", DICE)
settings.register_profile("gate", DICE, derandomize=True)  # what was green yesterday is not red today by chance
settings.load_profile("gate")
SAMPLE_NOW = "2014-08-01T08:00:00+08:00"


def pytest_configure(config: pytest.Config) -> None:
    gc.set_threshold(50_000, 20, 20)  # what thousands of tests leave behind may lie for a while
    if place := cluster.quick_place():  # for folders of tests too: thousands of transactions wait for no disk
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", place)
    server = cluster.on_call()
    server.__enter__()
    config.add_cleanup(lambda: server.__exit__(None, None, None))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is covered is measured once: not again on the second database, and not while a browser looks on.

    Being traced doubles the time of a test. So the figures tell less than what is covered, never more.
    """
    for item in items:
        if any(item.get_closest_marker(name) for name in ("postgres", "browser")):
            item.add_marker("no_cover")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With TANXIN_NO_SKIPS=1 a test that was skipped is a test that failed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if is_strict() and reporter and not hasattr(session.config, "workerinput") and reporter.stats.get("skipped"):
        reporter.write_line(f"{len(reporter.stats['skipped'])} skipped, and TANXIN_NO_SKIPS=1 allows none.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Where databases are made."""
    made = Databases(tmp_path_factory.mktemp("databases"))
    yield made
    made.close()


def a_database(databases: Databases, request: pytest.FixtureRequest, fill: Fill | None) -> Iterator[str]:
    """The address of a database of the kind that a fixture is parametrized with; gone afterwards."""
    kind = request.param
    if kind == "postgresql":
        try:
            cluster.server()
        except cluster.NoServer as why:
            pytest.skip(str(why))
    address = databases.make(kind, fill)
    yield address
    databases.drop(address)


@pytest.fixture(params=KINDS)
def database(databases: Databases, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty database with its schema: once on SQLite, once on PostgreSQL.

    On one of them only: `@pytest.mark.parametrize("database", ["sqlite"], indirect=True)`. It is not empty where the test asks
    for `organisation` too.
    """
    yield from a_database(
        databases, request, small_organisation.make if "organisation" in request.fixturenames else None
    )


@pytest.fixture(params=KINDS)
def sample_database(databases: Databases, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database with the whole sample organisation: once on SQLite, once on PostgreSQL."""
    yield from a_database(databases, request, import_sample)


def import_sample(session: Session) -> None:
    """The whole folder `sample/`, as it comes in through the importer."""
    from scheduler.services.imports import run as imports

    uploads = [
        imports.Upload(path.name, path.read_bytes()) for path in sorted((ROOT / "sample").iterdir()) if path.is_file()
    ]
    report = imports.run(session, OPERATOR, uploads, None, dry_run=False, clock=a_clock())
    assert not report.errors, report.errors


def _opened(address: str) -> Iterator[Engine]:
    engine = engines.make(address)
    yield engine
    engine.dispose()


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    yield from _opened(database)


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine, expire_on_commit=False) as opened:
        yield opened


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> None:
    """Argon2 as it must be is slow on purpose; tests are in a hurry. That it is strong has a test of its own."""
    from argon2 import PasswordHasher

    from scheduler.services.ground import secrets

    secrets._HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    secrets._nobodys_hash.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def patient_readers() -> None:
    """A stranger's calendar is read within seconds by the clock, or not at all; a machine that does much else needs more of them."""
    from scheduler.ical import process

    process.SECONDS = LAST_RESORT


@pytest.fixture(scope="session", autouse=True)
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each test has an application of its own; what its templates are compiled to is the same for all of them."""
    from flask import Flask
    from jinja2 import FileSystemBytecodeCache

    Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))}


@pytest.fixture(scope="session", autouse=True)
def compiled_routes() -> None:
    """So it is with its routes: Werkzeug writes and compiles a function for each, which depends on nothing but its parts."""
    from werkzeug.routing import Rule

    compiled: dict[object, Callable[..., tuple[str, str]]] = {}
    compile_anew = Rule._compile_builder

    def builder(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        parts = (tuple(rule._trace), append_unknown, repr(rule.defaults))
        if parts not in compiled:
            compiled[parts] = compile_anew(rule, append_unknown)
        return compiled[parts]

    Rule._compile_builder = builder  # type: ignore[method-assign]


@pytest.fixture(scope="module", autouse=True)
def forgotten() -> None:
    """What tests of another file left remembered is found out anew, so that no file stands on another, nor what it covers."""
    ours = [module for name, module in sys.modules.items() if name.startswith("scheduler.")]
    for value in [value for module in ours for value in vars(module).values()]:
        if isinstance(value, functools._lru_cache_wrapper):
            value.cache_clear()


@pytest.fixture
def organisation(session: Session) -> Session:
    """The same session; in its database is a small organisation: somebody of every role, a few bookings."""
    return session


@pytest.fixture
def sample_engine(sample_database: str) -> Iterator[Engine]:
    yield from _opened(sample_database)


@pytest.fixture
def sample_session(sample_engine: Engine) -> Iterator[Session]:
    with Session(sample_engine, expire_on_commit=False) as opened:
        yield opened


def _application(address: str, folder: Path, now: str = SAMPLE_NOW) -> "Iterator[Flask]":
    from scheduler.app import create_app
    from scheduler.extensions import db

    made = create_app(
        Config(
            instance=folder,
            database_url=address,
            secret_key="only for tests " * 3,
            now=datetime.fromisoformat(now),
        )
    )
    made.testing = True
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()


an_application = contextmanager(_application)
"""The same for as long as it is needed, at another moment too."""


@pytest.fixture
def app(database: str, tmp_path: Path) -> "Iterator[Flask]":
    """The application on an empty database; its clock starts on 2014-08-01 at 8:00."""
    yield from _application(database, tmp_path)


@pytest.fixture
def client(app: "Flask") -> "FlaskClient":
    return app.test_client()


@pytest.fixture
def sample_app(sample_database: str, tmp_path: Path) -> "Iterator[Flask]":
    """The application on the sample organisation; its clock starts on 2014-08-01 at 8:00."""
    yield from _application(sample_database, tmp_path)


@pytest.fixture
def sample_client(sample_app: "Flask") -> "FlaskClient":
    return sample_app.test_client()


@pytest.fixture(params=KINDS)
def museum(databases: Databases, request: pytest.FixtureRequest, tmp_path: Path) -> "Iterator[Museum]":
    """A small museum with its three doors, on 2 November 2026 at 10:00: once on SQLite, once on PostgreSQL."""
    from tests.museum import a_museum

    with a_museum(databases, request.param, tmp_path) as opened:
        yield opened
