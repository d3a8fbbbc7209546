"""Keeping a copy of everything, and going back to one: what the operator does, and nobody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.clock import Clock
from scheduler.services.ground import journal, schema
from scheduler.store import backups, save, writing
from scheduler.store import engine as engines
from scheduler.store.accounts.rows import PasswordLinkRow, SignInRow
from scheduler.store.backups import CopyFailed
from scheduler.store.bookings.rows import BookingRow, LeftRoomRow
from scheduler.store.feeds.rows import CalendarRevisionRow
from scheduler.store.feeds.save import ORGANISATION
from scheduler.store.mail.rows import MailMessageRow

__all__ = ["CopyFailed", "back_up", "restore"]

AHEAD = 1000
"""By how much the sequences of entries rise when a backup is put back: further than any of them has come since it was made."""


def back_up(address: str, path: Path, *, replaces: bool = False) -> None:
    """Write everything in the database, as of one moment, to a new file that is looked through; others go on working.

    Raises CopyFailed (`exists` unless it may be replaced, `no_folder`, `damaged`, `failed`) and NotReady without a database.
    """
    if path.exists() and not replaces:
        raise CopyFailed("exists", str(path))
    if not path.parent.is_dir():
        raise CopyFailed("no_folder", str(path.parent))
    with schema.opened(address) as session:
        engine = session.get_bind().engine
        with engine.connect() as connection:
            _refuse_damaged(backups.damages(connection))
        backups.write(engine.url, path)


def restore(address: str, path: Path, clock: Clock, *, keep: Path | None) -> bool:
    """Let a backup take the place of everything; whether there was something before, which is then written to `keep`.

    First it is tried in a place of its own: upgraded to the schema of this program, looked through, and raised above what
    readers have. Sign-ins and one-time links end, and what waited to be mailed then is not mailed now. With `keep` None only a
    database that holds nothing is filled. Raises CopyFailed (`not_a_backup`, `other_kind`, `not_empty`, `exists`, `damaged`,
    `no_program`, `failed`); then nothing is changed.
    """
    with _engine(address) as engine:
        _refuse_other_kind(engine, path)
        is_empty = backups.is_empty(engine)
        if not is_empty and keep is None:
            raise CopyFailed("not_empty")
        with backups.tried(engine.url, path) as trial:
            with trial.connect() as connection:
                _refuse_damaged(backups.damages(connection))
            with Session(trial) as session:
                _raise_all(session, clock)
            if not is_empty and keep is not None:
                back_up(address, keep)
            backups.take_over(engine.url, trial)
    return not is_empty


def _raise_all(session: Session, clock: Clock) -> None:
    """Let calendars that have seen more than the backup knows take its entries over, and let nobody in by what was open then."""
    writing.begin(session)
    row = BookingRow
    session.execute(
        update(row).values(
            sequence=row.sequence + AHEAD,
            shown_sequence=row.shown_sequence + AHEAD,
            busy_sequence=row.busy_sequence + AHEAD,
            revised_at=clock.real,
            shown_revised_at=clock.real,
            busy_revised_at=clock.real,
        )
    )
    session.execute(update(LeftRoomRow).values(sequence=LeftRoomRow.sequence + AHEAD))
    save.raise_revisions(session, {ORGANISATION, *session.scalars(select(CalendarRevisionRow.resource))}, clock)
    session.execute(delete(SignInRow).where(SignInRow.is_token.is_(False)))
    session.execute(delete(PasswordLinkRow))
    session.execute(
        update(MailMessageRow).where(MailMessageRow.state == "waiting").values(state="needless", closed_at=clock.real)
    )
    journal.note(session, OPERATOR, "restored", "database", "", clock)
    session.commit()


def _refuse_other_kind(engine: Engine, path: Path) -> None:
    """Raise unless a file is a copy of such a database."""
    try:
        kind = backups.kind_of(path)
    except OSError as error:
        raise CopyFailed("not_a_backup", f"{path}: {error.strerror}") from error
    if not kind:
        raise CopyFailed("not_a_backup", str(path))
    if kind != engine.dialect.name:
        raise CopyFailed("other_kind", kind)


def _refuse_damaged(damages: tuple[str, ...]) -> None:
    """Raise if something is wrong inside a database."""
    if damages:
        raise CopyFailed("damaged", "; ".join(damages))


@contextmanager
def _engine(address: str) -> Iterator[Engine]:
    """A database that need not have any tables; for SQLite, not even a file."""
    engine = engines.make(address)
    if engine.dialect.name == "sqlite":
        Path(str(engine.url.database)).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        yield engine
    finally:
        engine.dispose()
