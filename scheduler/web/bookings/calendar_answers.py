"""The doors of a booking, answering a script: the same verbs and the same sentences, as JSON instead of a page."""

from collections.abc import Iterable

from flask import jsonify
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.ground.findings import Finding, Findings
from scheduler.core.ground.ids import BookingId
from scheduler.services.bookings import acts as service
from scheduler.web.bookings import calendar_entries
from scheduler.web.bookings.calendar_entries import Entry
from scheduler.web.page import facts
from scheduler.web.page.fields import Fields
from scheduler.web.page.texts import _
from scheduler.web.page.words import local


def done(said: str, entry: Entry | None, findings: Findings) -> ResponseReturnValue:
    """It is done: the entry as it stands now, if it is one, and what is to be minded."""
    return jsonify(said=said, warnings=_sentences((*findings.warnings, *findings.hints)), entry=entry)


def no(status: int, findings: Findings | None, fields: Fields) -> ResponseReturnValue:
    """It cannot be, or was not understood: the reasons."""
    reasons = _sentences(findings.blocking) if findings else list(fields.errors.values())
    return jsonify(said=_("没有办成。"), reasons=reasons, fields=fields.errors), status


def outdated(entry: Entry, wish: str) -> ResponseReturnValue:
    """Somebody was faster: what they made of it, and what was wanted."""
    now = f"{entry['when']} {entry['where']}".strip()
    told = _("刚刚有人改过，现在是：%(now)s。您想改成：%(wanted)s。没有改动。", now=now, wanted=wish)
    return jsonify(said=_("没有办成。"), reasons=[told], entry=entry), 409


def entry_of(booking_id: BookingId) -> Entry:
    """A booking as the calendar draws it."""
    seen = service.seen_booking(edge.session(), edge.actor(), booking_id, edge.clock())
    return calendar_entries.entry(seen, facts.names(local(seen.span.start).date()))


def _sentences(findings: Iterable[Finding]) -> list[str]:
    return [wording.text(finding, edge.lang()) for finding in findings]
