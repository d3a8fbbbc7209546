from scheduler.core.ground.findings import Finding
from scheduler.services.imports import reading as import_reading
from tests.services.imports.tables.reading import facts, files, known, wrong


def test_people_units_and_rooms_are_rows_of_their_tables() -> None:
    text = """people:
- {id: p10, name: 甲, rank: 3, tags: [a, b], branch: '', party_group: B1-1}
units:
- {id: D02, zh: 财务部, en: Finance, kind: dept, in_charge: [p01, p02], head: p10, acting_head: null}
rooms:
- {id: R01, zh: 会议室, en: Room, capacity: 40, use: meeting}
"""

    assert facts(text) == {
        "p10": {"name": "甲", "rank": 3, "tags": ("a", "b"), "branch": "", "party_group": "B1-1"},
        "D02": {
            "name": "财务部",
            "name_en": "Finance",
            "kind": "dept",
            "in_charge": ("p01", "p02"),
            "head": "p10",
            "acting_head": None,
        },
        "R01": {"name": "会议室", "name_en": "Room", "capacity": 40, "use": "meeting"},
    }


def test_groups_branches_and_roles_are_groups() -> None:
    text = """groups:
  team: [p01, p02]
  branches:
    B2: {name: 事业单位党支部, secretary: p01, committee: [p01, p03], members: [p01, p02, p03]}
roles: {principal: p01, organizers: [p02, p03]}
"""

    assert facts(text) == {
        "team": {"kind": "team", "members": ("p01", "p02")},
        "B2": {
            "kind": "branch",
            "name": "事业单位党支部",
            "members": ("p01", "p02", "p03"),
            "committee": ("p01", "p03"),
            "secretary": "p01",
        },
        "principal": {"kind": "role", "members": ("p01",)},
        "organizers": {"kind": "role", "members": ("p02", "p03")},
    }


def test_everything_that_has_the_wrong_shape_is_told() -> None:
    text = """groups: {team: {a: b}, branches: {B2: [p01], B3: {members: [p99]}}}
people: [just text, {id: p10, name: [{a: b}]}]
"""

    assert wrong(text) == [
        (None, "people[1]", "wrong_shape"),
        (None, "people.p10.name", "wrong_shape"),
        (None, "people.p10.name", "missing"),
        (None, "groups.team.members", "wrong_shape"),
        (None, "groups.branches.B2", "wrong_shape"),
        (None, "groups.branches.B3.members", "unknown_person"),
    ]


def test_keys_that_nobody_reads_are_told() -> None:
    opened = files("people: [{id: p10, name: 甲, phone: '123'}]\nweather: {today: fine}\n")

    import_reading.read(opened, known())

    assert opened.hints == [
        Finding("unknown_key", "org.yaml", {"keys": ("people.p10.phone",)}),
        Finding("unknown_key", "org.yaml", {"keys": ("weather",)}),
    ]


def test_keys_that_nobody_reads_are_told_wherever_they_stand() -> None:
    opened = files("""organisation: {id: a, name_zh: 甲, timezone: Asia/Shanghai, locale: zh-CN, fax: '1'}
working_time: {days: table, blocks: [['08:00', '12:00']], lunch: null, day_hours: 4, breaks: 2}
activity:
  id: y1
  name_zh: 活动
  name_en: Campaign
  starts: '2026-10-08'
  ends: '2027-03-31'
  study_day: 3
  phases: [{id: a, zh: 一, start: '2026-10-08', end: '2026-12-31', boss: p01}]
  talk_window: {opens: '2026-10-12', shuts: '2027-01-01'}
  milestones: {democratic_life_meeting: '2027-01-20'}
groups: {branches: {B1: {name: 一支部, members: [p01], deputy: p01}}}
""")

    import_reading.read(opened, known())

    assert [hint.details["keys"] for hint in opened.hints if hint.kind == "unknown_key"] == [
        (
            "organisation.fax",
            "working_time.breaks",
            "activity.study_day",
            "activity.talk_window.shuts",
            "activity.phases[1].boss",
            "groups.branches.B1.deputy",
        )
    ]
