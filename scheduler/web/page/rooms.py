"""The blueprint of one room of pages."""

from flask import Blueprint


class PageRoom(Blueprint):
    """Pages about one noun hang here; endpoints begin with its name."""

    enable_openapi = False
    """APIFlask asks it of whatever looks at requests first: pages stand in no description."""
