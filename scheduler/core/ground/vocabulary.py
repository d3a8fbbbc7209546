"""Which words an office has for its meetings and talks: the engine is neutral, and its words are data.

What we say is written in the words of `zh-party`; another vocabulary is a file that names what it says otherwise.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

FOLDER = Path(__file__).parent / "vocabularies"


@dataclass(frozen=True)
class Vocabulary:
    """Words of the code, and terms in sentences of ours, as one kind of office says them."""

    name: str
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What is said for a word of the code, by language."""
    terms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By language: a term in our sentences, and what is said instead."""
    language: str = ""
    """What its pages begin in, when nobody chose a language."""

    def word(self, word: str, lang: str) -> str:
        """What it says for a word of the code; empty: what everybody says."""
        return self.words.get(word, {}).get(lang, "")

    def told(self, sentence: str, lang: str) -> str:
        """A sentence of ours in its terms. Values are filled in afterwards: what people wrote stays as they wrote it."""
        pattern = self._patterns.get(lang)
        return pattern.sub(lambda match: self.terms[lang][match[0]], sentence) if pattern else sentence

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        """By language, what finds the terms, longer ones first."""
        return {
            lang: re.compile("|".join(map(re.escape, sorted(terms, key=len, reverse=True))))
            for lang, terms in self.terms.items()
            if terms
        }


PARTY, NEUTRAL, ENGLISH = "zh-party", "zh-neutral", "en"
NAMES = (PARTY, NEUTRAL, ENGLISH)
"""The vocabularies there are; `en` is the neutral one of an office that speaks English."""


@cache
def vocabulary(name: str) -> Vocabulary:
    """A vocabulary by its name; one that is not known is `zh-party`."""
    if name not in (NEUTRAL, ENGLISH):
        return Vocabulary(PARTY)
    read = tomllib.loads((FOLDER / f"{NEUTRAL}.toml").read_text("utf-8"))
    words = {word: dict(zip(("zh", "en"), said, strict=True)) for word, said in read["words"].items()}
    return Vocabulary(name, words, {"zh": read["zh"], "en": read["en"]}, "en" if name == ENGLISH else "")
