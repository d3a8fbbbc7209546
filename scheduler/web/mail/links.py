"""What links in mail lead to: a page with one button for one person, without a sign-in. Looking changes nothing, so scanners may."""

import hashlib
import hmac
from datetime import date, datetime
from itertools import groupby

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from scheduler import edge, wording
from scheduler.core.ground.errors import Malformed, NotFound, Refused
from scheduler.core.mail.letters import Purpose
from scheduler.services.mail import links as service
from scheduler.services.mail.links import Opened
from scheduler.web.mail import pages
from scheduler.web.page.fields import Fields
from scheduler.web.page.words import local, when
from scheduler.wording import letters

SAID = {Purpose.COME: "answer:accepted", Purpose.PROPOSE: "link:proposed", Purpose.HELD: "link:held"}


@pages.get("/go/<token>")
@edge.public
def mail_link(token: str) -> ResponseReturnValue:
    """Show what the link is for, and the button that does it."""
    return _quiet(_page(_look(token), token=token))


@pages.post("/go/<token>")
@edge.by_own_token
def use_mail_link(token: str) -> ResponseReturnValue:
    """Do it, once; whoever presses again is told what was done. No cookie is needed: the form shows a token of the address."""
    opened = _look(token)
    if edge.is_only_shown():
        return _quiet(_page(opened, token=token))
    if not hmac.compare_digest(request.form.get("form", "").encode("utf-8", "surrogatepass"), _form_token(token)):
        raise CSRFError("form")
    day, _t, clock = request.form.get("slot", "").partition("T")
    start = Fields({"day": day, "start": clock}).moment("day", "start", edge.zone()) if day and clock else None
    try:
        purpose = service.use(edge.session(), token, edge.clock(), start)
    except (Refused, Malformed) as error:
        return _quiet(_page(_look(token), wording.error(error, edge.lang()), token=token)), 409
    return _quiet(_page(opened, done=wording.label(SAID[purpose], edge.lang())))


def _look(token: str) -> Opened:
    """What a link leads to; whoever tries unknown ones too often has to wait."""
    try:
        return service.look(edge.session(), token, edge.clock(), edge.lang())
    except NotFound:
        edge.spend(edge.settings().feed_unknown_limit, "link-unknown", request.remote_addr or "")
        raise


def _form_token(token: str) -> bytes:
    """What the form of an address shows: nobody else can know it."""
    return hashlib.sha256(f"mail-link-form {token}".encode()).hexdigest().encode()


def _page(opened: Opened, failed: str = "", done: str = "", token: str = "") -> str:
    if opened.is_used and not done:
        done = wording.label(SAID[opened.purpose], edge.lang())
    return render_template(
        "mail/link.html",
        purpose=opened.purpose.value,
        title=letters.title(opened.entry, edge.lang()),
        when=when(opened.entry.span),
        where=opened.entry.place,
        days=_days(opened),
        hindrance=failed or (wording.text(opened.hindrance, edge.lang()) if opened.hindrance else ""),
        may_do=opened.hindrance is None,
        done=done,
        form_token=_form_token(token).decode(),
    )


def _days(opened: Opened) -> list[tuple[date, list[datetime]]]:
    """The starts that can be proposed, under their days."""
    starts = [local(free.span.start) for free in opened.times.times] if opened.times else []
    return [(day, list(some)) for day, some in groupby(starts, key=lambda start: start.date())]


def _quiet(page: str) -> Response:
    """The address holds a secret: it is told to nobody, found by nobody, and kept nowhere."""
    response = make_response(page)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
