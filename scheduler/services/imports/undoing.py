"""Imports that were made, and taking a whole one back: as long as nothing hangs on it, and what it wrote stands as it left it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import null, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import Booking
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import NotFound, Refused
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import PersonId, RoomId
from scheduler.core.organisation.facts import ImportReport
from scheduler.services.bookings import given as import_bookings
from scheduler.services.feeds import changes as feed_changes
from scheduler.services.feeds import task_entries
from scheduler.services.ground import journal
from scheduler.store import hanging, load, save, writing
from scheduler.store.base import HIGHEST
from scheduler.store.bookings import allocations
from scheduler.store.feeds.save import ORGANISATION
from scheduler.store.imports import written as rows
from scheduler.store.imports.rows import ImportRow
from scheduler.store.imports.written import Content, Referring, Written

KEPT = timedelta(days=30)
"""So long an import can be taken back."""
LISTED = 100


@dataclass(frozen=True, slots=True)
class ImportEntry:
    """An import that changed something; `at` is real time."""

    id: int
    at: datetime
    actor: str
    files: tuple[str, ...]
    valid_from: date | None
    created: int
    updated: int
    undone_at: datetime | None
    can_be_undone: bool


def entries(session: Session, actor: Actor, clock: Clock) -> list[ImportEntry]:
    """The latest imports that changed anything, newest first."""
    access.require(actor, Action.IMPORT)
    row = ImportRow
    columns = (row.id, row.at, row.actor, row.files, row.valid_from, row.created, row.updated, row.undone_at)
    query = select(*columns).order_by(row.id.desc()).limit(LISTED)
    return [
        ImportEntry(
            number, at, who, tuple(files), day, created, updated, undone, undone is None and at > clock.real - KEPT
        )
        for number, at, who, files, day, created, updated, undone in session.execute(query)
    ]


def keep(
    session: Session,
    actor: Actor,
    before: Content,
    report: ImportReport,
    files: Sequence[str],
    clock: Clock,
    valid_from: date | None,
) -> int | None:
    """Note within an import's transaction what it wrote; its number, or None if it changed nothing."""
    wrote = rows.difference(before, rows.content(session))
    if not wrote:
        return None
    old = update(ImportRow).where(ImportRow.at < clock.real - KEPT).values(written=null())
    session.execute(old)
    row = ImportRow(
        at=clock.real, actor=journal.name_of(actor), files=list(files), valid_from=valid_from, created=report.created,
        updated=report.updated, written=wrote,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row.id


def look(session: Session, actor: Actor, number: int, clock: Clock) -> tuple[Finding, ...]:
    """What stands in the way of taking an import back; nothing is written. Raises NotFound, Refused when it is too late."""
    access.require(actor, Action.IMPORT)
    writing.begin(session)
    try:
        return _taken_back(session, _standing(session, number), clock)
    finally:
        session.rollback()


@writing.verb
def undo(session: Session, actor: Actor, number: int, clock: Clock) -> ImportEntry:
    """Take a whole import back. Raises NotFound; Refused with what hangs on it or was changed since."""
    access.require(actor, Action.IMPORT)
    writing.begin(session)
    row = _standing(session, number)
    if in_the_way := _taken_back(session, row, clock):
        raise Refused(in_the_way)
    row.undone_at, row.written = clock.real, None
    entry = ImportEntry(
        row.id, row.at, row.actor, tuple(row.files), row.valid_from, row.created, row.updated, clock.real, False
    )
    journal.note(session, actor, "taken_back", "import", str(number), clock, created=row.created, updated=row.updated)
    return entry


def _standing(session: Session, number: int) -> ImportRow:
    """An import that can still be taken back."""
    row = session.get(ImportRow, number) if 0 < number <= HIGHEST else None
    if row is None:
        raise NotFound("import", str(number))
    if row.undone_at is not None:
        raise Refused((Finding("import_undone", str(number)),))
    if row.written is None:
        raise Refused((Finding("import_too_old", str(number), {"days": KEPT.days}),))
    return row


def _taken_back(session: Session, row: ImportRow, clock: Clock) -> tuple[Finding, ...]:
    """Put back what an import wrote, and let meetings and calendars follow; or say what stands in the way."""
    written: Written = row.written or {}
    names = rows.names_in(written)
    if changed := _changed(session, written, names):
        return changed
    if taken := _moved_back(session, written, clock):
        return taken
    people, rooms, resources = _touched(written)
    if told := rows.put_back(session, written, hanging.named_elsewhere):
        return _hanging(told, names)
    session.expire_all()
    import_bookings.write(session, [], load.organisation(session).zone, clock, chart_changed=True)
    session.flush()
    if told := rows.end(session, written, hanging.named_elsewhere):
        return _hanging(told, names)
    feed_changes.organisation_changed(session, clock, people=people, rooms=rooms)
    task_entries.revise(session, clock)
    save.raise_revisions(session, resources | {ORGANISATION}, clock)
    return ()


def _hanging(told: Iterable[Referring], names: Mapping[str, str]) -> tuple[Finding, ...]:
    """What hangs on the things that an import brought, each by name."""
    return tuple(
        Finding(
            "hangs_on_import",
            rows_told.key,
            {
                "name": names.get(rows_told.key, rows_told.key),
                "what": rows_told.table,
                "count": rows_told.count,
                "bookings": rows_told.bookings,
            },
        )
        for rows_told in told
    )


def _changed(session: Session, written: Written, names: Mapping[str, str]) -> tuple[Finding, ...]:
    """What was changed since the import, and bookings that it changed itself."""
    since = Counter((table, rows.subject_of(row, names)) for table, row in rows.changed_since(session, written))
    told = [
        Finding("changed_since_import", subject.key, {"name": subject.name or subject.key, "what": table})
        for table, subject in since
    ]
    return tuple(told)


def _moved_back(session: Session, written: Written, clock: Clock) -> tuple[Finding, ...]:
    """Let bookings that the import changed stand again as they stood before, or say what has taken their place since."""
    if not (changed := rows.changed_bookings(written)):
        return ()
    stood = rows.former_bookings(session, written, changed)
    now = {booking.id: _takes(booking) for booking in load.bookings(session, ids=changed)}
    save.let_go(session, [*(each.id for each in stood if _takes(each) != now[each.id]), *rows.new_bookings(written)])
    try:
        with session.begin_nested():
            save.bookings(session, stood, clock)
    except IntegrityError as error:
        if not writing.is_double_booking(error):
            raise
        return tuple(_in_their_place(session, stood))
    return ()


def _takes(booking: Booking) -> tuple[object, ...]:
    """Whom and what a booking takes, and when."""
    return () if booking.is_cancelled else (booking.span, *allocations.resources_of(booking))


def _in_their_place(session: Session, stood: Iterable[Booking]) -> Iterator[Finding]:
    """What has taken the people or the place of bookings since they were moved away."""
    for booking in stood:
        others = load.taken(session, booking.people, booking.room, booking.span)
        if others := [other for other in others if other.id != booking.id]:
            yield Finding("place_taken_since", booking.id, {"bookings": tuple(other.id for other in others)})


def _touched(written: Written) -> tuple[set[PersonId], set[RoomId], set[str]]:
    """The people and rooms that get their old names again, and the calendars that bookings leave."""

    def again(table: str, column: str) -> set[str]:
        return {row[column] for row in written.get(table, {"gone": []})["gone"]}

    new = {row["id"]: row for row in written.get("booking", {"new": []})["new"]}
    rooms = {f"r:{row['room_id']}" for row in new.values() if row["room_id"]}
    people = {f"p:{row['person_id']}" for row in written.get("participant", {"new": []})["new"]}
    return (
        set(map(PersonId, again("person_version", "person_id"))),
        set(map(RoomId, again("room", "id"))),
        rooms | people,
    )
