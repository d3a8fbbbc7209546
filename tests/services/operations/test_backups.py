"""Drills: what was backed up is back, whole, whatever happened meanwhile; and what is no sound backup changes nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.services.bookings import acts
from scheduler.services.feeds import subscriptions
from scheduler.services.operations import backups
from scheduler.services.operations.backups import AHEAD, CopyFailed
from scheduler.store import engine as engines
from scheduler.store import load
from scheduler.store.accounts.rows import JournalRow, SignInRow
from scheduler.store.backups import damages
from scheduler.store.bookings.rows import BookingRow
from scheduler.store.feeds.rows import FeedRow
from tests.builders import REAL, a_clock
from tests.databases import Databases

LATER = a_clock(real=REAL + timedelta(hours=1))
sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def empty(databases: Databases, database: str) -> Iterator[str]:
    """Another database of the same kind, with nothing but its schema."""
    address = databases.make(database.partition(":")[0].partition("+")[0])
    yield address
    databases.drop(address)


def content(engine: Engine) -> dict[str, int]:
    with Session(engine) as session:
        tables = (BookingRow, JournalRow, SignInRow)
        return {table.__tablename__: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def test_what_was_lost_is_back_and_what_was_there_is_kept(
    database: str, organisation: Session, engine: Engine, tmp_path: Path
) -> None:
    before = content(engine)
    organisation.rollback()
    backups.back_up(database, tmp_path / "monday")
    assert (tmp_path / "monday").stat().st_mode & 0o077 == 0
    acts.cancel(organisation, OPERATOR, BookingId("T001"), LATER)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM journal"))
    engine.dispose()

    assert backups.restore(database, tmp_path / "monday", LATER, keep=tmp_path / "kept")

    with Session(engine) as session:
        assert not load.booking(session, BookingId("T001")).is_cancelled
    after = content(engine)
    assert after["booking"] == before["booking"]
    assert after["journal"] == before["journal"] + 1  # that it was put back
    assert backups.restore(database, tmp_path / "kept", LATER, keep=tmp_path / "kept again")
    with Session(engine) as session:
        assert load.booking(session, BookingId("T001")).is_cancelled


def test_an_empty_database_takes_a_backup_over(
    database: str, organisation: Session, engine: Engine, empty: str, tmp_path: Path
) -> None:
    organisation.rollback()
    backups.back_up(database, tmp_path / "monday")

    assert not backups.restore(empty, tmp_path / "monday", LATER, keep=None)

    other = engines.make(empty)
    assert content(other)["booking"] == content(engine)["booking"]
    with other.connect() as connection:
        assert damages(connection) == ()
    other.dispose()


def test_calendars_take_over_what_is_put_back(
    database: str, organisation: Session, engine: Engine, empty: str, tmp_path: Path
) -> None:
    """A reader that has seen a later SEQUENCE or revision would stay with what it has."""
    subscriptions.issue(organisation, OPERATOR, LATER, PersonId("p03"))
    organisation.rollback()
    backups.back_up(database, tmp_path / "monday")
    backups.restore(empty, tmp_path / "monday", LATER, keep=None)

    row, revision = BookingRow, FeedRow
    sequences = select(row.id, row.sequence, row.shown_sequence, row.busy_sequence).order_by(row.id)
    revisions = select(func.max(revision.revision), func.max(revision.changed_at))
    with Session(engine) as session:
        before, (last, _) = session.execute(sequences).all(), session.execute(revisions).one()
    other = engines.make(empty)
    with Session(other) as session:
        after, (raised, at) = session.execute(sequences).all(), session.execute(revisions).one()
    other.dispose()

    assert [tuple(line) for line in after] == [(key, *(number + AHEAD for number in line)) for key, *line in before]
    assert raised > (last or 0)
    assert at >= LATER.real.replace(microsecond=0)


def test_a_filled_database_is_replaced_only_if_that_is_said(
    database: str, organisation: Session, tmp_path: Path
) -> None:
    organisation.rollback()
    backups.back_up(database, tmp_path / "monday")

    with pytest.raises(CopyFailed, match="not_empty"):
        backups.restore(database, tmp_path / "monday", LATER, keep=None)
    with pytest.raises(CopyFailed, match="exists"):
        backups.back_up(database, tmp_path / "monday")
    backups.back_up(database, tmp_path / "monday", replaces=True)
    with pytest.raises(CopyFailed, match="no_folder"):
        backups.back_up(database, tmp_path / "nowhere" / "monday")


def test_what_is_no_backup_of_such_a_database_is_refused(database: str, tmp_path: Path) -> None:
    kinds = {"sqlite": b"SQLite format 3\0" + bytes(100), "postgresql": b"PGDMP" + bytes(100)}
    other = kinds["postgresql" if database.startswith("sqlite") else "sqlite"]
    same = kinds["sqlite" if database.startswith("sqlite") else "postgresql"]
    for words, kind in ((b"hello", "not_a_backup"), (b"", "not_a_backup"), (other, "other_kind"), (same, "failed")):
        (tmp_path / "odd").write_bytes(words)
        with pytest.raises(CopyFailed, match=kind):
            backups.restore(database, tmp_path / "odd", LATER, keep=None)
    with pytest.raises(CopyFailed, match="not_a_backup"):
        backups.restore(database, tmp_path / "not there", LATER, keep=None)


@sqlite
def test_a_backup_with_somebody_in_two_places_is_refused(
    database: str, organisation: Session, empty: str, tmp_path: Path
) -> None:
    organisation.rollback()
    backups.back_up(database, tmp_path / "monday")
    with closing(sqlite3.connect(tmp_path / "monday")) as damaged:
        guard = "allocation_never_twice_insert"
        (ddl,) = damaged.execute("SELECT sql FROM sqlite_master WHERE name = ?", [guard]).fetchone()
        damaged.execute(f"DROP TRIGGER {guard}")
        damaged.execute("INSERT INTO allocation SELECT booking.id, 'p:p99', 60, 120 FROM booking LIMIT 2")
        damaged.execute(ddl)
        damaged.commit()

    with pytest.raises(CopyFailed, match="overlap: p:p99"):
        backups.restore(empty, tmp_path / "monday", LATER, keep=None)

    other = engines.make(empty)
    assert content(other)["booking"] == 0
    other.dispose()


@sqlite
def test_a_damaged_page_is_noticed(database: str, organisation: Session, empty: str, tmp_path: Path) -> None:
    organisation.rollback()
    backups.back_up(database, tmp_path / "monday")
    data = bytearray((tmp_path / "monday").read_bytes())
    for page in range(2, len(data) // 4096):
        data[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    (tmp_path / "monday").write_bytes(data)

    with pytest.raises(CopyFailed):
        backups.restore(empty, tmp_path / "monday", LATER, keep=None)


def test_a_backup_of_an_older_program_is_brought_up_to_date(
    database: str, organisation: Session, empty: str, tmp_path: Path
) -> None:
    from scheduler.store import schema

    organisation.rollback()
    schema.downgrade(database, "0012")
    backups.back_up(database, tmp_path / "last year")

    backups.restore(empty, tmp_path / "last year", LATER, keep=None)

    other = engines.make(empty)
    assert schema.is_current(other)
    assert content(other)["booking"] > 0
    other.dispose()
