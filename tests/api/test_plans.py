"""Runs of the planner and draft plans over the API."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from config import Config
from scheduler.core.arranging.drafts import DraftPlan
from scheduler.core.ground.ids import PlanRunId, RoomId
from scheduler.services.arranging import queue as plan_queue
from scheduler.services.arranging import runs as plan_runs
from scheduler.store.arranging import load as load_plans
from scheduler.store.arranging import save as save_plans
from tests.services import planned
from tests.visitors import a_script

P001 = PlanRunId("P001")
pytestmark = pytest.mark.parametrize("sample_database", ["sqlite"], indirect=True)


@pytest.fixture
def campaign(sample_session: Session) -> Session:
    planned.a_campaign(sample_session)
    return sample_session


@pytest.fixture
def script(sample_app: Flask, campaign: Session) -> FlaskClient:
    """A script of an organizer."""
    return a_script(sample_app, campaign, "p22")


@pytest.fixture
def plan(script: FlaskClient, campaign: Session) -> DraftPlan:
    """The draft of a run that was asked for."""
    assert script.post("/api/v1/plans", json={}).status_code == 202
    return planned.carried_out(campaign, load_plans.run(campaign, P001))


def test_run_is_asked_for_and_the_worker_is_told(script: FlaskClient, sample_app: Flask) -> None:
    asked = script.post("/api/v1/plans", json={"seconds": 5, "rooms": ["R04"], "from": "2014-08-04"})

    assert asked.status_code == 202
    assert (asked.json["id"], asked.json["state"], asked.json["status"], asked.json["of"]) == (
        "P001",
        "queued",
        None,
        8,
    )
    again = script.post("/api/v1/plans", json={"seconds": 5, "rooms": ["R04"], "from": "2014-08-04"})
    assert again.json["id"] == "P001"
    config: Config = sample_app.config["TANXIN"]
    told: list[str] = []
    queue = plan_queue.open_queue(config.queue, told.append)
    while task := queue.dequeue():
        queue.execute(task)
    assert told == ["P001", "P001"]


def test_how_often_somebody_may_talk_is_kept_with_the_run(script: FlaskClient, campaign: Session) -> None:
    assert script.post("/api/v1/plans", json={"max_talks_per_half_day": 1, "max_talks_per_week": 2}).status_code == 202

    options = plan_runs.options_of(load_plans.run(campaign, P001))

    assert (options.max_talks_per_half_day, options.max_talks_per_day, options.max_talks_per_week) == (1, None, 2)
    odd = script.post("/api/v1/plans", json={"max_talks_per_week": 0})
    assert (odd.status_code, odd.json["errors"][0]["field"]) == (422, "max_talks_per_week")


def test_what_cannot_be_asked_is_named(script: FlaskClient) -> None:
    unknown = script.post("/api/v1/plans", json={"rooms": ["R99"]})
    odd = script.post("/api/v1/plans", json={"seconds": 0})

    assert (unknown.status_code, unknown.json["errors"][0]["field"]) == (422, "rooms")
    assert (odd.status_code, odd.json["errors"][0]["field"]) == (422, "seconds")
    assert script.post("/api/v1/plans", json={"rule_set": "RS9"}).status_code == 404


def test_runs_are_listed_and_watched(script: FlaskClient, plan: DraftPlan) -> None:
    listed = script.get("/api/v1/plans").json["plans"]
    assert [(one["id"], one["state"], one["status"]) for one in listed] == [("P001", "done", "draft")]

    shown = script.get("/api/v1/plans/P001?check=true").json
    assert (shown["version"], len(shown["placements"]), shown["unplaced"]) == (1, 8, [])
    assert shown["placements"][0]["start"] == "2014-08-04T08:30"
    assert shown["placements"][0]["blocking"] == []
    assert script.get("/api/v1/plans/P009").status_code == 404


def test_run_that_waits_has_no_placements(script: FlaskClient) -> None:
    script.post("/api/v1/plans", json={})

    shown = script.get("/api/v1/plans/P001").json
    assert (shown["state"], shown["version"], shown["placements"]) == ("queued", None, [])


def test_run_is_stopped(script: FlaskClient) -> None:
    script.post("/api/v1/plans", json={})

    assert script.post("/api/v1/plans/P001/cancel").json["state"] == "cancelled"


def test_placement_is_moved_pinned_and_let_go(script: FlaskClient, plan: DraftPlan) -> None:
    path = "/api/v1/plans/P001/placements/1"
    moved = script.patch(path, json={"start": "2014-08-13T15:00", "minutes": 30, "room": "R05", "version": 1})

    first = moved.json["placements"][0]
    assert (first["start"], first["minutes"], first["room"], first["pinned"]) == ("2014-08-13T15:00", 30, "R05", True)
    assert moved.json["version"] == 2
    assert script.patch(path, json={"pinned": False}).json["placements"][0]["pinned"] is False
    both = script.patch(path, json={"room": "", "pinned": False, "version": 3}).json
    assert (both["placements"][0]["room"], both["placements"][0]["pinned"], both["version"]) == (None, False, 5)
    assert script.patch(path, json={"pinned": True, "version": 1}).status_code == 409
    assert script.patch(path, json={}).json["version"] == 5


def test_placement_that_would_clash_is_refused(script: FlaskClient, plan: DraftPlan) -> None:
    second = script.get("/api/v1/plans/P001").json["placements"][1]

    refused = script.patch("/api/v1/plans/P001/placements/1", json={"start": second["start"], "room": second["room"]})

    assert refused.status_code == 409
    assert [(f["kind"], f["subject"]) for f in refused.json["findings"]] == [("room_taken", second["room"])]
    assert script.patch("/api/v1/plans/P001/placements/99", json={"pinned": True}).status_code == 404


def test_plan_is_run_again_around_its_pins(script: FlaskClient, plan: DraftPlan, campaign: Session) -> None:
    script.patch("/api/v1/plans/P001/placements/2", json={"pinned": True})

    again = script.post("/api/v1/plans/P001/again", json={})
    other = script.post("/api/v1/plans/P001/again", json={"options": {"minutes": 60}})

    assert [(one.status_code, one.json["id"], one.json["state"]) for one in (again, other)] == [
        (202, "P002", "queued"),
        (202, "P003", "queued"),
    ]
    campaign.rollback()
    draft = planned.carried_out(campaign, load_plans.run(campaign, PlanRunId("P002")))
    assert [one.key for one in draft.placements if one.is_pinned] == [plan.placements[1].key]


def test_release_books_all_and_is_refused_a_second_time(script: FlaskClient, plan: DraftPlan) -> None:
    done = script.post("/api/v1/plans/P001/release", json={"version": 1})

    assert (done.status_code, done.json["ok"], len(done.json["booked"]), done.json["left"]) == (200, True, 8, [])
    again = script.post("/api/v1/plans/P001/release", json={})
    assert (again.status_code, again.json["type"]) == (409, "urn:tanxin:refused")
    shown = script.get("/api/v1/plans/P001").json
    assert shown["placements"][0]["booking"] == "T051"


def test_release_tells_what_does_not_fit(script: FlaskClient, plan: DraftPlan, campaign: Session) -> None:
    campaign.rollback()
    gone = replace(plan.placements[0], room=RoomId("R99"))
    save_plans.draft_plan(campaign, replace(plan, placements=(gone, *plan.placements[1:])))
    campaign.commit()

    refused = script.post("/api/v1/plans/P001/release", json={})
    done = script.post("/api/v1/plans/P001/release", json={"only_what_fits": True})

    assert (refused.status_code, refused.json["findings"][0]["subject"]) == (409, "R99")
    assert (done.status_code, len(done.json["booked"]), done.json["left"][0]["number"]) == (200, 7, 1)


def test_draft_is_discarded(script: FlaskClient, plan: DraftPlan) -> None:
    assert script.post("/api/v1/plans/P001/discard").json == {"ok": True, "id": "P001", "status": "discarded"}
