from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.core.campaigns.definitions import Campaign, WindowEdge, WindowRule
from scheduler.core.campaigns.occurrences import Occurrence
from scheduler.core.ground.bookings import Mode
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import CampaignId, GroupId, PersonId, RuleId, UnitId
from scheduler.core.ground.people import Roster
from scheduler.core.ground.spans import DayRange
from scheduler.core.rules import answers
from scheduler.core.rules import resolution as rules
from scheduler.core.rules.requirements import Reason, Requirement, Resolution, Severity
from scheduler.core.rules.resolution import RuleFacts, resolve
from scheduler.documents import rules as documents
from tests.builders import a_group, a_person, a_roster, a_unit, a_working_time, people
from tests.core import sample

R1, R2, R3, R4 = (RuleId(f"R{n}") for n in range(1, 5))
TALK_WINDOW = DayRange(date(2014, 6, 16), date(2014, 8, 15))
CAMPAIGN_DAYS = DayRange(date(2014, 2, 26), date(2014, 11, 24))


def of_sample(preset_id: str, *occurrences: Occurrence, branch: str | None = None) -> Resolution:
    return resolve(sample.preset(preset_id), sample.facts(*occurrences, branch=branch))


def counts(resolution: Resolution) -> tuple[dict[RuleId, int], int, int, int]:
    """By rule; their sum; distinct; optional."""
    return dict(resolution.by_rule), resolution.before_merging, resolution.distinct, resolution.optional


def unresolved(resolution: Resolution) -> list[tuple[str, str]]:
    return [(finding.kind, finding.subject) for finding in resolution.unresolved]


def of_pair(resolution: Resolution, one: str, other: str) -> list[Requirement]:
    return [r for r in resolution.requirements if r.pair == (one, other)]


def facts(roster: Roster, campaign: Campaign | None = None, **known: Any) -> RuleFacts:
    return RuleFacts(roster, campaign, a_working_time(), **known)


def ask(roster: Roster, *raw_rules: dict[str, Any], campaign: Campaign | None = None, **said: Any) -> Resolution:
    """What a preset of these rules asks of a roster; `met=` and `occurrences=` are facts, all else is the preset's."""
    known = {key: said.pop(key) for key in ("met", "occurrences", "branch") if key in said}
    spec = documents.read({"id": "mine", "rules": list(raw_rules), **said})
    return resolve(spec, facts(roster, campaign, **known))


def pairs_of(resolution: Resolution) -> list[tuple[PersonId, PersonId] | None]:
    return [r.pair for r in resolution.requirements]


ALL_PAIRS = {"id": "R1", "pairing": "all_pairs", "a": {"group": "team"}}
ANY = {"id": "R1", "pairing": "a_any_b", "a": {"group": "team"}, "b": {"group": "hosts"}}


@pytest.mark.parametrize(
    ("names", "zh", "en"),
    [
        (rules.RuleName("谈心", "talks"), "谈心", "talks"),
        (rules.RuleName("谈心"), "谈心", "谈心"),
        (rules.RuleName(en="talks"), "talks", "talks"),
        (rules.RuleName(), "", ""),
    ],
)
def test_name_is_told_in_the_other_language_if_that_is_all_there_is(names: rules.RuleName, zh: str, en: str) -> None:
    assert (names.text("zh"), names.text("en")) == (zh, en)


# ── the sample organisation, counted by hand ─────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("preset_id", "by_rule", "before_merging", "distinct", "optional"),
    [
        # 7 = the principal and 7 others; 21 = every two of these 7; 13 = 10 departments less D07 make 9, I01 has two
        # leaders, I03 and I04 one each, I02 is the pair of D03 again, I05 is vacant; 8 = each of the team
        ("cn.four-must-talks", {"R1": 7, "R2": 21, "R3": 13, "R4": 8}, 49, 48, 0),
        ("cn.four-must-talks-extended", {"R1": 7, "R2": 21, "R3": 13, "R4": 8, "RX": 6}, 49, 48, 6),
        ("cn.three-must-talks", {"R1": 7, "R2": 21, "R3": 13}, 41, 40, 0),
        ("cn.five-must-talks", {"R1": 7, "R2": 21, "R3": 13, "R4": 8, "R5a": 8, "R5b": 8}, 65, 64, 0),
        ("cn.six-must-talks", {"R1": 7, "R2": 21, "R3": 13, "R4": 8, "R5a": 8, "R5b": 8, "R6": 8}, 73, 72, 0),
        ("cn.five-must-talks-events", dict.fromkeys(["V1", "V2", "V3", "V4", "V5", "V6"], 0), 0, 0, 0),
        ("cn.six-must-talks-events", dict.fromkeys(["S1", "S2", "S3", "S4", "S5", "S6"], 0), 0, 0, 0),
        # committees of 5, 5 and 3 make 10 + 10 + 3 pairs; 34 - 5, 22 - 5 and 9 - 3 members make 29 + 17 + 6
        ("cn.branch-yearly", {"B1": 23, "B2": 52}, 75, 75, 0),
        # the talk window lies in both halves of the year: 7 and 13 twice; talks once a year stay 21. The pair of
        # R2 and R3 is asked for in other periods, so that nothing is the same
        ("cn.frequency-example", {"F1": 14, "F2": 21, "F3": 26}, 61, 61, 0),
        ("intl.one-on-one", {"O1": 0, "O2": 0, "O3": 0}, 0, 0, 0),
        ("intl.mentoring", {"M1": 0}, 0, 0, 0),
        ("intl.audit-interviews", {"A1": 0}, 0, 0, 0),
        ("intl.visit-day", {"W1": 0, "W2": 0}, 0, 0, 0),
    ],
)  # fmt: skip
def test_presets_ask_of_the_sample_what_was_counted_by_hand(
    preset_id: str, by_rule: dict[RuleId, int], before_merging: int, distinct: int, optional: int
) -> None:
    assert counts(of_sample(preset_id)) == (by_rule, before_merging, distinct, optional)


