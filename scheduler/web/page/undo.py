"""Undo instead of "are you sure?": what was done is told with a button that does the opposite, with all its checks."""

from collections.abc import Mapping
from typing import TypedDict

from flask import flash

from scheduler.web.page.texts import _


class UndoOffer(TypedDict):
    """A sentence with a button beside it, as `base.html` prints it."""

    sentence: str
    action: str
    """Where the form of the button is sent."""
    fields: list[tuple[str, str]]
    button: str


def offer(sentence: str, action: str, fields: Mapping[str, object] | None = None, button: str = "") -> None:
    """Say at the top of the next page that something was done, and offer to undo it."""
    told = UndoOffer(
        sentence=sentence,
        action=action,
        fields=[(name, text) for name, value in (fields or {}).items() for text in _texts(value)],
        button=button or _("撤销"),
    )
    flash(told, "good")  # type: ignore[arg-type]  # a message may be whatever a session keeps


def _texts(value: object) -> list[str]:
    """The values of one field: none, one, or several."""
    if value is None:
        return []
    return [str(item) for item in value] if isinstance(value, (list, tuple)) else [str(value)]
