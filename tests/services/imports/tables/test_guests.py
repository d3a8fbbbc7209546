"""Rows about guests."""

from scheduler.core.organisation.facts import Given, Subject
from tests.services.imports.tables.reading import known, read, wrong

GUESTS = "会议,联系人,人员,姓名,单位,职务,类别"
CONTACTS = "编号,类别,名称,用途\nu01,street_town,青石街道总工会,座谈\n"


def test_a_guest_is_sent_by_a_contact_or_of_the_roster_or_neither() -> None:
    rows = "E01,u01,,李志明,青石街道总工会,主席,\nE01,,p03,文静,,,retired\nE01,,,王 五,某街道,群众,\n"

    given, errors = read(CONTACTS, f"{GUESTS}\n{rows}")

    assert not errors
    found = {fact.key: dict(fact.fields) for fact in given if isinstance(fact, Given) and fact.subject is Subject.GUEST}
    base = {"booking": "E01", "unit": "", "post": "", "kind": "", "contact": "", "person": None}
    assert found == {
        "E01/u01/李志明": base
        | {"contact": "u01", "name": "李志明", "unit": "青石街道总工会", "post": "主席", "kind": "street_town"},
        "E01/p03": base | {"person": "p03", "name": "文静", "kind": "retired"},
        "E01/某街道/王五": base | {"name": "王五", "unit": "某街道", "post": "群众"},
    }


def test_columns_that_are_not_there_say_nothing() -> None:
    given, _errors = read("会议,姓名\nE01,王五\n")

    assert [dict(fact.fields) for fact in given] == [{"booking": "E01", "name": "王五", "contact": "", "person": None}]


def test_everything_that_is_wrong_with_a_guest_is_told() -> None:
    rows = "E99,,,王五,,,\n,,,,,,\nE01,u01,p03,文静,,,\nE01,u77,,王五,,,\nE01,,p03,文景,,,\nE01,,p88,谁,,,\n"

    assert wrong(CONTACTS, f"{GUESTS}\n{rows}", who=known()) == [
        (2, "booking", "unknown_session"),
        (4, "contact", "contact_or_person"),
        (5, "contact", "unknown_contact"),
        (6, "name", "name_mismatch"),
        (7, "person", "unknown_person"),
    ]
