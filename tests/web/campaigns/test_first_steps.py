"""The first hour on pages: the steps, the strip, the form of what no table brings."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config import ROOT
from tests.browser import site
from tests.databases import Databases
from tests.web import arranged
from tests.web.coverage.test_home import text_of
from tests.web.imports.test_run import token_of
from tests.web.visiting import post, signed_in

FORM = {
    "organisation": "某区总工会",
    "name": "谈心谈话",
    "starts": "2014-08-01",
    "ends": "2014-10-10",
    "opens": "2014-08-04",
    "meeting": "2014-09-12",
    "closes_workdays": "3",
    "principal": "沈维岳",
    "members": "陈国梁、文静",
    "supervision": "曹振东",
    "rooms": "谈话室A、谈话室B，谈话室A",
}


@pytest.fixture
def empty_app(databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    from scheduler.app import create_app

    address = databases.make("sqlite", site.only_an_organizer)
    app = create_app(site.a_config(tmp_path, address, f"http://{site.HOST}"))
    app.testing = True
    yield app
    databases.drop(address)


@pytest.fixture
def beginner(empty_app: Flask) -> FlaskClient:
    return signed_in(empty_app, "organizer")


def bring(client: FlaskClient, *names: str) -> str:
    """Upload files of the sample and accept them; where that leads."""
    files = [(io.BytesIO((ROOT / "sample" / name).read_bytes()), name) for name in names]
    page = post(client, "/import", {"files": files}, content_type="multipart/form-data").text
    return str(post(client, "/import/accept", {"token": token_of(page)}).headers["Location"])


def test_empty_installation_begins_with_the_steps(beginner: FlaskClient) -> None:
    page = beginner.get("/").text

    assert "共六步" in page
    assert page.count('aria-current="step"') == 1
    assert text_of(page).index("导入名册") < text_of(page).index("填活动、班子和场地")
    assert "第一次使用 1 / 6 导入人员和部门" in text_of(beginner.get("/people").text)


def test_each_step_leads_to_the_next_and_the_strip_goes_with_the_last(beginner: FlaskClient) -> None:
    assert bring(beginner, "roster.csv", "units.csv") == "/start"
    told = text_of(beginner.get("/start").text)
    assert "100 人，18 个单位" in told
    assert "第一次使用 2 / 6" in text_of(beginner.get("/rules").text)

    response = post(beginner, "/programme/edit", FORM)
    assert response.headers["Location"] == "/start"
    assert "8月4日—9月9日" in text_of(beginner.get("/start").text)
    assert "就在这一页" in beginner.get("/rules/preview?source=cn.four-must-talks").text

    post(beginner, "/rules", {"source": "cn.four-must-talks"})
    assert "第一次使用 4 / 6 自动排期 就在这一页" in text_of(beginner.get("/").text)
    bring(beginner, "rooms.csv", "talk_log.csv")
    assert 'class="strip' not in beginner.get("/people").text
    assert "请大家订阅 （下一步）" in text_of(beginner.get("/start").text)

    post(beginner, "/subscriptions/pages")
    assert "六步均已完成" in beginner.get("/start").text
    assert 'href="/start"' not in beginner.get("/people").text


def test_strip_leads_to_the_run_that_goes_on_and_then_to_its_draft(beginner: FlaskClient, empty_app: Flask) -> None:
    bring(beginner, "roster.csv", "units.csv", "rooms.csv", "org.yaml")
    post(beginner, "/rules", {"source": "cn.four-must-talks"})
    assert '<a class="btn main" href="/plans/new?rule_set=RS1">自动排期 48 次</a>' in beginner.get("/").text
    run_id = arranged.ask(beginner)
    run = f"/plans/{run_id}"

    page = beginner.get("/").text
    assert "第一次使用 4 / 6 正在排期 查看排期进度" in text_of(page)
    assert f'<a class="btn small main" href="{run}">查看排期进度</a>' in page
    assert '<a class="btn" href="/plans/new?rule_set=RS1">自动排期 48 次</a>' in page
    assert "第一次使用 4 / 6 正在排期 就在这一页" in text_of(beginner.get(run).text)
    assert f'<a class="btn main big-btn" href="{run}">查看排期进度</a>' in beginner.get("/start").text

    arranged.carry_out(empty_app, run_id)
    assert "第一次使用 5 / 6 看过草案，发布 看草案" in text_of(beginner.get("/").text)
    assert f'<a class="btn small main" href="{run}">看草案</a>' in beginner.get("/").text


def test_strip_asks_to_arrange_again_when_the_run_was_stopped(beginner: FlaskClient) -> None:
    bring(beginner, "roster.csv", "units.csv", "rooms.csv", "org.yaml")
    post(beginner, "/rules", {"source": "cn.four-must-talks"})
    run_id = arranged.ask(beginner)
    run = f"/plans/{run_id}"

    post(beginner, f"{run}/cancel")

    assert "第一次使用 4 / 6 自动排期 自动排期" in text_of(beginner.get("/people").text)


def test_strip_is_put_away_and_taken_up_again(beginner: FlaskClient) -> None:
    response = post(beginner, "/start/away", {"next": "/people?q=x"})

    assert response.headers["Location"] == "/people?q=x"
    assert 'class="strip' not in beginner.get("/people").text
    assert 'href="/start"' in beginner.get("/people").text
    beginner.get("/start")
    assert 'class="strip' in beginner.get("/people").text


def test_form_begins_with_what_is_usual_and_who_is_probably_meant(beginner: FlaskClient) -> None:
    bring(beginner, "roster.csv")
    page = beginner.get("/programme/edit").text

    for value in ("2014-08-04", "2014-09-12", "沈维岳", "曹振东、叶文娟、马骏、牛晓光", "民主生活会前谈心谈话"):
        assert f'value="{value}"' in page
    assert "沈维岳、陈国梁、文静、王海波、郑守正、欧阳慧、邓永昌、林秀芝</textarea>" in page


def test_form_writes_campaign_team_and_rooms(beginner: FlaskClient) -> None:
    bring(beginner, "roster.csv")
    post(beginner, "/programme/edit", FORM)

    assert "某区总工会" in beginner.get("/people").text
    assert text_of(beginner.get("/rooms").text).count("谈话室A") == 1
    page = text_of(beginner.get("/programme").text)
    assert "谈话窗口期 8月4日—9月9日" in page
    told = text_of(beginner.get("/rules/preview?source=cn.four-must-talks").text)
    assert "主要负责人与班子每名成员 必须 2" in told
    assert "督导组与班子成员 必须 3" in told
    assert 'id="rooms"' not in beginner.get("/programme/edit").text


def test_wrong_values_are_told_beside_their_fields_and_nothing_is_written(beginner: FlaskClient) -> None:
    bring(beginner, "roster.csv")
    wrong = {**FORM, "meeting": "2014-07-01", "rooms": "谈话室A"}
    response = post(beginner, "/programme/edit", wrong)
    assert response.status_code == 422
    assert 'id="meeting-error"' in response.text
    assert 'value="某区总工会"' in response.text

    many = "、".join(f"R{number}" for number in range(31))
    wrong = {**FORM, "members": "不认识", "starts": "", "rooms": f"{many}、{'长' * 61}"}
    page = post(beginner, "/programme/edit", wrong).text
    assert all(f'id="{name}-error"' in page for name in ("members", "starts", "rooms"))
    assert "还没有活动" in beginner.get("/programme").text
    assert "谈话室A" not in beginner.get("/rooms").text


def test_standing_campaign_is_changed(organizer: FlaskClient) -> None:
    page = organizer.get("/programme/edit").text
    assert "修改活动和班子" in page
    form = {**FORM, "starts": "2014-02-26", "ends": "2014-11-24", "principal": "", "members": "", "rooms": ""}

    assert post(organizer, "/programme/edit", form).headers["Location"] == "/programme"

    assert "8月4日—9月9日" in text_of(organizer.get("/programme").text)


def test_steps_are_for_those_who_set_up(member: FlaskClient, supervisor: FlaskClient) -> None:
    for client in (member, supervisor):
        assert client.get("/start").status_code == 403
        assert client.get("/programme/edit").status_code == 403
        assert 'class="strip' not in client.get("/people").text


def test_saving_something_empty_is_never_green(beginner: FlaskClient) -> None:
    post(beginner, "/people", {"name": "陈国梁"})
    assert "1 人" not in text_of(beginner.get("/start").text)
    post(beginner, "/people", {"name": "文静"})
    assert "还没有部门：分管领导与部门负责人谈不起来。" in beginner.get("/start").text
    post(beginner, "/units", {"name": "办公室", "kind": "dept", "head": "文静"})
    assert "2 人，1 个单位" in text_of(beginner.get("/start").text)

    post(beginner, "/programme/edit", {**FORM, "principal": "", "members": "", "supervision": ""})

    told = text_of(beginner.get("/start").text)
    assert "领导班子还没有填，至少两位。" in told
    assert "主要负责人还没有填。" in told
    assert "没有 修改" in text_of(beginner.get("/groups").text)
    post(beginner, "/rules", {"source": "cn.four-must-talks"})
    assert "一次谈话也不要求" in beginner.get("/start").text

    post(beginner, "/groups/leadership_team/edit", {"members": "陈国梁、文静"})
    post(beginner, "/groups/principal/edit", {"members": "陈国梁"})

    told = text_of(beginner.get("/start").text)
    assert "还没有填" not in told
    assert "一次谈话也不要求" not in told
