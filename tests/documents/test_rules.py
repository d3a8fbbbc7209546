from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.core.campaigns.windows import TALK_WINDOW, EveryDays, Per
from scheduler.core.ground.bookings import Mode
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.rules.pairings import AllPairs
from scheduler.core.rules.requirements import Severity
from scheduler.core.rules.resolution import Rule, RuleName, RuleSetSpec
from scheduler.documents import rules
from scheduler.documents.rules import RuleFile
from tests.core import sample

TEAM = {"group": "team"}


def a_rule(rule_id: str = "R1", **said: object) -> dict[str, object]:
    return {"id": rule_id, "pairing": "all_pairs", "a": TEAM, **said}


def a_preset(preset_id: str = "my.preset", *rules: dict[str, object], **said: object) -> dict[str, object]:
    return {"id": preset_id, "rules": list(rules) or [a_rule()], **said}


def read(*presets: dict[str, object], preset: str | None = None, **around: object) -> RuleSetSpec:
    return rules.read({"presets": list(presets), **around}, preset, sample.presets())


def first(*presets: dict[str, object], preset: str | None = None, **around: object) -> Rule:
    return read(*presets, preset=preset, **around).rules[0]


def ids(spec: RuleSetSpec) -> list[str]:
    return [rule.id for rule in spec.rules]


