from datetime import date

import pytest

from scheduler.core.ground.dated import value_on
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import GroupId, PersonId, UnitId
from scheduler.core.ground.people import Person
from scheduler.core.organisation import chart_changes
from scheduler.core.organisation.chart import Chart
from scheduler.core.organisation.chart_changes import When
from scheduler.core.organisation.facts import Became, Change, Given, Source, Subject
from tests.builders import a_unit

TODAY, LATER, BEFORE = date(2014, 8, 1), date(2014, 9, 1), date(2014, 7, 1)
NOW = When(None, TODAY)
FROM_LATER = When(LATER, TODAY)


def a_person(key: str = "p01", file: str = "roster.csv", **fields: object) -> Given:
    return Given(Subject.PERSON, key, {"name": f"人{key}", **fields}, Source(file, 2))


def a_unit_fact(key: str = "D01", **fields: object) -> Given:
    return Given(Subject.UNIT, key, {"name": "办公室", **fields}, Source("units.csv", 2))


def a_group(key: str = "B1", **fields: object) -> Given:
    return Given(Subject.GROUP, key, fields, Source("org.yaml"))


def became(chart: Chart, *facts: Given, when: When = NOW) -> list[Became]:
    return [change.became for change in chart_changes.apply(chart, facts, when)]


def members(chart: Chart, group: str, day: date = TODAY) -> tuple[str, ...]:
    found = chart.group_on(GroupId(group), day)
    return found.members if found else ()


def person_on(chart: Chart, person: str, day: date = TODAY) -> Person:
    found = value_on(chart.people[PersonId(person)], day)
    assert found is not None
    return found


def test_new_people_hold_since_ever_and_sit_in_the_groups_their_row_names() -> None:
    chart = Chart()

    assert became(chart, a_person(branch="B1", party_group="B1-1", tags=("leadership_team",))) == [Became.CREATED]

    assert {key: (group[0].value.name, group[0].value.kind) for key, group in chart.groups.items()} == {
        "B1": ("B1", "branch"),
        "B1-1": ("B1-1", "branch_group"),
        "leadership_team": ("领导班子", "tag"),
    }
    assert members(chart, "B1", date.min) == ("p01",)
    assert members(chart, "leadership_team") == ("p01",)


def test_the_same_row_again_changes_nothing() -> None:
    chart = Chart()
    row = a_person(branch="B1", tags=("a", "b"), rank=None)
    chart_changes.apply(chart, [row], NOW)
    chart.touched_people.clear()

    assert became(chart, row) == [Became.UNCHANGED]
    assert not chart.touched_people


def test_a_row_that_is_corrected_was_always_so() -> None:
    chart = Chart()
    chart_changes.apply(chart, [a_person(branch="B1")], NOW)

    assert became(chart, a_person(branch="B2")) == [Became.UPDATED]

    assert (members(chart, "B1", BEFORE), members(chart, "B2", BEFORE)) == ((), ("p01",))


def test_from_a_day_on_answers_for_days_before_stay_as_they_were() -> None:
    chart = Chart()
    chart_changes.apply(chart, [a_person(branch="B1", tags=("leadership_team",))], NOW)

    assert became(chart, a_person(branch="B2", tags=()), when=FROM_LATER) == [Became.UPDATED]

    assert (members(chart, "B1", TODAY), members(chart, "B1", LATER)) == (("p01",), ())
    assert (members(chart, "leadership_team", TODAY), members(chart, "leadership_team", LATER)) == (("p01",), ())
    assert members(chart, "B2", LATER) == ("p01",)
    assert person_on(chart, "p01", TODAY).branch == "B1"


def test_the_same_facts_from_the_same_day_again_change_nothing() -> None:
    chart = Chart()
    chart_changes.apply(chart, [a_person(branch="B1")], NOW)
    chart_changes.apply(chart, [a_person(branch="B2")], FROM_LATER)

    assert became(chart, a_person(branch="B2"), when=FROM_LATER) == [Became.UNCHANGED]
    assert became(chart, a_person(branch="B1")) == [Became.UNCHANGED]
    assert len(chart.people[PersonId("p01")]) == 2


def test_columns_that_a_file_lacks_stay_as_they_are() -> None:
    chart = Chart()
    chart_changes.apply(chart, [a_person(position="科员", tags=("a",))], NOW)

    chart_changes.apply(chart, [a_person(rank=5)], NOW)

    someone = person_on(chart, "p01")
    assert (someone.position, someone.rank, someone.tags) == ("科员", 5, ("a",))


