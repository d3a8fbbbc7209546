"""Large JSON files, such as problems and plans, as plain data; what cannot be read is refused with the line it stands in."""

import json
from collections.abc import Iterable
from typing import NoReturn

from scheduler.core.ground.errors import Malformed
from scheduler.documents.text import shown

MAX_BYTES = 32 * 1024 * 1024
"""Bytes: a hundred thousand talks of ten thousand people are less."""


class _RepeatedName(ValueError):
    """A key that stands twice in one object."""


def read(name: str, data: bytes) -> object:
    """The plain data of a file of JSON in UTF-8, with or without a mark in front. Raises Malformed."""
    if len(data) > MAX_BYTES:
        raise Malformed("unreadable_file", name, reason="too_large", limit_mb=MAX_BYTES // 1024 // 1024)
    if not data.strip():
        raise Malformed("unreadable_file", name, reason="empty")
    try:
        document: object = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number)
    except UnicodeDecodeError:
        raise Malformed("unreadable_file", name, reason="not_utf8") from None
    except json.JSONDecodeError as error:
        raise Malformed("not_json", name, line=error.lineno) from None
    except _RepeatedName as error:
        raise Malformed("duplicate_key", name, key=shown(str(error))) from None
    except RecursionError:
        raise Malformed("unreadable_file", name, reason="json_too_deep") from None
    except ValueError:  # a number of thousands of digits, or none such as NaN
        raise Malformed("unreadable_file", name, reason="odd_number") from None
    return document


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object, each key once."""
    members = dict(pairs)
    if len(members) < len(pairs):
        raise _RepeatedName(_repeated(key for key, _ in pairs))
    return members


def _repeated(keys: Iterable[str]) -> str:
    """The first key that was there before."""
    seen: set[str] = set()
    return next(key for key in keys if key in seen or seen.add(key))  # type: ignore[func-returns-value]


def _no_number(word: str) -> NoReturn:
    """JSON has no NaN and no Infinity, whatever Python thinks."""
    raise ValueError(word)
