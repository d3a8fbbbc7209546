"""Whom a text names: people of a session by name, by surname with a post, or by a form of address; and groups of them."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from scheduler.core.ground.ids import PersonId, UnitId
from scheduler.core.ground.people import LEADERSHIP_TEAM, Person, Roster

POST = (
    r"(?:(?:党组|党委|党总支|党支部|支部|常务|第一)?副?(?:书记|主席|部长|主任|处长|科长|局长|厅长|校长|院长|站长|所长|馆长|组长|队长|总监|经理|"
    r"总工|秘书长|会长|理事长|调研员|科员|干事|委员|教授|老师|医生|总))"
)
_BEHIND = re.compile(rf"(?:{POST}|同志|同学|先生|女士)+")
_POST = re.compile(rf"\s*(?P<post>{POST})(?:同志)?")
_ADDRESS = re.compile(
    r"[小老]\s?(?P<surname>[一-鿿])(?![一-鿿]?[姓名])|(?P<elder>[一-鿿])\s?[老工](?=[,、;()\s]|$|参|出|到|请|因|未|没|迟|早|缺|列)"
)
_BRACKETS = re.compile(r"\([^)]*\)")
_TEAM = re.compile(r"(?:领导)?班子(?:全体)?(?:成员|同志|人员)?|党组成员")
_UNIT_REST = re.compile(r"(?:的)?(?:全体|所有|全部)?(?:的)?(?:成员|同志|人员|干部|职工|党员|工作人员)*(?:全体|全部)?")


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody as a text names them."""

    text: str
    people: tuple[PersonId, ...]
    """Those of the session who can be meant; of several one is."""
    elsewhere: tuple[PersonId, ...] = ()
    """Where nobody of the session can be meant: who is known by that name and was not called."""
    is_form: bool = False
    """A form of address (小韩), or a bare surname: to be asked about even where only one can be meant."""


@dataclass(frozen=True, slots=True)
class NamedGroup:
    """Some people of the session, by the name of their unit or group."""

    text: str
    people: tuple[PersonId, ...]


class CalledNames:
    """The people of one session, looked up at a place of a text; the text is in lower case and half width."""

    def __init__(self, called: Collection[PersonId], roster: Roster) -> None:
        self.called, self.roster = roster.in_rank_order(set(called)), roster
        self._here = _by_text(self.called, roster)
        self._elsewhere = _by_text((person for person in roster.people if person not in set(called)), roster)
        self._begins = _longest_first((*self._here, *self._elsewhere))
        self._groups = self._named_groups()
        self._group_begins = _longest_first(self._groups)

    def at(self, text: str, place: int, unit: NamedGroup | None = None) -> tuple[Mention, int] | None:
        """Who is named at a place, and where that ends, with the posts and forms of address behind it; None: nobody."""
        if hit := _match(self._begins, text, place):
            name, end = hit
            end = _behind(text, end)
            people = _within(self._here.get(name, ()), unit)
            return Mention(text[place:end].strip(), people, () if people else self._elsewhere.get(name, ())), end
        return self._by_post(text, place) or self._by_address(text, place)

    def group_at(self, text: str, place: int) -> tuple[NamedGroup, int] | None:
        """Which unit or team is named at a place, and where that ends."""
        if team := _TEAM.match(text, place):
            members = set(self.roster.members(LEADERSHIP_TEAM))
            return NamedGroup(team[0], tuple(person for person in self.called if person in members)), team.end()
        if hit := _match(self._group_begins, text, place):
            name, end = hit
            more = _UNIT_REST.match(text, end)
            return NamedGroup(name, self._groups[name]), more.end() if more else end
        return None

    def inside(self, text: str) -> Iterator[Mention]:
        """Everybody of the session whose name stands anywhere in a text that could not be read otherwise."""
        place = 0
        while place < len(text):
            hit = _match(self._begins, text, place)
            if hit and (people := self._here.get(hit[0])):
                yield Mention(text[place : hit[1]], people)
            place = hit[1] if hit else place + 1

    def inside_or_elsewhere(self, text: str) -> Iterator[Mention]:
        """The same, and of who was not called."""
        place = 0
        while place < len(text):
            hit = self.at(text, place)
            if hit and not hit[0].is_form:
                yield hit[0]
            place = hit[1] if hit else place + 1

    @property
    def latin(self) -> tuple[str, ...]:
        """The names of those who are called that have blanks in them, as a text in lower case has them."""
        each = (" ".join(self.roster.name(person).casefold().split()) for person in self.called)
        return tuple(name for name in each if " " in name and name.isascii())

    def units(self) -> dict[UnitId, tuple[PersonId, ...]]:
        """Those who are called, by unit; the leadership team and whoever has no unit are left out."""
        team = set(self.roster.members(LEADERSHIP_TEAM))
        by_unit: defaultdict[UnitId, list[PersonId]] = defaultdict(list)
        for person in self.called:
            unit = self._person(person).unit
            if unit and person not in team:
                by_unit[unit].append(person)
        return {unit: tuple(people) for unit, people in by_unit.items()}

    def of_no_unit(self) -> frozenset[PersonId]:
        """Those who are called and in the leadership team, or in no unit."""
        return frozenset(self.called) - {person for people in self.units().values() for person in people}

    def _named_groups(self) -> dict[str, tuple[PersonId, ...]]:
        """Units and groups that anybody who is called is in, by name and by name without its bracket."""
        named: dict[str, tuple[PersonId, ...]] = {}
        by_unit = self.units()
        for unit in self.roster.units.values():
            if members := by_unit.get(unit.id):
                for name in (plain(unit.name), plain(_BRACKETS.sub("", half_width(unit.name)))):
                    named[name] = members
        called = set(self.called)
        for group in self.roster.groups.values():
            if members := tuple(person for person in self.roster.members(group.id) if person in called):
                named.setdefault(plain(group.name), members)
        return {name: members for name, members in named.items() if len(name) > 1}

    def _by_post(self, text: str, place: int) -> tuple[Mention, int] | None:
        """A surname with a post: sure when one alone of that surname who is called has it (赵主席)."""
        for length in (2, 1):
            surname = text[place : place + length]
            post = _POST.match(text, place + length)
            if not post or len(surname) < length or not surname.isalpha() or surname.isascii():
                continue
            namesakes = self._surnamed(surname)
            if not namesakes:
                continue
            holders = [person for person in namesakes if _holds(self._person(person).position, post["post"])]
            people = tuple(holders) if holders else tuple(namesakes)
            return Mention(text[place : post.end()], people, is_form=not holders), post.end()
        return None

    def _by_address(self, text: str, place: int) -> tuple[Mention, int] | None:
        """小韩, 老褚, 王老; or a surname that stands alone: always asked about."""
        if address := _ADDRESS.match(text, place):
            people = self._surnamed(address["surname"] or address["elder"])
            return (Mention(address[0], tuple(people), is_form=True), address.end()) if people else None
        alone = re.compile(r"[一-鿿]{1,2}(?=$|[,、;()\s])").match(text, place)
        people = self._surnamed(alone[0]) if alone else []
        return (Mention(alone[0], tuple(people), is_form=True), alone.end()) if alone and people else None

    def _surnamed(self, surname: str) -> list[PersonId]:
        return [person for person in self.called if plain(self.roster.name(person)).startswith(surname)]

    def _person(self, person: PersonId) -> Person:
        return self.roster.people.get(person) or Person(person, self.roster.name(person))


