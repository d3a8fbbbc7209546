import re
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler import wording
from scheduler.core.ground.errors import Malformed
from scheduler.core.plans.problems import (
    Goal,
    PlanProblem,
    ProblemPerson,
    ProblemRoom,
    ProblemSession,
    ProblemTalk,
    TalkPlace,
)
from scheduler.documents import problems
from tests.problem_documents import document_of
from tests.problems import at

Change = Callable[[dict[str, Any]], object]


def a_document(**more: Any) -> dict[str, Any]:
    """A document with everything in it that a problem file may have."""
    return {
        "name": "夏天",
        "grid_minutes": 30,
        "days": ["2026-03-02", "2026-03-03"],
        "blocks": [["08:30", "11:30"], ["13:30", "17:30"]],
        "people": [
            {"id": "p0", "busy": [["2026-03-02T10:30", "2026-03-02T11:00"]], "max_talks_per_day": 3},
            {"id": "p1"},
            {"id": "张 三", "busy": []},
            {"id": "s2"},
        ],
        "rooms": [{"id": "R1", "busy": [], "capacity": 4}, {"id": "R2"}],
        "talks": [
            {"id": "t0", "people": ["p0", "p1"], "minutes": 60},
            {
                "id": "t1",
                "people": ["p0"],
                "minutes": 45,
                "any_of": [["张 三", "s2"]],
                "earliest": "2026-03-02T09:00",
                "latest": "2026-03-03T17:30",
                "after": ["t0"],
                "priority": 2,
                "room": False,
            },
            {
                "id": "t2",
                "people": ["p1", "s2"],
                "minutes": 30,
                "fixed": {"start": "2026-03-03T09:00", "room": "R1"},
                "current": {"start": "2026-03-02T08:00", "room": "R9"},
            },
        ],
        "sessions": [
            {"id": "g0", "people": ["p0", "p1"], "minutes": 90, "windows": ["2026-03-02T13:30"], "room": True}
        ],
        "goals": ["unplaced", "moved", "makespan", "breaks"],
        "max_break_difference": 2,
        **more,
    }


def refusal(change: Change) -> tuple[str, str]:
    """The kind and place of what is wrong after a change to the document."""
    document = a_document()
    change(document)
    with pytest.raises(Malformed) as caught:
        problems.read(document)
    for lang in ("zh", "en"):
        sentence = wording.error(caught.value, lang)
        assert not re.search(r"{[a-z]", sentence)
        assert "格式不对" not in sentence
        assert "cannot be understood" not in sentence
    return caught.value.kind, caught.value.field


def put(*way: str | int, value: object) -> Change:
    """Put a value at a place of the document."""

    def change(document: Any) -> None:
        for key in way[:-1]:
            document = document[key]
        document[way[-1]] = value

    return change


def test_document_becomes_a_problem() -> None:
    assert problems.read(a_document()) == PlanProblem(
        30,
        (date(2026, 3, 2), date(2026, 3, 3)),
        ((510, 690), (810, 1050)),
        (
            ProblemPerson("p0", ((at("10:30"), at("11:00")),), 3),
            ProblemPerson("p1"),
            ProblemPerson("张 三"),
            ProblemPerson("s2"),
        ),
        (ProblemRoom("R1", (), 4), ProblemRoom("R2")),
        (
            ProblemTalk("t0", ("p0", "p1"), 60),
            ProblemTalk(
                "t1",
                ("p0",),
                45,
                (("张 三", "s2"),),
                at("09:00"),
                at("17:30", 1),
                ("t0",),
                priority=2,
                needs_room=False,
            ),
            ProblemTalk(
                "t2", ("p1", "s2"), 30, fixed=TalkPlace(at("09:00", 1), "R1"), current=TalkPlace(at("08:00"), "R9")
            ),
        ),
        (ProblemSession("g0", ("p0", "p1"), 90, (at("13:30"),), needs_room=True),),
        (Goal.UNPLACED, Goal.MOVED, Goal.MAKESPAN, Goal.BREAKS),
        2,
        "夏天",
    )


def test_least_document_has_defaults() -> None:
    least = {"grid_minutes": 60, "days": ["2026-03-02"], "blocks": [["00:00", "24:00"]]}

    problem = problems.read({**least, "people": [], "rooms": [], "talks": []})

    assert problem == PlanProblem(60, (date(2026, 3, 2),), ((0, 1440),), (), (), ())
    assert problem.goals == (Goal.UNPLACED, Goal.MAKESPAN)


