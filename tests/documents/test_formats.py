from collections.abc import Callable

import pytest
from pydantic_core import SchemaValidator, core_schema
from pydantic_core.core_schema import CoreSchema

from scheduler.core.ground.errors import Malformed
from scheduler.documents.formats import ANYTHING, NOTHING, Format, Keys, by, either, first, items, mapping, says, then

FORMAT = Format(
    {"missing": ("missing", "key"), "dict_type": ("no_mapping", "value"), "too_long": ("too_many", "count", "most")},
    place=lambda way: "/".join(map(str, way)),
    shown=lambda value: f"<{value}>",
)
NUMBER = says(core_schema.int_schema(strict=True), "no_number", "value", such_as=(1, 2))
UNKNOWN = says(NOTHING, "unknown_key", "key")


def a_mapping(keys: Keys, *needed: str) -> CoreSchema:
    return mapping(keys, needed, UNKNOWN)


def read(schema: CoreSchema, raw: object, where: str = "") -> object:
    return FORMAT.read(SchemaValidator(schema), raw, where)


def mistake(call: Callable[[], object]) -> tuple[str, str, dict[str, object]]:
    with pytest.raises(Malformed) as caught:
        call()
    return caught.value.kind, caught.value.field, caught.value.details


def odd(number: int) -> int:
    if number % 2 == 0:
        raise Malformed("even", "", value=number)
    return number


def test_value_says_what_it_should_be_with_its_place() -> None:
    schema = a_mapping({"a": items(NUMBER)})

    assert read(schema, {"a": [1, 2]}) == {"a": (1, 2)}
    said = {"value": "<x>", "such_as": (1, 2)}
    assert mistake(lambda: read(schema, {"a": [1, "x"]}, "file")) == ("no_number", "file/a/1", said)


def test_shape_says_what_the_format_says_of_it() -> None:
    assert mistake(lambda: read(a_mapping({}), 3)) == ("no_mapping", "", {"value": "<3>"})
    assert mistake(lambda: read(items(ANYTHING, most=1), [1, 2])) == ("too_many", "", {"count": 2, "most": 1})
    assert mistake(lambda: read(a_mapping({"a": NUMBER}, "a"), {})) == ("missing", "a", {"key": "<a>"})


def test_null_says_nothing_where_a_key_may_be_missing() -> None:
    assert read(a_mapping({"a": NUMBER, "b": NUMBER}), {"a": None}) == {}


def test_unknown_key_is_told_before_a_missing_one_and_that_before_a_wrong_value() -> None:
    inner = a_mapping({"a": NUMBER, "b": NUMBER}, "a", "b")
    schema = a_mapping({"x": NUMBER, "y": inner})

    assert mistake(lambda: read(schema, {"y": {"a": "?", "c": 1}}))[:2] == ("unknown_key", "y/c")
    assert mistake(lambda: read(schema, {"y": {"a": "?"}}))[:2] == ("missing", "y/b")
    assert mistake(lambda: read(schema, {"y": {"a": "?"}, "x": "?"}))[:2] == ("no_number", "x")
    assert mistake(lambda: read(schema, {"y": {"a": "?"}, "z": "?"}))[:2] == ("unknown_key", "z")


def test_other_keys_may_be_left_aside() -> None:
    assert read(mapping({"a": NUMBER}, ("a",)), {"a": 1, "b": 2}) == {"a": 1}


def test_what_is_made_of_a_value_may_be_refused_with_a_place_inside() -> None:
    def inside(_: object) -> object:
        raise Malformed("odd_one", "b", value=1)

    assert read(then(NUMBER, odd), 3) == 3
    assert mistake(lambda: read(items(then(NUMBER, odd)), [1, 2])) == ("even", "1", {"value": 2})
    assert mistake(lambda: read(items(by(inside)), [1], "file")) == ("odd_one", "file/0/b", {"value": 1})


def test_value_may_be_made_ready_before_it_is_read() -> None:
    assert read(first(lambda raw: raw["n"], NUMBER), {"n": 4}) == 4


def test_value_may_be_written_in_one_of_two_ways() -> None:
    schema = items(either(lambda raw: isinstance(raw, dict), a_mapping({"a": NUMBER}, "a"), NUMBER))

    assert read(schema, [3, {"a": 4}]) == (3, {"a": 4})
    assert mistake(lambda: read(schema, ["x"]))[:2] == ("no_number", "0")
    assert mistake(lambda: read(schema, [{}]))[:2] == ("missing", "0/a")
