"""Removing what nothing hangs on, with the way back; where something hangs, what it is and what else can be done."""

from collections.abc import Mapping

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import NotFound, Refused
from scheduler.core.ground.ids import PersonId, RoomId, UnitId
from scheduler.services.organisation import removal
from scheduler.services.organisation.removal import Removable
from scheduler.web.organisation import pages
from scheduler.web.page import facts, undo
from scheduler.web.page.once import once
from scheduler.web.page.texts import _


@pages.post("/people/<person_id>/remove")
@edge.policy(Action.EDIT_ORGANISATION)
@once
def remove_person(person_id: str) -> ResponseReturnValue:
    """Remove somebody who was entered by mistake."""
    someone = facts.roster().people.get(PersonId(person_id))
    if someone is None:
        raise NotFound("person", person_id)
    typed = {
        "name": someone.name,
        "unit": someone.unit,
        "position": someone.position,
        "rank": someone.rank,
        "grade": someone.grade,
        "category": someone.category,
        "party_status": someone.party_status,
        "branch": someone.branch,
        "tags": "、".join(someone.tags),
        "namesake": someone.name,
    }
    there = url_for("organisation.person", person_id=person_id)
    return _removed(Removable.PERSON, person_id, someone.name, there, "people", ("organisation.add_person", typed))


@pages.post("/units/<unit_id>/remove")
@edge.policy(Action.EDIT_ORGANISATION)
@once
def remove_unit(unit_id: str) -> ResponseReturnValue:
    """Remove a unit that nobody works in."""
    names = facts.names()
    unit = names.roster.units.get(UnitId(unit_id))
    if unit is None:
        raise NotFound("unit", unit_id)
    typed = {
        "name": unit.name,
        "name_en": unit.name_en,
        "kind": unit.kind,
        "in_charge": "、".join(facts.person_text(names, person) for person in unit.in_charge),
        "head": facts.person_text(names, unit.head) if unit.head else "",
        "acting_head": facts.person_text(names, unit.acting_head) if unit.acting_head else "",
    }
    there = url_for("organisation.edit_unit", unit_id=unit_id)
    return _removed(Removable.UNIT, unit_id, names.unit(unit.id), there, "units", ("organisation.add_unit", typed))


@pages.post("/rooms/<room_id>/remove")
@edge.policy(Action.EDIT_ORGANISATION)
@once
def remove_room(room_id: str) -> ResponseReturnValue:
    """Remove a room in which nothing is, or ever was."""
    names = facts.names()
    room = names.rooms.get(RoomId(room_id))
    if room is None:
        raise NotFound("room", room_id)
    typed = {"name": room.name, "name_en": room.name_en, "capacity": room.capacity, "use": room.use}
    there = url_for("organisation.edit_room", room_id=room_id)
    return _removed(Removable.ROOM, room_id, names.room(room_id), there, "rooms", ("organisation.add_room", typed))


def _removed(
    noun: Removable, key: str, name: str, there: str, home: str, again: tuple[str, Mapping[str, object]]
) -> ResponseReturnValue:
    """Remove a thing and offer the way back; or say what hangs on it."""
    try:
        removal.remove(edge.session(), edge.actor(), noun, key, edge.clock())
    except Refused as refused:
        page = render_template(
            "organisation/still_used.html", noun=noun.value, key=key, name=name, there=there, hanging=refused.blocking
        )
        return page, 422
    endpoint, typed = again
    undo.offer(_("已删除：%(name)s。", name=name), url_for(endpoint), typed)
    return redirect(url_for(f"organisation.{home}"), 303)
