"""Preconditions as data: their keys, and what they refer to."""

from scheduler.core.ground.bookings import Kind
from scheduler.core.programme import conditions
from scheduler.core.programme.conditions import KINDS, USUAL, Condition, ItemKind, What

ROOM_IS_SET = Condition("", What.OTHER, ItemKind.TICK, "会场已定")


def test_the_usual_six_are_those_of_the_democratic_life_meeting_alone() -> None:
    assert [condition.key for condition in conditions.usual_of(Kind.DEMOCRATIC_LIFE_MEETING)] == [
        "c1", "c2", "c3", "c4", "c5", "c6",
    ]  # fmt: skip
    assert conditions.usual_of(Kind.MEETING) == ()
    assert all(condition.kind in KINDS[condition.what] for condition in USUAL)


def test_what_means_the_same_keeps_its_key_whatever_its_day_and_place() -> None:
    last = Condition("", What.REPORT, ItemKind.TICK, days_before=10)
    keyed = conditions.keyed([last, ROOM_IS_SET, Condition("", What.STUDY, ItemKind.COMPUTED)], (), ())

    assert [(one.key, one.what, one.days_before) for one in keyed] == [
        ("c6", What.REPORT, 10), ("c7", What.OTHER, None), ("c1", What.STUDY, None),
    ]  # fmt: skip
    again = conditions.keyed(reversed(keyed), keyed, ())
    assert [one.key for one in again] == ["c1", "c7", "c6"]


def test_what_means_something_else_gets_a_key_that_nobody_ever_ticked() -> None:
    before = conditions.keyed([ROOM_IS_SET], (), ())
    renamed = Condition("", What.OTHER, ItemKind.TICK, "会场和音响已定")
    signed = Condition("", What.OTHER, ItemKind.SIGN_OFF, "会场已定")

    assert [one.key for one in conditions.keyed([renamed, signed], before, {"c11", "x"})] == ["c12", "c13"]
    twice = conditions.keyed([ROOM_IS_SET, ROOM_IS_SET], (), ())
    assert [one.key for one in twice] == ["c7", "c8"]


def test_what_is_not_there_is_unknown_by_what_may_be_referred_to() -> None:
    asked = [
        Condition("c1", What.STUDY, ItemKind.COMPUTED, target="ST1"),
        Condition("c2", What.STUDY, ItemKind.COMPUTED, target="RS1"),
        Condition("c3", What.TALKS, ItemKind.COMPUTED, target="RS1"),
        Condition("c4", What.PLAN, ItemKind.SIGN_OFF, target="inspectors"),
        Condition("c5", What.OTHER, ItemKind.SIGN_OFF, "审计同意", "ST1"),
        Condition("c6", What.REPORT, ItemKind.TICK, target="ST1"),
        Condition("c7", What.MATERIALS, ItemKind.COMPUTED),
    ]

    assert conditions.unknown_targets(asked, {"ST1"}, {"RS1"}, {"inspectors"}) == {"c2", "c5", "c6"}
