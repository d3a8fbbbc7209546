"""Answers in the words of our JSON: one class for each, which API, OpenAPI and the command line's `--json` all print.

A file of it is read when something in it is named: a command that answers in sentences does without Pydantic.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.shapes import (
        arranging,
        bookings,
        campaigns,
        coverage,
        feeds,
        imports,
        organisation,
        papers,
        programme,
        sessions,
    )

    __all__ = [
        "arranging",
        "bookings",
        "campaigns",
        "coverage",
        "feeds",
        "imports",
        "organisation",
        "papers",
        "programme",
        "sessions",
    ]
else:

    def __getattr__(name: str) -> object:
        """A file of this room."""
        from importlib import import_module

        try:
            return import_module(f"{__name__}.{name}")
        except ModuleNotFoundError:
            raise AttributeError(name) from None
