"""What a telephone opens that scanned the code: signing in oneself by one tap, or by a name whose number is compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Response, make_response, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.ground.access import Actor
from scheduler.core.ground.errors import Malformed, NotFound, Refused
from scheduler.core.ground.ids import BookingId, GuestId, PersonId
from scheduler.core.sessions import arrivals
from scheduler.core.sessions.arrivals import Arrival, Arriver, Scan
from scheduler.services.sessions import arrivals as service
from scheduler.services.sessions.arrivals import SignInPlace
from scheduler.web.feeds import opening
from scheduler.web.page.fields import Fields
from scheduler.web.page.texts import _
from scheduler.web.page.words import clock_time, label, when
from scheduler.web.sessions import pages
from scheduler.wording import texts

SCAN, ARRIVED = "scan", "arrived"
"""Where a browser's session keeps what it scanned, and as whom it signed in."""
HEADERS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store"}
LOOK_EVERY = 5
"""Seconds after which somebody whose number is not compared yet looks again."""
GONE = 410


@dataclass(frozen=True, slots=True)
class ScanPlace:
    """What somebody signs in to, as their telephone shows it."""

    name: str
    when: str
    room: str


@dataclass(frozen=True, slots=True)
class ShownArrival:
    """How a sign-in stands, as the telephone of its person shows it."""

    name: str
    at: str
    is_late: bool
    number: str
    """Empty once it counts."""


@pages.get("/scan/<booking_id>/<code>")
@edge.public
def scan(booking_id: str, code: str) -> ResponseReturnValue:
    """Take the code in: its address is of no use afterwards, and who scanned it has some minutes to say who they are."""
    try:
        scanned = service.scan(edge.session(), BookingId(booking_id), code, edge.settings().signing_key, edge.clock())
    except NotFound:
        edge.spend(edge.settings().feed_unknown_limit, "scan-unknown", request.remote_addr or "")
        raise
    except Refused as error:
        return _page(refusal=wording.error(error, edge.lang())), GONE
    cookie[SCAN] = [scanned.booking, scanned.at.isoformat()]
    cookie.pop(ARRIVED, None)
    return redirect(url_for("sessions.signing_in"), 303)


@pages.get("/scan")
@edge.public
def signing_in() -> ResponseReturnValue:
    """Who one is, asked; or how one's sign-in stands."""
    scanned = _scanned()
    if scanned is None:
        return _page()
    place = service.place(edge.session(), scanned.booking, edge.clock())
    if seat := _seat(cookie.get(ARRIVED)):
        return _told(place, seat)
    return _asked(place, scanned, Fields(request.args))


@pages.post("/scan")
@edge.public
def sign_in_here() -> ResponseReturnValue:
    """Sign in: as oneself, or by a name."""
    scanned, fields = _scanned(), Fields(request.form)
    if scanned is None:
        return _page(), GONE
    if request.form.get("again"):
        cookie.pop(ARRIVED, None)
        return redirect(url_for("sessions.signing_in"), 303)
    place = service.place(edge.session(), scanned.booking, edge.clock())
    try:
        service.require_recent(scanned, edge.clock())
        arrival = _arrive(place, scanned, fields)
    except Refused as error:
        return _page(place, refusal=wording.error(error, edge.lang())), GONE
    if arrival is None:
        return _asked(place, scanned, fields), 422
    cookie[ARRIVED] = [arrival.booking, arrival.seat.person, arrival.seat.guest]
    return redirect(url_for("sessions.signing_in"), 303)


def _arrive(place: SignInPlace, scanned: Scan, fields: Fields) -> Arrival | None:
    """Sign in as the form says; None if it does not tell who."""
    if fields.typed("myself") and (actor := _myself()):
        try:
            return service.sign_in(edge.session(), actor, scanned, edge.clock())
        except Malformed:
            fields.refuse("name", _("您不在参加人员名单中，请找会务人员。"))
            return None
    chosen = _called(place.seats, fields)
    return service.announce(edge.session(), scanned, chosen, edge.clock()) if chosen else None


def _called(seats: Mapping[Arriver, str], fields: Fields) -> Arriver | None:
    """Whom a name means; otherwise the field says what is wrong with it."""
    name, chosen = fields.typed("name").strip(), fields.typed("seat")
    called = service.called(seats, name) if 0 < len(name) <= service.MAX_NAME else []
    if len(called) > 1:
        called = [seat for seat in called if _key(seat) == chosen]
        if not called:
            fields.refuse("seat", _("有几位叫这个名字，请选一位。"))
    elif not called:
        edge.spend(edge.settings().page_limit, "scan-name", request.remote_addr or "")
        fields.refuse("name", _("名单里没有这个姓名，请写全名，或者找会务人员。") if name else _("请填写姓名。"))
    return called[0] if called else None


def _asked(place: SignInPlace, scanned: Scan, fields: Fields) -> Response:
    """The form that asks who one is; whoever is known by account or page needs one tap."""
    try:
        service.require_recent(scanned, edge.clock())
    except Refused as error:
        return _page(place, refusal=wording.error(error, edge.lang()))
    myself = _myself()
    seat = Arriver(person=myself.person) if myself and myself.person and not fields.typed("other") else None
    several = service.called(place.seats, fields.typed("name")) if "seat" in fields.errors else []
    return _page(
        place,
        fields=fields,
        asks=True,
        myself=place.seats.get(seat, "") if seat else "",
        several=[(_key(seat), place.seats[seat], place.units[seat]) for seat in several],
    )


def _told(place: SignInPlace, seat: Arriver) -> ResponseReturnValue:
    """How a sign-in stands; one that waits looks again by itself."""
    arrival = service.arrival(edge.session(), place.booking.id, seat, edge.clock())
    if arrival is None:
        return _page(place, refusal=_("会务人员没有确认这次签到，请重新扫描屏幕上的二维码。"))
    late = arrival.at >= place.booking.span.start + arrivals.PUNCTUAL
    number = "" if arrival.is_accepted else arrival.number
    told = ShownArrival(place.seats.get(seat, ""), clock_time(arrival.at), late, number)
    page = _page(place, told=told)
    if number:
        page.headers["Refresh"] = str(LOOK_EVERY)
    return page


def _page(place: SignInPlace | None = None, **values: object) -> Response:
    shown = None
    if place:
        booking, room = place.booking, place.room
        name = booking.title or label(booking.kind)
        shown = ScanPlace(name, when(booking.span), texts.named(edge.lang(), room.name, room.name_en) if room else "")
    page = make_response(render_template("sessions/scan.html", place=shown, **values))
    page.headers.update(HEADERS)
    return page


def _myself() -> Actor | None:
    """Who this browser belongs to: an account that is signed in, else the own page that was opened with it."""
    actor = edge.actor()
    return actor if actor.person else opening.remembered()


def _scanned() -> Scan | None:
    """What this browser scanned."""
    match cookie.get(SCAN):
        case [str(booking), str(moment)]:
            return Scan(BookingId(booking), datetime.fromisoformat(moment))
        case _:
            return None


def _seat(kept: object) -> Arriver | None:
    """As whom this browser signed in."""
    match kept:
        case [str(), str(person), None]:
            return Arriver(person=PersonId(person))
        case [str(), None, str(guest)]:
            return Arriver(guest=GuestId(guest))
        case _:
            return None


def _key(seat: Arriver) -> str:
    """What a form says of whom it means."""
    return f"p:{seat.person}" if seat.person else f"g:{seat.guest}"
