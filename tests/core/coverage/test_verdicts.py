"""What each talk counts for, and why it does not if it does not."""

from dataclasses import replace
from datetime import date

import pytest

from scheduler.core.coverage.report import cover
from scheduler.core.coverage.verdicts import WHY_NOT, Verdict, verdicts
from scheduler.core.ground.bookings import Booking, Mode, Size, State
from scheduler.core.ground.spans import DayRange
from scheduler.core.rules.requirements import Resolution
from scheduler.core.rules.resolution import resolve
from tests.builders import a_talk, an_as_of, at
from tests.core import sample_talks
from tests.core.asked import a_requirement, a_resolution
from tests.core.sample import facts, preset


def judged(resolution: Resolution, *talks: Booking, day: str = "2014-08-01") -> list[Verdict]:
    return list(verdicts(cover(resolution, talks, an_as_of(day))))


def why(talk: Booking, resolution: Resolution | None = None) -> str | None:
    (verdict,) = judged(resolution or a_resolution(a_requirement()), talk)
    assert verdict.counts == (verdict.why_not is None)
    return verdict.why_not


HELD = a_talk("T001", is_held=True)
BY_PHONE = replace(HELD, mode=Mode.PHONE)
EARLY = a_talk("T001", start="2014-06-01T09:00", is_held=True)


@pytest.mark.parametrize(
    ("talk", "reason"),
    [
        (HELD, None),
        (a_talk(is_cancelled=True), "cancelled"),
        (a_talk(start="2014-08-05T09:00"), "not_yet_held"),
        (a_talk(start="2014-08-05T09:00", is_held=True), "not_yet_held"),
        (a_talk(), "unconfirmed"),
        (a_talk(is_awaiting=True), "unconfirmed"),
        (EARLY, "outside_window"),
        (a_talk(who=["p01", "p02", "p03"], is_held=True), "group_talk"),
        (a_talk(size=Size.GROUP, is_held=True), "group_talk"),
        (BY_PHONE, "mode_not_allowed"),
    ],
)
def test_a_talk_does_not_count_for_one_reason(talk: Booking, reason: str | None) -> None:
    assert why(talk) == reason


def test_the_first_reason_that_applies_is_told() -> None:
    worst = replace(EARLY, mode=Mode.PHONE, size=Size.GROUP)
    order = [
        replace(worst, is_cancelled=True),
        replace(worst, span=a_talk(start="2014-08-05T09:00").span),
        replace(worst, is_held=False),
        worst,
        replace(HELD, mode=Mode.PHONE, size=Size.GROUP),
        BY_PHONE,
    ]

    assert tuple(why(talk) for talk in order) == WHY_NOT


def test_one_requirement_that_accepts_a_talk_is_enough() -> None:
    phone = a_requirement(modes=frozenset({Mode.PHONE}), period="b", rules=("R2",))
    group = a_requirement(group_ok=True, period="c", rules=("R3",))

    assert why(BY_PHONE, a_resolution(a_requirement(), phone)) is None
    assert why(replace(BY_PHONE, size=Size.GROUP), a_resolution(a_requirement(), group)) == "mode_not_allowed"
    assert why(replace(HELD, size=Size.GROUP), a_resolution(a_requirement(), group)) is None


def test_a_talk_that_no_rule_asks_for_is_held_against_the_rule_set() -> None:
    nothing = a_resolution(a_requirement(("p08", "p09")))
    window = replace(nothing, window=DayRange(None, date(2014, 6, 1)))
    (verdict,) = judged(nothing, HELD)

    assert (verdict.is_extra, verdict.why_not, verdict.covers) == (True, None, ())
    assert why(HELD, window) == "outside_window"
    assert why(BY_PHONE, nothing) == "mode_not_allowed"
    assert why(BY_PHONE, replace(nothing, modes=frozenset({Mode.PHONE}))) is None
    assert why(replace(HELD, size=Size.GROUP), nothing) == "group_talk"
    assert why(replace(HELD, size=Size.GROUP), replace(nothing, group_ok=True)) is None


@pytest.mark.parametrize(("start", "reason"), [("2014-06-15T23:30", "outside_window"), ("2014-06-16T00:30", None)])
def test_an_extra_talk_is_in_the_window_by_its_local_day(start: str, reason: str | None) -> None:
    talk = a_talk("T001", start, is_held=True)

    assert why(talk, a_resolution(a_requirement(("p08", "p09")))) == reason


@pytest.mark.parametrize("start", ["2014-06-16T00:30", "2014-08-15T23:00"])
def test_first_and_last_local_day_of_a_window_count(start: str) -> None:
    (verdict,) = judged(a_resolution(a_requirement()), a_talk("T001", start, is_held=True), day="2014-08-16")

    assert (verdict.state, verdict.why_not, verdict.covers) == (State.HELD, None, ("R1",))