def test_somebody_known_from_a_later_day_only_is_known_earlier_from_then_on() -> None:
    chart = Chart()
    chart_changes.apply(chart, [a_person(position="科员")], FROM_LATER)

    assert became(chart, a_person(position="实习"), when=When(BEFORE, TODAY)) == [Became.UPDATED]

    assert person_on(chart, "p01", TODAY).position == "实习"
    assert person_on(chart, "p01", LATER).position == "科员"


def test_a_list_is_the_whole_of_a_group_and_peoples_rows_follow() -> None:
    chart = Chart()
    chart_changes.apply(chart, [a_person("p01", tags=("leadership_team", "x")), a_person("p02", tags=())], NOW)

    team = a_group("leadership_team", kind="team", members=("p02",))
    assert became(chart, team) == [Became.CREATED]

    assert members(chart, "leadership_team") == ("p02",)
    assert person_on(chart, "p01").tags == ("x",)
    assert person_on(chart, "p02").tags == ()


def test_a_group_that_stood_before_is_updated() -> None:
    chart = Chart()
    chart_changes.apply(chart, [a_group("team", kind="team", members=("p01",))], NOW)

    assert became(chart, a_group("team", kind="team", members=("p01", "p02"))) == [Became.UPDATED]
    assert became(chart, a_group("team", kind="team", members=("p02", "p01"))) == [Became.UNCHANGED]


def test_whoever_enters_a_branch_by_its_list_leaves_the_other() -> None:
    chart = Chart()
    chart_changes.apply(chart, [a_person("p01", branch="B1"), a_person("p02", branch="B2")], NOW)

    chart_changes.apply(chart, [a_group("B1", kind="branch", members=("p01", "p02"))], FROM_LATER)

    assert (members(chart, "B1", TODAY), members(chart, "B2", TODAY)) == (("p01",), ("p02",))
    assert (members(chart, "B1", LATER), members(chart, "B2", LATER)) == (("p01", "p02"), ())
    assert person_on(chart, "p02", LATER).branch == "B1"
    assert person_on(chart, "p02", TODAY).branch == "B2"


def test_branch_has_a_secretary_and_a_committee_from_a_day_on() -> None:
    chart = Chart()
    branch = {"name": "机关党支部", "kind": "branch", "members": ("p01", "p02"), "committee": ("p02", "p01")}
    chart_changes.apply(chart, [a_group("B1", **branch, secretary="p01")], NOW)

    chart_changes.apply(chart, [a_group("B1", **branch, secretary="p02")], FROM_LATER)

    today, later = (chart.group_on(GroupId("B1"), day) for day in (TODAY, LATER))
    assert today is not None
    assert later is not None
    assert (today.secretary, later.secretary) == ("p01", "p02")
    assert (today.committee, later.name) == (("p02", "p01"), "机关党支部")


def test_a_unit_has_posts_that_change_from_a_day_on() -> None:
    chart = Chart()
    first = a_unit_fact(kind="dept", in_charge=("p02", "p01"), head="p03", acting_head=None)
    assert became(chart, first) == [Became.CREATED]

    assert became(chart, a_unit_fact(head=None, acting_head="p04"), when=FROM_LATER) == [Became.UPDATED]

    today, later = (chart.unit_on(UnitId("D01"), day) for day in (TODAY, LATER))
    assert today is not None
    assert later is not None
    assert (today.in_charge, today.head, today.acting_head) == (("p02", "p01"), "p03", None)
    assert (later.in_charge, later.head, later.acting_head) == (("p02", "p01"), None, "p04")
    assert became(chart, first) == [Became.UNCHANGED]


def test_a_correction_of_a_unit_concerns_the_posts_in_force_only() -> None:
    chart = Chart()
    chart_changes.apply(chart, [a_unit_fact(head="p01")], NOW)
    chart_changes.apply(chart, [a_unit_fact(head="p02")], When(BEFORE, TODAY))

    chart_changes.apply(chart, [a_unit_fact(head="p03")], NOW)

    days = (date(2014, 6, 30), BEFORE, TODAY)
    assert [unit.head for day in days if (unit := chart.unit_on(UnitId("D01"), day))] == ["p01", "p03", "p03"]


