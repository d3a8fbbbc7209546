"""Long lists, page by page, with the filters kept in the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request, url_for

Line = TypeVar("Line")
SIZE = 50
KEPT = ("campaign", "rule_set", "as_of", "since", "order", "rule", "person", "state", "period", "optional", "unfold")
"""What of the matrix's address goes along to a square and back."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Line]):
    """One page of a list; `before` and `after` are the addresses of its neighbours, empty where there is none."""

    lines: Sequence[Line]
    number: int
    count: int
    total: int
    before: str
    after: str


def page_of(lines: Sequence[Line], size: int = SIZE) -> Page[Line]:
    """The page that `?page=` asks for; the last if there are not so many."""
    count = max(1, -(-len(lines) // size))
    text = request.args.get("page", "1")
    number = min(count, max(1, int(text))) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    return Page(
        lines[(number - 1) * size : number * size],
        number,
        count,
        len(lines),
        here(page=number - 1) if number > 1 else "",
        here(page=number + 1) if number < count else "",
    )


def plain_args() -> dict[str, list[str]]:
    """What the address asks, without words that mean something to whoever builds addresses."""
    args = request.args.to_dict(flat=False)
    return {
        name: values for name, values in args.items() if name.isidentifier() and name[0] != "_" and name != "endpoint"
    }


def here(**changes: object) -> str:
    """The address of this page with some of its parameters changed; None takes one away."""
    query: dict[str, object] = {**plain_args(), **(request.view_args or {}), **changes}
    kept = {name: value for name, value in query.items() if value not in (None, "", [], [""])}
    kept.pop("lang", None)
    return url_for(request.endpoint or "coverage.home", **kept)  # type: ignore[arg-type]  # Flask types its values loosely


def kept_args() -> dict[str, Any]:
    """What a square's address keeps of the matrix's."""
    return {name: values for name, values in plain_args().items() if name in KEPT and any(values)}
