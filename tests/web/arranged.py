"""Runs asked for on the pages, carried out where the test stands."""

from flask import Flask
from flask.testing import FlaskClient

from config import Config
from scheduler.core.ground.ids import PlanRunId
from scheduler.services.arranging import work as plan_work
from scheduler.services.arranging.work import RunSetting
from scheduler.services.ground import schema
from scheduler.store.arranging import load as load_plans
from tests.builders import a_clock
from tests.services import planned
from tests.web.visiting import post

USUAL = {"minutes": "45", "grid": "30", "max_talks_per_day": "3", "seconds": "3600", "rooms": ["R04", "R05", "R07"]}
"""What the form sends when nothing is changed in it, but for its days and for time enough on any machine."""


def config_of(app: Flask) -> Config:
    found: Config = app.config["TANXIN"]
    return found


def ask(client: FlaskClient, **fields: object) -> PlanRunId:
    """Send the form; the run that was asked for."""
    response = post(client, "/plans", {**USUAL, **fields})
    assert response.status_code == 303, response.text
    return PlanRunId(response.headers["Location"].rpartition("/")[2])


def carry_out(app: Flask, run_id: PlanRunId) -> None:
    """Carry a run out by a planner as simple as can be, after everything that was done on the pages: their clock runs on."""
    with schema.opened(config_of(app).database_url) as session:
        planned.carried_out(session, load_plans.run(session, run_id), planned.later(120))


def solve(app: Flask, run_id: PlanRunId) -> None:
    """Carry a run out as the background process does."""
    address = config_of(app).database_url
    plan_work.carry_out(run_id, RunSetting(address, a_clock))


def a_draft(app: Flask, client: FlaskClient, **fields: object) -> str:
    """Ask, and have it carried out; the address of the draft."""
    run_id = ask(client, **{"from": "2014-08-01", **fields})
    carry_out(app, run_id)
    return f"/plans/{run_id}"
