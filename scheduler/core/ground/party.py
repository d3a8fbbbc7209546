"""What somebody is in politics (政治面貌), understood from the words of a roster; the words are data, in `party.toml`."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

WORDS = Path(__file__).with_suffix(".toml")
FULL, PROBATIONARY, DEMOCRATIC = "full", "probationary", "democratic"
_BESIDE = re.compile(r"[、,;/，；]+")
_ASIDE = re.compile(r"\([^)]*\)")
_UNSPOKEN = re.compile(r"[\s()（）\[\]·.]+")


@dataclass(frozen=True, slots=True)
class Standing:
    """One kind of political standing: its key in code, its Chinese name, and whether it is one of the eight parties."""

    key: str
    name: str
    is_party: bool = False


@lru_cache(maxsize=4096)
def standing(text: str) -> Standing | None:
    """What a roster's words mean; None for nothing and for words that nobody knows.

    Who is in two parties (`民盟盟员、中共党员`) has the standing that comes first in the list of words.
    """
    meanings, order = _standings(), list(_keys())
    hits = [meanings[word] for part in _BESIDE.split(unicodedata.normalize("NFKC", text)) if (word := _known(part))]
    return min(hits, key=lambda hit: order.index(hit.key), default=None)


def is_member(text: str) -> bool:
    """Whether the words mean a full or a probationary member of the Party."""
    meant = standing(text)
    return meant is not None and meant.key in (FULL, PROBATIONARY)


def membership(text: str) -> str:
    """`full`, `probationary`, `none`, or `unknown` when nothing is said, or nothing that is understood."""
    meant = standing(text)
    if meant is None:
        return "unknown"
    return meant.key if meant.key in (FULL, PROBATIONARY) else "none"


@lru_cache(maxsize=4096)
def names(text: str) -> tuple[str, ...]:
    """All that a standing can be asked for by: as it is written, by its name, and 民主党派 for each of the eight."""
    meant = standing(text)
    if meant is None:
        return (text,) if text else ()
    family = (_standings()[_folded("民主党派")].name,) if meant.is_party else ()
    return tuple(dict.fromkeys((text, meant.name, *family)))


def every_name() -> tuple[str, ...]:
    """The names of all standings, in the order of the list of words."""
    return tuple(dict.fromkeys(meant.name for meant in _standings().values()))


def canonical(text: str) -> str:
    """The name of what the words mean, or the words as they stand."""
    meant = standing(text)
    return meant.name if meant else text


def _known(part: str) -> str:
    """A part as it stands in the list of words, with or without what is in brackets; empty if it does not."""
    candidates = (_folded(part), _folded(_ASIDE.sub("", part)))
    return next((word for word in candidates if word in _standings()), "")


def _folded(text: str) -> str:
    return _UNSPOKEN.sub("", unicodedata.normalize("NFKC", text).casefold())


@cache
def _keys() -> tuple[str, ...]:
    return tuple(dict.fromkeys(meant.key for meant in _standings().values()))


@cache
def _standings() -> Mapping[str, Standing]:
    """Every word, folded, and what it means."""
    read = tomllib.loads(WORDS.read_text("utf-8"))
    return {
        _folded(word): Standing(key, kind["words"][0], bool(kind.get("is_party")))
        for key, kind in read.items()
        for word in kind["words"]
    }
