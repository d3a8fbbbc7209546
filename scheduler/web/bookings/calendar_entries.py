"""Bookings as the calendar draws them: times of the wall clock without an offset, words already chosen, where they can be sent."""

from datetime import datetime, timedelta

from flask import url_for

from scheduler import edge, wording
from scheduler.core.arranging.drafts import DraftPlacement
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground.bookings import Kind, State
from scheduler.core.ground.ids import PlanRunId
from scheduler.core.ground.spans import Span, local_days
from scheduler.web.bookings.lines import line_of, may_change_seen
from scheduler.web.page import facts
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _
from scheduler.web.page.words import local, when

Entry = dict[str, object]
"""An entry as the script gets it."""
SIGNS = {State.HELD: "✓", State.AWAITING_CONFIRMATION: "◐"}
"""Beside what is simply booked nothing need be said."""


def entry(seen: SeenBooking, names: Names, number: int = 0) -> Entry:
    """One booking. What a viewer may not know has no name of its own, so it is numbered."""
    line = line_of(seen, names)
    can_move = seen.state == State.BOOKED and may_change_seen(seen)
    return {
        "id": seen.id or f"busy-{number}",
        "start": wall(seen.span.start),
        "end": wall(seen.span.end),
        "days": days_of(seen.span),
        "name": line.name,
        "when": line.when,
        "kind": line.kind_shown,
        "where": line.where,
        "state": seen.state,
        "sign": SIGNS.get(State(seen.state), "") if seen.kind == Kind.TALK else "",
        "word": wording.label(seen.state, edge.lang()) if line.state_shown else "",
        "is_talk": line.is_talk,
        "href": line.href,
        "action": url_for("bookings.change_booking", booking_id=seen.id) if can_move else "",
        "cancel": url_for("bookings.cancel_booking", booking_id=seen.id) if can_move else "",
        "taken": url_for("bookings.taken_for_booking", booking_id=seen.id) if can_move else "",
        "version": seen.version,
        "room": seen.room or "",
        "people": list(seen.people),
        "asks": [],
        "remark": line.remark,
        "plan": "",
    }


def proposed(run: PlanRunId, placement: DraftPlacement, version: int, names: Names, *, may_change: bool) -> Entry:
    """One placement of a draft: it moves within the draft, whose version is that of all its placements."""
    href = url_for("arranging.placement", run_id=run, number=placement.number) if may_change else ""
    moves = placement.moves
    return {
        "id": f"{run}-{placement.number}",
        "start": wall(placement.span.start),
        "end": wall(placement.span.end),
        "days": [],
        "name": placement.title or names.people(placement.people),
        "when": when(placement.span),
        "kind": "",
        "where": names.room(placement.room),
        "state": "draft",
        "sign": "◆" if placement.is_pinned else "",
        "word": _("草案，已固定") if placement.is_pinned else _("草案"),
        "is_talk": placement.kind is Kind.TALK,
        "href": href,
        "action": href,
        "cancel": "",
        "taken": url_for("bookings.taken_for_booking", booking_id=moves)
        if moves
        else url_for("bookings.taken_for_talk"),
        "version": version,
        "room": placement.room or "",
        "people": list(placement.people),
        "asks": [] if moves else list(placement.people),
        "remark": "",
        "plan": run,
    }


def days_of(span: Span) -> list[str]:
    """The first day of what lasts several, and the one after its last; nothing for what lasts one."""
    if not facts.working_time().is_of_days(span):
        return []
    days = [day for day, _start, _end in local_days(span, edge.zone())]
    return [days[0].isoformat(), (days[-1] + timedelta(days=1)).isoformat()]


def wall(moment: datetime) -> str:
    """A moment as the organisation's wall clock shows it, for a calendar that knows no zones: 2014-08-05T09:00."""
    return f"{local(moment):%Y-%m-%dT%H:%M}"


def walls(span: Span) -> tuple[str, str]:
    """The same of both ends."""
    return wall(span.start), wall(span.end)
