"""The people of the office whose files stand in tests/data/office, as its roster gives them."""

import json
from collections.abc import Collection
from datetime import date

from config import ROOT
from scheduler.core.ground.ids import GroupId, PersonId, UnitId
from scheduler.core.ground.people import LEADERSHIP_TEAM, Group, Person, Roster, Unit
from scheduler.core.sessions.roll_calls import RollCall, understand

FOLDER = ROOT / "tests" / "data" / "office"


def _roster() -> Roster:
    listed = json.loads((FOLDER / "expected.json").read_text("utf-8"))["roster"]["people"]["list"]
    names = dict.fromkeys(row["unit"] for row in listed if row["unit"] != "领导班子")
    units = {name: UnitId(f"D{number:02}") for number, name in enumerate(names, start=1)}
    people = {
        PersonId(f"p{rank:02}"): Person(
            PersonId(f"p{rank:02}"),
            row["name"],
            unit=units.get(row["unit"], UnitId("")),
            position=row["post"],
            rank=rank,
        )
        for rank, row in enumerate(listed, start=1)
    }
    team = tuple(person for person, row in zip(people, listed, strict=True) if row["unit"] == "领导班子")
    groups = {LEADERSHIP_TEAM: Group(LEADERSHIP_TEAM, "领导班子", "team", team)}
    groups[GroupId("B1")] = Group(GroupId("B1"), "机关党支部", "branch", tuple(people)[6:9])
    groups[GroupId("B2")] = Group(GroupId("B2"), "离退休党支部", "branch")
    return Roster(date(2026, 11, 30), people, {unit: Unit(unit, name) for name, unit in units.items()}, groups)


ROSTER = _roster()


def label(person: PersonId) -> str:
    """A name; of the two 张伟 with the unit."""
    details = ROSTER.people[person]
    return f"张伟（{ROSTER.units[details.unit].name}）" if details.name == "张伟" else details.name


PERSON = {label(person): person for person in ROSTER.people}
TEN = ("赵建国", "钱伟", "孙丽华", "周海涛", "吴敏", "冯军", "卫东", "沈涛", "朱琳", "许强")


def called(text: str, names: Collection[str] = TEN, observers: Collection[str] = ()) -> RollCall:
    """What a roll call says of these people."""
    return understand(text, [PERSON[name] for name in names], ROSTER, [PERSON[name] for name in observers])


def by_status(roll_call: RollCall) -> dict[str, set[str]]:
    """Who is read as what."""
    told: dict[str, set[str]] = {}
    for person, status in roll_call.statuses.items():
        told.setdefault(status.value, set()).add(label(person))
    return told
