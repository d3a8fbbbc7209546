"""The one way to write: the lock first, once only, and given back however it ends."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from scheduler.core.ground.errors import Busy
from scheduler.store import engine as engines
from scheduler.store import writing
from scheduler.store.counters import CounterRow

SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
POSTGRESQL = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


def count(session: Session) -> int:
    return int(session.execute(text("SELECT coalesce(sum(last), 0) FROM counter")).scalar_one())


def test_beginning_twice_is_beginning_once(session: Session) -> None:
    writing.begin(session)
    session.add(CounterRow(prefix="T", last=1))
    writing.begin(session)
    session.commit()

    assert count(session) == 1


def test_what_was_read_before_is_let_go(engine: Engine, session: Session) -> None:
    assert count(session) == 0
    with Session(engine) as other:
        writing.begin(other)
        other.add(CounterRow(prefix="T", last=1))
        other.commit()

    writing.begin(session)

    assert count(session) == 1


def test_what_was_changed_before_is_not_let_go_silently(session: Session) -> None:
    session.add(CounterRow(prefix="T", last=1))

    with pytest.raises(RuntimeError):
        writing.begin(session)


@SQLITE
@pytest.mark.parametrize("end", ["commit", "rollback", "close"])
def test_next_writer_is_let_in_however_it_ends(engine: Engine, end: str) -> None:
    with Session(engine) as one, Session(engine) as other:
        writing.begin(one)
        getattr(one, end)()
        writing.begin(other)


def test_writers_that_count_at_once_lose_no_number(engine: Engine) -> None:
    def add_fifty() -> None:
        with Session(engine) as session:
            for _ in range(50):
                writing.begin(session)
                session.execute(
                    text(
                        "INSERT INTO counter VALUES ('T', 1) ON CONFLICT (prefix) DO UPDATE SET last = counter.last + 1"
                    )
                )
                session.commit()

    threads = [threading.Thread(target=add_fifty) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with Session(engine) as session:
        assert count(session) == 200


@SQLITE
def test_waiting_has_an_end(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "BUSY_SECONDS", 0.2)
    with Session(engine) as one, Session(engine) as other:
        writing.begin(one)
        with pytest.raises(Busy):
            writing.begin(other)
        one.commit()

        until_it_works(
            lambda: writing.begin(other)
        )  # the thread that waited for us lets go at once, but not at this moment


def until_it_works(verb: Callable[[], None]) -> None:
    for _ in range(50):
        try:
            return verb()
        except Busy:
            time.sleep(0.05)
    raise AssertionError


@SQLITE
def test_lock_of_somebody_who_knows_no_queue_makes_it_busy(database: str) -> None:
    engine = engines.make(database)
    with engine.connect() as foreign, Session(engine) as session:
        foreign.exec_driver_sql("COMMIT")
        foreign.exec_driver_sql("BEGIN IMMEDIATE")
        connection = session.connection()
        connection.exec_driver_sql("PRAGMA busy_timeout = 100")
        with pytest.raises(Busy):
            writing.begin(session)
        foreign.exec_driver_sql("ROLLBACK")
        foreign.exec_driver_sql("BEGIN")

        writing.begin(session)
    engine.dispose()


def test_database_that_cannot_be_opened_says_so_itself(tmp_path: Path) -> None:
    engine = engines.make(f"sqlite:///{tmp_path / 'nowhere' / 'x.sqlite'}")
    with Session(engine) as session, pytest.raises(OperationalError, match="unable to open"):
        writing.begin(session)
    engine.dispose()


def test_memory_database_needs_no_queue() -> None:
    engine = engines.make("sqlite://")
    with Session(engine) as session:
        writing.begin(session)
        assert session.info == {"tanxin_lock": None}
    engine.dispose()


class TestRetrying:
    def failing(self, session: Session, error: Exception, times: int) -> tuple[object, int]:
        """A verb that fails so many times and then answers; and how often it was run."""
        runs = 0

        def verb() -> str:
            nonlocal runs
            runs += 1
            writing.begin(session)
            if runs <= times:
                raise error
            return "done"

        try:
            return writing.retrying(session, verb), runs
        except Exception as told:
            return type(told), runs

    @pytest.mark.parametrize("code", ["40P01", "40001"])
    def test_broken_deadlock_is_tried_again(self, session: Session, code: str) -> None:
        assert self.failing(session, database_error(code), 3) == ("done", 4)

    def test_guard_that_refused_is_asked_again(self, session: Session) -> None:
        error = IntegrityError("", {}, Exception("allocation_never_twice"))

        assert self.failing(session, error, 1) == ("done", 2)

    def test_five_times_are_enough(self, session: Session) -> None:
        assert self.failing(session, database_error("40P01"), 99) == (Busy, 5)

    @pytest.mark.parametrize("code", ["55P03", "57P01"])
    def test_lock_not_had_in_time_is_busy_at_once(self, session: Session, code: str) -> None:
        assert self.failing(session, database_error(code), 99) == (Busy, 1)

    @pytest.mark.parametrize("error", [ValueError(), IntegrityError("", {}, Exception("something else"))])
    def test_anything_else_is_told_and_undone(self, session: Session, error: Exception) -> None:
        assert self.failing(session, error, 99) == (type(error), 1)
        assert not session.in_transaction()


@writing.verb
def raised(session: Session, fails: list[DBAPIError], *, begins: bool = True) -> str:
    """A counter raised, after these errors."""
    if begins:
        writing.begin(session)
        session.add(CounterRow(prefix="T", last=1))
        session.flush()
    if fails:
        raise fails.pop()
    return "done"


class TestVerb:
    def test_what_a_verb_wrote_is_committed_when_it_is_through(self, engine: Engine, session: Session) -> None:
        assert raised(session, []) == "done"

        with Session(engine) as other:
            assert count(other) == 1

    def test_it_is_run_again_from_its_beginning(self, engine: Engine, session: Session) -> None:
        assert raised(session, [database_error("40P01"), database_error("40001")]) == "done"

        with Session(engine) as other:
            assert count(other) == 1

    def test_one_that_did_not_begin_to_write_commits_nothing(self, session: Session) -> None:
        commits: list[Session] = []
        event.listen(session, "before_commit", commits.append)
        assert count(session) == 0

        assert raised(session, [], begins=False) == "done"

        assert commits == []


def database_error(code: str) -> DBAPIError:
    """An error such as PostgreSQL's driver tells it."""
    original = Exception(code)
    original.sqlstate = code  # type: ignore[attr-defined]
    return OperationalError("", {}, original)


@POSTGRESQL
def test_real_deadlock_is_broken_and_tried_again(engine: Engine) -> None:
    with Session(engine) as session:
        session.add_all([CounterRow(prefix="A", last=0), CounterRow(prefix="B", last=0)])
        session.commit()
    both_hold_one = threading.Barrier(2)

    def raise_both(order: tuple[str, str]) -> None:
        is_first_time = True

        def verb() -> None:
            nonlocal is_first_time
            writing.begin(session)
            raise_counter(session, order[0])
            if is_first_time:
                is_first_time = False
                both_hold_one.wait()
            raise_counter(session, order[1])
            session.commit()

        with Session(engine) as session:
            writing.retrying(session, verb)

    threads = [threading.Thread(target=raise_both, args=(order,)) for order in (("A", "B"), ("B", "A"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with Session(engine) as session:
        assert count(session) == 4


def raise_counter(session: Session, prefix: str) -> None:
    session.execute(text("UPDATE counter SET last = last + 1 WHERE prefix = :prefix"), {"prefix": prefix})
