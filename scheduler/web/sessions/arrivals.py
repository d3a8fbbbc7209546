"""The screen at the door, with a code that changes, and the numbers that an organizer compares."""

from dataclasses import dataclass

import segno
from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from scheduler import edge
from scheduler.core.bookings import rights
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import Booking
from scheduler.core.ground.errors import NotFound
from scheduler.core.ground.ids import BookingId, GuestId, PersonId
from scheduler.core.sessions import arrivals
from scheduler.core.sessions.arrivals import Arrival, Arriver
from scheduler.services.bookings import acts as bookings
from scheduler.services.sessions import arrivals as service
from scheduler.services.sessions.arrivals import SignInScreen
from scheduler.web.page import facts
from scheduler.web.page.texts import _
from scheduler.web.page.words import clock_time, local, when
from scheduler.web.sessions import pages

LOOK_EVERY = 10
"""Seconds after which the screen is asked for again, to show who came; the code is never older than its step."""


@dataclass(frozen=True, slots=True)
class ArrivalLine:
    """Somebody who signed in, as lists show them."""

    name: str
    at: str
    is_accepted: bool


@dataclass(frozen=True, slots=True)
class SignInCard:
    """What the attendance page shows of signing in."""

    is_open: bool
    opens: str
    """The time of day at which one may sign in."""
    late: str
    """The time of day from which on one is late."""
    count: int
    waiting: int


@pages.get("/bookings/<booking_id>/sign-in")
@edge.policy(Action.EDIT_ATTENDANCE)
def sign_in_screen(booking_id: str) -> ResponseReturnValue:
    """The code and who came, for a screen or a door; it asks for itself again, without a script."""
    screen = _screen(booking_id)
    seen = bookings.seen_booking(edge.session(), edge.actor(), screen.booking.id, edge.clock())
    names, left = facts.names(local(seen.span.start).date()), arrivals.seconds_left(edge.clock().real)
    page = make_response(
        render_template(
            "sessions/screen.html",
            seen=seen,
            name=names.booking(seen),
            under_title=[part for part in (when(seen.span), names.room(seen.room)) if part],
            screen=screen,
            qr=_drawn(screen) if screen.is_open else "",
            is_only_here=edge.settings().is_loopback,
            opens=clock_time(seen.span.start - arrivals.OPENS),
            left=left,
            lasts=arrivals.STEP,
            lines=lines_of(screen, screen.arrivals),
        )
    )
    if screen.is_open:
        page.headers["Refresh"] = str(min(left, LOOK_EVERY))
    return page


def _drawn(screen: SignInScreen) -> Markup:
    """The code, to be scanned from some way off."""
    address = edge.link("sessions.scan", booking_id=screen.booking.id, code=screen.code)
    drawn = segno.make(address, error="m").svg_inline(
        scale=6, border=2, svgclass=None, lineclass=None, omitsize=True, title=_("签到二维码")
    )
    return Markup(drawn)  # noqa: S704 - drawn by segno from an address of ours


def lines_of(screen: SignInScreen, chosen: tuple[Arrival, ...]) -> list[ArrivalLine]:
    """Sign-ins as lists show them."""
    return [
        ArrivalLine(
            screen.seats.get(arrival.seat, arrival.seat.person or arrival.seat.guest or ""),
            clock_time(arrival.at),
            arrival.is_accepted,
        )
        for arrival in chosen
    ]


def screen_of(booking: Booking) -> SignInScreen | None:
    """Who signed in at a booking, for those who may record it; None: nobody signs in at such a one."""
    if not rights.may_record_attendance(edge.actor(), booking):
        return None
    return _screen(booking.id) if arrivals.has_sign_in(booking.kind) and not booking.is_cancelled else None


def card(screen: SignInScreen) -> SignInCard | None:
    """What the attendance page shows of signing in; nothing where nobody can sign in any more and nobody waits."""
    span = screen.booking.span
    if edge.clock().now >= span.end and not screen.waiting:
        return None
    opens, late = clock_time(span.start - arrivals.OPENS), clock_time(span.start + arrivals.PUNCTUAL)
    return SignInCard(screen.is_open, opens, late, len(screen.accepted), len(screen.waiting))


def _screen(booking_id: str) -> SignInScreen:
    key = edge.settings().signing_key
    return service.screen(edge.session(), edge.actor(), BookingId(booking_id), key, edge.clock())


@pages.post("/bookings/<booking_id>/arrivals")
@edge.policy(Action.EDIT_ATTENDANCE)
def check_arrival(booking_id: str) -> ResponseReturnValue:
    """Accept a sign-in whose number was compared, or turn it down."""
    kind, _colon, who = request.form.get("who", "").partition(":")
    if kind not in ("p", "g") or not who:
        raise NotFound("arrival", "")
    seat = Arriver(person=PersonId(who)) if kind == "p" else Arriver(guest=GuestId(who))
    accepts, number = request.form.get("answer") == "accept", request.form.get("number", "")
    service.check(edge.session(), edge.actor(), BookingId(booking_id), seat, number, edge.clock(), accepts=accepts)
    flash(_("已核对，签到生效。") if accepts else _("已退回，本人需要重新扫码。"), "good")
    return redirect(url_for("sessions.attendance", booking_id=booking_id), 303)