@pytest.mark.parametrize(
    ("preset_id", "found"),
    [
        ("cn.four-must-talks", [("self_pair", "D07"), ("head_vacant", "I05")]),
        ("cn.frequency-example", [("self_pair", "D07"), ("head_vacant", "I05")]),
        ("cn.branch-yearly", []),
        ("cn.five-must-talks-events", []),
        ("cn.six-must-talks-events", []),
        ("intl.one-on-one", [("relation_unknown", "O1"), ("relation_unknown", "O2"), ("relation_unknown", "O3")]),
        ("intl.mentoring", [("empty_pool", "M1")]),
        ("intl.audit-interviews", [("no_such_group", "process_owners"), ("no_such_group", "auditors")]),
        ("intl.visit-day", [("no_such_group", "visitors"), ("no_such_group", "hosts")]),
    ],
)
def test_what_the_sample_cannot_resolve_is_named(preset_id: str, found: list[tuple[str, str]]) -> None:
    assert unresolved(of_sample(preset_id)) == found


def test_finding_knows_the_name_and_the_rules() -> None:
    self_pair, *_ = of_sample("cn.four-must-talks").unresolved
    visitors, *_ = of_sample("intl.visit-day").unresolved

    assert self_pair == Finding(
        "self_pair", "D07", {"name": "经费审查办公室", "rules": ("R3",), "follows_event": False}
    )
    assert visitors.details == {"name": "visitors", "rules": ("W1", "W2"), "follows_event": False}


def test_pair_that_two_rules_ask_for_is_one_with_both_reasons() -> None:
    (found,) = of_pair(of_sample("cn.four-must-talks"), "p02", "p05")

    assert found.reasons == (Reason(R2), Reason(R3, UnitId("D09")))
    assert found.rules == (R2, R3)


def test_head_of_two_units_is_asked_for_once_for_both() -> None:
    (found,) = of_pair(of_sample("cn.four-must-talks"), "p03", "p13")

    assert found.reasons == (Reason(R3, UnitId("D03")), Reason(R3, UnitId("I02")))


def test_head_of_a_unit_with_two_leaders_stands_in_the_rows_of_both() -> None:
    assert [r.pair for r in of_sample("cn.four-must-talks").requirements if "p19" in r.bearers] == [
        ("p04", "p19"),
        ("p08", "p19"),
    ]


def test_acting_head_is_marked() -> None:
    (found,) = of_pair(of_sample("cn.four-must-talks"), "p03", "p20")

    assert found.reasons == (Reason(R3, UnitId("I03"), is_acting=True),)


def test_somebody_of_the_supervision_group_with_each_of_the_team() -> None:
    found = [r for r in of_sample("cn.four-must-talks").requirements if r.rules == (R4,)]

    assert [r.subject for r in found] == ["p01", "p02", "p03", "p04", "p05", "p06", "p07", "p08"]
    assert {(r.kind, r.pool, r.k, r.needed) for r in found} == {("any", people("s01", "s02", "s03", "s04"), 1, 1)}


def test_resolution_of_the_sample_says_on_what_terms() -> None:
    resolution = of_sample("cn.four-must-talks")

    assert resolution.window == TALK_WINDOW
    assert (resolution.modes, resolution.group_ok) == (frozenset({Mode.FACE_TO_FACE}), False)
    assert {(r.severity, r.min_count, r.window, r.period) for r in resolution.requirements} == {
        (Severity.MUST, 1, TALK_WINDOW, None)
    }


