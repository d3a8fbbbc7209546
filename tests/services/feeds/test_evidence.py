"""Who got which revision, and whom a change has reached."""

from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import Owner, Scope
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.errors import Busy, NotAllowed
from scheduler.core.ground.ids import BookingId, FeedId, PersonId
from scheduler.services.accounts import register as accounts
from scheduler.services.bookings import acts as bookings
from scheduler.services.feeds import addresses as feeds
from scheduler.services.feeds import content as feed_content
from scheduler.services.feeds import evidence as feed_evidence
from scheduler.services.feeds.evidence import Fetched, Notes, Reached
from scheduler.services.ground import journal
from tests.small_organisation import CLOCK, REAL, later
from tests.waiting import LAST_RESORT

DAY = 24 * 3600


def fetched(session: Session, token: str, seconds: float, client: str = "apple") -> None:
    """What the door notes of one fetch."""
    content = feed_content.fill(session, token, later(seconds))
    at = later(seconds).real
    feed_evidence.keep(session, [Fetched(content.id, content.revision, client, content.changed_at, at, at, 1)])


def issued(session: Session, person: str) -> str:
    return feeds.issue(session, OPERATOR, CLOCK, Owner(Scope.PERSON, person))[1]


def test_a_change_is_delivered_when_a_calendar_has_looked_since(organisation: Session) -> None:
    chen, wen = issued(organisation, "p02"), issued(organisation, "p03")
    issued(organisation, "p12")
    for token in (chen, wen):
        fetched(organisation, token, 10)
    bookings.change(organisation, OPERATOR, BookingId("E01"), bookings.BookingChange(title="大会"), later(60))
    fetched(organisation, wen, 60)

    found = feed_evidence.delivery(organisation, OPERATOR, BookingId("E01"), later(100))

    assert found.changed_at == REAL + timedelta(seconds=60)
    assert found.reached == (
        Reached(PersonId("p02"), False, REAL + timedelta(seconds=10)),
        Reached(PersonId("p03"), True, REAL + timedelta(seconds=60)),
        Reached(PersonId("p12"), False, None),
    )
    assert (found.delivered, len(found.pending)) == (1, 2)
    assert found.without == ("p01", "p22", "p27", "s01")


def test_fetches_of_one_revision_by_one_kind_of_program_are_one_line(organisation: Session) -> None:
    token = issued(organisation, "p03")
    for seconds, client in ((10, "apple"), (30, "apple"), (20, "google")):
        fetched(organisation, token, seconds, client)

    found = feed_evidence.fetches(organisation, OPERATOR, CLOCK)

    assert [
        (one.client, one.fetches, (one.last_at - REAL).seconds, (one.first_at - REAL).seconds) for one in found
    ] == [
        ("apple", 2, 30, 10),
        ("google", 1, 20, 20),
    ]
    since = later(25).real
    assert [one.client for one in feed_evidence.fetches(organisation, OPERATOR, CLOCK, since=since)] == ["apple"]


def test_calendars_that_stopped_looking_are_told_of_once_a_day(organisation: Session) -> None:
    issued(organisation, "p02")
    fetched(organisation, issued(organisation, "p03"), 3 * DAY)

    assert feed_evidence.silent(organisation, OPERATOR, later(7 * DAY - 1)) == []
    assert [feed.id for feed in feed_evidence.silent(organisation, OPERATOR, later(7 * DAY))] == ["F1"]
    assert [feed_evidence.tell_silent(organisation, later(days * DAY)) for days in (6, 7, 7.5, 8, 11)] == [
        0,
        1,
        0,
        1,
        2,
    ]
    entry = journal.recent(organisation, OPERATOR, CLOCK, noun="feed")[0]
    assert (entry.action, entry.details) == ("silent", {"feeds": ["F1", "F2"]})


def test_fetches_of_long_ago_are_forgotten(organisation: Session) -> None:
    fetched(organisation, issued(organisation, "p03"), 0)

    feed_evidence.purge(organisation, later(400 * DAY))
    assert len(feed_evidence.fetches(organisation, OPERATOR, CLOCK)) == 1
    feed_evidence.purge(organisation, later(400 * DAY + 1))
    assert feed_evidence.fetches(organisation, OPERATOR, CLOCK) == []


def test_a_member_sees_nothing_of_it(organisation: Session) -> None:
    member = accounts.actor_of(organisation, PersonId("p03"), CLOCK)
    for verb in (feed_evidence.fetches, feed_evidence.silent):
        with pytest.raises(NotAllowed):
            verb(organisation, member, CLOCK)
    with pytest.raises(NotAllowed):
        feed_evidence.delivery(organisation, member, BookingId("E01"), CLOCK)


class TestNotes:
    """What is collected before it is written."""

    def note(self, notes: Notes, seconds: float, revision: int = 1) -> None:
        notes.note(FeedId("F1"), revision, REAL, "apple", later(seconds).real)

    def test_many_fetches_are_one_line_and_written_together(self) -> None:
        written: list[list[Fetched]] = []
        notes = Notes(written.append, every=600)
        for seconds, revision in ((20, 1), (10, 1), (30, 2)):
            self.note(notes, seconds, revision)

        notes.flush()
        notes.flush()

        at = [later(seconds).real for seconds in (10, 20, 30)]
        assert written == [
            [
                Fetched(FeedId("F1"), 1, "apple", REAL, at[0], at[1], 2),
                Fetched(FeedId("F1"), 2, "apple", REAL, at[2], at[2], 1),
            ]
        ]

    def test_they_are_written_by_themselves_after_a_while(self) -> None:
        is_written = Event()
        notes = Notes(lambda _: is_written.set(), every=0.01)

        self.note(notes, 0)

        assert is_written.wait(LAST_RESORT)

    def test_what_cannot_be_written_now_waits(self) -> None:
        written: list[list[Fetched]] = []
        tries = iter([True, False])

        def write(found: list[Fetched]) -> None:
            if next(tries):
                raise Busy
            written.append(found)

        notes = Notes(write, every=600)
        self.note(notes, 0)
        notes.flush()
        self.note(notes, 5)
        notes.flush()

        assert [one.fetches for one in written[0]] == [2]