def test_null_is_the_same_as_leaving_a_key_out() -> None:
    document = a_document(goals=None, sessions=None, max_break_difference=None, name=None)
    document["people"][1] |= {"busy": None, "max_talks_per_day": None}
    document["rooms"][0]["capacity"] = None
    document["talks"][0] |= {"any_of": None, "earliest": None, "after": None, "fixed": None, "room": None}
    document["talks"][2]["fixed"]["room"] = None

    problem = problems.read(document)

    assert problem.talks[0] == ProblemTalk("t0", ("p0", "p1"), 60)
    assert problem.talks[2].fixed == TalkPlace(at("09:00", 1))
    assert (problem.rooms[0].capacity, problem.sessions, problem.name) == (None, (), "")


def test_problem_becomes_a_document_that_is_read_as_the_same_problem() -> None:
    problem = problems.read(a_document())

    assert problems.read(document_of(problem)) == problem


def test_what_is_not_said_does_not_stand_in_the_document() -> None:
    problem = PlanProblem(
        30, (date(2026, 3, 2),), ((510, 1440),), (ProblemPerson("a"), ProblemPerson("b")), (ProblemRoom("R1"),),
        (ProblemTalk("t0", ("a", "b"), 30),), (ProblemSession("g0", ("a",), 30, (at("08:30"),)),),
    )  # fmt: skip

    assert document_of(problem) == {
        "grid_minutes": 30,
        "days": ["2026-03-02"],
        "blocks": [["08:30", "24:00"]],
        "people": [{"id": "a"}, {"id": "b"}],
        "rooms": [{"id": "R1"}],
        "talks": [{"id": "t0", "people": ["a", "b"], "minutes": 30}],
        "sessions": [{"id": "g0", "people": ["a"], "minutes": 30, "windows": ["2026-03-02T08:30"]}],
    }


