"""Who and what is known while files are read: what stands in the database, and what the files themselves bring."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import count
from typing import TypeVar
from zoneinfo import ZoneInfo

from scheduler.core.campaigns import choosing
from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.campaigns.occurrences import kinds_by_word
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.ids import BookingId, CampaignId, GroupId, PersonId, RoomId, UnitId
from scheduler.services.imports.desk import Desk

_ID_AND_NAME = re.compile(r"([A-Za-z]*\d+)[\s.:\-_()]*(\D.*?)[\s)]*")
K = TypeVar("K", bound=str)
N = TypeVar("N", bound=Hashable)

_IN_BRACKETS = re.compile(r"(.+?)\s*[(（]([^()（）]+)[)）]")
_LAST_FIRST = re.compile(r"([^\W\d_][\w'’.\- ]*?),\s*([^\W\d_][\w'’.\- ]*)")
_DOTS = str.maketrans(dict.fromkeys("•・．‧∙⋅･", "·"))
"""Signs that stand between the parts of a name; all of them are one."""
_NUMBERED = re.compile(r"([A-Za-z]+)(\d{1,9})")


@lru_cache(maxsize=50_000)
def looked_up(name: str) -> str:
    """A name as it is looked up: spaces, widths, capitals and the sign between its parts do not matter."""
    if name.isascii():
        return "".join(name.split()).casefold()
    return "".join(unicodedata.normalize("NFKC", name.translate(_DOTS)).split()).casefold()


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why a text names no one person: `unknown_person`, `same_name_ask` or `name_mismatch`."""

    kind: str
    details: Mapping[str, object]


class NamesById(dict[K, N]):
    """What things are called, by id; and by name who is called so."""

    def __init__(self, names: Mapping[K, N] | None = None) -> None:
        super().__init__()
        self._ids: defaultdict[N, dict[K, None]] = defaultdict(dict)
        for key, name in (names or {}).items():
            self[key] = name

    def __setitem__(self, key: K, name: N) -> None:
        if key in self:
            self._ids[self[key]].pop(key, None)
        super().__setitem__(key, name)
        self._ids[name][key] = None

    def named(self, name: N) -> Iterator[K]:
        """The ids of all that are called so."""
        return iter(self._ids.get(name, ()))


