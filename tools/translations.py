"""Brings the catalogues up to date: `python tools/translations.py` extracts every text there is, keeps the translations that stand, lists
those that are missing, and compiles what the application reads.
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from config import LANGUAGES  # noqa: E402 - it stands beside this folder
from scheduler.wording.texts import SOURCE  # noqa: E402

TRANSLATED = [language for language in LANGUAGES if language != SOURCE]
SPEAKING: dict[str, str | None] = {"wording": None, "cli": "command line"}
"""Folders where every Chinese text is said to somebody, and under which context; elsewhere, what is said stands in a call."""
WITHIN = ("within", "words", "pgettext", "lazy_pgettext")
CHINESE, ANY = re.compile(r"[\u4e00-\u9fff]|%\("), re.compile("")

HEADER = r"""# Kept by tools/translations.py.
msgid ""
msgstr ""
"Language: %s\n"
"Plural-Forms: %s;\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""
NO_DAY = datetime(2026, 1, 1, tzinfo=UTC)
"""The same texts give the same bytes, whenever they are written."""

MessageId = str | tuple[str, ...]
Key = tuple[str | None, MessageId]
"""A context, and a text or both forms of one that depends on a number."""


def extracted() -> set[Key]:
    """Every text, by its context and itself."""
    return {*_of_templates(), *_of_programs()}


def _of_templates() -> Iterator[Key]:
    """What stands in the calls of templates."""
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
    for _file, _line, message, _comments, context in extract_from_dir(
        str(ROOT / "templates"), [("**.html", "jinja2")], {}, keywords, directory_filter=lambda _: True
    ):
        yield context, tuple(message) if isinstance(message, (tuple, list)) else message


def _of_programs() -> Iterator[Key]:
    """What programs say."""
    folder = ROOT / "scheduler"
    for path in sorted(folder.rglob("*.py")):
        room = path.relative_to(folder).parts[0]
        yield from texts_in(path.read_text("utf-8"), SPEAKING.get(room), CHINESE if room in SPEAKING else None)


def texts_in(code: str, context: str | None, texts: re.Pattern[str] | None) -> Iterator[Key]:
    """The texts in a program: those in calls that say something, and of the others those that match."""
    return _texts(ast.parse(code), context, texts)


def _texts(node: ast.AST, context: str | None, texts: re.Pattern[str] | None) -> Iterator[Key]:
    """The texts in a piece of a program; no docstrings, no keys."""
    below: Iterable[ast.AST] = ast.iter_child_nodes(node)
    match node:
        case ast.Expr(value=ast.Constant()):
            return
        case ast.Constant(value=str(text)) if texts and texts.search(text):
            yield context, text
        case ast.JoinedStr() if texts and any(CHINESE.search(ast.unparse(part)) for part in node.values):
            raise ValueError(f"line {node.lineno}: a text with values in it is to be said, not an f-string")
        case ast.Dict():
            below = node.values
        case ast.Subscript():
            below = [node.value]
        case ast.Call(func=ast.Name(id=name), args=[first, *rest]) if name in ("_", "later", "say", "filled"):
            below = [*rest, *node.keywords]
            yield from _texts(first, context, ANY)
        case ast.Call(func=ast.Name(id=name), args=[first, *rest]) if name in ("say_number", "ngettext"):
            below = [*rest, *node.keywords]
            yield from ((context, (str(text), str(text))) for _, text in _texts(first, context, ANY))
        case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(inner)), first, *_]) if name in WITHIN:
            below = node.keywords
            yield from _texts(first, inner, ANY)
    for child in below:
        yield from _texts(child, context, texts)


def standing(language: str) -> Catalog:
    """The translations there are."""
    path = po_file(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def updated(old: Catalog) -> Catalog:
    """A catalogue of exactly the texts there are, with the translations that stand."""
    new = Catalog(
        locale=old.locale, project="Tanxin", version="1", fuzzy=False, creation_date=NO_DAY, revision_date=NO_DAY
    )
    for context, message in sorted(extracted(), key=lambda key: (str(key[0] or ""), str(key[1]))):
        known = old.get(message, context=context)
        flags = {"python-format"} if "%(" in (message if isinstance(message, str) else message[0]) else set()
        new.add(message, string=known.string if known else "", context=context, flags=flags)
    return new


def missing(catalogue: Catalog) -> list[MessageId]:
    """Texts without a translation."""
    return [m.id for m in catalogue if m.id and not (all(m.string) if isinstance(m.string, tuple) else m.string)]


def po_file(language: str, folder: Path = ROOT / "translations") -> Path:
    """Where a language is translated."""
    return folder / language / "LC_MESSAGES" / "messages.po"


def write(catalogue: Catalog, language: str, folder: Path = ROOT / "translations") -> None:
    """Write what people translate, and what the application reads."""
    path = po_file(language, folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write((HEADER % (language, catalogue.plural_forms)).encode())
        write_po(file, catalogue, width=0, omit_header=True)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)


def main() -> int:
    """Bring every language up to date; 1 while a translation is missing."""
    is_whole = True
    for language in TRANSLATED:
        catalogue = updated(standing(language))
        write(catalogue, language)
        for message in missing(catalogue):
            print(f"{language}: missing:", message)
        print(f"{language}: {len(catalogue)} texts")
        is_whole = is_whole and not missing(catalogue)
    return 0 if is_whole else 1


if __name__ == "__main__":
    sys.exit(main())
