"""The application with the programme's records."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.browser import site
from tests.databases import Databases
from tests.web.conftest import an_application
from tests.web.visiting import signed_in


@pytest.fixture(scope="module")
def programme_app(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """What a test of a module changes here, no other one looks at."""
    folder: Path = tmp_path_factory.mktemp("programme")
    yield from an_application(databases, folder, site.fill_with_records)


@pytest.fixture
def office(programme_app: Flask) -> FlaskClient:
    return signed_in(programme_app, site.ORGANIZER)
