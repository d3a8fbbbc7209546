"""Scripts that ask the API, on the small organisation."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.api.described import DescribedClient
from tests.visitors import a_script


@pytest.fixture
def app(app: Flask) -> Flask:
    """The application, whose answers are held against their description."""
    app.test_client_class = DescribedClient
    return app


@pytest.fixture
def sample_app(sample_app: Flask) -> Flask:
    """The same on the sample organisation."""
    sample_app.test_client_class = DescribedClient
    return sample_app


@pytest.fixture
def organizer(app: Flask, organisation: Session) -> FlaskClient:
    """高富, an organizer."""
    return a_script(app, organisation, "p22")


@pytest.fixture
def member(app: Flask, organisation: Session) -> FlaskClient:
    """文静, a member."""
    return a_script(app, organisation, "p03")
