"""Changes become mail: who gets which, what it says, and that none is lost when servers and processes die."""

import os
import random
import signal
import subprocess
import sys
import time as times
from datetime import time, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from config import ROOT
from scheduler.core.feeds.definitions import Owner, Scope
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings.acts import BookingChange
from scheduler.services.feeds import addresses as feeds
from scheduler.services.feeds import subscriptions
from scheduler.services.ground import actors, journal
from scheduler.services.ground import organisation as offices
from scheduler.services.mail import channels as mailing
from scheduler.services.mail import outbox
from scheduler.services.mail.work import carry_out
from scheduler.store.feeds.rows import FeedFetchRow
from scheduler.store.mail.rows import MailMessageRow, MailNewsRow
from tests.builders import a_draft, an_actor
from tests.mail_server import Letterbox, letterbox
from tests.services.mailed import a_posting, with_addresses
from tests.small_organisation import CLOCK, later, span
from tests.waiting import wait_for

TALK = BookingId("T002")
"""沈维岳 and 文静, on 6 August at nine."""


def move(session: Session, hour: int = 10, booking: BookingId = TALK) -> None:
    bookings.change(session, OPERATOR, booking, BookingChange(start=span(6, hour).start), CLOCK)


def states(session: Session) -> list[tuple[str, str]]:
    session.rollback()
    rows = session.scalars(select(MailMessageRow).order_by(MailMessageRow.person_id, MailMessageRow.made_at))
    return [(row.person_id, row.state) for row in rows.unique()]


def invitations(box: Letterbox) -> list[tuple[str, str, str, int, str]]:
    """Of each calendar part: to whom, which method, who is asked, which sequence and uid."""
    found = []
    for message in box.taken:
        for part in message.walk():
            if part.get_content_type() == "text/calendar":
                calendar = Calendar.from_ical(part.get_payload(decode=True))
                (event,) = calendar.walk("VEVENT")
                attendee = str(event["attendee"]).removeprefix("mailto:")
                found.append(
                    (message["To"], str(calendar["method"]), attendee, int(event["sequence"]), str(event["uid"]))
                )
    return sorted(found)


def test_without_mail_nothing_is_queued(organisation: Session) -> None:
    with_addresses(organisation, None)

    move(organisation)

    assert organisation.scalars(select(MailNewsRow)).all() == []


def test_a_move_is_told_to_each_in_an_invitation_of_their_own(organisation: Session) -> None:
    with_addresses(organisation)
    move(organisation)
    with letterbox() as box:
        assert carry_out(a_posting(organisation, box)) == 2
        assert carry_out(a_posting(organisation, box)) == 0

    uid = bookings.load.booking(organisation, TALK).uid
    assert invitations(box) == [
        ("shen@example.org", "REQUEST", "shen@example.org", 1, uid),
        ("wen@example.org", "REQUEST", "wen@example.org", 1, uid),
    ]
    text = box.of("wen@example.org")[0].get_body(("plain",)).get_content()
    assert "【有变】8月6日 周三 9:00 → 8月6日 周三 10:00–10:45  谈心谈话：沈维岳，谈话室" in text
    assert states(organisation) == [("p01", "sent"), ("p03", "sent")]


def test_cancelling_and_removing_somebody_take_the_entry_off_with_the_same_uid(organisation: Session) -> None:
    with_addresses(organisation)
    bookings.change(organisation, OPERATOR, BookingId("E01"), BookingChange(remove_people=(PersonId("p02"),)), CLOCK)
    bookings.cancel(organisation, OPERATOR, TALK, CLOCK)
    with letterbox() as box:
        carry_out(a_posting(organisation, box))

    talk, meeting = (bookings.load.booking(organisation, BookingId(name)).uid for name in ("T002", "E01"))
    assert invitations(box) == [
        ("chen@example.org", "CANCEL", "chen@example.org", 1, meeting),
        ("shen@example.org", "CANCEL", "shen@example.org", 1, talk),
        ("wen@example.org", "CANCEL", "wen@example.org", 1, talk),
    ]
    assert "动员大会" not in box.of("chen@example.org")[0].as_string()


