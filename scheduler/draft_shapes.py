"""Runs of the planner and draft plans in the words of our JSON: what `plans` prints and the API answers, the same in both."""

from datetime import datetime
from zoneinfo import ZoneInfo

from scheduler import shapes, wording
from scheduler.core.arranging.drafts import DraftPlan, DraftUnplaced
from scheduler.core.arranging.runs import PlanRun
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import PersonId, RoomId
from scheduler.core.plans.placements import Repair
from scheduler.services.arranging.drafts import Difference, ShownPlan
from scheduler.services.arranging.release import Misfit, Release
from scheduler.services.arranging.runs import ListedRun
from scheduler.shapes import Document, Json
from scheduler.wording import plan_reasons
from scheduler.wording.plan_reasons import NameOf


def run(listed: ListedRun) -> Document:
    """A run: its state, how far it is, and what became of its draft. Moments are real time, UTC."""
    found = listed.run
    progress = found.progress
    return {
        "id": found.id,
        "state": found.state.value,
        "status": listed.draft.value if listed.draft else None,
        "rule_set": found.rule_set,
        "asked_by": found.asked_by,
        "asked_at": _real(found.asked_at),
        "claimed_at": _real(found.claimed_at),
        "finished_at": _real(found.finished_at),
        "cancelling": found.is_cancelling and not found.state.is_over,
        "error": found.error.value if found.error else None,
        "seconds": round(progress.seconds, 3),
        "placed": progress.placed,
        "of": progress.of,
        "values": {goal.value: value for goal, value in progress.values.items()},
        "bounds": {goal.value: value for goal, value in progress.bounds.items()},
    }


def waiting(found: PlanRun) -> Document:
    """A run that has no draft yet, or never had one, in the shape of `shown`."""
    return {**run(ListedRun(found, None)), "plan_status": None, "version": None, **_nothing()}


def shown(found: ShownPlan, zone: ZoneInfo, lang: str) -> Document:
    """A run with its draft: what is placed where, what that changes, what is not placed and why, how good it is."""
    plan, name_of = found.plan, names(found, lang)
    return {
        **run(ListedRun(found.run, plan.status)),
        "plan_status": plan.plan_status.value,
        "version": plan.version,
        "placements": [difference(one, zone, lang) for one in found.differences],
        "unplaced": [_unplaced(one, name_of, lang) for one in plan.unplaced],
        "values": {goal.value: value for goal, value in plan.values.items()},
        "bounds": {goal.value: value for goal, value in plan.bounds.items()},
        "binding": reason(plan.binding, name_of, lang) if plan.binding else "",
    }


def difference(one: Difference, zone: ZoneInfo, lang: str) -> Document:
    """A placement, and what it would change on the calendar."""
    placement, before = one.placement, one.before
    return {
        "number": placement.number,
        "kind": placement.kind.value,
        "people": shapes.strings(placement.people),
        "start": shapes.local(placement.start, zone),
        "minutes": placement.minutes,
        "room": placement.room,
        "rules": shapes.strings(placement.rules),
        "pinned": placement.is_pinned,
        "moves": placement.moves,
        "from": {"start": shapes.local(before.span.start, zone), "room": before.room} if before else None,
        "booking": placement.booking,
        **shapes.findings(one.findings, lang),
    }


def released(found: Release, lang: str) -> Document:
    """What a release put on the calendar."""
    booked: list[Json] = [one.booking.id for one in found.booked]
    left: list[Json] = [misfit(one, lang) for one in found.left]
    return {"ok": True, "id": found.plan.run, "status": found.plan.status.value, "booked": booked, "left": left}


def misfit(one: Misfit, lang: str) -> Document:
    """A placement that does not fit, and why."""
    return {
        "number": one.placement.number,
        "people": shapes.strings(one.placement.people),
        "blocking": shapes.finding_list(one.findings, lang),
    }


def decided(plan: DraftPlan) -> Document:
    """What became of a draft."""
    return {"ok": True, "id": plan.run, "status": plan.status.value}


def names(found: ShownPlan, lang: str) -> NameOf:
    """What people and rooms are called."""

    def name_of(one: str) -> str:
        if room := found.rooms.get(RoomId(one)):
            return room.name if lang == "zh" else room.name_en or room.name
        return found.roster.name(PersonId(one))

    return name_of


def reason(found: Finding, name_of: NameOf, lang: str) -> str:
    """Why something has no place, or what binds the plan, with names."""
    if found.kind in plan_reasons.SENTENCES:
        return plan_reasons.sentence(found, name_of, lang)
    return wording.text(found, lang)


def _unplaced(one: DraftUnplaced, name_of: NameOf, lang: str) -> Document:
    """What has no place, why, and what would help."""
    reasons: list[Json] = [
        {"kind": found.kind, "subject": found.subject, "text": reason(found, name_of, lang)} for found in one.reasons
    ]
    repairs: list[Json] = [_repair(repair, name_of, lang) for repair in one.repairs]
    return {
        "people": shapes.strings(one.people),
        "rules": shapes.strings(one.rules),
        "booking": one.booking,
        "reasons": reasons,
        "repairs": repairs,
    }


def _repair(repair: Repair, name_of: NameOf, lang: str) -> Document:
    text = plan_reasons.repair_text(repair, name_of, lang)
    return {"kind": repair.kind, "text": text, "verified": repair.is_verified}


def _nothing() -> Document:
    return {"placements": [], "unplaced": [], "binding": ""}


def _real(moment: datetime | None) -> str | None:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else None
