"""What changed in the matrix since the day it is compared with: how many of each kind, and which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from scheduler import edge
from scheduler.core.coverage.changes import ChangeKind, CoverageChange, counted
from scheduler.core.coverage.matrix import Filter
from scheduler.services.coverage import report as service
from scheduler.services.coverage.report import Report
from scheduler.web.coverage import squares
from scheduler.web.coverage.days import Days
from scheduler.web.coverage.drawings import direction
from scheduler.web.page import facts
from scheduler.web.page.names import Names
from scheduler.web.page.paging import kept_args
from scheduler.web.page.words import listed

CHANGES_SHOWN = 30


@dataclass(frozen=True, slots=True)
class CoverageChangeLine:
    """What became of one requirement since the day it is compared with."""

    kind: ChangeKind
    direction: str
    what: str
    reason: str
    key: str
    href: str
    """The square; empty for what is no longer asked."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since a day: how many of each kind, and which."""

    since: date
    counts: Mapping[ChangeKind, int]
    lines: list[CoverageChangeLine]
    left: int
    """So many more than are listed."""


def changed_since(report: Report, days: Days) -> tuple[CoverageChange, ...]:
    """What became of the requirements since the day they are compared with, if there is one."""
    if not days.since:
        return ()
    return service.changed_since(edge.session(), edge.actor(), report, days.since, edge.clock())


def changes_of(
    changed: Sequence[CoverageChange], selection: Filter, since: date, names: Names, report: Report
) -> Changes:
    """The changes as they are listed: those of the squares that are shown."""
    shown = [change for change in changed if (state := change.after or change.before) and selection.wants(state)]
    lines = [
        CoverageChangeLine(
            change.kind,
            direction(change.kind),
            squares.heading(change.requirement, names),
            listed(facts.rule_name(report.spec, rule) for rule in change.requirement.rules),
            change.requirement.key,
            url_for("coverage.square", key=change.requirement.key, **kept_args()) if change.after else "",
        )
        for change in shown[:CHANGES_SHOWN]
    ]
    return Changes(since, counted(shown), lines, len(shown) - len(lines))