def half_width(text: str) -> str:
    """Brackets as a text that is read has them."""
    return text.translate(str.maketrans("（）", "()"))


def plain(text: str) -> str:
    """A name as it is compared."""
    return "".join(half_width(text).split()).casefold()


def _by_text(people: Iterable[PersonId], roster: Roster) -> dict[str, tuple[PersonId, ...]]:
    """People by every text that names them."""
    named: defaultdict[str, list[PersonId]] = defaultdict(list)
    for person in people:
        name = plain(roster.name(person))
        for text in {name, person.casefold(), f"{person.casefold()}{name}", f"{name}{person.casefold()}"}:
            named[text].append(person)
    return {text: tuple(each) for text, each in named.items()}


def _longest_first(texts: Iterable[str]) -> Mapping[str, list[str]]:
    """Texts by the character that they begin with, long ones first."""
    begins: defaultdict[str, list[str]] = defaultdict(list)
    for text in sorted(set(filter(None, texts)), key=len, reverse=True):
        begins[text[0]].append(text)
    return begins


def _match(begins: Mapping[str, list[str]], text: str, place: int) -> tuple[str, int] | None:
    """The longest of some texts that stands at a place, blanks within it looked past, and where it ends."""
    for name in begins.get(text[place : place + 1], ()):
        end = place
        for character in name:
            while end > place and end < len(text) and text[end].isspace() and text[end] != "\n":
                end += 1
            if text[end : end + 1] != character:
                break
            end += 1
        else:
            if not (
                name[-1].isascii()
                and name[-1].isalnum()
                and text[end : end + 1].isascii()
                and text[end : end + 1].isalnum()
            ):
                return name, end
    return None


def _behind(text: str, end: int) -> int:
    """Where posts and 同志 behind a name end."""
    more = _BEHIND.match(text, end)
    return more.end() if more else end


def _within(people: tuple[PersonId, ...], unit: NamedGroup | None) -> tuple[PersonId, ...]:
    """Of several people of one name those of the unit that is said, if there are any."""
    theirs = tuple(person for person in people if unit and person in unit.people)
    return theirs or people


def _holds(position: str, post: str) -> bool:
    """Whether somebody's post is that one; a deputy's is another unless it is said so."""
    held = plain(position)
    return (
        any(
            post == held[start : start + len(post)] and (post.startswith("副") or held[start - 1 : start] != "副")
            for start in range(len(held))
        )
        or False
    )
