"""Series decided, with reasons and repairs, and held against trying out everything."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.core.ground.findings import Finding
from scheduler.core.ground.spans import Span
from scheduler.core.ground.working_time import Workday
from scheduler.core.organisation.absences import hindering
from scheduler.core.sessions.series import (
    Half,
    HalfDay,
    Invited,
    RepairKind,
    SeriesRepair,
    SeriesRequest,
    SeriesRoom,
    half_days,
)
from scheduler.core.sessions.series_decisions import decide
from tests.builders import ZONE, a_span, a_working_time, an_absence, at
from tests.core.serial import a_room, asked, invited, said

WORKING_TIME = a_working_time({"2014-07-04": Workday(False, "节")})


def repairs(question: SeriesRequest) -> dict[str, object]:
    return {repair.kind: repair.value for repair in decide(question, WORKING_TIME).repairs}


def reasons(question: SeriesRequest) -> list[tuple[str, dict[str, object]]]:
    return [(finding.kind, dict(finding.details)) for finding in decide(question, WORKING_TIME).reasons]


def test_everything_placed_needs_no_reasons() -> None:
    plan = decide(asked(3, apart=7, on="Wed-pm"), WORKING_TIME)

    assert said(plan) == ["02 13:30", "09 13:30", "16 13:30"]
    assert (plan.is_complete, plan.missed, plan.least_missed, plan.days) == (True, 0, 0, 5)
    assert (plan.reasons, plan.repairs) == ((), ())
    assert [session.attending for session in plan.sessions] == [1, 1, 1]


def test_who_is_missing_is_told_with_the_reason() -> None:
    away = an_absence("p02", "2014-07-01", "2014-07-31", "休假")

    plan = decide(asked(1, who=[invited("p01"), invited("p02", absences=[away])]), WORKING_TIME)

    assert [(session.missing, session.attending) for session in plan.sessions] == [({"p02": away}, 1)]
    assert (plan.missed, plan.least_missed) == (1, 1)


def test_too_few_candidate_days() -> None:
    question = asked(3, last="2014-07-14", on="Wed-am", known_until=date(2014, 8, 31))

    assert said(decide(question, WORKING_TIME)) == ["02 08:30", "09 08:30"]
    assert reasons(question) == [("series_days", {"most": 2})]
    assert decide(question, WORKING_TIME).repairs == (
        SeriesRepair(RepairKind.HALF_DAY, HalfDay(0, Half.MORNING), 0),
        SeriesRepair(RepairKind.HALF_DAY, HalfDay(0, Half.AFTERNOON), 0),
        SeriesRepair(RepairKind.LAST, date(2014, 7, 16), 0),
        SeriesRepair(RepairKind.COUNT, 2, 0),
    )


def test_the_distance_leaves_too_little_room() -> None:
    question = asked(3, last="2014-07-11", apart=6)

    assert reasons(question) == [("series_apart", {"most": 2, "apart": 6})]
    assert repairs(question) == {"apart": 4, "count": 2}


def test_the_week_leaves_too_little_room() -> None:
    question = asked(5, last="2014-07-11", per_week=2)

    assert reasons(question) == [("series_per_week", {"most": 4, "per_week": 2})]
    assert repairs(question) == {"per_week": 3, "count": 4}


def test_distance_and_week_together_leave_too_little_room() -> None:
    question = asked(4, first="2014-07-07", last="2014-07-15", apart=2, per_week=2, on="Mon,Tue,Wed,Fri")

    assert reasons(question) == [("series_both", {"most": 3, "apart": 2, "per_week": 2})]
    assert repairs(question) == {"apart": 1, "per_week": 3, "count": 3}


def test_what_stands_already_takes_its_distance() -> None:
    question = asked(2, last="2014-07-04", apart=3, existing=(date(2014, 7, 2),))

    assert reasons(question) == [("series_apart", {"most": 0, "apart": 3})]
    assert repairs(question) == {"apart": 1}


def test_people_who_are_never_free_are_named() -> None:
    all_july = Span(at("2014-07-01T08:30"), at("2014-07-31T17:30"))
    question = asked(2, last="2014-07-03", who=[invited("p01"), invited("p02", all_july)])
    plan = decide(question, WORKING_TIME)

    assert said(plan) == []
    assert plan.reasons == (
        Finding("series_people", "2014-07-01", {"days": 0, "of": 3}),
        Finding("series_person", "p02", {"days": 3, "of": 3}),
    )
    assert plan.repairs == ()


def test_a_room_that_is_taken_is_the_reason() -> None:
    taken = a_span("2014-07-01T08:00", 10 * 60), a_span("2014-07-02T08:00", 10 * 60)
    question = asked(2, last="2014-07-03", rooms=(a_room("R1", *taken),), known_until=date(2014, 7, 7))

    assert decide(question, WORKING_TIME).reasons == (Finding("series_room", "R1", {"days": 1, "of": 3}),)
    assert repairs(question) == {"last": date(2014, 7, 7), "count": 1}
    both = replace(question, rooms=(a_room("R1", *taken), a_room("R2", *taken)))
    assert decide(both, WORKING_TIME).reasons == (Finding("series_room", "2014-07-01", {"days": 1, "of": 3}),)
    assert reasons(replace(question, rooms=())) == [("series_no_room", {"days": 0, "of": 3})]


@pytest.mark.parametrize(
    "question",
    [
        asked(4, last="2014-07-09", apart=3, per_week=2, known_until=date(2014, 8, 31)),
        asked(6, last="2014-07-11", per_week=2, on="Tue,Wed", known_until=date(2014, 8, 31)),
        asked(3, last="2014-07-09", on="Wed-pm", who=[invited("p01", a_span("2014-07-09T13:30", 240))]),
    ],
)
def test_every_repair_was_decided_again(question: SeriesRequest) -> None:
    found = decide(question, WORKING_TIME).repairs

    assert found
    for repair in found:
        change = {repair.kind.value: repair.value}
        if isinstance(repair.value, HalfDay):
            change = {"half_days": question.half_days | {repair.value}}
        plan = decide(replace(question, **change), WORKING_TIME)  # type: ignore[arg-type]
        assert (plan.is_complete, plan.missed) == (True, repair.missed)


# ── Everything tried out ─────────────────────────────────────────────────────────────────────────────────────────────
DAYS = [date(2014, 7, day) for day in (1, 2, 3, 4, 7, 8)]
stretches = st.builds(
    lambda day, start, length: Span(
        datetime.combine(day, datetime.min.time(), ZONE) + timedelta(minutes=start),
        datetime.combine(day, datetime.min.time(), ZONE) + timedelta(minutes=start + length),
    ),
    st.sampled_from(DAYS),
    st.integers(8 * 60, 17 * 60),
    st.integers(5, 240),
)
busy = st.lists(stretches, max_size=3).map(tuple)
away = st.lists(
    st.sampled_from(DAYS).map(lambda day: an_absence("p01", day.isoformat(), day.isoformat())), max_size=3
).map(tuple)
questions = st.builds(
    lambda people, rooms, count, minutes, apart, per_week, on: SeriesRequest(
        count,
        minutes,
        DAYS[0],
        DAYS[-1],
        tuple(Invited(f"p{n}", *facts) for n, facts in enumerate(people)),  # type: ignore[arg-type]
        rooms,
        apart,
        per_week,
        frozenset().union(*map(half_days, on)),
    ),
    st.lists(st.tuples(st.booleans(), busy, away), min_size=1, max_size=3),
    st.none() | st.lists(busy, max_size=2).map(lambda some: tuple(SeriesRoom(f"R{n}", b) for n, b in enumerate(some))),  # type: ignore[arg-type]
    st.integers(1, 4),
    st.sampled_from([45, 60, 90, 120, 180]),
    st.integers(1, 4),
    st.none() | st.integers(1, 3),
    st.sets(st.sampled_from(["Mon-am", "Tue", "Wed-pm", "Thu", "Fri"]), min_size=1),
)


def _starts(question: SeriesRequest) -> dict[Span, int]:
    """All times a session may have, with how many miss it: asked of the facts one by one."""
    found = {}
    for day in DAYS:
        for opens, closes in ((510, 690), (810, 1050)):
            for minute in range(opens, closes - question.minutes + 1, 30):
                start = datetime.combine(day, datetime.min.time(), ZONE) + timedelta(minutes=minute)
                span = Span(start, start + timedelta(minutes=question.minutes))
                half = HalfDay(day.weekday(), Half.of(start))
                if WORKING_TIME.is_workday(day) and half in question.half_days and _may_be(question, span):
                    found[span] = sum(bool(hindering(one.absences, [span], ZONE)) for one in question.people)
    return {span: missing for span, missing in found.items() if missing < len(question.people)}


def _may_be(question: SeriesRequest, span: Span) -> bool:
    is_free = question.rooms is None or any(not any(t.overlaps(span) for t in room.taken) for room in question.rooms)
    return is_free and not any(
        any(taken.overlaps(span) for taken in one.taken) or (one.must_come and hindering(one.absences, [span], ZONE))
        for one in question.people
    )


@settings(max_examples=60)
@given(questions)
def test_nothing_better_is_found_by_trying_out_everything(question: SeriesRequest) -> None:
    by_day: dict[date, int] = {}
    for span, missing in _starts(question).items():
        day = span.start.date()
        by_day[day] = min(missing, by_day.get(day, missing))
    best = min(
        (
            (-count, sum(by_day[day] for day in some), some[-1], sum(day.toordinal() for day in some))
            for count in range(1, question.count + 1)
            for some in combinations(sorted(by_day), count)
            if all((b - a).days >= question.apart for a, b in pairwise(some))
            and max(Counter(day.isocalendar()[:2] for day in some).values()) <= question.weekly
        ),
        default=None,
    )

    plan = decide(question, WORKING_TIME)

    days = [session.span.start.date() for session in plan.sessions]
    assert best == ((-len(days), plan.missed, days[-1], sum(day.toordinal() for day in days)) if days else None)
    assert all(_starts(question)[session.span] == len(session.missing) for session in plan.sessions)
    for session in plan.sessions:
        free = [r.room for r in question.rooms or () if not any(t.overlaps(session.span) for t in r.taken)]
        assert session.room == (free[0] if question.rooms is not None else None)
    assert plan.least_missed <= plan.missed
    assert plan.is_complete != bool(plan.reasons)
