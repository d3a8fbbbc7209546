from dataclasses import replace
from datetime import date

import pytest

from scheduler.core.arranging import proposals as arranging
from scheduler.core.arranging.options import ArrangeOptions
from scheduler.core.campaigns.windows import EVER
from scheduler.core.ground.bookings import Kind, Mode
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import RoomId, RuleId
from scheduler.core.ground.spans import DayRange
from scheduler.core.plans.check import check
from scheduler.core.plans.placements import Placement, Plan, PlanStatus, Repair, Unplaced
from scheduler.core.plans.problems import Goal, text_of, wall
from scheduler.core.rules.requirements import Severity
from tests import first_fit
from tests.builders import a_booking, a_room, a_talk, an_absence, at
from tests.core.arranging_cases import WINDOW, a_pair, an_any, facts, told


def test_an_open_requirement_becomes_a_talk_of_the_problem() -> None:
    asked = a_pair()

    found = arranging.arrange(facts(asked))

    (talk,) = found.problem.talks
    assert (talk.id, talk.people, talk.minutes, talk.any_of) == ("R1:p01+p02", ("p01", "p02"), 45, ())
    assert (talk.earliest, talk.latest, talk.needs_room, talk.priority) == (None, None, True, 1)
    assert found.talks[talk.id].requirement is asked
    assert (found.count, found.unplaced, found.findings) == (1, (), ())
    assert found.problem.days == tuple(date(2014, 7, day) for day in (1, 2, 3, 4))
    assert found.problem.blocks == ((510, 690), (810, 1050))
    assert (found.problem.grid_minutes, found.problem.goals) == (30, (Goal.UNPLACED, Goal.MAKESPAN))
    assert [room.id for room in found.problem.rooms] == ["R04"]


def test_what_is_covered_booked_or_optional_is_left_where_it_stands() -> None:
    asked = [a_pair(), a_pair("p01", "p03"), a_pair("p01", "p04"), a_pair("p02", "p03", severity=Severity.OPTIONAL)]
    talks = [
        a_talk("T001", "2014-07-01T09:00", ("p01", "p02"), is_held=True),
        a_talk("T002", "2014-07-02T09:00", ("p01", "p03")),
    ]

    found = arranging.arrange(facts(*asked, talks=talks))

    assert [talk.people for talk in found.problem.talks] == [("p01", "p04")]
    assert told(found.problem.people[0].busy) == [
        ("2014-07-01T09:00", "2014-07-01T09:45"),
        ("2014-07-02T09:00", "2014-07-02T09:45"),
    ]


def test_optional_talks_weigh_less_when_they_are_wanted() -> None:
    asked = [a_pair("p02", "p03", severity=Severity.OPTIONAL, rule="RX"), a_pair()]

    found = arranging.arrange(facts(*asked, options=ArrangeOptions(with_optional=True)))

    assert {talk.id: talk.priority for talk in found.problem.talks} == {"R1:p01+p02": 3, "RX:p02+p03": 1}


def test_talks_stand_in_the_order_of_their_rules() -> None:
    asked = [a_pair(rule="RX"), a_pair("p01", "p03", rule="R2"), a_pair("p01", "p04", rule="R1")]

    found = arranging.arrange(facts(*asked, orders={RuleId("R1"): 1, RuleId("R2"): 2}))

    assert [talk.id for talk in found.problem.talks] == ["R1:p01+p04", "R2:p01+p03", "RX:p01+p02"]


def test_ids_stay_apart_where_one_pair_is_asked_twice() -> None:
    months = [a_pair(period="2014-07"), a_pair(period="2014-07")]

    found = arranging.arrange(facts(*months))

    assert [talk.id for talk in found.problem.talks] == ["R1:p01+p02@2014-07", "R1:p01+p02@2014-07#2"]


