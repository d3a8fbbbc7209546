import pytest

from scheduler import wording
from scheduler.core.ground.errors import Malformed
from scheduler.wording import rule_files


def test_unknown_key_is_named_with_those_that_are_known() -> None:
    error = Malformed("unknown_key", "R3.pairng", key="pairng", allowed=("pairing", "a"))

    assert wording.error(error, "zh") == "R3.pairng：没有“pairng”这一项；可写：pairing、a"
    assert wording.error(error, "en") == "R3.pairng: there is no key “pairng”; known are: pairing, a"


def test_word_that_is_not_known_is_named_even_if_nothing_is_said_of_others() -> None:
    assert wording.error(Malformed("unknown_choice", "R1.per", value="day"), "zh") == "R1.per：没有“day”这一选项"


def test_line_is_told_when_it_is_known() -> None:
    assert rule_files.sentence("not_json", {"line": 2}, "zh") == "不是可读的 JSON（第 2 行）"
    assert rule_files.sentence("not_json", {"line": None}, "en") == "not JSON that can be read"


def test_presets_to_choose_from_are_listed() -> None:
    error = Malformed("several_presets", "presets", presets=("one", "two"))

    assert wording.error(error, "zh") == "presets：文件里有几套方案，请用 #编号 指明一套：one、two"


def test_other_kinds_are_not_ours() -> None:
    assert rule_files.sentence("person_taken", {}, "zh") is None


@pytest.mark.parametrize("kind", rule_files.SENTENCES)
def test_every_sentence_stands_without_its_details(kind: str) -> None:
    for lang in ("zh", "en"):
        assert "%(" not in (rule_files.sentence(kind, {}, lang) or "%(")
