"""Workbooks that mean harm end in a sentence, within their time and memory."""

import io
import json
import resource
import signal
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from scheduler.core.ground.errors import Malformed
from scheduler.documents import workbook_process, workbooks

FILES = Path(__file__).parents[1] / "data" / "workbooks"
OFFICE = FILES.parent / "office"
SHEET = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData>{}</worksheet>'


def _workbook(cells: str = "", after: str = "") -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "here"
    out, made = io.BytesIO(), io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = SHEET.format(cells, after).encode()
            target.writestr(name, data)
    return made.getvalue()


BOMBS = {
    "merges of the whole sheet": _workbook(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1400"><c r="BAV1400"><v>1</v></c></row>',
        "<mergeCells>" + '<mergeCell ref="A1:BAV1400"/>' * 3 + "</mergeCells>",
    ),
    "many merges": _workbook(
        '<row r="1"><c r="A1"><v>1</v></c></row>',
        "<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 20_001 + "</mergeCells>",
    ),
    "cells with a prefix": _workbook("<row>" + "<x:c/>" * 2_000_001 + "</row>"),
}


def _reason(data: bytes) -> object:
    with pytest.raises(Malformed) as refused:
        workbooks.sheets("book.xlsx", data)
    assert (refused.value.kind, refused.value.field) == ("unreadable_file", "book.xlsx")
    return refused.value.details["reason"]


@pytest.mark.parametrize("path", sorted(FILES.iterdir()), ids=lambda path: path.stem)
def test_a_bomb_is_refused(path: Path) -> None:
    assert _reason(path.read_bytes()) == "too_large_inside"


@pytest.mark.parametrize("name", BOMBS)
def test_what_is_too_much_is_counted_before_it_is_read(name: str) -> None:
    with pytest.raises(Malformed, match="too_large_inside"):
        workbooks.sheets_here("book.xlsx", BOMBS[name])


def test_old_workbooks_are_read_bound_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    real = (OFFICE / "花名册-97.xls").read_bytes()
    [(title, grid)] = workbooks.old_sheets("book.xls", real)
    assert (title, grid[0][0]) == ("Sheet1", "东湖区总工会干部花名册")

    monkeypatch.setattr(workbook_process, "SECONDS", 0)
    with pytest.raises(Malformed, match="too_large_inside"):
        workbooks.old_sheets("book.xls", real)


@pytest.mark.parametrize("length", [8, 512, 2_000])
def test_a_damaged_old_workbook_is_none(length: int) -> None:
    with pytest.raises(Malformed, match="not_a_workbook"):
        workbooks.old_sheets("book.xls", (OFFICE / "花名册-97.xls").read_bytes()[:length])


def test_a_shared_text_is_counted_wherever_it_stands() -> None:
    with pytest.raises(Malformed, match="too_large_inside"):
        workbooks.sheets_here("book.xlsx", (FILES / "shared_30KBx50000.xlsx").read_bytes())


def test_an_honest_workbook_with_many_merges_and_shared_texts_is_read() -> None:
    book = openpyxl.Workbook()
    for number in range(1, 601):
        book.worksheets[0].append([f"部门{number // 3}", f"人{number}", "办公室" * 20])
    for number in range(1, 599, 3):
        book.worksheets[0].merge_cells(f"A{number}:A{number + 2}")
    out = io.BytesIO()
    book.save(out)

    [(_, grid)] = workbooks.sheets("book.xlsx", out.getvalue())

    assert len(grid) == 600
    assert grid[1][0] == grid[0][0]


@pytest.mark.parametrize("program", ["while True: pass", "import time; time.sleep(60)", "x = bytearray(10**10)"])
def test_a_process_that_takes_too_much_is_ended(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_process, "SECONDS", 1)
    bound = f"from scheduler.documents import workbook_process\nworkbook_process.limit(1)\n{program}"

    with pytest.raises(Malformed) as refused:
        workbook_process.read("sheets_here", "book.xlsx", b"", (sys.executable, "-c", bound))
    assert refused.value.details["reason"] == "too_large_inside"


def test_too_little_memory_is_a_workbook_that_is_too_large() -> None:
    def full(*_: object) -> object:
        raise MemoryError

    assert workbook_process.answer(full, b"") == {"reason": "too_large_inside"}


def test_the_process_binds_itself_and_reads_one_workbook(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bounds: list[object] = []
    monkeypatch.setattr(signal, "alarm", bounds.append)
    monkeypatch.setattr(resource, "setrlimit", lambda *bound: bounds.append(bound))
    book = _workbook('<row r="1"><c r="A1"><v>7</v></c></row>')
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(book)))

    workbook_process.main(workbooks.sheets_here, 5)

    assert json.loads(capsys.readouterr().out) == {"sheets": [["Sheet", [["7"]]]]}
    assert bounds[0] == 5
    assert len(bounds) == 4
