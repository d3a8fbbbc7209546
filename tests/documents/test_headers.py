import csv

import pytest

from config import ROOT
from scheduler.documents.headers import HEADINGS, TableKind, recognise

SAMPLES = {
    "roster.csv": TableKind.ROSTER,
    "units.csv": TableKind.UNITS,
    "rooms.csv": TableKind.ROOMS,
    "events.csv": TableKind.EVENTS,
    "talk_log.csv": TableKind.TALK_LOG,
    "attendance.csv": TableKind.ATTENDANCE,
    "unavailability.csv": TableKind.UNAVAILABILITY,
    "calendar_2014.csv": TableKind.CALENDAR,
    "external_contacts.csv": TableKind.EXTERNAL_CONTACTS,
}


def header(file: str) -> list[str]:
    return next(csv.reader((ROOT / "sample" / file).read_text("utf-8-sig").splitlines()))


@pytest.mark.parametrize(("file", "kind"), SAMPLES.items())
@pytest.mark.parametrize("half", ["both", "chinese", "english", "turned around"])
def test_header_is_known_in_either_language_and_any_order(file: str, kind: TableKind, half: str) -> None:
    cells = header(file)
    if half == "chinese":
        cells = [cell.partition(" ")[0] for cell in cells]
    elif half == "english":
        cells = [cell.partition(" ")[2] for cell in cells]
    elif half == "turned around":
        cells = list(reversed(cells))

    columns = recognise(cells)

    assert columns is not None
    assert columns.heading.kind is kind
    assert len(columns.at) == len(cells)
    assert columns.unknown == ()


def test_every_table_is_known_by_the_columns_it_needs() -> None:
    for heading in HEADINGS:
        columns = recognise([*heading.needed, *heading.one_of[:1]])

        assert columns is not None, heading.kind
        assert columns.heading.kind is heading.kind


def test_unknown_columns_are_left_aside() -> None:
    columns = recognise(["姓名", "身份证号 ID", "手机", "部门"])

    assert columns is not None
    assert dict(columns.at) == {"name": 0, "unit": 3}
    assert columns.unknown == ("身份证号 ID", "手机")


def test_occurrences_and_contact_points_are_known() -> None:
    assert recognise(["情形", "人员", "日期"]).heading.kind is TableKind.OCCURRENCES  # type: ignore[union-attr]
    assert recognise(["kind", "person", "date"]).heading.kind is TableKind.OCCURRENCES  # type: ignore[union-attr]
    assert recognise(["人员 person", "联系点 unit"]).heading.kind is TableKind.CONTACT_POINTS  # type: ignore[union-attr]


def test_brackets_stars_and_capitals_in_a_header_do_not_matter() -> None:
    columns = recognise(["＊编号（ID）", "姓　名", "部 门*", "PARTY_STATUS"])

    assert columns is not None
    assert dict(columns.at) == {"id": 0, "name": 1, "unit": 2, "party_status": 3}


@pytest.mark.parametrize("cells", [[], [""], ["编号", "数量"], ["姓名"], ["名称"]])
def test_other_rows_are_no_header(cells: list[str]) -> None:
    assert recognise(cells) is None
