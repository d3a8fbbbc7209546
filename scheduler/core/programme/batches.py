"""Training in batches: who is in which, and how many places are left. Nobody is in two."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import CampaignId


@dataclass(frozen=True, slots=True)
class BatchPerson:
    """Somebody in a batch: from a body outside, by name as far as it is known."""

    contact: str
    name: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """A training of several days with so many places."""

    id: str
    name: str
    first: date
    last: date
    place: str = ""
    cap: int | None = None
    """None: as many as come."""
    people: tuple[BatchPerson, ...] = ()
    campaign: CampaignId | None = None

    @property
    def count(self) -> int:
        """How many are in it."""
        return len(self.people)

    @property
    def left(self) -> int | None:
        """How many places are left; None: there is no cap."""
        return None if self.cap is None else self.cap - len(self.people)

    def has_ended(self, day: date) -> bool:
        """Whether it was over on a day."""
        return self.last <= day


def is_same(one_person: BatchPerson, other: BatchPerson) -> bool:
    """Whether two entries are one person: of one body, and of one name unless one of them says none."""
    names = {person.name for person in (one_person, other)} - {""}
    return one_person.contact == other.contact and len(names) < 2


def without_place(batch: Batch, batches: Iterable[Batch], people: Sequence[BatchPerson]) -> list[Finding]:
    """Who of these cannot be put into a batch, and why: in another one already, or no place left."""
    others = [(other.id, person) for other in batches if other.id != batch.id for person in other.people]
    new = [p for p in dict.fromkeys(people) if not any(is_same(p, there) for there in batch.people)]
    findings, places = [], batch.left
    for person in new:
        if elsewhere := next((other for other, there in others if is_same(person, there)), None):
            findings.append(Finding("in_another_batch", person.contact, {"batch": elsewhere}))
        elif places is not None and places <= 0:
            findings.append(Finding("batch_full", person.contact, {"batch": batch.id, "cap": batch.cap}))
        elif places is not None:
            places -= 1
    return findings
