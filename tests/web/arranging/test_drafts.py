"""The page of a draft: how near to the limit, what it changes, what has no place and why; as a list and as a week."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import PlanRunId
from scheduler.services.arranging import attempts as plan_attempts
from scheduler.services.ground import schema
from scheduler.services.rules import sets as rules
from tests.services import planned
from tests.web.arranged import a_draft, ask, config_of, solve
from tests.web.coverage.test_home import text_of
from tests.web.visiting import post

AWAY = {"person": "文静", "first": "2014-08-05", "last": "2014-08-05", "reason": "出差"}


def test_a_draft_says_how_near_to_the_limit_it_is(organizer: FlaskClient, site_app: Flask) -> None:
    solve(site_app, ask(organizer))

    told = text_of(organizer.get("/plans/P001").text)

    assert "8 项全部排下 ✓ 已是最优（经验证） 4 个半天完成，再少不可能" in told
    assert "最后一次 8月5日 周二 14:15 结束。" in told
    assert "已排的 2 项不变。" in told
    assert "主要限制：邓永昌" in told
    assert "发布 8 项" in told
    english = text_of(organizer.get("/plans/P001?lang=en").text)
    assert "All 8 placed ✓ proven: as good as it gets Done in 4 half-days; fewer is impossible" in english


def test_a_repair_lists_who_moves_from_where_to_where(organizer: FlaskClient, site_app: Flask) -> None:
    assert post(organizer, "/absences", AWAY).status_code == 303
    solve(site_app, ask(organizer, fewest_changes="1"))

    page = organizer.get("/plans/P001").text
    told = text_of(page)

    assert "9 项全部排下 ✓ 已是最优（经验证） 改期 1 项，再少不可能" in told
    assert "已排的其余 1 项不变。" in told
    moved = told.partition("改期 1 ")[2].partition("新排")[0]
    assert re.search(r"文静、邓永昌 8月5日 周二 9:00–9:45 → 8月\d+日", told), moved
    week = organizer.get("/plans/P001?view=week&day=2014-08-05").text
    assert 'class="bk is-leaving is-talk"' in week
    assert "将移走" in week


def test_what_has_no_place_says_why_and_each_way_out_changes_the_question(
    organizer: FlaskClient, supervisor: FlaskClient, site_app: Flask
) -> None:
    solve(site_app, ask(organizer, to="2014-08-04"))

    page = organizer.get("/plans/P001").text
    told = text_of(page)

    assert "排下 6 项，2 项排不下，已证明没有更好的排法" in told
    assert "邓永昌 督导组与班子成员 原因 邓永昌 在 8月4日 17:30 之前与" in told
    assert "改一处就有位置（都试过）" in told
    assert "主要限制" not in told
    (form, href, *_rest) = re.findall(
        r'<form method="post" action="/plans">(.*?)<b>延至8月5日.*?</form><a class="small" href="([^"]+)">', page
    )[0]
    assert 'name="to" value="2014-08-05"' in organizer.get(unescape(href)).text
    sent: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', form):
        sent.setdefault(name, []).append(unescape(value))
    again = organizer.post("/plans", data=sent)
    assert again.headers["Location"] == "/plans/P002"
    solve(site_app, PlanRunId("P002"))
    assert "8 项全部排下" in text_of(organizer.get("/plans/P002").text)
    watched = supervisor.get("/plans/P001").text
    assert "延至8月5日" in watched
    assert 'action="/plans"' not in watched


def test_the_week_shows_the_draft_beside_what_stands(
    organizer: FlaskClient, supervisor: FlaskClient, site_app: Flask
) -> None:
    path = a_draft(site_app, organizer)

    page = organizer.get(f"{path}?view=week").text

    assert page.count('class="bk is-draft is-talk" href="/plans/P001/talks/') >= 2
    assert "第21次集中学习" in page
    assert "/plans/P001?view=week&amp;day=2014-08-04" in page
    assert "/plans/P001?view=week&amp;day=2014-07-21" in page
    watched = supervisor.get(f"{path}?view=week").text
    assert 'class="bk is-draft is-talk"' in watched
    assert "/talks/" not in watched.partition("<main")[2]
    post(organizer, f"{path}/pins", {"number": "1", "pinned": "1"})
    assert "草案，已固定" in organizer.get(f"{path}?view=week").text


def test_what_was_said_of_a_draft_is_marked_as_old_once_it_was_touched(organizer: FlaskClient, site_app: Flask) -> None:
    solve(site_app, ask(organizer))
    post(organizer, "/plans/P001/pins", {"number": "1", "pinned": "1"})

    told = text_of(organizer.get("/plans/P001").text)

    assert "刚排出时：4 个半天完成，再少不可能。" in told
    assert "围绕固定的 1 项重新排" in told
    assert post(organizer, "/plans/P001/again").headers["Location"] == "/plans/P002"
    solve(site_app, PlanRunId("P002"))
    told = text_of(organizer.get("/plans/P002").text)
    assert "以固定的 1 项不动为前提。" in told
    assert "8 项全部排下 ✓ 已是最优（经验证） 4 个半天完成，再少不可能" in told


def test_a_stopped_run_shows_its_best_plan(organizer: FlaskClient, site_app: Flask) -> None:
    run_id = ask(organizer)
    with schema.opened(config_of(site_app).database_url) as session:
        mine = plan_attempts.claim(session, run_id, planned.CLOCK)
        assert mine
        post(organizer, "/plans/P001/cancel")
        session.rollback()
        plan = planned.proposed(session, mine)
        assert plan_attempts.finish(session, mine, plan, planned.CLOCK)

    assert "已停止；这是停下前最好的方案。" in organizer.get("/plans/P001").text


def test_nothing_to_arrange_is_an_empty_draft(organizer: FlaskClient, site_app: Flask) -> None:
    path = a_draft(site_app, organizer)
    post(organizer, f"{path}/release")
    path = a_draft(site_app, organizer)

    page = organizer.get(path).text

    assert "没有需要排的谈话" in page
    assert "/release" not in page
    assert organizer.get(f"{path}?view=week").status_code == 200


@pytest.mark.parametrize("who", ["supervisor", "branch_organizer", "member", "admin"])
def test_nobody_changes_a_draft_who_may_not(
    organizer: FlaskClient, site_app: Flask, request: pytest.FixtureRequest, who: str
) -> None:
    path = a_draft(site_app, organizer)
    visitor: FlaskClient = request.getfixturevalue(who)

    for deed in ("pins", "talks/1", "release", "discard", "again", "cancel"):
        assert post(visitor, f"{path}/{deed}", {"number": "1", "pinned": "1"}).status_code in (403, 404), deed
    seen = visitor.get(path)
    assert (seen.status_code == 200) == (who == "supervisor")
    for name in ("林秀芝", "高富", "潘子墨"):
        assert (name in seen.text) == (who == "supervisor")
    assert "发布 8 项" in organizer.get(path).text


def test_which_occurrence_a_talk_follows_from_is_told_to_organizers_alone(
    organizer: FlaskClient, supervisor: FlaskClient, site_app: Flask
) -> None:
    with schema.opened(config_of(site_app).database_url) as session:
        applied = rules.apply(session, OPERATOR, "cn.five-must-talks-events", None, planned.CLOCK)
    given = {"kind": "discipline", "day": "2014-07-30"}
    assert post(organizer, "/people/p30/occurrences", given).status_code == 303
    path = a_draft(site_app, organizer, rule_set=applied.rule_set)

    own, watched = (client.get(path).text for client in (organizer, supervisor))

    assert own.count("情形类必谈") == 0
    assert "情形类必谈" in watched
