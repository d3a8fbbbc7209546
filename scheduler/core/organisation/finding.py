"""Finding by what somebody types: characters of a name, how they are read, or the first letters of that."""

from collections.abc import Sequence
from functools import lru_cache

from scheduler.core.ground.pinyin import readings_of
from scheduler.core.ground.sounds import pinyin_key

MAX_QUERY = 40
"""Nobody looks for more characters than this."""


def weight(query: str, name: str, *, is_person: bool = False) -> int | None:
    """How well a name answers what was typed, the better the less; None: it does not.

    `陈国梁`, `国梁`, `chenguoliang`, `chengl`, `cgl` and `gl` find 陈国梁, in this order.
    """
    typed, told = _plain(query), _plain(name)
    if not typed:
        return None
    if (place := told.find(typed)) >= 0:
        return 0 if typed == told else 1 if place == 0 else 2
    if not (typed.isascii() and typed.isalpha()) or name.isascii():
        return None
    syllables = _syllables(name, is_person)
    starts = [start for start in range(len(syllables)) if _reads(typed, syllables[start:])]
    return 3 + (min(starts) > 0) if starts else None


def _reads(typed: str, syllables: Sequence[str]) -> bool:
    """Whether what was typed is the beginnings of these syllables, one after the other, none left out."""
    if not typed:
        return True
    if not syllables:
        return False
    first, *rest = syllables
    lengths = (size for size in range(min(len(typed), len(first)), 0, -1) if first.startswith(typed[:size]))
    return any(_reads(typed[size:], rest) for size in lengths)


@lru_cache(maxsize=8192)
def _syllables(name: str, is_person: bool) -> tuple[str, ...]:
    """How a name is read, without tones; surnames of people as surnames."""
    if is_person:
        return tuple(syllable.letters for syllable in pinyin_key(name))
    return tuple(reading.casefold().rstrip("12345").replace("ü", "u") for reading in readings_of(name))


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()