def test_extended_talks_are_optional_and_keep_a_line_of_their_own() -> None:
    resolution = of_sample("cn.four-must-talks-extended")

    assert resolution.severity_of == {"R1": "must", "R2": "must", "R3": "must", "R4": "must", "RX": "optional"}
    assert [r.severity for r in of_pair(resolution, "p02", "p85")] == [Severity.OPTIONAL]


def test_yearly_talks_of_a_preset_with_a_window_are_cut_to_it() -> None:
    found = of_sample("cn.three-must-talks").requirements

    assert {(r.period, r.window) for r in found} == {("2014", TALK_WINDOW)}


def test_yearly_talks_without_a_window_have_the_whole_campaign() -> None:
    branch_talks, frequency = of_sample("cn.branch-yearly"), of_sample("cn.frequency-example")

    assert {(r.period, r.window) for r in branch_talks.requirements} == {("2014", CAMPAIGN_DAYS)}
    assert branch_talks.window == CAMPAIGN_DAYS
    assert {(r.period, r.window) for r in of_pair(frequency, "p02", "p03")} == {("2014", CAMPAIGN_DAYS)}
    assert frequency.window == TALK_WINDOW


def test_half_yearly_talks_lie_in_each_half_of_the_window() -> None:
    found = of_pair(of_sample("cn.frequency-example"), "p01", "p02")

    assert [(r.period, r.window) for r in found] == [
        ("2014-H1", DayRange(date(2014, 6, 16), date(2014, 6, 30))),
        ("2014-H2", DayRange(date(2014, 7, 1), date(2014, 8, 15))),
    ]


def test_branch_rules_are_applied_to_all_branches_each_named() -> None:
    found = of_sample("cn.branch-yearly").requirements

    assert Counter(reason.branch for r in found for reason in r.reasons) == {"B1": 39, "B2": 27, "B3": 9}


def test_branch_rules_are_applied_to_the_branch_that_is_named_only() -> None:
    assert counts(of_sample("cn.branch-yearly", branch="B1")) == ({"B1": 10, "B2": 29}, 39, 39, 0)
    assert counts(of_sample("cn.branch-yearly", branch="B2")) == ({"B1": 10, "B2": 17}, 27, 27, 0)


@pytest.mark.parametrize("branch", ["B9", "leadership_team"])
def test_branch_that_there_is_none_of_is_not_found(branch: str) -> None:
    with pytest.raises(NotFound) as caught:
        of_sample("cn.branch-yearly", branch=branch)

    assert (caught.value.noun, caught.value.name) == ("branch", branch)


def test_award_asks_the_secretary_for_a_talk_within_fifteen_days() -> None:
    resolution = of_sample("cn.five-must-talks-events", Occurrence(7, "award", PersonId("p22"), date(2014, 7, 10)))

    assert counts(resolution) == ({"V1": 1, "V2": 0, "V3": 0, "V4": 0, "V5": 0, "V6": 0}, 1, 1, 0)
    (found,) = resolution.requirements
    assert (found.pair, found.period) == (("p12", "p22"), "2014-07-10/2014-07-25")
    assert found.window == DayRange(date(2014, 7, 10), date(2014, 7, 25))
    assert found.reasons == (Reason(RuleId("V1"), occurrence=7),)


def test_two_occurrences_of_one_day_ask_for_one_talk() -> None:
    day, person = date(2014, 7, 10), PersonId("p22")
    resolution = of_sample(
        "cn.five-must-talks-events", Occurrence(1, "award", person, day), Occurrence(2, "discipline", person, day)
    )

    (found,) = resolution.requirements
    assert resolution.by_rule[RuleId("V1")] == 1
    assert [reason.occurrence for reason in found.reasons] == [1, 2]


def test_transfer_asks_the_leaders_in_charge_for_talks_that_should_be() -> None:
    resolution = of_sample("cn.five-must-talks-events", Occurrence(1, "transfer", PersonId("p44"), date(2014, 3, 1)))

    assert pairs_of(resolution) == [("p04", "p44"), ("p08", "p44")]
    assert {r.severity for r in resolution.requirements} == {Severity.SHOULD}
    assert {r.reasons[0].unit for r in resolution.requirements} == {"I01"}


def test_occurrence_outside_the_campaign_asks_for_nothing() -> None:
    long_ago = Occurrence(1, "award", PersonId("p22"), date(2013, 7, 10))
    just_before = Occurrence(2, "award", PersonId("p22"), date(2014, 2, 20))

    assert of_sample("cn.five-must-talks-events", long_ago).distinct == 0
    assert of_sample("cn.five-must-talks-events", just_before).distinct == 1


def test_finding_that_would_tell_of_an_occurrence_is_marked() -> None:
    befell = Occurrence(1, "award", PersonId("p12"), date(2014, 7, 10))

    (found,) = of_sample("cn.five-must-talks-events", befell).unresolved

    assert (found.kind, found.subject) == ("self_pair", "p12")
    assert found.details == {
        "name": "孙志诚", "place": "机关党支部", "rules": ("V1",), "follows_event": True, "missing": "", "occurrence": befell
    }  # fmt: skip


