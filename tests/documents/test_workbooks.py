import io
import zipfile
from datetime import date, time

import openpyxl
import pytest

from scheduler.core.ground.errors import Malformed
from scheduler.documents import tables, workbooks


def a_workbook(*rows: list[object], merge: str = "", hidden: bool = False) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    if hidden:
        book.create_sheet("shown")
        sheet.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def a_zip(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def reason(data: bytes) -> object:
    with pytest.raises(Malformed) as refused:
        workbooks.sheets("book.xlsx", data)
    assert (refused.value.kind, refused.value.field) == ("unreadable_file", "book.xlsx")
    return refused.value.details["reason"]


def test_cells_have_the_text_they_have_as_csv() -> None:
    data = a_workbook(["a", 1, 1.5, date(2014, 8, 1), time(9, 0), None, True])

    assert workbooks.sheets("book.xlsx", data) == [("Sheet", [["a", "1", "1.5", "2014-08-01", "09:00", "", "1"]])]


def test_merged_cells_all_carry_the_text_of_the_first() -> None:
    data = a_workbook(["单位", "姓名"], ["办公室", "甲"], [None, "乙"], [None, "丙"], merge="A2:A4")

    [(_, grid)] = workbooks.sheets("book.xlsx", data)

    assert [row[0] for row in grid] == ["单位", "办公室", "办公室", "办公室"]


def test_hidden_sheets_are_left_aside() -> None:
    assert [name for name, _ in workbooks.sheets("book.xlsx", a_workbook(["a"], hidden=True))] == ["shown"]


def test_rows_keep_their_numbers_when_the_first_are_empty() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["B3"] = "x"
    out = io.BytesIO()
    book.save(out)

    assert workbooks.sheets("book.xlsx", out.getvalue()) == [("Sheet", [["", ""], ["", ""], ["", "x"]])]


def test_two_cells_far_apart_are_refused_before_the_rectangle_between_them_is_made() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "here"
    book.worksheets[0]["XFD1048576"] = "there"
    out = io.BytesIO()
    book.save(out)
    assert len(out.getvalue()) < 10_000

    assert reason(out.getvalue()) == "too_large_inside"


def test_a_part_that_unpacks_to_too_much_is_refused() -> None:
    assert reason(a_zip(xl__workbook_xml=b"0" * (workbooks.MAX_UNPACKED + 1))) == "too_large_inside"


def test_a_part_whose_header_lies_about_its_size_is_refused() -> None:
    honest = a_zip(part=b"0" * (workbooks.MAX_UNPACKED + 1))
    size = (workbooks.MAX_UNPACKED + 1).to_bytes(4, "little")

    lying = honest.replace(size, (10).to_bytes(4, "little"))

    assert lying != honest
    assert reason(lying) == "too_large_inside"


def test_too_many_parts_are_refused() -> None:
    assert reason(a_zip(**{f"part{n}": b"" for n in range(workbooks.MAX_PARTS + 1)})) == "too_large_inside"


@pytest.mark.parametrize("data", [b"PK", b"PK\x03\x04" + b"\0" * 100, a_zip(nothing=b"here")])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    assert reason(data) == "not_a_workbook"


def test_a_workbook_that_was_cut_off_is_refused() -> None:
    data = a_workbook(["a"])

    assert reason(data[: len(data) // 2]) == "not_a_workbook"


def with_sheet(xml: str, encoding: str = "utf-8") -> bytes:
    """A workbook whose only sheet is this XML."""
    source = zipfile.ZipFile(io.BytesIO(a_workbook(["a"])))
    parts = {name: source.read(name) for name in source.namelist()}
    parts["xl/worksheets/sheet1.xml"] = xml.encode(encoding)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def a_sheet(*cells: str) -> str:
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{namespace}"><sheetData><row r="1">{"".join(cells)}</row></sheetData></worksheet>'


@pytest.mark.parametrize(
    "far",
    [
        '<c r="xfd1048576"><v>1</v></c>',
        "<c r = 'XFD1048576'><v>1</v></c>",
        '<c r="XFD0000000001048576"><v>1</v></c>',
        '<c r="ZZZZZZ1"><v>1</v></c>',
        '<c r="A99999999999999999999"><v>1</v></c>',
    ],
)
def test_a_far_cell_is_found_however_it_is_written(far: str) -> None:
    assert reason(with_sheet(a_sheet('<c r="A1"><v>1</v></c>', far))) == "too_large_inside"


def test_a_far_cell_that_hides_behind_an_entity_or_another_encoding_is_refused() -> None:
    far = a_sheet('<c r="A1"><v>1</v></c>', '<c r="XFD&#49;048576"><v>1</v></c>')

    assert reason(with_sheet(far)) == "not_a_workbook"
    assert reason(with_sheet(a_sheet('<c r="XFD1048576"><v>1</v></c>'), "utf-16")) == "not_a_workbook"


def test_formats_that_nobody_measures_are_refused() -> None:
    assert reason(a_zip(**{"content.xml": b"<office/>", "mimetype": b"ods"})) == "not_a_workbook"
    assert reason(a_zip(**{"xl/workbook.bin": b""})) == "not_a_workbook"


def test_a_cell_that_refers_to_a_text_that_is_not_there_is_refused() -> None:
    assert reason(with_sheet(a_sheet('<c r="A1" t="s"><v>999</v></c>'))) == "not_a_workbook"


def test_too_many_sheets_are_refused() -> None:
    book = openpyxl.Workbook()
    for _ in range(workbooks.MAX_SHEETS):
        book.create_sheet()
    out = io.BytesIO()
    book.save(out)

    assert reason(out.getvalue()) == "too_large_inside"


def test_a_part_packed_in_another_way_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("xl/workbook.xml", b"<x/>")

    assert reason(out.getvalue()) == "not_a_workbook"


def test_what_is_hidden_is_told_by_sheet_and_row() -> None:
    book = openpyxl.Workbook()
    book.active.title = "shown"  # type: ignore[union-attr]  # a new workbook has a sheet
    for number in range(1, 5):
        book["shown"].append([number])
    book["shown"].row_dimensions[3].hidden = True
    book.create_sheet("away").sheet_state = "veryHidden"
    out = io.BytesIO()
    book.save(out)

    assert workbooks.hidden("book.xlsx", out.getvalue()) == (["away"], {"shown": frozenset({3})})


def test_what_cannot_be_looked_through_hides_nothing_and_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_long(name: str, data: bytes) -> None:
        raise Malformed("unreadable_file", name, reason="too_large_inside")

    monkeypatch.setattr(workbooks, "hidden", too_long)
    [part] = tables.read("book.xlsx", a_workbook(["姓名", "部门"], ["甲一", "一处"]))
    assert isinstance(part, tables.Table)
    assert part.hidden == frozenset()
