"""What every paper is written with: who asks, as of which day, in which language and order, and what ids are called."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from sqlalchemy.orm import Session

from scheduler import wording
from scheduler.core.ground.access import Actor
from scheduler.core.ground.bookings import OFF_SITE, AsOf
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import CampaignId, GroupId, PersonId, RoomId, UnitId
from scheduler.core.ground.people import ORGANIZERS, Room, Roster
from scheduler.core.ground.person_orders import PersonOrder, key_of_order, strokes_missing
from scheduler.core.organisation.profile import Organisation
from scheduler.core.rules.events import MASKED
from scheduler.core.rules.resolution import RuleSetSpec
from scheduler.documents.papers import LineKind, Paper, PaperLine, Part
from scheduler.store import load
from scheduler.wording.texts import SOURCE, bracketed, listed, named, say


@dataclass(frozen=True)
class WritingDesk:
    """Where a paper is written."""

    session: Session
    actor: Actor
    clock: Clock
    lang: str
    day: date | None = None
    """As of which day; None: today."""
    order: PersonOrder | None = None
    """In which order people are listed; None: as is usual for the paper."""
    campaign: CampaignId | None = None
    known_on: date | None = None
    """As known at the end of this day; None: as known now."""
    part: tuple[str, str] = ("", "")
    """Of which `person`, `unit` or `branch` a report is; empty: of everybody."""
    placed: dict[PersonId, None] = field(default_factory=dict)
    """Whoever was put in order so far."""

    @cached_property
    def organisation(self) -> Organisation:
        """Whose paper it is."""
        return load.organisation(self.session)

    @cached_property
    def as_of(self) -> AsOf:
        """The day asked."""
        return load.as_of(self.session, self.day, self.clock)

    @cached_property
    def roster(self) -> Roster:
        """Everybody on that day."""
        return load.roster(self.session, self.as_of.day)

    @cached_property
    def _rooms(self) -> dict[RoomId, Room]:
        return load.rooms(self.session)

    @cached_property
    def _strokes(self) -> dict[str, str]:
        return load.strokes(self.session)

    @property
    def is_chinese(self) -> bool:
        """Whether papers have the form of Chinese offices."""
        return self.lang == SOURCE

    def paper(self, title: str, parts: Sequence[Part], **form: bool) -> Paper:
        """A paper in this language."""
        if self.known_on:
            day = wording.date_text(self.known_on, self.lang)
            parts = [*parts, PaperLine(say("按%(day)s当时所知", self.lang, day=day), LineKind.REMARK)]
        return Paper(title, parts, self.lang, self.is_chinese, **form)

    # ── Names ────────────────────────────────────────────────────────────────────────────────────────────────────────
    @property
    def name(self) -> str:
        """The organisation."""
        return named(self.lang, self.organisation.name, self.organisation.name_en)

    def person(self, person: PersonId | None) -> str:
        """Somebody's name."""
        return self.roster.name(person) if person else ""

    def people(self, people: Iterable[PersonId]) -> str:
        """Names in a row."""
        return listed((self.roster.name(person) for person in people), self.lang)

    def post(self, person: PersonId | None) -> str:
        """Somebody's post as it stands in the roster."""
        holder = self.roster.people.get(person) if person else None
        return holder.position.replace(",", "、") if holder else ""

    def unit_and_post(self, person: PersonId) -> str:
        """Unit and post, as lists of names have them: 办公室主任."""
        holder = self.roster.people.get(person)
        unit = self.roster.units.get(holder.unit) if holder else None
        name = named(self.lang, unit.name, unit.name_en) if unit and unit.kind != "other" else ""
        post = self.post(person)
        return post if not name or post.startswith(name) else say("%(unit)s%(post)s", self.lang, unit=name, post=post)

    def unit(self, unit: UnitId) -> str:
        """A unit's name; of those without one, what is said instead."""
        there = self.roster.units.get(unit)
        return named(self.lang, there.name, there.name_en) if there else unit or say("未分部门", self.lang)

    def group(self, group: str) -> str:
        """A group's name, the vocabulary's if it has one."""
        word = wording.label(group, self.lang)
        there = self.roster.groups.get(GroupId(group))
        return word if word != group else there.name if there else group

    def audience(self, selectors: Iterable[str]) -> str:
        """Whom an audience means."""
        return listed((wording.audience_text(selector, self.group, self.lang) for selector in selectors), self.lang)

    def place(self, room: RoomId | None) -> str:
        """Where it is."""
        if not room:
            return ""
        if room == OFF_SITE:
            return wording.label("EXT", self.lang)
        there = self._rooms.get(room)
        return named(self.lang, there.name, there.name_en) if there else room

    def rule(self, spec: RuleSetSpec, rule: str) -> str:
        """What a rule is called."""
        if rule == MASKED:
            return wording.label(MASKED, self.lang)
        return next(
            (named_rule.name.text(self.lang) or rule for named_rule in spec.rules if named_rule.id == rule), rule
        )

    def contacts(self) -> str:
        """Whom to ask: the organizers."""
        return self.people(self.roster.members(ORGANIZERS))

    # ── Moments and orders ───────────────────────────────────────────────────────────────────────────────────────────
    def local(self, moment: datetime) -> datetime:
        """A moment on the organisation's clock."""
        return moment.astimezone(self.organisation.zone)

    @property
    def today(self) -> str:
        """The day of the paper."""
        return wording.date_text(self.as_of.day, self.lang)

    def in_order(self, people: Iterable[PersonId], usual: PersonOrder = PersonOrder.RANK) -> list[PersonId]:
        """People in the order asked."""
        placed = sorted(people, key=key_of_order(self.order or usual, self.roster, self._strokes))
        self.placed.update(dict.fromkeys(placed))
        return placed

    def order_line(self) -> str:
        """What stands under a list whose order was asked for; empty when none was."""
        return wording.order_line(self.order, self.lang) if self.order else ""

    def findings(self) -> list[Finding]:
        """Whose place in the order is a makeshift, of all who were put into it."""
        return strokes_missing(self.placed, self.order, self.roster, self._strokes) if self.order else []

    def remarked(self, text: str, remark: str) -> str:
        """Words with a remark in brackets."""
        return bracketed(text, remark, self.lang) if remark else text
