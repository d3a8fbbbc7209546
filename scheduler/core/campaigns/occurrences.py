"""Occurrences: what befalls a person and event rules react to (an award, a transfer …). Seen by organizers and the two people only."""

from dataclasses import dataclass
from datetime import date

from scheduler.core.ground.ids import PersonId


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Something of a `kind` (a word of the rule files) that befell `person` on `day`."""

    id: int
    kind: str
    person: PersonId
    day: date
