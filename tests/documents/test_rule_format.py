from collections.abc import Callable
from datetime import date, datetime

import pytest
from pydantic_core import SchemaValidator
from pydantic_core.core_schema import CoreSchema

from scheduler.core.campaigns.definitions import WindowEdge
from scheduler.core.campaigns.windows import TALK_WINDOW, EveryDays, Per, PlanDay, Window
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import GroupId
from scheduler.core.ground.relations import Path, Post
from scheduler.core.rules.pairings import AllPairs, AnyOf, EachEach, Listed, OnEvent, Pairing, Relation
from scheduler.core.rules.selectors import (
    BranchPart,
    BranchRole,
    EventPerson,
    GroupMembers,
    Minus,
    Related,
    RoleHolders,
    Selector,
    Tagged,
    Where,
)
from scheduler.documents import rules
from scheduler.documents.rule_format import EDGE, PATH, PER, RULE_FILES, TEXT, WHO, WINDOW, one_of, some, whole
from tests.builders import people

TEAM, HOSTS = GroupMembers(GroupId("team")), GroupMembers(GroupId("hosts"))
BOSS = Related(Path(starts_at_unit=False, managers=1))


def refusal(call: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(Malformed) as caught:
        call()
    return caught.value.kind, caught.value.field


def read(piece: CoreSchema, raw: object, where: str) -> object:
    """What a piece of a rule file is read as."""
    return RULE_FILES.read(SchemaValidator(piece), raw, where)


def pairing(**raw: object) -> Pairing:
    """A pairing; `from_` stands for `from`."""
    rule = {"id": "R1", **{key.rstrip("_"): value for key, value in raw.items()}}
    return rules.read({"id": "mine", "rules": [rule]}).rules[0].pairing


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ({"group": "team"}, TEAM),
        ({"role": "principal"}, RoleHolders("principal")),
        ({"tag": "mentor"}, Tagged("mentor")),
        ({"branch": "self"}, BranchPart(None, BranchRole.MEMBERS)),
        ({"branch": "self", "part": "committee"}, BranchPart(None, BranchRole.COMMITTEE)),
        ({"branch": "B1", "part": "secretary"}, BranchPart(GroupId("B1"), BranchRole.SECRETARY)),
        ("event.person", EventPerson()),
        ({"relation": "person.manager"}, BOSS),
        ({"relation": "event.person.manager"}, BOSS),
        ({"relation": "manager_of(event.person)"}, BOSS),
        ({"relation": "leader_in_charge_of(event.person)"}, Related(Path(False, 0, Post.IN_CHARGE))),
        ({"relation": "head_of(event.person)"}, Related(Path(False, 0, Post.HEAD))),
        ({"relation": "unit.head"}, Related(Path(False, 0, Post.HEAD))),
        ({"relation": "person.manager.unit.head"}, Related(Path(False, 1, Post.HEAD))),
        ({"where": {"category": ["staff"], "rank": 3}}, Where((("category", frozenset({"staff"})), ("rank", frozenset({"3"}))))),
        ({"where": {"tag": "lead", "group": ["B1-1"]}}, Where((("tags", frozenset({"lead"})), ("party_group", frozenset({"B1-1"}))))),
        (
            {"group": "team", "minus": {"group": "hosts", "minus": {"tag": "lead"}}},
            Minus(TEAM, Minus(HOSTS, Tagged("lead"))),
        ),
    ],
)  # fmt: skip
def test_selector_is_read(raw: object, value: Selector) -> None:
    assert read(WHO, raw, "R1.a") == value


