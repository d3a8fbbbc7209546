"""The calendar in all its views: what stands without script, and what the script is given."""

import json
import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.browser import site
from tests.web.coverage.test_home import text_of
from tests.web.visiting import signed_in


def data_of(page: str) -> dict[str, object]:
    """What the script of a page is given."""
    found = re.search(r"data-calendar='([^']+)'", page)
    assert found
    return json.loads(unescape(found[1]))  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("asked", "heading", "tables"),
    [
        ("view=week&day=2014-08-20", "8月18日—24日", 1),
        ("view=week&day=2013-12-31", "2013年12月30日—2014年1月5日", 1),
        ("view=day&day=2014-08-20", "2014年8月20日 周三", 1),
        ("view=month&day=2014-06-20", "2014年6月", 6),
        ("view=month&day=2014-12-31", "2014年12月", 5),
        ("view=rooms&day=2014-08-20", "2014年8月20日 周三", 1),
        ("view=people&day=2014-08-20", "2014年8月20日 周三", 1),
    ],
)
def test_every_view_is_a_table_without_script(organizer: FlaskClient, asked: str, heading: str, tables: int) -> None:
    page = organizer.get(f"/bookings?{asked}").text

    assert heading in text_of(page)
    assert page.count('<table class="week') == tables


def test_english_reader_gets_english_words(organizer: FlaskClient) -> None:
    page = organizer.get("/bookings?view=day&day=2014-08-20&lang=en").text

    assert "Wed 20 August 2014" in page
    assert data_of(page)["words"]["undo"] == "Undo"  # type: ignore[index]


def test_address_leads_to_the_days_before_and_after(organizer: FlaskClient) -> None:
    page = unescape(organizer.get("/bookings?view=month&day=2014-01-31&kind=talk").text)

    assert "/bookings?view=month&day=2013-12-01&kind=talk" in page
    assert "/bookings?view=month&day=2014-02-01&kind=talk" in page


def test_script_is_given_wall_clock_times_and_today_by_the_organisations_clock(organizer: FlaskClient) -> None:
    data = data_of(organizer.get("/bookings?day=2014-08-05").text)
    entries = {entry["id"]: entry for entry in data["entries"]}  # type: ignore[attr-defined]

    assert data["now"] == "2014-08-01T08:00"
    assert (data["opens"], data["closes"], data["lunch"]) == ("08:00", "18:00", ["11:30", "13:30"])
    assert entries["T041"]["start"] == "2014-08-05T09:00"
    assert entries["T041"]["action"] == "/bookings/T041"
    assert data["days"]["2014-08-09"]["rest"] is True  # type: ignore[index]


def test_what_was_held_does_not_slip(organizer: FlaskClient) -> None:
    data = data_of(organizer.get("/bookings?day=2014-06-17").text)

    assert {(entry["state"], entry["action"]) for entry in data["entries"]} == {("held", "")}  # type: ignore[attr-defined]


def test_member_is_given_no_more_than_that_a_room_is_taken(site_app: Flask) -> None:
    data = data_of(signed_in(site_app, site.OTHER).get("/bookings?day=2014-06-16").text)
    busy = [entry for entry in data["entries"] if entry["state"] == "busy"]  # type: ignore[attr-defined]

    assert busy
    assert {(entry["name"], entry["href"], entry["action"], tuple(entry["people"])) for entry in busy} == {
        ("占用", "", "", ())
    }


def test_rooms_have_a_row_each_and_people_who_are_in_something(organizer: FlaskClient) -> None:
    rooms = data_of(organizer.get("/bookings?view=rooms&day=2014-06-17").text)["rows"]
    one = data_of(organizer.get("/bookings?view=rooms&day=2014-06-17&room=R04").text)["rows"]
    people = data_of(organizer.get("/bookings?view=people&day=2014-06-17").text)["rows"]
    alone = data_of(organizer.get("/bookings?view=people&day=2014-06-17&person=p08").text)["rows"]

    assert [row["id"] for row in rooms[-2:]] == ["EXT", "-"]  # type: ignore[index]
    assert [row["title"] for row in one] == ["谈话室A"]  # type: ignore[attr-defined]
    assert "沈维岳" in [row["title"] for row in people]  # type: ignore[attr-defined]
    assert [row["id"] for row in alone] == ["p08"]  # type: ignore[attr-defined]


def test_list_of_open_talks_stands_beside_it_for_those_who_arrange(organizer: FlaskClient, member: FlaskClient) -> None:
    assert "还没排的谈话" in organizer.get("/bookings").text
    assert "还没排的谈话" not in organizer.get("/bookings?view=month").text
    assert "还没排的谈话" not in member.get("/bookings").text


def test_nonsense_in_the_address_gives_the_week_of_today(organizer: FlaskClient) -> None:
    page = organizer.get("/bookings?view=year&day=tomorrow&room=x&kind=y&person=z")

    assert page.status_code == 200
    assert "7月28日—8月3日" in text_of(page.text)


def test_ends_of_the_calendar_can_be_looked_at(organizer: FlaskClient) -> None:
    for view in ("week", "day", "month", "rooms", "people"):
        for day in ("1900-01-01", "2199-12-31"):
            assert organizer.get(f"/bookings?view={view}&day={day}").status_code == 200
