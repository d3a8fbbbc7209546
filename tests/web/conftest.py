"""The application on the sample organisation with its rules applied, and a browser for each role."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from scheduler.extensions import db
from tests.browser import site
from tests.databases import Databases, Fill
from tests.web.visiting import signed_in


@pytest.fixture
def site_app(databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """The application on the sample, SQLite; what it does with a database is tested where that is done."""
    yield from an_application(databases, tmp_path, site.fill)


@pytest.fixture
def recorded_app(databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """The same with the programme's records: tasks, materials, opinions, training."""
    yield from an_application(databases, tmp_path, site.fill_with_records)


def an_application(databases: Databases, tmp_path: Path, fill: Fill) -> Iterator[Flask]:
    from scheduler.app import create_app

    address = databases.make("sqlite", fill)
    app = create_app(site.a_config(tmp_path, address))
    app.testing = True
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    databases.drop(address)


@pytest.fixture
def organizer(site_app: Flask) -> FlaskClient:
    return signed_in(site_app, site.ORGANIZER)


@pytest.fixture
def member(site_app: Flask) -> FlaskClient:
    return signed_in(site_app, site.MEMBER)


@pytest.fixture
def supervisor(site_app: Flask) -> FlaskClient:
    return signed_in(site_app, site.SUPERVISOR)


@pytest.fixture
def branch_organizer(site_app: Flask) -> FlaskClient:
    return signed_in(site_app, site.BRANCH)


@pytest.fixture
def admin(site_app: Flask) -> FlaskClient:
    return signed_in(site_app, site.ADMIN)