def test_each_occurrence_with_nobody_to_talk_is_told_once_whatever_else_is_missing() -> None:
    days = [date(2014, 7, 10), date(2014, 7, 11)]
    befell = [Occurrence(n, "award", PersonId("p27"), day) for n, day in enumerate(days, start=1)]
    raw = {
        "id": "mine",
        "rules": [
            {
                "id": rule,
                "pairing": "event",
                "trigger": {"event": ["award"], "within_days": 5},
                "a": a,
                "b": "event.person",
            }
            for rule, a in (("A", {"branch": "self", "part": "secretary"}), ("B", {"group": "no_such"}))
        ],
    }

    resolution = resolve(documents.read(raw), sample.facts(*befell))

    told = [(f.kind, f.subject, f.details["rules"], f.details.get("occurrence")) for f in resolution.unresolved]
    assert told == [
        ("empty_pool", "p27", ("A",), befell[0]),
        ("empty_pool", "p27", ("A",), befell[1]),
        ("no_such_group", "no_such", ("B",), None),
        ("empty_pool", "p27", ("B",), befell[0]),
        ("empty_pool", "p27", ("B",), befell[1]),
    ]


# ── any organisation ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_rules_without_a_campaign_have_no_end() -> None:
    roster = a_roster("p01", "p02", groups=[a_group("team", ["p01", "p02"])])

    (found,) = ask(roster, ALL_PAIRS).requirements

    assert (found.window, found.period) == (DayRange(None, None), None)


def test_pair_stands_in_rank_order_whichever_side_it_came_from() -> None:
    groups = [a_group("team", ["p02"]), a_group("hosts", ["p01", "p03"])]

    resolution = ask(a_roster(groups=groups), {**ANY, "pairing": "each_each"})

    assert pairs_of(resolution) == [("p01", "p02"), ("p02", "p03")]


def test_whose_talk_cannot_be_is_named_when_a_group_has_nobody_in_it() -> None:
    roster = a_roster(groups=[a_group("team", ["p01"]), a_group("hosts")])

    assert unresolved(ask(roster, ANY)) == [("empty_pool", "p01")]
    assert unresolved(ask(roster, {**ANY, "pairing": "b_any_a"})) == [("empty_pool", "R1")]
    assert unresolved(ask(roster, {**ANY, "pairing": "each_each"})) == [("empty_pool", "p01")]
    assert unresolved(ask(a_roster(groups=[a_group("team")]), ALL_PAIRS)) == [("empty_pool", "R1")]


def test_what_a_branch_lacks_is_said_whatever_the_pairing() -> None:
    roster = a_roster(groups=[a_group("B1", ["p01", "p02"], kind="branch")])
    committee, members = {"branch": "self", "part": "committee"}, {"branch": "self", "part": "members"}
    rules = (
        {"id": "R1", "pairing": "each_each", "a": committee, "b": members},
        {"id": "R1", "pairing": "b_any_a", "k": 1, "a": committee, "b": members},
        {"id": "R1", "pairing": "b_any_a", "k": 1, "a": members, "b": committee},
    )

    for rule in rules:
        (finding,) = ask(roster, rule, for_each="branch").unresolved
        assert (finding.kind, finding.subject, finding.details["missing"]) == ("empty_pool", "B1", "committee"), rule


def test_branch_without_a_committee_is_named_though_other_branches_have_one() -> None:
    branches = [a_group("B1", ["p01", "p02"], kind="branch", committee=["p01", "p02"]), a_group("B2", kind="branch")]
    rule = {"id": "R1", "pairing": "all_pairs", "a": {"branch": "self", "part": "committee"}}

    resolution = ask(a_roster(groups=branches), rule, for_each="branch")

    assert pairs_of(resolution) == [("p01", "p02")]
    assert unresolved(resolution) == [("empty_pool", "B2")]


def test_unit_of_no_known_kind_is_named_as_soon_as_anybody_leads_it() -> None:
    units = [
        a_unit("D01", in_charge=["p01"]),
        a_unit("D02", head=PersonId("p02")),
        a_unit("D03"),
        a_unit("D04", in_charge=["p01"], head=PersonId("p02")),
    ]
    rule = {"id": "R1", "pairing": "relation", "from": "unit.in_charge", "to": "unit.head"}

    resolution = ask(a_roster(units=units), rule)

    assert [(f.kind, f.subject, f.details.get("missing")) for f in resolution.unresolved] == [
        ("head_vacant", "D01", None),
        ("relation_unknown", "D02", "in_charge"),
    ]


