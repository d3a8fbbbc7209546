"""The days of the matrix: the slider, and days to compare with."""

import re
from functools import partial
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from scheduler.app import create_app
from tests.browser.site import a_config
from tests.crowds import crowd
from tests.databases import Databases
from tests.web.visiting import signed_in

NAMED = re.compile(r'<text class="is-\w+" [^>]*>(.*?)</text>')


def test_names_stand_only_where_there_is_room(organizer: FlaskClient) -> None:
    page = organizer.get("/").text

    assert "今天" in NAMED.findall(page)
    assert "查摆问题、开展批评" in NAMED.findall(page)
    assert "窗口期末" not in NAMED.findall(page)
    assert page.count("<line class=") == 6


@pytest.mark.parametrize(
    ("as_of", "length", "place"),
    [("2014-01-01", 327, 0), ("2015-01-01", 309, 309)],
    ids=["before the campaign", "after it"],
)
def test_slider_reaches_a_day_outside_the_campaign(organizer: FlaskClient, as_of: str, length: int, place: int) -> None:
    page = organizer.get(f"/?as_of={as_of}").text

    assert f'min="0" max="{length}" value="{place}"' in page


def test_no_slider_runs_over_more_days_than_it_could_show(organizer: FlaskClient) -> None:
    assert "day-slider" not in organizer.get("/?as_of=2031-01-01").text


def test_without_a_campaign_and_a_window_days_are_typed(databases: Databases, tmp_path: Path) -> None:
    address = databases.make("sqlite", partial(crowd, people=4, core=3, talks=0))
    page = signed_in(create_app(a_config(tmp_path, address)), "organizer").get("/").text

    assert "day-slider" not in page
    assert 'name="as_of"' in page


def test_choices_of_days_follow_the_one_shown_and_end_when_pressed_again(organizer: FlaskClient) -> None:
    page = organizer.get("/?as_of=2014-07-10&since=2014-07-03").text

    assert re.search(r'class="btn small on" href="/\?as_of=2014-07-10" aria-current="true">一周前', page)
    assert 'href="/?as_of=2014-07-10&amp;since=2014-07-09">前一天' in page
