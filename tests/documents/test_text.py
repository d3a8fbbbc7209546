from datetime import date, datetime, time, timedelta

import pytest

from scheduler.documents.text import clean, from_cell


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  陈国梁 ", "陈国梁"),
        ("文　静", "文 静"),
        ("a\u00a0\u3000 b", "a b"),
        ("第一行\r\n第二行", "第一行 第二行"),
        ("tab\there", "tab here"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("bell\x07 null\x00", "bell null"),
        ("right\u202eto left", "rightto left"),
        ("e\u0301", "é"),
        ("\ud800 alone", "alone"),
        ("", ""),
    ],
)
def test_clean_leaves_what_a_person_meant(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (1.0, "1"),
        (3.5, "3.5"),
        (-2.0, "-2"),
        (7, "7"),
        (1e20, "1e+20"),
        (True, "1"),
        (False, "0"),
        (None, ""),
        (" p01 ", "p01"),
        (date(2014, 8, 1), "2014-08-01"),
        (datetime(2014, 8, 1), "2014-08-01"),  # noqa: DTZ001 - a cell has no zone
        (datetime(2014, 8, 1, 9, 30), "2014-08-01 09:30"),  # noqa: DTZ001
        (time(8, 30), "08:30"),
        (time(8, 30, 15), "08:30:15"),
        (timedelta(hours=9, minutes=5), "09:05"),
        (timedelta(hours=9, seconds=5), "09:00:05"),
    ],
)
def test_cell_becomes_the_text_that_the_same_table_has_as_csv(cell: object, text: str) -> None:
    assert from_cell(cell) == text
