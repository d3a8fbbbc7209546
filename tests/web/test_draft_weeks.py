"""A draft on its week."""

from flask import Flask
from flask.testing import FlaskClient

from tests.web.arranged import a_draft
from tests.web.visiting import post


def test_without_a_day_it_is_the_week_of_the_first(organizer: FlaskClient, site_app: Flask) -> None:
    path = a_draft(site_app, organizer, **{"from": "2014-08-11"})

    page = organizer.get(f"{path}?view=week").text

    assert "8月11日—17日" in page
    assert organizer.get(f"{path}?view=week&day=soon").status_code == 200
    assert 'class="week behind"' not in organizer.get(path).text


def test_what_is_no_draft_any_more_has_no_week(organizer: FlaskClient, site_app: Flask) -> None:
    path = a_draft(site_app, organizer)
    post(organizer, f"{path}/discard")

    assert 'class="week behind"' not in organizer.get(f"{path}?view=week").text