@pytest.mark.parametrize(
    ("raw", "kind", "where"),
    [
        ("person", "not_a_mapping", "R1.a"),
        (None, "not_a_mapping", "R1.a"),
        ({"grop": "team"}, "unknown_key", "R1.a.grop"),
        ({}, "one_selector", "R1.a"),
        ({"group": "team", "tag": "lead"}, "one_selector", "R1.a"),
        ({"group": "team", "part": "members"}, "unknown_key", "R1.a.part"),
        ({"group": ["team"]}, "not_a_text", "R1.a.group"),
        ({"group": None}, "missing", "R1.a.group"),
        ({"branch": "self", "part": "chair"}, "unknown_choice", "R1.a.part"),
        ({"where": {"shoe_size": ["42"]}}, "unknown_key", "R1.a.where.shoe_size"),
        ({"where": {}}, "missing", "R1.a.where"),
        ({"where": ["staff"]}, "not_a_mapping", "R1.a.where"),
        ({"where": {"category": []}}, "missing", "R1.a.where.category"),
        ({"where": {"category": [True]}}, "not_a_text", "R1.a.where.category"),
        ({"relation": "person"}, "unknown_choice", "R1.a.relation"),
        ({"relation": "person.boss"}, "unknown_choice", "R1.a.relation"),
        ({"relation": "unit.mascot"}, "unknown_choice", "R1.a.relation"),
        ({"relation": "leader_in_charge_of(person)"}, "unknown_choice", "R1.a.relation"),
        ({"group": "team", "minus": None}, "missing", "R1.a.minus"),
        ({"group": "team", "minus": {"grop": "x"}}, "unknown_key", "R1.a.minus.grop"),
    ],
)
def test_selector_that_cannot_be_understood_is_named(raw: object, kind: str, where: str) -> None:
    assert refusal(lambda: read(WHO, raw, "R1.a")) == (kind, where)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("unit.in_charge", Path(True, 0, Post.IN_CHARGE)),
        ("unit.head", Path(True, 0, Post.HEAD)),
        ("unit.acting_head", Path(True, 0, Post.ACTING_HEAD)),
        ("unit.contact", Path(True, 0, Post.CONTACT)),
        ("unit.contacts", Path(True, 0, Post.CONTACT)),
        ("unit.members", Path(True, 0, Post.MEMBER)),
        ("person", Path(False)),
        ("person.manager", Path(False, 1)),
        ("person.manager.manager.manager", Path(False, 3)),
        ("person.unit.in_charge", Path(False, 0, Post.IN_CHARGE)),
    ],
)
def test_path_is_read(raw: str, value: Path) -> None:
    assert read(PATH, raw, "R1.from") == value


@pytest.mark.parametrize("raw", ["unit", "unit.", "unit.mascot", "person.", "person.unit", "person.managers", "event"])
def test_path_that_leads_nowhere_is_refused(raw: str) -> None:
    assert refusal(lambda: read(PATH, raw, "R1.from")) == ("unknown_choice", "R1.from")


A, B = {"group": "team"}, {"group": "hosts"}


def test_pairings_of_groups_are_read() -> None:
    assert pairing(pairing="each_each", a=A, b=B) == EachEach(TEAM, HOSTS)
    assert pairing(pairing="all_pairs", a=A) == AllPairs(TEAM)
    assert pairing(pairing="a_any_b", a=A, b=B) == AnyOf(TEAM, HOSTS, 1)
    assert pairing(pairing="b_any_a", a=A, b=B, k=6) == AnyOf(HOSTS, TEAM, 6)


def test_relation_is_read() -> None:
    relation = pairing(pairing="relation", from_="unit.in_charge", to="unit.head", fallback="unit.acting_head")

    assert relation == Relation(
        Path(True, 0, Post.IN_CHARGE), Path(True, 0, Post.HEAD), Path(True, 0, Post.ACTING_HEAD)
    )
    assert pairing(pairing="relation", from_="person.manager", to="person") == Relation(Path(False, 1), Path(False))


def test_explicit_pairs_are_the_plan_s_or_written_down() -> None:
    assert pairing(pairing="explicit", list="plan.mentor_pairs") == Listed("mentor_pairs")
    assert pairing(pairing="explicit", list=[["p01", "p09"]]) == Listed(pairs=(people("p01", "p09"),))  # type: ignore[arg-type]


def test_event_is_read_with_the_days_by_which_talks_are_due() -> None:
    trigger = {"event": ["award", "discipline"], "within_days": 15}

    assert pairing(pairing="event", trigger=trigger, a=A, b="event.person") == OnEvent(
        frozenset({"award", "discipline"}), (15,), TEAM, EventPerson()
    )
    several = pairing(pairing="event", trigger={"event": "joined", "offsets_days": [90, 30, 60]}, a=A, b="event.person")
    assert several == OnEvent(frozenset({"joined"}), (30, 60, 90), TEAM, EventPerson())


