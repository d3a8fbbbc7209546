"""The texts of pages: written in Chinese where they are said, told in the visitor's language."""

from dataclasses import dataclass

from scheduler import edge
from scheduler.wording.texts import say, say_number, within


def _(text: str, /, **values: object) -> str:
    """A text in the visitor's language, with values filled in."""
    return say(text, edge.lang(), **values)


def pgettext(context: str, text: str, /, **values: object) -> str:
    """The same for a text that means different things in different places."""
    return _(within(context, text), **values)


def ngettext(singular: str, _several: str, num: int, /, **values: object) -> str:
    """The same for a text that depends on a number; in Chinese both are one."""
    return say_number(singular, num, edge.lang(), **values)


@dataclass(frozen=True, slots=True)
class Later:
    """A text that is told when it is printed: for tables that are made once."""

    text: str

    def __str__(self) -> str:
        return _(self.text)


def later(text: str) -> Later:
    """A text for later."""
    return Later(text)


def lazy_pgettext(context: str, text: str) -> Later:
    """The same with a context."""
    return Later(within(context, text))
