"""What stands in a feed."""

import gzip
from dataclasses import replace

import pytest
from icalendar import Calendar
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import FeedOptions, Owner, Scope
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.agenda import AgendaItem
from scheduler.core.ground.bookings import OFF_SITE
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.services.accounts import register as accounts
from scheduler.services.bookings import acts as bookings
from scheduler.services.feeds import addresses as feeds
from scheduler.services.feeds import content as feed_content
from scheduler.services.feeds import joining as feed_joining
from scheduler.services.ground.booking_changes import BookingChange
from scheduler.store import engine as engines
from scheduler.store import load, save, writing
from scheduler.store.base import Base
from scheduler.store.feeds import load as load_feeds
from tests import cluster
from tests.databases import Databases
from tests.small_organisation import CLOCK, PEOPLE, later, make

LINK = "https://tanxin.example.org/bookings/"


def calendar(session: Session, person: str | None = None, room: str | None = None, language: str = "zh") -> Calendar:
    _, token = feeds.issue(
        session,
        OPERATOR,
        CLOCK,
        Owner(Scope.PERSON, person) if person else Owner(Scope.ROOM, room or ""),
        FeedOptions(language),
    )
    return Calendar.from_ical(feed_content.fill(session, token, CLOCK, LINK).body().data)


def told(found: Calendar) -> list[tuple[str, str, str, str]]:
    return [(str(e["SUMMARY"]), str(e.get("LOCATION", "")), str(e["CLASS"]), str(e["STATUS"])) for e in found.events]


def test_somebody_sees_the_other_one_of_a_talk_and_no_topic(organisation: Session) -> None:
    assert told(calendar(organisation, "p03")) == [
        ("谈心谈话：陈国梁", "谈话室", "CONFIDENTIAL", "CONFIRMED"),
        ("动员大会", "第一会议室", "PRIVATE", "CONFIRMED"),
        ("谈心谈话：沈维岳", "谈话室", "CONFIDENTIAL", "CONFIRMED"),
        ("[已取消] 谈心谈话：白雪", "", "CONFIDENTIAL", "CANCELLED"),
        ("集体谈话", "", "CONFIDENTIAL", "CONFIRMED"),
    ]


def test_agenda_remark_and_link_stand_in_a_meetings_entry_and_in_no_other(organisation: Session) -> None:
    meeting = next(b for b in load.bookings(organisation, people=[PersonId("p03")]) if b.title == "动员大会")
    change = BookingChange(
        agenda=(AgendaItem("传达精神", PersonId("p02"), minutes=20), AgendaItem("讨论")),
        remark="带笔记本",
        link="https://meeting.example.org/1",
    )
    bookings.change(organisation, OPERATOR, meeting.id, change, CLOCK)

    entries = {str(e["SUMMARY"]): str(e.get("DESCRIPTION", "")) for e in calendar(organisation, "p03").events}

    assert entries["动员大会"] == "1. 传达精神（陈国梁）\n2. 讨论\n带笔记本\n视频：https://meeting.example.org/1"
    assert entries["谈心谈话：陈国梁"] == ""
    in_room = calendar(organisation, room=meeting.room).events
    assert all("DESCRIPTION" not in event for event in in_room)


def test_a_feed_in_english_says_the_same(organisation: Session) -> None:
    assert [summary for summary, *_ in told(calendar(organisation, "p03", language="en"))] == [
        "Talk: 陈国梁",
        "动员大会",
        "Talk: 沈维岳",
        "[Cancelled] Talk: 白雪",
        "Group talk",
    ]


def test_an_entry_leads_to_its_page(organisation: Session) -> None:
    assert str(calendar(organisation, "p12").events[0]["URL"]) == "https://tanxin.example.org/bookings/E01"


def test_a_room_tells_when_it_is_taken_and_by_nobody(organisation: Session) -> None:
    own = calendar(organisation, "p03")
    room = calendar(organisation, room="R02")

    assert (
        told(room) == [("占用", "", "CONFIDENTIAL", "CONFIRMED")] * 2
        or told(room) == [("占用", "", "PRIVATE", "CONFIRMED")] * 2
    )
    text = room.to_ical().decode()
    assert not any(name in text for name in PEOPLE.values())
    assert not {str(e["UID"]) for e in own.events} & {str(e["UID"]) for e in room.events}
    assert "URL" not in text
    assert str(room["X-WR-CALNAME"]) == "谈话室（占用）"


def test_somebody_without_bookings_has_an_empty_calendar(organisation: Session) -> None:
    writing.begin(organisation)
    meeting = load.booking(organisation, BookingId("E01"))
    save.booking(organisation, replace(meeting, participants=()), later(1))
    organisation.commit()

    found = calendar(organisation, "p12")

    assert (found.events, len(found.timezones)) == ([], 1)


def test_somebody_who_was_taken_out_of_a_booking_sees_it_no_more(organisation: Session) -> None:
    _, token = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, "p27"))
    before = feed_content.fill(organisation, token, CLOCK)
    assert before.body().data.count(b"BEGIN:VEVENT") == 2

    writing.begin(organisation)
    meeting = load.booking(organisation, BookingId("E01"))
    others = tuple(p for p in meeting.participants if p.person != "p27")
    save.booking(organisation, replace(meeting, participants=others), later(60))
    organisation.commit()

    after = feed_content.fill(organisation, token, CLOCK)
    assert after.body().data.count(b"BEGIN:VEVENT") == 1
    assert after.changed_at > before.changed_at


