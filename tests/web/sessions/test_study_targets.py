"""Study targets on their form."""

from flask.testing import FlaskClient

from tests.web.coverage.test_home import text_of
from tests.web.visiting import post

TEAM = {"audience": "leadership_team", "hours": "49学时", "from": "2014-02-26", "by": "2014-11-24", "pro_rata": "1"}


def test_a_target_is_set_changed_and_taken_away(organizer: FlaskClient) -> None:
    assert 'value="2014-11-24"' in organizer.get("/study/targets/new").text
    assert post(organizer, "/study/targets", TEAM).location == "/study"
    page = organizer.get("/study/targets/ST1").text
    assert ('value="49"' in page, 'value="leadership_team" checked' in page) == (True, True)
    post(organizer, "/study/targets/ST1", {**TEAM, "hours": "42"})
    told = text_of(organizer.get("/study").text)
    assert "要求 42 学时" in told
    assert "修改或免除" in told
    assert "仍不够的有" in told or "人人都够" in told
    post(organizer, "/study/targets/ST1/remove", {})
    assert "现在按活动要求的天数" in organizer.get("/study").text


def test_somebody_is_exempt_and_no_more(organizer: FlaskClient) -> None:
    post(organizer, "/study/targets", TEAM)

    wrong = post(organizer, "/study/targets/ST1/exemptions", {"person": "无此人", "exempt_hours": "99"})
    too_many = post(organizer, "/study/targets/ST1/exemptions", {"person": "欧阳慧", "exempt_hours": "99"})
    post(
        organizer,
        "/study/targets/ST1/exemptions",
        {"person": "欧阳慧", "reason": "产假", "granted_by": "沈维岳", "day": "2014-04-01"},
    )

    assert (wrong.status_code, too_many.status_code) == (422, 422)
    assert "没有找到“无此人”" in wrong.text
    assert "不超过 49" in too_many.text
    assert "欧阳慧 49 产假 · 沈维岳批准 · 2014年4月1日" in text_of(organizer.get("/study/targets/ST1").text)
    assert "免除：欧阳慧" in text_of(organizer.get("/study").text)
    assert "已取消免除" in post(organizer, "/study/targets/ST1/exemptions/p06/remove", {}, follow_redirects=True).text
    assert "没有免除" in post(organizer, "/study/targets/ST1/exemptions/p06/remove", {}, follow_redirects=True).text


def test_what_cannot_be_is_told_beside_its_field(organizer: FlaskClient, supervisor: FlaskClient) -> None:
    for change, told in (
        ({"audience": []}, "请至少选一个范围"),
        ({"audience": "nobody"}, "没有“nobody”这一选项"),
        ({"hours": "many"}, "“many”不是学时"),
        ({"hours": "3000"}, "不超过 2000"),
        ({"by": "2014-01-01"}, "不能早于开始日期"),
        ({"from": ""}, "请填写这一项"),
    ):
        refused = post(organizer, "/study/targets", {**TEAM, **change})
        assert (refused.status_code, told in refused.text) == (422, True)
    assert organizer.get("/study/targets/ST9").status_code == 404
    assert supervisor.get("/study/targets/new").status_code == 403


def test_a_closed_campaign_keeps_its_targets(organizer: FlaskClient) -> None:
    post(organizer, "/study/targets", TEAM)
    post(organizer, "/study/targets/ST1/exemptions", {"person": "欧阳慧"})
    from scheduler.core.ground.access import OPERATOR
    from scheduler.core.ground.ids import CampaignId
    from scheduler.extensions import db
    from scheduler.services.campaigns import register
    from tests.builders import a_clock

    with organizer.application.app_context():
        register.set_open(db.session(), OPERATOR, CampaignId("c1"), a_clock(), is_open=False)

    assert post(organizer, "/study/targets/ST1", TEAM).status_code == 409
    assert post(organizer, "/study/targets/ST1/exemptions", {"person": "欧阳慧"}).status_code == 422
    assert "已归档" in post(organizer, "/study/targets/ST1/remove", {}, follow_redirects=True).text
    assert post(organizer, "/study/targets/ST1/exemptions/p06/remove", {}).status_code == 303