def test_who_is_out_of_a_talk_learns_nothing_of_how_it_went_on(organisation: Session) -> None:
    with_addresses(organisation)
    swap = BookingChange(start=span(6, 15).start, add_people=(PersonId("p02"),), remove_people=(PersonId("p03"),))
    bookings.change(organisation, OPERATOR, TALK, swap, CLOCK)
    with letterbox() as box:
        carry_out(a_posting(organisation, box))

    (message,) = box.of("wen@example.org")
    text = message.get_body(("plain",)).get_content()
    assert "【取消】8月6日 周三 9:00–9:45  谈心谈话\r\n" in text
    assert "陈国梁" not in text
    assert "15:00" not in text


@pytest.mark.parametrize(
    ("vocabulary", "subject", "line"),
    [
        ("zh-neutral", "日程变动：1 项", "【有变】8月6日 周三 9:00 → 8月6日 周三 10:00–10:45  面谈：沈维岳，谈话室"),
        ("en", "Calendar: 1 change", "[Changed] Wed 6 Aug 9:00 → Wed 6 Aug 10:00–10:45  Talk: 沈维岳, 谈话室"),
    ],
)
def test_letters_are_in_the_words_of_the_office(
    organisation: Session, vocabulary: str, subject: str, line: str
) -> None:
    offices.speak(organisation, OPERATOR, vocabulary, CLOCK)
    with_addresses(organisation)
    move(organisation)
    with letterbox() as box:
        carry_out(a_posting(organisation, box))

    (message,) = box.of("wen@example.org")
    assert message["Subject"] == subject
    assert line in message.get_body(("plain",)).get_content().splitlines()


def test_changes_within_a_few_minutes_are_one_message(organisation: Session) -> None:
    with_addresses(organisation, timedelta(minutes=3))
    move(organisation)
    move(organisation, 11)
    draft = a_draft(start="2014-08-12T09:00", who=["p02", "p03"])
    new = bookings.book(organisation, OPERATOR, draft, CLOCK).booking
    gone = bookings.book(organisation, OPERATOR, a_draft(start="2014-08-13T09:00", who=["p02", "p03"]), CLOCK).booking
    bookings.cancel(organisation, OPERATOR, gone.id, CLOCK)
    with letterbox() as box:
        assert carry_out(a_posting(organisation, box, CLOCK.real + timedelta(minutes=2))) == 0
        assert carry_out(a_posting(organisation, box, CLOCK.real + timedelta(minutes=3))) == 3

    (message,) = box.of("wen@example.org")
    assert message["Subject"] == "日程变动：2 项"
    assert message.get_body(("plain",)).get_content().replace("\r\n", "\n") == (
        "文静：\n\n"
        "【有变】8月6日 周三 9:00 → 8月6日 周三 11:00–11:45  谈心谈话：沈维岳，谈话室\n"
        "【新增】8月12日 周二 9:00–9:45  谈心谈话：陈国梁\n\n"
        "此邮件由系统自动发出，请勿转发。\n"
    )
    assert [part.get_filename() for part in message.iter_attachments()] == ["invitation-1.ics", "invitation-2.ics"]
    assert {uid for to, _, _, _, uid in invitations(box) if to == "chen@example.org"} == {new.uid}


def test_what_was_changed_back_before_it_was_told_is_not_sent(organisation: Session) -> None:
    with_addresses(organisation)
    made = bookings.book(organisation, OPERATOR, a_draft(start="2014-08-13T09:00", who=["p02", "p27"]), CLOCK).booking
    bookings.cancel(organisation, OPERATOR, made.id, CLOCK)
    with letterbox() as box:
        assert carry_out(a_posting(organisation, box)) == 0

    assert states(organisation) == [("p02", "needless")]


