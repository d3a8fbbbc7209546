import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from scheduler.core.ground.errors import NotReady
from scheduler.services.ground import schema
from scheduler.store import engine as engines
from scheduler.store import guards


def test_upgrade_makes_tables_and_guards_in_a_folder_of_the_owners_own(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'new' / 'tanxin.sqlite'}"

    schema.upgrade(address)
    schema.upgrade(address)

    assert ((tmp_path / "new").stat().st_mode & 0o777) == 0o700
    engine = engines.make(address)
    with engine.connect() as connection:
        assert guards.missing(connection) == []
    engine.dispose()


def test_opened_is_a_session_on_either_database(database: str) -> None:
    with schema.opened(database) as session:
        assert session.scalar(text("SELECT count(*) FROM booking")) == 0


def test_opened_without_a_file_is_not_ready_and_makes_none(tmp_path: Path) -> None:
    with pytest.raises(NotReady) as no, schema.opened(f"sqlite:///{tmp_path / 'tanxin.sqlite'}"):
        pass

    assert no.value.kind == "no_schema"
    assert list(tmp_path.iterdir()) == []


def test_opened_without_tables_is_not_ready(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "tanxin.sqlite").close()
    (tmp_path / "tanxin.sqlite").touch()

    with pytest.raises(NotReady) as no, schema.opened(f"sqlite:///{tmp_path / 'tanxin.sqlite'}"):
        pass

    assert no.value.kind == "no_schema"


@pytest.mark.parametrize("address", ["postgresql://nobody:secret@127.0.0.1:1/none", "sqlite:////proc/tanxin.sqlite"])
def test_upgrade_where_nothing_can_be_reached_tells_why_without_the_password(address: str) -> None:
    with pytest.raises(NotReady) as no:
        schema.upgrade(address)

    assert no.value.kind == "unreachable"
    assert no.value.why
    assert "secret" not in no.value.why


def test_upgrade_where_no_folder_can_be_made_tells_why(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(NotReady) as no:
        schema.upgrade(f"sqlite:///{tmp_path / 'file' / 'tanxin.sqlite'}")

    assert no.value.kind == "unreachable"


def test_a_table_that_is_missing_later_means_an_older_schema(database: str) -> None:
    with pytest.raises(NotReady) as no, schema.opened(database) as session:
        session.execute(text("SELECT * FROM no_such_table"))

    assert no.value.kind == "old_schema"


def test_other_troubles_keep_their_name(database: str) -> None:
    twice = "INSERT INTO workday_year (year, source) VALUES (2014, ''), (2014, '')"
    with pytest.raises(IntegrityError), schema.opened(database) as session:
        session.execute(text(twice))

    with pytest.raises((ProgrammingError, NotReady)), schema.opened(database) as session:
        session.execute(text("SELEKT"))


def test_a_disk_that_fails_later_is_unreachable(database: str) -> None:
    with pytest.raises(NotReady) as no, schema.opened(database):
        raise OperationalError("SELECT 1", {}, Exception("disk I/O error\nmore"))

    assert (no.value.kind, no.value.why) == ("unreachable", "disk I/O error")