def test_somebody_of_a_list_who_is_not_on_the_roster_is_named() -> None:
    rule = {"id": "R1", "pairing": "explicit", "list": [["p01", "p99"]]}

    (gap,) = ask(a_roster(), rule).unresolved

    assert (gap.kind, gap.subject, gap.details["missing"]) == ("relation_unknown", "p99", "person")


def test_group_that_is_not_there_is_not_told_as_an_empty_pool_too() -> None:
    assert unresolved(ask(a_roster(groups=[a_group("team", ["p01"])]), ANY)) == [("no_such_group", "hosts")]


def test_branch_without_a_committee_is_an_empty_pool_of_the_branch() -> None:
    branches = [
        a_group("B1", ["p01", "p02"], kind="branch", committee=["p01"]),
        a_group("B2", ["p03"], kind="branch"),
    ]
    rule = {"id": "R1", "pairing": "b_any_a", "a": {"branch": "self", "part": "committee"}, "b": {"branch": "self"}}

    resolution = ask(a_roster(groups=branches), rule, for_each="branch")

    assert [(r.subject, r.pool) for r in resolution.requirements] == [("p02", ("p01",))]
    assert unresolved(resolution) == [("empty_pool", "B1"), ("empty_pool", "B2")]


def test_branch_self_without_for_each_means_every_branch_all_the_same() -> None:
    branches = [a_group("B1", ["p01", "p02"], kind="branch"), a_group("B2", ["p03", "p04"], kind="branch")]
    rule = {"id": "R1", "pairing": "all_pairs", "a": {"branch": "self"}}

    assert pairs_of(ask(a_roster(groups=branches), rule)) == [("p01", "p02"), ("p03", "p04")]
    assert pairs_of(ask(a_roster(groups=branches), rule, branch=GroupId("B2"))) == [("p03", "p04")]


def test_rule_about_one_group_is_asked_once_however_many_branches_there_are() -> None:
    groups = [a_group("team", ["p01", "p02"]), a_group("B1", kind="branch"), a_group("B2", kind="branch")]

    resolution = ask(a_roster(groups=groups), ALL_PAIRS, for_each="branch")

    assert resolution.by_rule == {"R1": 1}
    assert [reason.branch for reason in resolution.requirements[0].reasons] == ["B1", "B2"]


def test_organisation_without_units_or_managers_does_not_know_the_relation() -> None:
    heads = {"id": "R1", "pairing": "relation", "from": "unit.in_charge", "to": "unit.head"}
    skip_level = {"id": "R2", "pairing": "relation", "from": "person.manager.manager", "to": "person"}

    assert unresolved(ask(a_roster(), heads, skip_level)) == [("relation_unknown", "R1"), ("relation_unknown", "R2")]


def test_managers_meet_their_reports_each_month_in_the_ways_of_the_preset() -> None:
    campaign = replace(
        sample.campaign(),
        talk_window=WindowRule(WindowEdge(day=date(2014, 6, 16)), WindowEdge(day=date(2014, 8, 15))),
    )
    roster = a_roster("p01", a_person("p02", manager=PersonId("p01")), a_person("p03", manager=PersonId("p02")))

    resolution = resolve(sample.preset("intl.one-on-one"), facts(roster, campaign))

    assert resolution.by_rule == {"O1": 6, "O2": 2, "O3": 0}
    assert [r.period for r in of_pair(resolution, "p01", "p02")] == ["2014-06", "2014-07", "2014-08"]
    assert {(r.min_count, r.modes) for r in of_pair(resolution, "p01", "p02")} == {
        (2, frozenset({Mode.FACE_TO_FACE, Mode.VIDEO}))
    }
    assert [(r.severity, r.period) for r in of_pair(resolution, "p01", "p03")] == [
        (Severity.SHOULD, "2014-H1"),
        (Severity.SHOULD, "2014-H2"),
    ]
    assert unresolved(resolution) == []


def test_somebody_who_joined_has_three_talks_with_the_manager() -> None:
    roster = a_roster("p01", a_person("p02", manager=PersonId("p01")))
    joined = Occurrence(1, "joined", PersonId("p02"), date(2014, 6, 1))

    resolution = resolve(sample.preset("intl.one-on-one"), facts(roster, occurrences=(joined,)))

    found = [r for r in resolution.requirements if r.rules == (RuleId("O3"),)]
    assert [r.period for r in found] == ["2014-06-01/2014-07-01", "2014-07-02/2014-07-31", "2014-08-01/2014-08-30"]


def test_mentors_meet_three_times_in_any_way() -> None:
    campaign = Campaign(
        CampaignId("c1"),
        "导师制",
        date(2014, 1, 1),
        date(2014, 12, 31),
        lists={"mentor_pairs": (people("p03", "p01"),)},
    )

    (found,) = resolve(sample.preset("intl.mentoring"), facts(a_roster(), campaign)).requirements

    assert (found.pair, found.min_count, found.needed, found.modes) == (("p01", "p03"), 3, 3, frozenset(Mode))
    assert found.window == DayRange(date(2014, 1, 1), date(2014, 12, 31))


