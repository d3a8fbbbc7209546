import io
import json
from contextlib import redirect_stdout

import pytest

from scheduler.cli import printing


def test_width_counts_chinese_twice_and_combining_marks_not_at_all() -> None:
    assert [printing.width(text) for text in ("abc", "陈国梁", "（a）", "é")] == [3, 6, 5, 1]


def test_table_stays_straight_with_chinese_in_it() -> None:
    lines = printing.table(["编号", "姓名", "学时"], [("p01", "沈维岳", "51"), ("p03", "文静", "49.5")])

    assert lines == [
        "编号  姓名    学时",
        "────  ──────  ────",
        "p01   沈维岳    51",
        "p03   文静    49.5",
    ]


def test_table_puts_numbers_and_shares_to_the_right_but_no_dates() -> None:
    lines = printing.table(["R", "Share", "Day"], [("a", "7/11", "2014-08-01"), ("b", "—", ""), ("c", None, "")])

    assert lines[2:] == ["a   7/11  2014-08-01", "b      —", "c"]


def test_table_without_rows_is_its_head() -> None:
    assert printing.table(["编号"], []) == ["编号", "────"]


def test_box_frames_lines_of_any_width() -> None:
    assert printing.box(["谈心", "a"]) == ["╭────────╮", "│  谈心  │", "│  a     │", "╰────────╯"]


def test_document_is_one_json_text_in_utf_8_whatever_the_terminal_speaks() -> None:
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="replace")

    with redirect_stdout(terminal):
        printing.document({"text": "端午节"})

    terminal.seek(0)
    assert json.loads(terminal.buffer.read().decode("utf-8")) == {"text": "端午节"}


def test_document_can_be_written_where_there_are_no_bytes() -> None:
    out = io.StringIO()

    with redirect_stdout(out):
        printing.document([1])

    assert json.loads(out.getvalue()) == [1]


@pytest.mark.parametrize(
    "value",
    [
        None,
        "端午节",
        [],
        {},
        {"": [], "b": {}, "c": ({"d": [1, 2.5, None]}, True)},
        [[["a"]], {"ids": list(range(printing.MANY))}],
        dict.fromkeys(map(str, range(printing.MANY)), "x"),
    ],
)
def test_document_is_spread_over_lines_as_python_does(value: object) -> None:
    assert printing.spread(value) == json.dumps(value, ensure_ascii=False, indent=2)


def test_each_of_many_stands_on_one_line() -> None:
    placements = [{"talk": f"t{n}", "people": ["a", "b"]} for n in range(printing.MANY + 1)]

    lines = printing.spread({"placements": placements}).splitlines()

    assert lines[:3] == ["{", '  "placements": [', '    {"talk": "t0", "people": ["a", "b"]},']
    assert len(lines) == len(placements) + 4
    hours = {str(n): [n, [n]] for n in range(printing.MANY + 1)}
    assert printing.spread(hours).splitlines()[1] == '  "0": [0, [0]],'
    assert json.loads(printing.spread(hours)) == hours
