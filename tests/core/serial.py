"""Questions for series, with boring defaults."""

from collections.abc import Collection
from datetime import date

from scheduler.core.ground.bookings import Absence
from scheduler.core.ground.ids import PersonId, RoomId
from scheduler.core.ground.spans import Span
from scheduler.core.sessions.series import Invited, SeriesPlan, SeriesRequest, SeriesRoom, half_days


def invited(person: str, *taken: Span, must_come: bool = False, absences: Collection[Absence] = ()) -> Invited:
    return Invited(PersonId(person), must_come, taken, tuple(absences))


def a_room(room: str, *taken: Span) -> SeriesRoom:
    return SeriesRoom(RoomId(room), taken)


def asked(
    count: int = 2,
    first: str = "2014-07-01",
    last: str = "2014-07-31",
    minutes: int = 120,
    who: Collection[Invited] = (invited("p01"),),
    on: str = "",
    **more: object,
) -> SeriesRequest:
    """A series of p01 alone in July 2014 (it begins on a Tuesday), at any time of the week."""
    if on:
        more["half_days"] = frozenset().union(*(half_days(word) for word in on.split(",")))
    return SeriesRequest(count, minutes, date.fromisoformat(first), date.fromisoformat(last), tuple(who), **more)  # type: ignore[arg-type]


def said(plan: SeriesPlan) -> list[str]:
    """Each session as `01 08:30`, with its room if there is one."""
    return [f"{s.span.start:%d %H:%M} {s.room or ''}".strip() for s in plan.sessions]
