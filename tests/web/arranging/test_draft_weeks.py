"""A draft on its week."""

from flask import Flask
from flask.testing import FlaskClient

from tests.browser import site
from tests.web.arranged import a_draft
from tests.web.bookings.test_calendar_pages import data_of
from tests.web.visiting import post, signed_in


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


def test_script_is_given_the_draft_to_move_and_what_stands_to_see(organizer: FlaskClient, site_app: Flask) -> None:
    path = a_draft(site_app, organizer)

    entries = data_of(organizer.get(f"{path}?view=week&day=2014-08-05").text)["entries"]

    drafted = [entry for entry in entries if entry["state"] == "draft"]  # type: ignore[attr-defined]
    assert {entry["action"].rpartition("/")[0] for entry in drafted} == {f"{path}/talks"}
    assert all(len(entry["asks"]) >= 2 for entry in drafted)
    standing = [entry for entry in entries if entry["state"] != "draft"]  # type: ignore[attr-defined]
    assert {entry["action"] for entry in standing} == {""}


def test_who_may_only_look_moves_nothing(organizer: FlaskClient, site_app: Flask) -> None:
    path = a_draft(site_app, organizer)

    page = signed_in(site_app, site.SUPERVISOR).get(f"{path}?view=week").text

    assert {entry["action"] for entry in data_of(page)["entries"]} == {""}  # type: ignore[attr-defined]
    assert "cal-dialog" not in page
