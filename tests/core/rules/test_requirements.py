"""What is required, and why."""

from dataclasses import replace

from scheduler.core.ground.ids import RuleId
from scheduler.core.rules.requirements import Severity
from tests.core.asked import a_requirement, a_resolution


def test_a_pair_stands_in_both_rows_and_a_pool_in_one() -> None:
    pair, anybody = a_requirement(("p01", "p02")), a_requirement(subject="p01", pool=("s01",))

    assert (pair.kind, pair.bearers) == ("pair", ("p01", "p02"))
    assert (anybody.kind, anybody.bearers) == ("any", ("p01",))


def test_rules_are_named_once_in_their_order() -> None:
    assert a_requirement(rules=("R2",)).rules == ("R2",)
    assert a_requirement(rules=("R2", "R3", "R2")).rules == ("R2", "R3")


def test_needed_is_the_larger_of_talks_and_members() -> None:
    assert a_requirement(min_count=3).needed == 3
    assert a_requirement(subject="p01", pool=("s01", "s02"), k=2).needed == 2


def test_counts_before_and_after_merging_leave_optional_ones_apart() -> None:
    found = replace(
        a_resolution(
            a_requirement(rules=("R1", "R2")), a_requirement(("p01", "p03"), rules=("RX",), severity=Severity.OPTIONAL)
        ),
        by_rule={RuleId("R1"): 1, RuleId("R2"): 1, RuleId("RX"): 1},
        severity_of={RuleId("R1"): Severity.MUST, RuleId("R2"): Severity.SHOULD, RuleId("RX"): Severity.OPTIONAL},
    )

    assert (found.before_merging, found.distinct, found.optional) == (2, 1, 1)


def test_a_key_names_its_people_and_tells_period_and_pool_apart() -> None:
    pool = a_requirement(subject="p01", pool=("s02", "s01"))

    assert a_requirement().key == "p01-p02"
    assert a_requirement(period="2014-07").key == "p01-p02@2014-07"
    assert a_requirement(period="2014-06-16/2014-08-15").key == "p01-p02@2014-06-16_2014-08-15"
    assert pool.key.startswith("p01-any1-")
    assert pool.key == a_requirement(subject="p01", pool=("s01", "s02")).key
    assert pool.key != a_requirement(subject="p01", pool=("s01",)).key
    assert pool.key != a_requirement(subject="p01", pool=("s01", "s02"), k=2).key
