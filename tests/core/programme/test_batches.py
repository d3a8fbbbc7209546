"""Training in batches: places, and nobody in two."""

from dataclasses import replace
from datetime import date

from scheduler.core.programme import batches
from scheduler.core.programme.batches import Batch, BatchPerson

FIRST = Batch("B1", "一期", date(2014, 3, 3), date(2014, 3, 7), cap=2, people=(BatchPerson("u01", "赵一"),))
SECOND = Batch("B2", "二期", date(2014, 4, 3), date(2014, 4, 7))


def kinds(batch: Batch, *people: BatchPerson) -> list[tuple[str, str]]:
    return [(f.kind, f.subject) for f in batches.without_place(batch, [FIRST, SECOND], people)]


def test_places_are_counted() -> None:
    assert (FIRST.count, FIRST.left, SECOND.left) == (1, 1, None)
    assert [FIRST.has_ended(date(2014, 3, d)) for d in (6, 7)] == [False, True]
    assert kinds(FIRST, BatchPerson("u02"), BatchPerson("u03")) == [("batch_full", "u03")]
    assert kinds(SECOND, BatchPerson("u02"), BatchPerson("u03")) == []
    assert kinds(FIRST, BatchPerson("u02"), BatchPerson("u02")) == []


def test_nobody_is_in_two() -> None:
    assert (
        kinds(SECOND, BatchPerson("u01")) == kinds(SECOND, BatchPerson("u01", "赵一")) == [("in_another_batch", "u01")]
    )
    assert kinds(SECOND, BatchPerson("u01", "钱二")) == []
    assert kinds(replace(FIRST, cap=1), BatchPerson("u01", "赵一")) == []
