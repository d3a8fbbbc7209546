"""Campaigns at the API: which there are, and every operation about one told which."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from config import ROOT
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import CampaignId
from scheduler.services.imports.run import Upload
from scheduler.services.rules import sets as rules
from tests.builders import a_clock
from tests.services.importing import run
from tests.visitors import a_script

CLOCK = a_clock("2014-08-01T08:00")
KEY = "democratic_life_meeting"
FILES = [ROOT / "sample" / "programme" / f"campaign_{name}.yaml" for name in ("2015", "branch_2014")]
pytestmark = pytest.mark.parametrize("sample_database", ["sqlite"], indirect=True)


@pytest.fixture
def script(sample_app: Flask, sample_session: Session) -> FlaskClient:
    """An organizer's script, with the sample's three campaigns."""
    rules.apply(sample_session, OPERATOR, "cn.four-must-talks-extended", None, CLOCK)
    run(sample_session, *(Upload(path.name, path.read_bytes()) for path in FILES))
    rules.apply(sample_session, OPERATOR, "cn.three-must-talks", None, CLOCK, campaign=CampaignId("c2"))
    return a_script(sample_app, sample_session, "p22")


def ask(script: FlaskClient, request: str, body: object = None, status: int = 200) -> Any:
    method, _, path = request.partition(" ")
    answer = script.open(f"/api/v1/{path}", method=method, json=body)
    assert answer.status_code == status, answer.text
    return answer.json


def test_campaigns_are_listed_and_shown_by_id_and_name(script: FlaskClient) -> None:
    listed = ask(script, "GET campaigns")["campaigns"]

    assert [(one["id"], one["leading"]) for one in listed] == [("b2014", False), ("c1", True), ("c2", False)]
    assert ask(script, "GET campaigns/c2")["milestones"] == {KEY: "2015-12-23"}
    assert ask(script, "GET campaigns/2014年度党支部工作")["id"] == "b2014"


def test_quorum_and_notice_of_a_campaign_are_set(script: FlaskClient) -> None:
    body = {"people": ["p03", "p04"], "minutes": 45, "limit": 1}

    changed = ask(script, "PATCH campaigns/c1", {"notice_workdays": 3})

    assert (changed["notice_workdays"], changed["quorum"]) == (3, "2/3")
    assert ask(script, "PATCH campaigns/c1", {"quorum": "二分之一"})["quorum"] == "1/2"
    assert ask(script, "POST free-times", body)["free_times"][0]["start"][:10] == "2014-08-06"
    assert ask(script, "POST free-times?campaign=c2", body)["free_times"][0]["start"][:10] == "2014-08-04"
    assert ask(script, "PATCH campaigns/c1", {"quorum": "7"}, 422)["errors"][0]["field"] == "quorum"
    ask(script, "PATCH campaigns/c9", {"notice_workdays": 1}, 404)


def test_all_campaigns_are_told_side_by_side(script: FlaskClient) -> None:
    told = ask(script, "GET campaigns/rollup?as_of=2014-08-01")

    assert [(one["id"], one["covered"], one["required"]) for one in told["campaigns"]][:2] == [
        ("b2014", None, None),
        ("c1", 37, 48),
    ]
    assert told["total"]["covered"] == 37
    assert told["total"]["required"] > 48


def test_figures_are_of_the_campaign_that_is_named(script: FlaskClient) -> None:
    usual, other = ask(script, "GET coverage"), ask(script, "GET coverage?campaign=c2")

    assert (usual["campaign"], usual["covered"], usual["required"]) == ("c1", 37, 48)
    assert (other["campaign"], other["rule_set"], other["covered"]) == ("c2", "RS2", 0)
    assert ask(script, "GET requirements?campaign=c2")["requirements"] == other["requirements"]
    assert len(ask(script, "GET ledger")["ledger"]) == 50
    assert ask(script, "GET ledger?campaign=c2")["ledger"] == []
    assert ask(script, "GET study?as_of=2015-06-01&campaign=c2")["asked_hours"] == 21
    assert ask(script, "GET study?campaign=c1")["asked_hours"] == 49


def test_rule_sets_are_listed_by_campaign(script: FlaskClient) -> None:
    assert [one["rule_set"] for one in ask(script, "GET rule-sets")["rule_sets"]] == ["RS1", "RS2"]
    assert ask(script, "GET rule-sets?campaign=c2")["rule_sets"] == [
        {"rule_set": "RS2", "preset": "cn.three-must-talks", "for": None, "leading": True, "campaign": "c2"}
    ]


def test_a_booking_is_made_in_a_campaign_moved_to_another_and_listed_by_it(script: FlaskClient) -> None:
    body = {"kind": "meeting", "people": ["p02"], "start": "2014-08-29T09:00", "minutes": 30}
    ask(script, "POST bookings/check?campaign=b2014", body)
    made = ask(script, "POST bookings?campaign=b2014", body, 201)["id"]

    assert [one["id"] for one in ask(script, "GET bookings?campaign=b2014")["bookings"]] == [made]
    ask(script, f"PATCH bookings/{made}?campaign=c1", {"version": 1, "title": "会"})
    assert ask(script, "GET bookings?campaign=b2014")["bookings"] == []
    assert ask(script, f"GET bookings/{made}")["campaign"] == "c1"


def test_sessions_and_plans_are_asked_for_in_a_campaign(script: FlaskClient) -> None:
    series = {
        "kind": "meeting", "audience": ["leadership_team"], "minutes": 60, "count": 1, "from": "2014-09-01", "to": "2014-09-30",
    }  # fmt: skip
    proposed = ask(script, "POST series?campaign=b2014", series)["sessions"][0]
    chosen = [{"start": proposed["start"], "room": proposed["room"]}]
    booked = ask(script, "POST series/book?campaign=b2014", {**series, "sessions": chosen}, 201)

    assert ask(script, f"GET bookings/{booked['booked'][0]}")["campaign"] == "b2014"
    assert ask(script, "POST plans?campaign=c2", {}, 202)["rule_set"] == "RS2"
    assert [run["rule_set"] for run in ask(script, "GET plans?campaign=c2")["plans"]] == ["RS2"]
    assert ask(script, "GET plans?campaign=c1")["plans"] == []
    assert ask(script, "GET study-targets?campaign=c2")["targets"] == []
    ask(script, "GET study-targets?campaign=c9", status=404)
    assert ask(script, "GET batches?campaign=c2")["batches"] == []
    assert "谈话方案" in ask(script, "POST plans?campaign=b2014", {}, 404)["detail"]


def test_a_feed_is_of_a_campaign_or_limited_to_one(script: FlaskClient) -> None:
    limited = ask(script, "POST feeds", {"person": "p22", "campaign": "c2"}, 201)
    whole = ask(script, "POST feeds", {"campaign": "2014年度党支部工作"}, 201)

    assert (limited["person"], limited["campaign"]) == ("p22", "c2")
    assert (whole["person"], whole["campaign"]) == (None, "b2014")


@pytest.mark.parametrize(
    ("request_line", "body"),
    [
        ("GET campaigns/c9", None),
        ("GET coverage?campaign=c9", None),
        ("GET requirements?campaign=c9", None),
        ("GET ledger?campaign=c9", None),
        ("GET study?campaign=c9", None),
        ("GET rule-sets?campaign=c9", None),
        ("GET bookings?campaign=c9", None),
        (
            "POST bookings?campaign=c9",
            {"kind": "meeting", "people": ["p02"], "start": "2014-08-29T09:00", "minutes": 30},
        ),
        ("POST plans?campaign=c9", {}),
        ("POST feeds", {"person": "p22", "campaign": "c9"}),
        (f"PUT milestones/{KEY}?campaign=c9", {"day": "2014-08-21"}),
    ],
)
def test_an_unknown_campaign_is_not_found_and_named(script: FlaskClient, request_line: str, body: object) -> None:
    problem = ask(script, request_line, body, 404)

    assert (problem["type"], problem["detail"]) == ("urn:tanxin:not_found", "没有这个活动：c9")


def test_a_name_that_several_bear_is_asked_about(script: FlaskClient, sample_session: Session) -> None:
    text = "activity: {id: c7, name_zh: 2014年度党支部工作, starts: '2016-01-01', ends: '2016-12-31'}"
    run(sample_session, Upload("again.yaml", text.encode()))

    problem = ask(script, "GET coverage?campaign=2014年度党支部工作", status=422)
    assert problem["errors"][0]["field"] == "campaign"
