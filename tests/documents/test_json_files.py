import pytest

from scheduler import wording
from scheduler.core.ground.errors import Malformed
from scheduler.documents import json_files


def refusal(data: bytes) -> str:
    with pytest.raises(Malformed) as caught:
        json_files.read("p.json", data)
    assert wording.error(caught.value).startswith("p.json：")
    return wording.error(caught.value, "en")


def test_json_is_read_with_or_without_a_mark_in_front() -> None:
    assert json_files.read("p.json", '{"名": [1, null]}'.encode()) == {"名": [1, None]}
    assert json_files.read("p.json", b"\xef\xbb\xbf[]") == []


def test_what_is_no_json_is_named_with_its_line() -> None:
    assert refusal(b'{\n"a": 1,\n}') == "p.json: not JSON that can be read (line 3)"


def test_file_without_content_is_empty() -> None:
    assert refusal(b" \n") == "p.json: the file is empty"


def test_other_encodings_are_refused() -> None:
    assert refusal('{"名": 1}'.encode("gb18030")) == "p.json: no UTF-8 text"


def test_key_that_stands_twice_is_named() -> None:
    assert refusal(b'{"a": 1, "b": 2, "a": 1}') == "p.json: the key “a” stands there twice"


@pytest.mark.parametrize("number", [b"NaN", b"-Infinity", b"9" * 5000])
def test_numbers_that_are_none_are_refused(number: bytes) -> None:
    assert refusal(b"[" + number + b"]") == "p.json: a number in it cannot be used (NaN, or one of too many digits)"


def test_deep_nesting_is_refused() -> None:
    assert refusal(b"[" * 1_000_000) == "p.json: the JSON nests too deep"


def test_file_that_is_too_large_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_files, "MAX_BYTES", 1024 * 1024)

    assert refusal(b" " * (1024 * 1024 + 1)) == "p.json: the file is larger than 1 MB"
