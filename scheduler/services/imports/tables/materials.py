"""The steps of materials, in the order of the file; a row without a step says that there is such a material."""

from collections import Counter, defaultdict
from datetime import date

from scheduler.core.organisation.facts import Given, RowError, Subject
from scheduler.core.programme.materials import MaterialKind, MaterialState
from scheduler.documents.tables import Table
from scheduler.services.imports.tables.belonging import campaign_of
from scheduler.services.imports.tables.directory import Directory
from scheduler.services.imports.tables.people import Read, lines

KINDS = {"班子": MaterialKind.TEAM, "个人": MaterialKind.PERSONAL, **{kind.value: kind for kind in MaterialKind}}
STEPS = {
    "提交": MaterialState.SUBMITTED,
    "退回": MaterialState.RETURNED,
    "退回修改": MaterialState.RETURNED,
    "审阅": MaterialState.REVIEWED,
    "同意": MaterialState.SIGNED_OFF,
    "签批": MaterialState.SIGNED_OFF,
    **{state.value: state for state in MaterialState if state is not MaterialState.MISSING},
}


def materials(table: Table, directory: Directory) -> Read:
    """Each material once, and each of its steps."""
    places: Counter[str] = Counter()
    turns: Counter[tuple[str, date, str]] = Counter()
    first_days: dict[str, date | None] = {}
    said: defaultdict[str, list[Given | RowError]] = defaultdict(list)
    for line in lines(table, directory):
        key, person = line.id("id"), line.person("person")
        if not key and line.text("step"):
            line.wrong("id", "missing")  # steps without an id are of nobody knows which material
        kind = line.word("kind", KINDS) if line.has("kind") else None
        kind = kind or (MaterialKind.PERSONAL if person else MaterialKind.TEAM)
        if kind is MaterialKind.TEAM and person:
            line.wrong("person", "team_has_no_person")
        if kind is MaterialKind.PERSONAL and not person and not any(e.field == "person" for e in line.errors):
            line.wrong("person", "missing")
        has_step = bool(line.text("step") or line.text("date"))
        day = line.day("date", required=has_step)
        step = line.word("step", STEPS) if has_step else None
        by = line.person("by") if line.has("by") else None
        campaign = campaign_of(line, first_days.setdefault(key, day) if key else day)
        key = key or directory.materials.get((person, campaign)) or directory.new_id("M")
        said[key] += line.fact(Subject.MATERIAL, key, {"kind": kind, "person": person, "campaign": campaign})
        if day and step and not line.errors:
            places[key] += 1
            turn = turns[key, day, step]
            turns[key, day, step] += 1
            fields = {"material": key, "day": day, "step": step, "turn": turn, "place": places[key], "by": by}
            said[key] += line.fact(Subject.MATERIAL_STEP, f"{key}/{day}/{step}/{turn}", fields)
    for facts in said.values():
        yield from facts
