"""Plans in the words of our JSON: what `arrange` prints and the API answers, the same in both."""

from scheduler import shapes
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import PersonId, RoomId
from scheduler.core.plans.placements import Plan, Unplaced
from scheduler.services.arranging.problem import Arrangement, Proposal, proposals
from scheduler.shapes import Document, Json
from scheduler.wording.arranging import NameOf, reason_text, repair_text


def names(found: Arrangement, lang: str) -> NameOf:
    """What people and rooms are called."""
    facts = found.facts

    def name_of(one: str) -> str:
        if room := facts.rooms.get(RoomId(one)):
            return room.name if lang == "zh" else room.name_en or room.name
        return facts.roster.name(PersonId(one))

    return name_of


def arrangement(found: Arrangement, plan: Plan, lang: str) -> Document:
    """A finished plan: what is placed where, what is not and why, how good it is and what keeps it from being better."""
    name_of = names(found, lang)
    return {
        "rule_set": found.facts.rule_set,
        "as_of": shapes.day(found.facts.as_of.day),
        "status": plan.status.value,
        "placed": len(plan.placements),
        "of": found.count,
        "placements": [proposal(one, found) for one in proposals(found, plan)],
        "unplaced": [_unplaced(one, found, name_of, lang) for one in plan.unplaced],
        "values": {goal.value: value for goal, value in plan.values.items()},
        "bounds": {goal.value: value for goal, value in plan.bounds.items()},
        "binding": reason_text(plan.binding, name_of, lang) if plan.binding else "",
        "findings": [_finding(one, name_of, lang) for one in found.findings],
    }


def proposal(one: Proposal, found: Arrangement) -> Document:
    """A talk as it would be booked; in a repair, which booking it is and whether it moves."""
    document: Document = {
        "people": shapes.strings(one.people),
        "start": shapes.local(one.start, found.facts.as_of.zone),
        "minutes": one.minutes,
        "room": one.room,
        "rules": shapes.strings(one.rules),
    }
    if one.booking:
        document |= {"booking": one.booking.id, "moved": one.is_moved}
    return document


def _unplaced(one: Unplaced, found: Arrangement, name_of: NameOf, lang: str) -> Document:
    """A talk without a place, why, and what would help."""
    talk = found.talks[one.talk]
    repairs: list[Json] = [
        {"kind": repair.kind, "text": repair_text(repair, name_of, lang), "verified": repair.is_verified}
        for repair in one.repairs
    ]
    document: Document = {
        "people": shapes.strings(talk.asked.people),
        "rules": shapes.strings(talk.rules),
        "reasons": [_finding(reason, name_of, lang) for reason in one.reasons],
        "repairs": repairs,
    }
    if talk.asked.any_of:
        document["pool"] = shapes.strings(talk.asked.any_of[0])
    if talk.booking:
        document["booking"] = talk.booking.id
    return document


def _finding(found: Finding, name_of: NameOf, lang: str) -> Document:
    return {"kind": found.kind, "subject": found.subject, "text": reason_text(found, name_of, lang)}
