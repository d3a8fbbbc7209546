"""Who comes to a booking: those expected, observers, and guests, who are invited and taken off here."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground import access
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Malformed, Refused
from scheduler.core.ground.guests import Guest, persons
from scheduler.core.ground.ids import BookingId, GuestId, PersonId
from scheduler.services.bookings import acts, answers
from scheduler.services.bookings import guests as service
from scheduler.services.bookings.acts import BookingChange
from scheduler.services.organisation import people as people_service
from scheduler.web.bookings import pages
from scheduler.web.bookings.forms import seen_booking
from scheduler.web.bookings.heads import head
from scheduler.web.page import undo
from scheduler.web.page.facts import Choice
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.once import once
from scheduler.web.page.texts import _


@dataclass(frozen=True, slots=True)
class Comer:
    """Somebody who comes: of the roster, with a page of their own, or a guest."""

    name: str
    href: str
    unit: str
    post: str
    note: str
    """What they answered to the invitation, or which sort of guest they are."""
    guest: str = ""
    """A guest's id."""


@dataclass(frozen=True, slots=True)
class ComingGroup:
    """Those who come as the same."""

    heading: str
    note: str
    comers: list[Comer]


@pages.get("/bookings/<booking_id>/people")
@edge.policy(Action.SEE_ORGANISATION)
def people(booking_id: str) -> ResponseReturnValue:
    """Who comes."""
    return _page(booking_id, Fields(request.args))


def _page(booking_id: str, fields: Fields) -> str:
    seen, names = seen_booking(booking_id)
    the_head = head(seen, names)
    may_invite = the_head.may_change and any(
        access.may(edge.actor(), action) for action in (Action.BOOK, Action.BOOK_IN_BRANCH)
    )
    return render_template(
        "bookings/people.html",
        head=the_head,
        groups=[group for group in _groups(seen, names) if group.comers],
        fields=fields,
        may_invite=may_invite,
        kinds=_kinds(names) if may_invite else [],
    )


def _groups(seen: SeenBooking, names: Names) -> list[ComingGroup]:
    """Those expected, observers, guests."""
    guests = persons(seen.guests)
    in_order = [person for person in names.roster.in_rank_order(seen.people) if person not in guests]
    said = answers.of(edge.session(), edge.actor(), seen.id) if seen.id else {}
    observers = set(seen.observers)
    return [
        ComingGroup(_("出席"), "", [_comer(p, names, said.get(p, "")) for p in in_order if p not in observers]),
        ComingGroup(
            _("列席"), _("不计入法定人数"), [_comer(p, names, said.get(p, "")) for p in in_order if p in observers]
        ),
        ComingGroup(_("来宾"), _("不计入法定人数，没有账号"), [_guest(guest, names) for guest in seen.guests]),
    ]


def _comer(person: PersonId, names: Names, answer: str) -> Comer:
    colleague = names.roster.people.get(person)
    return Comer(
        names.person(person),
        url_for("organisation.person", person_id=person),
        names.unit(colleague.unit) if colleague and colleague.unit else "",
        names.position(person),
        wording.label(f"answer:{answer}", edge.lang()) if answer else "",
    )


def _guest(guest: Guest, names: Names) -> Comer:
    href = url_for("organisation.person", person_id=guest.person) if guest.person else ""
    kind = names.audience(guest.kind if guest.kind == "retired" else f"ext:{guest.kind}") if guest.kind else ""
    return Comer(guest.name, href, guest.unit, guest.post, kind.removeprefix("ext:"), guest.id)


def _kinds(names: Names) -> list[Choice]:
    """The categories of contacts, with how many there are."""
    contacts = people_service.contacts(edge.session(), edge.actor(), edge.clock())
    kinds = sorted({contact.kind for contact in contacts})
    counts = {kind: sum(contact.kind == kind for contact in contacts) for kind in kinds}
    return [
        (kind, names.remarked(names.audience(f"ext:{kind}"), _("%(count)s 人", count=counts[kind]))) for kind in kinds
    ]


@pages.post("/bookings/<booking_id>/guests")
@edge.policy(Action.BOOK, Action.BOOK_IN_BRANCH)
@once
def invite(booking_id: str) -> ResponseReturnValue:
    """Invite guests: one by name, several from lines, or all of a category."""
    fields = Fields(request.form)
    try:
        invited = _invited(fields)
        if not fields.is_valid:
            return _page(booking_id, fields), 422
        before = seen_booking(booking_id)[0].guests
        change = BookingChange(add_guests=invited)
        done = acts.change(edge.session(), edge.actor(), BookingId(booking_id), change, edge.clock())
    except Refused as no:
        fields.refuse("guest_name", " ".join(wording.text(finding, edge.lang()) for finding in no.blocking))
        return _page(booking_id, fields), 409
    except Malformed as error:
        fields.take(error, "lines" if fields.typed("lines") else "guest_name")
        return _page(booking_id, fields), 422
    added = len(done.booking.guests) - len(before)
    flash(_("已添加来宾 %(count)s 人。", count=added) if added else _("都已经在来宾里了。"), "good")
    for finding in done.findings.warnings:
        flash(wording.text(finding, edge.lang()), "warn")
    return redirect(url_for("bookings.people", booking_id=booking_id), 303)


def _invited(fields: Fields) -> tuple[Guest, ...]:
    """Whom the form names."""
    if kind := fields.typed("all_of"):
        return service.read(edge.session(), edge.actor(), [f"ext:{kind}"], edge.clock())
    if fields.typed("many"):
        lines = fields.typed("lines").splitlines()
        if not any(line.strip() for line in lines):
            fields.refuse("lines", _("请一行写一位，如：李志明（青石街道总工会 主席）"))
        return service.read(edge.session(), edge.actor(), lines, edge.clock())
    names = ("name", "unit", "post", "kind", "contact")
    name, unit, post, kind, contact = (fields.text(f"guest_{name}", required=name == "name") for name in names)
    person = PersonId(fields.text("guest_person")) or None
    return (Guest(GuestId(""), name, unit, post, kind, contact, person),) if fields.is_valid else ()


@pages.post("/bookings/<booking_id>/guests/remove")
@edge.policy(Action.BOOK, Action.BOOK_IN_BRANCH)
@once
def take_off(booking_id: str) -> ResponseReturnValue:
    """Take a guest off again."""
    gone = GuestId(request.form.get("guest", ""))
    seen, _names = seen_booking(booking_id)
    change = BookingChange(remove_guests=(gone,))
    acts.change(edge.session(), edge.actor(), BookingId(booking_id), change, edge.clock())
    guest = next(guest for guest in seen.guests if guest.id == gone)
    names = ("name", "unit", "post", "kind", "contact", "person")
    back = {f"guest_{name}": getattr(guest, name) for name in names}
    undo.offer(_("已移出来宾%(name)s。", name=guest.name), url_for("bookings.invite", booking_id=booking_id), back)
    return redirect(url_for("bookings.people", booking_id=booking_id), 303)
