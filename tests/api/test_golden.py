"""Every answer of the API, held against the one that is kept."""

from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from config import ROOT
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import PlanRunId
from scheduler.services.imports import run as imports
from scheduler.store.arranging import load as load_plans
from tests import golden
from tests.api.described import description
from tests.services import planned
from tests.small_organisation import CLOCK
from tests.visitors import a_script

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("sample_database", ["sqlite"], indirect=True)]
PROGRAMME = ROOT / "sample" / "programme"
TALK: dict[str, Any] = {"kind": "talk", "people": ["p04", "p15"], "start": "2014-08-14T09:00", "minutes": 45}
SERIES: dict[str, Any] = {
    "kind": "study_session",
    "audience": ["leadership_team"],
    "minutes": 120,
    "from": "2014-08-11",
    "to": "2014-08-29",
    "apart": 2,
    "per_week": 2,
    "half_days": ["Wed-pm", "Fri-pm"],
}


class Story:
    """Asks one thing after the other, and keeps what is answered."""

    def __init__(self, app: Flask, session: Session) -> None:
        self.scripts = {name: a_script(app, session, name) for name in ("p04", "p08", "p15", "p22")}
        self.scripts["nobody"] = app.test_client()
        self.answers: dict[str, Any] = {}

    def __call__(
        self, name: str, request: str, body: Mapping[str, object] | None = None, *, status: int = 200, by: str = "p22"
    ) -> Any:
        method, _, path = request.partition(" ")
        script: FlaskClient = self.scripts[by]
        said = script.open(f"/api/v1/{path}", method=method, json=body)
        assert said.status_code == status, said.get_data(as_text=True)
        self.answers[name] = said.json
        return said.json


def test_every_answer_is_the_one_that_is_kept(sample_app: Flask, sample_session: Session) -> None:
    planned.a_campaign(sample_session)
    ask = Story(sample_app, sample_session)

    _about_the_organisation(ask)
    _about_coverage(ask)
    _about_bookings(ask)
    _about_swaps(ask)
    _about_proposals(ask)
    _about_series(ask)
    _about_attendance(ask)
    _about_study_targets(ask)
    _about_plans(ask, sample_session)
    _about_feeds(ask)
    _about_the_programme(ask, sample_session)

    operations = [operation for methods in description()["paths"].values() for operation in methods.values()]
    assert sample_app.extensions["described"] == {operation["operationId"] for operation in operations}
    assert golden.differences("api", ask.answers) == []


def _about_the_organisation(ask: Story) -> None:
    ask("me", "GET me")
    ask("me-nobody", "GET me", status=401, by="nobody")
    ask("people", "GET people")
    ask("person", "GET people/p02")
    ask("person-missing", "GET people/p999?lang=en", status=404)
    ask("rooms", "GET rooms")
    ask("campaigns", "GET campaigns")
    ask("campaign", "GET campaigns/c1")
    ask("campaign-terms", "PATCH campaigns/c1", {"notice_workdays": 1})
    ask("campaigns-rollup", "GET campaigns/rollup")
    ask("campaign-missing", "GET campaigns/c9", status=404)
    milestone = "PUT milestones/democratic_life_meeting"
    ask("milestone", f"{milestone}?dry_run=true", {"day": "2014-08-18"})
    ask("milestone-refused", milestone, {"day": "2014-08-27"}, status=409)
    ask("milestone-outside", f"{milestone}?campaign=c1", {"day": "2013-01-01"}, status=409)
    told = {"kind": "受到表彰", "person": "p30", "date": "2014-07-10"}
    ask("occurrence-entered", "POST occurrences", told, status=201)
    ask("occurrence-unknown", "POST occurrences", told | {"kind": "nonsense"}, status=422)
    ask("occurrence-partner", "PUT occurrences/1/partner", {"partner": "p02"})
    ask("occurrences", "GET occurrences")
    ask("occurrence-undone", "DELETE occurrences/1")


