"""Two entries of one person become one: all that hangs on the one goes to the other. It is told before, and noted in the journal."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotFound, Refused
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import PersonId
from scheduler.services.bookings import given as import_bookings
from scheduler.services.feeds import changes as feed_changes
from scheduler.services.ground import journal
from scheduler.store import hanging, load, save, writing
from scheduler.store.organisation import merging as rows

TWO = 2


@dataclass(frozen=True, slots=True)
class Merging:
    """What becomes of two entries: what goes over, and what stands in the way."""

    keep: PersonId
    gone: PersonId
    moving: tuple[Finding, ...]
    blocking: tuple[Finding, ...]


def look(session: Session, actor: Actor, keep: PersonId, gone: PersonId, clock: Clock) -> Merging:
    """What merging would do; nothing is written. Raises NotFound, and Malformed for one entry with itself."""
    del clock  # every verb is given one
    access.require(actor, Action.EDIT_ORGANISATION)
    for person in (keep, gone):
        if not hanging.exists(session, "person", person):
            raise NotFound("person", person)
    if keep == gone:
        raise Malformed("not_oneself", "person")
    moving = (
        Finding("goes_over", gone, {"what": table, "count": count})
        for table, count in rows.named(session, gone).items()
    )
    return Merging(keep, gone, tuple(moving), tuple(_blocking(session, keep, gone)))


def _blocking(session: Session, keep: PersonId, gone: PersonId) -> list[Finding]:
    """What stands in the way: what cannot be true of one person."""
    told = [Finding("merge_own_talk", booking) for booking in rows.talks_of_both(session, keep, gone)]
    told += [
        Finding("merge_overlap", clash.first, {"other": clash.second}) for clash in rows.clashes(session, keep, gone)
    ]
    told += [Finding("merge_attendance", booking) for booking in rows.differing_attendance(session, keep, gone)]
    if rows.accounts(session, keep, gone) >= TWO:
        told.append(Finding("merge_accounts", gone))
    return told


@writing.verb
def merge(session: Session, actor: Actor, keep: PersonId, gone: PersonId, clock: Clock) -> Merging:
    """Make two entries one. Raises Refused with what cannot be true of one person."""
    access.require(actor, Action.EDIT_ORGANISATION)
    writing.begin(session)
    merging = look(session, actor, keep, gone, clock)
    if merging.blocking:
        raise Refused(merging.blocking)
    rows.merge(session, keep, gone)
    session.expire_all()
    import_bookings.write(session, [], load.organisation(session).zone, clock, chart_changed=True)
    feed_changes.organisation_changed(session, clock, people=[keep])
    save.raise_revisions(session, {f"p:{keep}"}, clock)
    moved = sum(int(str(finding.details["count"])) for finding in merging.moving)
    journal.note(session, actor, "merged", "person", keep, clock, gone=gone, moved=moved)
    return merging
