"""Reminders before talks: once for each of their people, on the last workday before."""

from datetime import time

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import BookingId
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings.acts import BookingChange
from scheduler.services.mail.reminders import queue_due
from scheduler.services.mail.work import carry_out
from scheduler.services.operations import housekeeping
from scheduler.store.mail.rows import MailLinkRow, MailMessageRow
from tests.builders import at
from tests.mail_server import letterbox
from tests.services.mailed import a_posting, with_addresses
from tests.small_organisation import CLOCK, span

NINE = time(9)


def on(moment: str) -> Clock:
    return Clock(at(moment), CLOCK.real + (at(moment) - CLOCK.now))


def test_its_people_are_reminded_once_from_nine_on_the_workday_before(organisation: Session) -> None:
    with_addresses(organisation, None)

    assert queue_due(organisation, NINE, on("2014-08-05T08:59")) == 0
    for moment in ("2014-08-05T09:00", "2014-08-05T09:01", "2014-08-06T08:59"):
        assert queue_due(organisation, NINE, on(moment)) == 2
    assert queue_due(organisation, NINE, on("2014-08-06T09:00")) == 0

    rows = organisation.scalars(select(MailMessageRow).order_by(MailMessageRow.person_id)).all()
    assert [(row.person_id, row.booking_id) for row in rows] == [("p01", "T002"), ("p03", "T002")]


def test_a_talk_that_moved_is_reminded_of_anew(organisation: Session) -> None:
    with_addresses(organisation, None)
    queue_due(organisation, NINE, on("2014-08-05T09:00"))
    bookings.change(organisation, OPERATOR, BookingId("T002"), BookingChange(start=span(7, 9).start), CLOCK)
    queue_due(organisation, NINE, on("2014-08-06T09:00"))

    assert len(organisation.scalars(select(MailMessageRow)).all()) == 4


def test_a_reminder_names_the_talk_and_holds_its_links(organisation: Session) -> None:
    with_addresses(organisation, None)
    clock = on("2014-08-05T09:00")
    queue_due(organisation, NINE, clock)
    with letterbox() as box:
        assert carry_out(a_posting(organisation, box, clock.real)) == 2

    (message,) = box.of("wen@example.org")
    text = message.get_content()
    assert message["Subject"] == "日程提醒"
    assert "8月6日 周三 9:00–9:45  谈心谈话：沈维岳，谈话室" in text
    assert text.count("https://tanxin.example.org/go/") == 3
    tokens = [line.strip().rpartition("/")[2] for line in text.splitlines() if "/go/" in line]
    kept = {row.digest: row for row in organisation.scalars(select(MailLinkRow))}
    assert len(kept) == 6
    assert not any(token in digest for token in tokens for digest in kept)


def test_of_a_talk_that_is_off_nobody_is_reminded(organisation: Session) -> None:
    with_addresses(organisation, None)
    clock = on("2014-08-05T09:00")
    queue_due(organisation, NINE, clock)
    bookings.cancel(organisation, OPERATOR, BookingId("T002"), CLOCK)
    with letterbox() as box:
        assert carry_out(a_posting(organisation, box, clock.real)) == 0

    assert {row.state for row in organisation.scalars(select(MailMessageRow))} == {"needless"}


def test_housekeeping_reminds(organisation: Session) -> None:
    with_addresses(organisation, None)
    address = organisation.get_bind().engine.url.render_as_string(hide_password=False)

    housekeeping.remind(address, NINE, on("2014-08-05T09:00"))

    assert len(organisation.scalars(select(MailMessageRow)).all()) == 2
