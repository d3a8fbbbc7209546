from datetime import date

import pytest

from scheduler.core.campaigns.definitions import Phase, WindowEdge
from scheduler.core.ground.ids import CampaignId
from tests.services.imports.tables.reading import facts, files, known, wrong

ACTIVITY = "activity: {name_zh: 活动, starts: 2014-02-26, ends: 2014-11-24"


def test_organisation_and_working_time() -> None:
    text = """organisation: {id: x, name_zh: 总工会, name_en: Union, timezone: Asia/Urumqi, locale: zh-CN}
working_time: {blocks: [[08:30, 11:30], [13:30, 17:30]], lunch: [11:30, 13:30], day_hours: 7.5}
"""

    assert facts(text) == {
        "organisation": {"name": "总工会", "name_en": "Union", "zone": "Asia/Urumqi"},
        "working_time": {
            "blocks": (("08:30", "11:30"), ("13:30", "17:30")),
            "lunch": ("11:30", "13:30"),
            "day_hours": 7.5,
        },
    }


def test_the_office_says_in_which_words_it_speaks() -> None:
    assert facts("organisation: {vocabulary: zh-neutral}") == {"organisation": {"vocabulary": "zh-neutral"}}


def test_there_may_be_no_lunch() -> None:
    assert facts("working_time: {lunch: null}")["working_time"] == {"lunch": None}


def test_campaign_with_everything() -> None:
    text = f"""{ACTIVITY},
  phases: [{{id: ph1, zh: 学习, start: 2014-02-26, end: 2014-05-31}}],
  milestones: {{democratic_life_meeting: 2014-08-20, report_before_meeting_days: 15, materials_signed_off_by: team}},
  talk_window: {{opens: 2014-06-16, closes: {{before_milestone: democratic_life_meeting, workdays: 3}}}},
  study_days: 7, notice_workdays: 2}}
extended_talks: [[p01, p02], [p01, 文静]]
"""

    assert facts(text) == {
        "c1": {
            "name": "活动",
            "starts": date(2014, 2, 26),
            "ends": date(2014, 11, 24),
            "phases": (Phase("ph1", "学习", date(2014, 2, 26), date(2014, 5, 31)),),
            "milestone.democratic_life_meeting": date(2014, 8, 20),
            "report_before_days": 15,
            "signed_off_by": "team",
            "opens": WindowEdge(day=date(2014, 6, 16)),
            "closes": WindowEdge(before_milestone="democratic_life_meeting", workdays=3),
            "study_days": 7.0,
            "notice_workdays": 2,
            "list.extended_talks": (("p01", "p02"), ("p01", "p03")),
        }
    }


def test_a_window_may_close_so_many_days_before() -> None:
    text = f"{ACTIVITY}, talk_window: {{closes: {{before_milestone: x, days: 10}}}}}}"

    assert facts(text)["c1"]["closes"] == WindowEdge(before_milestone="x", days=10)


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        ("organisation: {timezone: Mars/Base}", [("organisation.timezone", "unknown_zone")]),
        ("organisation: {vocabulary: klingon}", [("organisation.vocabulary", "unknown_word")]),
        ("working_time: {blocks: [[9, 10]]}", [("working_time.blocks", "not_a_time_of_day")]),
        ("working_time: {blocks: []}", [("working_time.blocks", "not_in_order")]),
        ("working_time: {blocks: [[08:00, 12:00], [11:00, 13:00]]}", [("working_time.blocks", "not_in_order")]),
        ("working_time: {lunch: [13:30, 11:30]}", [("working_time.lunch", "not_a_time_of_day")]),
        ("working_time: {day_hours: 25}", [("working_time.day_hours", "not_a_number")]),
        ("activity: {name_zh: 活动, starts: 2014-02-26, ends: 2014-01-01}", [("activity.ends", "end_before_start")]),
        ("activity: {starts: soon}", [("activity.name_zh", "missing"), ("activity.starts", "not_a_date"), ("activity.ends", "missing")]),
        (f"{ACTIVITY}, milestones: {{x: never}}}}", [("activity.milestones.x", "not_a_date")]),
        (f"{ACTIVITY}, phases: [{{start: 2014-05-01, end: 2014-04-01}}]}}", [("activity.phases[1].end", "end_before_start")]),
        (f"{ACTIVITY}, talk_window: {{opens: someday}}}}", [("activity.opens", "not_a_date")]),
        (f"{ACTIVITY}, talk_window: {{opens: {{after: x}}}}}}", [("activity.opens", "unknown_window")]),
        ("extended_talks: [[p01, p99], [p01]]", [("extended_talks.1", "unknown_person"), ("extended_talks.2", "too_few_people")]),
        ("frequency: [{id: cn.campaign-study, total_days: many}]", [("frequency.cn.campaign-study.total_days", "not_a_number")]),
        ("frequency: [text]", [("frequency[1]", "wrong_shape")]),
    ],
)  # fmt: skip
def test_everything_that_is_wrong_is_told(text: str, errors: list[tuple[str, str]]) -> None:
    who = known()
    who.usual_campaign = CampaignId("c1")

    assert wrong(text, who=who) == [(None, field, kind) for field, kind in errors]


def test_meeting_rules_say_for_how_many_days_one_studies() -> None:
    who = known()
    rules = "frequency: [{id: cn.campaign-study, total_days: 5}, {id: cn.other, per: month}]"
    assert facts(rules, who=who) == {}

    who.usual_campaign = CampaignId("c1")

    assert facts(rules, who=who) == {"c1": {"study_days": 5.0}}


def test_talk_rules_are_checked() -> None:
    assert wrong("presets: [{id: x, rules: [{id: R1, pairing: nonsense}]}]") != []
    assert wrong("presets: [{id: x, extends: y, rules: []}]") != []
    assert facts("presets: [{id: x, rules: [{id: R1, pairing: all_pairs, a: {group: team}}]}]") == {}


def test_a_zone_that_a_file_says_is_known_before_its_times_are_read() -> None:
    from scheduler.services.imports.tables import programme

    [document] = files("organisation: {timezone: Asia/Urumqi}").documents
    [odd] = files("organisation: {timezone: ../../etc/passwd}").documents

    assert str(programme.zone_of(document)) == "Asia/Urumqi"
    assert programme.zone_of(odd) is None


def test_talk_rules_may_build_on_those_that_are_shipped() -> None:
    assert facts("presets: [{id: own, extends: cn.four-must-talks, rules: []}]") == {}