def _about_coverage(ask: Story) -> None:
    ask("coverage", "GET coverage")
    ask("coverage-forbidden", "GET coverage", status=403, by="p15")
    ask("requirements", "GET requirements?as_of=2014-07-15&lang=en")
    ask("ledger", "GET ledger")
    ask("ledger-odd", "GET ledger/odd")
    ask("load", "GET load?from=2014-08-18&to=2014-08-31&person=p03")
    ask("load-refused", "GET load?person=p04", status=403, by="p15")
    ask("what-if", "POST what-if", {"appointments": [{"what": "join", "person": "p12", "place": "leadership_team"}]})
    ask("what-if-of-nothing", "POST what-if", {}, status=422)
    ask("study", "GET study?as_of=2014-08-20")
    ask("report", "GET report?month=2014-06")
    ask("paper-of-no-kind", "GET papers/letter", status=422)
    ask("report-of-a-branch-as-known-on", "GET report?month=2014-06&branch=B1&known_on=2014-07-05")
    ask("rule-sets", "GET rule-sets?campaign=c1")
    ask("coverage-no-campaign", "GET coverage?campaign=c9", status=404)


def _about_bookings(ask: Story) -> None:
    ask("bookings", "GET bookings?from=2014-08-01&to=2014-08-20")
    ask("bookings-busy", "GET bookings?from=2014-08-01&to=2014-08-20", by="p15")
    ask("booking-check", "POST bookings/check", TALK | {"start": "2014-08-16T07:00", "room": "R01"})
    ask("booking-made", "POST bookings", TALK, status=201)
    ask("booking-refused", "POST bookings", TALK | {"room": "R04"}, status=409)
    ask("booking-malformed", "POST bookings", TALK | {"start": "soon", "minutes": "45"}, status=422)
    ask("booking-no-such-day", "POST bookings", TALK | {"start": "2014-02-30T09:00"}, status=422)
    ask("booking", "GET bookings/T051")
    ask("booking-changed", "PATCH bookings/T051?lang=en", {"version": 1, "room": "R04"})
    ask("booking-outdated", "PATCH bookings/T051", {"version": 1, "room": "R05"}, status=409)
    ask("booking-confirmed", "POST bookings/T045/confirm", {})
    ask("free-times", "POST free-times", {"people": ["p04", "p08"], "limit": 4})
    audience = {"audience": ["leadership_team"], "kind": "meeting", "from": "2014-08-11", "limit": 4}
    ask("free-times-audience", "POST free-times", audience)


def _about_proposals(ask: Story) -> None:
    talk = {"kind": "talk", "people": ["p04", "p08"], "start": "2014-08-13T15:00", "minutes": 45}
    for name, deed, answering in (("declined", "decline", "p04"), ("withdrawn", "withdraw", "p08")):
        number = ask("talk-proposed", "POST bookings", talk, status=201, by="p08")["proposal"]
        ask("proposals", "GET proposals")
        ask(f"proposal-{name}", f"POST proposals/{number}/{deed}", by=answering)
    number = ask("talk-proposed", "POST bookings", talk, status=201, by="p08")["proposal"]
    made = ask("proposal-accepted", f"POST proposals/{number}/accept", by="p04")["booking"]
    ask("proposal-too-late", f"POST proposals/{number}/accept", status=409, by="p04")
    ask("booking-cancelled", f"DELETE bookings/{made}")


def _about_swaps(ask: Story) -> None:
    times = ask("swap-times", "GET bookings/T051/swap-times?from=2014-08-11", by="p15")["free_times"]
    ask.answers["swap-times"]["free_times"] = times[:3]
    for name, deed, answering in (("declined", "decline", "p04"), ("withdrawn", "withdraw", "p15")):
        made = ask("swap-proposed", "POST bookings/T051/swaps", {"start": times[0]["start"]}, status=201, by="p15")
        ask(f"swap-{name}", f"POST swaps/{made['id']}/{deed}", by=answering)
    made = ask("swap-proposed", "POST bookings/T051/swaps", {"start": times[1]["start"]}, status=201, by="p15")
    ask("swaps", "GET swaps", by="p04")
    ask("swap-accepted", f"POST swaps/{made['id']}/accept", by="p04")
    ask("swap-too-late", f"POST swaps/{made['id']}/accept", status=409, by="p04")
    ask("booking-cancelled", "DELETE bookings/T051")


