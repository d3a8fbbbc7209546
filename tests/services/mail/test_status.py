import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.errors import NotAllowed
from scheduler.core.ground.ids import BookingId
from scheduler.services.bookings import acts as bookings
from scheduler.services.mail.status import status
from scheduler.services.mail.work import carry_out
from tests.builders import an_actor
from tests.mail_server import letterbox
from tests.services.mailed import a_posting, with_addresses
from tests.small_organisation import CLOCK


def test_the_outbox_tells_how_much_waits_and_why_something_did_not_arrive(organisation: Session) -> None:
    with_addresses(organisation)
    bookings.cancel(organisation, OPERATOR, BookingId("T002"), CLOCK)
    assert status(organisation, OPERATOR, CLOCK).waiting == 2
    with letterbox() as box:
        box.to_recipient = "550 no such user"
        carry_out(a_posting(organisation, box))
    bookings.cancel(organisation, OPERATOR, BookingId("E01"), CLOCK)
    with letterbox() as box:
        box.to_data = "451 greylisted"
        carry_out(a_posting(organisation, box))

    found = status(organisation, OPERATOR, CLOCK)

    assert (found.waiting, found.sent, found.failed, found.needless) == (3, 0, 2, 0)
    assert sorted((one.person, one.why, one.attempts, one.next_at is None) for one in found.undelivered) == [
        ("p01", "message_refused", 1, False),
        ("p01", "recipient_refused", 1, True),
        ("p02", "message_refused", 1, False),
        ("p03", "message_refused", 1, False),
        ("p03", "recipient_refused", 1, True),
    ]
    with pytest.raises(NotAllowed):
        status(organisation, an_actor("p03"), CLOCK)
