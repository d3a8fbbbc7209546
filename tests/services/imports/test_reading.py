import csv
import io
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.core.ground.errors import Malformed
from scheduler.core.organisation.facts import Given, RowError, merge
from scheduler.documents.headers import HEADINGS, Heading
from scheduler.services.imports import reading as import_reading
from scheduler.services.imports.reading import Upload
from tests.services.imports.tables.reading import files, known, read

CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "p01", "p02陈国梁", "p99", "2014-08-01", "08:30", "1", "R04", "S01", "D01", "B1", "空缺", "面谈", "已完成", "出席",
         "AVAILABLE_ONLY weekday in (Tue) and 13:30-17:30", "talk", "dept", "a;b", "0001-01-01", "99999999999999999999"]
    ),
)  # fmt: skip
NODES = st.recursive(
    CELLS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)


@pytest.mark.parametrize("heading", HEADINGS, ids=lambda heading: heading.kind)
@settings(max_examples=40)
@given(st.data())
def test_any_cells_give_facts_or_named_errors(heading: Heading, data: st.DataObject) -> None:
    columns = list(heading.words)
    rows = data.draw(st.lists(st.lists(CELLS, min_size=len(columns), max_size=len(columns)), max_size=3))
    text = io.StringIO()
    csv.writer(text).writerows([columns, *([cell.replace("\0", "") for cell in row] for row in rows)])

    opened = import_reading.open_files([Upload("table.csv", text.getvalue().encode("utf-8", "ignore"))])
    given_facts, errors = import_reading.read(opened, known())

    merge(given_facts)
    assert all(isinstance(fact, Given) for fact in given_facts)
    assert all(isinstance(error, RowError) and error.kind for error in errors)


@settings(max_examples=150)
@given(
    st.dictionaries(
        st.sampled_from(
            [
                "organisation",
                "working_time",
                "activity",
                "groups",
                "roles",
                "units",
                "rooms",
                "people",
                "extended_talks",
                "x",
            ]
        ),
        NODES,
        min_size=1,
    )
)
def test_any_document_gives_facts_or_named_errors(content: Mapping[str, object]) -> None:
    import yaml

    text = yaml.safe_dump({"groups": {}, **content}, allow_unicode=True)
    try:
        opened = import_reading.open_files([Upload("org.yaml", text.encode("utf-8", "ignore"))])
    except Malformed:
        return
    given_facts, _ = import_reading.read(opened, known())

    merge(given_facts)


def test_whoever_is_referred_to_may_stand_in_any_file_of_the_import() -> None:
    talk = "id,date,start,end,participants\nT001,2014-08-01,09:00,09:45,甲;p11\n"

    given_facts, errors = read(talk, "people: [{id: p11, name: 乙}]", "id,name,rank\np10,甲,1\n")

    assert errors == []
    assert [fact.fields["people"] for fact in given_facts if fact.key == "T001"] == [("p10", "p11")]


def test_new_ids_count_on_after_all_files_not_only_those_read_so_far() -> None:
    given_facts, _ = read("name,rank\n新人,1\n", "id,name,rank\np77,甲,1\n", "people: [{id: p80, name: 乙}]")

    assert {fact.key for fact in given_facts} == {"p81", "p77", "p80"}


def test_left_aside_columns_are_told() -> None:
    assert [hint.details for hint in files("id,name,rank,shoe\np01,甲,1,42\n").hints] == [{"columns": ("shoe",)}]
