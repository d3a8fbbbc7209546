from datetime import date

from tests.services.imports.tables.reading import asked_of, facts, known, read, wrong

ROSTER = "编号,姓名,性别,部门,职务排序,类别,党支部,党小组,标签,上级"


def test_a_row_of_the_roster() -> None:
    row = "p10,欧 阳　慧,female,办公室,7,职工,机关党支部,B1-1,a；b;a,p02陈国梁"

    assert facts(f"{ROSTER}\n{row}\n") == {
        "p10": {
            "name": "欧阳慧",
            "gender": "女",
            "unit": "D01",
            "rank": 7,
            "category": "staff",
            "branch": "B1",
            "party_group": "B1-1",
            "tags": ("a", "b"),
            "manager": "p02",
        }
    }


def test_somebody_may_have_a_manager_who_comes_later_in_the_file() -> None:
    assert facts("id,name,manager\np10,甲,p11\np11,乙,\n")["p10"]["manager"] == "p11"


def test_units_of_the_same_import_are_known_by_name() -> None:
    assert facts("id,name,unit\np10,甲,新部门\n", "id,name,head\nD20,新部门,甲\n") == {
        "p10": {"name": "甲", "unit": "D20"},
        "D20": {"name": "新部门", "head": "p10"},
    }


def test_rows_without_an_id_are_known_by_name_and_unit_or_are_new() -> None:
    assert facts("name,unit,rank\n文 静,D01,3\n新人,D01,9\n") == {
        "p03": {"name": "文静", "unit": "D01", "rank": 3},
        "p04": {"name": "新人", "unit": "D01", "rank": 9},
    }


def test_without_a_unit_column_the_name_alone_is_enough_if_one_has_it() -> None:
    assert list(facts("name,rank\n文静,3\n")) == ["p03"]


def test_a_name_that_several_have_is_asked_about() -> None:
    who = known(p01="王伟", p02="王伟")

    assert asked_of("name,rank\n王伟,3\n", who=who) == {"who:王伟@2": ("p01", "p02", "new")}
    assert [(row.row, row.why) for row in who.desk.set_aside] == [(2, "waits_for_answer")]


def test_a_name_that_is_known_in_another_unit_is_asked_about() -> None:
    assert asked_of("name,unit\n文静,D02\n") == {"who:文静@2": ("p03", "new")}
    assert facts("name,unit\n文静,D02\n") == {}


def test_two_rows_without_ids_and_one_name_are_asked_about_unless_something_tells() -> None:
    assert list(facts("name,unit\n王伟,D01\n王伟,D02\n", who=known())) == ["p04"]
    assert asked_of("name,unit\n王伟,D01\n王伟,D02\n") == {"same_person:王伟@3": ("same", "different")}
    assert list(facts("name,unit,gender\n王伟,D01,男\n王伟,D02,女\n")) == ["p04", "p05"]
    assert list(facts("name,unit,手机\n王伟,D01,1\n王伟,D02,1\n")) == ["p04"]
    assert list(facts("name,unit\n王伟,D01\n王伟,D01\n")) == ["p04"]


def test_a_second_file_without_ids_means_the_same_people() -> None:
    assert list(facts("name,unit\n新人,D01\n", "name,unit,rank\n新人,D01,\n")) == ["p04"]


def test_everything_that_is_wrong_in_a_roster_is_told() -> None:
    rows = "p/1,,男,D01,high,,,,,\np11,甲,男,D01,1.5,,,,,nobody\n"

    assert wrong(f"{ROSTER}\n{rows}") == [
        (2, "id", "bad_id"),
        (2, "name", "missing"),
        (2, "rank", "not_a_number"),
        (3, "rank", "not_a_number"),
        (3, "manager", "unknown_person"),
    ]


def test_a_row_of_the_units() -> None:
    head = "编号,名称,英文,类别,分管领导,负责人,主持工作"

    assert facts(f"{head}\nI01,服务中心,Centre,事业单位,p02陈国梁；文静,（空缺）,p01沈维岳\n") == {
        "I01": {
            "name": "服务中心",
            "name_en": "Centre",
            "kind": "institution",
            "in_charge": ("p02", "p03"),
            "head": None,
            "acting_head": "p01",
        }
    }


def test_units_without_ids_are_known_by_name_or_are_new() -> None:
    assert list(facts("name,head\n办公室,p01\n新部门,p02\n")) == ["D01", "D02"]


def test_everything_that_is_wrong_in_units_is_told() -> None:
    rows = "D01,办公室,odd,p99,p02文静,\nD02,,dept,,,\n"

    assert wrong(f"id,name,kind,in_charge,head,acting_head\n{rows}") == [
        (2, "kind", "unknown_word"),
        (2, "in_charge", "unknown_person"),
        (2, "head", "name_mismatch"),
        (3, "name", "missing"),
    ]


def test_contact_points() -> None:
    assert facts("人员 person,联系点 unit\np03文静,办公室\n") == {"p03/D01": {"person": "p03", "unit": "D01"}}
    assert wrong("person,unit\n,D01\np99,D77\n") == [
        (2, "person", "missing"),
        (3, "person", "unknown_person"),
        (3, "unit", "unknown_unit"),
    ]


def test_occurrences() -> None:
    found = facts("情形 kind,人员 person,日期 date\naward,p01;p02,2014-07-01\n")

    assert list(found) == ["award/p01/2014-07-01", "award/p02/2014-07-01"]
    assert found["award/p01/2014-07-01"] == {"kind": "award", "person": "p01", "day": date(2014, 7, 1)}
    assert wrong("kind,person,date\n,p99,soon\naward,,2014-07-01\n") == [
        (2, "kind", "missing"),
        (2, "person", "unknown_person"),
        (2, "date", "not_a_date"),
        (3, "person", "missing"),
    ]


def test_a_mail_address_is_a_fact_of_its_own() -> None:
    given, errors = read("id,name,邮箱\np10,甲, jia@example.org \np11,乙,\n")

    assert errors == []
    assert [(fact.subject.value, fact.key, dict(fact.fields)) for fact in given] == [
        ("person", "p10", {"name": "甲"}),
        ("mail_contact", "p10", {"person": "p10", "address": "jia@example.org"}),
        ("person", "p11", {"name": "乙"}),
        ("mail_contact", "p11", {"person": "p11", "address": ""}),
    ]


def test_what_is_no_mail_address_is_named() -> None:
    assert wrong("id,name,email\np10,甲,jia\n") == [(2, "email", "not_an_address")]
