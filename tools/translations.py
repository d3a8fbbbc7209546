"""Brings the English of the pages up to date: `python tools/translations.py` extracts every text of the pages, keeps the
translations there are, lists those that are missing, and compiles what the application reads.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PO = ROOT / "translations" / "en" / "LC_MESSAGES" / "messages.po"
MO = PO.with_suffix(".mo")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "later": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
}
PLACES = ((ROOT / "scheduler" / "web", "python"), (ROOT / "templates", "jinja2"))

HEADER = r"""# English of the pages. Kept by tools/translations.py.
msgid ""
msgstr ""
"Language: en\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""
NO_DAY = datetime(2026, 1, 1, tzinfo=UTC)
"""The same texts give the same bytes, whenever they are written."""

MessageId = str | tuple[str, ...]


def extracted() -> dict[tuple[str | None, MessageId], set[str]]:
    """Every text of the pages, by its context and itself, with its flags."""
    found: dict[tuple[str | None, MessageId], set[str]] = {}
    for folder, kind in PLACES:
        suffix = "**.py" if kind == "python" else "**.html"
        for _file, _line, message, _comments, context in extract_from_dir(
            str(folder), method_map=[(suffix, kind)], options_map={}, keywords=KEYWORDS, directory_filter=lambda _: True
        ):
            key = tuple(message) if isinstance(message, (tuple, list)) else message
            text = key[0] if isinstance(key, tuple) else key
            found.setdefault((context, key), {"python-format"} if "%(" in text else set())
    return found


def standing() -> Catalog:
    """The translations there are."""
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def updated(old: Catalog) -> Catalog:
    """A catalogue of exactly the texts there are, with the translations that stand."""
    new = Catalog(locale="en", project="Tanxin", version="1", fuzzy=False, creation_date=NO_DAY, revision_date=NO_DAY)
    for (context, message), flags in sorted(
        extracted().items(), key=lambda item: (str(item[0][0] or ""), str(item[0][1]))
    ):
        known = old.get(message, context=context)
        new.add(message, string=known.string if known else "", context=context, flags=flags)
    return new


def missing(catalogue: Catalog) -> list[MessageId]:
    """Texts without a translation."""
    return [m.id for m in catalogue if m.id and not (all(m.string) if isinstance(m.string, tuple) else m.string)]


def main() -> int:
    """Write both files."""
    catalogue = updated(standing())
    with PO.open("wb") as file:
        file.write(HEADER.encode())
        write_po(file, catalogue, width=0, omit_header=True)
    with MO.open("wb") as file:
        write_mo(file, catalogue)
    for message in missing(catalogue):
        print("missing:", message)
    print(f"{len(catalogue)} texts")
    return 1 if missing(catalogue) else 0


if __name__ == "__main__":
    sys.exit(main())
