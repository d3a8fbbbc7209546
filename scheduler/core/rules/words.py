"""Reading the words and numbers of a rule file; what cannot be understood is refused by the name of its key."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from scheduler.core.ground.errors import Malformed

LONGEST = 2_000
"""Characters of one text."""


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping of a rule file, and where it stands (`R3.trigger`)."""

    values: Mapping[str, object]
    where: str

    @classmethod
    def of(cls, raw: object, where: str, allowed: Collection[str] | None = None) -> "Fields":
        """A mapping whose keys are words; of these words only, if they are given."""
        values = mapping(raw, where)
        for key in values:
            if allowed is not None and key not in allowed:
                raise Malformed("unknown_key", f"{where}.{key}" if where else key, key=key, allowed=tuple(allowed))
        return cls(values, where)

    def place(self, key: str) -> str:
        """How a key of it is named to people."""
        return f"{self.where}.{key}" if self.where else key

    def has(self, key: str) -> bool:
        """Whether a key is there and not empty."""
        return self.values.get(key) is not None

    def needed(self, key: str) -> object:
        """The value of a key that has to be there."""
        if not self.has(key):
            raise Malformed("missing", self.place(key), key=key)
        return self.values[key]

    def word(self, key: str) -> str:
        """The text of a key that has to be there."""
        return text(self.needed(key), self.place(key))

    def number(self, key: str, otherwise: int, least: int, most: int) -> int:
        """The whole number of a key."""
        return whole(self.values[key], self.place(key), least, most) if self.has(key) else otherwise


def mapping(raw: object, where: str) -> Mapping[str, object]:
    """A mapping whose keys are words."""
    if not isinstance(raw, Mapping):
        raise Malformed("not_a_mapping", where or "file")
    for key in raw:
        if not isinstance(key, str):
            raise Malformed("unknown_key", where, key=str(key))
    return raw


def items(raw: object, where: str) -> list[object]:
    """A list."""
    if not isinstance(raw, list):
        raise Malformed("not_a_list", where)
    return raw


def text(raw: object, where: str) -> str:
    """A text that is not empty."""
    if not isinstance(raw, str) or not raw.strip() or len(raw) > LONGEST:
        raise Malformed("not_a_text", where)
    return raw.strip()


def texts(raw: object, where: str) -> tuple[str, ...]:
    """A list of texts, or one alone; never none."""
    found = tuple(text(item, where) for item in (raw if isinstance(raw, list) else [raw]))
    if not found:
        raise Malformed("missing", where, key=where.rpartition(".")[2])
    return found


def whole(raw: object, where: str, least: int, most: int) -> int:
    """A whole number within bounds."""
    if not isinstance(raw, int) or isinstance(raw, bool):
        raise Malformed("not_a_number", where, value=raw)
    if not least <= raw <= most:
        raise Malformed("out_of_range", where, value=raw, first=least, last=most)
    return raw


def choice(raw: object, where: str, allowed: Collection[str]) -> str:
    """One of some words."""
    word = text(raw, where)
    if word not in allowed:
        raise Malformed("unknown_choice", where, value=word, allowed=tuple(allowed))
    return word


def choices(raw: object, where: str, allowed: Collection[str]) -> tuple[str, ...]:
    """Some of some words: a list of them, or one alone."""
    return tuple(choice(word, where, allowed) for word in texts(raw, where))