@dataclass
class Directory:
    """Everything that a row may refer to. It grows as the files are read."""

    zone: ZoneInfo
    names: dict[PersonId, set[str]] = field(default_factory=dict)
    """All names that a person has or had."""
    unit_of: dict[PersonId, str] = field(default_factory=dict)
    units: NamesById[UnitId, str] = field(default_factory=NamesById)
    groups: NamesById[GroupId, str] = field(default_factory=NamesById)
    rooms: NamesById[RoomId, str] = field(default_factory=NamesById)
    contacts: NamesById[str, tuple[str, str]] = field(default_factory=NamesById)
    """Kind and name of each external contact."""
    sessions: dict[BookingId, Kind] = field(default_factory=dict)
    """The bookings that attendance may refer to, with their kinds."""
    session_days: dict[BookingId, date] = field(default_factory=dict)
    """The days on which these begin, as far as they are known."""
    posts: dict[UnitId, dict[str, PersonId]] = field(default_factory=dict)
    """Who holds the posts of units that stand: `head`, `acting_head`, and the first in charge."""
    year: int = 2000
    """The organisation's year, for days that are written without one."""
    desk: Desk = field(default_factory=Desk)
    """Where readers put down what is no fact."""
    occurrence_kinds: Mapping[str, str] = field(default_factory=lambda: kinds_by_word((), ()))
    """The words that occurrences are entered with, and the kind that each means."""
    campaigns: list[Campaign] = field(default_factory=list)
    """Those that stand, and after them those that the files bring."""
    usual_campaign: CampaignId | None = None
    """Whose it is when a file says something of a campaign without saying of which; None: there is none yet."""
    tasks: dict[str, str] = field(default_factory=dict)
    """The ids of rectification tasks by their titles, as these are looked up."""
    opinions: dict[tuple[str, object], str] = field(default_factory=dict)
    """The ids of opinions asked in writing, by whom was asked and when."""
    batches: dict[tuple[str, object], str] = field(default_factory=dict)
    """Batches by name and first day."""
    materials: dict[tuple[object, object], str] = field(default_factory=dict)
    """Materials by whose they are (None: the team's) and of which campaign."""
    given_campaigns: set[str] = field(default_factory=set)
    """The ids that files of this import give to campaigns."""
    _ids_by_name: defaultdict[str, list[PersonId]] = field(default_factory=lambda: defaultdict(list))
    _highest: dict[str, int] = field(default_factory=dict)

    def meet(self, person: PersonId, name: str, unit: str = "") -> None:
        """Take note of a person."""
        names = self.names.setdefault(person, set())
        if name not in names:
            names.add(name)
            self._ids_by_name[looked_up(name)].append(person)
        self.unit_of[person] = unit

    def namesakes(self, name: str) -> list[PersonId]:
        """Everybody who has or had a name."""
        return self._ids_by_name.get(looked_up(name), [])

    def person(self, text: str) -> PersonId | Unclear:
        """The person that a text names: an id, an id and a name, or a name that only one has."""
        plain = "".join(unicodedata.normalize("NFKC", text).translate(_DOTS).split())
        for exact in (text, plain):
            if exact in self.names:
                return PersonId(exact)
        parsed = _ID_AND_NAME.fullmatch(plain)
        if parsed and parsed[1] in self.names:
            person = PersonId(parsed[1])
            if parsed[2] in self.names[person]:
                return person
            return Unclear("name_mismatch", {"person": person, "name": min(self.names[person])})
        namesakes = self.namesakes(plain) or self._in_unit(text)
        if len(namesakes) == 1:
            return namesakes[0]
        return Unclear("same_name_ask", {"people": tuple(namesakes)}) if namesakes else Unclear("unknown_person", {})

    def _in_unit(self, text: str) -> list[PersonId]:
        """Those whom a name with a unit in brackets means: 张伟（办公室）; and who is written Last, First."""
        if turned := _LAST_FIRST.fullmatch(text):
            return self.namesakes(f"{turned[2]} {turned[1]}")
        if not (bracketed := _IN_BRACKETS.fullmatch(text)):
            return []
        unit = self.unit(bracketed[2].strip())
        namesakes = self.namesakes(bracketed[1])
        return [person for person in namesakes if unit and self.unit_of.get(person) == unit]

    def count_on_from(self, ids: Iterable[str]) -> None:
        """Let new ids count on after these."""
        for name in ids:
            if numbered := _NUMBERED.fullmatch(name):
                self._highest[numbered[1]] = max(int(numbered[2]), self._highest.get(numbered[1], 0))

    def new_id(self, prefix: str) -> str:
        """The next id of a letter: `p97`, `R08`."""
        self._highest[prefix] = self._highest.get(prefix, 0) + 1
        return f"{prefix}{self._highest[prefix]:02}"

    def campaign(self, given: str, name: str, starts: date, ends: date) -> Campaign:
        """The campaign that a file speaks of: by its id, else by its name and days; one that is new is met here."""
        if given:
            standing = next((campaign for campaign in self.campaigns if campaign.id == given), None)
        else:
            standing = choosing.same(self.campaigns, name, starts, ends)
        if standing:
            return standing
        place = max((campaign.place for campaign in self.campaigns), default=0) + 1
        new = Campaign(CampaignId(given or self._new_campaign_id()), name, starts, ends, place=place)
        self.campaigns.append(new)
        return new

    def _new_campaign_id(self) -> str:
        """The first of `c1`, `c2` … that no campaign bears."""
        taken = {campaign.id for campaign in self.campaigns} | self.given_campaigns
        return next(name for number in count(1) if (name := f"c{number}") not in taken)

    def unit(self, text: str) -> UnitId:
        """The unit that a cell names by id or by name; what is not known (yet) is taken for an id."""
        return UnitId(_by_id_or_name(text, self.units))

    def group(self, text: str) -> GroupId:
        """The group that a cell names by id or by name; what is not known (yet) is taken for an id."""
        return GroupId(_by_id_or_name(text, self.groups))

    def room(self, text: str) -> RoomId:
        """The room that a cell names by id or by name; what is not known is taken for an id."""
        return RoomId(_by_id_or_name(text, self.rooms))


def _by_id_or_name(text: str, names: NamesById[K, str]) -> str:
    """The id that a text is, or whose only name it is; else the text."""
    called = [] if not text or text in names.keys() else [*names.named(text)]  # noqa: SIM118 - for the types
    return called[0] if len(called) == 1 else text
