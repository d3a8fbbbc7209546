"""The JSON API under `/api/v1`: the words and keys of the command line, errors as problem documents."""

from apiflask import APIBlueprint

api = APIBlueprint("api", __name__, url_prefix="/api/v1", tag="Tanxin")

from scheduler.api import (  # noqa: E402 - the views hang themselves on `api`
    attendance,
    bookings,
    campaigns,
    coverage,
    feeds,
    free_times,
    guests,
    imports,
    many,
    meeting_load,
    occurrences,
    openapi,
    papers,
    people,
    plans,
    problems,
    programme,
    proposals,
    series,
    study_targets,
    swaps,
)

__all__ = [
    "api",
    "attendance",
    "bookings",
    "campaigns",
    "coverage",
    "feeds",
    "free_times",
    "guests",
    "imports",
    "many",
    "meeting_load",
    "occurrences",
    "openapi",
    "papers",
    "people",
    "plans",
    "problems",
    "programme",
    "proposals",
    "series",
    "study_targets",
    "swaps",
]
