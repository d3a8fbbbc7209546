"""For whom something is said."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import PersonId, RoomId
from scheduler.core.ground.people import Room, Roster
from scheduler.core.ground.spans import shown_twice
from scheduler.core.plans.placements import Repair
from scheduler.wording.arranging import NameOf, reason_text, repair_text
from scheduler.wording.texts import named


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever reads an answer: in which language, by which clock on the wall, and what ids are called for them."""

    lang: str
    zone: ZoneInfo | None = None
    """None: they are told of no moment."""
    name_of: NameOf = str

    def naming(self, roster: Roster, rooms: Mapping[RoomId, Room]) -> "Reader":
        """The same reader, told of people and rooms by name."""
        return replace(self, name_of=names(roster, rooms, self.lang))

    def local(self, moment: datetime) -> str:
        """A moment as the organisation's clock on the wall shows it, to the minute: `2014-08-14T13:30`."""
        if self.zone is None:
            raise ValueError("Whoever is told of a moment has a clock.")
        return local(moment, self.zone)

    def finding(self, finding: Finding) -> str:
        """The sentence of a finding."""
        return reason_text(finding, self.name_of, self.lang)

    def repair(self, repair: Repair) -> str:
        """What would make room for a talk."""
        return repair_text(repair, self.name_of, self.lang)


def local(moment: datetime, zone: ZoneInfo) -> str:
    """A moment as a clock on the wall shows it, to the minute: `2014-08-14T13:30`; with its offset if it shows that twice."""
    shown = moment.astimezone(zone)
    return shown.isoformat(timespec="minutes") if shown_twice(shown) else f"{shown:%Y-%m-%dT%H:%M}"


def names(roster: Roster, rooms: Mapping[RoomId, Room], lang: str) -> NameOf:
    """What people and rooms are called."""

    def name_of(some_id: str) -> str:
        if room := rooms.get(RoomId(some_id)):
            return named(lang, room.name, room.name_en)
        return roster.name(PersonId(some_id))

    return name_of
