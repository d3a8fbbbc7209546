"""Several who want the same at the same moment: one gets it, the others are told why not."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.bookings import Draft
from scheduler.core.ground.errors import Outdated, Refused
from scheduler.core.ground.ids import BookingId
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings.acts import BookingChange
from scheduler.store import load
from tests.builders import a_clock, a_draft, at
from tests.seeds import an_organisation

CLOCK = a_clock("2014-07-01T08:00")
Verb = Callable[[Session], object]


@pytest.fixture
def engine(engine: Engine) -> Engine:
    with Session(engine) as session:
        an_organisation(session, people=20)
        session.commit()
    return engine


def at_once(engine: Engine, verbs: list[Verb]) -> list[object]:
    """Let each verb run in a thread of its own, all at the same moment; what each gave or raised."""
    start = threading.Barrier(len(verbs))
    results: list[object] = [None] * len(verbs)

    def run(place: int) -> None:
        with Session(engine, expire_on_commit=False) as session:
            load.rooms(session)
            session.rollback()
            start.wait()
            try:
                results[place] = verbs[place](session)
            except (Refused, Outdated) as no:
                results[place] = no

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(verbs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def booking(draft: Draft) -> Verb:
    return lambda session: bookings.book(session, OPERATOR, draft, CLOCK).booking.id


def test_one_room_goes_to_one_of_eight(engine: Engine) -> None:
    drafts = [a_draft(who=[f"p{n:02d}", f"p{n + 10:02d}"], room="R04") for n in range(1, 9)]

    results = at_once(engine, [booking(draft) for draft in drafts])

    assert [r for r in results if isinstance(r, str)] == ["T001"]
    refused = [r for r in results if isinstance(r, Refused)]
    assert [[(f.kind, f.subject) for f in r.blocking] for r in refused] == [[("room_taken", "R04")]] * 7
    with Session(engine) as session:
        assert [b.id for b in load.bookings(session)] == ["T001"]


def test_one_person_goes_to_one_of_eight(engine: Engine) -> None:
    drafts = [a_draft(start=f"2014-07-01T09:0{n}", who=["p20", f"p{n + 1:02d}"]) for n in range(8)]

    results = at_once(engine, [booking(draft) for draft in drafts])

    assert len([r for r in results if isinstance(r, str)]) == 1
    assert {f.subject for r in results if isinstance(r, Refused) for f in r.blocking} == {"p20"}


def test_those_who_want_different_things_all_get_them(engine: Engine) -> None:
    drafts = [a_draft(who=[f"p{n:02d}", f"p{n + 10:02d}"]) for n in range(1, 9)]

    results = at_once(engine, [booking(draft) for draft in drafts])

    assert sorted(map(str, results)) == [f"T00{n}" for n in range(1, 9)]


def test_two_who_swap_their_times_do_not_lose_either(engine: Engine) -> None:
    with Session(engine) as session:
        for hour in ("09", "10"):
            bookings.book(session, OPERATOR, a_draft(start=f"2014-07-01T{hour}:00"), CLOCK)

    def moving(name: str, hour: str) -> Verb:
        change = BookingChange(start=at(f"2014-07-01T{hour}:00"))
        return lambda session: bookings.change(session, OPERATOR, BookingId(name), change, CLOCK)

    results = at_once(engine, [moving("T001", "10"), moving("T002", "09")])

    assert all(isinstance(r, Refused) for r in results)
    with Session(engine) as session:
        assert [(b.id, b.version) for b in load.bookings(session)] == [("T001", 1), ("T002", 1)]


def test_second_of_two_who_saw_the_same_version_is_outdated(engine: Engine) -> None:
    with Session(engine) as session:
        bookings.book(session, OPERATOR, a_draft(), CLOCK)

    def moving(minutes: int) -> Verb:
        change = BookingChange(minutes=minutes, version=1)
        return lambda session: bookings.change(session, OPERATOR, BookingId("T001"), change, CLOCK).booking.version

    results = at_once(engine, [moving(30), moving(60)])

    assert sorted(type(r).__name__ for r in results) == ["Outdated", "int"]