@pytest.mark.parametrize(
    ("change", "kind", "place"),
    [
        # keys
        (put("talks", 2, "peple", value=[]), "unknown_key", "talks[2].peple"),
        (put("gird", value=1), "unknown_key", "gird"),
        (put("people", 0, "Id", value=1), "unknown_key", "people[0].Id"),
        (put("rooms", 0, "size", value=1), "unknown_key", "rooms[0].size"),
        (put("sessions", 0, "start", value=1), "unknown_key", "sessions[0].start"),
        (put("talks", 2, "fixed", "rooom", value="R1"), "unknown_key", "talks[2].fixed.rooom"),
        (lambda d: d.pop("days"), "missing", "days"),
        (lambda d: d["talks"][0].pop("minutes"), "missing", "talks[0].minutes"),
        (lambda d: d["people"][1].pop("id"), "missing", "people[1].id"),
        (lambda d: d["talks"][2]["fixed"].pop("start"), "missing", "talks[2].fixed.start"),
        # shapes
        (put("talks", value={}), "list_wanted", "talks"),
        (put("talks", 0, value=[]), "object_wanted", "talks[0]"),
        (put("talks", 0, "people", value="p0"), "list_wanted", "talks[0].people"),
        (put("talks", 0, "people", 1, value=7), "word_wanted", "talks[0].people[1]"),
        (put("talks", 0, "id", value=""), "word_wanted", "talks[0].id"),
        (put("talks", 0, "id", value="  "), "word_wanted", "talks[0].id"),
        (put("talks", 0, "id", value="a\x00"), "word_wanted", "talks[0].id"),
        (put("talks", 0, "id", value="\ud800"), "word_wanted", "talks[0].id"),
        (put("talks", 0, "id", value="x" * 201), "word_wanted", "talks[0].id"),
        (put("talks", 1, "room", value=0), "truth_wanted", "talks[1].room"),
        (put("name", value=3), "word_wanted", "name"),
        # numbers
        (put("grid_minutes", value=0), "whole_wanted", "grid_minutes"),
        (put("grid_minutes", value=True), "whole_wanted", "grid_minutes"),
        (put("talks", 0, "minutes", value=-30), "whole_wanted", "talks[0].minutes"),
        (put("talks", 0, "minutes", value=30.0), "whole_wanted", "talks[0].minutes"),
        (put("talks", 0, "minutes", value=float("nan")), "whole_wanted", "talks[0].minutes"),
        (put("talks", 0, "minutes", value=10**5000), "whole_wanted", "talks[0].minutes"),
        (put("talks", 0, "minutes", value="30"), "whole_wanted", "talks[0].minutes"),
        (put("talks", 1, "priority", value=-1), "whole_wanted", "talks[1].priority"),
        (put("rooms", 0, "capacity", value=0), "whole_wanted", "rooms[0].capacity"),
        (put("people", 0, "max_talks_per_day", value=0), "whole_wanted", "people[0].max_talks_per_day"),
        (put("max_break_difference", value=-1), "whole_wanted", "max_break_difference"),
        # times
        (put("days", value=[]), "list_empty", "days"),
        (put("days", 0, value="2026-02-30"), "not_a_day", "days[0]"),
        (put("days", 0, value="20260302"), "not_a_day", "days[0]"),
        (put("days", 0, value="0001-01-01"), "not_a_day", "days[0]"),
        (put("days", 1, value="2026-03-02"), "not_ascending", "days[1]"),
        (put("days", 1, value="2026-03-01"), "not_ascending", "days[1]"),
        (put("blocks", value=[]), "list_empty", "blocks"),
        (put("blocks", 0, value=["08:30"]), "pair_wanted", "blocks[0]"),
        (put("blocks", 0, value=["08:30", "8:45"]), "not_a_clock_time", "blocks[0][1]"),
        (put("blocks", 0, value=["08:30", 9]), "not_a_clock_time", "blocks[0][1]"),
        (put("blocks", 1, value=["13:30", "24:30"]), "not_a_clock_time", "blocks[1][1]"),
        (put("blocks", 0, value=["11:30", "08:30"]), "ends_too_soon", "blocks[0]"),
        (put("blocks", 0, value=["08:30", "13:31"]), "blocks_overlap", "blocks[1]"),
        (put("blocks", 0, value=["08:30", "08:59"]), "block_without_step", "blocks[0]"),
        (put("people", 0, "busy", 0, 1, value="2026-03-02T10:30"), "ends_too_soon", "people[0].busy[0]"),
        (put("people", 0, "busy", 0, 1, value="soon"), "not_a_moment", "people[0].busy[0][1]"),
        (put("people", 0, "busy", 0, 1, value=[]), "not_a_moment", "people[0].busy[0][1]"),
        (put("people", 0, "busy", 0, 1, value=5), "not_a_moment", "people[0].busy[0][1]"),
        (put("people", 0, "busy", 0, value=["2026-03-02T10:30"]), "pair_wanted", "people[0].busy[0]"),
        (put("people", 0, "busy", 0, value="ab"), "pair_wanted", "people[0].busy[0]"),
        (
            put("people", 0, "busy", 0, value={"2026-03-02T10:30": 1, "2026-03-02T11:30": 1}),
            "pair_wanted",
            "people[0].busy[0]",
        ),
        (
            put("people", 0, "busy", value=[["2026-03-02T10:30", "2026-03-02T11:00"], ["2026-03-02T10:30", None]]),
            "not_a_moment",
            "people[0].busy[1][1]",
        ),
        (put("people", 0, "busy", value="never"), "list_wanted", "people[0].busy"),
        (put("talks", 1, "earliest", value="2026-03-02T09:00+08:00"), "zoned_moment", "talks[1].earliest"),
        (put("talks", 1, "earliest", value="2026-03-02T09:00Z"), "zoned_moment", "talks[1].earliest"),
        (put("talks", 1, "earliest", value="2026-03-02T24:00"), "not_a_moment", "talks[1].earliest"),
        (put("talks", 1, "earliest", value="2026-03-02"), "not_a_moment", "talks[1].earliest"),
        (put("talks", 1, "earliest", value="2026-02-30T09:00"), "not_a_day", "talks[1].earliest"),
        (put("talks", 1, "earliest", value="2026-03-02T09:00:30"), "not_a_moment", "talks[1].earliest"),
        (put("talks", 1, "latest", value=["2026-03-02T09:00"]), "not_a_moment", "talks[1].latest"),
        (put("talks", 1, "latest", value="2026-03-02T09:00"), "latest_too_soon", "talks[1].latest"),
        # ids
        (put("talks", 1, "id", value="t0"), "stands_twice", "talks[1].id"),
        (put("people", 1, "id", value="p0"), "stands_twice", "people[1].id"),
        (put("rooms", 1, "id", value="R1"), "stands_twice", "rooms[1].id"),
        (put("talks", 0, "people", value=["p0", "px"]), "unknown_person", "talks[0].people[1]"),
        (put("sessions", 0, "people", value=["px"]), "unknown_person", "sessions[0].people[0]"),
        (put("talks", 1, "any_of", 0, value=["s2", "px"]), "unknown_person", "talks[1].any_of[0][1]"),
        (put("talks", 1, "after", value=["t0", "tx"]), "unknown_talk", "talks[1].after[1]"),
        (put("talks", 2, "fixed", "room", value="R7"), "unknown_room", "talks[2].fixed.room"),
        (put("goals", 1, value="fun"), "unknown_choice", "goals[1]"),
        (put("goals", 1, value={}), "unknown_choice", "goals[1]"),
        (put("goals", 1, value="unplaced"), "stands_twice", "goals[1]"),
        (put("goals", value=[]), "list_empty", "goals"),
        # talks that cannot be meant
        (put("talks", 0, "people", value=["p0", "p0"]), "stands_twice", "talks[0].people[1]"),
        (put("talks", 0, "people", value=["p0"]), "talk_alone", "talks[0].people"),
        (put("talks", 0, "people", value=[]), "talk_alone", "talks[0].people"),
        (put("talks", 1, "any_of", value=[[]]), "nobody_to_choose", "talks[1].any_of[0]"),
        (put("talks", 1, "any_of", value=[["s2"], ["p0"]]), "nobody_to_choose", "talks[1].any_of[1]"),
        (put("talks", 1, "any_of", value=[["s2"], ["s2"]]), "nobody_left_to_choose", "talks[1].any_of"),
        (put("talks", 2, "room", value=False), "fixed_room_unneeded", "talks[2].fixed.room"),
        (put("rooms", 0, "capacity", value=1), "fixed_room_small", "talks[2].fixed.room"),
        (put("sessions", 0, "windows", value=[]), "list_empty", "sessions[0].windows"),
        (put("sessions", 0, "people", value=[]), "list_empty", "sessions[0].people"),
        (put("sessions", 0, "windows", value=["2026-03-02T13:30"] * 2), "stands_twice", "sessions[0].windows[1]"),
        # too much
        (put("days", value=["2026-03-02"] * 10_001), "too_many_items", "days"),
        (put("talks", 0, "people", value=["p0"] * 1_001), "too_many_items", "talks[0].people"),
        (put("talks", value=[None] * 1_000_000), "too_many_items", "talks"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_place(change: Change, kind: str, place: str) -> None:
    assert refusal(change) == (kind, place)


@pytest.mark.parametrize("document", [None, [], "x", 3, 1.5, True])
def test_document_is_an_object(document: object) -> None:
    with pytest.raises(Malformed) as caught:
        problems.read(document)

    assert (caught.value.kind, caught.value.field) == ("object_wanted", "")


def test_grid_too_fine_for_so_many_days_is_refused() -> None:
    def change(document: dict[str, Any]) -> None:
        first = date(2026, 1, 1).toordinal()
        document["grid_minutes"] = 1
        document["days"] = [str(date.fromordinal(first + day)) for day in range(300)]

    assert refusal(change) == ("too_many_steps", "grid_minutes")


def test_unknown_key_is_said_with_those_that_are_known() -> None:
    with pytest.raises(Malformed) as caught:
        problems.read(a_document(rooms=[{"id": "R1", "bussy": []}]))

    assert wording.error(caught.value) == "rooms[0].bussy：没有“bussy”这一项；可写：busy、capacity、id"


# ── any mutation of a good document ──────────────────────────────────────────────────────────────────────────────────

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["p0", "t0", "R1", "2026-03-02T09:00", "2026-03-02", "08:30", "unplaced", 30, 10**30]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def ways(value: object, so_far: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place of a document."""
    inner: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [so_far, *(way for key, part in inner for way in ways(part, (*so_far, key)))][0 if so_far else 1 :]


@given(st.lists(st.tuples(st.sampled_from(ways(a_document())), JSON), min_size=1, max_size=3))
def test_any_document_is_a_problem_or_malformed(changes: list[tuple[tuple[str | int, ...], object]]) -> None:
    document = a_document()
    for way, value in changes:
        try:
            put(*way, value=deepcopy(value))(document)
        except (KeyError, IndexError, TypeError):
            continue

    try:
        problem = problems.read(document)
    except Malformed as error:
        said = wording.error(error, "zh"), wording.error(error, "en")
    else:
        said = ()
        assert problems.read(document_of(problem)) == problem
    assert all(said)


@given(JSON)
def test_any_json_is_malformed(document: object) -> None:
    with pytest.raises(Malformed):
        problems.read(document)