@pytest.mark.parametrize(
    ("raw", "kind", "where"),
    [
        ({}, "missing", "R1.pairing"),
        ({"pairing": "everybody"}, "unknown_choice", "R1.pairing"),
        ({"pairing": "each_each", "a": A}, "missing", "R1.b"),
        ({"pairing": "all_pairs", "a": A, "b": B}, "key_not_for_pairing", "R1.b"),
        ({"pairing": "each_each", "a": A, "b": B, "k": 2}, "key_not_for_pairing", "R1.k"),
        ({"pairing": "a_any_b", "a": A, "b": B, "k": 0}, "out_of_range", "R1.k"),
        ({"pairing": "a_any_b", "a": A, "b": B, "k": -1}, "out_of_range", "R1.k"),
        ({"pairing": "each_each", "a": A, "b": "event.person"}, "needs_event", "R1.b"),
        ({"pairing": "relation", "from": "unit.head"}, "missing", "R1.to"),
        ({"pairing": "relation", "from": "unit.head", "to": "person"}, "paths_start_apart", "R1.to"),
        ({"pairing": "relation", "from": "unit.in_charge", "to": "unit.head", "fallback": "person.manager"}, "paths_start_apart", "R1.fallback"),
        ({"pairing": "explicit"}, "missing", "R1.list"),
        ({"pairing": "explicit", "list": "mentor_pairs"}, "unknown_choice", "R1.list"),
        ({"pairing": "explicit", "list": "plan."}, "unknown_choice", "R1.list"),
        ({"pairing": "explicit", "list": ["p01"]}, "not_a_list", "R1.list"),
        ({"pairing": "explicit", "list": [["p01"]]}, "not_a_pair", "R1.list"),
        ({"pairing": "explicit", "list": [["p01", "p02", "p03"]]}, "not_a_pair", "R1.list"),
        ({"pairing": "event", "a": A, "b": B}, "missing", "R1.trigger"),
        ({"pairing": "event", "trigger": {"event": "award"}, "a": A, "b": B}, "missing", "R1.trigger.within_days"),
        ({"pairing": "event", "trigger": {"event": "award", "within_days": 1, "offsets_days": [1]}, "a": A, "b": B}, "missing", "R1.trigger.within_days"),
        ({"pairing": "event", "trigger": {"event": "award", "within_days": -1}, "a": A, "b": B}, "out_of_range", "R1.trigger.within_days"),
        ({"pairing": "event", "trigger": {"event": "award", "offsets_days": []}, "a": A, "b": B}, "missing", "R1.trigger.offsets_days"),
        ({"pairing": "event", "trigger": {"event": [], "within_days": 1}, "a": A, "b": B}, "missing", "R1.trigger.event"),
        ({"pairing": "event", "trigger": {"events": [], "within_days": 1}, "a": A, "b": B}, "unknown_key", "R1.trigger.events"),
    ],
)  # fmt: skip
def test_pairing_that_cannot_be_understood_is_named(raw: dict[str, object], kind: str, where: str) -> None:
    assert refusal(lambda: pairing(**raw)) == (kind, where)


def test_per_is_a_word_or_so_many_days() -> None:
    assert read(PER, "half_year", "R1.per") is Per.HALF_YEAR
    assert read(PER, {"every_days": 30}, "R1.per") == EveryDays(30)


@pytest.mark.parametrize(
    ("raw", "kind", "where"),
    [
        ("fortnight", "unknown_choice", "R1.per"),
        (3, "not_a_text", "R1.per"),
        ({"every_weeks": 2}, "unknown_key", "R1.per.every_weeks"),
        ({"every_days": 0}, "out_of_range", "R1.per.every_days"),
        ({}, "missing", "R1.per.every_days"),
    ],
)
def test_per_that_cannot_be_understood_is_named(raw: object, kind: str, where: str) -> None:
    assert refusal(lambda: read(PER, raw, "R1.per")) == (kind, where)


