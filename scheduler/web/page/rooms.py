"""The blueprint of one room of pages."""

from flask import Blueprint, current_app, request


class PageRoom(Blueprint):
    """Pages about one noun hang here; endpoints begin with its name."""


def is_page() -> bool:
    """Whether one of the pages is asked for, not another door."""
    return isinstance(current_app.blueprints.get(request.blueprint or ""), PageRoom)
