from datetime import date

from scheduler.core.organisation.facts import (
    Became,
    Change,
    FieldChange,
    Given,
    RowError,
    Source,
    Subject,
    changed,
    differences,
    is_same,
    merge,
)


def a_fact(key: str = "p01", file: str = "roster.csv", row: int | None = 2, **fields: object) -> Given:
    return Given(Subject.PERSON, key, fields, Source(file, row))


def test_a_fact_that_stands_in_several_files_counts_once() -> None:
    merged, errors = merge([a_fact(name="甲", rank=1), a_fact(file="org.yaml", row=None, name="甲", rank=1)])

    assert [fact.source.file for fact in merged] == ["roster.csv"]
    assert errors == []


def test_files_with_different_columns_complete_each_other() -> None:
    merged, errors = merge([a_fact(name="甲"), a_fact(file="posts.csv", name="甲", position="主任")])

    assert [dict(fact.fields) for fact in merged] == [{"name": "甲", "position": "主任"}]
    assert errors == []


def test_two_files_that_disagree_are_an_error_that_names_both() -> None:
    _, errors = merge([a_fact(name="甲", rank=1), a_fact(file="b.csv", row=7, name="甲", rank=2)])

    details = {"key": "p01", "file": "roster.csv", "row": 2, "before": 1, "after": 2}
    assert errors == [RowError("b.csv", 7, "rank", "contradiction", details)]


def test_one_file_that_uses_an_id_twice_is_told_so() -> None:
    _, errors = merge([a_fact(name="甲"), a_fact(row=3, name="乙")])

    assert [(error.row, error.kind) for error in errors] == [(3, "duplicate_id")]


def test_a_row_that_stands_twice_with_the_same_words_does_no_harm() -> None:
    merged, errors = merge([a_fact(name="甲"), a_fact(row=3, name="甲")])

    assert (len(merged), errors) == (1, [])


def test_facts_about_different_things_may_share_a_key() -> None:
    person, room = a_fact(name="甲"), Given(Subject.ROOM, "p01", {"name": "乙"}, Source("rooms.csv", 2))

    assert merge([person, room]) == ([person, room], [])


def test_the_order_of_a_list_says_nothing() -> None:
    assert is_same(("a", "b"), ("b", "a"))
    assert not is_same(("a", "b"), ("a",))
    assert not is_same(("a", "a", "b"), ("a", "b", "c"))
    assert is_same(date(2014, 8, 1), date(2014, 8, 1))


def test_differences_name_the_fields() -> None:
    assert differences({"name": "甲", "rank": 1}, {"name": "甲", "rank": 2, "unit": "D01"}) == (
        FieldChange("rank", 1, 2),
        FieldChange("unit", None, "D01"),
    )


def test_fact_is_created_updated_or_unchanged() -> None:
    assert changed(Subject.ROOM, "R01", None, {"name": "甲"}).became is Became.CREATED
    assert changed(Subject.ROOM, "R01", {"name": "甲", "use": "all"}, {"name": "甲"}).became is Became.UNCHANGED
    assert changed(Subject.ROOM, "R01", {"name": "甲"}, {"name": "乙"}) == Change(
        Subject.ROOM, "R01", Became.UPDATED, (FieldChange("name", "甲", "乙"),)
    )