def _about_series(ask: Story) -> None:
    proposal = ask("series", "POST series", SERIES | {"count": 2})
    sessions = [{"start": session["start"], "room": session["room"]} for session in proposal["sessions"]]
    ask("series-partial", "POST series?lang=en", SERIES | {"count": 6})
    ask("series-need", "POST series", SERIES | {"reach_by": "2014-08-20"})
    ask("series-booked", "POST series/book", SERIES | {"count": 2, "sessions": sessions}, status=201)
    ask("series-refused", "POST series/book", SERIES | {"count": 2, "sessions": sessions}, status=409)
    order = {"kind": "meeting", "people": ["p22", "p23"], "minutes": 30, "from": "2014-09-01", "to": "2014-09-30"}
    ask("series-regular", "POST series/regular", order | {"at": "16:30", "by": "workday", "nth": -1, "title": "碰头"})
    ask("many", "POST bookings/many", {"act": "cancel", "bookings": ["S27", "S99"]})
    ask("many-back", "POST bookings/many", {"act": "restore", "bookings": ["S27"]})


def _about_study_targets(ask: Story) -> None:
    target = {"audience": ["leadership_team"], "hours": 49, "from": "2014-02-26", "by": "2014-11-24", "pro_rata": True}
    ask("add-study-target", "POST study-targets", target, status=201)
    ask("study-targets", "GET study-targets")
    ask("change-study-target", "PATCH study-targets/ST1", {"hours": 42})
    ask("put-study-exemption", "PUT study-targets/ST1/exemptions/p06", {"hours": 7, "reason": "病假"})
    ask("remove-study-exemption", "DELETE study-targets/ST1/exemptions/p06")
    ask("remove-study-target", "DELETE study-targets/ST1")


def _about_attendance(ask: Story) -> None:
    given = {"p06": {"status": "on_leave", "reason": "病假", "makeup_date": "2014-08-11"}, "p01": {"status": "late"}}
    ask("attendance-recorded", "PUT bookings/E09/attendance", {"people": given})
    ask("attendance", "GET bookings/E10/attendance")
    ask("attendance-too-early", "PUT bookings/E10/attendance", {"people": {"p01": {"status": "late"}}}, status=409)
    wrong = {"p01": {"status": "late", "makeup_date": "2014-08-11"}}
    ask("attendance-wrong", "PUT bookings/E09/attendance", {"people": wrong}, status=422)
    ask("attendance-denied", "GET bookings/E09/attendance", status=403, by="p08")
    ask(
        "guests-invited",
        "POST bookings/E04/guests",
        {"guests": [{"name": "王五", "unit": "某厂"}], "kinds": ["model_worker"]},
    )
    ask("guests-attended", "PUT bookings/E04/guest-attendance", {"guests": {"L01": "late"}})
    ask("guest-removed", "DELETE bookings/E04/guests/L02")
    ask("guests", "GET bookings/E04/guests", by="p08")


def _about_plans(ask: Story, session: Session) -> None:
    ask("plan-asked", "POST plans", {"seed": 7}, status=202)
    _carry_out(session, "P001")
    taken = ask("plan", "GET plans/P001?check=true")["placements"][1]
    again = ask("plan-again", "POST plans/P001/again", {"options": {"minutes": 60}}, status=202)
    ask("plan-waiting", f"GET plans/{again['id']}")
    ask("plan-cancelled", f"POST plans/{again['id']}/cancel")
    ask("plans", "GET plans")
    moved = {"start": taken["start"], "room": taken["room"]}
    ask("placement-refused", "PATCH plans/P001/placements/1", moved, status=409)
    ask("placement", "PATCH plans/P001/placements/1", {"start": "2014-08-13T16:00", "pinned": True})
    ask("booking-in-its-way", "POST bookings", TALK | {"start": "2014-08-13T16:00"}, status=201)
    ask("plan-release-refused", "POST plans/P001/release", {}, status=409)
    ask("plan-released", "POST plans/P001/release", {"only_what_fits": True})
    ask("plan-asked-again", "POST plans", {"seed": 8}, status=202)
    _carry_out(session, "P003")
    ask("plan-discarded", "POST plans/P003/discard")
    ask("booking-unconfirmed", "POST bookings/T045/unconfirm", {})
    ask("booking-linked", "POST bookings/T045/link", {"rule_set": "RS1"})
    ask("booking-unlinked", "POST bookings/T045/unlink", {"rule_set": "RS1"})
    ask("rule-set-linked", "POST rule-sets/RS1/link-all-in-window", {})
    ask("booking-not-begun", "POST bookings/T041/confirm", {}, status=409)


