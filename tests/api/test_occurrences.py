"""Occurrences over the API, for organizers alone."""

import re

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import PersonId
from scheduler.services.feeds import content
from scheduler.services.rules import sets as rule_sets
from tests.builders import a_clock
from tests.visitors import a_script

pytestmark = pytest.mark.parametrize("sample_database", ["sqlite"], indirect=True)


def told(session: Session, person: str) -> bytes | None:
    """The day of the deadline in somebody's calendar."""
    session.rollback()
    found = re.search(rb"VALUE=DATE:(\d+)", content.once(session, PersonId(person), a_clock(), "zh", ""))
    return found and found[1]


def test_occurrence_is_entered_listed_given_somebody_to_talk_and_taken_back(
    sample_app: Flask, sample_session: Session
) -> None:
    rule_sets.apply(sample_session, OPERATOR, "cn.five-must-talks-events", None, a_clock())
    organizer = a_script(sample_app, sample_session, "p22")

    added = organizer.post("/api/v1/occurrences", json={"kind": "困难", "person": "p27", "date": "2014-07-28"})
    number = added.json["id"]

    assert (added.status_code, added.json["kind"]) == (201, "difficulty")
    assert [(f["kind"], f["subject"], f["occurrence"]) for f in added.json["findings"]] == [
        ("empty_pool", "p27", number)
    ]
    with organizer.put(f"/api/v1/occurrences/{number}/partner", json={"partner": "p02"}) as answer:
        chosen = answer.json
    assert [talk["people"] for talk in chosen["talks"]] == [["p02", "p27"]]
    assert {name: told(sample_session, name) for name in ("p02", "p27", "p28")} == {
        "p02": b"20140804", "p27": b"20140804", "p28": None,
    }  # fmt: skip
    assert organizer.get("/api/v1/occurrences?person=p27").json == {"occurrences": [chosen]}
    assert organizer.get("/api/v1/occurrences?person=p28").json == {"occurrences": []}
    with organizer.delete(f"/api/v1/occurrences/{number}") as answer:
        assert answer.json == {"id": number, "talks": []}
    assert told(sample_session, "p02") is None
    assert organizer.delete(f"/api/v1/occurrences/{number}").status_code == 404


def test_unknown_word_is_refused_with_the_words(sample_app: Flask, sample_session: Session) -> None:
    organizer = a_script(sample_app, sample_session, "p22")

    answer = organizer.post("/api/v1/occurrences", json={"kind": "nonsense", "person": "p27", "date": "2014-07-28"})

    assert answer.status_code == 422
    assert "受到表彰 award" in answer.text