def test_a_talk_that_may_not_be_face_to_face_needs_no_room() -> None:
    found = arranging.arrange(facts(a_pair(modes=[Mode.PHONE]), a_pair("p01", "p03", modes=[Mode.PHONE, Mode.VIDEO])))

    assert [talk.needs_room for talk in found.problem.talks] == [False, False]
    assert [talk.mode for talk in found.talks.values()] == [Mode.PHONE, Mode.VIDEO]


def test_where_no_room_is_for_talks_none_is_needed() -> None:
    found = arranging.arrange(facts(a_pair(), rooms=[a_room("R02", use="meeting")]))

    assert (found.problem.rooms, found.problem.talks[0].needs_room) == ((), False)


def test_exactly_the_rooms_that_are_named_are_taken() -> None:
    found = arranging.arrange(facts(a_pair(), options=ArrangeOptions(rooms=(RoomId("R02"), RoomId("R02")))))

    assert [room.id for room in found.problem.rooms] == ["R02"]

    with pytest.raises(Malformed) as no:
        arranging.arrange(facts(a_pair(), options=ArrangeOptions(rooms=(RoomId("R99"),))))
    assert (no.value.kind, no.value.field, no.value.details) == ("unknown", "rooms", {"value": "R99"})


def test_meetings_and_absences_keep_people_and_rooms() -> None:
    meeting = a_booking("E01", start="2014-07-01T09:00", who=("p01",), room="R04")
    cancelled = a_booking("E02", start="2014-07-02T09:00", who=("p01",), room="R04", is_cancelled=True)
    only = replace(
        an_absence("p02", "2014-07-01", "2014-07-04"), only_weekdays=(1, 3), only_from="13:30", only_to="17:30"
    )

    found = arranging.arrange(
        facts(a_pair(), bookings=[meeting, cancelled], absences=(an_absence("p01", "2014-07-03", "2014-07-03"), only))
    )

    first, second = found.problem.people
    assert told(first.busy) == [("2014-07-01T09:00", "2014-07-01T09:45"), ("2014-07-03T00:00", "2014-07-04T00:00")]
    assert told(second.busy) == [
        ("2014-07-01T00:00", "2014-07-01T13:30"),
        ("2014-07-01T17:30", "2014-07-03T13:30"),
        ("2014-07-03T17:30", "2014-07-05T00:00"),
    ]
    assert told(found.problem.rooms[0].busy) == [("2014-07-01T09:00", "2014-07-01T09:45")]


def test_a_pool_is_asked_without_the_subject_and_least_loaded_first() -> None:
    talks = [a_talk("T001", "2014-06-24T09:00", ("p02", "p05"), is_held=True)]

    found = arranging.arrange(facts(an_any("p01", ["p01", "p02", "p03", "p04"]), talks=talks))

    (talk,) = found.problem.talks
    assert (talk.id, talk.people, talk.any_of) == ("R4:p01", ("p01",), (("p03", "p04", "p02"),))


def test_a_pool_of_one_is_no_choice() -> None:
    (talk,) = arranging.arrange(facts(an_any("p01", ["p01", "p02"]))).problem.talks

    assert (talk.people, talk.any_of) == (("p01", "p02"), ())


def test_several_of_a_pool_are_dealt_out_without_those_met() -> None:
    talks = [a_talk("T001", "2014-07-01T09:00", ("p01", "p02"), is_held=True)]
    asked = an_any("p01", ["p02", "p03", "p04", "p05", "p06"], k=3)

    found = arranging.arrange(facts(asked, talks=talks))

    assert [talk.any_of for talk in found.problem.talks] == [(("p03", "p05"),), (("p04", "p06"),)]
    assert [talk.id for talk in found.problem.talks] == ["R4:p01", "R4:p01#2"]


def test_more_of_a_pool_than_there_are_is_a_reason() -> None:
    found = arranging.arrange(facts(an_any("p01", ["p01", "p02"], k=2)))

    assert [talk.people for talk in found.problem.talks] == [("p01", "p02")]
    ((unplaced,), count) = (found.unplaced, found.count)
    (why,) = unplaced.reasons
    assert (why.kind, why.subject, why.details) == ("too_few_of_pool", "p01", {"name": "p01", "k": 2, "pool": 1})
    assert (unplaced.talk, count) == ("R4:p01#2", 2)


