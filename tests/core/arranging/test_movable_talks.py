from datetime import date
from typing import Any

from scheduler.core.arranging import proposals as arranging
from scheduler.core.arranging.options import ArrangeOptions
from scheduler.core.arranging.proposals import Arrangement
from scheduler.core.ground.bookings import Size
from scheduler.core.ground.ids import RoomId
from scheduler.core.ground.spans import DayRange
from scheduler.core.plans.placements import Placement, Plan, PlanStatus
from scheduler.core.plans.problems import Goal, ProblemTalk, TalkPlace, text_of, wall
from scheduler.core.rules.requirements import Requirement
from tests.builders import a_booking, a_talk, an_absence
from tests.core.arranging_cases import a_pair, an_any, facts, told

REPAIR = ArrangeOptions(fewest_changes=True)


def repair(*asked: Requirement, options: ArrangeOptions = REPAIR, **known: Any) -> Arrangement:
    return arranging.arrange(facts(*asked, options=options, **known))


def only(found: Arrangement) -> ProblemTalk:
    (talk,) = found.problem.talks
    return talk


def current(talk: ProblemTalk) -> tuple[str, str | None]:
    assert talk.current
    return text_of(talk.current.start), talk.current.room


def test_a_booked_talk_enters_with_its_place_and_may_move() -> None:
    asked, talk = a_pair(), a_talk("T001", "2014-07-02T09:00", room="R04")
    found = repair(asked, talks=[talk])

    entered = only(found)
    assert (entered.id, entered.people, entered.minutes, entered.needs_room) == ("T001", ("p01", "p02"), 45, True)
    assert current(entered) == ("2014-07-02T09:00", "R04")
    assert (found.talks["T001"].booking, found.talks["T001"].requirement) == (talk, asked)
    assert found.problem.goals == (Goal.UNPLACED, Goal.MOVED, Goal.MAKESPAN)
    assert [person.busy for person in found.problem.people] == [(), ()]
    assert (found.problem.rooms[0].busy, found.problem.grid_minutes) == ((), 30)


def test_without_a_repair_nothing_that_is_booked_enters() -> None:
    assert repair(a_pair(), options=ArrangeOptions(), talks=[a_talk("T001", "2014-07-02T09:00")]).problem.talks == ()


def test_what_is_past_held_or_beyond_the_last_day_stays() -> None:
    talks = [
        a_talk("T001", "2014-07-01T08:30", ("p01", "p02")),
        a_talk("T002", "2014-07-02T09:00", ("p01", "p03"), is_cancelled=True),
        a_talk("T003", "2014-07-03T09:00", ("p01", "p04")),
    ]
    options = ArrangeOptions(fewest_changes=True, last=date(2014, 7, 2))

    found = repair(
        *(a_pair("p01", other) for other in ("p02", "p03", "p04")), talks=talks, options=options, now="2014-07-01T10:00"
    )

    assert [talk.id for talk in found.problem.talks] == ["R1:p01+p03"]


def test_a_room_that_is_not_offered_is_open_for_the_talk_that_stands_in_it_only() -> None:
    found = repair(a_pair(), talks=[a_talk("T001", "2014-07-02T09:00", room="R02")])

    assert current(only(found)) == ("2014-07-02T09:00", "R02")
    assert [room.id for room in found.problem.rooms] == ["R04", "R02"]
    assert told(found.problem.rooms[1].busy) == [
        ("2014-07-01T08:01", "2014-07-02T09:00"),
        ("2014-07-02T10:00", "2014-07-10T00:00"),
    ]


def test_a_room_left_out_by_name_has_to_be_left() -> None:
    options = ArrangeOptions(fewest_changes=True, rooms=(RoomId("R04"),))

    found = repair(a_pair(), talks=[a_talk("T001", "2014-07-02T09:00", room="R02")], options=options)

    assert (current(only(found)), only(found).needs_room) == (("2014-07-02T09:00", None), True)
    assert [room.id for room in found.problem.rooms] == ["R04"]


def test_a_talk_without_a_room_or_off_site_needs_none() -> None:
    talks = [a_talk("T001", "2014-07-02T09:00", room="EXT"), a_talk("T002", "2014-07-02T10:00", ("p03", "p04"))]

    found = repair(a_pair(), a_pair("p03", "p04"), talks=talks)
    day = date(2014, 7, 2)
    plan = Plan(PlanStatus.OPTIMAL, (Placement("T001", wall(day, 540), None, ("p01", "p02")),))
    (proposal,) = arranging.proposals(found, plan)

    assert [talk.needs_room for talk in found.problem.talks] == [False, False]
    assert (proposal.room, proposal.is_moved, proposal.booking) == ("EXT", False, talks[0])