MEETING = "democratic_life_meeting"


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("2014-06-16", WindowEdge(day=date(2014, 6, 16))),
        (date(2014, 6, 16), WindowEdge(day=date(2014, 6, 16))),
        (datetime(2014, 6, 16, 8, 0), WindowEdge(day=date(2014, 6, 16))),  # noqa: DTZ001 - as YAML reads it
        ("plan.talk_window.opens", PlanDay.TALK_OPENS),
        ("plan.ends", PlanDay.ENDS),
        ({"before_milestone": MEETING, "workdays": 3}, WindowEdge(before_milestone=MEETING, workdays=3)),
        ({"before_milestone": MEETING, "days": 15}, WindowEdge(before_milestone=MEETING, days=15)),
        ({"before_milestone": MEETING}, WindowEdge(before_milestone=MEETING)),
    ],
)
def test_edge_of_a_window_is_read(raw: object, value: object) -> None:
    assert read(EDGE, raw, "x.window.opens") == value


def test_window_has_two_edges_or_is_a_word() -> None:
    assert read(WINDOW, {"opens": "2014-06-16"}, "R1.window") == Window(WindowEdge(day=date(2014, 6, 16)), None)
    assert read(WINDOW, "plan.talk_window", "R1.window") == TALK_WINDOW
    assert read(WINDOW, "one_day", "R1.window") == "one_day"


@pytest.mark.parametrize(
    ("raw", "kind", "where"),
    [
        ("next_week", "unknown_choice", "R1.window"),
        (["2014-06-16"], "not_a_mapping", "R1.window"),
        ({"open": "2014-06-16"}, "unknown_key", "R1.window.open"),
        ({"opens": "16 June"}, "not_a_date", "R1.window.opens"),
        ({"opens": "plan.lunch"}, "unknown_choice", "R1.window.opens"),
        ({"opens": 20140616}, "not_a_mapping", "R1.window.opens"),
        ({"closes": {"workdays": 3}}, "missing", "R1.window.closes.before_milestone"),
        ({"closes": {"before_milestone": MEETING, "workdays": -3}}, "out_of_range", "R1.window.closes.workdays"),
        ({"closes": {"before_milestone": MEETING, "workdays": 3, "days": 3}}, "either_or", "R1.window.closes.days"),
        ({"opens": "2014-08-15", "closes": "2014-06-16"}, "closes_before_it_opens", "R1.window"),
    ],
)
def test_window_that_cannot_be_understood_is_named(raw: object, kind: str, where: str) -> None:
    assert refusal(lambda: read(WINDOW, raw, "R1.window")) == (kind, where)


def test_end_that_is_left_out_is_none() -> None:
    assert read(WINDOW, {"opens": None}, "R1.window") == Window(None, None)


@pytest.mark.parametrize("raw", [None, "", "  ", 1, ["a"], "x" * 2_001])
def test_text_is_neither_empty_nor_endless(raw: object) -> None:
    assert refusal(lambda: read(TEXT, raw, "R3.note")) == ("not_a_text", "R3.note")


def test_text_is_stripped() -> None:
    assert read(TEXT, " R04 ", "x") == "R04"


def test_texts_may_be_one_alone_but_not_none() -> None:
    assert read(some(TEXT), ["a", "b"], "x") == ("a", "b")
    assert read(some(TEXT), "a", "x") == ("a",)
    assert refusal(lambda: read(some(TEXT), [], "R1.trigger.event")) == ("missing", "R1.trigger.event")


@pytest.mark.parametrize(
    ("raw", "kind"),
    [("2", "not_a_number"), (2.0, "not_a_number"), (True, "not_a_number"), (0, "out_of_range"), (11, "out_of_range")],
)
def test_whole_number_is_a_number_within_bounds(raw: object, kind: str) -> None:
    assert refusal(lambda: read(whole(1, 10), raw, "R1.k")) == (kind, "R1.k")


def test_bounds_belong_to_the_numbers_allowed() -> None:
    assert [read(whole(1, 10), n, "x") for n in (1, 10)] == [1, 10]


def test_choice_is_one_of_the_words() -> None:
    assert read(one_of(("must", "should")), "must", "x") == "must"
    assert read(some(one_of(("must", "should"))), ["must", "should"], "x") == ("must", "should")
    assert refusal(lambda: read(one_of(("must",)), "maybe", "R1.severity")) == ("unknown_choice", "R1.severity")


def test_key_that_is_no_word_is_unknown_where_it_stands() -> None:
    assert refusal(lambda: read(WINDOW, {1: "a"}, "R3.window")) == ("unknown_key", "R3.window")
