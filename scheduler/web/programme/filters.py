"""What a list of the programme is narrowed to: chosen in the address, without script; the numbers above it stay those of all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from scheduler.web.page.fields import Fields

Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class FilterField:
    """A field to narrow a list by: what can be chosen, and what is."""

    name: str
    label: str
    every: str
    """What stands there while nothing is chosen."""
    options: list[tuple[str, str]]
    value: str


@dataclass(frozen=True, slots=True)
class Narrowed(Generic[Line]):
    """The lines that are left, with the fields that narrowed them."""

    fields: list[FilterField]
    lines: list[Line]
    is_narrowed: bool
    values: Mapping[str, str]
    """What is chosen, by field."""


@dataclass(frozen=True)  # without slots, for `By[Line](…)` notes its type on the value
class By(Generic[Line]):
    """A field, how it is called, and under which words each line can be found there: word and what it is called."""

    name: str
    label: str
    every: str
    words: Callable[[Line], Iterable[tuple[str, str]]]


def narrowed(fields: Fields, lines: Sequence[Line], ways: Sequence[By[Line]]) -> Narrowed[Line]:
    """The lines that every chosen word is true of; of a word that is true of none, none are left."""
    told, left = [], list(lines)
    for way in ways:
        words = [dict(way.words(line)) for line in lines]
        options = {value: text for each in words for value, text in each.items()}
        if value := fields.text(way.name):
            options.setdefault(value, value)
            kept = {id(line) for line, each in zip(lines, words, strict=True) if value in each}
            left = [line for line in left if id(line) in kept]
        told.append(FilterField(way.name, way.label, way.every, list(options.items()), value))
    values = {each.name: each.value for each in told if each.value}
    return Narrowed([each for each in told if len(each.options) > 1 or each.value], left, bool(values), values)
