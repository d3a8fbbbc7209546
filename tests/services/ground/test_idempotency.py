"""Requests that are sent twice."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.bookings import Draft, Kind
from scheduler.core.ground.errors import Malformed, Refused
from scheduler.core.ground.ids import PersonId
from scheduler.services.bookings import acts as bookings
from scheduler.services.ground import idempotency
from scheduler.services.ground.idempotency import Keeper, KeptAnswer, KeyedRequest
from scheduler.store.accounts.rows import IdempotencyRow
from scheduler.store.bookings.rows import BookingRow
from tests.small_organisation import CLOCK, later, span

ASKED = KeyedRequest("key-1", "book the talk")
DAY = 24 * 3600
TALK = Draft(Kind.TALK, span(12, 9, 45), (PersonId("p02"), PersonId("p27")))


def booking(session: Session) -> Callable[[Keeper], KeptAnswer]:
    def verb(keep: Keeper) -> KeptAnswer:
        made = bookings.book(
            session, OPERATOR, TALK, CLOCK, keep=lambda done: keep(KeptAnswer(201, {"id": done.booking.id}))
        )
        return KeptAnswer(201, {"id": made.booking.id})

    return verb


def test_the_second_request_gets_the_answer_of_the_first(organisation: Session) -> None:
    first = idempotency.once(organisation, OPERATOR, ASKED, CLOCK, booking(organisation))
    second = idempotency.once(organisation, OPERATOR, ASKED, later(DAY - 1), booking(organisation))

    assert first == second == KeptAnswer(201, {"id": "T005"})


def test_a_key_is_not_for_two_requests(organisation: Session) -> None:
    idempotency.once(organisation, OPERATOR, ASKED, CLOCK, booking(organisation))

    with pytest.raises(Malformed) as refused:
        idempotency.once(organisation, OPERATOR, KeyedRequest("key-1", "another"), CLOCK, booking(organisation))
    assert (refused.value.kind, refused.value.field) == ("key_reused", "Idempotency-Key")


def test_after_a_day_a_key_is_free_again(organisation: Session) -> None:
    idempotency.once(organisation, OPERATOR, ASKED, CLOCK, booking(organisation))
    answer = KeptAnswer(201, {"id": "another"})

    def verb(keep: Keeper) -> KeptAnswer:
        keep(answer)
        organisation.commit()
        return answer

    assert idempotency.once(organisation, OPERATOR, ASKED, later(DAY), verb) == answer
    assert idempotency.once(organisation, OPERATOR, ASKED, later(DAY + 1), booking(organisation)) == answer


def test_a_refusal_is_not_kept(organisation: Session) -> None:
    bookings.book(organisation, OPERATOR, TALK, CLOCK)

    with pytest.raises(Refused):
        idempotency.once(organisation, OPERATOR, ASKED, CLOCK, booking(organisation))
    assert organisation.scalars(select(IdempotencyRow.key)).all() == []


def test_old_answers_are_swept(organisation: Session) -> None:
    idempotency.once(organisation, OPERATOR, ASKED, CLOCK, booking(organisation))

    idempotency.purge(organisation, later(DAY - 1))
    assert organisation.scalars(select(IdempotencyRow.key)).all() == ["key-1"]
    idempotency.purge(organisation, later(DAY))
    assert organisation.scalars(select(IdempotencyRow.key)).all() == []


def test_two_at_the_same_moment_book_once_and_get_one_answer(organisation: Session, engine: Engine) -> None:
    before = len(organisation.scalars(select(BookingRow.id)).all())
    organisation.rollback()
    answers: list[KeptAnswer] = []
    together = Barrier(4)

    def ask() -> None:
        with Session(engine, expire_on_commit=False) as session:
            together.wait()
            answers.append(idempotency.once(session, OPERATOR, ASKED, CLOCK, booking(session)))

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(answers) == 4
    assert {str(answer.document["id"]) for answer in answers} == {"T005"}
    assert len(organisation.scalars(select(BookingRow.id)).all()) == before + 1
