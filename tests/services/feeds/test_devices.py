"""Calendar accounts of devices: what opens them, what they hold, what changed since, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import Feed, FeedOptions, Owner, Scope
from scheduler.core.ground.access import OPERATOR, Actor, Role
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Busy, Malformed, NotAllowed, NotFound, Outdated
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.services.bookings import acts as bookings
from scheduler.services.feeds import addresses as feeds
from scheduler.services.feeds import content as feed_content
from scheduler.services.feeds import device_entries, devices
from scheduler.services.feeds import joining as feed_joining
from scheduler.services.ground import journal
from scheduler.store.feeds import load_devices
from scheduler.store.feeds.rows import FeedEntryRow
from tests.small_organisation import CLOCK, NOW, REAL, later

LINK = "https://tanxin.example.org/bookings/"
WEN = Owner(Scope.PERSON, "p03")


def issued(session: Session, device: str = "手机") -> tuple[Feed, str]:
    return feeds.issue(session, OPERATOR, CLOCK, WEN, FeedOptions(), device)


def held(session: Session, feed: Feed) -> devices.Held:
    return devices.held(session, feed, LINK)


def second_of(calendar: devices.Held) -> int:
    """When a calendar's revision came about, as its name says."""
    return int((calendar.feed.changed_at or calendar.feed.created_at).timestamp())


def test_the_password_opens_what_a_feed_would_hold(organisation: Session) -> None:
    made, password = issued(organisation)
    _, token = feeds.issue(organisation, OPERATOR, CLOCK, WEN)

    feed = devices.opened(organisation, "p03", password, CLOCK, LINK)

    assert (feed.id, feed.device, feed.person) == (made.id, "手机", "p03")
    assert devices.names(organisation, feed) == ("文静", "谈心日程")
    found = held(organisation, feed)
    assert found.data == feed_content.fill(organisation, token, CLOCK, LINK).body().data
    assert len(found.entries) == 5
    assert devices.zone_text(organisation).startswith("BEGIN:VCALENDAR\r\n")


def test_a_wrong_name_or_password_is_not_allowed(organisation: Session) -> None:
    made, password = issued(organisation)
    for user, typed in (("p27", password), ("p03", "wrong"), ("", "")):
        with pytest.raises(NotAllowed):
            devices.opened(organisation, user, typed, CLOCK, LINK)
    feeds.revoke(organisation, OPERATOR, made.id, CLOCK)
    with pytest.raises(NotAllowed):
        devices.opened(organisation, "p03", password, CLOCK, LINK)
    with pytest.raises(NotFound):
        held(organisation, made)


def test_a_device_has_a_short_name_and_a_person(organisation: Session) -> None:
    assert issued(organisation, "  小\n米\x07 手机 ")[0].device == "小 米 手机"
    with pytest.raises(Malformed, match="too_long"):
        issued(organisation, "很" * 41)
    with pytest.raises(Malformed, match="device_of_nobody"):
        feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.ROOM, "R04"), device="墙上的屏")


def test_members_have_accounts_of_their_own_only(organisation: Session) -> None:
    wen = Actor(PersonId("p03"), frozenset({Role.MEMBER}))

    made, _ = feeds.issue(organisation, wen, CLOCK, WEN, device="手机")

    assert [feed.device for feed in feeds.own(organisation, wen, CLOCK)] == ["手机"]
    with pytest.raises(NotAllowed):
        feeds.issue(organisation, wen, CLOCK, Owner(Scope.PERSON, "p27"), device="她的")
    feeds.revoke(organisation, wen, made.id, CLOCK)
    found = [(one.action, one.noun_id, dict(one.details)) for one in journal.recent(organisation, OPERATOR, CLOCK)]
    assert found[:2] == [("revoked", "F1", {}), ("issued", "F1", {"person": "p03", "device": True})]


def test_what_changed_is_known_entry_by_entry(organisation: Session) -> None:
    feed, _ = issued(organisation)
    first = held(organisation, feed)
    assert devices.changed_since(organisation, first, first.feed.revision, second_of(first)) == []
    assert devices.changed_since(organisation, first, 0, second_of(first)) == sorted(first.entries)

    bookings.change(organisation, OPERATOR, BookingId("T002"), bookings.BookingChange(minutes=30), later(1))
    without = bookings.BookingChange(remove_people=(PersonId("p03"),))
    bookings.change(organisation, OPERATOR, BookingId("E01"), without, later(2))
    second = held(organisation, feed)

    changed = devices.changed_since(organisation, second, first.feed.revision, second_of(first))
    assert len(changed) == 2
    assert {uid in second.entries for uid in changed} == {True, False}
    kept = {one.uid: one.tag for one in load_devices.entries(organisation, feed.id)}
    assert {uid: tag for uid, tag in kept.items() if tag} == {uid: one.tag for uid, one in second.entries.items()}


