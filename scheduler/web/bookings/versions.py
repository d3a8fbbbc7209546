"""Two people changed one booking: what stands now and what the later one typed, side by side, to choose from."""

from dataclasses import dataclass

from flask import url_for

from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground.bookings import Kind, State
from scheduler.core.ground.ids import RoomId
from scheduler.core.ground.spans import lasting
from scheduler.services.bookings.acts import BookingChange
from scheduler.web.page import facts
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _
from scheduler.web.page.words import listed


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One thing in both versions."""

    label: str
    now: str
    typed: str

    @property
    def is_different(self) -> bool:
        """Whether there is something to choose."""
        return self.now != self.typed


@dataclass(frozen=True, slots=True)
class Versions:
    """A booking as it stands now, and as it was typed."""

    rows: list[VersionRow]
    stands: bool
    """Whether the booking is still on the calendar."""
    keep_href: str
    """Where one goes who leaves it as it stands."""


def versions(seen: SeenBooking, change: BookingChange, names: Names) -> Versions:
    """Both versions, row by row."""
    start, minutes = change.start or seen.span.start, change.minutes or 0
    typed_span = lasting(start, minutes) if minutes else seen.span
    gone = set(change.remove_people)
    typed_people = [*(p for p in seen.people if p not in gone), *(p for p in change.add_people if p not in seen.people)]
    rows = [
        VersionRow(_("时间"), facts.span_text(seen.span), facts.span_text(typed_span)),
        VersionRow(_("地点"), _room(seen.room, names), _room(change.room or None, names)),
    ]
    if seen.kind != Kind.TALK and change.title is not None:
        rows.insert(0, VersionRow(_("名称"), seen.title, change.title))
    if change.hours is not None and (change.hours or None) != seen.hours:
        rows.append(VersionRow(_("学时"), _hours(seen.hours), _hours(change.hours)))
    if not seen.audience:
        rows.append(
            VersionRow(_("人员"), *(listed(map(names.person, people)) for people in (seen.people, typed_people)))
        )
    return Versions(rows, seen.state != State.CANCELLED, url_for("bookings.booking", booking_id=seen.id))


def wanted_text(change: BookingChange, names: Names) -> str:
    """When and where somebody wanted it, in a few words."""
    span = lasting(change.start, change.minutes) if change.start and change.minutes else None
    return f"{facts.span_text(span) if span else ''} {names.room(change.room)}".strip()


def _hours(hours: float | None) -> str:
    return f"{hours:g}" if hours else _("按时间计")


def _room(room: RoomId | str | None, names: Names) -> str:
    return names.room(RoomId(room)) if room else _("未定")
