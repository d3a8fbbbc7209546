"""The database refuses double bookings by itself, whatever the code above does."""

import pytest
from sqlalchemy import Engine, insert, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.services.bookings import acts as bookings
from scheduler.store import engine as engines
from scheduler.store import guards
from scheduler.store.base import Base
from scheduler.store.bookings.rows import AllocationRow
from scheduler.store.upserts import table_of
from tests.builders import a_clock, a_draft, at
from tests.seeds import an_organisation

ALLOCATION = table_of(AllocationRow)
HOUR = 3600
NINE = int(at("2014-07-01T09:00").timestamp())


@pytest.fixture
def session(session: Session) -> Session:
    """Three bookings whose allocations the tests replace."""
    an_organisation(session)
    session.commit()
    for day in ("01", "02", "03"):
        bookings.book(session, OPERATOR, a_draft(start=f"2014-08-{day}T09:00"), a_clock())
    session.execute(ALLOCATION.delete())
    session.commit()
    return session


def take(session: Session, booking: str, start: int, end: int, resource: str = "p:p01") -> None:
    """From one hour after nine to another, in hours."""
    session.execute(
        insert(ALLOCATION).values(
            booking_id=booking, resource=resource, starts_at=NINE + start * HOUR, ends_at=NINE + end * HOUR
        )
    )


@pytest.mark.parametrize(("start", "end"), [(0, 4), (1, 2), (-1, 1), (3, 5), (-1, 5), (0, 1), (3, 4)])
def test_overlap_is_refused(session: Session, start: int, end: int) -> None:
    take(session, "T001", 0, 4)

    with pytest.raises(IntegrityError, match="allocation_never_twice"):
        take(session, "T002", start, end)


@pytest.mark.parametrize(("start", "end", "resource"), [(4, 5, "p:p01"), (-2, 0, "p:p01"), (0, 4, "p:p02")])
def test_touching_ends_and_others_are_let_in(session: Session, start: int, end: int, resource: str) -> None:
    take(session, "T001", 0, 4)

    take(session, "T002", start, end, resource)


def test_overlap_is_found_between_neighbours_on_both_sides(session: Session) -> None:
    take(session, "T001", 0, 2)
    take(session, "T002", 4, 6)

    with pytest.raises(IntegrityError):
        take(session, "T003", 3, 5)


def test_update_into_another_is_refused(session: Session) -> None:
    take(session, "T001", 0, 2)
    take(session, "T002", 2, 4)
    session.commit()

    with pytest.raises(IntegrityError, match="allocation_never_twice"):
        session.execute(update(ALLOCATION).where(ALLOCATION.c.booking_id == "T002").values(starts_at=NINE + 1 * HOUR))


def test_update_over_its_own_old_time_is_let_through(session: Session) -> None:
    take(session, "T001", 0, 2)
    take(session, "T002", 4, 6)

    session.execute(
        update(ALLOCATION)
        .where(ALLOCATION.c.booking_id == "T002")
        .values(starts_at=NINE + 3 * HOUR, ends_at=NINE + 5 * HOUR)
    )


@pytest.mark.parametrize(("start", "end"), [(2, 2), (2, 1), (0, 14 * 24 + 1)])
def test_spans_that_are_none_and_endless_ones_are_refused(session: Session, start: int, end: int) -> None:
    with pytest.raises(IntegrityError):
        take(session, "T001", start, end)


def test_talk_with_a_title_is_refused(session: Session) -> None:
    with pytest.raises(IntegrityError):
        session.execute(text("UPDATE booking SET title = 'x' WHERE kind = 'talk'"))


def test_nothing_is_missing_after_migrating(engine: Engine) -> None:
    with engine.connect() as connection:
        assert guards.missing(connection) == []


def test_what_was_taken_away_is_missed_and_put_up_again(engine: Engine) -> None:
    with engine.begin() as connection:
        guards.drop(connection)
        names = guards.missing(connection)
        guards.create(connection)

        assert names
        assert all(name.startswith("allocation_never_twice") for name in names)
        assert guards.missing(connection) == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_emptied_trigger_is_missed_and_made_whole(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER allocation_never_twice_insert"))
        connection.execute(
            text("CREATE TRIGGER allocation_never_twice_insert BEFORE INSERT ON allocation BEGIN SELECT 1; END")
        )

        assert guards.missing(connection) == ["allocation_never_twice_insert"]
        guards.create(connection)
        assert guards.missing(connection) == []


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_dropped_check_is_missed(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE booking DROP CONSTRAINT ck_booking_talk_has_no_title"))

        assert guards.missing(connection) == ["ck_booking_talk_has_no_title"]


def test_empty_database_lacks_everything() -> None:
    engine = engines.make("sqlite://")
    with engine.connect() as connection:
        assert len(guards.missing(connection)) == 7
    engine.dispose()


def test_tables_made_without_migrations_are_guarded_too() -> None:
    engine = engines.make("sqlite://")
    Base.metadata.create_all(engine)
    with engine.connect() as connection:
        assert guards.missing(connection) == []
    engine.dispose()
