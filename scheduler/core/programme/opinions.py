"""Opinions asked in writing, and how many came in from where and on what. The numbers alone; no text of an opinion is kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId, CampaignId
from scheduler.core.ground.rates import percent


class OpinionSource(StrEnum):
    """Where opinions come from."""

    WRITTEN = "written"
    SYMPOSIUM = "symposium"
    VISIT = "visit"
    BOX_PHYSICAL = "box_physical"
    BOX_NETWORK = "box_network"


@dataclass(frozen=True, slots=True)
class OpinionRequest:
    """A body outside that is asked for its opinion in writing."""

    id: str
    contact: str
    sent_on: date
    due: date | None = None
    received_on: date | None = None
    waived_on: date | None = None
    """From when it is no longer asked; it is named, and not counted."""
    campaign: CampaignId | None = None

    def is_asked(self, day: date) -> bool:
        """Whether it was asked by a day, and not waived."""
        return self.sent_on <= day and not self.is_waived(day)

    def is_waived(self, day: date) -> bool:
        """Whether it had been waived by a day."""
        return self.sent_on <= day and self.waived_on is not None and self.waived_on <= day

    def is_received(self, day: date) -> bool:
        """Whether it had come in by a day."""
        return self.received_on is not None and self.received_on <= day

    def is_late(self, day: date) -> bool:
        """Whether it came after its day, or had not come when that was over; it stays late."""
        if self.due is None:
            return False
        return self.received_on > self.due if self.received_on and self.received_on <= day else day > self.due


@dataclass(frozen=True, slots=True)
class TallyEntry:
    """So many opinions from a source in an area, entered on a day; either of the two may be empty in a sum."""

    source: str
    area: str
    items: int
    day: date
    booking: BookingId | None = None
    """The symposium they come from."""
    campaign: CampaignId | None = None


@dataclass(frozen=True, slots=True)
class OpinionTally:
    """How many opinions there were by a day."""

    by_source: Mapping[str, int]
    by_area: Mapping[str, int]
    by_symposium: Mapping[str, int]
    findings: tuple[Finding, ...] = ()

    @property
    def items(self) -> int:
        """How many there are, by their sources."""
        return sum(self.by_source.values())

    @property
    def areas(self) -> int:
        """In how many areas."""
        return len(self.by_area)


@dataclass(frozen=True, slots=True)
class OpinionsAsked:
    """Who was asked by a day, and who has answered."""

    requests: tuple[OpinionRequest, ...]
    received: tuple[str, ...]
    late: tuple[str, ...]
    outstanding: tuple[str, ...]
    waived: tuple[str, ...]

    @property
    def total(self) -> int:
        """How many were asked."""
        return len(self.requests)

    @property
    def received_total(self) -> int:
        """How many have answered."""
        return len(self.received)

    @property
    def rate(self) -> float | None:
        """How many of those asked have answered, in percent."""
        return percent(len(self.received), len(self.requests))


def asked_by(requests: Iterable[OpinionRequest], day: date) -> OpinionsAsked:
    """Who had been asked by a day, in the order of their ids; those waived are named apart."""
    in_order = sorted(requests, key=lambda request: (len(request.id), request.id))
    counted = tuple(request for request in in_order if request.is_asked(day))
    return OpinionsAsked(
        counted,
        tuple(request.id for request in counted if request.is_received(day)),
        tuple(request.id for request in counted if request.is_late(day)),
        tuple(request.id for request in counted if not request.is_received(day)),
        tuple(request.id for request in in_order if request.is_waived(day)),
    )


def tally(entries: Iterable[TallyEntry], day: date) -> OpinionTally:
    """The opinions entered by a day; where sources and areas do not sum up alike, a finding says so."""
    entered = [entry for entry in entries if entry.day <= day]
    by_source = _summed((entry.source, entry.items) for entry in entered)
    by_area = _summed((entry.area, entry.items) for entry in entered)
    sums = sum(by_source.values()), sum(by_area.values())
    findings = (Finding("tally_differs", "", {"by_source": sums[0], "by_area": sums[1]}),) if sums[0] != sums[1] else ()
    symposiums = _summed(
        (entry.booking or "", entry.items) for entry in entered if entry.source == OpinionSource.SYMPOSIUM
    )
    in_order = {source: by_source[source] for source in _in_order(by_source)}
    return OpinionTally(in_order, by_area, symposiums, findings)


def _summed(numbers: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The sums by name; what has no name is left out."""
    sums: dict[str, int] = {}
    for name, number in numbers:
        if name:
            sums[name] = sums.get(name, 0) + number
    return sums


def _in_order(sources: Iterable[str]) -> Sequence[str]:
    """Sources in the order of the enumeration."""
    return sorted(sources, key=lambda source: list(OpinionSource).index(OpinionSource(source)))