def test_talks_on_different_days_get_a_part_of_the_days_each() -> None:
    found = arranging.arrange(facts(a_pair(count=2), absences=(an_absence("p01", "2014-07-02", "2014-07-02"),)))

    windows = [(t.earliest and text_of(t.earliest), t.latest and text_of(t.latest)) for t in found.problem.talks]
    assert windows == [(None, "2014-07-02T00:00"), ("2014-07-03T00:00", None)]


def test_what_is_met_in_part_needs_only_the_rest_and_on_later_days() -> None:
    talks = [a_talk("T001", "2014-07-01T08:30", ("p01", "p02"), is_held=True)]

    found = arranging.arrange(facts(a_pair(count=2), talks=talks, now="2014-07-01T10:00"))

    (talk,) = found.problem.talks
    assert talk.earliest == wall(date(2014, 7, 2), 0)


def test_too_few_days_are_a_reason() -> None:
    found = arranging.arrange(facts(a_pair(count=6)))

    assert len(found.problem.talks) == 4
    assert [unplaced.reasons[0].kind for unplaced in found.unplaced] == ["too_few_days", "too_few_days"]
    assert found.unplaced[0].reasons[0].details == {"people": ("p01", "p02"), "needed": 6, "days": 4}


def test_different_members_on_different_days() -> None:
    found = arranging.arrange(facts(an_any("p01", ["p02", "p03"], k=2, count=3)))

    talks = found.problem.talks
    assert [talk.people + talk.any_of for talk in talks] == [("p01", "p02"), ("p01", "p03"), ("p01", ("p02", "p03"))]
    assert [talk.latest and text_of(talk.latest) for talk in talks] == ["2014-07-02T00:00", "2014-07-03T00:00", None]


def test_a_window_that_is_over_is_a_reason_and_not_in_the_problem() -> None:
    over = DayRange(date(2014, 6, 2), date(2014, 6, 20))

    found = arranging.arrange(facts(a_pair(window=over), a_pair("p01", "p03")))

    assert [talk.people for talk in found.problem.talks] == [("p01", "p03")]
    (why,) = found.unplaced[0].reasons
    assert (why.kind, why.subject, why.details["last"]) == ("no_time_left", "p01", date(2014, 6, 20))


def test_where_there_is_no_day_at_all_everything_is_hopeless() -> None:
    found = arranging.arrange(facts(a_pair(), options=ArrangeOptions(last=date(2014, 6, 30))))

    assert (found.problem.days, found.problem.talks, found.problem.people, len(found.unplaced)) == ((), (), (), 1)
    assert arranging.finished(found, first_fit.plan(found.problem)).status is PlanStatus.IMPOSSIBLE


def test_talks_that_stand_count_against_the_maximum_of_a_day() -> None:
    talks = [
        a_talk(f"T00{n}", f"2014-07-0{day}T{at}", ("p01", "p05"))
        for n, day, at in [(1, 1, "09:00"), (2, 1, "10:00"), (3, 2, "09:00")]
    ]
    asked = [a_pair(), a_pair("p01", "p03"), a_pair("p01", "p04")]

    found = arranging.arrange(facts(*asked, talks=talks, options=ArrangeOptions(last=date(2014, 7, 2))))

    (person, *_) = found.problem.people
    assert person.max_talks_per_day == 3
    assert [text_of(start) for start in person.stands] == ["2014-07-01T09:00", "2014-07-01T10:00", "2014-07-02T09:00"]
    assert [text_of(start)[:10] for start, _ in person.busy] == ["2014-07-01", "2014-07-01", "2014-07-02"]
    assert found.problem.people[0].max_talks_per_day == 3


