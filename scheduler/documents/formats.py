"""The words in which formats are described, and how the first thing that is wrong in a document becomes `Malformed`.

A description is a schema of Pydantic's core, which finds what is wrong and where. Pydantic's model classes would say the same with
more words, and take longer to load than most commands have to run.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from pydantic_core import ErrorDetails, PydanticKnownError, SchemaValidator, ValidationError, core_schema
from pydantic_core.core_schema import CoreSchema

from scheduler.core.ground.errors import Malformed

D = TypeVar("D")
Keys = Mapping[str, CoreSchema]
ANYTHING = core_schema.any_schema()


class _Nobody:
    """What no value is."""


NOTHING = core_schema.is_instance_schema(_Nobody)


# ── what a format is made of ─────────────────────────────────────────────────────────────────────────────────────────
def says(schema: CoreSchema, kind: str, *told: str, **details: object) -> CoreSchema:
    """The same, with what is said when it is not met: a kind of `Malformed`, what it tells of the value (`TOLD`), details."""
    context: dict[str, Any] = {"told": told, **details}
    return core_schema.custom_error_schema(schema, kind, custom_error_message=kind, custom_error_context=context)


def then(schema: CoreSchema, make: Callable[[Any], object]) -> CoreSchema:
    """What is made of a value. `make` may raise `Malformed` with a place relative to the value."""
    return core_schema.no_info_after_validator_function(make, schema)


def first(look: Callable[[Any], object], schema: CoreSchema) -> CoreSchema:
    """The same, of what is made of the value beforehand. `look` may raise `Malformed` as above."""
    return core_schema.no_info_before_validator_function(look, schema)


def either(is_so: Callable[[Any], bool], schema: CoreSchema, otherwise: CoreSchema) -> CoreSchema:
    """One of two ways to write a value, told apart by what it looks like."""
    usual, other = SchemaValidator(schema), SchemaValidator(otherwise)
    return by(lambda raw: (usual if is_so(raw) else other).validate_python(raw))


def by(read: Callable[[Any], object]) -> CoreSchema:
    """What a function reads, which may raise as above."""
    return core_schema.no_info_plain_validator_function(read)


def items(of: CoreSchema, *, least: int | None = None, most: int | None = None) -> CoreSchema:
    """A list of such items, read up to the first that is wrong; a tuple is made of it."""
    several = core_schema.tuple_schema([of], variadic_item_index=0, min_length=least, fail_fast=True)
    if most is None:
        return several

    def refuse_too_many(raw: object) -> object:
        if isinstance(raw, list) and len(raw) > most:
            length = {"field_type": "List", "max_length": most, "actual_length": len(raw)}
            raise PydanticKnownError("too_long", length)
        return raw

    return first(refuse_too_many, several)


def mapping(
    keys: Keys, needed: Collection[str], others: CoreSchema | None = None, make: Callable[..., object] = dict
) -> CoreSchema:
    """What is made of some keys; some have to be there, and of the rest null says nothing. Others are left aside, or read so."""
    fields = {
        key: core_schema.typed_dict_field(
            schema if key in needed else core_schema.nullable_schema(schema), required=key in needed
        )
        for key, schema in keys.items()
    }
    extra: Literal["allow", "ignore"] = "allow" if others else "ignore"
    read = core_schema.typed_dict_schema(fields, extra_behavior=extra, extras_schema=others)
    return then(read, lambda values: make(**said(values)))


def said(values: Mapping[str, D | None]) -> dict[str, D]:
    """The keys that say anything: null says nothing."""
    return {key: value for key, value in values.items() if value is not None}


# ── what is wrong ────────────────────────────────────────────────────────────────────────────────────────────────────
STRAY = ("invalid_key", "string_unicode")
"""Pydantic's words for keys that are no text, or none that can be written; it is they that are the input then."""
TOLD: Mapping[str, Callable[[ErrorDetails], object]] = {
    "value": lambda mistake: mistake["input"],
    "key": lambda mistake: str(mistake["input"]) if mistake["type"] in STRAY else _key(mistake),
    "count": lambda mistake: len(mistake["input"]),
    "most": lambda mistake: mistake["ctx"]["max_length"],
}
"""What can be told of a mistake."""
TOLD_FIRST = ("unknown_key", "key_not_for_pairing", *STRAY, "missing")
"""What is told of a mapping before any mistake inside it."""


@dataclass(frozen=True)
class Format:
    """How a format speaks of mistakes."""

    kinds: Mapping[str, tuple[str, ...]]
    """By Pydantic's type of error: a kind of `Malformed`, and what it tells."""
    place: Callable[[Iterable[str | int]], str]
    """The way to a place, as people read it."""
    shown: Callable[[object], object] = lambda raw: raw
    """What is told of a value, as people read it."""

    def read(self, schema: SchemaValidator, raw: object, where: str = "") -> Any:
        """What stands at a place, read as its description says. Raises Malformed."""
        try:
            return schema.validate_python(raw)
        except ValidationError as error:
            raise self._malformed(_first(error.errors(include_url=False)), where) from None

    def _malformed(self, mistake: ErrorDetails, where: str) -> Malformed:
        way = (where, *mistake["loc"]) if where else mistake["loc"]
        context: Mapping[str, Any] = mistake.get("ctx", {})
        cause = context.get("error")
        if isinstance(cause, Malformed):
            return Malformed(cause.kind, self.place((*way, cause.field) if cause.field else way), **cause.details)
        kind, *told = self.kinds.get(mistake["type"], (mistake["type"], *context.get("told", ())))
        details = {} if mistake["type"] in self.kinds else {k: v for k, v in context.items() if k != "told"}
        return Malformed(kind, self.place(way), **details, **{name: self._told(name, mistake) for name in told})

    def _told(self, name: str, mistake: ErrorDetails) -> object:
        """Something about a mistake; what stood in the document as people read it."""
        told = TOLD[name](mistake)
        return self.shown(told) if name in ("value", "key") else told


def _key(mistake: ErrorDetails) -> str:
    return next((step for step in reversed(mistake["loc"]) if isinstance(step, str)), "")


def _first(mistakes: list[ErrorDetails], depth: int = 0) -> ErrorDetails:
    """The mistake to tell: of a mapping first its keys, then what stands in the first of them."""
    here = [mistake for mistake in mistakes if len(mistake["loc"]) == depth + 1 and mistake["type"] in TOLD_FIRST]
    if here:
        return min(here, key=lambda mistake: TOLD_FIRST.index(mistake["type"]))
    way = mistakes[0]["loc"][: depth + 1]
    inside = [mistake for mistake in mistakes if mistake["loc"][: depth + 1] == way]
    return _first(inside, depth + 1) if len(way) > depth else mistakes[0]
