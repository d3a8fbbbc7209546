"""The background process."""

import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event, Lock, Thread

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from config import Config, Mail
from scheduler import edge, worker
from scheduler.core.arranging.runs import PlanRun, RunState
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import BookingId, PersonId, PlanRunId
from scheduler.services.accounts import register as accounts
from scheduler.services.arranging import queue as plan_queue
from scheduler.services.arranging import runs as plan_runs
from scheduler.services.bookings import acts as bookings
from scheduler.services.feeds import outside_calendars as calendars
from scheduler.services.feeds.outside_calendars import Fetching
from scheduler.store.accounts.rows import PasswordLinkRow
from scheduler.store.arranging import load as load_plans
from scheduler.store.arranging import save as save_plans
from scheduler.store.feeds.calendar_rows import OutsideCalendarRow
from scheduler.store.operations.rows import HeartbeatRow
from tests.calendar_server import serving
from tests.mail_server import letterbox
from tests.services import planned
from tests.services.mailed import with_addresses
from tests.serving import is_alive, wait_until_gone
from tests.small_organisation import CLOCK
from tests.waiting import LAST_RESORT, wait_for
from tests.working import P001, Started, real_now, state_of, taken_up_by_another, working

sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def config(database: str, tmp_path: Path) -> Config:
    return Config(instance=tmp_path, database_url=database, secret_key="of tests only " * 3)


@sqlite
def test_it_says_that_it_lives_until_it_is_told_to_stop(config: Config, organisation: Session) -> None:
    stop, before = Event(), real_now()

    worker.heartbeat(config)

    beat = organisation.scalars(select(HeartbeatRow)).one()
    assert beat.name == worker.name()
    assert before.replace(microsecond=0) <= beat.at <= real_now()
    organisation.rollback()

    thread = Thread(target=worker.run, args=(config,), kwargs={"stop": stop})
    thread.start()
    stop.set()
    thread.join(LAST_RESORT)

    assert not thread.is_alive()
    assert organisation.scalars(select(HeartbeatRow)).all() == []


