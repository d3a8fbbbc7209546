from dataclasses import replace
from datetime import date

from scheduler.core.arranging.causes import with_causes
from scheduler.core.ground.findings import Finding
from scheduler.core.plans.placements import Plan, PlanStatus, Repair, Unplaced
from scheduler.core.plans.problems import PlanProblem, ProblemPerson, ProblemRoom, ProblemTalk, Stretch, wall

DAY = date(2014, 7, 1)
UNTIL = "2014-07-01T12:00"


def on(opens: int, closes: int) -> Stretch:
    return wall(DAY, opens), wall(DAY, closes)


def told(
    talk: ProblemTalk,
    kind: str = "never_free_together",
    *,
    until: str | None = UNTIL,
    room: Stretch | None = None,
    **busy: Stretch,
) -> Finding:
    """What becomes of a reason for one talk between nine and twelve, given who is busy when."""
    people = tuple(ProblemPerson(name, (busy[name],) if name in busy else ()) for name in ("a", "b", "c", "d"))
    rooms = (ProblemRoom("R1", (room,) if room else ()),)
    problem = PlanProblem(30, (DAY,), ((540, 720),), people, rooms, (talk,))
    reason = Finding(kind, talk.id, {"talk": talk.id, "people": talk.people, **({"until": until} if until else {})})
    plan = with_causes(problem, Plan(PlanStatus.IMPOSSIBLE, unplaced=(Unplaced(talk.id, (reason,)),), binding=reason))
    assert plan.binding == plan.unplaced[0].reasons[0]
    assert plan.binding is not None
    return plan.binding


TALK = ProblemTalk("t", ("a", "b"), 45)


def test_of_two_who_are_never_free_together_the_one_with_less_time_is_named() -> None:
    found = told(TALK, a=on(540, 600), b=on(570, 720))

    assert (found.kind, found.subject) == ("pair_never_free", "b")
    assert {key: found.details[key] for key in ("tightest", "free", "needed", "minutes")} == {
        "tightest": ("b",),
        "free": 1,
        "needed": 2,
        "minutes": 30,
    }


def test_only_the_window_counts() -> None:
    found = told(replace(TALK, earliest=wall(DAY, 600), latest=wall(DAY, 660)), a=on(600, 630), until=None)

    assert (found.subject, found.details["free"]) == ("a", 1)


def test_where_the_people_are_free_it_is_the_rooms() -> None:
    found = told(TALK, room=on(540, 720))

    assert (found.kind, found.subject) == ("rooms_taken_then", "R1")
    assert (found.details["rooms"], found.details["free"], found.details["needed"]) == (("R1",), 0, 2)


def test_a_pool_is_named_with_the_subject() -> None:
    pool = ProblemTalk("t", ("a",), 45, any_of=(("c", "d"),))

    nobody = told(pool, c=on(540, 720), d=on(540, 690))
    subject = told(pool, a=on(540, 720))

    assert (nobody.kind, nobody.subject, nobody.details["pool_people"]) == ("never_free_with_any", "a", ("c", "d"))
    assert (nobody.details["tightest"], nobody.details["free"]) == (("c", "d"), 1)
    assert (subject.details["tightest"], subject.details["free"]) == (("a",), 0)


def test_full_rooms_are_named() -> None:
    found = told(TALK, "rooms_full")

    assert (found.subject, found.details["rooms"]) == ("t", ("R1",))


def test_other_reasons_and_plans_without_any_stay_as_they_are() -> None:
    assert told(TALK, "person_overfull").kind == "person_overfull"
    problem = PlanProblem(30, (DAY,), ((540, 720),), (), (), ())
    plan = Plan(PlanStatus.OPTIMAL)
    assert with_causes(problem, plan) is plan


def test_an_order_is_told_by_the_people_of_the_talks() -> None:
    first, other = ProblemTalk("RA:1", ("a", "c"), 45), ProblemTalk("RA:2", ("b", "c"), 45)
    problem = PlanProblem(30, (DAY,), ((540, 720),), (), (), (first, other, TALK))
    reasons = [
        Finding("order_too_late", "t", {"after": ("RA:1", "RA:2")}),
        Finding("order_too_early", "t", {"before": ["RA:1"]}),
    ]
    repairs = (Repair("drop_order", {"after": ("RA:2",)}), Repair("shorten", {"minutes": 30}))

    plan = with_causes(problem, Plan(PlanStatus.IMPOSSIBLE, unplaced=(Unplaced("t", tuple(reasons), repairs),)))

    (left,) = plan.unplaced
    assert [(one.kind, one.details["other_people"]) for one in left.reasons] == [
        ("people_too_late", ("a", "c", "b")),
        ("people_too_early", ("a", "c")),
    ]
    assert left.repairs == (Repair("drop_order_of", {"after": ("RA:2",), "other_people": ("b", "c")}), repairs[1])
    assert left.repairs[0].details["other_people"] == ("b", "c")


def test_an_order_without_names_names_nobody() -> None:
    assert told(TALK, "order_too_late").details["other_people"] == ()
