"""The vocabulary that is spoken here. One database is one office, so its words are the same in every sentence of a request."""

from collections.abc import Callable

from scheduler.core.vocabulary import PARTY, Vocabulary, vocabulary


class Spoken:
    """Where the vocabulary is asked for; doors say how, and without a door it is `zh-party`."""

    ask: Callable[[], Vocabulary] = staticmethod(lambda: vocabulary(PARTY))


def told(sentence: str, lang: str) -> str:
    """A sentence of ours as it is said here, before values are filled in."""
    return Spoken.ask().told(sentence, lang)


def word(name: str, lang: str) -> str:
    """What is said here for a word of the code; empty: what everybody says."""
    return Spoken.ask().word(name, lang)