def test_a_contact_point_is_created_once_and_may_begin_earlier() -> None:
    chart = Chart()
    fact = Given(Subject.CONTACT_POINT, "p03/D10", {"person": "p03", "unit": "D10"}, Source("points.csv", 2))

    assert became(chart, fact, when=FROM_LATER) == [Became.CREATED]
    assert became(chart, fact, when=FROM_LATER) == [Became.UNCHANGED]
    assert became(chart, fact, when=When(BEFORE, TODAY)) == [Became.UPDATED]
    assert chart.posts.on("D10", "contact", TODAY) == ("p03",)


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"tags": ("team",)}, "tags"), ({"branch": "team"}, "branch"), ({"party_group": "team"}, "party_group")],
)
def test_a_row_and_a_list_of_one_import_that_disagree_are_told(fields: dict[str, object], field: str) -> None:
    errors = chart_changes.disagreements([a_person("p01", **fields), a_group("team", members=("p02",))])

    assert [(e.file, e.field, e.kind, e.details["file"]) for e in errors] == [
        ("roster.csv", field, "contradiction", "org.yaml")
    ]


def test_a_branch_list_and_a_row_without_that_branch_disagree() -> None:
    branch = a_group("B1", kind="branch", members=("p01", "p02"))

    assert chart_changes.disagreements([a_person("p01", branch="B1"), branch]) == []
    assert len(chart_changes.disagreements([a_person("p01", branch=""), branch])) == 1
    assert chart_changes.disagreements([a_person("p02"), branch]) == []


def test_units_that_nobody_heads_or_whose_leader_heads_them_are_odd() -> None:
    units = [
        a_unit("D01", kind="dept", head=PersonId("p01"), in_charge=["p02"]),
        a_unit("D07", kind="dept", head=PersonId("p07"), in_charge=["p07"]),
        a_unit("I03", kind="institution", acting_head=PersonId("p20"), in_charge=["p03"]),
        a_unit("I05", kind="institution", in_charge=["p06"]),
        a_unit("LT", kind="other"),
    ]

    found = chart_changes.findings(units)

    assert [(f.kind, f.subject) for f in found] == [("in_charge_is_head", "D07"), ("head_vacant", "I05")]


def test_people_with_one_name_are_told_once_and_only_if_touched() -> None:
    names = [
        (PersonId(p), name) for p, name in (("p02", "甲"), ("p01", "甲"), ("p03", "乙"), ("p04", "乙"), ("p05", "丙"))
    ]

    assert chart_changes.same_names(names, ["甲", "甲", "丙"]) == [
        Finding("same_name", "p01", {"name": "甲", "people": ("p01", "p02")})
    ]


def test_changes_carry_what_was_before() -> None:
    chart = Chart()
    chart_changes.apply(chart, [a_person(rank=1)], NOW)

    [change] = chart_changes.apply(chart, [a_person(rank=2)], NOW)

    assert isinstance(change, Change)
    assert [(f.name, f.before, f.after) for f in change.fields] == [("rank", 1, 2)]


def test_whoever_has_no_branch_yet_enters_one_by_its_list() -> None:
    chart = Chart()
    chart_changes.apply(chart, [a_person("p01", branch="")], NOW)

    chart_changes.apply(chart, [a_group("B1", kind="branch", members=("p01",))], NOW)

    assert (person_on(chart, "p01").branch, members(chart, "B1")) == ("B1", ("p01",))


def test_whoever_leaves_a_group_that_their_row_does_not_name_keeps_their_row() -> None:
    chart = Chart()
    chart_changes.apply(chart, [a_person("p01", tags=("x",)), a_group("organizers", members=("p01",))], NOW)
    chart.touched_people.clear()

    chart_changes.apply(chart, [a_group("organizers", members=())], NOW)

    assert members(chart, "organizers") == ()
    assert not chart.touched_people


def test_vacant_posts_of_a_unit_are_told_whatever_its_kind_once_anybody_leads_it() -> None:
    units = [
        a_unit("D01", in_charge=["p02"]),
        a_unit("D02", head=PersonId("p11")),
        a_unit("D03"),
        a_unit("D04", kind="dept"),
    ]

    assert [(odd.kind, odd.subject) for odd in chart_changes.findings(units)] == [
        ("head_vacant", "D01"),
        ("relation_unknown", "D02"),
        ("relation_unknown", "D04"),
        ("head_vacant", "D04"),
    ]
