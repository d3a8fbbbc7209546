"""Named remarks about a booking, a rule or the organisation. Data here; sentences are made in `wording`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

BLOCKING = ("person_taken", "room_taken", "absence", "person_unavailable", "empty_audience")
"""Kinds that refuse a booking."""
WARNING = (
    "room_too_small",
    "room_use",
    "attendee_unavailable",
    "weekend",
    "holiday",
    "lunch",
    "outside_hours",
    "outside_window",
    "year_not_published",
)
"""Kinds that warn and never forbid."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark: what `kind`, about which bare id (`subject`), and what the sentence needs to know."""

    kind: str
    subject: str
    details: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Findings:
    """What is to be said about one draft of a booking, sorted by weight."""

    blocking: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    hints: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> "Findings":
        """Sort findings by what their kind means; a kind in neither list is a hint."""
        blocking, warnings, hints = [], [], []
        for finding in findings:
            if finding.kind in BLOCKING:
                blocking.append(finding)
            elif finding.kind in WARNING:
                warnings.append(finding)
            else:
                hints.append(finding)
        return cls(tuple(blocking), tuple(warnings), tuple(hints))
