"""Runs of the planner on the pages: listed, watched, stopped, tried again."""

from dataclasses import replace

from flask import Flask
from flask.testing import FlaskClient

from scheduler.core.arranging.runs import RunError, RunProgress
from scheduler.core.ground.ids import PlanRunId
from scheduler.core.plans.problems import Goal
from scheduler.services.arranging import attempts as plan_attempts
from scheduler.services.ground import schema
from scheduler.store.arranging import load as load_plans
from tests.services import planned
from tests.web.arranged import a_draft, ask, config_of
from tests.web.coverage.test_home import text_of
from tests.web.visiting import post


def test_an_empty_list_says_what_to_do(organizer: FlaskClient, supervisor: FlaskClient) -> None:
    assert "还没有排过" in organizer.get("/plans").text
    assert 'href="/plans/new"' in organizer.get("/plans").text
    assert "/plans/new" not in supervisor.get("/plans").text


def test_a_queued_run_is_watched_without_script_too(organizer: FlaskClient) -> None:
    ask(organizer)

    page = organizer.get("/plans/P001").text

    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert 'hx-get="/plans/P001"' in page
    assert "马上开始" in page
    assert "等待中" in text_of(organizer.get("/plans").text)


def test_a_running_run_tells_how_far_it_is(organizer: FlaskClient, site_app: Flask) -> None:
    run_id = ask(organizer, fewest_changes="1")
    with schema.opened(config_of(site_app).database_url) as session:
        mine = plan_attempts.claim(session, run_id, planned.CLOCK)
        assert mine
        values, bounds = {Goal.UNPLACED: 2, Goal.MOVED: 3}, {Goal.UNPLACED: 0, Goal.MOVED: 1}
        assert plan_attempts.heartbeat(session, mine, RunProgress(4.0, 6, 8, values, bounds), planned.CLOCK)

    told = text_of(organizer.get("/plans/P001").text)

    assert "6 / 8 项已有位置" in told
    assert "排下 6 项，2 项暂时没有排下" in told
    assert "改期 3 项，少于 1 项不可能" in told
    assert "最多 3600 秒" in told


def test_a_waiting_run_says_when_nobody_seems_to_carry_it_out(organizer: FlaskClient, site_app: Flask) -> None:
    with schema.opened(config_of(site_app).database_url) as session:
        planned.a_run(session)

    assert "后台进程好像没有在运行" in organizer.get("/plans/P001").text


def test_the_part_that_is_asked_for_by_script_gives_way_to_the_draft(organizer: FlaskClient, site_app: Flask) -> None:
    ask(organizer)
    waiting = organizer.get("/plans/P001", headers={"HX-Request": "true"})
    assert "HX-Refresh" not in waiting.headers
    post(organizer, "/plans/P001/cancel")

    over = organizer.get("/plans/P001", headers={"HX-Request": "true"})

    assert over.headers["HX-Refresh"] == "true"


def test_a_run_is_stopped_and_tried_again(organizer: FlaskClient) -> None:
    ask(organizer)

    stopped = post(organizer, "/plans/P001/cancel", follow_redirects=True).text

    assert "停下时还没有可用的草案" in stopped
    assert "http-equiv" not in stopped
    again = post(organizer, "/plans/P001/again")
    assert again.headers["Location"] == "/plans/P002"


def test_a_run_under_way_stops_in_a_moment(organizer: FlaskClient, site_app: Flask) -> None:
    run_id = ask(organizer)
    with schema.opened(config_of(site_app).database_url) as session:
        assert plan_attempts.claim(session, run_id, planned.CLOCK)

    told = post(organizer, "/plans/P001/cancel", follow_redirects=True).text

    assert "正在停止" in told


def test_a_failed_run_says_why(organizer: FlaskClient, site_app: Flask) -> None:
    run_id = ask(organizer)
    with schema.opened(config_of(site_app).database_url) as session:
        mine = plan_attempts.claim(session, run_id, planned.CLOCK)
        assert mine
        assert plan_attempts.fail(session, mine, RunError.CRASHED, planned.CLOCK)

    page = organizer.get("/plans/P001").text
    english = organizer.get("/plans/P001?lang=en").text

    assert "求解程序意外退出。日程没有变动，可以再试一次。" in text_of(page)
    assert "The solver ended without an answer. The calendar is unchanged" in text_of(english)
    assert "再试一次" in page


def test_a_run_that_ended_without_a_plan_says_so(organizer: FlaskClient, site_app: Flask) -> None:
    run_id = ask(organizer)
    with schema.opened(config_of(site_app).database_url) as session:
        mine = plan_attempts.claim(session, run_id, planned.CLOCK)
        assert mine
        assert plan_attempts.finish(session, mine, None, planned.CLOCK)

    assert "没有草案" in organizer.get("/plans/P001").text


def test_the_best_plan_of_a_run_that_broke_off_is_shown_as_such(organizer: FlaskClient, site_app: Flask) -> None:
    a_draft(site_app, organizer)
    run_id = ask(organizer, minutes="30")
    with schema.opened(config_of(site_app).database_url) as session:
        plan = load_plans.draft_plan(session, PlanRunId("P001"))
        mine = plan_attempts.claim(session, run_id, planned.CLOCK)
        assert plan
        assert mine
        assert plan_attempts.fail(session, mine, RunError.CRASHED, planned.CLOCK, replace(plan, run=run_id))

    told = text_of(organizer.get("/plans/P002").text)

    assert "求解程序意外退出。这是中断前最好的方案。" in told
    assert "失败" in text_of(organizer.get("/plans").text)


def test_overseers_look_and_members_do_not(
    organizer: FlaskClient, supervisor: FlaskClient, branch_organizer: FlaskClient, member: FlaskClient
) -> None:
    ask(organizer)

    watched = supervisor.get("/plans/P001").text

    assert "等待中" in watched
    assert "/plans/P001/cancel" not in watched
    assert post(supervisor, "/plans/P001/cancel").status_code == 403
    assert branch_organizer.get("/plans/P001").status_code == 404
    assert "P001" not in branch_organizer.get("/plans").text
    for path in ("/plans", "/plans/P001", "/plans/new"):
        assert member.get(path).status_code == 403
    assert ">排期<" not in member.get("/me").text
