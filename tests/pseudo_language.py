"""A language that nobody speaks, made out of the English catalogue: every letter wears an accent and a third of them stand twice, so that
what does not go through the catalogues can be seen, and so can what has no room for longer words.
"""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from config import LANGUAGES
from scheduler.wording import texts
from tools import translations

CODE, NAME = "eo", "Ƥşḗŭḋǿ"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ACCENTED = str.maketrans(LETTERS + LETTERS.upper(), "ȧƀċḓḗƒɠħīĵķŀḿƞǿƥɋřşŧŭṽẇẋẏẑȦƁƇḒḖƑƓĦĪĴĶĿḾȠǾƤɊŘŞŦŬṼẆẊẎẐ")
VALUE = re.compile(r"(%\(\w+\)(?:\.0)?s|%%|\s\|\s|\s+)")


def pseudo(text: str) -> str:
    """A text with accents, longer by a third; its values, and the bars between heads of a table, stay."""
    return "".join(part if VALUE.fullmatch(part) else _longer(part) for part in VALUE.split(text))


def _longer(word: str) -> str:
    """Every third letter stands twice; what is no letter of ours stays."""
    places = count()
    return "".join(
        letter.translate(ACCENTED) * (2 if letter in LETTERS and next(places) % 3 == 1 else 1) for letter in word
    )


def catalogue() -> Catalog:
    """The catalogue of the language."""
    made = translations.updated(Catalog(locale=CODE))
    english = translations.standing("en")
    for message in made:
        known = english.get(message.id, context=message.context) if message.id else None
        if known:
            message.string = (
                tuple(map(pseudo, known.string)) if isinstance(known.string, tuple) else pseudo(known.string)
            )
    return made


@contextmanager
def spoken(folder: Path) -> Iterator[None]:
    """Meanwhile there is one language more: a catalogue, and a line among the languages."""
    shutil.copytree(texts.Catalogues.folder, folder, dirs_exist_ok=True)
    translations.write(catalogue(), CODE, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(texts.Catalogues, "folder", folder)
        patch.setitem(LANGUAGES, CODE, NAME)
        texts.catalogue.cache_clear()
        yield
    texts.catalogue.cache_clear()
