"""What a talk has to be that somebody books for themself: asked for by a rule, short, in working time, not too soon, not too many."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from scheduler.core.bookings import conflicts
from scheduler.core.coverage.report import RequirementState
from scheduler.core.ground.bookings import Draft
from scheduler.core.ground.findings import Finding, Findings
from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.spans import Span

MAX_MINUTES = 120
"""Of one such talk."""
MAX_OPEN = 5
"""Such talks of one person that lie ahead, proposed or agreed on."""
_INSIDE = frozenset({"weekend", "holiday", "lunch", "outside_hours", "outside_window"})
"""What is a warning to organizers and refuses a member's own talk."""


def is_asked(requirements: Sequence[RequirementState] | None) -> bool:
    """Whether a rule asks for a talk that is neither arranged nor held yet."""
    return any(len(state.talks) < state.requirement.needed for state in requirements or ())


def limited(findings: Findings, draft: Draft, earliest: datetime, standing: int, *, is_required: bool) -> Findings:
    """The findings of a talk that somebody books for themself; `standing`: how many they have that lie ahead."""
    refused = []
    if not is_required:
        refused.append(Finding("own_talk_not_asked", ""))
    if standing >= MAX_OPEN:
        refused.append(Finding("own_talks_full", "", {"most": MAX_OPEN}))
    return _placed(findings, draft, earliest, refused)


def coarsened(exact: Findings, wide: Findings, person: PersonId | None) -> Findings:
    """The findings, with whoever else cannot be had at some moment of the half hours that the draft touches (`wide`).

    So that nobody finds out by trying, minute by minute, from when to when others are taken.
    """
    told = {finding.subject for finding in exact.blocking}
    also = [f for f in wide.blocking if f.kind in conflicts.ALIKE and f.subject not in {*told, person}]
    return replace(exact, blocking=(*exact.blocking, *also))


def agreed(findings: Findings, draft: Draft, *, is_required: bool) -> Findings:
    """The findings of one that the other accepts: they had their notice, and it counted among the open ones all along."""
    return limited(findings, draft, draft.span.start, 0, is_required=is_required)


def moved(findings: Findings, old: Span, draft: Draft, earliest: datetime) -> Findings:
    """The findings of one's own talk at another time than the old one; a start that stays needs no notice."""
    return _placed(findings, draft, min(earliest, draft.span.start) if draft.span.start == old.start else earliest, [])


def _placed(findings: Findings, draft: Draft, earliest: datetime, refused: list[Finding]) -> Findings:
    """With what its time refuses; what refuses it to anybody is said alone."""
    if findings.blocking:
        return findings
    if draft.span.end - draft.span.start > timedelta(minutes=MAX_MINUTES):
        refused.append(Finding("own_talk_too_long", "", {"most": MAX_MINUTES}))
    if draft.span.start < earliest:
        refused.append(Finding("notice_too_short", "", {"earliest": earliest}))
    refused += [finding for finding in findings.warnings if finding.kind in _INSIDE]
    warnings = tuple(finding for finding in findings.warnings if finding.kind not in _INSIDE)
    return replace(findings, blocking=tuple(refused), warnings=warnings)
