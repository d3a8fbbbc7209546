"""What a change of a booking changed, for the journal: before and after, by ids and times, never by title."""

from datetime import UTC

from scheduler.core.ground.bookings import Booking
from scheduler.core.ground.spans import Span
from scheduler.services.ground.journal import Detail


def of(old: Booking, new: Booking) -> dict[str, Detail]:
    """Each thing that differs, before and after; who came in and who left, guests among them."""
    details: dict[str, Detail] = {}
    if old.span != new.span:
        details["span"] = [_told(old.span), _told(new.span)]
    if old.room != new.room:
        details["room"] = [old.room or "", new.room or ""]
    if old.host != new.host:
        details["host"] = [old.host or "", new.host or ""]
    before, after = set(old.people), set(new.people)
    if after - before:
        details["joined"] = sorted(after - before)
    if before - after:
        details["left"] = sorted(before - after)
    invited, gone = ({g.id for g in side.guests if g.id} for side in (new, old))
    if invited - gone:
        details["invited"] = sorted(invited - gone)
    if gone - invited:
        details["uninvited"] = sorted(gone - invited)
    return details


def _told(span: Span) -> str:
    return "/".join(moment.astimezone(UTC).isoformat() for moment in (span.start, span.end))
