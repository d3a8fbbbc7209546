"""Scripts that ask the API, on the small organisation."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.visitors import a_script


@pytest.fixture
def organizer(app: Flask, organisation: Session) -> FlaskClient:
    """高富, an organizer."""
    return a_script(app, organisation, "p22")


@pytest.fixture
def member(app: Flask, organisation: Session) -> FlaskClient:
    """文静, a member."""
    return a_script(app, organisation, "p03")
