"""The settings of connections."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from scheduler.store import engine as engines
from scheduler.store import writing


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("postgresql://u:p@host/db", "postgresql+psycopg"),
        ("postgres://u:p@host/db", "postgresql+psycopg"),
        ("postgresql+psycopg://u:p@host/db", "postgresql+psycopg"),
        ("sqlite:///file.sqlite", "sqlite"),
    ],
)
def test_url_gets_the_driver_that_we_ship(given: str, driver: str) -> None:
    assert engines.url_of(given).drivername == driver


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 15_000)]
)
def test_sqlite_connection_has_our_settings(engine: Engine, pragma: str, value: object) -> None:
    with engine.connect() as connection:
        assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_configuring_twice_does_no_harm() -> None:
    engine = engines.make("sqlite://")

    engines.configure(engine)

    with engine.begin() as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1
    engine.dispose()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_select_begins_a_transaction_on_sqlite(engine: Engine) -> None:
    with engine.connect() as reader, Session(engine) as writer:
        reader.execute(text("SELECT count(*) FROM counter"))
        writing.begin(writer)
        writer.execute(text("INSERT INTO counter VALUES ('T', 1)"))
        writer.commit()

        assert reader.execute(text("SELECT count(*) FROM counter")).scalar() == 0
