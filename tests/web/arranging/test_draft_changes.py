"""Changing a draft on the pages: pin, move, release, discard."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.arranged import a_draft
from tests.web.coverage.test_home import text_of
from tests.web.visiting import post

FREE = {"day": "2014-08-14", "start": "15:30", "minutes": "45", "room": "R02"}
TAKEN = {"kind": "talk", "people": ["王海波", "白雪"], "day": "2014-08-01", "start": "08:30", "minutes": "45"}


@pytest.fixture
def path(organizer: FlaskClient, site_app: Flask) -> str:
    """Where a draft is shown."""
    return a_draft(site_app, organizer)


def version(organizer: FlaskClient, path: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', organizer.get(path).text)
    assert found
    return found[1]


def test_a_placement_is_pinned_and_let_go(organizer: FlaskClient, path: str) -> None:
    pinned = post(organizer, f"{path}/pins", {"number": "3", "pinned": "1"}, follow_redirects=True).text
    assert "已固定，再排时不动。" in pinned
    assert 'aria-label="松开：' in pinned

    freed = post(organizer, f"{path}/pins", {"number": "3", "pinned": "0"}, follow_redirects=True).text

    assert "已松开，再排时可以动。" in freed
    assert 'aria-label="松开：' not in freed
    assert post(organizer, f"{path}/pins", {"number": ["x", "99"], "pinned": "1"}).status_code == 404


def test_a_placement_is_moved_by_hand_and_stays_there(organizer: FlaskClient, path: str) -> None:
    form = organizer.get(f"{path}/talks/1").text
    assert 'name="day" value="2014-08-01"' in form
    assert 'name="start" value="08:30"' in form

    moved = post(organizer, f"{path}/talks/1", FREE, follow_redirects=True).text

    assert "已移动，并固定在那里。" in moved
    assert "8月14日 周四 15:30–16:15 第一会议室" in text_of(moved)
    assert "已固定" in organizer.get(f"{path}/talks/1").text


def test_what_is_to_be_minded_is_told(organizer: FlaskClient, path: str) -> None:
    told = post(organizer, f"{path}/talks/1", {**FREE, "day": "2014-08-10"}, follow_redirects=True).text

    assert 'class="notice is-warn"' in told
    assert "8月10日 周日" in told


def test_a_move_that_cannot_be_says_why_beside_the_form_and_keeps_what_was_typed(
    organizer: FlaskClient, path: str
) -> None:
    post(organizer, "/bookings", TAKEN | {"day": "2014-08-12", "start": "09:00"})

    response = post(
        organizer, f"{path}/talks/1", {"day": "2014-08-12", "start": "09:15", "minutes": "30", "room": "R05"}
    )

    assert response.status_code == 409
    assert "王海波 9:15–9:45 已有安排" in response.text
    assert 'name="start" value="09:15"' in response.text
    assert '<option value="R05" selected>' in response.text
    english = organizer.post(f"{path}/talks/1?lang=en", data={})
    assert english.status_code in (400, 422)


@pytest.mark.parametrize(
    "odd", [{"day": ""}, {"day": "soon"}, {"start": "25:00"}, {"minutes": "0"}, {"room": "R99"}, {"version": "x"}]
)
def test_odd_words_are_told_beside_their_field(organizer: FlaskClient, path: str, odd: dict[str, str]) -> None:
    response = post(organizer, f"{path}/talks/1", {**FREE, **odd})

    assert response.status_code == 422
    assert "处需要改一改，填好的内容都还在" in response.text


def test_a_placement_that_is_not_there_is_not_found(organizer: FlaskClient, path: str) -> None:
    assert organizer.get(f"{path}/talks/99").status_code == 404
    assert post(organizer, f"{path}/talks/99", FREE).status_code == 404


def test_somebody_who_was_slower_sees_it_and_may_press_again(organizer: FlaskClient, path: str) -> None:
    old = version(organizer, path)
    post(organizer, f"{path}/pins", {"number": "2", "pinned": "1"})

    slow = post(organizer, f"{path}/talks/1", {**FREE, "version": old})
    released = post(organizer, f"{path}/release", {"version": old})

    assert slow.status_code == 409
    assert "刚刚有人改过这份草案" in slow.text
    assert 'value="15:30"' in slow.text
    assert released.status_code == 409
    assert "还没有发布" in released.text
    now = version(organizer, path)
    assert post(organizer, f"{path}/talks/1", {**FREE, "version": now}).status_code == 303


def test_release_books_everything_once_however_often_it_is_pressed(organizer: FlaskClient, path: str) -> None:
    first = {"version": version(organizer, path)}

    done = post(organizer, f"{path}/release", first, follow_redirects=True)
    twice = post(organizer, f"{path}/release", first, follow_redirects=True)

    assert "已发布，8 项写入日程。" in done.text
    assert twice.status_code == 200
    assert "已发布" in twice.text
    assert 'href="/bookings?day=2014-08-01"' in done.text
    assert ">看覆盖矩阵<" in done.text
    assert len(set(re.findall(r'href="/bookings/(T\d+)"', done.text))) == 8
    assert 'href="/plans/new?rule_set=RS1">自动排期<' in organizer.get("/").text
    assert post(organizer, f"{path}/discard").status_code == 409
    assert organizer.get(f"{path}/talks/1").status_code == 409


def test_what_no_longer_fits_is_told_and_the_rest_can_be_released(organizer: FlaskClient, path: str) -> None:
    assert post(organizer, "/bookings", TAKEN).status_code == 303

    refused = post(organizer, f"{path}/release")

    assert refused.status_code == 409
    told = text_of(refused.text)
    assert "1 项已经放不下，一项也没有写入" in told
    assert "王海波 8月1日 8:30–9:15 已有安排" in told or "王海波 8:30–9:15 已有安排" in told
    assert "只发布仍可行的 7 项" in told
    done = post(organizer, f"{path}/release", {"only_what_fits": "1"}, follow_redirects=True)
    assert "已发布，7 项写入日程。" in done.text
    assert "有 1 项没有写入。" in done.text
    assert "没有写入" in done.text.partition("<table")[2]


def test_discarded_drafts_stay_so(organizer: FlaskClient, path: str) -> None:
    gone = post(organizer, f"{path}/discard", follow_redirects=True).text

    assert "草案已放弃，日程没有变动。" in gone
    page = organizer.get(path).text
    assert "已放弃" in page
    assert "/release" not in page
    assert post(organizer, f"{path}/discard").status_code == 303
    assert post(organizer, f"{path}/release").status_code == 409
    assert "草案 P001 已经放弃" in post(organizer, f"{path}/pins", {"number": "1", "pinned": "1"}).text


def test_a_script_is_answered_with_the_placement_and_the_version_of_the_draft(
    organizer: FlaskClient, path: str
) -> None:
    asked = {"Accept": "application/json"}

    moved = post(organizer, f"{path}/talks/1", {**FREE, "version": version(organizer, path)}, headers=asked)
    assert moved.status_code == 200
    entry = moved.json["entry"]
    assert (entry["id"], entry["start"], entry["room"]) == (f"{path[-4:]}-1", "2014-08-14T15:30", "R02")
    assert entry["word"] == "草案，已固定"

    late = post(organizer, f"{path}/talks/1", {**FREE, "start": "16:30", "version": "1"}, headers=asked)
    assert late.status_code == 409
    assert "现在是：8月14日 周四 15:30–16:15 第一会议室" in late.json["reasons"][0]
    assert "您想改成：8月14日 周四 16:30–17:15 第一会议室" in late.json["reasons"][0]

    unread = post(organizer, f"{path}/talks/1", {**FREE, "day": "x"}, headers=asked)
    assert (unread.status_code, list(unread.json["fields"])) == (422, ["day"])


def test_a_script_is_told_why_a_placement_cannot_move(organizer: FlaskClient, path: str) -> None:
    first, second = (organizer.get(f"{path}/talks/{number}").text for number in (1, 2))
    there = {name: re.search(rf'name="{name}" value="([^"]*)"', second)[1] for name in ("day", "start")}  # type: ignore[index]
    room = re.search(r'value="(R\d+)" selected', second)

    answer = post(
        organizer,
        f"{path}/talks/1",
        {**there, "minutes": "45", "room": room[1] if room else ""},
        headers={"Accept": "application/json"},
    )

    assert first
    assert answer.status_code == 409
    assert answer.json["reasons"]