def test_rule_set_keeps_the_form_that_it_accepts_for_talks_that_no_rule_asks_for() -> None:
    resolution = ask(TEAM, ALL_PAIRS, modes="any", size="group_ok")

    assert (resolution.modes, resolution.group_ok) == (frozenset(Mode), True)


def test_of_one_branch_only_what_befell_its_people_is_asked() -> None:
    happened = [Occurrence(n, "award", PersonId(p), date(2014, 7, 10)) for n, p in enumerate(("p22", "p44"))]

    assert pairs_of(of_sample("cn.five-must-talks-events", *happened)) == [("p12", "p22"), ("p19", "p44")]
    assert pairs_of(of_sample("cn.five-must-talks-events", *happened, branch="B1")) == [("p12", "p22")]


def test_auditor_is_of_another_unit() -> None:
    roster = a_roster(
        a_person("p01", unit=UnitId("D01")),
        a_person("p02", unit=UnitId("D02")),
        a_person("p03", unit=UnitId("D01")),
        a_person("p04"),
        groups=[a_group("auditors", ["p01", "p02"]), a_group("process_owners", ["p03", "p04"])],
    )

    resolution = resolve(sample.preset("intl.audit-interviews"), facts(roster))

    assert [(r.subject, r.pool) for r in resolution.requirements] == [("p03", ("p02",)), ("p04", ("p01", "p02"))]
    assert {r.group_ok for r in resolution.requirements} == {True}


def test_auditors_of_one_s_own_unit_only_are_an_empty_pool() -> None:
    roster = a_roster(
        a_person("p01", unit=UnitId("D01")),
        a_person("p02", unit=UnitId("D01")),
        groups=[a_group("auditors", ["p01"]), a_group("process_owners", ["p02"])],
    )

    assert unresolved(resolve(sample.preset("intl.audit-interviews"), facts(roster))) == [("empty_pool", "p02")]


def test_pairs_of_one_unit_are_left_out_when_the_rule_says_so() -> None:
    roster = a_roster(
        a_person("p01", unit=UnitId("D01")), a_person("p02", unit=UnitId("D01")), a_person("p03"), a_person("p04"),
        groups=[a_group("team", ["p01", "p02", "p03", "p04"])],
    )  # fmt: skip

    resolution = ask(roster, {**ALL_PAIRS, "exclude": ["same_unit"]})

    assert ("p01", "p02") not in pairs_of(resolution)
    assert ("p03", "p04") in pairs_of(resolution)
    assert resolution.by_rule == {"R1": 5}


def test_people_who_have_met_are_left_out_without_a_word() -> None:
    roster = a_roster(groups=[a_group("team", ["p01", "p02"]), a_group("hosts", ["p03"])])
    met = frozenset({(PersonId("p02"), PersonId("p01")), (PersonId("p01"), PersonId("p03"))})
    exclude = {"exclude": ["already_met"]}

    pairs, pools = ask(roster, {**ALL_PAIRS, **exclude}, met=met), ask(roster, {**ANY, **exclude}, met=met)

    assert (pairs_of(pairs), unresolved(pairs)) == ([], [])
    assert [(r.subject, r.pool) for r in pools.requirements] == [("p02", ("p03",))]
    assert unresolved(pools) == []


def test_visitor_meets_four_different_hosts() -> None:
    roster = a_roster(
        *(f"p{n:02}" for n in range(1, 9)),
        groups=[a_group("visitors", ["p01", "p02"]), a_group("hosts", [f"p{n:02}" for n in range(3, 9)])],
    )

    resolution = resolve(sample.preset("intl.visit-day"), facts(roster))

    assert resolution.by_rule == {"W1": 2, "W2": 6}
    assert {(r.subject, r.k, r.needed) for r in resolution.requirements if r.rules == (RuleId("W1"),)} == {
        ("p01", 4, 4),
        ("p02", 4, 4),
    }


TEAM = a_roster("p01", "p02", groups=[a_group("team", ["p01", "p02"])])


def test_rule_with_a_window_of_its_own_is_told_apart_by_its_dates() -> None:
    own = {**ALL_PAIRS, "id": "R2", "window": {"opens": "2014-07-01", "closes": "2014-07-31"}}

    resolution = ask(TEAM, ALL_PAIRS, own, campaign=sample.campaign())

    assert [(r.period, r.rules) for r in resolution.requirements] == [
        (None, ("R1",)),
        ("2014-07-01/2014-07-31", ("R2",)),
    ]


def test_rule_whose_own_window_is_that_of_the_rule_set_asks_for_the_same() -> None:
    own = {**ALL_PAIRS, "id": "R2", "window": "plan.talk_window"}

    resolution = ask(TEAM, ALL_PAIRS, own, campaign=sample.campaign())

    assert [(r.period, r.rules) for r in resolution.requirements] == [(None, ("R1", "R2"))]
    assert (resolution.before_merging, resolution.distinct) == (2, 1)


