"""Migrations: up, down and up again, on both databases; and each time a double booking is tried."""

import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.errors import Refused
from scheduler.services.bookings import acts as bookings
from scheduler.services.rules import sets as rules
from scheduler.store import engine as engines
from scheduler.store import guards, schema
from scheduler.store.base import Base
from scheduler.store.schema import SchemaError
from tests.builders import a_clock, a_draft
from tests.seeds import an_organisation


def try_a_double_booking(engine: Engine) -> None:
    """Through the front door, and past it."""
    with Session(engine) as session:
        if session.execute(text("SELECT count(*) FROM person")).scalar() == 0:
            an_organisation(session)
            session.commit()
        bookings.book(session, OPERATOR, a_draft(room="R04"), a_clock())
        with pytest.raises(Refused):
            bookings.book(session, OPERATOR, a_draft(room="R04"), a_clock())
        other = bookings.book(session, OPERATOR, a_draft(start="2014-07-02T09:00"), a_clock()).booking
        with pytest.raises(IntegrityError):
            session.execute(
                text(
                    "UPDATE allocation SET starts_at = starts_at - 86400, ends_at = ends_at - 86400"
                    " WHERE booking_id = :id"
                ),
                {"id": other.id},
            )
        session.rollback()


def differences(connection: Connection) -> list[object]:
    return compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata)


def test_up_down_up_ends_where_it_began(engine: Engine) -> None:
    try_a_double_booking(engine)

    schema.downgrade(engine)
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
        assert schema.current(connection) is None
    assert not schema.is_current(engine)

    schema.upgrade(engine)
    assert schema.is_current(engine)
    with engine.connect() as connection:
        assert guards.missing(connection) == []
        assert differences(connection) == []
    try_a_double_booking(engine)


def test_migrations_make_what_the_tables_say(engine: Engine) -> None:
    with engine.connect() as connection:
        assert differences(connection) == []


def test_upgrading_twice_changes_nothing(engine: Engine) -> None:
    schema.upgrade(engine)

    assert schema.is_current(engine)
    try_a_double_booking(engine)


def test_database_can_be_named_by_its_address(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'new.sqlite'}"

    schema.upgrade(address)

    engine = engines.make(address)
    assert schema.is_current(engine)
    try_a_double_booking(engine)
    engine.dispose()


def test_upgrade_that_leaves_a_guard_out_is_undone(engine: Engine) -> None:
    with engine.begin() as connection:
        guards.drop(connection)

    with pytest.raises(SchemaError, match="allocation_never_twice"):
        schema.upgrade(engine)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("table", ["allocation", "booking"])
def test_rebuilt_table_is_guarded_again(engine: Engine, table: str) -> None:
    """What a later migration will do: Alembic rebuilds the table, and SQLite forgets its triggers."""
    try_a_double_booking(engine)

    with schema._changing(engine) as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table(table, recreate="always") as batch:
            batch.add_column(sa.Column("added", sa.Integer()))
        guards.create(connection)

    with engine.begin() as connection:
        assert guards.missing(connection) == []
        assert connection.execute(text("SELECT count(*) FROM allocation")).scalar() == 5
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        with pytest.raises(IntegrityError):
            connection.execute(text("UPDATE allocation SET starts_at = 1404176400, ends_at = 1404179100"))


def test_revision_can_be_named(database: str) -> None:
    schema.downgrade(database)

    schema.upgrade(database, "0001")

    engine = engines.make(database)
    with engine.connect() as connection:
        assert schema.current(connection) == "0001"
    schema.upgrade(engine)
    assert schema.is_current(engine)
    engine.dispose()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_row_that_points_nowhere_stops_the_upgrade(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("INSERT INTO talk_link VALUES ('T999', 'RS1')")
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")
        connection.exec_driver_sql("BEGIN")

    with pytest.raises(SchemaError, match="points to"):
        schema.upgrade(engine)


def test_rows_from_before_there_were_many_campaigns_get_theirs(sample_database: str) -> None:
    engine = engines.make(sample_database)
    ask = "SELECT campaign_id, count(*) FROM booking GROUP BY campaign_id"
    with Session(engine) as session:
        before = {name: number for name, number in session.execute(text(ask))}  # noqa: C416 - rows are no pairs
        rules.apply(session, OPERATOR, "cn.four-must-talks", None, a_clock("2014-08-01T08:00"))
        session.execute(
            text(
                "INSERT INTO campaign SELECT 'c0', name, '2013-01-01', '2014-12-31', talk_window,"
                " report_before_days, report_after_days, signed_off_by, study_days, lists, is_open, 9, '2/3', 1 FROM campaign"
            )
        )
        session.execute(text("UPDATE rule_set SET is_leading = (1 = 1)"))
        session.execute(
            text(
                "INSERT INTO rule_set (id, campaign_id, preset, branch, document, is_leading, applied_at)"
                " SELECT 'RS2', 'c0', preset, branch, document, is_leading, applied_at FROM rule_set"
            )
        )
        session.execute(text("UPDATE booking SET rule_set_id = 'RS2' WHERE id = 'T001'"))
        session.execute(text("INSERT INTO talk_link VALUES ('T002', 'RS2')"))
        session.commit()

    schema.downgrade(engine, "0012_study_targets")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT id, is_leading FROM rule_set")).all() == [("RS1", True)]
        assert connection.execute(text("SELECT rule_set_id FROM booking WHERE id = 'T001'")).scalar() == "RS1"
    schema.upgrade(engine)

    with engine.connect() as connection:
        places = connection.execute(text("SELECT id, place, is_open FROM campaign ORDER BY place")).all()
        assert places == [("c1", 1, True), ("c0", 2, True)]
        assert dict(connection.execute(text(ask)).all()) == before == {"c1": 90}  # type: ignore[arg-type]
        assert connection.execute(text("SELECT campaign_id FROM rule_set")).scalar() == "c1"
    engine.dispose()


def test_migrations_know_every_file_of_tables() -> None:
    """A table that only the application imports would be missing where nothing else does."""
    store = Path(schema.__file__).parent
    environment = (store / "migrations" / "env.py").read_text("utf-8")
    files = [path for path in store.rglob("*rows.py") if "__tablename__" in path.read_text("utf-8")]

    rooms = {path: f"scheduler.store.{path.parent.name}" for path in files}
    assert [
        p.name for p, room in rooms.items() if not re.search(rf"from {room} import .*\b{p.stem}\b", environment)
    ] == []
