"""Choosing what is arranged: all that is open, or what is ticked."""

import re

from flask import Flask
from flask.testing import FlaskClient

from scheduler.core.ground.ids import PlanRunId
from scheduler.services.arranging import runs as plan_runs
from scheduler.services.ground import schema
from tests.builders import a_clock
from tests.web import arranged
from tests.web.coverage.test_home import text_of
from tests.web.visiting import post

DAYS = {"from": "2014-08-04", "to": "2014-08-29"}


def only(app: Flask, run_id: str) -> tuple[str, ...]:
    """What a run was asked to arrange alone."""
    from scheduler.core.ground.access import OPERATOR

    with schema.opened(arranged.config_of(app).database_url) as session:
        found = plan_runs.listed_run(session, OPERATOR, PlanRunId(run_id), a_clock())
        return plan_runs.options_of(found.run).only


def keys(client: FlaskClient, path: str = "/plans/new") -> list[tuple[str, bool]]:
    """What can be ticked, and whether it is."""
    found = re.findall(r'name="pick" value="([^"]+)"( checked)?', client.get(path).text)
    return [(key, bool(checked)) for key, checked in found]


def test_form_lists_what_is_open_by_rule_all_ticked(organizer: FlaskClient) -> None:
    told = text_of(organizer.get("/plans/new").text)

    assert "选择排哪些 现在：8 / 8 项" in told
    assert "班子成员相互之间 2 王海波 × 林秀芝 郑守正 × 欧阳慧" in told
    assert len(keys(organizer)) == 8
    assert all(ticked for _, ticked in keys(organizer))


def test_all_ticked_means_all_that_is_open(site_app: Flask, organizer: FlaskClient) -> None:
    picked = [key for key, _ in keys(organizer)]

    run = arranged.ask(organizer, **DAYS, picking="1", pick=picked)

    assert only(site_app, run) == ()


def test_only_what_is_ticked_is_arranged_and_stays_ticked_when_asked_again(
    site_app: Flask, organizer: FlaskClient
) -> None:
    picked = [key for key, _ in keys(organizer)][:2]

    run = arranged.ask(organizer, **DAYS, picking="1", pick=picked)

    assert only(site_app, run) == tuple(picked)
    again = keys(organizer, f"/plans/new?again={run}")
    assert [key for key, ticked in again if ticked] == picked
    assert "现在：2 / 8 项" in text_of(organizer.get(f"/plans/new?again={run}").text)


def test_optional_ones_come_along_when_they_are_wanted(site_app: Flask, organizer: FlaskClient) -> None:
    picked = [key for key, _ in keys(organizer)][:1]

    run = arranged.ask(organizer, **DAYS, picking="1", pick=picked, optional="1")

    assert len(only(site_app, run)) == 3


def test_nothing_ticked_is_told_beside_the_list(organizer: FlaskClient) -> None:
    refused = post(organizer, "/plans", {**arranged.USUAL, **DAYS, "picking": "1"})

    assert refused.status_code == 422
    assert "请至少选一项。" in refused.text
    assert (
        "没有“nobody”这一选项。"
        in post(organizer, "/plans", {**arranged.USUAL, **DAYS, "picking": "1", "pick": "nobody"}).text
    )


def test_single_one_needs_no_list(organizer: FlaskClient) -> None:
    key = keys(organizer)[0][0]

    page = organizer.get(f"/plans/new?only={key}").text

    assert "只排这一项" in page
    assert 'name="pick"' not in page