def refusal(call: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(Malformed) as caught:
        call()
    return caught.value.kind, caught.value.field


def test_all_presets_of_the_sample_are_read() -> None:
    found = {spec.id: ids(spec) for spec in map(sample.preset, sample.presets().presets)}

    assert found == {
        "cn.four-must-talks": ["R1", "R2", "R3", "R4"],
        "cn.four-must-talks-extended": ["R1", "R2", "R3", "R4", "RX"],
        "cn.three-must-talks": ["R1", "R2", "R3"],
        "cn.five-must-talks": ["R1", "R2", "R3", "R4", "R5a", "R5b"],
        "cn.six-must-talks": ["R1", "R2", "R3", "R4", "R5a", "R5b", "R6"],
        "cn.five-must-talks-events": ["V1", "V2", "V3", "V4", "V5", "V6"],
        "cn.six-must-talks-events": ["S1", "S2", "S3", "S4", "S5", "S6"],
        "cn.branch-yearly": ["B1", "B2"],
        "cn.frequency-example": ["F1", "F2", "F3"],
        "intl.one-on-one": ["O1", "O2", "O3"],
        "intl.mentoring": ["M1"],
        "intl.audit-interviews": ["A1"],
        "intl.visit-day": ["W1", "W2"],
    }


def test_every_preset_of_a_file_is_checked() -> None:
    raw = {"presets": [dict(preset) for preset in sample.presets().presets.values()]}

    assert len(rules.check(raw)) == 13
    raw["presets"][12]["rules"] = [a_rule(pairing="everybody")]
    assert refusal(lambda: rules.check(raw)) == ("unknown_choice", "R1.pairing")


def test_one_preset_may_stand_by_itself() -> None:
    assert rules.read(a_preset()).id == "my.preset"
    assert rules.read({"id": "mine", "extends": "cn.four-must-talks"}, None, sample.presets()).id == "mine"
    around = {"schema_version": 1, "defaults": {"severity": "should"}}
    assert rules.read({**a_preset(), **around}).rules[0].severity is Severity.SHOULD


def test_file_with_several_presets_wants_one_of_them_named() -> None:
    with pytest.raises(Malformed) as caught:
        read(a_preset("one"), a_preset("two"))

    assert caught.value.kind == "several_presets"
    assert caught.value.details == {"presets": ("one", "two")}
    assert read(a_preset("one"), a_preset("two"), preset="two").id == "two"


def test_preset_that_is_not_in_the_file_is_not_found() -> None:
    with pytest.raises(NotFound) as caught:
        read(a_preset("one"), preset="three")

    assert (caught.value.noun, caught.value.name) == ("preset", "three")


def test_rule_that_says_nothing_takes_what_the_shipped_presets_say() -> None:
    rule = first(a_preset())

    assert (rule.severity, rule.min_count, rule.per) == (Severity.MUST, 1, Per.WINDOW)
    assert (rule.modes, rule.group_ok, rule.window, rule.order) == (frozenset({Mode.FACE_TO_FACE}), False, None, None)
    assert (rule.name, dict(rule.extras), rule.exclude) == (RuleName(), {}, frozenset())


def test_nearest_word_holds() -> None:
    defaults = {"min_count": 2, "per": "month", "modes": ["video"], "size": "group_ok"}
    rules = a_rule("A"), a_rule("B", min_count=4, per={"every_days": 10}, modes=["any"], size="one_to_one")

    spec = read(a_preset("x", *rules, min_count=3), defaults=defaults)

    a, b = spec.rules
    assert (a.min_count, a.per, a.modes, a.group_ok) == (3, Per.MONTH, frozenset({Mode.VIDEO}), True)
    assert (b.min_count, b.per, b.modes, b.group_ok) == (4, EveryDays(10), frozenset(Mode), False)
    assert (spec.per, spec.modes, spec.group_ok) == (Per.MONTH, frozenset({Mode.VIDEO}), True)


def test_null_says_nothing() -> None:
    assert first(a_preset("x", a_rule(per=None, severity=None), per="year")).per is Per.YEAR
    assert first(a_preset(), defaults=None).min_count == 1


def test_preset_extends_another_and_says_some_things_differently() -> None:
    three = sample.preset("cn.three-must-talks")

    assert three.per is Per.YEAR
    assert all(rule.per is Per.YEAR for rule in three.rules)
    assert three.window == sample.preset("cn.four-must-talks").window
    assert three.name == RuleName("三必谈", "Three must-talks")


def test_file_may_extend_a_shipped_preset() -> None:
    spec = read({"id": "mine", "extends": "cn.six-must-talks", "drop": ["R5a", "R5b"], "rules": [a_rule("R9")]})

    assert ids(spec) == ["R1", "R2", "R3", "R4", "R6", "R9"]


def test_rule_of_the_same_id_replaces_the_one_that_is_extended() -> None:
    spec = read({"id": "mine", "extends": "cn.four-must-talks", "rules": [a_rule("R2", severity="optional")]})

    assert ids(spec) == ["R1", "R2", "R3", "R4"]
    assert isinstance(spec.rules[1].pairing, AllPairs)
    assert spec.rules[1].severity is Severity.OPTIONAL
    assert spec.rules[1].order is None


def test_preset_may_extend_the_shipped_one_whose_name_it_takes() -> None:
    spec = read({"id": "cn.four-must-talks", "extends": "cn.four-must-talks", "drop": ["R4"]})

    assert ids(spec) == ["R1", "R2", "R3"]


def test_window_of_the_extended_preset_can_be_taken_away() -> None:
    assert read({"id": "mine", "extends": "cn.four-must-talks", "window": None}).window is None
    assert read({"id": "mine", "extends": "cn.four-must-talks", "window": "plan.talk_window"}).window == TALK_WINDOW


def test_presets_that_extend_each_other_are_refused() -> None:
    one, two = {"id": "one", "extends": "two"}, {"id": "two", "extends": "one"}

    assert refusal(lambda: read(one, two, preset="one")) == ("cyclic_extends", "one.extends")
    assert refusal(lambda: read({"id": "one", "extends": "one"})) == ("cyclic_extends", "one.extends")


def test_rule_comes_after_one_that_is_there() -> None:
    assert first(a_preset("x", a_rule("A", after=["B"]), a_rule("B"))).extras == {"after": ["B"]}
    assert first(a_preset("x", a_rule("A", after="B"), a_rule("B"))).extras == {"after": ["B"]}
    assert refusal(lambda: read(a_preset("x", a_rule("A", after=["C"])))) == ("unknown_choice", "A.after")


def test_limits_of_a_pairing_that_is_turned_are_those_of_its_sides() -> None:
    limits = {"a_max_per_day": 1, "b_max_per_day": 2}
    sides = {"a": {"role": "principal"}, "b": {"group": "leadership_team"}, "limits": limits}

    straight, turned = (
        first(a_preset("x", a_rule("A", pairing=pairing, **sides))).extras for pairing in ("a_any_b", "b_any_a")
    )

    assert straight == {"limits": limits}
    assert turned == {"limits": {"b_max_per_day": 1, "a_max_per_day": 2}}


@pytest.mark.parametrize("after", ["B", ["B"]])
def test_rule_forgets_that_it_comes_after_one_that_was_dropped(after: object) -> None:
    parent = a_preset("parent", a_rule("A", after=after), a_rule("B"), a_rule("C", after=["A", "B"]))

    spec = read(parent, {"id": "child", "extends": "parent", "drop": ["B"]}, preset="child")

    assert [dict(rule.extras) for rule in spec.rules] == [{}, {"after": ["A"]}]


def test_rule_that_was_dropped_can_be_written_anew() -> None:
    spec = read({"id": "mine", "extends": "cn.three-must-talks", "drop": ["R1"], "rules": [a_rule("R1")]})

    assert ids(spec) == ["R2", "R3", "R1"]


def test_name_is_a_text_or_one_in_each_language() -> None:
    assert read(a_preset(name="我的方案")).name == RuleName("我的方案")
    assert read(a_preset(name={"en": "Mine"})).name == RuleName("", "Mine")


def test_name_is_given_in_the_other_language_if_there_is_no_other() -> None:
    assert RuleName("四必谈", "Four").text("en") == "Four"
    assert RuleName("四必谈", "Four").text("zh") == "四必谈"
    assert RuleName("四必谈").text("en") == "四必谈"
    assert RuleName(en="Four").text("zh") == "Four"


def test_name_with_a_comma_that_yaml_took_apart_is_put_together() -> None:
    names = [rule.name.en for rule in sample.preset("cn.frequency-example").rules]

    assert names == [
        "Principal with team, twice a year",
        "Between team members, yearly",
        "With heads in charge, twice a year",
    ]


def test_what_only_the_planner_needs_is_kept() -> None:
    mentoring, visit_day = sample.preset("intl.mentoring").rules[0], sample.preset("intl.visit-day").rules[0]

    assert mentoring.extras == {"initiator": "b", "limits": {"a_max_partners": 1}}
    assert visit_day.extras == {"preferences": "ranked", "slot_minutes": 25, "window": "one_day"}
    assert visit_day.exclude == frozenset({"already_met"})
    assert visit_day.window is None
    assert sample.preset("cn.four-must-talks").rules[2].order == 3


def test_word_for_the_window_of_a_preset_is_kept_with_each_rule_that_has_none() -> None:
    spec = read(a_preset("x", a_rule("A"), a_rule("B", window={"opens": "2014-07-01"}), window="half_day"))

    assert [dict(rule.extras) for rule in spec.rules] == [{"window": "half_day"}, {}]
    assert spec.window is None


def test_borrowed_window_is_no_word_for_the_planner() -> None:
    assert dict(first(a_preset(window="plan.talk_window")).extras) == {}


def test_direction_is_kept_when_it_is_not_the_usual_one() -> None:
    assert first(a_preset("x", a_rule(direction="a_to_b"))).extras == {"direction": "a_to_b"}


def test_document_reads_as_the_same_again() -> None:
    for preset_id in sample.presets().presets:
        spec = sample.preset(preset_id)

        assert rules.spec(spec.document) == spec
        assert rules.read(spec.document) == spec


def test_document_stands_by_itself() -> None:
    spec = read({"id": "mine", "extends": "cn.three-must-talks", "drop": ["R1"]}, defaults={"min_count": 2})

    (preset,) = spec.document["presets"]
    assert "extends" not in preset
    assert "drop" not in preset
    assert [rule["id"] for rule in preset["rules"]] == ["R2", "R3"]
    assert spec.document["defaults"]["min_count"] == 2
    assert spec.document["schema_version"] == 1


def test_preset_knows_the_milestones_it_hangs_on() -> None:
    window = {"closes": {"before_milestone": "visit", "days": 1}}

    spec = read({"id": "mine", "extends": "cn.four-must-talks", "rules": [a_rule("R9", window=window)]})

    assert spec.milestones == ("democratic_life_meeting", "visit")


@pytest.mark.parametrize(
    ("raw", "kind", "where"),
    [
        (None, "not_a_mapping", "file"),
        ([], "not_a_mapping", "file"),
        ({}, "missing", "presets"),
        ({"presets": {}}, "not_a_list", "presets"),
        ({"presets": []}, "missing", "presets"),
        ({"presets": ["x"]}, "not_a_mapping", "presets[1]"),
        ({"presets": [{"rules": []}]}, "missing", "presets[1].id"),
        ({"presets": [a_preset()], "preset": 1}, "unknown_key", "preset"),
        ({"presets": [a_preset()], "schema_version": 2}, "unknown_choice", "schema_version"),
        ({"presets": [a_preset("x"), a_preset("x")]}, "duplicate", "x"),
        ({"presets": [{"id": "x"}]}, "missing", "x.rules"),
        ({"presets": [{"id": "x", "rules": None}]}, "not_a_list", "x.rules"),
        ({"presets": [{"id": "x", "rules": ["R1"]}]}, "not_a_mapping", "x.rules[1]"),
        ({"presets": [{"id": "x", "rules": [{"pairing": "all_pairs"}]}]}, "missing", "x.rules[1].id"),
        ({"presets": [a_preset("x", a_rule("A"), a_rule("A"))]}, "duplicate", "x.A"),
        ({"presets": [{"id": "x", "rules": [a_rule(f"R{n}") for n in range(501)]}]}, "too_many", "x.rules"),
        ({"presets": [{"id": "x", "extends": "cn.nine"}]}, "unknown_choice", "x.extends"),
        ({"presets": [{"id": "x", "extends": ["cn.four-must-talks"]}]}, "not_a_text", "x.extends"),
        ({"presets": [{"id": "x", "extends": "cn.four-must-talks", "drop": ["R9"]}]}, "unknown_choice", "x.drop"),
        ({"presets": [{"id": "x", "extends": "cn.four-must-talks", "drop": "R4"}]}, "not_a_list", "x.drop"),
        ({"presets": [a_preset("x", drop=["R1"])]}, "unknown_choice", "x.drop"),
        ({"presets": [a_preset("x", rulez=[])]}, "unknown_key", "x.rulez"),
        ({"presets": [a_preset("x", per="fortnight")]}, "unknown_choice", "x.per"),
        ({"presets": [a_preset("x", for_each="unit")]}, "unknown_choice", "x.for_each"),
        ({"presets": [a_preset("x", name=["x"])]}, "not_a_mapping", "x.name"),
        ({"presets": [a_preset("x", name={"fr": "x"})]}, "unknown_key", "x.name.fr"),
        ({"presets": [a_preset("x", source=1)]}, "not_a_text", "x.source"),
        ({"presets": [a_preset("x", window="soon")]}, "unknown_choice", "x.window"),
        ({"presets": [a_preset()], "defaults": {"min_count": 0}}, "out_of_range", "defaults.min_count"),
        ({"presets": [a_preset()], "defaults": {"pairing": "all_pairs"}}, "unknown_key", "defaults.pairing"),
        ({"presets": [a_preset()], "defaults": ["must"]}, "not_a_mapping", "defaults"),
    ],
)
def test_file_that_cannot_be_understood_is_named(raw: object, kind: str, where: str) -> None:
    assert refusal(lambda: rules.read(raw, None, sample.presets())) == (kind, where)


@pytest.mark.parametrize(
    ("said", "kind", "where"),
    [
        ({"pairng": "all_pairs"}, "unknown_key", "R1.pairng"),
        ({"min_count": 0}, "out_of_range", "R1.min_count"),
        ({"min_count": "2"}, "not_a_number", "R1.min_count"),
        ({"min_count": True}, "not_a_number", "R1.min_count"),
        ({"severity": "maybe"}, "unknown_choice", "R1.severity"),
        ({"per": "fortnight"}, "unknown_choice", "R1.per"),
        ({"modes": ["letter"]}, "unknown_choice", "R1.modes"),
        ({"modes": []}, "missing", "R1.modes"),
        ({"size": "huge"}, "unknown_choice", "R1.size"),
        ({"order": "first"}, "not_a_number", "R1.order"),
        ({"exclude": ["same_age"]}, "unknown_choice", "R1.exclude"),
        ({"direction": "up"}, "unknown_choice", "R1.direction"),
        ({"credit": "half"}, "unknown_choice", "R1.credit"),
        ({"self_pair": "include"}, "unknown_choice", "R1.self_pair"),
        ({"unresolved": "fail"}, "unknown_choice", "R1.unresolved"),
        ({"initiator": "c"}, "unknown_choice", "R1.initiator"),
        ({"limits": 3}, "not_a_mapping", "R1.limits"),
        ({"limits": {"c_max": 1}}, "unknown_key", "R1.limits.c_max"),
        ({"limits": {"a_max_partners": 0}}, "out_of_range", "R1.limits.a_max_partners"),
        ({"location": 5}, "not_a_text", "R1.location"),
        ({"slot_minutes": 0}, "out_of_range", "R1.slot_minutes"),
        ({"name": {"zh": 1}}, "not_a_text", "R1.name.zh"),
        ({"a": {"grop": "team"}}, "unknown_key", "R1.a.grop"),
        ({"k": 2}, "key_not_for_pairing", "R1.k"),
    ],
)
def test_rule_that_cannot_be_understood_is_named(said: dict[str, object], kind: str, where: str) -> None:
    assert refusal(lambda: read(a_preset("x", a_rule(**said)))) == (kind, where)


def test_empty_exclusion_and_a_preset_without_rules_ask_for_nothing_special() -> None:
    assert first(a_preset("x", a_rule(exclude=[]))).exclude == frozenset()
    assert read({"id": "x", "rules": []}).rules == ()


def test_file_of_one_preset_knows_it() -> None:
    assert RuleFile.of(a_preset()).only() == "my.preset"


def _places(raw: Any) -> list[tuple[Any, Any]]:
    """Every mapping and list in a document, with each of its keys."""
    if not isinstance(raw, (dict, list)):
        return []
    keys = list(raw) if isinstance(raw, dict) else list(range(len(raw)))
    return [(raw, key) for key in keys] + [place for key in keys for place in _places(raw[key])]


ODD = st.sampled_from([None, True, 0, -1, 10**12, "", "x", "self", [], ["x"], [[]], {}, {"x": 1}, {"group": "x"}, 1.5])


@given(st.sampled_from(sorted(sample.presets().presets)), st.data())
def test_whatever_stands_in_a_file_it_is_read_or_refused(preset_id: str, data: st.DataObject) -> None:
    document: Any = deepcopy(rules.carried_out(sample.presets(), preset_id))
    places = _places(document)
    inside, key = places[data.draw(st.integers(0, len(places) - 1))]
    inside[key] = data.draw(ODD)

    try:
        spec = rules.read(document, None, sample.presets())
    except (Malformed, NotFound):
        return
    assert rules.spec(spec.document) == spec


def test_names_are_read_alone_for_a_list_of_presets() -> None:
    assert rules.names(None, "x") == RuleName()
    assert rules.names({"zh": "四必谈"}, "x") == RuleName("四必谈")
    assert refusal(lambda: rules.names(3, "x")) == ("not_a_mapping", "x")


def test_null_in_the_defaults_says_nothing() -> None:
    assert first(a_preset(), defaults={"severity": None}).severity is Severity.MUST


def test_list_in_the_list_of_rules_to_come_after_is_no_text() -> None:
    child = {"id": "child", "extends": "parent", "drop": ["B"], "rules": [a_rule("C", after=[["A"]])]}

    assert refusal(lambda: read(a_preset("parent", a_rule("A"), a_rule("B")), child, preset="child")) == (
        "not_a_text",
        "C.after",
    )
