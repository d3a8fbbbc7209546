"""A series decided: its sessions, or as many as there can be, with why not all and what would help."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from scheduler.core.ground.findings import Finding
from scheduler.core.ground.working_time import WorkingTime
from scheduler.core.sessions.series import (
    EVERY_HALF_DAY,
    PlacedSession,
    RepairKind,
    SeriesPlan,
    SeriesRepair,
    SeriesRequest,
)
from scheduler.core.sessions.series_choice import choose, most
from scheduler.core.sessions.series_slots import Calendar, Needs, Slot

NAMED = 3
"""So many people who are in the way are named."""
OTHER_HALF_DAYS = 2
"""So many half-days are proposed besides those asked."""


def decide(request: SeriesRequest, working_time: WorkingTime) -> SeriesPlan:
    """The best series there can be; if it is not all that was asked, why, and with which one change it would be."""
    calendar = Calendar(request, working_time)
    slots = calendar.slots(request)
    chosen = choose(slots, request)
    fewest = sorted(len(slot.missing) for slot in slots)[: len(chosen)]
    plan = SeriesPlan(request.count, tuple(_placed(slot, request) for slot in chosen), len(slots), sum(fewest))
    if plan.is_complete:
        return plan
    return replace(plan, reasons=tuple(_reasons(request, calendar)), repairs=tuple(_repairs(request, calendar, plan)))


def _placed(slot: Slot, request: SeriesRequest) -> PlacedSession:
    return PlacedSession(slot.span, slot.room, slot.missing, len(request.people) - len(slot.missing))


# ── Why not ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def _reasons(request: SeriesRequest, calendar: Calendar) -> Iterator[Finding]:
    """The first of calendar, people and rooms with which it cannot be, each taken together with those before it."""
    days = _days(calendar.slots(request, Needs.DAYS))
    if most(days, request) < request.count:
        yield from _too_tight(request, calendar)
        return
    subject = request.first.isoformat()
    free = _days(calendar.slots(request, Needs.PEOPLE))
    if most(free, request) == request.count:
        yield _no_room(request, with_room=len(calendar.slots(request)), of=len(free))
        return
    yield Finding("series_people", subject, {"days": len(free), "of": len(days)})
    for person, count in list(calendar.takers(request).items())[:NAMED]:
        yield Finding("series_person", person, {"days": count, "of": len(days)})


def _no_room(request: SeriesRequest, with_room: int, of: int) -> Finding:
    """That no room is large enough, or that the one asked for, or all of them, are taken too often."""
    subject = request.rooms[0].room if request.rooms and len(request.rooms) == 1 else request.first.isoformat()
    return Finding("series_room" if request.rooms else "series_no_room", subject, {"days": with_room, "of": of})


def _too_tight(request: SeriesRequest, calendar: Calendar) -> list[Finding]:
    """Why even an empty calendar has no room for so many: days, distance or week, or only distance and week together."""
    subject, count = request.first.isoformat(), request.count
    at_any_distance = replace(request, apart=1, per_week=None)
    days = len(calendar.slots(at_any_distance, Needs.DAYS))
    by_apart = _fitting(replace(request, per_week=None), calendar)
    by_week = _fitting(replace(request, apart=1), calendar)
    findings = []
    if days < count:
        findings.append(Finding("series_days", subject, {"most": days}))
    if by_apart < min(count, days):
        findings.append(Finding("series_apart", subject, {"most": by_apart, "apart": request.apart}))
    if by_week < min(count, days):
        findings.append(Finding("series_per_week", subject, {"most": by_week, "per_week": request.weekly}))
    if not findings:
        details = {"most": _fitting(request, calendar), "apart": request.apart, "per_week": request.weekly}
        findings.append(Finding("series_both", subject, details))
    return findings


def _fitting(request: SeriesRequest, calendar: Calendar) -> int:
    """How many sessions would fit if everybody and every room were free."""
    return most(_days(calendar.slots(request, Needs.DAYS)), request)


def _days(slots: list[Slot]) -> list[date]:
    return [slot.day for slot in slots]


# ── What would help ──────────────────────────────────────────────────────────────────────────────────────────────────
def _repairs(request: SeriesRequest, calendar: Calendar, plan: SeriesPlan) -> Iterator[SeriesRepair]:
    """The smallest change of each kind with which everything is placed, each decided again."""
    yield from _other_half_days(request, calendar)
    apart = (replace(request, apart=days) for days in range(request.apart - 1, 0, -1))
    if nearer := next((change for change in apart if _is_enough(change, calendar)), None):
        yield SeriesRepair(RepairKind.APART, nearer.apart, _missed(nearer, calendar))
    more = (replace(request, per_week=count) for count in range(request.weekly + 1, 8))
    if denser := next((change for change in more if _is_enough(change, calendar)), None):
        yield SeriesRepair(RepairKind.PER_WEEK, denser.weekly, _missed(denser, calendar))
    if longer := _longer(request, calendar):
        yield SeriesRepair(RepairKind.LAST, longer.last, _missed(longer, calendar))
    if plan.placed:
        yield SeriesRepair(RepairKind.COUNT, plan.placed, plan.missed)


def _other_half_days(request: SeriesRequest, calendar: Calendar) -> list[SeriesRepair]:
    """The half-days that help, those with which fewest people are missing first."""
    repairs = []
    for half_day in sorted(EVERY_HALF_DAY - request.half_days):
        change = replace(request, half_days=request.half_days | {half_day})
        if _is_enough(change, calendar):
            repairs.append(SeriesRepair(RepairKind.HALF_DAY, half_day, _missed(change, calendar)))
    return sorted(repairs, key=lambda repair: repair.missed)[:OTHER_HALF_DAYS]


def _longer(request: SeriesRequest, calendar: Calendar) -> SeriesRequest | None:
    """The same with the earliest later last day that is late enough: with a later one, never less can be placed."""
    changes = [replace(request, last=day) for day in calendar.days if day > request.last]
    place = bisect_left(changes, 1, key=lambda change: _is_enough(change, calendar))
    return changes[place] if place < len(changes) else None


def _is_enough(request: SeriesRequest, calendar: Calendar) -> bool:
    return most(_days(calendar.slots(request)), request) == request.count


def _missed(request: SeriesRequest, calendar: Calendar) -> int:
    """How many person-sessions the best series misses."""
    return sum(len(slot.missing) for slot in choose(calendar.slots(request), request))
