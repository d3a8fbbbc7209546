import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config import ROOT
from scheduler.core.ground.errors import Malformed
from scheduler.documents import tables
from scheduler.documents.headers import TableKind
from scheduler.documents.tables import Row, Table
from tests.documents.test_workbooks import a_workbook

ROOMS = "编号 id,名称 name,容量 capacity\nR01,第一会议室,40\n"
ROOM_ROW = Row(2, {"id": "R01", "name": "第一会议室", "capacity": "40"})


def only_table(name: str, data: bytes) -> Table:
    [table] = tables.read(name, data)
    assert isinstance(table, Table)
    return table


def no(data: bytes, name: str = "file.csv") -> Malformed:
    with pytest.raises(Malformed) as refused:
        tables.read(name, data)
    return refused.value


def outcome(name: str, data: bytes) -> str:
    """What became of a file: tables, or the kind of error."""
    try:
        tables.read(name, data)
    except Malformed as refused:
        return refused.kind
    return "tables"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "，"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_csv_is_read_however_it_was_saved(encoding: str, delimiter: str, line_end: str) -> None:
    text = ROOMS.replace(",", delimiter).replace("\n", line_end)

    table = only_table("rooms.csv", text.encode(encoding))

    assert (table.kind, table.rows) == (TableKind.ROOMS, (ROOM_ROW,))


def test_xlsx_gives_the_same_rows_as_csv() -> None:
    data = a_workbook(["编号 id", "名称 name", "容量 capacity"], ["R01", " 第一会议室 ", 40])

    assert only_table("rooms.xlsx", data).rows == (ROOM_ROW,)


@pytest.mark.parametrize("path", sorted((ROOT / "sample").glob("*.csv")), ids=lambda path: path.name)
def test_every_sample_table_is_the_same_as_xlsx(path) -> None:  # type: ignore[no-untyped-def]
    csv_table = only_table(path.name, path.read_bytes())
    rows = [list(csv_table.columns), *([*row.cells.values()] for row in csv_table.rows)]

    xlsx_table = only_table("table.xlsx", a_workbook(*rows))

    assert (xlsx_table.kind, xlsx_table.rows) == (csv_table.kind, csv_table.rows)


def test_a_title_may_stand_above_the_header_and_row_numbers_are_those_of_the_sheet() -> None:
    table = only_table("rooms.csv", f"场地一览表,,\n,,\n{ROOMS}\n,,\nR02,小会议室,".encode())

    assert [row.number for row in table.rows] == [4, 7]


def test_a_short_row_is_filled_up() -> None:
    assert only_table("rooms.csv", b"id,name,capacity\nR01").rows == (
        Row(2, {"id": "R01", "name": "", "capacity": ""}),
    )


def test_quoted_cells_may_hold_delimiters_and_line_ends() -> None:
    table = only_table("rooms.csv", '编号,名称,用途\nR01,"东楼,\n三层",all\nR02,西楼,all'.encode())

    assert [row.cells["name"] for row in table.rows] == ["东楼, 三层", "西楼"]
    assert [row.number for row in table.rows] == [2, 3]


def test_unknown_columns_are_left_aside_and_told() -> None:
    table = only_table("rooms.csv", "编号,名称,容量,电话\nR01,会议室,4,123\n".encode())

    assert table.unknown_columns == ("电话",)
    assert table.rows[0].cells == {"id": "R01", "name": "会议室", "capacity": "4"}


