"""The JSON API under `/api/v1`: the words and keys of the command line, errors as problem documents."""

from apiflask import APIBlueprint

api = APIBlueprint("api", __name__, url_prefix="/api/v1", tag="Tanxin")

from scheduler.api import bookings, coverage, feeds, free_times, openapi, people, plans, problems, series, swaps  # noqa: E402 - the views hang themselves on `api`

__all__ = [
    "api",
    "bookings",
    "coverage",
    "feeds",
    "free_times",
    "openapi",
    "people",
    "plans",
    "problems",
    "series",
    "swaps",
]
