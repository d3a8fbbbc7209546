"""The days on which a session of a series could lie."""

from datetime import date, time

from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.working_time import Workday, WorkingTime
from scheduler.core.sessions.series import SeriesRequest
from scheduler.core.sessions.series_slots import Calendar, Needs
from tests.builders import ZONE, a_span, a_working_time, an_absence, at
from tests.core.serial import a_room, asked, invited

WORKING_TIME = a_working_time({"2014-07-04": Workday(False, "节"), "2014-07-05": Workday(True, "调休")})
"""The Friday of the first week of July is off, the Saturday is worked instead."""


def slots(question: SeriesRequest, needs: Needs = Needs.ROOMS, working_time: WorkingTime = WORKING_TIME) -> list[str]:
    found = Calendar(question, working_time).slots(question, needs)
    return [
        " ".join(
            [f"{slot.span.start:%d %H:%M}–{slot.span.end:%H:%M}", *([slot.room] if slot.room else []), *slot.missing]
        )
        for slot in found
    ]


def test_each_workday_has_its_first_time() -> None:
    assert slots(asked(first="2014-07-03", last="2014-07-07")) == ["03 08:30–10:30", "05 08:30–10:30", "07 08:30–10:30"]


def test_only_the_half_days_asked_are_candidates() -> None:
    assert slots(asked(last="2014-07-09", on="Wed-pm,Fri,Sun")) == ["02 13:30–15:30", "09 13:30–15:30"]


def test_a_session_stays_within_its_block() -> None:
    assert slots(asked(last="2014-07-01", minutes=181)) == ["01 13:30–16:31"]
    assert slots(asked(last="2014-07-01", minutes=241)) == []


def test_no_session_starts_before_it_may() -> None:
    assert slots(asked(last="2014-07-01", not_before=at("2014-07-01T09:10"))) == ["01 09:30–11:30"]
    assert slots(asked(last="2014-07-01", not_before=at("2014-07-01T09:31"))) == ["01 13:30–15:30"]


def test_who_is_elsewhere_refuses_a_time_even_out_of_a_group() -> None:
    busy = invited("p01", a_span("2014-07-01T08:00", 31), a_span("2014-07-01T11:29", 30))

    assert slots(asked(last="2014-07-01", who=[busy])) == ["01 09:00–11:00"]
    assert slots(asked(last="2014-07-01", who=[busy], minutes=150)) == ["01 13:30–16:00"]


def test_touching_ends_do_not_clash_to_the_second() -> None:
    until_ten = invited("p01", a_span("2014-07-01T08:30", 90))

    assert slots(asked(last="2014-07-01", who=[until_ten], minutes=50)) == ["01 10:00–10:50"]


def test_who_must_come_refuses_a_time_when_away_and_others_are_missing() -> None:
    away = [an_absence("p01", "2014-07-01", "2014-07-02")]
    required, optional = invited("p01", must_come=True, absences=away), invited("p01", absences=away)

    assert slots(asked(last="2014-07-03", who=[required, invited("p02")])) == ["03 08:30–10:30"]
    assert slots(asked(last="2014-07-03", who=[optional, invited("p02")])) == [
        "01 08:30–10:30 p01", "02 08:30–10:30 p01", "03 08:30–10:30",
    ]  # fmt: skip


def test_a_day_takes_the_time_that_fewest_miss() -> None:
    afternoons = an_absence("p01", "2014-07-01", "2014-07-31")
    only = type(afternoons)(1, PersonId("p01"), afternoons.first, afternoons.last, "", (1,), "14:00", "17:00")

    assert slots(asked(last="2014-07-02", who=[invited("p01", absences=[only]), invited("p02")])) == [
        "01 14:00–16:00", "02 08:30–10:30 p01",
    ]  # fmt: skip


def test_a_session_that_nobody_would_come_to_is_none() -> None:
    away = invited("p01", absences=[an_absence("p01")])

    assert slots(asked(last="2014-07-01", who=[away])) == []
    assert slots(asked(last="2014-07-01", who=[])) == ["01 08:30–10:30"]


def test_the_first_room_that_is_free_is_taken_and_a_room_is_waited_for() -> None:
    rooms = (a_room("R1", a_span("2014-07-01T08:30", 180)), a_room("R2", a_span("2014-07-01T08:30", 60)))

    assert slots(asked(last="2014-07-02", rooms=rooms)) == ["01 09:30–11:30 R2", "02 08:30–10:30 R1"]
    assert slots(asked(last="2014-07-02", rooms=())) == []


def test_less_can_be_looked_at() -> None:
    question = asked(last="2014-07-01", who=[invited("p01", a_span("2014-07-01T08:30", 180))], rooms=())

    assert slots(question, Needs.DAYS) == ["01 08:30–10:30"]
    assert slots(question, Needs.PEOPLE) == ["01 13:30–15:30"]


def test_an_organisation_without_blocks_has_no_times() -> None:
    assert slots(asked(), working_time=WorkingTime(ZONE, blocks=())) == []


def test_one_long_block_has_both_halves() -> None:
    through = WorkingTime(ZONE, blocks=((time(9), time(17)),))

    assert slots(asked(last="2014-07-01", on="Tue-pm"), working_time=through) == ["01 12:00–14:00"]


def test_takers_are_those_who_rule_out_whole_days_most_often_first() -> None:
    question = asked(
        last="2014-07-03",
        on="Tue-am,Wed-am,Thu",
        who=[
            invited("p01"),
            invited("p02", a_span("2014-07-01T09:00", 120), a_span("2014-07-03T08:30", 180)),
            invited("p03", must_come=True, absences=[an_absence("p03", "2014-07-01", "2014-07-02")]),
            invited("p04", absences=[an_absence("p04", "2014-07-01", "2014-07-31")]),
        ],
    )

    assert Calendar(question, WORKING_TIME).takers(question) == {"p03": 2, "p02": 1}


def test_days_near_a_session_that_stands_are_none() -> None:
    assert slots(asked(last="2014-07-09", apart=3, existing=(date(2014, 7, 5),))) == [
        "01 08:30–10:30", "02 08:30–10:30", "08 08:30–10:30", "09 08:30–10:30",
    ]  # fmt: skip


def test_the_calendar_knows_days_after_the_last() -> None:
    question = asked(last="2014-07-01", known_until=date(2014, 7, 3))
    calendar = Calendar(question, WORKING_TIME)

    assert [slot.day.day for slot in calendar.slots(question)] == [1]
    assert [slot.day.day for slot in calendar.slots(asked(last="2014-07-03"))] == [1, 2, 3]