def test_rule_s_own_window_takes_what_it_does_not_name_from_the_rule_set() -> None:
    own = {**ALL_PAIRS, "window": {"opens": "2014-07-01"}}

    resolution = ask(TEAM, own, campaign=sample.campaign(), window={"opens": "2014-06-01", "closes": "2014-07-31"})

    assert [r.window for r in resolution.requirements] == [DayRange(date(2014, 7, 1), date(2014, 7, 31))]


def test_yearly_rule_in_a_preset_that_is_not_has_the_dates_of_the_campaign() -> None:
    once = {**ALL_PAIRS, "id": "R2", "per": "window"}

    resolution = ask(TEAM, ALL_PAIRS, once, campaign=sample.campaign(), per="year")

    assert [(r.period, r.window) for r in resolution.requirements] == [
        ("2014", CAMPAIGN_DAYS),
        ("2014-06-16/2014-08-15", TALK_WINDOW),
    ]


def test_event_rule_of_a_preset_with_a_window_reacts_within_it_only() -> None:
    rule = {
        "id": "V1",
        "pairing": "event",
        "trigger": {"event": ["award"], "within_days": 15},
        "a": {"group": "team", "minus": {"group": "hosts"}},
        "b": "event.person",
    }
    roster = a_roster(groups=[a_group("team", ["p01"]), a_group("hosts")], on="2014-12-01")
    happened = tuple(
        Occurrence(n, "award", PersonId("p02"), date.fromisoformat(day))
        for n, day in enumerate(["2014-06-10", "2014-07-01", "2014-09-01"])
    )
    window = {"opens": "2014-06-16", "closes": "2014-08-15"}

    found = ask(roster, rule, occurrences=happened, window=window).requirements

    assert [r.period for r in found] == ["2014-06-10/2014-06-25", "2014-07-01/2014-07-16"]


def test_same_pair_by_rules_of_different_weight_is_one_must() -> None:
    optional = {**ALL_PAIRS, "id": "R2", "severity": "optional", "min_count": 2, "modes": "any", "size": "group_ok"}

    resolution = ask(TEAM, ALL_PAIRS, optional)

    (found,) = resolution.requirements
    assert (found.severity, found.min_count) == (Severity.MUST, 2)
    assert (found.modes, found.group_ok) == (frozenset({Mode.FACE_TO_FACE}), False)
    assert counts(resolution) == ({"R1": 1, "R2": 1}, 1, 1, 0)


def test_person_who_is_not_known_that_day_is_not_asked() -> None:
    roster = a_roster("p01", "p02", groups=[a_group("team", ["p01", "p02", "p03"])])

    assert pairs_of(ask(roster, ALL_PAIRS)) == [("p01", "p02")]


@pytest.mark.parametrize("limit", ["MAX_REQUIREMENTS", "MAX_POOLED"])
def test_everybody_with_everybody_is_refused_when_nobody_can_mean_it(
    limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"p{n:02}" for n in range(10)]
    roster = a_roster(*names, groups=[a_group("team", names), a_group("hosts", names)])
    monkeypatch.setattr(answers, limit, 8)

    with pytest.raises(Malformed) as caught:
        ask(roster, ANY)

    assert (caught.value.kind, caught.value.field) == ("too_many", "R1")


@pytest.mark.parametrize(("limit", "most"), [("MAX_REQUIREMENTS", 10), ("MAX_POOLED", 90)])
def test_as_much_as_is_allowed_is_asked_and_nothing_more(
    limit: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"p{n:02}" for n in range(10)]
    roster = a_roster(*names, groups=[a_group("team", names), a_group("hosts", names)])

    monkeypatch.setattr(answers, limit, most)
    assert counts(ask(roster, ANY)) == ({"R1": 10}, 10, 10, 0)
    monkeypatch.setattr(answers, limit, most - 1)
    with pytest.raises(Malformed):
        ask(roster, ANY)


def test_too_many_periods_are_refused_by_the_name_of_the_rule() -> None:
    daily = {**ALL_PAIRS, "per": {"every_days": 1}, "window": {"opens": "1900-01-01", "closes": "2100-01-01"}}

    with pytest.raises(Malformed) as caught:
        ask(TEAM, daily)

    assert caught.value.field == "R1.per"


def test_two_thousand_requirements_are_one_for_each_pair() -> None:
    names = [f"p{n:03}" for n in range(64)]

    resolution = ask(a_roster(*names, groups=[a_group("team", names)]), ALL_PAIRS)

    assert (resolution.before_merging, resolution.distinct) == (2016, 2016)