def test_whoever_lives_by_a_feed_gets_no_mail_unless_they_choose_it(organisation: Session) -> None:
    with_addresses(organisation)
    person = bookings.load.booking(organisation, TALK).people[1]
    wen = an_actor(person)
    feed, _ = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, person))
    assert mailing.of(organisation, wen, person, CLOCK).gets_mail is True, "nobody fetched it yet"
    seen = {"shown_at": CLOCK.real, "first_at": CLOCK.real, "last_at": CLOCK.real}
    organisation.add(FeedFetchRow(feed_id=feed.id, revision=1, client="apple", **seen))
    organisation.commit()

    assert mailing.of(organisation, wen, person, later(15 * 24 * 3600)).gets_mail is True, "that was long ago"
    assert mailing.of(organisation, wen, person, CLOCK).gets_mail is False
    move(organisation)
    assert states(organisation) == [("p01", "waiting")]

    mailing.choose(organisation, wen, "mail", CLOCK)
    move(organisation, 11)
    assert states(organisation) == [("p01", "waiting"), ("p03", "waiting")]

    mailing.choose(organisation, wen, "feed", CLOCK)
    assert mailing.of(organisation, wen, person, CLOCK).gets_mail is False


def test_in_quiet_hours_messages_wait(organisation: Session) -> None:
    with_addresses(organisation)
    move(organisation)
    evening = (time(17), time(9))  # it is six o'clock in the evening
    with letterbox() as box:
        assert carry_out(a_posting(organisation, box, quiet=evening)) == 0
        assert carry_out(a_posting(organisation, box, CLOCK.real + timedelta(hours=16), quiet=evening)) == 2


def test_a_message_that_is_refused_for_good_is_given_up_and_noted(organisation: Session) -> None:
    with_addresses(organisation)
    move(organisation)
    with letterbox() as box:
        box.to_recipient = "550 no such user"
        assert carry_out(a_posting(organisation, box)) == 0

    assert states(organisation) == [("p01", "failed"), ("p03", "failed")]
    lines = journal.recent(organisation, OPERATOR, CLOCK, noun="mail")
    assert [(line.action, line.details) for line in lines] == [
        ("given_up", {"why": "recipient_refused", "attempts": 1})
    ] * 2


def test_a_server_that_is_busy_is_tried_again_later_and_given_up_after_days(organisation: Session) -> None:
    with_addresses(organisation)
    bookings.change(organisation, OPERATOR, BookingId("E01"), BookingChange(remove_people=(PersonId("p02"),)), CLOCK)
    real = CLOCK.real
    with letterbox() as box:
        box.to_data = "451 greylisted"
        for _ in range(9):
            carry_out(a_posting(organisation, box, real))
            assert carry_out(a_posting(organisation, box, real)) == 0
            real += timedelta(days=1)
        assert states(organisation) == [("p02", "waiting")]
        carry_out(a_posting(organisation, box, real))

    assert states(organisation) == [("p02", "failed")]


def test_a_server_that_is_away_loses_nothing(organisation: Session) -> None:
    with_addresses(organisation)
    move(organisation)
    with letterbox() as box:
        away = a_posting(organisation, box)
    assert carry_out(away) == 0
    with letterbox() as box:
        assert carry_out(a_posting(organisation, box, CLOCK.real + timedelta(minutes=2))) == 2


def test_a_retried_message_leaves_to_a_newer_one_what_that_tells(organisation: Session) -> None:
    with_addresses(organisation)
    move(organisation)
    with letterbox() as box:
        box.to_data = "451 greylisted"
        carry_out(a_posting(organisation, box))
        box.to_data = ""
        move(organisation, 11)
        carry_out(a_posting(organisation, box, CLOCK.real + timedelta(hours=1)))

    assert [one[:4] for one in invitations(box)] == [
        ("shen@example.org", "REQUEST", "shen@example.org", 2),
        ("wen@example.org", "REQUEST", "wen@example.org", 2),
    ]
    assert sorted(states(organisation)) == [
        ("p01", "needless"), ("p01", "sent"), ("p03", "needless"), ("p03", "sent"),
    ]  # fmt: skip


