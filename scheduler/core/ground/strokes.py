"""Names by the strokes of their characters, as lists of people in Chinese are ordered."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

from scheduler.core.ground.pinyin import reading_of
from scheduler.core.ground.surnames import surname_length


class StrokePlace(NamedTuple):
    """Where a character stands: its place in the table, and what decides between those that share it."""

    at: float
    tie: str = ""


BLANK = StrokePlace(-1)
"""What stands for the middle of a name with one character after the surname: it goes before every character."""
Given = Mapping[str, str]
"""What an office has set: for a character its strokes (横竖撇点折), their number, or the character that it follows."""
MAX_STROKES = 64
_KINDS = "横竖撇点折"
_AS_WRITTEN = str.maketrans("一提丨亅丿丶捺乙乛12345", "横横竖竖撇点点折折横竖撇点折")


def stroke_key(name: str, given: Given | None = None, *, has_blank: bool = True) -> tuple[StrokePlace, ...]:
    """What 姓氏笔画 sorts by: the surname's strokes, then the given name's; 田富 goes before 田大利.

    Without the blank (姓名笔画, as people's congresses do) 富 is compared with 大. Of a character that nobody knows the
    strokes of, those who are known go first, then by its reading; what is no Chinese character goes last.
    """
    places = tuple(place_of(character, given or {}) for character in name if not _is_dot(character))
    length = surname_length(name)
    is_short = has_blank and len(name) == length + 1
    return (*places[:length], BLANK, *places[length:]) if is_short else places


def place_of(character: str, given: Given) -> StrokePlace:
    """Where one character stands."""
    if character in given:
        return _given_place(given[character])
    places = _places()
    if character in places:
        return StrokePlace(places[character])
    if not _is_chinese(character):
        return StrokePlace(len(places) + 1, character)
    return StrokePlace(len(places), f"{reading_of(character)} {character}")


def unplaced(name: str, given: Given) -> str:
    """The first character of a name whose strokes nobody knows; empty if there is none."""
    return next((c for c in name if c not in given and c not in _places() and _is_chinese(c)), "")


def strokes_written(text: str) -> str:
    """What somebody means who sets a character's strokes: their kinds as 横竖撇点折, their number, or a character that has a place.

    `3235511` and `撇竖撇折折横横` are kinds, `7` is a number, as every number of one or two figures. Empty: nothing that means anything.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if re.fullmatch(r"[0-9]{1,2}", text):
        return text.lstrip("0") if 0 < int(text) <= MAX_STROKES else ""
    if len(text) == 1:
        return text if text in _places() else ""
    kinds = text.translate(_AS_WRITTEN)
    return kinds if 0 < len(kinds) <= MAX_STROKES and set(kinds) <= set(_KINDS) else ""


def _given_place(set_by_hand: str) -> StrokePlace:
    """The place that an office's word means, behind the last character of the table that goes before it."""
    if set_by_hand in _places():
        return StrokePlace(_places()[set_by_hand], "~")
    keys, at = _common()
    if set_by_hand.isdecimal():
        following = bisect_right(keys, (int(set_by_hand), "~"))
        return StrokePlace((at[following] if following < len(at) else len(_places())) - 0.5, "~")
    digits = "".join(str(_KINDS.index(kind) + 1) for kind in set_by_hand)
    before = bisect_right(keys, (len(digits), digits))
    return StrokePlace((at[before - 1] if before else -1) + 0.5, digits)


def _is_dot(character: str) -> bool:
    """Whether it only parts the names of somebody whose name was written by sound (阿卜杜拉·买买提)."""
    return character in "··•‧・．"


def _is_chinese(character: str) -> bool:
    """Whether it is a Chinese character, or one that an office's own font may show as such."""
    return unicodedata.name(character, "").startswith("CJK") or unicodedata.category(character) == "Co"


@cache
def _places() -> dict[str, int]:
    """Where each character stands."""
    return {character: place for place, character in enumerate("".join(_lines("strokes.txt")))}


@cache
def _common() -> tuple[list[tuple[int, str]], list[int]]:
    """Of common characters the number and the kinds of their strokes, in order; and where each stands."""
    pairs = re.findall(r"([^1-5])([1-5]+)", "".join(_lines("stroke_kinds.txt")))
    return [(len(kinds), kinds) for _, kinds in pairs], [_places()[character] for character, _ in pairs]


def _lines(file: str) -> list[str]:
    text = resources.files("scheduler.core.ground").joinpath(file).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]
