"""Mail in tests: people with addresses, a session that queues, and a posting that leads to a server of the test."""

from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import PersonId
from scheduler.services.mail import channels as mailing
from scheduler.services.mail.work import Posting
from scheduler.worker import WORDS
from tests.mail_server import Letterbox
from tests.small_organisation import CLOCK

ADDRESSES = {"p01": "shen@example.org", "p02": "chen@example.org", "p03": "wen@example.org"}
SENDER = "no-reply@example.org"


def with_addresses(session: Session, bundle: timedelta | None = timedelta(0)) -> None:
    """Let three people have addresses, and the session queue what it changes."""
    for person, address in ADDRESSES.items():
        mailing.set_address(session, OPERATOR, PersonId(person), address, CLOCK)
    mailing.queue(session, bundle)


def a_posting(
    session: Session, box: Letterbox, real: datetime = CLOCK.real, quiet: tuple[time, time] | None = None
) -> Posting:
    address = session.get_bind().engine.url.render_as_string(hide_password=False)
    clock = Clock(CLOCK.now + (real - CLOCK.real), real)
    return Posting(address, box.server(), SENDER, "https://tanxin.example.org", "zh", quiet, WORDS, lambda: clock)
