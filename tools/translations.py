"""Brings the catalogues up to date: `python tools/translations.py` extracts every text there is, keeps the translations that stand, lists
those that are missing, and compiles what the application reads.
"""

import ast
import re
import sys
from collections.abc import Iterator
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
KEYWORDS = {
    "_": None,
    "gettext": None,
    "later": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
}
PAGES = ((ROOT / "scheduler" / "web", "python"), (ROOT / "templates", "jinja2"))
SPEAKING = ((ROOT / "scheduler" / "wording", None), (ROOT / "scheduler" / "cli", "command line"))
"""Folders where every Chinese text is said to somebody, and under which context."""
CONTEXTS = {context for _, context in SPEAKING}
TEXT = re.compile(r"[\u4e00-\u9fff]|%\(")

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
    return {*_of_pages(), *_of_sentences()}


def _of_pages() -> Iterator[Key]:
    """What stands in calls of gettext's names."""
    for folder, kind in PAGES:
        suffix = "**.py" if kind == "python" else "**.html"
        for _file, _line, message, _comments, context in extract_from_dir(
            str(folder), method_map=[(suffix, kind)], options_map={}, keywords=KEYWORDS, directory_filter=lambda _: True
        ):
            yield context, tuple(message) if isinstance(message, (tuple, list)) else message


def _of_sentences() -> Iterator[Key]:
    """Every text of the modules that do nothing but speak: what has Chinese or a value in it, and is no docstring or key."""
    for folder, context in SPEAKING:
        for path in sorted(folder.rglob("*.py")):
            yield from texts_in(path.read_text("utf-8"), context)


def texts_in(code: str, context: str | None) -> Iterator[Key]:
    """The texts in a program, under a context unless they name their own."""
    return _texts(ast.parse(code), context)


def _texts(node: ast.AST, context: str | None) -> Iterator[Key]:
    """The texts in a piece of a program."""
    below = ast.iter_child_nodes(node)
    match node:
        case ast.Expr(value=ast.Constant()):
            below = iter(())
        case ast.Constant(value=str(text)) if TEXT.search(text) or context not in CONTEXTS:
            yield context, text
        case ast.JoinedStr() if any(isinstance(part, ast.Constant) and TEXT.search(part.value) for part in node.values):
            raise ValueError(f"line {node.lineno}: a text with values in it is to be said, not an f-string")
        case ast.Dict():
            below = iter(node.values)
        case ast.Call(func=ast.Name(id="within" | "words"), args=[ast.Constant(value=str(name)), texts]):
            below, context = iter([texts]), name
        case ast.Call(func=ast.Name(id="say_number"), args=[texts, *below_it]):
            below = iter(below_it)
            yield from ((context, (text, text)) for _, text in _texts(texts, context))
    for child in below:
        yield from _texts(child, context)


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
