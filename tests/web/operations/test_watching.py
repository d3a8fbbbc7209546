"""What machines ask that watch over the house."""

from datetime import datetime
from pathlib import Path
from urllib.robotparser import RobotFileParser

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from config import Config
from scheduler.app import create_app
from scheduler.extensions import db
from tests.builders import REAL


def test_process_that_answers_lives_and_sets_no_cookie(client: FlaskClient) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert "Set-Cookie" not in answer.headers


def test_ready_is_who_has_its_schema_and_guards(app: Flask, client: FlaskClient) -> None:
    assert (client.get("/readyz").status_code, client.get("/readyz").text) == (200, "ok\n")

    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    answer = client.get("/readyz")

    assert (answer.status_code, answer.text) == (503, "migrations\n")
    assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_without_its_database_a_process_lives_and_is_not_ready(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        db.engine.dispose()
        file = Path(str(db.engine.url.database))
    kept = file.rename(file.with_suffix(".away"))
    file.mkdir()
    try:
        assert client.get("/healthz").status_code == 200
        assert (client.get("/readyz").status_code, client.get("/readyz").text) == (503, "database\n")
    finally:
        file.rmdir()
        kept.rename(file)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_crawlers_may_fetch_feeds_and_nothing_else(client: FlaskClient) -> None:
    rules = RobotFileParser()
    rules.parse(client.get("/robots.txt").text.splitlines())

    assert rules.can_fetch("Google-Calendar-Importer", "/feeds/a-secret.ics")
    assert not rules.can_fetch("Googlebot", "/people")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_whom_to_tell_of_a_weakness_is_said_if_it_is_set(client: FlaskClient, database: str, tmp_path: Path) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404

    config = Config(instance=tmp_path, database_url=database, secret_key="of tests only " * 3, now=REAL)
    told = create_app(Config(**{**vars(config), "security_contact": "mailto:it@example.org"})).test_client()
    lines = dict(line.split(": ", 1) for line in told.get("/.well-known/security.txt").text.splitlines())

    assert lines["Contact"] == "mailto:it@example.org"
    assert 100 < (datetime.fromisoformat(lines["Expires"]) - REAL).days < 365
