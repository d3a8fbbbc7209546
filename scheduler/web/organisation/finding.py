"""One search over people, units, rooms, bookings and pages, each as far as the viewer may know it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from flask import render_template, request, url_for

from scheduler import edge, wording
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground.access import Action, may
from scheduler.core.ground.bookings import State
from scheduler.core.organisation.finding import MAX_QUERY, weight
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings.acts import Query
from scheduler.web.organisation import pages
from scheduler.web.page import facts
from scheduler.web.page.fields import Fields
from scheduler.web.page.layout import BAR, MORE
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _
from scheduler.web.page.words import told, when

MOST = 12
"""Of each kind, the best so many."""
BACK, AHEAD = timedelta(days=200), timedelta(days=400)
"""Which bookings are looked through."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that answers what was typed."""

    weight: int
    name: str
    note: str
    href: str


@dataclass(frozen=True, slots=True)
class HitGroup:
    """The hits of one kind."""

    heading: str
    hits: list[Hit]
    more: int


@pages.get("/search")
@edge.policy(Action.SEE_ORGANISATION)
def search() -> str:
    """What answers what was typed; without anything typed, the keys."""
    fields = Fields(request.args)
    query = fields.typed("q").strip()[:MAX_QUERY]
    groups = _groups(query, facts.names()) if query else []
    return render_template("organisation/search.html", fields=fields, query=query, groups=groups, keys=_keys())


def _groups(query: str, names: Names) -> list[HitGroup]:
    """The hits, kind by kind."""
    roster, rooms = names.roster, names.rooms.values()
    people = (
        _hit(
            query,
            person.name,
            told((person.position, names.unit(person.unit))),
            "organisation.person",
            person_id=person.id,
        )
        for person in (roster.people[p] for p in roster.in_rank_order(roster.people))
    )
    units = (_hit(query, names.unit(u.id), "", "organisation.people", unit=u.id) for u in roster.units.values())
    places = (_hit(query, names.room(room.id), "", "organisation.room", room_id=room.id) for room in rooms)
    entries = [entry for entry in (*BAR, *MORE) if any(may(edge.actor(), action) for action in entry[2])]
    here = (_hit(query, str(label), "", endpoint) for endpoint, label, _actions in entries)
    by_kind = (
        (_("人员"), people),
        (_("部门单位"), units),
        (_("场地"), places),
        (_("日程"), _bookings(query, names)),
        (_("页面"), here),
    )
    groups = [_group(heading, filter(None, hits)) for heading, hits in by_kind]
    return [group for group in groups if group.hits]


def _group(heading: str, hits: Iterable[Hit]) -> HitGroup:
    best = sorted(hits, key=lambda hit: hit.weight)
    return HitGroup(heading, best[:MOST], max(0, len(best) - MOST))


def _hit(query: str, name: str, note: str, endpoint: str, **values: str) -> Hit | None:
    """One thing, if it answers."""
    worth = weight(query, name, is_person=endpoint == "organisation.person")
    if worth is None and values and query.casefold() in {value.casefold() for value in values.values()}:
        worth = 1
    href = url_for(endpoint, **values)  # type: ignore[arg-type]  # Flask types its values loosely
    return None if worth is None else Hit(worth, name, note, href)


def _bookings(query: str, names: Names) -> list[Hit]:
    """The bookings that the viewer may know of, by title or by who is in them, those nearest to today first."""
    today, now = facts.today(), edge.clock().now
    period = Query(first=today - BACK, last=today + AHEAD)
    seen = bookings.listing(edge.session(), edge.actor(), period, edge.clock())
    hits = []
    for booking in sorted((b for b in seen if b.id), key=lambda b: abs(b.span.start - now)):
        best = _weight(query, booking, names)
        if best is not None:
            state = "" if booking.state == State.BOOKED else wording.label(booking.state, edge.lang())
            note = told((wording.label(booking.kind, edge.lang()), when(booking.span), names.room(booking.room), state))
            hits.append(
                Hit(best, names.booking(booking), note, url_for("bookings.booking", booking_id=booking.id or ""))
            )
    return hits


def _weight(query: str, booking: SeenBooking, names: Names) -> int | None:
    """How well a booking answers: by its title or number, else by those named in a talk."""
    if booking.id and query.casefold() == booking.id.casefold():
        return 0
    if booking.title:
        return weight(query, booking.title)
    answers = [weight(query, names.person(person), is_person=True) for person in booking.people]
    return min((answer for answer in answers if answer is not None), default=None)


def _keys() -> list[tuple[str, str]]:
    """What keys do."""
    return [
        ("/", _("查找")),
        ("?", _("列出按键")),
        ("← → ↑ ↓", _("在覆盖矩阵里移动")),
        ("Enter", _("打开选中的一格、一项")),
        ("Esc", _("关闭右侧说明、菜单")),
        ("m", _("日历上选中一项后：移动")),
    ]
