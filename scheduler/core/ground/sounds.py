"""Names by how they are read (汉语拼音), surnames as surnames are read."""

from typing import NamedTuple

from scheduler.core.ground.pinyin import readings_of
from scheduler.core.ground.strokes import Given, StrokePlace, place_of
from scheduler.core.ground.surnames import surname_readings

_SIGNS = str.maketrans("", "", "··•‧・． ")


class Syllable(NamedTuple):
    """What one character sorts by: its letters (ü after u), its tone, and among those that sound alike its strokes."""

    letters: str
    is_umlaut: bool
    tone: str
    place: StrokePlace


def pinyin_key(name: str, given: Given | None = None) -> tuple[Syllable, ...]:
    """What 姓名拼音 sorts by, character by character: 陈 before 程, and of those that sound alike who has fewer strokes.

    Names in other letters stand among them by their letters.
    """
    plain = name.translate(_SIGNS)
    surname = () if plain != name else surname_readings(name)
    readings = (*surname, *readings_of(plain[len(surname) :]))
    return tuple(_syllable(*both, given or {}) for both in zip(readings, plain, strict=True))


def _syllable(reading: str, character: str, given: Given) -> Syllable:
    letters = reading.casefold().rstrip("12345")
    is_umlaut = "ü" in letters
    return Syllable(letters.replace("ü", "u"), is_umlaut, reading[len(letters) :], place_of(character, given))
