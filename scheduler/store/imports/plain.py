"""How a fact without a history lies in its table."""

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.store.base import Base


@dataclass(frozen=True, slots=True)
class Plain:
    """How a kind of fact lies in its table: column of each field, which of them make the key, defaults for new ones."""

    row: type[Base]
    columns: Mapping[str, str]
    key: tuple[str, ...]
    defaults: Mapping[str, object]
    id_field: str = ""
    """The field that the fact's key is itself, when the key is an id and no field says it."""
