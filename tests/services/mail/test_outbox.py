"""The outbox by itself; that it loses nothing is shown where mail is carried out."""

from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import BookingId
from scheduler.services.bookings import acts as bookings
from scheduler.services.mail import outbox
from tests.services.mailed import with_addresses
from tests.small_organisation import CLOCK, later


def test_nothing_is_leased_when_nothing_is_due(organisation: Session) -> None:
    assert outbox.lease(organisation, CLOCK) is None


def test_a_failed_message_is_leased_again_after_a_minute(organisation: Session) -> None:
    with_addresses(organisation)
    bookings.cancel(organisation, OPERATOR, BookingId("T002"), CLOCK)
    first, second = outbox.lease(organisation, CLOCK), outbox.lease(organisation, CLOCK)
    assert first
    assert second
    outbox.sent(organisation, second, CLOCK)
    outbox.failed(organisation, first, "too_slow", CLOCK, is_permanent=False)

    assert outbox.lease(organisation, later(59)) is None
    again = outbox.lease(organisation, later(60))
    assert again
    assert (again.id, again.attempts) == (first.id, 2)
