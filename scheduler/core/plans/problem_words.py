"""Reading the words of a problem or plan file; what cannot be understood is refused with the place where it stands.

Every reader raises `Malformed` with a place relative to what it was given (`people[1]`, or nothing for all of it); whoever
goes through a list puts the way in front. So nothing is spent on places as long as nothing is wrong.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NoReturn, TypeVar

from scheduler.core.ground.errors import Malformed
from scheduler.core.plans.problems import MINUTES_A_DAY

T = TypeVar("T")
D = TypeVar("D")

LONGEST = 200
"""Characters of an id or a name."""


def listed(raw: object, most: int) -> list[object]:
    """A list, of no more than so many."""
    if type(raw) is not list:
        raise Malformed("list_wanted", "", value=shown(raw))
    if len(raw) > most:
        raise Malformed("too_many_items", "", count=len(raw), most=most)
    return raw


def each(raw: object, most: int, read: Callable[[object], T]) -> list[T]:
    """What a reader makes of each item of a list."""
    found = []
    for place, item in enumerate(listed(raw, most)):
        try:
            found.append(read(item))
        except Malformed as error:
            raise placed(f"[{place}]", error) from None
    return found


def within(key: str, raw: object, read: Callable[[object], T]) -> T:
    """What a reader makes of the value of a key."""
    try:
        return read(raw)
    except Malformed as error:
        raise placed(key, error) from None


def optional(values: Mapping[str, object], key: str, read: Callable[[object], T], otherwise: D) -> T | D:
    """What a reader makes of the value of a key that may be missing, or null."""
    raw = values.get(key)
    return otherwise if raw is None else within(key, raw, read)


def placed(where: str, error: Malformed) -> Malformed:
    """The same with a piece of the way in front of its place."""
    dot = "." if error.field and not error.field.startswith("[") else ""
    return Malformed(error.kind, f"{where}{dot}{error.field}", **error.details)


def record(raw: object, allowed: frozenset[str], needed: Sequence[str]) -> dict[str, object]:
    """An object with these keys at most and those at least."""
    if type(raw) is not dict:
        raise Malformed("object_wanted", "", value=shown(raw))
    if not raw.keys() <= allowed:
        _unknown(next(key for key in raw if key not in allowed), allowed)
    for key in needed:
        if key not in raw:
            raise Malformed("missing", key)
    return raw


def _unknown(key: object, allowed: Collection[str]) -> NoReturn:
    name = shown(key)
    raise Malformed("unknown_key", name, key=name, allowed=tuple(sorted(allowed)))


def word(raw: object) -> str:
    """An id or a name: text that is not empty, and that can be shown."""
    if type(raw) is str and 0 < len(raw) <= LONGEST and (raw.isprintable() or _is_printable(raw)) and raw.strip():
        return raw
    raise Malformed("word_wanted", "", value=shown(raw), most=LONGEST)


def _is_printable(text: str) -> bool:
    """Whether a text has nothing in it but what can be shown; wide spaces can."""
    return all(character.isprintable() or (character.isspace() and character > "\x80") for character in text)


def whole(least: int, most: int) -> Callable[[object], int]:
    """Reads a whole number between two."""

    def read(raw: object) -> int:
        if type(raw) is int and least <= raw <= most:
            return raw
        raise Malformed("whole_wanted", "", value=shown(raw), least=least, most=most)

    return read


def truth(raw: object) -> bool:
    """Yes or no."""
    if type(raw) is bool:
        return raw
    raise Malformed("truth_wanted", "", value=shown(raw))


def shown(raw: object) -> str:
    """A value as a sentence repeats it: short, and nothing in it that could not be shown."""
    match raw:
        case str():
            short = raw if len(raw) <= 60 else f"{raw[:59]}…"
            return "".join(character if character.isprintable() else "�" for character in short)
        case None | bool():
            return {None: "null", True: "true", False: "false"}[raw]
        case int():
            return str(raw) if abs(raw) < 10**20 else "…"
        case float():
            return str(raw)
        case list():
            return "[…]" if raw else "[]"
        case _:
            return "{…}" if raw else "{}"


minutes = whole(1, MINUTES_A_DAY)
"""Reads a length: a talk lies within a day."""