def test_whoever_has_no_address_any_more_is_written_to_no_more(organisation: Session) -> None:
    with_addresses(organisation)
    move(organisation)
    mailing.set_address(organisation, OPERATOR, PersonId("p03"), "", CLOCK)
    with letterbox() as box:
        carry_out(a_posting(organisation, box))

    assert states(organisation) == [("p01", "sent"), ("p03", "needless")]


def test_a_message_is_sent_by_one_of_two_who_look(organisation: Session) -> None:
    with_addresses(organisation)
    move(organisation)

    first, second = (outbox.lease(organisation, CLOCK) for _ in range(2))
    assert first
    assert second
    assert first.id != second.id
    assert outbox.lease(organisation, CLOCK) is None
    again = outbox.lease(organisation, later(301))
    assert again
    assert again.id in (first.id, second.id)
    late = first if again.id == first.id else second
    outbox.sent(organisation, late, later(302))
    assert ("p01", "sent") not in states(organisation), "whoever lost the lease notes nothing"
    outbox.sent(organisation, again, later(303))
    assert "sent" in [state for _, state in states(organisation)]


KILLED = """
import sys
from datetime import timedelta
from scheduler import edge
from scheduler.outside.mail import Server
from scheduler.services.mail import work as mail_work, outbox
from scheduler.worker import WORDS
outbox.LEASE = timedelta(seconds=1)
posting = mail_work.Posting(
    sys.argv[1], Server("127.0.0.1", int(sys.argv[2]), encryption="none"), "no-reply@example.org",
    "https://tanxin.example.org", "zh", None, WORDS, edge.RunningClock(None).read,
)
print("ready", flush=True)
while True:
    mail_work.carry_out(posting)
"""


@pytest.mark.slow
def test_killed_at_any_moment_none_is_lost_and_a_repeated_one_has_the_same_id(organisation: Session) -> None:
    """kill -9, again and again, while sixteen messages go out to a server that takes a few at a time."""

    def is_any_waiting() -> bool:
        return "waiting" in {state for _, state in states(organisation)}

    with_addresses(organisation)
    expected = 0
    for number in range(8):
        start = f"2014-08-{11 + number // 8:02}T{9 + number % 8:02}:00"
        bookings.book(organisation, OPERATOR, a_draft(start=start, who=["p02", "p03"]), CLOCK)
        organisation.execute(MailMessageRow.__table__.update().values(attempts=1))  # nothing is gathered
        organisation.commit()
        expected += 2
    organisation.execute(MailMessageRow.__table__.update().values(attempts=0))
    organisation.commit()
    address, dice, kills = a_posting(organisation, Letterbox()).address, random.Random(7), 0
    with letterbox() as box:
        while is_any_waiting():
            words = [sys.executable, "-c", KILLED, address, str(box.port)]
            with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, env=dict(os.environ)) as postman:
                assert postman.stdout
                assert postman.stdout.readline() == b"ready\n"
                box.most = len(box.taken) + dice.randint(1, 4)
                wait_for(lambda: len(box.taken) >= box.most or not is_any_waiting(), "mail")
                times.sleep(dice.uniform(0, 0.06))
                postman.send_signal(signal.SIGKILL)
                kills += 1

    wanted = {f"<{message}@example.org>" for message in organisation.scalars(select(MailMessageRow.id))}
    assert kills >= 3
    assert len(wanted) == expected
    assert set(box.ids) == wanted
    assert {state for _, state in states(organisation)} == {"sent"}
    assert len(box.ids) - expected <= kills


def test_what_befell_a_page_is_written_to_its_person_even_who_lives_by_a_feed(organisation: Session) -> None:
    with_addresses(organisation)
    mailing.choose(organisation, actors.themselves(organisation, PersonId("p03"), CLOCK), "feed", CLOCK)
    subscriptions.issue(organisation, OPERATOR, CLOCK, PersonId("p03"))
    with letterbox() as box:
        assert carry_out(a_posting(organisation, box)) == 1
        (taken,) = box.taken

    assert taken["To"] == "wen@example.org"
    assert "生成了日历订阅页" in taken.get_content()