def _carry_out(session: Session, run_id: str) -> None:
    """An hour after everything that was asked so far: the application's clock runs."""
    session.rollback()
    planned.carried_out(session, load_plans.run(session, PlanRunId(run_id)), planned.later(3600))


def _about_feeds(ask: Story) -> None:
    ask("feed-issued", "POST feeds", {"language": "en", "alarm": 15, "back": 7}, status=201)
    ask("feed-of-a-device", "POST feeds", {"device": "手机"}, status=201)
    ask("feeds", "GET feeds")
    ask("feed-rotated", "POST feeds/F1/rotate")
    ask("feed-revoked", "DELETE feeds/F1")


def _about_the_programme(ask: Story, session: Session) -> None:
    session.rollback()
    uploads = [imports.Upload(path.name, path.read_bytes()) for path in sorted(PROGRAMME.glob("*.csv"))]
    assert not imports.run(session, OPERATOR, uploads, None, dry_run=False, clock=CLOCK).errors
    ask("programme", "GET programme?as_of=2014-08-01")
    ask("tasks", "GET tasks?as_of=2014-11-05")
    ask("task-done", "PUT tasks/Z03", {"state": "done"})
    ask("task-led", "PUT tasks/Z02/leader", {"person": "p03"})
    ask("visits", "GET visits?as_of=2014-05-05")
    ask("materials", "GET materials?as_of=2014-06-05")
    ask("material-step", "POST materials/M04/steps", {"step": "submitted"})
    ask("material-step-denied", "POST materials/M04/steps", {"step": "signed_off"}, status=403)
    ask("opinions", "GET opinions?as_of=2014-04-20")
    ask("opinion-received", "POST opinions/O23/receive", {"on": "2014-05-05"})
    ask("opinion-waived", "POST opinions/O23/waive", {})
    ask("batches", "GET batches")
    ask("batch-put", "POST batches/B01/people", {"people": [{"contact": "m01", "name": "赵一"}]})
    ask("batch-full", "POST batches/B01/people", {"people": [{"contact": "m02"}]}, status=409)
    ask("frequencies", "GET frequencies?year=2014&branch=B1&as_of=2014-08-01")
    ask("frequency-exempt", "PUT frequencies/F1/B3/2014-07", {"reason": "换届"})
    ask("frequency-asked-again", "PUT frequencies/F1/B3/2014-07", {"reason": None})
    ask("frequency-booked", "POST frequencies/F1/B3/2014-08/meeting", {}, status=201)
    ask("frequency-not-missing", "POST frequencies/F1/B3/2014-08/meeting", {}, status=409)
    ask("gate", "GET bookings/E10/gate?as_of=2014-08-06")
    ask("gate-ticked", "PUT bookings/E10/gate/c6", {})
    ask("gate-not-theirs", "PUT bookings/E10/gate/c5", {"step": "returned"}, status=403)
    ask("gate-sent", "PUT bookings/E10/gate/c5", {"step": "submitted"})
    ask("conditions", "GET conditions/meeting")
    own = {"what": "other", "kind": "tick", "name": "会场已定"}
    ask("conditions-set", "PUT conditions/meeting", {"conditions": [own, {"what": "talks", "target": "RS9"}]})
    ask("gate-computed", "PUT bookings/E10/gate/c1", {}, status=409)
    ask("gate-confirm-refused", "POST bookings/E10/gate/confirm", {}, status=409)
    ask("gate-overridden", "POST bookings/E10/gate/confirm", {"override": "区委另有安排"})
    ask("gate-after-too-early", "POST bookings/E10/gate/after", {"opinions": 25}, status=409)
