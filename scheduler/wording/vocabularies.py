"""The vocabulary that is spoken here. One database is one office, so its words are the same in every sentence of a request."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from scheduler.core.ground.vocabulary import PARTY, Vocabulary, vocabulary

_CHOSEN: ContextVar[Vocabulary | None] = ContextVar("vocabulary", default=None)
"""What a command or a round of mail looked up for itself."""


class Spoken:
    """Where the vocabulary is asked for; doors say how, and without a door it is `zh-party`."""

    ask: Callable[[], Vocabulary] = staticmethod(lambda: vocabulary(PARTY))


def told(sentence: str, lang: str) -> str:
    """A sentence of ours as it is said here, before values are filled in."""
    return _spoken().told(sentence, lang)


def word(name: str, lang: str) -> str:
    """What is said here for a word of the code; empty: what everybody says."""
    return _spoken().word(name, lang)


def speak(chosen: Vocabulary) -> None:
    """Say everything in these words from here on, as far as this context reaches."""
    _CHOSEN.set(chosen)


@contextmanager
def speaking(chosen: Vocabulary) -> Iterator[None]:
    """Say everything in these words meanwhile."""
    before = _CHOSEN.set(chosen)
    try:
        yield
    finally:
        _CHOSEN.reset(before)


def _spoken() -> Vocabulary:
    return _CHOSEN.get() or Spoken.ask()
