"""What an organizer orders when a series is to be arranged, and what is proposed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from scheduler.core.ground import grades, written
from scheduler.core.ground.bookings import Draft, Kind
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.findings import Finding, Findings
from scheduler.core.ground.ids import CampaignId, PersonId, RoomId
from scheduler.core.sessions.series import (
    EVERY_HALF_DAY,
    MAX_DAYS_APART,
    MAX_SESSION_MINUTES,
    MAX_SESSIONS,
    MAX_WINDOW,
    HalfDay,
    PlacedSession,
    SeriesPlan,
    Spread,
)
from scheduler.documents.text import clean

NO_ROOM = RoomId("")


@dataclass(frozen=True, slots=True)
class SeriesOrder:
    """So many sessions, or as many as the study hours still need, for these people."""

    kind: Kind
    minutes: int
    first: date
    last: date
    count: int | None = None
    reach_by: date | None = None
    """Instead of a count: as many as bring everybody who comes to all of them to the study hours by this day."""
    people: tuple[PersonId, ...] = ()
    """Named one by one: they must be there."""
    audience: tuple[str, ...] = ()
    must_come: tuple[PersonId, ...] = ()
    """Those of the audience who must be there too."""
    apart: int = 1
    per_week: int | None = None
    half_days: frozenset[HalfDay] = EVERY_HALF_DAY
    spread: Spread = Spread.SOONEST
    room: RoomId | None = None
    """One room, `OFF_SITE`, `NO_ROOM`; None: any that is large enough."""
    host: PersonId | None = None
    title: str = ""
    """With `{n}` where the number goes; it counts on from the sessions that are called so already."""
    campaign: CampaignId | None = None
    """Whose sessions they are; None: of the one that covers their day."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """One session as it was proposed: what is booked is what was seen."""

    start: datetime
    room: RoomId | None = None


@dataclass(frozen=True, slots=True)
class StudyNeed:
    """What the study hours still need by a day."""

    by: date
    asked_hours: float
    lacking: Mapping[PersonId, float]
    """Hours by person, what is booked already taken as attended; those who lack nothing are left out."""
    sessions: int
    still_lacking: Mapping[PersonId, float] = field(default_factory=dict)
    """What they will lack after the sessions proposed, because they cannot come to some."""


@dataclass(frozen=True, slots=True)
class ProposedSession:
    """One session with what the check of a booking says of it."""

    draft: Draft
    placed: PlacedSession
    findings: Findings

    @property
    def missing(self) -> tuple[Finding, ...]:
        """Who cannot come, as far as the asker may know why."""
        return tuple(finding for finding in self.findings.warnings if finding.kind == "attendee_unavailable")


@dataclass(frozen=True, slots=True)
class SeriesProposal:
    """The plan, and each of its sessions as a draft."""

    order: SeriesOrder
    plan: SeriesPlan
    sessions: tuple[ProposedSession, ...] = ()
    need: StudyNeed | None = None


@dataclass(frozen=True, slots=True)
class RegularSeries:
    """Meetings as they come round, each as a draft with what is to be said of it."""

    order: SeriesOrder
    sessions: tuple[tuple[Draft, Findings], ...]


def tidy(order: SeriesOrder) -> SeriesOrder:
    """The order with its words in place. Raises Malformed naming the field."""
    if order.kind is Kind.TALK:
        raise Malformed("unknown_choice", "kind", value=order.kind)
    order = replace(order, audience=tuple(dict.fromkeys(map(grades.selector_of, order.audience))))
    if (order.count is None) == (order.reach_by is None):
        raise Malformed("count_or_hours", "count")
    if order.reach_by:
        order = replace(order, last=min(order.last, order.reach_by))
    if order.last < order.first:
        raise Malformed("ends_before_it_starts", "to")
    if order.last - order.first > MAX_WINDOW:
        raise Malformed("window_too_long", "to", days=MAX_WINDOW.days)
    for name, value, most in (
        ("minutes", order.minutes, MAX_SESSION_MINUTES),
        ("count", order.count, MAX_SESSIONS),
        ("apart", order.apart, MAX_DAYS_APART),
        ("per_week", order.per_week, 7),
    ):
        if value is not None and not 1 <= value <= most:
            raise Malformed("out_of_range", name, value=value, first=1, last=most)
    if not order.half_days:
        raise Malformed("missing", "half_days")
    title = clean(order.title)
    if len(title) > written.MAX_LINE:
        raise Malformed("too_long", "title", last=written.MAX_LINE)
    return replace(order, title=title)
