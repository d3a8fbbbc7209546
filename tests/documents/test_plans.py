import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler import wording
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.findings import Finding
from scheduler.core.plans.placements import Placement, Plan, PlanStatus, Repair, SessionPlacement, Unplaced
from scheduler.core.plans.problems import Goal
from scheduler.documents import plans
from tests.documents.test_problems import JSON, put, ways
from tests.problems import a_problem, a_session, a_talk, at

T1, T2 = a_talk("t1"), a_talk("t2", "cd")
PROBLEM = a_problem(T1, T2, sessions=[a_session()])
PLAN = Plan(
    PlanStatus.FEASIBLE,
    (Placement("t1", at("09:00"), "R1", ("a", "b")), Placement("t2", at("10:00"), None, ("c", "d"))),
    (SessionPlacement("s1", at("08:00")), SessionPlacement("s2", at("14:00"), "R1")),
    (Unplaced("t3", (Finding("no_free_start", "c"),), (Repair("more_rooms"),)),),
    {Goal.UNPLACED: 1, Goal.MAKESPAN: 3},
    {Goal.MAKESPAN: 2},
    Finding("room_bound", "R1"),
    1.23456,
)


def a_document() -> dict[str, Any]:
    return {
        "status": "feasible",
        "placements": [
            {"talk": "t1", "start": "2026-03-02T09:00", "room": "R1", "people": ["a", "b"]},
            {"talk": "t2", "start": "2026-03-02T10:00", "room": None, "people": ["c", "d"]},
        ],
        "sessions": [
            {"session": "s1", "start": "2026-03-02T08:00"},
            {"session": "s2", "start": "2026-03-02T14:00", "room": "R1"},
        ],
        "unplaced": [{"talk": "t3", "reasons": ["no_free_start c"], "repairs": ["more_rooms"]}],
        "values": {"unplaced": 1, "makespan": 3},
        "bounds": {"makespan": 2},
        "binding": "room_bound R1",
        "seconds": 1.235,
    }


def test_plan_becomes_a_document_with_sentences() -> None:
    assert plans.document(PLAN, lambda told: f"{told.kind} {getattr(told, 'subject', '')}".strip()) == a_document()
    assert plans.document(Plan(PlanStatus.OPTIMAL), str)["binding"] is None


def test_text_of_a_plan_has_a_line_for_each_placement() -> None:
    document = a_document() | {"unplaced": [], "sessions": ["会"]}
    text = plans.text(document)

    assert json.loads(text) == document
    assert '\n    {"talk": "t2", "start": "2026-03-02T10:00", "room": null, "people": ["c", "d"]}\n  ],\n' in text
    assert '  "sessions": [\n    "会"\n  ],\n  "unplaced": [],\n' in text


def test_document_becomes_the_plan_without_its_sentences() -> None:
    assert plans.read(a_document(), PROBLEM) == Plan(
        PLAN.status, PLAN.placements, PLAN.sessions, (Unplaced("t3"),), PLAN.values, PLAN.bounds
    )


def test_a_session_without_a_place_stands_among_what_has_none() -> None:
    left = (Unplaced("s1", (Finding("session_never", "s1"),)),)
    document = plans.document(
        Plan(PlanStatus.IMPOSSIBLE, unplaced=(Unplaced("t1"),), sessions_left=left), lambda told: told.kind
    )

    assert document["unplaced"][1] == {"session": "s1", "reasons": ["session_never"], "repairs": []}  # type: ignore[index]
    assert plans.read(document, PROBLEM).sessions_left == (Unplaced("s1"),)


def test_least_plan_is_feasible_and_of_the_talks_own_people() -> None:
    least = {"placements": [{"talk": "t1", "start": "2026-03-02T09:00"}, {"talk": "x", "start": "2026-03-02T09:00"}]}

    assert plans.read(least, PROBLEM) == Plan(
        PlanStatus.FEASIBLE,
        (Placement("t1", at("09:00"), None, ("a", "b")), Placement("x", at("09:00"), None, ())),
    )


@pytest.mark.parametrize(
    ("way", "value", "kind", "place"),
    [
        (("placement",), [], "unknown_key", "placement"),
        (("placements",), {}, "list_wanted", "placements"),
        (("placements", 0, "begin"), 1, "unknown_key", "placements[0].begin"),
        (("placements", 0, "start"), "9:00", "not_a_moment", "placements[0].start"),
        (("placements", 0, "start"), 9, "not_a_moment", "placements[0].start"),
        (("placements", 0, "people"), "ab", "list_wanted", "placements[0].people"),
        (("placements", 0, "people", 0), 3, "word_wanted", "placements[0].people[0]"),
        (("placements", 0, "talk"), None, "word_wanted", "placements[0].talk"),
        (("placements", 0, "room"), 4, "word_wanted", "placements[0].room"),
        (("sessions", 0, "session"), {}, "word_wanted", "sessions[0].session"),
        (("unplaced", 0, "reasons"), "none", "list_wanted", "unplaced[0].reasons"),
        (("unplaced", 0), "t3", "object_wanted", "unplaced[0]"),
        (("status",), "perfect", "unknown_choice", "status"),
        (("status",), [], "unknown_choice", "status"),
        (("values", "makespan"), 1.5, "whole_wanted", "values.makespan"),
        (("bounds", "joy"), 1, "unknown_key", "bounds.joy"),
        (("binding",), 3, "word_wanted", "binding"),
        (("seconds",), "1", "number_wanted", "seconds"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(
    way: tuple[str | int, ...], value: object, kind: str, place: str
) -> None:
    document = a_document()
    put(*way, value=value)(document)

    with pytest.raises(Malformed) as caught:
        plans.read(document, PROBLEM)

    assert (caught.value.kind, caught.value.field) == (kind, place)


@given(st.sampled_from(ways(a_document())), JSON)
def test_any_document_is_a_plan_or_malformed(way: tuple[str | int, ...], value: object) -> None:
    document = a_document()
    put(*way, value=value)(document)

    said = ["read"]
    try:
        plans.read(document, PROBLEM)
    except Malformed as error:
        said = [wording.error(error, "zh"), wording.error(error, "en")]
    assert all(said)
