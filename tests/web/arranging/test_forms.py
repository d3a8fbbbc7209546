"""The form that asks the planner."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from scheduler.services.arranging import queue as plan_queue
from tests.web.arranged import USUAL, a_draft, ask, config_of
from tests.web.coverage.test_home import text_of
from tests.web.visiting import post

CHECKED = re.compile(r'name="rooms" value="(\w+)" checked')


def test_the_form_is_filled_in_with_what_is_usual(organizer: FlaskClient) -> None:
    page = organizer.get("/plans/new").text

    assert "8 项待排" in text_of(page)
    assert "已排 2 项" in text_of(page)
    assert 'name="from" value="2014-08-04"' in page
    assert 'name="to" value="2014-08-15"' in page
    assert 'name="minutes" value="45"' in page
    assert CHECKED.findall(page) == ["R04", "R05", "R07"]
    assert "可选的也排（2 项）" in page
    assert 'name="fewest_changes" value="1" checked' not in page


def test_in_english(organizer: FlaskClient) -> None:
    told = text_of(organizer.get("/plans/new?lang=en&fewest_changes=1").text)

    assert "Rearrange (fewest changes)" in told
    assert "8 to be arranged" in told
    assert "You get a draft; the calendar stays as it is." in told
    assert "Choose which now 8 of 8 Team members with each other 2 王海波 × 林秀芝" in told
    assert not re.search(r"[\u4e00-\u9fff]", told.partition("To (that day included)")[2].partition("Lanqiao")[0])


def test_run_is_asked_for_and_the_background_process_is_told(organizer: FlaskClient, site_app: Flask) -> None:
    response = post(organizer, "/plans", {**USUAL, "from": "2014-08-04", "to": "2014-08-15", "optional": "1"})

    assert response.status_code == 303
    assert response.headers["Location"] == "/plans/P001"
    told: list[str] = []
    queue = plan_queue.open_queue(config_of(site_app).queue, told.append)
    while task := queue.dequeue():
        queue.execute(task)
    assert told == ["P001"]
    assert "共 10 项" in organizer.get("/plans/P001").text


def test_pressing_twice_asks_once(organizer: FlaskClient) -> None:
    assert ask(organizer) == ask(organizer)


def test_a_repair_is_offered_where_things_change(organizer: FlaskClient) -> None:
    for path in ("/absences", "/programme", "/plans"):
        assert 'href="/plans/new?fewest_changes=1"' in organizer.get(path).text, path
    assert 'href="/plans/new?rule_set=RS1">自动排期 8 次' in organizer.get("/").text

    page = organizer.get("/plans/new?fewest_changes=1").text

    assert "重新排期（改动最少）" in page
    assert 'name="fewest_changes" value="1" checked' in page


def test_a_room_that_is_gone_is_left_out(organizer: FlaskClient) -> None:
    assert "/plans/new?fewest_changes=1&amp;without=R04" in organizer.get("/rooms/R04").text

    page = organizer.get("/plans/new?fewest_changes=1&without=R04").text

    assert CHECKED.findall(page) == ["R05", "R07"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("from", "soon"), ("to", "2014-07-01"), ("minutes", "0"), ("minutes", ""), ("grid", "7"), ("rooms", []),
        ("rooms", ["R99"]), ("max_talks_per_day", "21"), ("max_talks_per_half_day", "0"), ("max_talks_per_week", "x"), ("seconds", "4000"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_told_beside_its_field_and_the_rest_kept(
    organizer: FlaskClient, name: str, value: object
) -> None:
    response = post(organizer, "/plans", {**USUAL, "from": "2014-08-04", "optional": "1", name: value})

    assert response.status_code == 422
    assert f'id="{name}-error"' in response.text
    assert 'name="optional" value="1" checked' in response.text
    assert name == "from" or 'name="from" value="2014-08-04"' in response.text
    assert "还没有排过" in organizer.get("/plans").text


def test_asking_again_begins_with_what_was_asked_and_keeps_the_pins(organizer: FlaskClient, site_app: Flask) -> None:
    path = a_draft(site_app, organizer, minutes="30", rooms=["R04", "R02"], **{"from": "2014-08-04"})
    post(organizer, f"{path}/pins", {"number": ["1", "2"], "pinned": "1"})

    page = organizer.get("/plans/new?again=P001&to=2014-08-12").text

    assert 'name="minutes" value="30"' in page
    assert 'name="from" value="2014-08-04"' in page
    assert 'name="to" value="2014-08-12"' in page
    assert CHECKED.findall(page) == ["R04", "R02"]
    assert "固定 2 项" in text_of(page)
    assert ask(organizer, again="P001", to="2014-08-12") == "P002"
    assert organizer.get("/plans/new?again=P009").status_code == 404


def test_nothing_to_arrange_says_what_to_do(organizer: FlaskClient, branch_organizer: FlaskClient) -> None:
    assert "没有可以由您排期的方案" in branch_organizer.get("/plans/new").text
    assert branch_organizer.get("/plans/new?rule_set=RS1").status_code == 403
    assert post(branch_organizer, "/plans", {**USUAL, "rule_set": "RS1"}).status_code == 403
    assert post(branch_organizer, "/plans", USUAL).status_code == 404
    assert organizer.get("/plans/new?rule_set=RS9").status_code == 404


def test_a_secretary_arranges_the_rule_set_of_the_branch(organizer: FlaskClient, branch_organizer: FlaskClient) -> None:
    applied = post(organizer, "/rules", {"source": "cn.branch-yearly", "branch": "B1"})
    assert applied.status_code == 303, applied.text

    page = branch_organizer.get("/plans/new").text

    assert 'name="rule_set" value="RS2"' in page
    assert "aria-current" not in page.partition("<main")[2].partition("</form>")[0]
    assert 'href="/plans/new?rule_set=RS2"' in branch_organizer.get("/?rule_set=RS2").text
    assert 'href="/plans/new?rule_set=RS2&amp;fewest_changes=1"' in organizer.get("/plans/new?fewest_changes=1").text
    assert ask(branch_organizer, rule_set="RS2") == "P001"
    assert "P001" in branch_organizer.get("/plans").text


def test_after_the_window_it_says_so(organizer: FlaskClient) -> None:
    moved = post(organizer, "/programme/milestones/democratic_life_meeting", {"day": "2014-08-02", "accept": "1"})
    assert moved.status_code == 303, moved.text

    page = organizer.get("/plans/new").text

    assert "谈话窗口期已经结束" in page
    assert 'name="to" value=""' in page
