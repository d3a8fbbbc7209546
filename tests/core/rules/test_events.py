"""What befell somebody is for organizers and the two people only."""

from dataclasses import replace

from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import PersonId, RuleId
from scheduler.core.rules.events import MASKED, event_rules_of, kinds_of, masked, visible
from scheduler.core.rules.requirements import Reason, Severity
from tests.core.asked import a_requirement, a_resolution
from tests.core.sample import preset

OF_P30 = replace(a_requirement(("p12", "p30")), reasons=(Reason(RuleId("V2"), occurrence=7),))
OF_P31 = replace(a_requirement(("p12", "p31")), reasons=(Reason(RuleId("V1"), occurrence=8), Reason(RuleId("R1"))))
RESOLUTION = replace(
    a_resolution(OF_P30, OF_P31),
    by_rule={RuleId("R1"): 1, RuleId("V1"): 1, RuleId("V2"): 1, RuleId("V3"): 0},
    severity_of={
        RuleId("R1"): Severity.MUST,
        RuleId("V1"): Severity.SHOULD,
        RuleId("V2"): Severity.MUST,
        RuleId("V3"): Severity.OPTIONAL,
    },
    unresolved=(Finding("empty_pool", "p33", {"follows_event": True}), Finding("head_vacant", "I05")),
)
EVENT_RULES = {RuleId("V1"), RuleId("V2"), RuleId("V3")}


def test_others_learn_that_something_is_asked_but_not_what_for() -> None:
    seen = masked(RESOLUTION, EVENT_RULES, PersonId("s01"))

    assert [requirement.reasons for requirement in seen.requirements] == [
        (Reason(MASKED),),
        (Reason(MASKED), Reason(RuleId("R1"))),
    ]
    assert seen.by_rule == {"R1": 1, MASKED: 2}
    assert seen.severity_of == {"R1": Severity.MUST, MASKED: Severity.MUST}
    assert [finding.subject for finding in seen.unresolved] == ["I05"]


def test_one_of_the_two_sees_the_own_reason() -> None:
    seen = masked(RESOLUTION, EVENT_RULES, PersonId("p30"))

    assert seen.requirements[0] == OF_P30
    assert seen.requirements[1].rules == (MASKED, "R1")
    assert seen.by_rule == {"R1": 1, "V2": 1, MASKED: 1}


def test_rule_that_asks_for_nothing_just_now_is_hidden_with_the_weight_it_has() -> None:
    left_out = replace(RESOLUTION, by_rule={RuleId("R1"): 1, RuleId("V1"): 1})

    seen = masked(left_out, {RuleId("V1"), RuleId("V3")}, PersonId("s01"))

    assert seen.by_rule == {"R1": 1, MASKED: 1}
    assert seen.severity_of[MASKED] is Severity.SHOULD


def test_event_rules_are_those_that_follow_from_occurrences() -> None:
    assert event_rules_of(preset("cn.six-must-talks-events")) == {"S1", "S2", "S3", "S4", "S5", "S6"}
    assert event_rules_of(preset("cn.six-must-talks")) == set()
    assert kinds_of(preset("intl.one-on-one")) == {"joined"}
    assert kinds_of(preset("cn.six-must-talks")) == set()


def test_nothing_is_hidden_where_no_rule_reacts_to_events() -> None:
    assert masked(RESOLUTION, set(), PersonId("s01")) is RESOLUTION


def test_whoever_is_in_all_of_them_sees_all_rules_that_ask() -> None:
    seen = masked(RESOLUTION, {RuleId("V1"), RuleId("V2")}, PersonId("p12"))

    assert seen.requirements == RESOLUTION.requirements
    assert seen.by_rule == RESOLUTION.by_rule


def test_rules_are_told_by_name_where_they_are_harmless_and_as_one_where_not() -> None:
    assert visible([RuleId("V1"), RuleId("R1"), RuleId("V2")], {RuleId("R1")}) == (MASKED, "R1")
    assert visible([], set()) == ()
