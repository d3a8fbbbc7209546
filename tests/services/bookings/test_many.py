"""One act done to many bookings: each for itself."""

import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.errors import Malformed, NotFound, Refused
from scheduler.core.ground.ids import BookingId, RoomId
from scheduler.services.bookings import many
from scheduler.store import load
from tests.builders import a_clock, a_draft, an_actor
from tests.services.booked import CLOCK, book, prepare

AFTER = a_clock("2014-07-03T12:00")


@pytest.fixture
def session(session: Session) -> Session:
    return prepare(session)


def talks(session: Session) -> list[BookingId]:
    days = ("2014-07-01", "2014-07-02", "2014-07-04")
    return [BookingId(book(session, a_draft(start=f"{day}T09:00", room="R04"))) for day in days]


def test_what_cannot_be_keeps_no_other_back(session: Session) -> None:
    first, second, ahead = talks(session)

    done = many.confirm(session, OPERATOR, [first, ahead, BookingId("T99"), second, first], AFTER)

    assert list(done.done) == [first, second]
    assert {name: type(no) for name, no in done.refused.items()} == {ahead: Refused, "T99": NotFound}
    assert [load.booking(session, name).is_held for name in (first, second, ahead)] == [True, True, False]
    assert list(many.unconfirm(session, OPERATOR, [first], AFTER).done) == [first]
    assert not load.booking(session, first).is_held


def test_many_are_cancelled_and_restored(session: Session) -> None:
    ids = talks(session)

    assert list(many.cancel(session, OPERATOR, ids, CLOCK).done) == ids
    assert all(load.booking(session, name).is_cancelled for name in ids)
    assert list(many.restore(session, OPERATOR, ids, CLOCK).done) == ids
    assert not many.cancel(session, an_actor("p05"), ids, CLOCK).done


def test_many_move_to_another_room_where_it_is_free(session: Session) -> None:
    ids = talks(session)
    book(session, a_draft(start="2014-07-02T09:00", who=("p03", "p04"), room="R05"))

    done = many.move_to(session, OPERATOR, dict.fromkeys(ids, RoomId("R05")), CLOCK)

    assert list(done.done) == [ids[0], ids[2]]
    assert isinstance(done.refused[ids[1]], Refused)
    assert [load.booking(session, name).room for name in ids] == ["R05", "R04", "R05"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_there_is_an_end_to_many(session: Session) -> None:
    with pytest.raises(Malformed, match="too_many_bookings"):
        many.cancel(session, OPERATOR, [BookingId(f"T{number}") for number in range(201)], CLOCK)