@sqlite
def test_it_stops_with_the_process_that_started_it(
    config: Config, organisation: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    parents = iter([1, 1])
    monkeypatch.setattr(worker, "LOOK_EVERY", 0.01)
    monkeypatch.setattr("scheduler.worker.os.getppid", lambda: next(parents, 2))

    thread = Thread(target=worker.run, args=(config,), kwargs={"follows": True})
    thread.start()
    thread.join(LAST_RESORT)

    assert not thread.is_alive()


@sqlite
def test_what_is_over_is_cleared_away(config: Config, organisation: Session) -> None:
    long_ago = real_now() - timedelta(days=8)
    accounts.add(organisation, OPERATOR, Clock(long_ago, long_ago), person=PersonId("p03"))

    worker.purge(config)

    assert organisation.scalars(select(PasswordLinkRow)).all() == []


@sqlite
def test_its_tasks_are_on_the_queue_of_the_instance(config: Config, organisation: Session) -> None:
    queue = worker.queue(replace(config, instance=config.instance / "new"), Event())

    names = {task.rpartition(".")[2] for task in queue._registry.periodic_tasks and queue._registry._registry}
    assert names == {"beat", "sweep", "fetch_calendars", "tell_chats"}
    assert (config.instance / "new" / "queue.sqlite").exists()


@sqlite
def test_it_fetches_calendars_one_round_at_a_time(
    config: Config, organisation: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving() as server:
        config = replace(config, fetch_allow=(server.host,), calendar_every=timedelta(minutes=30))
        how = Fetching(config.fetch_allow)
        calendars.add(organisation, OPERATOR, PersonId("p03"), server.address, "", CLOCK, how)
        organisation.execute(update(OutsideCalendarRow).values(next_at=CLOCK.real))
        organisation.commit()
        busy, free = Lock(), Lock()
        with busy:
            worker.fetch_calendars(config, busy, Event())
        assert server.asked == 1

        worker.fetch_calendars(config, free, Event())

        assert server.asked == 2
        assert not free.locked()
        due = organisation.scalars(select(OutsideCalendarRow.next_at)).one()
        assert due
        assert timedelta(minutes=29) < due - real_now() < timedelta(minutes=31)


# ── Runs of the planner, with a worker that is a process of its own ──────────────────────────────────────────────────
@pytest.fixture
def started(sample_database: str, tmp_path: Path) -> Iterator[Callable[..., Started]]:
    with working(sample_database, tmp_path) as start:
        yield start


@pytest.mark.slow
def test_run_that_was_asked_for_is_carried_out_at_once(
    sample_session: Session, started: Callable[..., Started], tmp_path: Path
) -> None:
    planned.a_campaign(sample_session)
    one = started()
    wait_for((tmp_path / "queue.sqlite").exists)

    run = planned.a_run(sample_session)
    plan_queue.send(str(tmp_path / "queue.sqlite"), run.id)
    wait_for(lambda: state_of(sample_session) is RunState.DONE)

    assert one.end() == 0


@pytest.mark.slow
def test_killing_the_worker_in_the_middle_of_a_run_loses_nothing(
    sample_session: Session, started: Callable[..., Started]
) -> None:
    """kill -9: its solver ends with it, and the next worker takes the run up."""
    planned.a_campaign(sample_session)
    planned.a_run(sample_session)
    first = started(is_slow=True)
    solver = first.solver()
    assert state_of(sample_session) is RunState.RUNNING

    assert first.end(signal.SIGKILL) == -signal.SIGKILL
    wait_until_gone(solver)
    taken_up_by_another(sample_session, started)


@pytest.mark.slow
def test_run_under_way_is_stopped_when_somebody_says_so(
    sample_session: Session, started: Callable[..., Started]
) -> None:
    planned.a_campaign(sample_session)
    planned.a_run(sample_session)
    one = started(is_slow=True)
    solver = one.solver()

    plan_runs.cancel(sample_session, planned.ORGANIZER, P001, planned.CLOCK)
    wait_for(lambda: state_of(sample_session) is RunState.CANCELLED)

    wait_until_gone(solver)
    assert load_plans.draft_plan(sample_session, P001) is not None
    assert one.end() == 0


@pytest.mark.slow
def test_worker_that_is_told_to_stop_puts_its_run_back(
    sample_session: Session, started: Callable[..., Started]
) -> None:
    planned.a_campaign(sample_session)
    planned.a_run(sample_session)
    one = started(is_slow=True)
    solver = one.solver()

    assert one.end() == 0

    assert not is_alive(solver)
    sample_session.rollback()
    run = load_plans.run(sample_session, P001)
    assert (run.state, run.attempt) == (RunState.QUEUED, 0)


@sqlite
def test_run_of_which_no_message_told_is_found(config: Config, organisation: Session) -> None:
    run = PlanRun(PlanRunId(""), RunState.QUEUED, {"options": {}}, "p22", real_now())
    save_plans.new_run(organisation, run)
    organisation.commit()
    runs = worker.run_queue(config, Event())

    worker.look_for_runs(config, runs)
    worker.look_for_runs(config, runs)

    assert runs.pending_count() == 1


@sqlite
def test_database_that_is_away_is_looked_at_again(config: Config, organisation: Session) -> None:
    runs = worker.run_queue(config, Event())

    worker.look_for_runs(replace(config, database_url="sqlite:////nowhere/at.all"), runs)

    assert runs.pending_count() == 0


@sqlite
def test_mail_that_is_due_goes_out(config: Config, organisation: Session) -> None:
    with_addresses(organisation)
    bookings.cancel(organisation, OPERATOR, BookingId("T002"), CLOCK)
    stop = Event()
    with letterbox() as box:
        mail = Mail(host="127.0.0.1", port=box.port, encryption="none", sender="no-reply@example.org", quiet=None)
        assert worker.carry_mail(config, stop, edge.RunningClock(None)) == 0
        thread = Thread(target=worker.run, args=(replace(config, mail=mail),), kwargs={"stop": stop})
        thread.start()
        wait_for(lambda: len(box.taken) >= 2, "mail")
        stop.set()
        thread.join(LAST_RESORT)

    assert sorted(str(message["To"]) for message in box.taken) == ["shen@example.org", "wen@example.org"]


@sqlite
def test_a_database_that_is_away_is_looked_for_again(config: Config) -> None:
    mail = Mail(host="127.0.0.1", port=25, sender="no-reply@example.org")
    nowhere = replace(config, mail=mail, database_url=f"sqlite:///{config.instance / 'none.sqlite'}")

    assert worker.carry_mail(nowhere, Event(), edge.RunningClock(None)) == 0
