"""What a booking's row keeps as JSON: its guests, its agenda."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from scheduler.core.ground.agenda import AgendaItem
from scheduler.core.ground.guests import Guest

_FIELDS = {of: tuple(field.name for field in fields(of)) for of in (Guest, AgendaItem)}


def kept(values: Iterable[Guest | AgendaItem]) -> list[dict[str, Any]]:
    """Guests or points of an agenda as JSON, without what is not known of them."""
    return [{name: said for name in _FIELDS[type(value)] if (said := getattr(value, name))} for value in values]


def guests(rows: Iterable[Mapping[str, Any]]) -> tuple[Guest, ...]:
    """Guests from JSON."""
    return tuple(Guest(**row) for row in rows)


def agenda(rows: Iterable[Mapping[str, Any]]) -> tuple[AgendaItem, ...]:
    """Points of an agenda from JSON."""
    return tuple(AgendaItem(**row) for row in rows)
