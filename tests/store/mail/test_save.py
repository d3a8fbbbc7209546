"""What is queued with a change, and what is not."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings.acts import BookingChange
from scheduler.store.mail import load as load_mail
from scheduler.store.mail import save as save_mail
from scheduler.store.mail.rows import MailMessageRow, MailNewsRow
from tests.services.mailed import with_addresses
from tests.small_organisation import CLOCK, span

TALK = BookingId("T002")


def move(session: Session, hour: int) -> None:
    bookings.change(session, OPERATOR, TALK, BookingChange(start=span(6, hour).start), CLOCK)


def keys(session: Session) -> list[str]:
    return sorted(session.scalars(select(MailMessageRow.key)))


def test_what_changes_within_a_release_is_told_in_its_message(organisation: Session) -> None:
    with_addresses(organisation)
    with save_mail.one_release(organisation, "P7"):
        move(organisation, 10)
        move(organisation, 11)

    assert keys(organisation) == ["release:P7:p01", "release:P7:p03"]
    assert len(organisation.scalars(select(MailNewsRow)).all()) == 4
    assert load_mail.gathering(organisation, [PersonId("p01")]) == {}, "changes by hand are told apart from it"
    move(organisation, 12)
    assert len(keys(organisation)) == 4


def test_a_release_queues_nothing_where_no_mail_is_sent(organisation: Session) -> None:
    with_addresses(organisation, None)
    with save_mail.one_release(organisation, "P7"):
        move(organisation, 10)

    assert keys(organisation) == []


def test_what_was_rolled_back_is_not_told(organisation: Session) -> None:
    with_addresses(organisation, timedelta(minutes=3))
    bookings.writing.begin(organisation)
    bookings.put_change(organisation, OPERATOR, TALK, BookingChange(start=span(6, 10).start), CLOCK)
    assert len(keys(organisation)) == 2
    organisation.rollback()

    assert keys(organisation) == []
    assert load_mail.news_in(organisation, "nothing") == []
