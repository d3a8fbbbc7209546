"""The pages: parse what was typed, call a verb, print the answer. One page, one file."""

from flask import Blueprint

pages = Blueprint("pages", __name__)

from scheduler.web import (  # noqa: E402 - the views hang themselves on `pages`
    absences,
    accounts,
    booking_forms,
    bookings,
    coverage,
    errors,
    free_times,
    imports,
    journal,
    layout,
    ledger,
    me,
    people,
    programme,
    rooms,
    rules,
    series,
    sign_in,
    study,
    swaps,
    times,
    units,
    words,
)

__all__ = [
    "absences",
    "accounts",
    "booking_forms",
    "bookings",
    "coverage",
    "errors",
    "free_times",
    "imports",
    "journal",
    "layout",
    "ledger",
    "me",
    "pages",
    "people",
    "programme",
    "rooms",
    "rules",
    "series",
    "sign_in",
    "study",
    "swaps",
    "times",
    "units",
    "words",
]