def test_what_is_off_site_says_so(organisation: Session) -> None:
    writing.begin(organisation)
    meeting = load.booking(organisation, BookingId("E01"))
    save.booking(organisation, replace(meeting, room=OFF_SITE, title=""), later(60))
    organisation.commit()

    assert told(calendar(organisation, "p12")) == [("日程", "外出", "PRIVATE", "CONFIRMED")]


def test_an_unchanged_feed_is_the_same_to_the_byte(organisation: Session) -> None:
    _, token = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, "p03"))
    first = feed_content.fill(organisation, token, CLOCK)
    data = first.body().data
    feed_content._bodies.clear()

    second = feed_content.fill(organisation, token, later(1000))

    assert (second.revision, second.changed_at, second.body().data) == (first.revision, first.changed_at, data)


def test_another_address_of_the_site_is_another_revision(organisation: Session) -> None:
    _, token = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, "p03"))

    revisions = []
    for link in ("", LINK, LINK, "http://x/"):
        revisions.append(feed_content.fill(organisation, token, CLOCK, link).revision)
        feed_joining.join_stale(organisation, link)

    assert revisions == [1, 2, 2, 3]


def test_above_the_budget_the_oldest_entries_are_left_out(
    organisation: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, token = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, "p03"))
    monkeypatch.setattr(feed_joining, "BUDGET", 900)

    body = feed_content.fill(organisation, token, CLOCK).body()

    summaries = [str(e["SUMMARY"]) for e in Calendar.from_ical(body.data).events]
    assert (summaries, body.left_out) == (["[已取消] 谈心谈话：白雪", "集体谈话"], 3)
    feed_joining.join_stale(organisation, "")
    issued = load_feeds.feeds(organisation)
    assert feed_joining.left_out(organisation, issued) == {"F1": 3}
    monkeypatch.setattr(feed_joining, "BUDGET", 900_000)
    _, _token = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.ROOM, "R04"))
    feed_joining.join_stale(organisation, "")
    assert feed_joining.left_out(organisation, load_feeds.feeds(organisation)) == {"F1": 3, "F2": 0}


def test_only_so_many_bodies_are_kept_at_hand() -> None:
    bodies = feed_content._Bodies(most=25)

    def key(name: str) -> feed_content.Key:
        return name, 1, CLOCK.real, LINK

    def put(name: str, size: int = 10) -> None:
        bodies.put(key(name), feed_content.Body(1, CLOCK.real, b"x" * size))

    def kept() -> list[str]:
        return [name for name in "abc" if bodies.get(key(name))]

    put("a")
    put("b")
    put("b", 12)
    assert kept() == ["a", "b"]
    bodies.get(key("a"))
    put("c")
    assert kept() == ["a", "c"]
    bodies.clear()
    assert kept() == []


def test_ones_own_calendar_can_be_taken_away_as_a_file(organisation: Session) -> None:
    wen = accounts.actor_of(organisation, PersonId("p03"), CLOCK)
    _, token = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, "p03"))

    assert feed_content.own(organisation, wen, CLOCK, "zh", LINK) == (
        feed_content.fill(organisation, token, CLOCK, LINK).body().data
    )


def test_what_is_joined_where_readers_come_is_at_hand(organisation: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    _, token = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, "p03"))
    assert feed_content.join_stale(organisation, LINK) == 1
    monkeypatch.setattr(load_feeds, "body", None)  # nothing has to be read

    body = feed_content.fill(organisation, token, CLOCK, LINK).body()

    assert gzip.decompress(body.packed) == body.data
    assert body.data.count(b"BEGIN:VEVENT") == 5


@pytest.mark.postgres
def test_a_feed_is_the_same_to_the_byte_after_its_data_moved_to_postgresql(
    databases: Databases,
) -> None:
    """Rows are copied as they are; the bytes kept are not, and follow from the rest."""
    try:
        cluster.server()
    except cluster.NoServer as why:
        pytest.skip(str(why))
    addresses = [databases.make(kind) for kind in ("sqlite", "postgresql")]
    texts: list[bytes] = []
    old, new = (engines.make(address) for address in addresses)
    with Session(old, expire_on_commit=False) as session:
        make(session)
        _, token = feeds.issue(session, OPERATOR, CLOCK, Owner(Scope.PERSON, "p03"))
        bookings.change(session, OPERATOR, BookingId("E01"), bookings.BookingChange(title="部署会"), later(60))
        texts.append(feed_content.fill(session, token, CLOCK, LINK).body().data)
        with new.begin() as target:
            for table in Base.metadata.sorted_tables:
                rows = [dict(row._mapping) for row in session.execute(select(table))]
                if rows:
                    target.execute(insert(table), rows)
    feed_content._bodies.clear()
    with Session(new, expire_on_commit=False) as session:
        texts.append(feed_content.fill(session, token, CLOCK, LINK).body().data)
    for engine, address in zip((old, new), addresses, strict=True):
        engine.dispose()
        databases.drop(address)

    assert texts[0] == texts[1]
    assert "SUMMARY:部署会" in texts[1].decode()