def test_the_grid_becomes_finer_for_a_talk_that_can_stay() -> None:
    later = repair(a_pair(), talks=[a_talk("T001", "2014-07-02T09:15")])
    tight = repair(
        a_pair(),
        talks=[a_talk("T001", "2014-07-02T09:00")],
        bookings=[a_booking("E01", start="2014-07-02T09:45", who=("p02",))],
    )
    beside = repair(
        a_pair(),
        a_pair("p01", "p03"),
        talks=[a_talk("T001", "2014-07-02T09:00"), a_talk("T002", "2014-07-02T09:45", ("p01", "p03"))],
    )

    assert [found.problem.grid_minutes for found in (later, tight, beside)] == [15, 15, 15]
    assert all(talk.current for found in (later, tight, beside) for talk in found.problem.talks)


def test_a_talk_at_an_odd_time_stays_and_keeps_its_people() -> None:
    talks = [a_talk("T001", "2014-07-02T09:07", room="R04"), a_talk("T002", "2014-07-02T12:00", ("p03", "p04"))]

    found = repair(a_pair(), a_pair("p03", "p04"), a_pair("p01", "p03"), talks=talks)

    assert ([talk.id for talk in found.problem.talks], found.problem.grid_minutes) == (["R1:p01+p03"], 30)
    assert told(found.problem.people[0].busy) == [("2014-07-02T09:07", "2014-07-02T09:52")]
    assert told(found.problem.rooms[0].busy) == [("2014-07-02T09:07", "2014-07-02T09:52")]


def test_a_talk_at_an_odd_time_that_cannot_stay_has_to_move() -> None:
    found = repair(
        a_pair(),
        talks=[a_talk("T001", "2014-07-02T09:07")],
        absences=(an_absence("p01", "2014-07-02", "2014-07-02"),),
    )

    assert current(only(found)) == ("2014-07-02T09:07", None)
    assert found.problem.grid_minutes == 30


def test_a_talk_whose_window_has_moved_stands_in_for_its_requirement() -> None:
    late = DayRange(date(2014, 7, 3), date(2014, 7, 4))
    asked = a_pair(window=late)

    found = repair(asked, talks=[a_talk("T001", "2014-07-02T09:00"), a_talk("T002", "2014-07-02T10:00")])

    assert [talk.id for talk in found.problem.talks] == ["T001", "T002"]
    assert found.problem.talks[0].earliest == wall(date(2014, 7, 3), 0)
    assert found.talks["T001"].requirement is asked
    assert (found.talks["T002"].requirement, found.talks["T002"].rules) == (None, ())


def test_a_group_talk_does_not_stand_in() -> None:
    late = DayRange(date(2014, 7, 3), date(2014, 7, 4))

    found = repair(a_pair(window=late), talks=[a_talk("T001", "2014-07-02T09:00", size=Size.GROUP)])

    assert [talk.id for talk in found.problem.talks] == ["T001", "R1:p01+p02"]


def test_booked_talks_of_one_requirement_stay_on_different_days() -> None:
    talks = [a_talk("T001", "2014-07-01T09:00"), a_talk("T002", "2014-07-03T09:00")]

    first, second = repair(a_pair(count=3), talks=talks).problem.talks

    assert (first.earliest, first.latest) == (None, wall(date(2014, 7, 3), 0))
    assert (second.earliest, second.latest) == (wall(date(2014, 7, 3), 0), None)


def test_more_talks_a_day_than_usual_may_stay() -> None:
    asked = [a_pair("p01", other) for other in ("p02", "p03", "p04", "p05")]
    talks = [
        a_talk(f"T00{n}", f"2014-07-02T{at}", ("p01", f"p0{n}"))
        for n, at in [(2, "08:30"), (3, "09:30"), (4, "13:30"), (5, "14:30")]
    ]

    found = repair(*asked, talks=talks)

    assert {person.id: person.max_talks_per_day for person in found.problem.people}["p01"] == 4


def test_the_one_chosen_from_a_pool_stays_with_a_booked_talk() -> None:
    entered = only(repair(an_any("p01", ["p02", "p03"]), talks=[a_talk("T001", "2014-07-02T09:00", ("p01", "p03"))]))

    assert (entered.people, entered.any_of, entered.current) == (
        ("p01", "p03"),
        (),
        TalkPlace(wall(date(2014, 7, 2), 540)),
    )