def test_joining_for_everybody_notes_it_too(organisation: Session) -> None:
    feed, _ = issued(organisation)
    first = held(organisation, feed)
    bookings.cancel(organisation, OPERATOR, BookingId("T002"), later(1))
    feed_joining.join_stale(organisation, LINK)
    bookings.cancel(organisation, OPERATOR, BookingId("E01"), later(2))
    feed_joining.join_stale(organisation, LINK)

    assert (
        len(devices.changed_since(organisation, held(organisation, feed), first.feed.revision, second_of(first))) == 2
    )
    (between,) = load_devices.moments_of(organisation, first.feed.id, first.feed.revision + 1)
    moment = int(between.timestamp())
    assert len(devices.changed_since(organisation, held(organisation, feed), first.feed.revision + 1, moment)) == 1


def test_a_feed_with_an_address_is_not_kept_by_entries(organisation: Session) -> None:
    feeds.issue(organisation, OPERATOR, CLOCK, WEN)
    feed_joining.join_stale(organisation, LINK)

    assert organisation.scalars(select(FeedEntryRow)).all() == []


def test_a_revision_to_come_is_outdated(organisation: Session) -> None:
    feed, _ = issued(organisation)
    found = held(organisation, feed)

    with pytest.raises(Outdated):
        devices.changed_since(organisation, found, found.feed.revision + 1, second_of(found))


def test_what_was_removed_long_ago_is_forgotten_and_who_did_not_look_begins_anew(organisation: Session) -> None:
    feed, _ = issued(organisation)
    first = held(organisation, feed)
    without = bookings.BookingChange(remove_people=(PersonId("p03"),))
    bookings.change(organisation, OPERATOR, BookingId("E01"), without, later(1))
    second = held(organisation, feed)

    devices.purge(organisation, Clock(NOW, REAL + devices.REMEMBERED - timedelta(days=1)))
    assert len(devices.changed_since(organisation, second, first.feed.revision, second_of(first))) == 1
    devices.purge(organisation, Clock(NOW, REAL + devices.REMEMBERED + timedelta(days=1)))

    with pytest.raises(Outdated):
        devices.changed_since(organisation, second, first.feed.revision, second_of(first))
    assert devices.changed_since(organisation, second, second.feed.revision, second_of(second)) == []
    assert len(load_devices.entries(organisation, feed.id)) == 4


def test_another_address_of_the_site_is_another_revision(organisation: Session) -> None:
    feed, password = issued(organisation)
    first = held(organisation, feed)

    other = devices.opened(organisation, "p03", password, CLOCK, "https://elsewhere.example.org/bookings/")
    second = devices.held(organisation, other, "https://elsewhere.example.org/bookings/")

    assert second.feed.revision == first.feed.revision + 1
    assert len(devices.changed_since(organisation, second, first.feed.revision, second_of(first))) == 5


def test_a_feed_that_changes_all_the_time_is_busy(organisation: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    feed, _ = issued(organisation)
    monkeypatch.setattr(feed_joining, "keep_now", lambda *_: False)

    with pytest.raises(Busy):
        held(organisation, feed)


def test_a_body_that_was_overtaken_is_not_kept(organisation: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    feed, _ = issued(organisation)
    genuine = feed_joining.joined

    def overtaken(*of: object, **more: object) -> object:
        monkeypatch.undo()
        made = genuine(*of, **more)  # type: ignore[arg-type]  # handed on
        bookings.cancel(organisation, OPERATOR, BookingId("T002"), later(1))
        return made

    monkeypatch.setattr(feed_joining, "joined", overtaken)

    assert not feed_joining.keep_now(organisation, feed, LINK)
    assert len(held(organisation, feed).entries) == 5


def test_a_device_is_known_to_have_what_was_fetched(organisation: Session) -> None:
    feed, _ = issued(organisation)

    assert not devices.has_fetched(organisation, feed)


def test_an_entry_is_what_its_bytes_are(organisation: Session) -> None:
    feed, _ = issued(organisation)
    found = held(organisation, feed)

    assert device_entries.tags(found.data, next(iter(found.entries.values())).zone) == {
        uid: one.tag for uid, one in found.entries.items()
    }
