"""A draft on the week that it falls into: what is proposed beside what stands, and what would leave."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from flask import request, url_for

from scheduler import edge
from scheduler.core.bookings import State
from scheduler.core.draft_plans import DraftPlacement, DraftStatus
from scheduler.services import bookings
from scheduler.services.bookings import Query
from scheduler.services.draft_plans import ShownPlan
from scheduler.web.booking_lines import line_of
from scheduler.web.fields import Fields
from scheduler.web.names import Names
from scheduler.web.texts import _
from scheduler.web.weeks import DAYS, Day, Line, week_of
from scheduler.web.words import hours, local, when


@dataclass(frozen=True, slots=True)
class WeekView:
    """The week with the draft on it, and where to go from there."""

    days: list[Day]
    before_href: str
    after_href: str


def week(shown: ShownPlan, names: Names, first: date, *, may_change: bool) -> WeekView | None:
    """The week asked for, else that of the first placement; None when a list is wanted, or nothing is a draft any more."""
    if request.args.get("view") != "week" or shown.plan.status is not DraftStatus.DRAFT:
        return None
    day = Fields(request.args).day("day") or first
    monday = day - timedelta(days=day.weekday())
    entries = [*_standing(shown, names, monday), *_proposed(shown, names, monday, may_change=may_change)]
    before, after = (
        url_for("pages.plan", run_id=shown.run.id, view="week", day=(monday + timedelta(days=step)).isoformat())
        for step in (-DAYS, DAYS)
    )
    return WeekView(week_of(monday, entries), before, after)


def _standing(shown: ShownPlan, names: Names, monday: date) -> Iterator[tuple[datetime, Line]]:
    """What stands, as far as the visitor may see it; what the draft would move away is marked."""
    asked = Query(first=monday, last=monday + timedelta(days=DAYS - 1))
    leaving = {one.placement.moves for one in shown.moved}
    for seen in bookings.listing(edge.session(), edge.actor(), asked, edge.clock()):
        if seen.state != State.CANCELLED:
            line = line_of(seen, names)
            if seen.id in leaving:
                line = replace(line, state="leaving", remark=_("将移走"))
            yield local(seen.span.start), line


def _proposed(shown: ShownPlan, names: Names, monday: date, *, may_change: bool) -> Iterator[tuple[datetime, Line]]:
    """What the draft has in the week."""
    for placement in shown.plan.placements:
        start = local(placement.start)
        if monday <= start.date() < monday + timedelta(days=DAYS):
            number = placement.number
            href = url_for("pages.placement", run_id=shown.run.id, number=number) if may_change else ""
            yield start, _line(placement, names, href)


def _line(placement: DraftPlacement, names: Names, href: str) -> Line:
    return Line(
        href=href,
        name=names.people(placement.people),
        kind=placement.kind,
        kind_shown="",
        when=when(placement.span),
        hours=hours(placement.span),
        where=names.room(placement.room),
        who="",
        state="draft",
        is_talk=True,
        state_shown=False,
        remark=_("草案，已固定") if placement.is_pinned else _("草案"),
    )
