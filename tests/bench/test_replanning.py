"""The repair case: what is absent, what that breaks, and where the horizon ends."""

from bench.replanning import replanning
from bench.shapes import Document, planted
from scheduler.documents import problems


def a_case() -> tuple[Document, Document]:
    """A planted problem, and the plan it was made from."""
    made = planted(30, 2)
    placements = [
        {"talk": talk["id"], "people": talk["people"], "start": start, "room": room}
        for talk in made.document["talks"]
        for start, room in [made.places[talk["id"]]]
    ]
    return made.document, {"placements": placements, "sessions": [], "values": {"makespan": 84}}


def test_one_in_fifty_is_absent_for_a_half_day_and_their_talks_are_broken() -> None:
    problem, plan = a_case()
    case = replanning(problem, plan, 84, seed=3)
    changed = [
        (before, after)
        for before, after in zip(problem["people"], case.document["people"], strict=True)
        if before != after
    ]
    assert len(changed) == 1
    before, after = changed[0]
    [(start, end)] = [stretch for stretch in after["busy"] if stretch not in before["busy"]]
    assert (start[11:], end[11:]) in {("08:30", "11:30"), ("13:30", "17:30")}
    then = {one["talk"] for one in plan["placements"] if after["id"] in one["people"] and start <= one["start"] < end}
    assert case.broken == then != set()


def test_all_that_stands_is_told_and_the_horizon_is_cut_at_the_factor() -> None:
    problem, plan = a_case()
    case = replanning(problem, plan, 84, seed=3, factor=1.10)
    assert case.horizon == 93
    assert {talk["latest"] for talk in case.document["talks"]} == {"2026-03-10T15:00"}
    assert case.document["talks"][0]["current"] == {
        "start": plan["placements"][0]["start"],
        "room": plan["placements"][0]["room"],
    }
    assert case.document["goals"] == ["unplaced", "moved"]


def test_the_case_is_a_problem_file() -> None:
    problem, plan = a_case()
    read = problems.read(replanning(problem, plan, 84, seed=5).document)
    assert [goal.value for goal in read.goals] == ["unplaced", "moved"]
    assert all(talk.current is not None for talk in read.talks)


def test_the_same_seed_makes_the_same_case() -> None:
    problem, plan = a_case()
    assert replanning(problem, plan, 84, seed=3) == replanning(problem, plan, 84, seed=3)


def test_nobody_is_absent_while_their_session_stands() -> None:
    problem, plan = a_case()
    session = {"id": "s0", "people": [one["id"] for one in problem["people"]], "minutes": 30}
    stands = [{"session": "s0", "start": "2026-03-02T08:30"}]
    for seed in range(40):
        case = replanning({**problem, "sessions": [session]}, {**plan, "sessions": stands}, 84, seed)
        absent = [one for one in case.document["people"] if ["2026-03-02T08:30", "2026-03-02T11:30"] in one["busy"]]
        assert absent == []
