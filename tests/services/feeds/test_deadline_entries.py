"""Deadlines of talks after an occurrence: all-day entries of the two people, until the talk is held or asked no more."""

import re
from datetime import date

import pytest
from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import Feed, FeedOptions, Owner, Scope
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import CampaignId, PersonId
from scheduler.services.bookings import acts, held_talks
from scheduler.services.feeds import addresses, changes, content, deadline_entries
from scheduler.services.organisation import occurrences
from scheduler.services.rules import sets as rule_sets
from scheduler.store.feeds import load as load_feeds
from tests.builders import a_clock, a_draft

pytestmark = pytest.mark.parametrize("sample_database", ["sqlite"], indirect=True)
HERS, MINE = PersonId("p30"), PersonId("p12")
"""Whom it befell, and the secretary of the branch."""
DAY = date(2014, 7, 30)
CLOCK = a_clock()
OWN = """id: own
rules:
- {id: X1, pairing: event, trigger: {event: illness, within_days: 9}, a: {group: senior_staff}, b: event.person}
- {id: X2, pairing: event, trigger: {event: accident, within_days: 3}, a: {role: principal}, b: event.person}
"""


@pytest.fixture
def session(sample_session: Session) -> Session:
    """The sample, with rules for occurrences; an award on 30 July has its talk until 14 August."""
    rule_sets.apply(sample_session, OPERATOR, "cn.five-must-talks-events", None, CLOCK)
    return sample_session


def befell(session: Session, kind: str = "表彰", partner: str | None = None, day: date = DAY) -> int:
    added = occurrences.add_occurrence(
        session, OPERATOR, kind, HERS, day, CLOCK, PersonId(partner) if partner else None
    )
    deadline_entries.follow(session, CLOCK)
    return added.id


def events(session: Session, person: str, clock: Clock = CLOCK, options: FeedOptions | None = None) -> list[str]:
    """The all-day entries of a new feed of somebody's."""
    _, token = addresses.issue(
        session, OPERATOR, clock, Owner(Scope.PERSON, PersonId(person)), options or FeedOptions()
    )
    calendar = content.fill(session, token, clock).body().data.replace(b"\r\n ", b"").decode()
    return [event for event in calendar.split("BEGIN:VEVENT")[1:] if "VALUE=DATE:" in event]


def told(session: Session, person: str, clock: Clock = CLOCK, options: FeedOptions | None = None) -> list[str]:
    """Day and title of each."""
    found = (re.search(r"DATE:(\d+).*SUMMARY:(.*?)\r", e, re.DOTALL) for e in events(session, person, clock, options))
    return [" ".join(each.groups()) for each in found if each]


def test_the_two_people_have_the_deadline_and_nobody_else(session: Session) -> None:
    befell(session)

    assert told(session, MINE) == ["20140814 谈话截止：李一鸣"]
    assert told(session, HERS) == ["20140814 谈话截止：孙志诚"]
    assert told(session, HERS, options=FeedOptions("en", hides_names=True)) == ["20140814 Talk due"]
    assert told(session, HERS, options=FeedOptions("en")) == ["20140814 Talk due: 孙志诚"]
    assert told(session, HERS, options=FeedOptions(campaign=CampaignId("c1"))) == ["20140814 谈话截止：孙志诚"]
    assert told(session, HERS, options=FeedOptions(ahead_days=5)) == []
    for other in ("p01", "p02", "p22", "p24"):  # principal, leader in charge, organizer, deputy
        assert told(session, other) == []
    (event,) = events(session, MINE)
    assert "CLASS:CONFIDENTIAL" in event
    assert "TRANSP:TRANSPARENT" in event
    for word in ("表彰", "award", "V1", "VALARM"):
        assert word not in event


def test_it_goes_when_the_talk_is_held_and_comes_back_when_that_is_taken_back(session: Session) -> None:
    befell(session)
    first = events(session, HERS)
    talk = acts.book(session, OPERATOR, a_draft(start="2014-08-12T09:00", who=(MINE, HERS)), CLOCK).booking
    later = a_clock("2014-08-13T08:00", real=CLOCK.real.replace(year=2031))
    deadline_entries.follow(session, later)
    assert events(session, HERS) == first  # booked, not held yet

    acts.confirm(session, OPERATOR, talk.id, later)
    assert deadline_entries.follow(session, later) == 2
    assert told(session, HERS) == told(session, MINE) == []
    acts.unconfirm(session, OPERATOR, talk.id, later)
    deadline_entries.follow(session, later)
    (back,) = events(session, HERS)

    def known(event: str) -> tuple[str, int]:
        return re.search(r"UID:(\S+)", event)[1], int(re.search(r"SEQUENCE:(\d+)", event)[1])  # type: ignore[index]  # it has both

    assert known(back)[0] == known(first[0])[0]
    assert known(first[0])[1] < known(back)[1] < 2**31


def test_it_follows_what_is_chosen_undone_and_asked(session: Session) -> None:
    number = befell(session)

    occurrences.choose_partner(session, OPERATOR, number, PersonId("p02"), CLOCK)
    assert deadline_entries.follow(session, CLOCK) == 3
    assert told(session, MINE) == []
    assert told(session, "p02") == ["20140814 谈话截止：李一鸣"]
    occurrences.remove_occurrence(session, OPERATOR, number, CLOCK)
    assert deadline_entries.follow(session, CLOCK) == 2
    assert told(session, "p02") == told(session, HERS) == []
    assert deadline_entries.follow(session, CLOCK) == 0

    befell(session, "生病")
    assert told(session, HERS) == []  # no rule asks for anything
    rule_sets.apply_document(session, OPERATOR, OWN, None, None, CLOCK)
    deadline_entries.follow(session, CLOCK)
    assert sorted(told(session, HERS)) == ["20140808 谈话截止：田桂英", "20140808 谈话截止：韩立本"]


def test_a_talk_put_down_afterwards_ends_it(session: Session) -> None:
    befell(session)

    held_talks.record(session, OPERATOR, a_draft(start="2014-07-31T16:00", who=(HERS, MINE)), CLOCK)
    deadline_entries.follow(session, CLOCK)

    assert told(session, HERS) == []


def test_a_feed_is_another_one_when_a_deadline_enters_and_the_same_until_then(session: Session) -> None:
    def revisions(feed: Feed) -> int:
        state = load_feeds.state(session, load_feeds.digest_of(session, feed.id))
        assert state
        return state.revision

    owner = Owner(Scope.PERSON, HERS)
    feed, _ = addresses.issue(session, OPERATOR, CLOCK, owner)
    short, token = addresses.issue(session, OPERATOR, CLOCK, owner, FeedOptions(ahead_days=7))
    befell(session)
    assert revisions(feed) == 2
    assert b"VALUE=DATE" not in content.fill(session, token, CLOCK).body().data

    nearer = a_clock("2014-08-07T08:00")
    before = revisions(short)
    changes.move_on(session, nearer)

    assert revisions(feed) == 2
    assert revisions(short) == before + 1
    assert b"DTSTART;VALUE=DATE:20140814" in content.fill(session, token, nearer).body().data


def test_the_talk_of_somebody_with_any_of_several_has_no_name(sample_session: Session) -> None:
    rules = "id: own\nrules:\n- {id: X1, pairing: event, trigger: {event: accident, within_days: 3}, a: {role: principal}, b: event.person}\n"
    rule_sets.apply_document(sample_session, OPERATOR, rules, None, None, CLOCK)
    befell(sample_session, "accident", day=date(2014, 7, 31))

    assert told(sample_session, "p01") == ["20140803 谈话截止：李一鸣"]