def test_every_sheet_that_is_a_table_is_read_and_named() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "场地"
    for row in (["编号", "名称", "容量"], ["R01", "会议室", 4]):
        book.worksheets[0].append(row)
    people = book.create_sheet("人员")
    for row in (["编号", "姓名", "部门"], ["p01", "甲", "D01"]):
        people.append(row)
    book.create_sheet("空的")
    notes = book.create_sheet("说明")
    notes.append(["请填写"])
    out = io.BytesIO()
    book.save(out)

    found = tables.read("all.xlsx", out.getvalue())

    assert [(t.file, t.kind) for t in found if isinstance(t, Table)] == [
        ("all.xlsx#场地", TableKind.ROOMS),
        ("all.xlsx#人员", TableKind.ROSTER),
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"\xff\xff\xff\xff", "not_text"),
        (b"id,name\0,capacity", "not_text"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "not_a_workbook"),
        (b"x" * (tables.MAX_BYTES + 1), "too_large"),
        (b'"' + b"x" * 200_000, "not_csv"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    refused = no(data)

    assert (refused.kind, refused.field, refused.details["reason"]) == ("unreadable_file", "file.csv", reason)


def test_what_calls_itself_a_workbook_and_is_none_is_told_so() -> None:
    assert no(b"id,name,capacity", "rooms.xlsx").details["reason"] == "not_a_workbook"


@pytest.mark.parametrize("data", [b"a,b,c\n1,2,3\n", a_workbook(["a", "b"], [1, 2]), b"a;b\n1;2\n"])
def test_a_table_whose_words_nobody_knows_may_be_said_to_be_one(data: bytes) -> None:
    [table] = tables.read("file.xlsx" if data.startswith(b"PK") else "file.csv", data)

    assert isinstance(table, tables.Table)
    assert (table.kind, table.headers[:2], table.rows) == ("unknown", ("a", "b"), ())
    as_rooms = tables.taken_as(table, TableKind.ROOMS, {"a": "name", "b": "capacity"}, {}, {})
    assert as_rooms
    assert [dict(row.cells) for row in as_rooms.rows] == [{"name": "1", "capacity": "2"}]


@pytest.mark.parametrize("data", [b"1,2\n3,4\n", b"only one line of prose\n", b"a,b\n", a_workbook()])
def test_a_table_that_is_not_known_is_told_with_those_that_are(data: bytes) -> None:
    refused = no(data)

    assert refused.kind == "unknown_table"
    assert "roster" in str(refused.details["known"])


def test_known_tables_are_told_with_the_columns_they_need() -> None:
    assert tables.known_tables()["occurrences"] == ("kind", "person", "date")
    assert len(tables.known_tables()) == 27


@settings(max_examples=150)
@given(
    st.binary(max_size=400),
    st.sampled_from(["a.csv", "a.xlsx", "a.yaml"]),
    st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe"]),
)
def test_any_bytes_are_tables_or_one_named_error(data: bytes, name: str, start: bytes) -> None:
    assert outcome(name, start + data) in ("tables", "unreadable_file", "unknown_table")


@settings(max_examples=100)
@given(st.text(max_size=200), st.sampled_from(["utf-8", "gb18030"]))
def test_any_text_below_a_header_is_rows_or_one_named_error(text: str, encoding: str) -> None:
    data = ("id,name,capacity\n" + text).encode(encoding, "ignore")
    assert outcome("rooms.csv", data) in ("tables", "unreadable_file", "unknown_table")


@settings(max_examples=60)
@given(st.integers(0, 5_000), st.binary(min_size=1, max_size=20))
def test_a_damaged_workbook_is_tables_or_one_named_error(place: int, damage: bytes) -> None:
    whole = a_workbook(["编号", "名称", "容量"], ["R01", "会议室", 4])
    damaged = whole[:place] + damage + whole[place + len(damage) :]
    assert outcome("rooms.xlsx", damaged) in ("tables", "unreadable_file", "unknown_table")


def test_a_workbook_of_a_zip_version_nobody_knows_is_a_named_error() -> None:
    whole = a_workbook(["编号", "名称", "容量"], ["R01", "会议室", 4])
    version = whole.index(b"PK\x01\x02") + 6

    assert outcome("rooms.xlsx", whole[:version] + b"\x40" + whole[version + 1 :]) == "unreadable_file"
