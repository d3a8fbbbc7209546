"""The database is away: every door says so, and when to come back; nobody is met by a naked error."""

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.orm import Session

from scheduler import edge
from scheduler.edge import bodies
from scheduler.extensions import db
from tests import cluster
from tests.visitors import a_browser, a_script


@contextmanager
def _away(app: Flask, address: str) -> Iterator[None]:
    """The database is taken away from under a running application."""
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        path = Path(url.database or "")
        with app.app_context():
            db.engine.dispose()
        path.rename(path.with_suffix(".kept"))
        path.mkdir()
        try:
            yield
        finally:
            shutil.rmtree(path)
            path.with_suffix(".kept").rename(path)
    else:
        cluster.on_server(f'ALTER DATABASE "{url.database}" ALLOW_CONNECTIONS false')
        cluster.on_server(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{url.database}'")
        try:
            yield
        finally:
            cluster.on_server(f'ALTER DATABASE "{url.database}" ALLOW_CONNECTIONS true')


@pytest.fixture
def visitors(app: Flask, organisation: Session) -> dict[str, FlaskClient]:
    """Somebody signed in, a script, and somebody unknown."""
    return {
        "browser": a_browser(app, organisation, "p22"),
        "script": a_script(app, organisation, "p02"),
        "nobody": app.test_client(),
    }


def test_every_door_says_that_the_database_is_away_and_when_to_come_back(
    app: Flask, visitors: dict[str, FlaskClient], database: str, caplog: pytest.LogCaptureFixture
) -> None:
    edge.database._logged.clear()
    visitors["nobody"].get("/sign-in")
    with _away(app, database), caplog.at_level(logging.WARNING):
        page = visitors["browser"].get("/")
        assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
        assert "数据库暂时用不了" in page.text
        form = visitors["browser"].post("/sign-in", data={"name": "p22", "password": "x"})
        assert form.status_code in (400, 503)
        problem = visitors["script"].get("/api/v1/bookings")
        assert (problem.status_code, problem.headers["Retry-After"]) == (503, "5")
        assert problem.json["type"] == "urn:tanxin:busy"
        assert problem.content_type == "application/problem+json"
        feed = visitors["nobody"].get("/feeds/x.ics")
        assert (feed.status_code, feed.headers["Retry-After"]) == (503, "300")
        device = visitors["nobody"].get("/dav/", headers={"Authorization": "Basic eDp5"})
        assert device.status_code == 503
        for path in ("/nothing", "/api/v1/nothing"):
            assert {client.get(path).status_code for client in visitors.values()} <= {404, 503}
        with visitors["browser"].get("/static/app.css") as answer:
            assert answer.status_code == 200
    lines = [record for record in caplog.records if record.name == "scheduler.database"]
    assert len(lines) == 1
    assert not [record for record in caplog.records if record.exc_info]

    assert visitors["browser"].get("/me").status_code == 200


def test_no_route_answers_with_a_naked_error(app: Flask, visitors: dict[str, FlaskClient], database: str) -> None:
    paths = {
        (method, app.url_map.bind("").build(rule.endpoint, dict.fromkeys(rule.arguments, "1"), method=method, force_external=False))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE", "PROPFIND", "REPORT"}
        if rule.endpoint != "static"
    }  # fmt: skip
    odd = []
    with _away(app, database):
        for client in visitors.values():
            for method, path in sorted(paths):
                answer = client.open(path, method=method, json={} if path.startswith("/api/") else None)
                if answer.status_code >= 500 and (answer.status_code != 503 or "Retry-After" not in answer.headers):
                    odd.append((method, path, answer.status_code))
    assert odd == []


class _Sqlite(Exception):
    sqlite_errorname = "SQLITE_FULL"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OperationalError("", {}, _Sqlite("database or disk is full")), "磁盘已满"),
        (OperationalError("", {}, Exception("could not extend file: No space left on device")), "磁盘已满"),
        (InterfaceError("", {}, Exception("the connection is closed")), "数据库暂时用不了"),
    ],
)
def test_a_full_disk_is_called_so(
    app: Flask, organisation: Session, error: DBAPIError, says: str, caplog: pytest.LogCaptureFixture
) -> None:
    edge.database._logged.clear()

    def broken(language: str) -> None:
        raise error

    app.view_functions["page.manifest"] = edge.public(broken)
    rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == "page.manifest")
    answer = app.test_client().get(rule.rule.replace("<language>", "zh"))

    assert answer.status_code == 503
    assert says in answer.text
    assert ("the disk is full" in caplog.text) == (says == "磁盘已满")


# ── What a request brings along ──────────────────────────────────────────────────────────────────────────────────────
BRACKETS = (
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b"[" * 100_000 + b"]" * 100_000,
    b'{"kind":' + b"[" * 900 + b"]" * 900 + b"}",
)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_json_of_nothing_but_brackets_is_a_bad_request_everywhere(app: Flask, visitors: dict[str, FlaskClient]) -> None:
    """Each route is sent one of them, and the API's way to book each."""
    routes = [
        (method, app.url_map.bind("").build(rule.endpoint, dict.fromkeys(rule.arguments, "1"), method=method))
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"})
        if not rule.endpoint.startswith("dav.")
    ]
    sent = [*zip(routes, cycle(BRACKETS)), *((("POST", "/api/v1/bookings"), body) for body in BRACKETS)]
    for client in visitors.values():
        for (method, path), body in sent:
            # the API reads JSON whatever it is called
            for name in ("application/json", *(["text/plain"] if path.startswith("/api/") else [])):
                answer = client.open(path, method=method, data=body, content_type=name)
                assert answer.status_code == 400, (method, path, name, answer.status_code)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_body_is_as_large_as_its_route_takes(app: Flask, visitors: dict[str, FlaskClient]) -> None:
    script = visitors["script"]

    assert script.post("/api/v1/bookings", data=b" " * 1_100_000, content_type="application/json").status_code == 413
    assert visitors["browser"].post("/sign-in", data={"name": "x" * 1_100_000}).status_code == 413


@pytest.mark.parametrize(
    ("data", "is_deep"),
    [
        (b"[" * 65, True),
        (b"[]" * 100, False),
        (b'["' + b"[" * 100 + b'"]', False),
        (b'["' + b"\\\\" + b'"' + b"[" * 100, True),
        (b'{"a\\"' + b"[" * 100 + b'": 1}', False),
    ],
)
def test_depth_is_counted_without_reading(data: bytes, is_deep: bool) -> None:
    assert bodies.is_too_deep(data) is is_deep
