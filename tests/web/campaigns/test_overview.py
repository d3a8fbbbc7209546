"""All campaigns side by side, and what is done with them there."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config import ROOT
from scheduler.extensions import db
from scheduler.services.imports.run import Upload
from tests.services.importing import run
from tests.web.coverage.test_home import text_of
from tests.web.visiting import post

FILES = [ROOT / "sample" / "programme" / f"campaign_{name}.yaml" for name in ("2015", "branch_2014")]


@pytest.fixture
def three(site_app: Flask) -> Flask:
    """With the sample's three campaigns."""
    with site_app.app_context():
        run(db.session(), *(Upload(path.name, path.read_bytes()) for path in FILES))
    return site_app


def overview(client: FlaskClient, query: str = "") -> str:
    return client.get(f"/campaigns{query}").text


def test_each_campaign_has_a_line_that_switches_and_there_is_a_total(three: Flask, organizer: FlaskClient) -> None:
    assert three
    page = overview(organizer)
    told = text_of(page)

    assert "党的群众路线教育实践活动 主活动 进行中 2014年2月26日—2014年11月24日 37 / 48 · 77.1%" in told
    assert "民主生活会 2014年8月20日" in told
    assert "合计 次数相加，覆盖率按相加后的次数算 37 / 48 · 77.1%" in told
    assert 'href="/?campaign=b2014"' in page
    assert 'href="/programme?campaign=c2"' in page
    assert "截至 2014年6月16日" in text_of(overview(organizer, "?as_of=2014-06-16"))


def test_one_campaign_has_no_total(supervisor: FlaskClient) -> None:
    page = overview(supervisor)

    assert "37 / 48" in text_of(page)
    assert "合计" not in page
    assert "归档" not in page


def test_leading_closing_and_opening_are_undone_by_a_button(three: Flask, organizer: FlaskClient) -> None:
    assert three
    led = post(organizer, "/campaigns/b2014/lead", follow_redirects=True).text
    assert "2014年度党支部工作 主活动" in text_of(led)
    assert 'action="/campaigns/c1/lead"' in led
    again = post(organizer, "/campaigns/b2014/lead", follow_redirects=True).text
    assert "已设为主活动：2014年度党支部工作" in again

    closed = post(organizer, "/campaigns/c1/close", follow_redirects=True).text
    assert "党的群众路线教育实践活动 已归档" in text_of(closed)
    assert 'action="/campaigns/c1/reopen"' in closed
    opened = post(organizer, "/campaigns/c1/reopen", follow_redirects=True).text
    assert "已归档" not in text_of(opened.partition("<main")[2])
    assert 'action="/campaigns/c1/close"' in opened


def test_members_and_others_are_kept_out(member: FlaskClient, supervisor: FlaskClient) -> None:
    assert member.get("/campaigns").status_code == 403
    assert post(supervisor, "/campaigns/c1/close").status_code == 403
