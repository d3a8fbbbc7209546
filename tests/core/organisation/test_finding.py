"""Finding by characters, by how they are read, and by first letters."""

import pytest

from scheduler.core.organisation.finding import weight


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("陈国梁", 0), ("陈", 1), ("国梁", 2), ("chenguoliang", 3), ("ChenGL", 3), ("cgl", 3), ("cguo", 3), ("gl", 4),
        ("liang", 4), ("ct", None), ("cl", None), ("陈梁", None), ("", None), ("c g l", 3), ("1", None),
    ],
)  # fmt: skip
def test_a_name_is_found_by_its_beginnings(query: str, expected: int | None) -> None:
    assert weight(query, "陈国梁", is_person=True) == expected


def test_surnames_are_read_as_surnames() -> None:
    assert weight("shanmin", "单敏", is_person=True) == 3
    assert weight("danmin", "单敏", is_person=True) is None
    assert weight("oyh", "欧阳慧", is_person=True) == 3


def test_titles_are_found_too() -> None:
    assert weight("dyhys", "第一会议室") == 3
    assert weight("yihuiyishi", "第一会议室") == 4
    assert weight("hall", "Hall 2") == 1
    assert weight("xyz", "Hall 2") is None
