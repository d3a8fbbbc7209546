"""The campaign that a visitor looks at: named in the head of every page, chosen, kept, carried on in addresses."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config import ROOT
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import CampaignId
from scheduler.extensions import db
from scheduler.services.campaigns import register
from scheduler.services.imports.run import Upload
from scheduler.services.rules import sets as rules
from tests.builders import a_clock
from tests.services.importing import run
from tests.web.coverage.test_home import text_of
from tests.web.visiting import post

FILES = [ROOT / "sample" / "programme" / f"campaign_{name}.yaml" for name in ("2015", "branch_2014")]
CLOCK = a_clock("2014-08-01T08:00")
FIRST, BRANCHES, NEXT = "党的群众路线教育实践活动", "2014年度党支部工作", "“三严三实”专题教育"


@pytest.fixture
def three(site_app: Flask) -> Flask:
    """With the sample's three campaigns, and rules applied in two of them."""
    with site_app.app_context():
        run(db.session(), *(Upload(path.name, path.read_bytes()) for path in FILES))
        rules.apply(db.session(), OPERATOR, "cn.three-must-talks", None, CLOCK, campaign=CampaignId("c2"))
    return site_app


@pytest.fixture
def visitor(three: Flask, organizer: FlaskClient) -> FlaskClient:
    assert three
    return organizer


def head(page: str) -> str:
    """What the head of a page says."""
    return text_of(page.partition('<header class="top">')[2].partition("</header>")[0])


def said(client: FlaskClient, path: str) -> str:
    answer = client.get(path, follow_redirects=True)
    assert answer.status_code == 200, path
    return answer.text


def test_with_one_campaign_there_is_nothing_to_choose(organizer: FlaskClient) -> None:
    page = said(organizer, "/")

    assert FIRST in head(page)
    assert "campaign=" not in page
    assert "选择活动" not in page


def test_the_head_names_all_with_days_and_state(visitor: FlaskClient) -> None:
    told = head(said(visitor, "/"))

    assert f"{BRANCHES} 2014年1月1日—2014年12月31日 · 进行中" in told
    assert f"{FIRST} 主活动 2014年2月26日—2014年11月24日 · 进行中" in told
    assert f"{NEXT} 2015年4月27日—2015年12月31日 · 未开始" in told


def test_where_several_cover_the_day_the_page_says_which_leads(visitor: FlaskClient) -> None:
    for path in ("/", "/ledger", "/study", "/programme", "/rules", "/plans"):
        assert f"今天有 2 个活动，这里是主活动：{FIRST}" in said(visitor, path), path
    assert "今天有 2 个活动" not in said(visitor, "/people")


def test_a_choice_is_followed_kept_and_carried_on(visitor: FlaskClient) -> None:
    page = said(visitor, "/?campaign=c2")

    assert "三必谈" in page
    assert f"您在看：{NEXT}（今天的主活动是：{FIRST}）" in text_of(page)
    assert 'href="/ledger?campaign=c2"' in page
    assert '<input type="hidden" name="campaign" value="c2">' in page
    for path in ("/", "/ledger", "/rules"):
        again = said(visitor, path)
        assert "三必谈" in again, path
    assert NEXT in said(visitor, "/progress").partition("<main")[2]
    assert FIRST not in said(visitor, "/progress").partition("<main")[2]
    assert "2015年4月27日" in said(visitor, "/programme")
    assert "2015年12月23日" in said(visitor, "/programme")


def test_choosing_what_today_means_forgets_the_choice(visitor: FlaskClient) -> None:
    said(visitor, "/?campaign=c2")
    said(visitor, "/?campaign=c1")

    assert "四必谈" in said(visitor, "/")
    assert "campaign=" not in said(visitor, "/").partition("</header>")[2]


def test_an_address_speaks_before_the_choice(visitor: FlaskClient) -> None:
    said(visitor, "/?campaign=c2")

    assert "四必谈" in said(visitor, "/ledger?campaign=c1")
    assert "四必谈" in said(visitor, "/?rule_set=RS1")


def test_rules_are_applied_in_the_campaign_that_was_chosen(three: Flask, visitor: FlaskClient) -> None:
    post(visitor, "/rules?campaign=b2014", {"source": "cn.branch-yearly", "branch": "B1"})

    with three.app_context():
        applied = {row.campaign: row.preset for row in rules.applied(db.session(), OPERATOR)}
    assert applied["b2014"] == "cn.branch-yearly"
    assert "支部" in text_of(said(visitor, "/?campaign=b2014"))


def test_a_milestone_is_moved_in_the_campaign_that_was_chosen(visitor: FlaskClient) -> None:
    path = "/programme/milestones/democratic_life_meeting?campaign=c2"
    page = post(visitor, path, {"day": "2015-12-24", "accept": "1"}, follow_redirects=True).text

    assert "2015年12月24日" in page
    assert "2014年8月20日" in said(visitor, "/programme?campaign=c1")


def test_a_booking_belongs_to_the_chosen_campaign_if_that_lasts_on_its_day(three: Flask, visitor: FlaskClient) -> None:
    values = {
        "kind": "meeting",
        "title": "支委会",
        "audience": "committee:B1",
        "start": "09:00",
        "minutes": "60",
        "room": "",
    }
    for day in ("2014-08-29", "2015-06-01"):
        post(visitor, "/bookings?campaign=b2014", {**values, "day": day})

    with three.app_context():
        from scheduler.store import load

        made = [booking.campaign for booking in load.bookings(db.session()) if booking.title == "支委会"]
    assert made[-2:] == ["b2014", "c2"]


def test_the_list_of_bookings_follows_a_choice_and_the_calendar_shows_all(visitor: FlaskClient) -> None:
    path = "/bookings?view=list&first=2014-08-01"

    assert "党组专题民主生活会" in said(visitor, path)
    chosen = text_of(said(visitor, f"{path}&campaign=b2014"))
    assert "党组专题民主生活会" not in chosen
    assert f"只列这个活动的日程（周历和月历列出全部）：{BRANCHES}" in chosen
    assert "党组专题民主生活会" in said(visitor, "/bookings?day=2014-08-20&campaign=b2014")


def test_a_closed_campaign_says_so(three: Flask, visitor: FlaskClient) -> None:
    with three.app_context():
        register.set_open(db.session(), OPERATOR, CampaignId("c2"), CLOCK, is_open=False)

    assert f"已归档，只能查看：{NEXT}" in text_of(said(visitor, "/?campaign=c2"))


def test_an_unknown_campaign_is_not_there_and_a_forgotten_one_no_matter(visitor: FlaskClient) -> None:
    answer = visitor.get("/?campaign=c9")
    assert (answer.status_code, "没有这个活动：c9" in answer.text) == (404, True)

    visitor.set_cookie("campaign", "c9")
    assert "四必谈" in said(visitor, "/")


def test_a_member_sees_which_campaigns_there_are(three: Flask, member: FlaskClient) -> None:
    assert three
    assert BRANCHES in head(said(member, "/me"))
    assert "campaign=c2" in member.get("/me?campaign=c2").headers.get("Set-Cookie", "")
