"""Ids → names, for one page: people, units, groups, rooms, bookings, in the visitor's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from scheduler import wording
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.bookings import OFF_SITE, Kind
from scheduler.core.ground.ids import GroupId, PersonId, RoomId, UnitId
from scheduler.core.ground.people import Room, Roster
from scheduler.web.page.texts import _
from scheduler.wording import texts

PAGE = "page:"

FEW = 4
"""So many people are named one by one; of more, the number is told."""


@dataclass(frozen=True)
class Names:
    """Looks names up in what was loaded for the page; an id that is not known stays an id."""

    roster: Roster
    lang: str
    rooms: Mapping[RoomId, Room] = field(default_factory=dict)

    def person(self, person: PersonId | None) -> str:
        """A person's name."""
        return self.roster.name(person) if person else ""

    def account(self, account: str) -> str:
        """Who acted: a person by name, also by their subscription page (`page:p03`); an account by its name."""
        person = PersonId(account.removeprefix(PAGE))
        if person not in self.roster.people:
            told = {"anonymous": _("未登录的人")}.get(account, account)
            return wording.label(account, self.lang) if account == OPERATOR.account else told
        return self.remarked(self.person(person), _("订阅页面")) if account.startswith(PAGE) else self.person(person)

    def listed(self, words: Iterable[str]) -> str:
        """Words in a row."""
        return texts.listed(words, self.lang)

    def people(self, people: Iterable[PersonId]) -> str:
        """Names in a row."""
        return self.listed(self.roster.name(person) for person in people)

    def position(self, person: PersonId | None) -> str:
        """A person's post, the last and shortest of several: 党组成员、副主席 → 副主席."""
        holder = self.roster.people.get(person) if person else None
        return holder.position.replace(",", "、").split("、")[-1] if holder else ""

    def unit(self, unit: UnitId | None) -> str:
        """A unit's name."""
        named = self.roster.units.get(unit) if unit else None
        if named is None:
            return unit or ""
        return texts.named(self.lang, named.name, named.name_en)

    def group(self, group: str) -> str:
        """A group's name: the vocabulary's, if it has one in this language."""
        if group.startswith("committee:"):
            return wording.audience_text(group, self.group, self.lang)
        word = wording.label(group, self.lang)
        if word != group:
            return word
        named = self.roster.groups.get(GroupId(group))
        if named and named.kind == "branch_group" and named.name == group:
            return f"{wording.label('group:branch_group', self.lang)} {group}"
        return named.name if named else group

    def audience(self, selector: str) -> str:
        """Who a selector stands for."""
        return wording.audience_text(selector, self.group, self.lang)

    def remarked(self, name: str, remark: str) -> str:
        """A name with a remark in brackets."""
        return texts.bracketed(name, remark, self.lang)

    def room(self, room: RoomId | str | None) -> str:
        """A room's name; 外出 for off site, nothing for none."""
        if not room:
            return ""
        if room == OFF_SITE:
            return wording.label("EXT", self.lang)
        named = self.rooms.get(RoomId(room))
        if named is None:
            return room
        return texts.named(self.lang, named.name, named.name_en)

    def booking(self, seen: SeenBooking) -> str:
        """What a booking is called: its title; of a talk, who talks; 占用 for one that nobody may know."""
        if seen.is_busy:
            return wording.label("busy", self.lang)
        if seen.kind == Kind.TALK:
            guests = (guest.name for guest in seen.guests if guest.person not in seen.people)
            return self.listed([*map(self.roster.name, seen.people), *guests])
        return seen.title or wording.label(seen.kind, self.lang)

    def attendance(self, seen: SeenBooking) -> str:
        """Who is in it, short: names, or the audience, or their number."""
        if seen.is_busy or seen.kind == Kind.TALK:
            return ""
        if seen.audience:
            return self.listed(self.audience(selector) for selector in seen.audience)
        return self.people(seen.people) if len(seen.people) <= FEW else ""

    def has_namesake(self, person: PersonId) -> bool:
        """Whether somebody else is called the same: beside the name, the id is shown."""
        return len(self.roster.people_by_name.get(self.roster.name(person), ())) > 1