def test_second_talk_of_a_local_day_brings_nothing_forward() -> None:
    morning, afternoon = (
        a_talk(f"T00{n}", f"2014-07-01T{hour}:00", is_held=True) for n, hour in ((1, "07"), (2, "15"))
    )

    assert covers(a_resolution(a_requirement(min_count=2)), morning, afternoon) == {"T001": ("R1",), "T002": ()}


def test_a_cancelled_talk_may_be_extra_too_and_one_outside_the_window_is_not() -> None:
    asked = a_resolution(a_requirement())

    assert [v.is_extra for v in judged(asked, a_talk(who=["p01", "p09"], is_cancelled=True))] == [True]
    assert [v.is_extra for v in judged(asked, EARLY)] == [False]


def test_talks_that_nobody_knew_of_are_left_out_and_the_rest_is_in_order_of_time() -> None:
    unknown = a_talk("T001", start="2014-08-05T09:00", recorded_at=at("2014-08-02T09:00"))
    later, sooner = a_talk("T002", start="2014-07-03T09:00"), a_talk("T003", start="2014-07-02T09:00")

    assert [v.talk.id for v in judged(a_resolution(), unknown, later, sooner)] == ["T003", "T002"]
    assert len(judged(a_resolution(), unknown, day="2014-08-02")) == 1


def on(day: int, number: int, *who: str) -> Booking:
    return a_talk(f"T{number:03}", start=f"2014-07-{day:02}T09:00", who=who or ("p01", "p02"), is_held=True)


def covers(resolution: Resolution, *talks: Booking) -> dict[str, tuple[str, ...]]:
    return {verdict.talk.id: verdict.covers for verdict in judged(resolution, *talks)}


def test_the_earliest_talk_covers_and_a_second_one_nothing_new() -> None:
    asked = a_resolution(a_requirement(rules=("R2", "R3")))

    assert covers(asked, on(2, 1), on(1, 2)) == {"T002": ("R2", "R3"), "T001": ()}


def test_each_new_day_brings_a_requirement_of_several_forward() -> None:
    twice = a_resolution(a_requirement(min_count=2))
    afternoon = replace(on(1, 2), span=a_talk(start="2014-07-01T15:00").span)

    found = covers(twice, on(1, 1), afternoon, on(2, 3), on(3, 4))

    assert found == {"T001": ("R1",), "T002": (), "T003": ("R1",), "T004": ()}


def test_each_new_member_of_a_pool_brings_it_forward() -> None:
    two_of = a_resolution(a_requirement(subject="p01", pool=("s01", "s02", "s03"), k=2))

    found = covers(
        two_of, on(1, 1, "p01", "s01"), on(2, 2, "p01", "s01"), on(3, 3, "p01", "s02"), on(4, 4, "p01", "s03")
    )

    assert found == {"T001": ("R1",), "T002": (), "T003": ("R1",), "T004": ()}


def test_members_and_days_are_both_asked_where_both_are_counted() -> None:
    both = a_resolution(a_requirement(subject="p01", pool=("s01", "s02"), k=2, min_count=3, group_ok=True))

    found = covers(
        both, on(1, 1, "p01", "s01", "s02"), on(2, 2, "p01", "s01"), on(3, 3, "p01", "s01"), on(4, 4, "p01", "s02")
    )

    assert found == {"T001": ("R1",), "T002": ("R1",), "T003": ("R1",), "T004": ()}


# ── The sample ───────────────────────────────────────────────────────────────────────────────────────────────────────
def of_sample(preset_id: str) -> dict[str, Verdict]:
    day = date(2014, 8, 1)
    found = cover(resolve(preset(preset_id), facts(on=day)), sample_talks.talks(), sample_talks.as_of(day))
    return {verdict.talk.id: verdict for verdict in verdicts(found)}


def test_of_the_50_records_43_count_and_7_say_why_not() -> None:
    found = of_sample("cn.four-must-talks-extended")

    assert len(found) == 50
    assert sum(verdict.counts for verdict in found.values()) == 43
    assert {name: verdict.why_not for name, verdict in found.items() if not verdict.counts} == {
        "T039": "outside_window",
        "T040": "cancelled",
        "T041": "not_yet_held",
        "T042": "not_yet_held",
        "T043": "group_talk",
        "T044": "mode_not_allowed",
        "T045": "unconfirmed",
    }


def test_a_repeated_talk_counts_and_covers_nothing_and_one_is_extra() -> None:
    found = of_sample("cn.four-must-talks-extended")

    assert (found["T032"].counts, found["T032"].covers, found["T032"].is_extra) == (True, (), False)
    assert (found["T046"].counts, found["T046"].covers, found["T046"].is_extra) == (True, (), True)
    assert [name for name, verdict in found.items() if verdict.is_extra] == ["T046"]
    assert (found["T004"].covers, found["T010"].covers) == (("R1",), ("R2", "R3"))
    assert found["T047"].covers == ("RX",)


def test_without_the_extended_rule_its_talks_are_extra() -> None:
    extra = [name for name, verdict in of_sample("cn.four-must-talks").items() if verdict.is_extra]

    assert sorted(extra) == ["T046", "T047", "T048", "T049", "T050"]
