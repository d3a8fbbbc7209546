"""Which requirements are covered, and how far along the others are."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.core.coverage.report import Coverage, CoverageState, RequirementState, cover
from scheduler.core.ground.bookings import AsOf, Booking, Mode, Size
from scheduler.core.ground.ids import PersonId, RuleId
from scheduler.core.ground.spans import DayRange
from scheduler.core.rules.requirements import Requirement, Severity
from scheduler.core.rules.resolution import resolve
from tests.builders import a_talk, an_as_of, at
from tests.core import sample_talks
from tests.core.asked import a_requirement, a_resolution
from tests.core.sample import facts, preset


def covered(requirement: Requirement, *talks: Booking, as_of: AsOf | None = None) -> tuple[str, int, tuple[str, ...]]:
    """State, have and talks of one requirement."""
    found = cover(a_resolution(requirement), talks, as_of or an_as_of()).requirements[0]
    return found.state, found.have, found.talks


HELD = a_talk("T001", is_held=True)


# ── What counts ──────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_held_talk_of_the_two_covers_whoever_was_named_first() -> None:
    assert covered(a_requirement(), HELD) == ("covered", 1, ("T001",))
    assert covered(a_requirement(), a_talk(who=["p02", "p01"], is_held=True)) == ("covered", 1, ("T001",))
    assert covered(a_requirement(("p02", "p01")), HELD) == ("covered", 1, ("T001",))


def test_what_is_covered_is_told_with_its_talk_and_is_never_overdue() -> None:
    requirement = a_requirement()

    (state,) = cover(a_resolution(requirement), [HELD], an_as_of("2014-09-01")).requirements

    assert state == RequirementState(requirement, CoverageState.COVERED, False, 1, (HELD.id,))


def test_nothing_is_open_with_no_talk_or_with_talks_of_others() -> None:
    assert covered(a_requirement()) == ("open", 0, ())
    assert covered(a_requirement(), a_talk(who=["p01", "p03"], is_held=True)) == ("open", 0, ())
    assert covered(a_requirement(), a_talk(who=["p01"], is_held=True)) == ("open", 0, ())


@pytest.mark.parametrize("day", ["2014-06-15", "2014-08-16"])
def test_a_talk_outside_the_window_does_nothing(day: str) -> None:
    talk = a_talk(start=f"{day}T09:00", is_held=True)

    assert covered(a_requirement(), talk, as_of=an_as_of("2014-09-01")) == ("open", 0, ())


@pytest.mark.parametrize("start", ["2014-06-16T00:00", "2014-08-15T23:59"])
def test_both_days_of_a_window_are_in_it(start: str) -> None:
    assert covered(a_requirement(), a_talk(start=start, is_held=True), as_of=an_as_of("2014-09-01"))[0] == "covered"


def test_a_window_may_have_no_end_on_either_side() -> None:
    always = a_requirement(window=DayRange(None, None))

    assert covered(always, a_talk(start="1999-01-01T09:00", is_held=True))[0] == "covered"


def test_a_talk_by_phone_counts_where_the_rule_accepts_it() -> None:
    phone = a_talk(is_held=True, mode=Mode.PHONE)

    assert covered(a_requirement(), phone) == ("open", 0, ())
    assert covered(a_requirement(modes=frozenset({Mode.PHONE})), phone)[0] == "covered"


def test_a_group_talk_counts_where_the_rule_accepts_it() -> None:
    three = a_talk(who=["p01", "p02", "p03"], is_held=True)
    called_so = a_talk(size=Size.GROUP, is_held=True)

    assert covered(a_requirement(), three) == ("open", 0, ())
    assert covered(a_requirement(), called_so) == ("open", 0, ())
    assert covered(a_requirement(group_ok=True), three)[0] == "covered"
    assert covered(a_requirement(group_ok=True), called_so)[0] == "covered"


# ── States ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_two_talks_on_one_local_day_are_one_day_wherever_utc_changes_its_date() -> None:
    morning, afternoon = (
        a_talk(f"T00{n}", f"2014-07-01T{hour}:00", is_held=True) for n, hour in ((1, "07"), (2, "15"))
    )

    assert covered(a_requirement(min_count=2), morning, afternoon) == ("open", 1, ("T001", "T002"))


def test_talk_at_the_midnight_that_ends_a_day_is_known_on_it_only_if_it_was_recorded() -> None:
    midnight = a_talk("T001", "2014-08-02T00:00", recorded_at=at("2014-08-02T08:00"))

    assert covered(a_requirement(), midnight, as_of=an_as_of("2014-08-01")) == ("open", 0, ())
    assert covered(a_requirement(), midnight, as_of=an_as_of("2014-08-02")) == ("awaiting_confirmation", 0, ("T001",))


AHEAD = a_talk("T002", start="2014-08-05T09:00")
AWAITING = a_talk("T003", start="2014-07-02T09:00")
"""Over, and nobody confirmed it."""


def test_the_best_of_its_talks_wins() -> None:
    asked = a_requirement()

    assert covered(asked, AWAITING) == ("awaiting_confirmation", 0, ("T003",))
    assert covered(asked, AHEAD, AWAITING) == ("booked", 0, ("T003", "T002"))
    assert covered(asked, AHEAD, AWAITING, HELD) == ("covered", 1, ("T001", "T003", "T002"))


def test_a_cancelled_talk_is_as_if_it_were_not_from_the_day_on() -> None:
    gone = a_talk("T004", is_held=True, is_cancelled=True, cancelled_at=at("2014-07-20T10:00"))

    assert covered(a_requirement(), gone, as_of=an_as_of("2014-07-19"))[0] == "covered"
    assert covered(a_requirement(), gone, as_of=an_as_of("2014-07-20")) == ("open", 0, ())
    assert covered(a_requirement(), a_talk(is_cancelled=True)) == ("open", 0, ())


def test_a_talk_is_never_held_before_its_day_and_booked_only_once_recorded() -> None:
    early = a_talk("T005", start="2014-08-05T09:00", is_held=True, recorded_at=at("2014-07-20T10:00"))

    assert covered(a_requirement(), early, as_of=an_as_of("2014-08-05")) == ("covered", 1, ("T005",))
    assert covered(a_requirement(), early, as_of=an_as_of("2014-08-04")) == ("booked", 0, ("T005",))
    assert covered(a_requirement(), early, as_of=an_as_of("2014-07-19")) == ("open", 0, ())


def test_overdue_is_what_is_not_covered_after_its_window() -> None:
    def overdue(day: str, *talks: Booking) -> bool:
        return cover(a_resolution(a_requirement()), talks, an_as_of(day)).requirements[0].is_overdue

    assert not overdue("2014-08-15")
    assert overdue("2014-08-16")
    assert overdue("2014-08-16", AWAITING)
    assert overdue("2014-08-16", AWAITING, a_talk("T009", start="2014-07-03T09:00"))
    assert not overdue("2014-08-16", HELD)
    endless = a_resolution(a_requirement(window=DayRange(date(2014, 1, 1), None)))
    assert not cover(endless, [], an_as_of("2030-01-01")).requirements[0].is_overdue


# ── How many ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def on(day: int, number: int, *who: str) -> Booking:
    return a_talk(f"T{number:03}", start=f"2014-07-{day:02}T09:00", who=who or ("p01", "p02"), is_held=True)


def test_two_talks_are_two_only_on_different_days() -> None:
    twice = a_requirement(min_count=2)
    same_day = replace(on(1, 2), span=a_talk(start="2014-07-01T15:00").span)

    assert covered(twice, on(1, 1)) == ("open", 1, ("T001",))
    assert covered(twice, on(1, 1), same_day) == ("open", 1, ("T001", "T002"))
    assert covered(twice, on(1, 1), on(2, 2)) == ("covered", 2, ("T001", "T002"))
    assert covered(twice, on(1, 1), AHEAD) == ("booked", 1, ("T001", "T002"))


def test_a_talk_too_many_is_told() -> None:
    assert covered(a_requirement(), on(2, 2), on(1, 1)) == ("covered", 2, ("T001", "T002"))


def test_somebody_out_of_a_pool_is_enough() -> None:
    anybody = a_requirement(subject="p01", pool=("s01", "s02"))

    assert covered(anybody, on(1, 1, "s02", "p01")) == ("covered", 1, ("T001",))
    assert covered(anybody, on(1, 1, "s02", "p02")) == ("open", 0, ())
    assert covered(anybody, on(1, 1, "p01", "p02")) == ("open", 0, ())


def test_nobody_meets_himself_in_a_pool() -> None:
    anybody = a_requirement(subject="p01", pool=("p01", "s01"))

    assert covered(anybody, on(1, 1, "p01", "p02")) == ("open", 0, ())


def test_several_of_a_pool_are_counted_by_members_not_by_talks() -> None:
    two_of = a_requirement(subject="p01", pool=("s01", "s02", "s03"), k=2)

    assert covered(two_of, on(1, 1, "p01", "s01")) == ("open", 1, ("T001",))
    assert covered(two_of, on(1, 1, "p01", "s01"), on(2, 2, "p01", "s01")) == ("open", 1, ("T001", "T002"))
    assert covered(two_of, on(1, 1, "p01", "s01"), on(2, 2, "p01", "s03")) == ("covered", 2, ("T001", "T002"))


def test_a_group_talk_meets_several_of_a_pool_at_once() -> None:
    two_of = a_requirement(subject="p01", pool=("s01", "s02"), k=2, group_ok=True)

    assert covered(two_of, on(1, 1, "p01", "s01", "s02")) == ("covered", 2, ("T001",))
    twice = replace(two_of, min_count=2)
    assert covered(twice, on(1, 1, "p01", "s01", "s02")) == ("open", 2, ("T001",))
    assert covered(twice, on(1, 1, "p01", "s01", "s02"), on(2, 2, "p01", "s01"))[0] == "covered"


def test_one_of_a_pool_several_times_is_counted_by_days() -> None:
    thrice = a_requirement(subject="p01", pool=("s01", "s02"), min_count=3)

    assert covered(thrice, on(1, 1, "p01", "s01"), on(2, 2, "p01", "s01")) == ("open", 2, ("T001", "T002"))
    assert covered(thrice, *(on(day, day, "p01", "s01") for day in (1, 2, 3)))[0] == "covered"


def test_each_period_has_its_own_talks() -> None:
    months = [
        a_requirement(window=DayRange(date(2014, month, 1), date(2014, month, 28)), period=f"2014-{month:02}")
        for month in range(1, 13)
    ]
    found = cover(a_resolution(*months), [on(1, 1), on(2, 2), a_talk("T003", start="2014-11-02T09:00")], an_as_of())

    assert [(r.state, r.have) for r in found.requirements if r.talks] == [("covered", 2), ("booked", 0)]
    assert [r.requirement.period for r in found.requirements if r.talks] == ["2014-07", "2014-11"]
    assert sum(r.is_overdue for r in found.requirements) == 6


# ── Totals ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_only_must_enters_the_rate() -> None:
    found = cover(
        a_resolution(
            a_requirement(("p01", "p02"), rules=("R1", "R2")),
            a_requirement(("p01", "p03"), rules=("R2",)),
            a_requirement(("p02", "p03"), rules=("R3",), severity=Severity.SHOULD),
            a_requirement(("p02", "p04"), rules=("R4",), severity=Severity.OPTIONAL),
        ),
        [HELD, a_talk("T002", who=["p02", "p04"], is_held=True)],
        an_as_of(),
    )

    assert (found.covered, found.required, found.rate) == (1, 2, 50.0)
    assert (found.must, found.should, found.optional) == ((1, 2), (0, 1), (1, 1))
    assert found.by_rule == {"R1": (1, 1), "R2": (1, 2), "R3": (0, 1), "R4": (1, 1)}
    assert found.rows == {"p01": (1, 2), "p02": (1, 1), "p03": (0, 1)}
    assert found.states == {"covered": 1, "booked": 0, "awaiting_confirmation": 0, "open": 1}


def test_nothing_required_is_not_a_hundred_percent() -> None:
    found = cover(a_resolution(), [HELD], an_as_of())

    assert (found.rate, found.required, found.rows) == (None, 0, {})


def test_a_rule_that_gave_nothing_keeps_its_line() -> None:
    empty = replace(a_resolution(a_requirement()), by_rule={RuleId("R0"): 0, RuleId("R1"): 1})

    assert cover(empty, [], an_as_of()).by_rule == {"R0": (0, 0), "R1": (0, 1)}


def test_two_reasons_of_one_rule_count_once() -> None:
    twice = a_requirement(rules=("R3", "R3"))

    assert cover(a_resolution(twice), [HELD], an_as_of()).by_rule == {"R3": (1, 1)}


# ── The sample ───────────────────────────────────────────────────────────────────────────────────────────────────────
def of_sample(preset_id: str, day: date = date(2014, 8, 1)) -> Coverage:
    return cover(resolve(preset(preset_id), facts(on=day)), sample_talks.talks(), sample_talks.as_of(day))


def test_the_sample_on_the_first_of_august_stands_at_37_of_48() -> None:
    found = of_sample("cn.four-must-talks")

    assert (found.covered, found.required, found.rate) == (37, 48, 77.1)
    assert found.by_rule == {"R1": (7, 7), "R2": (17, 21), "R3": (9, 13), "R4": (5, 8)}
    assert found.states == {"covered": 37, "booked": 2, "awaiting_confirmation": 1, "open": 8}
    leaders = {"p01": (8, 8), "p02": (10, 10), "p03": (8, 10), "p04": (9, 11)}
    leaders |= {"p05": (7, 8), "p06": (7, 10), "p07": (5, 8), "p08": (7, 11)}
    assert {person: found.rows[PersonId(person)] for person in leaders} == leaders


def test_extended_talks_leave_the_rate_alone() -> None:
    found = of_sample("cn.four-must-talks-extended")

    assert (found.covered, found.required, found.rate, found.optional) == (37, 48, 77.1, (4, 6))
    assert found.by_rule["RX"] == (4, 6)


@pytest.mark.parametrize(
    ("day", "count"),
    [(date(2014, 6, 15), 0), (date(2014, 6, 16), 3), (date(2014, 7, 13), 37), (date(2014, 8, 4), 37)],
)
def test_the_sample_as_of_other_days(day: date, count: int) -> None:
    assert of_sample("cn.four-must-talks", day).covered == count


# ── Properties ───────────────────────────────────────────────────────────────────────────────────────────────────────
PEOPLE = st.sampled_from(["p01", "p02", "p03", "p04", "s01", "s02"])
DAYS = st.integers(0, 80).map(lambda days: date(2014, 6, 10) + timedelta(days=days))


@st.composite
def some_talks(draw: st.DrawFn) -> list[Booking]:
    count = draw(st.integers(0, 12))
    return [
        a_talk(
            f"T{number:03}",
            start=f"{draw(DAYS)}T09:00",
            who=draw(st.lists(PEOPLE, min_size=1, max_size=3, unique=True)),
            is_held=draw(st.booleans()),
            is_cancelled=draw(st.booleans()),
            mode=draw(st.sampled_from(Mode)),
        )
        for number in range(count)
    ]


@st.composite
def some_requirements(draw: st.DrawFn) -> list[Requirement]:
    found = []
    for number in range(draw(st.integers(0, 8))):
        one, other = draw(st.lists(PEOPLE, min_size=2, max_size=2, unique=True))
        first, last = sorted((draw(DAYS), draw(DAYS)))
        terms = {
            "rules": (f"R{draw(st.integers(1, 3))}",),
            "severity": draw(st.sampled_from(Severity)),
            "min_count": draw(st.integers(1, 3)),
            "group_ok": draw(st.booleans()),
            "window": DayRange(first, last),
            "period": str(number),
        }
        if draw(st.booleans()):
            found.append(a_requirement((one, other), **terms))
        else:
            pool = draw(st.lists(PEOPLE, min_size=1, max_size=4, unique=True))
            found.append(a_requirement(subject=one, pool=tuple(pool), k=draw(st.integers(1, 2)), **terms))
    return found


@given(some_requirements(), some_talks(), DAYS)
def test_totals_add_up(requirements: list[Requirement], talks: list[Booking], day: date) -> None:
    found = cover(a_resolution(*requirements), talks, an_as_of(day.isoformat()))
    must = [state for state in found.requirements if state.requirement.severity is Severity.MUST]

    assert sum(found.states.values()) == found.required == len(must)
    assert found.covered == found.states[CoverageState.COVERED]
    assert found.must[1] + found.should[1] + found.optional[1] == len(requirements)
    assert sum(required for _, required in found.by_rule.values()) == len(requirements)
    assert sum(required for _, required in found.rows.values()) == sum(2 if s.requirement.pair else 1 for s in must)
    assert not any(state.is_overdue and state.state is CoverageState.COVERED for state in found.requirements)


@given(some_requirements(), some_talks(), st.randoms())
def test_the_order_of_talks_is_irrelevant(requirements: list[Requirement], talks: list[Booking], dice: object) -> None:
    shuffled = list(talks)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    resolution = a_resolution(*requirements)

    assert cover(resolution, talks, an_as_of()).requirements == cover(resolution, shuffled, an_as_of()).requirements


@given(some_talks())
def test_a_pair_stands_the_same_from_both_sides(talks: list[Booking]) -> None:
    assert covered(a_requirement(("p01", "p02")), *talks) == covered(a_requirement(("p02", "p01")), *talks)


@given(some_requirements(), some_talks())
def test_one_more_talk_uncovers_nothing(requirements: list[Requirement], talks: list[Booking]) -> None:
    resolution = a_resolution(*requirements)
    more = [*talks, a_talk("T999", who=["p01", "s01"], is_held=True)]

    before, after = (cover(resolution, found, an_as_of()) for found in (talks, more))

    assert all(now.have >= then.have for then, now in zip(before.requirements, after.requirements, strict=True))


@given(some_requirements(), some_talks())
def test_states_are_what_going_through_all_of_them_gives(requirements: list[Requirement], talks: list[Booking]) -> None:
    """The slow and plain way: every requirement beside every talk."""
    as_of = an_as_of()
    found = cover(a_resolution(*requirements), talks, as_of)

    for state in found.requirements:
        asked = state.requirement
        others = set(asked.pool) - {asked.subject}
        serving = [
            talk.id
            for talk in sorted(talks, key=lambda talk: (talk.span.start, talk.id))
            if talk.day(as_of.zone) in asked.window
            and talk.mode in asked.modes
            and (asked.group_ok or not talk.is_group_talk)
            and not talk.is_cancelled
            and (set(asked.pair or (asked.subject,)) <= set(talk.people))
            and (asked.pair or others & set(talk.people))
        ]
        assert state.talks == tuple(serving)
