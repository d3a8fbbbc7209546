"""Runs as lines."""

from flask import Flask
from flask.testing import FlaskClient

from scheduler import edge
from scheduler.core.ground.access import OPERATOR
from scheduler.services.ground import schema
from scheduler.web.arranging.lines import blocks
from tests.services import planned
from tests.web.arranged import a_draft, config_of
from tests.web.coverage.test_home import text_of
from tests.web.visiting import post


def test_a_line_says_what_was_asked_by_whom_and_what_became_of_it(organizer: FlaskClient, site_app: Flask) -> None:
    a_draft(site_app, organizer, fewest_changes="1")
    path = a_draft(site_app, organizer)
    post(organizer, f"{path}/discard")
    with schema.opened(config_of(site_app).database_url) as session:
        planned.a_run(session, OPERATOR)

    told = text_of(organizer.get("/plans").text)

    assert "P001 四必谈并扩大范围 改动最少 ● 草案" in told
    assert "P002 四必谈并扩大范围 × 已放弃 8 / 8 刘向东" in told
    assert "等待中 0 / 8 系统操作员" in told


def test_blocks_are_told_in_minutes(site_app: Flask) -> None:
    with site_app.test_request_context():
        edge.act_as(OPERATOR)
        assert blocks() == (180, 240)