# ── whatever the organisation and the rules ──────────────────────────────────────────────────────────────────────────
IDS = [f"p0{n}" for n in range(1, 8)]
GROUPS = ("team", "hosts")
SELECTORS = st.recursive(
    st.sampled_from([{"group": "team"}, {"group": "hosts"}, {"tag": "x"}, {"where": {"category": ["staff"]}}]),
    lambda inner: st.builds(lambda base, without: {**base, "minus": without}, inner, inner),
    max_leaves=3,
)
SIDES = st.fixed_dictionaries({"a": SELECTORS, "b": SELECTORS})
PAIRINGS = st.one_of(
    st.builds(lambda sides: {"pairing": "each_each", **sides}, SIDES),
    st.builds(lambda a: {"pairing": "all_pairs", "a": a}, SELECTORS),
    st.builds(lambda sides, k, kind: {"pairing": kind, "k": k, **sides}, SIDES, st.integers(1, 3), st.sampled_from(["a_any_b", "b_any_a"])),
    st.builds(lambda to: {"pairing": "relation", "from": "unit.in_charge", "to": to}, st.sampled_from(["unit.head", "unit.members"])),
    st.just({"pairing": "relation", "from": "person.manager", "to": "person"}),
)  # fmt: skip
TERMS = st.fixed_dictionaries(
    {
        "severity": st.sampled_from(["must", "should", "optional"]),
        "min_count": st.integers(1, 3),
        "per": st.sampled_from(["window", "month", "year", {"every_days": 20}]),
        "exclude": st.sampled_from([[], ["same_unit"]]),
    }
)
PRESETS = st.lists(st.builds(lambda pairing, terms: {**pairing, **terms}, PAIRINGS, TERMS), min_size=1, max_size=4)


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    some = st.lists(st.sampled_from(IDS), unique=True)
    maybe = st.sampled_from([None, *map(PersonId, IDS)])
    persons = [
        a_person(
            p,
            unit=UnitId(draw(st.sampled_from(["", "D01", "D02"]))),
            manager=draw(maybe),
            category=draw(st.sampled_from(["staff", "head"])),
            tags=tuple(draw(st.sampled_from([[], ["x"]]))),
        )
        for p in IDS
    ]
    units = [a_unit(u, in_charge=draw(some), head=draw(maybe), kind="dept") for u in ("D01", "D02")]
    return a_roster(*persons, units=units, groups=[a_group(g, draw(some)) for g in GROUPS])


@settings(max_examples=40)
@given(rosters(), PRESETS)
def test_whatever_is_asked_is_sound(roster: Roster, raw_rules: list[dict[str, Any]]) -> None:
    resolution = ask(roster, *({**rule, "id": f"R{n}"} for n, rule in enumerate(raw_rules)), campaign=sample.campaign())

    for found in resolution.requirements:
        assert found.reasons
        assert len(set(found.reasons)) == len(found.reasons)
        if found.pair:
            assert list(found.pair) == sorted(set(found.pair), key=roster.rank_key)
            assert len(found.pair) == 2
        else:
            assert found.subject not in found.pool
            assert found.pool == roster.in_rank_order(found.pool)
            assert found.pool
    identities = {(r.pair, r.subject, r.pool, r.k, r.period, r.window) for r in resolution.requirements}
    assert len(identities) == len(resolution.requirements)


@settings(max_examples=40)
@given(rosters(), PRESETS)
def test_counts_agree_with_each_other(roster: Roster, raw_rules: list[dict[str, Any]]) -> None:
    resolution = ask(roster, *({**rule, "id": f"R{n}"} for n, rule in enumerate(raw_rules)), campaign=sample.campaign())

    asked = Counter(rule for r in resolution.requirements for rule in r.rules)
    assert {rule: count for rule, count in resolution.by_rule.items() if count} == dict(asked)
    assert resolution.distinct + resolution.optional == len(resolution.requirements)
    assert resolution.distinct <= resolution.before_merging


@settings(max_examples=40)
@given(rosters(), SELECTORS, SELECTORS)
def test_who_meets_whom_does_not_depend_on_the_side(roster: Roster, one: dict[str, Any], other: dict[str, Any]) -> None:
    rule = {"id": "R1", "pairing": "each_each"}

    there = ask(roster, {**rule, "a": one, "b": other})
    back = ask(roster, {**rule, "a": other, "b": one})

    assert set(pairs_of(there)) == set(pairs_of(back))


@settings(max_examples=40)
@given(rosters(), SIDES)
def test_a_any_b_is_b_any_a_with_the_sides_changed(roster: Roster, sides: dict[str, Any]) -> None:
    changed = {"a": sides["b"], "b": sides["a"]}

    assert (
        ask(roster, {"id": "R1", "pairing": "a_any_b", **sides}).requirements
        == ask(roster, {"id": "R1", "pairing": "b_any_a", **changed}).requirements
    )
