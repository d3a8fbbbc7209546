"""Tables that are imported, with the cells marked that are wrong or change."""

from collections.abc import Iterator

import pytest
from flask import Flask

from scheduler.core.ground.findings import Finding
from scheduler.core.organisation.facts import (
    Became,
    Change,
    FieldChange,
    ImportReport,
    RowError,
    SeenRow,
    SeenTable,
    Subject,
)
from scheduler.web.imports.tables import Mark, RowState, TableView, beside, value_text, views

COLUMNS = ("id", "name", "unit", "group")
PERSON, UNIT = Subject.PERSON, Subject.UNIT


@pytest.fixture(autouse=True)
def asking(site_app: Flask) -> Iterator[None]:
    with site_app.test_request_context("/?lang=zh"):
        yield


def a_row(number: int, *cells: str, facts: tuple[tuple[Subject, str], ...] = ()) -> SeenRow:
    return SeenRow(number, dict(zip(COLUMNS, cells, strict=True)), facts)


def a_table(*rows: SeenRow) -> SeenTable:
    return SeenTable("名册.xlsx", "roster", COLUMNS, ("编号", "姓名", "部门", "党小组"), rows)


def drawn(report: ImportReport) -> TableView:
    [view] = views(report)
    return view


def test_new_padded_changed_and_plain_cells_are_told_apart() -> None:
    rows = (
        a_row(2, "p1", "文 静", "D1", "B1", facts=((PERSON, "p1"),)),
        a_row(3, "p2", "王海波", "D2", "B2", facts=((PERSON, "p2"),)),
        a_row(4, "p3", "John Smith", "D2", "", facts=((PERSON, "p3"),)),
    )
    moved = (FieldChange("unit", "D1", "D2"), FieldChange("party_group", None, "B2"))
    changes = (Change(PERSON, "p1", Became.CREATED), Change(PERSON, "p2", Became.UPDATED, moved))

    view = drawn(ImportReport(changes=changes, tables=(a_table(*rows),)))

    assert [row.state for row in view.rows] == [RowState.CREATED, RowState.UPDATED, RowState.UNCHANGED]
    assert [(cell.text, cell.mark) for cell in view.rows[0].cells][1] == ("文静", Mark.TIDIED)
    assert [cell.mark for cell in view.rows[1].cells] == [Mark.PLAIN, Mark.PLAIN, Mark.CHANGED, Mark.CHANGED]
    assert view.rows[1].notes == ["部门：D1 → D2", "党小组：— → B2"]
    assert [cell.mark for cell in view.rows[2].cells] == [Mark.PLAIN] * 4
    assert view.counts == {RowState.CREATED: 1, RowState.UPDATED: 1, RowState.UNCHANGED: 1}


def test_wrong_cells_are_marked_with_their_sentence() -> None:
    errors = (
        RowError("名册.xlsx", 2, "name", "missing"),
        RowError("org.yaml", None, "activity.starts", "missing"),
    )
    report = ImportReport(errors=errors, tables=(a_table(a_row(2, "p1", "", "", ""), a_row(3, "p2", "甲", "", "")),))

    view = drawn(report)

    assert [row.state for row in view.rows] == [RowState.WRONG, RowState.UNCHANGED]
    assert view.rows[0].cells[1].mark is Mark.WRONG
    assert view.rows[0].notes[0].startswith("姓名或名称：")
    assert beside(report) == ([errors[1]], [])


def test_odd_things_are_marked_where_they_stand() -> None:
    units = SeenTable(
        "单位.csv",
        "units",
        ("id", "head"),
        ("编号", "负责人"),
        (SeenRow(2, {"id": "D1", "head": ""}, ((UNIT, "D1"),)),),
    )
    people = a_table(a_row(2, "p1", "李强", "", "", facts=((PERSON, "p1"),)))
    warnings = (
        Finding("head_vacant", "D1", {"name": "办公室", "name_en": ""}),
        Finding("same_name", "p1", {"name": "李强", "people": ("p1", "p2")}),
        Finding("room_unknown", "R9", {}),
    )

    of_units, of_people = views(ImportReport(warnings=warnings, tables=(units, people)))

    assert of_units.rows[0].cells[1].mark is Mark.ODD
    assert of_units.rows[0].notes == ["办公室：负责人空缺"]
    assert of_people.rows[0].cells[1].mark is Mark.ODD


def test_long_tables_show_what_is_marked_and_some_of_the_rest() -> None:
    rows = [a_row(number, "", "甲", "", "") for number in range(2, 102)]
    errors = (RowError("名册.xlsx", 90, "unit", "unknown_unit", {"value": "X"}),)

    view = drawn(ImportReport(errors=errors, tables=(a_table(*rows),)))

    assert (len(view.rows), view.left_out, view.rows[-1].number) == (31, 69, 90)
    assert drawn(ImportReport(tables=(a_table(*rows),))).has_notes is False


def test_changes_of_no_row_stand_beside() -> None:
    change = Change(Subject.CAMPAIGN, "c1", Became.UPDATED, (FieldChange("ends", "a", "b"),))

    assert beside(ImportReport(changes=(change,), tables=(a_table(),))) == ([], [change])


def test_values_are_told_in_a_few_words() -> None:
    assert (value_text(None), value_text(("a", "b")), value_text("长" * 61)) == ("—", "a、b", "长" * 60 + "…")
