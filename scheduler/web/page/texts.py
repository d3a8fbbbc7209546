"""The texts of pages: written in Chinese where they are said, English in `translations/`. Flask-Babel's functions, with types."""

import flask_babel
from flask_babel import LazyString


def _(text: str, /, **values: object) -> str:
    """A text in the visitor's language, with values filled in."""
    return str(flask_babel.gettext(text, **values))


def pgettext(context: str, text: str, /, **values: object) -> str:
    """The same for a text that means different things in different places."""
    return str(flask_babel.pgettext(context, text, **values))


def ngettext(singular: str, several: str, num: int, /, **values: object) -> str:
    """The same for a text that depends on a number."""
    return str(flask_babel.ngettext(singular, several, num, **values))


def later(text: str) -> LazyString:
    """A text that is translated when it is printed: for tables that are made once."""
    return flask_babel.lazy_gettext(text)


def lazy_pgettext(context: str, text: str) -> LazyString:
    """The same with a context."""
    return flask_babel.lazy_pgettext(context, text)
