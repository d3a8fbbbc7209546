"""How a text becomes a sentence, and that every text is in every catalogue."""

import ast
import re
from gettext import GNUTranslations

import pytest

from config import LANGUAGES, ROOT
from scheduler.core.ground.vocabulary import vocabulary
from scheduler.wording.texts import SOURCE, either, filled, listed, named, say, say_number, within, words
from scheduler.wording.vocabularies import speaking
from tools import translations

VALUES = re.compile(r"%\((\w+)\)")


def test_a_text_is_said_in_the_language_of_its_reader() -> None:
    assert say("未指定地点", "zh") == "未指定地点"
    assert say("未指定地点", "en") == "No room is set"
    assert say("%(name)s 不可用", "en", name="R02") == "R02 is not available"


def test_a_percent_sign_stands_as_it_is_where_nothing_is_filled_in() -> None:
    assert say("100%", "zh") == "100%"


def test_a_text_that_means_something_else_elsewhere_is_told_apart_and_never_shows_its_context() -> None:
    assert (say(within("run", "已完成"), "en"), say(within("state", "已完成"), "en")) == ("Done", "Held")
    assert say(within("nowhere", "已完成"), "en") == say(within("run", "已完成"), "zh") == "已完成"
    assert words("state", {"held": "已完成"}) == {"held": within("state", "已完成")}


def test_a_text_that_depends_on_a_number() -> None:
    assert say_number("日程变动：%(num)s 项", 1, "en") == "Calendar: 1 change"
    assert say_number("日程变动：%(num)s 项", 2, "en") == "Calendar: 2 changes"
    assert say_number("日程变动：%(num)s 项", 2, "zh") == "日程变动：2 项"


def test_what_is_not_given_stays_empty_or_is_shown_as_lacking() -> None:
    assert filled("%(name)s：负责人空缺", "zh", {}) == "：负责人空缺"
    assert filled("%(name)s：负责人空缺", "en", {"more": 1}, lacking="?") == "?: no head"


def test_several_words_in_a_row() -> None:
    assert (listed(["甲", "乙"], "zh"), listed(["A", "B"], "en")) == ("甲、乙", "A, B")
    assert (either(["甲", "乙"], "zh"), either(["A", "B"], "en")) == ("甲 或 乙", "A or B")


def test_a_name_in_two_languages_is_the_one_that_can_be_read() -> None:
    assert named("zh", "第一会议室", "Meeting room 1") == "第一会议室"
    assert named("en", "第一会议室", "Meeting room 1") == "Meeting room 1"
    assert named("en", "第一会议室", "") == "第一会议室"


def test_terms_are_said_as_the_office_says_them_and_values_stay_as_they_are() -> None:
    with speaking(vocabulary("zh-neutral")):
        assert say("%(name)s：谈心谈话", "zh", name="党支部") == "党支部：面谈"


def test_a_text_that_is_glued_from_pieces_is_refused() -> None:
    with pytest.raises(ValueError, match="line 1"):
        list(translations.texts_in('say(f"{name} 不可用", lang)', None, None))


@pytest.mark.parametrize("language", translations.TRANSLATED)
def test_every_text_has_a_translation(language: str) -> None:
    assert translations.missing(translations.updated(translations.standing(language))) == []


@pytest.mark.parametrize("language", translations.TRANSLATED)
def test_a_translation_names_no_value_that_its_text_does_not(language: str) -> None:
    for message in translations.standing(language):
        texts, told = (part if isinstance(part, (tuple, list)) else [part] for part in (message.id, message.string))
        for text in told if message.id else ():
            assert set(VALUES.findall(text)) <= set(VALUES.findall(texts[0])), message.id


@pytest.mark.parametrize("language", translations.TRANSLATED)
def test_heads_of_a_table_are_as_many_in_every_language(language: str) -> None:
    for message in translations.standing(language):
        if isinstance(message.id, str):
            assert message.id.count(" | ") == str(message.string).count(" | "), message.id


@pytest.mark.parametrize("language", translations.TRANSLATED)
def test_compiled_file_holds_the_same_texts(language: str) -> None:
    with translations.po_file(language).with_suffix(".mo").open("rb") as file:
        compiled = GNUTranslations(file)
    for message in translations.standing(language):
        if isinstance(message.id, str) and message.id:
            said = compiled.pgettext(message.context, message.id) if message.context else compiled.gettext(message.id)
            assert said == message.string
        elif message.id:
            assert compiled.ngettext(*message.id, 1) == message.string[0]


def test_what_texts_are_written_in_is_one_of_the_languages() -> None:
    assert SOURCE in LANGUAGES


def test_nothing_but_wording_asks_which_language_it_is() -> None:
    """A language is a value that is handed on; who compares it would have to be changed for each language that is added."""
    for path in sorted((ROOT / "scheduler").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Compare(comparators=comparators):
                    compared = [node.left, *comparators]
                case ast.MatchValue(value=value):
                    compared = [value]
                case _:
                    compared = []
            codes = [part.value for part in compared if isinstance(part, ast.Constant) and part.value in LANGUAGES]
            assert not codes, (path, node.lineno)  # type: ignore[attr-defined]  # what is compared has a line
