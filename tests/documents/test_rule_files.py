"""Files of rules, as people write them and as somebody with a grudge would."""

import pytest

from config import ROOT
from scheduler.core.ground.errors import Malformed
from scheduler.documents import rule_files

BOMB = "\n".join(
    [f"a0: &a0 [{','.join('x' * 10)}]", *(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 6))]
)


def refusal(text: str, name: str = "rules.yaml") -> Malformed:
    with pytest.raises(Malformed) as caught:
        rule_files.read(name, text)
    return caught.value


def test_shipped_presets_are_read() -> None:
    path = ROOT / "sample" / "talk_rule_presets.yaml"

    raw = rule_files.read(path.name, rule_files.decoded(path.name, path.read_bytes()))

    assert isinstance(raw, dict)
    assert list(raw) == ["schema_version", "defaults", "presets"]
    assert len(raw["presets"]) == 13


def test_yaml_gives_texts_whole_numbers_lists_and_mappings() -> None:
    text = "id: x\nk: 4\nopens: 2014-06-16\non: [yes, NO, 1.5, .inf]\nnothing: ~\nname: 文　静 \n"

    assert rule_files.read("rules.yaml", text) == {
        "id": "x",
        "k": 4,
        "opens": "2014-06-16",
        "on": ["yes", "NO", "1.5", ".inf"],
        "nothing": None,
        "name": "文 静",
    }


def test_json_is_read_whatever_the_file_is_called() -> None:
    assert rule_files.read("rules.json", '{"id": "x", "k": 4, "drop": ["R1"]}') == {"id": "x", "k": 4, "drop": ["R1"]}
    assert rule_files.read("rules", '\n{"id":\t"x"}') == {"id": "x"}


def test_yaml_that_begins_like_json_is_yaml() -> None:
    assert rule_files.read("rules.yaml", "{id: x, k: 4}") == {"id": "x", "k": 4}


def test_empty_file_is_nothing() -> None:
    assert rule_files.read("rules.yaml", "# nothing yet\n") is None


def test_alias_may_be_used_and_merged() -> None:
    text = "a: &window {opens: 2014-06-16, closes: 2014-08-15}\nb: *window\nc: {<<: *window, closes: 2014-08-31}\n"

    assert rule_files.read("rules.yaml", text) == {
        "a": {"opens": "2014-06-16", "closes": "2014-08-15"},
        "b": {"opens": "2014-06-16", "closes": "2014-08-15"},
        "c": {"opens": "2014-06-16", "closes": "2014-08-31"},
    }


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("id: x\nrules: [R1\n", "not_yaml", 3),
        ("id: x\n\tk: 4\n", "not_yaml", 2),
        ("id: x\n---\nid: y\n", "not_yaml", 2),
        ("a: !!python/object/apply:os.system [id]\n", "not_yaml", 1),
        ("? [1]\n: 2\n", "not_yaml", 1),
        ("a: \x00", "not_yaml", None),
        ("a: " + "1" * 6000, "not_yaml", None),
        ("[" * 5000, "too_deep", None),
        ("a:\n" + "".join(" " * n + "a:\n" for n in range(1, 60)), "too_deep", 41),
        ("a: &a [*a]\n", "too_deep", 1),
        ("a: &a {b: *a}\n", "too_deep", 1),
        ("a: &a x\nb: [" + "*a," * 101 + "]\n", "too_deep", 2),
        (BOMB, "too_deep", 5),
        ("a: " + "x" * 1024 * 1024, "too_large", None),
    ],
)
def test_yaml_that_cannot_be_read_is_refused_with_its_line(text: str, reason: str, line: int | None) -> None:
    found = refusal(text)

    assert (found.kind, found.field) == ("unreadable_file", "rules.yaml")
    assert (found.details["reason"], found.details.get("line")) == (reason, line)


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        ('{"id": "x",\n "k": }', "not_json", 2),
        ('{"id": "x", "id": "y"}', "duplicate_key", None),
        ('{"k": NaN}', "unreadable_file", None),
        ("[" * 100_000, "unreadable_file", None),
        ("[" * 100 + "]" * 100, "unreadable_file", None),
    ],
)
def test_json_that_cannot_be_read_is_refused(text: str, kind: str, line: int | None) -> None:
    found = refusal(text, "rules.json")

    assert (found.kind, found.details.get("line")) == (kind, line)


def test_key_that_stands_twice_is_named_with_its_line() -> None:
    found = refusal("id: x\nrules:\n- {id: R1, k: 1, k: 2}\n")

    assert (found.kind, found.details) == ("duplicate_key", {"key": "k", "line": 3})


def test_odd_values_are_texts() -> None:
    assert rule_files.read("rules.yaml", "a: !!set {b}\n") == {"a": "{'b'}"}
    assert rule_files.read("rules.yaml", "1: x\n") == {1: "x"}


def test_file_may_be_utf_8_or_gb18030() -> None:
    assert rule_files.decoded("x", "四必谈".encode("utf-8-sig")) == "四必谈"
    assert rule_files.decoded("x", "四必谈".encode("gb18030")) == "四必谈"


@pytest.mark.parametrize(("data", "reason"), [(b"\xff\xff\xff", "not_text"), (b"x" * (1024 * 1024 + 1), "too_large")])
def test_file_that_is_no_text_or_too_large_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(Malformed) as caught:
        rule_files.decoded("x", data)

    assert caught.value.details["reason"] == reason
