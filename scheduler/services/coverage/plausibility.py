"""Talks of a ledger that one would ask about, as far as the viewer may know what makes them odd."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from scheduler.core.coverage import plausibility
from scheduler.core.coverage.plausibility import Oddities, PlausibilityFacts
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import State
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.spans import Span
from scheduler.services.coverage.report import LedgerLine, Report, ledger_lines
from scheduler.store import load

OddLine = tuple[LedgerLine, Sequence[Finding]]
"""A line of the ledger, and what is odd about its talk."""


def odd_lines(session: Session, actor: Actor, report: Report) -> list[OddLine]:
    """The lines of a ledger that one would ask about, by date."""
    lines = ledger_lines(actor, report)
    odd = oddities(session, actor, report, lines)
    return [(line, odd[line.id]) for line in lines if line.id in odd]


def oddities(session: Session, actor: Actor, report: Report, lines: Sequence[LedgerLine]) -> Oddities:
    """What is odd about the held talks among the lines of a ledger; who was away is told to those only who see absences."""
    access.require(actor, Action.SEE_LEDGER)
    talks = tuple(line.talk for line in lines if line.state is State.HELD)
    if not talks:
        return {}
    zone = report.as_of.zone
    first, last = talks[0].day(zone), talks[-1].day(zone)
    whole = Span(min(talk.span.start for talk in talks), max(talk.span.end for talk in talks))
    sees_absences = access.may(actor, Action.SEE_ABSENCES)
    others = load.bookings(session, span=whole)
    return plausibility.oddities(
        PlausibilityFacts(
            talks=talks,
            bookings=tuple(other for other in others if access.may_see_booking(actor, other)),
            absences=load.absences(session, None, first, last) if sees_absences else (),
            roster=report.roster,
            rooms=load.rooms(session),
            working_time=report.working_time,
        )
    )
