"""Which words an office has for its meetings and talks: the engine is neutral, and its words are data.

What we say is written in the words of `zh-party`; another vocabulary is a file that names what it says otherwise.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

FOLDER = Path(__file__).parent / "vocabularies"
LANGUAGES = ("zh", "en")
"""The languages of a vocabulary file, in the order in which it says a word."""


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
        """A sentence of ours in its terms; what is a placeholder or markup stays. Values are filled in afterwards: what people wrote
        stays as they wrote it.
        """
        terms, pattern = self.terms.get(lang, {}), self._patterns.get(lang)
        return pattern.sub(lambda match: terms.get(match[0], match[0]), sentence) if pattern else sentence

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        """By language, what finds the terms, longer ones first; whole words, where words are written apart."""
        return {lang: re.compile(_pattern(terms)) for lang, terms in self.terms.items() if terms}


def _pattern(terms: Iterable[str]) -> str:
    """Placeholders and markup first, so that nothing in them is taken for a term."""
    edges = ((r"\b" if term.isascii() else "", term) for term in sorted(terms, key=len, reverse=True))
    return "|".join([r"%\(\w+\)", r"<[^<>]*>", *(f"{edge}{re.escape(term)}{edge}" for edge, term in edges)])


PARTY = "zh-party"
NAMES = (PARTY, "zh-neutral", "en", "one-on-one", "mentoring", "audit", "visit-day")
"""The vocabularies there are, in the order in which they are offered; each but the first is a file."""


@cache
def vocabulary(name: str) -> Vocabulary:
    """A vocabulary by its name; one that is not known is `zh-party`. What it `extends` says whatever it does not say itself."""
    if name not in NAMES or name == PARTY:
        return Vocabulary(PARTY)
    read = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    base = vocabulary(read.get("extends", PARTY))
    own = Vocabulary(name, terms={lang: read.get(lang, {}) for lang in LANGUAGES})
    return Vocabulary(
        name,
        words={**base.words, **{word: _by_language(said) for word, said in read.get("words", {}).items()}},
        terms={lang: _terms(base, own, lang) for lang in LANGUAGES},
        language=read.get("language", base.language),
    )


def _by_language(said: Sequence[str]) -> dict[str, str]:
    return dict(zip(LANGUAGES, said, strict=True))


def _terms(base: Vocabulary, own: Vocabulary, lang: str) -> dict[str, str]:
    """The terms of both; what the base says is said in one's own terms again."""
    return {term: own.told(said, lang) for term, said in base.terms.get(lang, {}).items()} | dict(own.terms[lang])
