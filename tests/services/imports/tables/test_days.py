from datetime import date

import pytest

from tests.services.imports.tables.reading import facts, wrong


def test_rows_of_the_workday_table() -> None:
    assert facts("日期,星期,工作日,说明\n2014-05-01,四,0,劳动节\n2014-05-04,日,是,调休\n") == {
        "2014-05-01": {"day": date(2014, 5, 1), "is_workday": False, "note": "劳动节"},
        "2014-05-04": {"day": date(2014, 5, 4), "is_workday": True, "note": "调休"},
    }
    assert wrong("date,workday\nsoon,maybe\n,\n2014-05-01,\n") == [
        (2, "date", "not_a_date"),
        (2, "workday", "unknown_word"),
        (4, "workday", "unknown_word"),
    ]


def test_an_empty_rule_is_absent_all_day() -> None:
    assert facts("人员,起,止,原因类别,规则\np02,2014-07-07,2014-07-18,党校,\n") == {
        "p02/2014-07-07/2014-07-18": {
            "person": "p02",
            "first": date(2014, 7, 7),
            "last": date(2014, 7, 18),
            "reason": "党校",
            "only_weekdays": (),
            "only_from": "",
            "only_to": "",
        }
    }


def test_a_rule_says_when_several_people_can_be_had() -> None:
    rule = '"AVAILABLE_ONLY weekday in (Thu,Tue) and 13:30-17:30"'

    found = facts(f"person,from,to,reason,rule\np01;p02,2014-02-26,2014-11-30,,{rule}\n")

    assert [(f["person"], f["only_weekdays"], f["only_from"], f["only_to"]) for f in found.values()] == [
        ("p01", (1, 3), "13:30", "17:30"),
        ("p02", (1, 3), "13:30", "17:30"),
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "AVAILABLE_ONLY",
        "AVAILABLE_ONLY weekday in () and 13:30-17:30",
        "AVAILABLE_ONLY weekday in (Tue) and 17:30-13:30",
        "AVAILABLE_ONLY weekday in (Tue) and 13:30-13:30",
        "AVAILABLE_ONLY weekday in (Die) and 13:30-17:30",
        "AVAILABLE_ONLY weekday in (Tue) and 13:30-25:00",
        "AVAILABLE_ONLY weekday in (Tue, Thu) and 13:30-17:30",
        "available_only weekday in (Tue) and 13:30-17:30",
        "每周二",
    ],
)
def test_any_other_rule_is_an_error(rule: str) -> None:
    assert wrong(f'person,from,to,rule\np01,2014-07-01,2014-07-02,"{rule}"\n') == [(2, "rule", "unknown_rule")]


def test_everything_that_is_wrong_in_an_absence_is_told() -> None:
    assert wrong("person,from,to,rule\np99,2014-07-02,2014-07-01,x\n,,2014-07-01,\n") == [
        (2, "person", "unknown_person"),
        (2, "to", "end_before_start"),
        (2, "rule", "unknown_rule"),
        (3, "person", "missing"),
        (3, "from", "missing"),
    ]


@pytest.mark.parametrize(
    ("starts", "ends", "only"),
    [
        ("2014-08-12 08:30", "2014-08-12 11:30", ("11:30", "23:59")),
        ("2014-08-12 上午", "2014-08-12 上午", ("12:00", "23:59")),
        ("2014-08-12下午", "2014-08-12下午", ("00:00", "12:00")),
        ("2014-08-12 14:30", "2014-08-12 17:30", ("00:00", "14:30")),
        ("2014-08-12 08:30", "2014-08-12 17:30", ("", "")),
    ],
)
def test_an_absence_of_a_part_of_a_day(starts: str, ends: str, only: tuple[str, str]) -> None:
    [fields] = facts(f"人员,起,止,原因类别\np01,{starts},{ends},病假\n").values()

    assert (fields["first"], fields["last"]) == (date(2014, 8, 12), date(2014, 8, 12))
    assert (fields["only_from"], fields["only_to"]) == only
    assert fields["only_weekdays"] == (tuple(range(7)) if only[0] else ())


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ("2014-08-12 10:00", "2014-08-12 11:00"),
        ("2014-08-12 14:00", "2014-08-14 11:30"),
        ("2014-08-12 11:30", "2014-08-12 08:30"),
    ],
)
def test_a_part_that_cannot_be_said_is_an_error(starts: str, ends: str) -> None:
    assert wrong(f"人员,起,止,原因类别\np01,{starts},{ends},病假\n")[0] == (2, "from", "part_of_a_day")
