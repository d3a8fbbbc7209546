"""What stands on the terminal: one JSON document, or tables whose columns stay straight with Chinese in them."""

import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from functools import partial

WIDE = {"W", "F"}
MANY = 50
"""What is one of more than so many in a JSON document stands on one line."""
NUMBER = re.compile(r"-?\d+(\.\d+)?(/\d+)?|—")


def width(text: str) -> int:
    """How many columns of a terminal a text takes: Chinese characters two, combining marks none."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in WIDE else 1 for sign in text
    )


def padded(text: str, columns: int, *, right: bool = False) -> str:
    """A text filled with blanks up to so many columns."""
    blanks = " " * (columns - width(text))
    return blanks + text if right else text + blanks


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Lines of a table: a head, a rule, the rows; columns of numbers stand to the right."""
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    columns = [max(width(text) for text in column) for column in zip(head, *cells, strict=True)]
    numbers = [bool(cells) and all(_is_number(row[place]) for row in cells) for place in range(len(head))]

    def line(texts: Sequence[str]) -> str:
        parts = [padded(t, w, right=r) for t, w, r in zip(texts, columns, numbers, strict=True)]
        return "  ".join(parts).rstrip()

    return [line(head), "  ".join("─" * columns_wide for columns_wide in columns), *(line(row) for row in cells)]


def _is_number(text: str) -> bool:
    """Whether a cell reads as a number, a share such as `17/21`, or nothing."""
    return not text or NUMBER.fullmatch(text) is not None


def box(lines: Sequence[str]) -> list[str]:
    """Lines in a frame."""
    inner = max(width(text) for text in lines)
    edge = "─" * (inner + 4)
    return [f"╭{edge}╮", *(f"│  {padded(text, inner)}  │" for text in lines), f"╰{edge}╯"]


def say(*lines: str) -> None:
    """Lines for the reader, on standard output."""
    for text in lines:
        print(text)
    sys.stdout.flush()


def nobody_listens() -> None:
    """Whoever read our output has gone (`… | head`): that is no mistake, and nothing is to be said about it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def note(*lines: str) -> None:
    """Lines beside the answer (progress, remarks), on standard error."""
    for text in lines:
        print(text, file=sys.stderr)


def spread(value: object, margin: str = "") -> str:
    """JSON that people can read: what is in a list or an object on lines of its own; in one of many, a line for each.

    Python's own printer takes many times as long where it indents, and thousands of lines for a plan of thousands of talks.
    """
    inner = f"{margin}  "
    match value:
        case dict() if value:
            say = _compact if len(value) > MANY else partial(spread, margin=inner)
            parts, (opens, closes) = [f"{_compact(str(key))}: {say(item)}" for key, item in value.items()], "{}"
        case list() | tuple() if value:
            say = _compact if len(value) > MANY else partial(spread, margin=inner)
            parts, (opens, closes) = [say(item) for item in value], "[]"
        case _:
            return _compact(value)
    return f"{opens}\n{inner}" + f",\n{inner}".join(parts) + f"\n{margin}{closes}"


def _plain(value: object) -> object:
    """An answer, or a list of answers, as dictionaries; asked without Pydantic, which most documents do without."""
    if isinstance(value, list):
        return [_plain(answer) for answer in value]
    return value.document() if hasattr(value, "document") else value


_compact = json.JSONEncoder(ensure_ascii=False).encode
"""JSON on one line."""


def document(value: object) -> None:
    """The one JSON document, in UTF-8 whatever the terminal's language."""
    text = spread(_plain(value)) + "\n"
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(text)
    else:
        buffer.write(text.encode())
        buffer.flush()