def test_contradictions_and_years_without_holidays_are_findings() -> None:
    one = a_booking("E01", start="2014-07-01T09:00", who=("p01",), room="R04")
    two = a_booking("E02", start="2014-07-01T09:30", who=("p01", "p09"), room="R04")
    unpublished = replace(facts(a_pair()).working_time, published_years=frozenset())

    found = arranging.arrange(facts(a_pair(), bookings=[two, one], working_time=unpublished))

    clashes, year = found.findings[:2], found.findings[2]
    assert [(f.kind, f.subject, f.details["bookings"]) for f in clashes] == [
        ("double_booked", "p01", ("E01", "E02")),
        ("double_booked", "R04", ("E01", "E02")),
    ]
    assert (year.kind, year.subject) == ("year_not_published", "2014")


def test_a_plan_becomes_proposals_by_start() -> None:
    asked = [a_pair(), an_any("p03", ["p04"], rule="R4")]
    found = arranging.arrange(facts(*asked))
    day = date(2014, 7, 1)
    plan = Plan(
        PlanStatus.OPTIMAL,
        (
            Placement("R1:p01+p02", wall(day, 570), "R04", ("p01", "p02")),
            Placement("R4:p03", wall(day, 510), None, ("p03", "p04")),
        ),
    )

    later, first = arranging.proposals(found, plan)[::-1]

    assert (first.people, first.start, first.minutes, first.room) == (("p03", "p04"), at("2014-07-01T08:30"), 45, None)
    assert (first.rules, first.requirement, first.mode) == (("R4",), asked[1], Mode.FACE_TO_FACE)
    assert (later.talk, later.start, later.room) == ("R1:p01+p02", at("2014-07-01T09:30"), "R04")
    assert (later.booking, later.is_moved) == (None, False)


def test_a_finished_plan_counts_the_hopeless_and_says_what_binds() -> None:
    over = DayRange(date(2014, 6, 2), date(2014, 6, 20))
    found = arranging.arrange(facts(a_pair(window=over), a_pair("p01", "p03")))
    plan = replace(first_fit.plan(found.problem), status=PlanStatus.OPTIMAL, bounds={Goal.UNPLACED: 0})

    whole = arranging.finished(found, plan)

    assert (whole.status, whole.values, whole.bounds) == (PlanStatus.IMPOSSIBLE, {Goal.UNPLACED: 1}, {Goal.UNPLACED: 1})
    assert whole.binding is not None
    assert whole.binding.kind == "no_time_left"
    assert [one.talk for one in whole.unplaced] == ["R1:p01+p02"]


def test_a_finished_plan_says_when_a_later_day_lies_behind_the_window() -> None:
    window = DayRange(date(2014, 7, 1), date(2014, 7, 3))
    found = arranging.arrange(facts(a_pair(window=window), a_pair("p01", "p03", window=EVER)))
    days = [Repair("later_day", {"day": date(2014, 7, day)}) for day in (3, 4)]
    repairs = (*days, Repair("more_rooms"), Repair("later_day"))
    plan = Plan(PlanStatus.FEASIBLE, unplaced=tuple(Unplaced(talk.id, (), repairs) for talk in found.problem.talks))

    first, second = arranging.finished(found, plan).unplaced

    assert [repair.kind for repair in first.repairs] == ["later_day", "later_window", "more_rooms", "later_day"]
    assert first.repairs[1].details == {"day": date(2014, 7, 4), "closes": date(2014, 7, 3)}
    assert second.repairs == repairs


def test_a_finished_plan_spreads_the_pool() -> None:
    asked = [an_any(subject, ["p05", "p06"]) for subject in ("p01", "p02", "p03", "p04")]
    found = arranging.arrange(facts(*asked, roster=None))
    whole = arranging.finished(found, first_fit.plan(found.problem))

    assert [p.people[1] for p in whole.placements].count("p05") == 2
    assert check(found.problem, whole) == []


def test_a_meeting_of_others_does_no_harm() -> None:
    found = arranging.arrange(facts(a_pair(), bookings=[a_booking("E01", Kind.MEETING, who=("p09",), room="R01")]))

    assert [person.busy for person in found.problem.people] == [(), ()]
    assert WINDOW.last == found.problem.days[-1]
