"""Findings and repairs as plain JSON, and back: days, times and moments keep what they are."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, time
from typing import Any

from scheduler.core.ground.findings import Finding
from scheduler.core.ground.people import Room
from scheduler.core.plans.placements import Repair


def finding(value: Finding) -> dict[str, Any]:
    """A finding as JSON."""
    return {"kind": value.kind, "subject": value.subject, "details": _plain_map(value.details)}


def finding_of(document: Mapping[str, Any]) -> Finding:
    """The finding that `finding` wrote."""
    return Finding(document["kind"], document["subject"], _map_of(document["details"]))


def repair(proposed: Repair) -> dict[str, Any]:
    """A repair as JSON."""
    return {
        "kind": proposed.kind,
        "details": _plain_map(proposed.details),
        "is_verified": proposed.is_verified,
    }


def repair_of(document: Mapping[str, Any]) -> Repair:
    """The repair that `repair` wrote."""
    return Repair(document["kind"], _map_of(document["details"]), document["is_verified"])


def _plain_map(details: Mapping[str, object]) -> dict[str, Any]:
    return {key: _plain(value) for key, value in details.items()}


def _map_of(details: Mapping[str, Any]) -> dict[str, object]:
    return {key: _value(value) for key, value in details.items()}


def _plain(value: object) -> Any:  # noqa: ANN401, RUF100 - JSON
    """A value as JSON; what has an id of its own is kept as that, and anything else as its text."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case datetime():
            return {"moment": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case time():
            return {"time": value.isoformat()}
        case Room():
            return {"room": asdict(value)}
        case list() | tuple():
            return [_plain(item) for item in value]
        case Mapping():
            return {"map": {str(key): _plain(item) for key, item in value.items()}}
        case _:
            return str(getattr(value, "id", value))


def _value(plain: Any) -> object:  # noqa: ANN401, RUF100 - JSON
    """What `_plain` wrote; lists come back as tuples."""
    match plain:
        case {"moment": text}:
            return datetime.fromisoformat(text)
        case {"day": text}:
            return date.fromisoformat(text)
        case {"time": text}:
            return time.fromisoformat(text)
        case {"room": fields}:
            return Room(**fields)
        case {"map": items}:
            return _map_of(items)
        case list():
            return tuple(map(_value, plain))
        case _:
            return plain
