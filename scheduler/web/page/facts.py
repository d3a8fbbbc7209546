"""What many pages ask for: today, names, rooms, and the choices that forms offer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flask import g

from scheduler import edge, wording
from scheduler.core.ground import access
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import Absence
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import CampaignId, PersonId, RoomId, RuleId
from scheduler.core.ground.people import Room, Roster
from scheduler.core.ground.person_orders import PersonOrder
from scheduler.core.ground.spans import Span
from scheduler.core.ground.working_time import WorkingTime
from scheduler.core.rules.events import MASKED
from scheduler.core.rules.resolution import AppliedRuleSet, RuleSetSpec
from scheduler.services.bookings.acts import FreeTime
from scheduler.services.campaigns import programme
from scheduler.services.organisation import people, person_lists
from scheduler.services.rules import sets as rules
from scheduler.web.page.names import Names

NOON = 12
PLAIN_WEEKEND = "周末"
"""What imported tables write beside every Saturday and Sunday."""
Choice = tuple[str, str]
"""A value, and what people read for it."""


@dataclass(frozen=True, slots=True)
class PersonOption:
    """Somebody as a field that takes people offers them."""

    id: PersonId
    name: str
    position: str
    is_namesake: bool


def today() -> date:
    """The organisation's today."""
    return edge.clock().today(edge.zone())


def roster(day: date | None = None) -> Roster:
    """Everybody as they stood on a day (today when None); read once for one page."""
    kept: dict[date | None, Roster] = g.setdefault("rosters", {})
    if day not in kept:
        kept[day] = people.roster(edge.session(), edge.actor(), day, edge.clock())
    return kept[day]


def rooms() -> dict[RoomId, Room]:
    """All rooms, by id; read once for one page."""
    if "rooms" not in g:
        g.rooms = {RoomId(room.id): room for room in people.rooms(edge.session(), edge.actor(), edge.clock())}
    return g.rooms  # type: ignore[no-any-return]  # what stands in `g` has no type


def strokes(order: PersonOrder) -> Mapping[str, str]:
    """What the office has set of the strokes of characters, where an order needs it."""
    if order in (PersonOrder.RANK, PersonOrder.UNIT):
        return {}
    return person_lists.strokes(edge.session(), edge.actor(), edge.clock())


def order_choices() -> list[Choice]:
    """In which orders people can be listed."""
    return [(order.value, wording.label(f"order:{order}", edge.lang())) for order in PersonOrder]


def names(day: date | None = None) -> Names:
    """Names of people, units and groups as of a day, and of rooms."""
    return Names(roster(day), edge.lang(), rooms())


def person_options(names: Names, only: Iterable[PersonId] | None = None) -> list[PersonOption]:
    """Everybody in rank order, or some of them."""
    chosen = names.roster.in_rank_order(set(names.roster.people if only is None else only))
    return [
        PersonOption(p, names.person(p), names.roster.people[p].position, names.has_namesake(p))
        for p in chosen
        if p in names.roster.people
    ]


def person_text(names: Names, person: PersonId) -> str:
    """How a field names somebody, so that it can be read back: the name, with the id if others are called the same."""
    name = names.person(person)
    return f"{name}{person}" if names.has_namesake(person) else name


def working_time() -> WorkingTime:
    """The workday table and the daily blocks; read once for one page."""
    if "working_time" not in g:
        g.working_time = programme.working_time(edge.session(), edge.actor(), edge.clock())
    return g.working_time  # type: ignore[no-any-return]  # what stands in `g` has no type


def note_of(table: WorkingTime, day: date) -> str:
    """Why a day is off or worked; that it is a weekend can be seen."""
    note = table.note(day)
    return "" if note == PLAIN_WEEKEND else note


def next_workday() -> date:
    """The first workday after today: what a new booking begins with."""
    day, table = today() + timedelta(days=1), working_time()
    return next(table.workdays_between(day, day + timedelta(days=30)), day)


def last_workday() -> date:
    """The last workday before today: when what is put down afterwards was probably held."""
    day, table = today(), working_time()
    days = [*table.workdays_between(day - timedelta(days=30), day - timedelta(days=1))]
    return days[-1] if days else day - timedelta(days=1)


def rule_sets() -> list[AppliedRuleSet]:
    """The rule sets applied in all campaigns, as far as the visitor may know; read once for one page."""
    if "rule_sets" not in g:
        may_see = access.may(edge.actor(), Action.SEE_RULES)
        g.rule_sets = rules.applied(edge.session(), edge.actor()) if may_see else []
    return g.rule_sets  # type: ignore[no-any-return]  # what stands in `g` has no type


def rule_sets_of(campaign: CampaignId | None) -> list[AppliedRuleSet]:
    """Those of one campaign."""
    return [applied for applied in rule_sets() if applied.campaign == campaign]


def may_arrange(applied: AppliedRuleSet) -> bool:
    """Whether to offer arranging a rule set."""
    actor = edge.actor()
    return access.may(actor, Action.BOOK) or (access.may(actor, Action.ARRANGE) and applied.branch in actor.branches)


def rule_set_name(applied: AppliedRuleSet, names: Names) -> str:
    """What a rule set is called, and for which branch it was applied."""
    name = rules.spec_of(applied).name.text(edge.lang()) or applied.preset
    return names.remarked(name, names.group(applied.branch)) if applied.branch else name


def rule_name(spec: RuleSetSpec, rule: RuleId) -> str:
    """What a rule is called; its id if the file gives no name. Of what follows from an occurrence others read no more than that."""
    if rule == MASKED:
        return wording.label(MASKED, edge.lang())
    return next((candidate.name.text(edge.lang()) or rule for candidate in spec.rules if candidate.id == rule), rule)


def words_of_free(free: FreeTime, partner: PersonId | None = None) -> str:
    """A free time as a form sends it: `2014-08-04T09:00 R04`, with whom if that was open."""
    start = free.span.start.astimezone(edge.zone())
    return " ".join(filter(None, (f"{start:%Y-%m-%dT%H:%M}", free.room or "-", partner)))


def spread(times: Iterable[FreeTime], most: int) -> list[FreeTime]:
    """At most so many of each half-day, so that there is a choice of days."""
    count: dict[tuple[date, bool], int] = {}
    kept = []
    for free in times:
        start = free.span.start.astimezone(edge.zone())
        half = (start.date(), start.hour < NOON)
        count[half] = count.get(half, 0) + 1
        if count[half] <= most:
            kept.append(free)
    return kept


def span_text(span: Span) -> str:
    """A stretch of time, short."""
    zone = edge.zone()
    return wording.span_text(span.start.astimezone(zone), span.end.astimezone(zone), edge.lang())


def absence_text(absence: Absence) -> str:
    """When and why somebody cannot be had: 7月7日—18日 党校脱产培训; 仅周二、周四 13:30–17:30 可安排."""
    if absence.only_weekdays:
        return f"{wording.days_text(absence.first, absence.last, edge.lang())} {only_text(absence)}"
    return _told(absence)


def only_text(absence: Absence) -> str:
    """At which times somebody is available: 仅周二、周四 13:30–17:30 可安排; empty for a plain absence."""
    return _told(absence).removeprefix("is ") if absence.only_weekdays else ""


def _told(absence: Absence) -> str:
    """What the finding about an absence says after the name."""
    finding = Finding("absence", absence.person, {"name": "·", "absence": absence})
    return wording.text(finding, edge.lang()).removeprefix("· ")
