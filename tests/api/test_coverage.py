"""Coverage, ledger and study hours over the API, on the sample organisation."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.services.rules import sets as rules
from tests.small_organisation import CLOCK
from tests.visitors import a_script

pytestmark = pytest.mark.parametrize("sample_database", ["sqlite"], indirect=True)


@pytest.fixture
def applied(sample_session: Session) -> Session:
    rules.apply(sample_session, OPERATOR, "cn.four-must-talks-extended", None, CLOCK)
    return sample_session


@pytest.fixture
def supervisor(sample_app: Flask, applied: Session) -> FlaskClient:
    return a_script(sample_app, applied, "s01")


def test_coverage_has_the_words_and_numbers_of_the_command_line(supervisor: FlaskClient) -> None:
    found: dict[str, Any] = supervisor.get("/api/v1/coverage?as_of=2014-08-01").json

    assert (found["as_of"], found["rule_set"]) == ("2014-08-01", "RS1")
    assert (found["required"], found["covered"], found["rate"]) == (48, 37, 77.1)
    assert {rule: found["by_rule"][rule] for rule in ("R1", "R2", "R3", "R4")} == {
        "R1": [7, 7],
        "R2": [17, 21],
        "R3": [9, 13],
        "R4": [5, 8],
    }
    assert found["states"] == {"covered": 37, "booked": 2, "awaiting_confirmation": 1, "open": 8}
    assert found["optional"] == {"required": 6, "covered": 4}
    assert found["rows"]["p03"] == [8, 10]
    assert len(found["requirements"]) == 54


def test_requirements_are_those_of_the_coverage(supervisor: FlaskClient) -> None:
    coverage = supervisor.get("/api/v1/coverage").json
    requirements = supervisor.get("/api/v1/requirements?rule_set=RS1").json

    assert requirements["requirements"] == coverage["requirements"]
    assert sorted(requirements) == ["as_of", "campaign", "requirements", "rule_set"]


def test_the_ledger_says_why_a_talk_does_not_count(supervisor: FlaskClient) -> None:
    lines = {line["id"]: line for line in supervisor.get("/api/v1/ledger?as_of=2014-08-01").json["ledger"]}

    assert len(lines) == 50
    assert {name: lines[name]["why_not"] for name in ("T039", "T040", "T043", "T044", "T045")} == {
        "T039": "outside_window",
        "T040": "cancelled",
        "T043": "group_talk",
        "T044": "mode_not_allowed",
        "T045": "unconfirmed",
    }
    assert (lines["T032"]["counts"], lines["T032"]["covers"], lines["T046"]["extra"]) == (True, [], True)


def test_study_hours_are_told_per_person(supervisor: FlaskClient) -> None:
    found = supervisor.get("/api/v1/study?as_of=2014-08-20").json

    assert (found["asked_hours"], found["offered_hours"], found["met"], found["of"]) == (49, 51.0, 6, 8)
    assert found["people"]["p06"] == {"hours": 48.0, "missing": 1.0, "met": False, "asked": 49.0}


@pytest.mark.parametrize("path", ["coverage", "requirements", "ledger", "study"])
def test_members_do_not_see_who_has_talked_with_whom(sample_app: Flask, applied: Session, path: str) -> None:
    member = a_script(sample_app, applied, "p27")

    assert member.get(f"/api/v1/{path}").status_code == 403


def test_rule_sets_and_days_that_are_not_there_are_told(supervisor: FlaskClient) -> None:
    assert supervisor.get("/api/v1/coverage?rule_set=RS9").status_code == 404
    assert supervisor.get("/api/v1/coverage?as_of=2014-02-30").json["errors"][0]["field"] == "as_of"


def test_without_a_rule_set_there_is_no_coverage(sample_app: Flask, sample_session: Session) -> None:
    assert a_script(sample_app, sample_session, "s01").get("/api/v1/coverage").status_code == 404


def test_what_if_says_what_an_appointment_and_a_table_would_do(sample_app: Flask, applied: Session) -> None:
    organizer = a_script(sample_app, applied, "p22")
    body = {"appointments": [{"what": "join", "person": "p12", "place": "leadership_team"}], "as_of": "2014-08-01"}
    shown = organizer.post("/api/v1/what-if", json=body).json
    assert [(each["rule_set"], each["after"]["required"], len(each["comes"])) for each in shown["rule_sets"]] == [
        ("RS1", 56, 8)
    ]
    table = {"name": "units.csv", "text": "编号,名称,类别,负责人\nD01,办公室,dept,\n"}
    shown = organizer.post("/api/v1/what-if", json={"tables": [table]}).json
    assert shown["rule_sets"][0]["after"]["required"] == 47
    assert organizer.get("/api/v1/coverage").json["required"] == 48


@pytest.mark.parametrize(
    ("appointment", "status"),
    [
        ({"what": "head", "person": "p12"}, 422),
        ({"what": "join", "person": "p99", "place": "leadership_team"}, 404),
        ({"what": "promote", "person": "p12", "place": "D01"}, 422),
    ],
)
def test_what_if_refuses_what_is_not_there(
    sample_app: Flask, applied: Session, appointment: dict[str, str], status: int
) -> None:
    organizer = a_script(sample_app, applied, "p22")
    answer = organizer.post("/api/v1/what-if", json={"appointments": [appointment]})
    assert answer.status_code == status


def test_what_if_tells_nothing_to_those_who_may_not_import(supervisor: FlaskClient) -> None:
    body = {"appointments": [{"what": "leave", "person": "p03"}]}
    answer = supervisor.post("/api/v1/what-if", json=body)
    assert answer.status_code == 403
    assert "文静" not in answer.text
