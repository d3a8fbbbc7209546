from collections.abc import Callable

import pytest

from scheduler.core.ground.errors import Malformed
from scheduler.core.rules.words import Fields, choice, choices, items, mapping, text, texts, whole


def refusal(call: Callable[[], object]) -> tuple[str, str]:
    """What is wrong, and where."""
    with pytest.raises(Malformed) as caught:
        call()
    return caught.value.kind, caught.value.field


def test_key_that_is_not_allowed_is_named_with_its_place() -> None:
    assert refusal(lambda: Fields.of({"a": 1, "pairng": 2}, "R3", ("a",))) == ("unknown_key", "R3.pairng")
    assert refusal(lambda: Fields.of({"presetz": 2}, "", ("presets",))) == ("unknown_key", "presetz")


def test_any_key_is_allowed_when_none_are_listed() -> None:
    assert Fields.of({"a": 1}, "R3").values == {"a": 1}


def test_mapping_is_a_mapping_of_words() -> None:
    assert mapping({"a": 1}, "R3") == {"a": 1}
    assert refusal(lambda: mapping(["a"], "R3")) == ("not_a_mapping", "R3")
    assert refusal(lambda: mapping({1: "a"}, "R3")) == ("unknown_key", "R3")


def test_needed_key_has_to_have_a_value() -> None:
    fields = Fields({"a": "x", "b": None}, "R3")

    assert fields.word("a") == "x"
    assert refusal(lambda: fields.needed("b")) == ("missing", "R3.b")
    assert refusal(lambda: fields.word("c")) == ("missing", "R3.c")


def test_number_of_a_key_has_a_value_when_the_key_is_not_there() -> None:
    fields = Fields({"k": 4}, "R3")

    assert fields.number("k", 1, 1, 10) == 4
    assert fields.number("n", 1, 1, 10) == 1


@pytest.mark.parametrize("raw", [None, "", "  ", 1, ["a"], "x" * 2_001])
def test_text_is_neither_empty_nor_endless(raw: object) -> None:
    assert refusal(lambda: text(raw, "R3.note")) == ("not_a_text", "R3.note")


def test_text_is_stripped() -> None:
    assert text(" R04 ", "x") == "R04"


def test_list_is_a_list() -> None:
    assert items([1, "a"], "x") == [1, "a"]
    assert refusal(lambda: items("a", "x")) == ("not_a_list", "x")


def test_texts_may_be_one_alone_but_not_none() -> None:
    assert texts(["a", "b"], "x") == ("a", "b")
    assert texts("a", "x") == ("a",)
    assert refusal(lambda: texts([], "R1.trigger.event")) == ("missing", "R1.trigger.event")


@pytest.mark.parametrize(
    ("raw", "kind"),
    [("2", "not_a_number"), (2.0, "not_a_number"), (True, "not_a_number"), (0, "out_of_range"), (11, "out_of_range")],
)
def test_whole_number_is_a_number_within_bounds(raw: object, kind: str) -> None:
    assert refusal(lambda: whole(raw, "R1.k", 1, 10)) == (kind, "R1.k")


def test_bounds_belong_to_the_numbers_allowed() -> None:
    assert [whole(n, "x", 1, 10) for n in (1, 10)] == [1, 10]


def test_choice_is_one_of_the_words() -> None:
    assert choice("must", "x", ("must", "should")) == "must"
    assert choices("must", "x", ("must", "should")) == ("must",)
    assert choices(["must", "should"], "x", ("must", "should")) == ("must", "should")
    assert refusal(lambda: choice("maybe", "R1.severity", ("must",))) == ("unknown_choice", "R1.severity")
