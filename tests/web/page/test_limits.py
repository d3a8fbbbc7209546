"""The limits that forms tell browsers."""

import re
from pathlib import Path

from flask.testing import FlaskClient

TEMPLATES = Path(__file__).parents[3] / "templates"
OWN_LIMIT = re.compile(r'max(?:length)?="(\d{2,})"')


def test_no_template_has_a_limit_of_its_own() -> None:
    own = {path.name: OWN_LIMIT.findall(path.read_text("utf-8")) for path in TEMPLATES.rglob("*.html")}

    assert {name: limits for name, limits in own.items() if limits} == {}


def test_forms_and_macros_know_the_limits(organizer: FlaskClient, member: FlaskClient) -> None:
    assert 'max="20160"' in organizer.get("/bookings/new?kind=talk").text
    assert 'maxlength="40"' in member.get("/me").text
