"""How a text becomes a sentence in a language. Texts are written in Chinese where they are said; every other language has a catalogue in
`translations/`, which `tools/translations.py` keeps. This is the one place that knows which language the texts are written in.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import TypeVar

from config import ROOT
from scheduler.wording.vocabularies import told

K = TypeVar("K")
SOURCE = "zh"
"""What the texts are written in: it needs no catalogue."""
BETWEEN = "\4"
"""What gettext puts between a context and its text."""


class Catalogues:
    """Where the catalogues are."""

    folder: Path = ROOT / "translations"


@cache
def catalogue(lang: str) -> NullTranslations:
    """The texts of a language, read when the first of them is said."""
    if lang == SOURCE:
        return NullTranslations()
    with (Catalogues.folder / lang / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        return GNUTranslations(file)


def within(context: str, text: str) -> str:
    """A text that is said otherwise elsewhere, marked with what it is about."""
    return f"{context}{BETWEEN}{text}"


def words(context: str, texts: Mapping[K, str]) -> dict[K, str]:
    """A table of texts that are about the same."""
    return {key: within(context, text) for key, text in texts.items()}


def say(text: str, lang: str, /, **values: object) -> str:
    """A text in a language, in the words that are spoken here, with its values filled in."""
    return filled(text, lang, values) if values else _told(catalogue(lang).gettext(text), lang)


def say_number(text: str, number: int, lang: str, /, **values: object) -> str:
    """The same of a text that depends on a number, which stands in it as `num`."""
    return _told(catalogue(lang).ngettext(text, text, number), lang) % {"num": number, **values}


def filled(text: str, lang: str, values: Mapping[str, object], *, lacking: str = "") -> str:
    """A text with whatever it names of these values; what is lacking stays empty, or is shown so."""
    return _told(catalogue(lang).gettext(text), lang) % _Lenient(lacking, values)


def listed(parts: Iterable[str], lang: str) -> str:
    """Several words in a row: `甲、乙`, `A, B`."""
    return say(within("list", "、"), lang).join(parts)


def either(parts: Iterable[str], lang: str) -> str:
    """Several words of which one is meant: `甲 或 乙`, `A or B`."""
    return say(within("list", " 或 "), lang).join(parts)


def bracketed(text: str, remark: str, lang: str) -> str:
    """A text with a remark in brackets."""
    return say("%(text)s（%(remark)s）", lang, text=text, remark=remark)


def named(lang: str, name: str, name_en: str) -> str:
    """The one of somebody's own two names that readers of a language can read."""
    return name if lang == SOURCE else name_en or name


def _told(text: str, lang: str) -> str:
    return told(text.rpartition(BETWEEN)[2], lang)


class _Lenient(dict[str, object]):
    """Values of a text, where some may be lacking."""

    def __init__(self, lacking: str, values: Mapping[str, object]) -> None:
        super().__init__(values)
        self._lacking = lacking

    def __missing__(self, key: str) -> str:
        return self._lacking
