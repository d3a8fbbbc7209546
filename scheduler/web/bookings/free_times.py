"""Finding a time while the form of a booking is filled: the best ones as choices; the one that is picked fills the form."""

from dataclasses import dataclass, replace

from flask import render_template, request
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.bookings import rights as booking_rights
from scheduler.core.ground.bookings import MAX_BOOKING_MINUTES, OFF_SITE, Kind, Mode
from scheduler.core.ground.errors import Malformed, NotAllowed, Refused
from scheduler.core.ground.ids import BookingId, PersonId, RoomId, RuleSetId
from scheduler.services.bookings import free_times as service
from scheduler.services.bookings.free_times import FreeTime, TimeQuery
from scheduler.web.bookings import choices, pages
from scheduler.web.bookings.forms import seen_booking
from scheduler.web.page import facts
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _, ngettext
from scheduler.web.page.words import local, told

LOOKED_AT, SHOWN, A_HALF_DAY = 120, 8, 2
"""Out of so many, so many are shown, and of each half-day so many: there is a choice of days."""


@dataclass(frozen=True, slots=True)
class TimeOffer:
    """A free time as the form offers it; `value` is what picking it sends."""

    value: str
    when: str
    where: str
    remarks: str


@pages.post("/bookings/times")
@edge.policy(*booking_rights.ARRANGING)
def find_times() -> ResponseReturnValue:
    """The form of a new booking as it stands, with the best times for it."""
    fields, names = Fields(request.form), facts.names()
    offers = _offers(fields, _time_query(fields, names), names)
    form = choices.new_form(fields, names)
    return render_template("bookings/edit.html", form=form, fields=fields, found=None, offers=offers)


@pages.post("/bookings/<booking_id>/times")
@edge.policy(*booking_rights.ARRANGING)
def find_times_instead(booking_id: str) -> ResponseReturnValue:
    """The form of a booking that stands, with the best other times for it."""
    fields, (seen, names) = Fields(request.form), seen_booking(booking_id)
    added = fields.people("add_people", names.roster)
    removed = [PersonId(person) for person in fields.several_of("remove_people", seen.people)]
    query = service.instead(
        edge.session(), edge.actor(), BookingId(booking_id), add_people=added, remove_people=removed
    )
    offers = _offers(fields, _at(fields, names, query), names)
    form = choices.edit_form(seen, names)
    return render_template("bookings/edit.html", form=form, fields=fields, found=None, offers=offers)


def _time_query(fields: Fields, names: Names) -> TimeQuery | None:
    """What the form looks for; None if something could not be read."""
    kind = fields.choice("kind", Kind, Kind.TALK) or Kind.TALK
    is_talk = kind is Kind.TALK
    people = fields.people("people" if is_talk else "more_people", names.roster)
    audience = () if is_talk else fields.several_of("audience", choices.audience_words(names))
    rule_set = fields.text("rule_set") if is_talk else ""
    mode = fields.choice("mode", Mode, Mode.FACE_TO_FACE)
    if is_talk and len(people) < choices.TALKERS:
        fields.refuse("people", _("谈话需要两个人。"))
    query = TimeQuery(
        kind, 1, people, audience,
        needs_room=not is_talk or mode is Mode.FACE_TO_FACE,
        rule_set=RuleSetId(rule_set) if rule_set else None,
    )  # fmt: skip
    return _at(fields, names, query)


def _at(fields: Fields, names: Names, query: TimeQuery) -> TimeQuery | None:
    """The same in the room and from the day on that the form names; None if something could not be read."""
    minutes = fields.number("minutes", 1, MAX_BOOKING_MINUTES, required=True)
    room = fields.one_of("room", {*names.rooms, OFF_SITE})
    first = fields.day("day")
    if not fields.is_valid or minutes is None:
        return None
    return replace(query, minutes=minutes, room=RoomId(room) if room else None, first=first, last=None)


def _offers(fields: Fields, query: TimeQuery | None, names: Names) -> list[TimeOffer] | None:
    """The best times; None if the form could not be read."""
    if query is None:
        return None
    try:
        free = service.find(edge.session(), edge.actor(), query, edge.clock(), limit=LOOKED_AT)
    except Malformed as error:
        fields.take(error, "people")
        return None
    except Refused as no:
        field = "audience" if no.blocking[0].kind == "empty_audience" else "people"
        fields.refuse(field, wording.error(no, edge.lang()))
        return None
    except NotAllowed:
        fields.refuse("people", _("您不能替这些人排定。"))
        return None
    return [_offer(time, names) for time in facts.spread(free, A_HALF_DAY)[:SHOWN]]


def _offer(free: FreeTime, names: Names) -> TimeOffer:
    """When, where, who is missing and what is to be minded."""
    missing = ngettext("%(num)s 人不能来", "%(num)s 人不能来", free.missing) if free.missing else ""
    who = names.people(free.missing_people[:3]) + ("…" if len(free.missing_people) > 3 else "")
    remarks = [names.remarked(missing, who) if who else missing]
    remarks += [wording.text(warning, edge.lang()) for warning in free.warnings]
    return TimeOffer(
        facts.words_of_free(free),
        wording.moment_text(local(free.span.start), edge.lang()),
        names.room(free.room),
        told(remarks),
    )
