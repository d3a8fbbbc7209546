"""Joining feeds: what is kept, what is taken over, what is left out; and the four kinds of feed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import update
from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import Feed, FeedOptions, Owner, Scope
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import BookingId, CampaignId, FeedId, PersonId, RoomId
from scheduler.ical import write
from scheduler.services.bookings import acts as bookings
from scheduler.services.feeds import addresses as feeds
from scheduler.services.feeds import changes as feed_changes
from scheduler.services.feeds import content as feed_content
from scheduler.services.feeds import joining as feed_joining
from scheduler.services.organisation import rooms
from scheduler.store import load, save, writing
from scheduler.store.bookings.rows import BookingRow
from scheduler.store.campaigns import save as save_campaigns
from scheduler.store.feeds import load as load_feeds
from scheduler.store.feeds.rows import FeedRow
from tests.seeds import a_campaign
from tests.small_organisation import CLOCK, PEOPLE, later

LINK = "https://tanxin.example.org/bookings/"
WEN = Owner(Scope.PERSON, "p03")
DAY = 24 * 3600


def issued(session: Session, owner: Owner = WEN, options: FeedOptions = FeedOptions()) -> str:  # noqa: B008
    return feeds.issue(session, OPERATOR, CLOCK, owner, options)[1]


def text_of(session: Session, token: str) -> str:
    return feed_content.fill(session, token, CLOCK, LINK).body().data.decode()


def summaries(session: Session, token: str) -> list[str]:
    body = feed_content.fill(session, token, CLOCK, LINK).body()
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(body.data).events]


def test_a_feed_is_kept_until_it_changes(organisation: Session) -> None:
    token = issued(organisation)
    assert feed_joining.join_stale(organisation, LINK) == 1
    assert feed_joining.join_stale(organisation, LINK) == 0
    kept = load_feeds.body(organisation, load_feeds.feeds(organisation)[0].id)
    assert kept is not None
    feed_content._bodies.clear()

    content = feed_content.fill(organisation, token, CLOCK, LINK)

    assert (content.body().data, content.body().packed) == (kept.data, kept.packed)
    assert feed_joining.packed(kept.data) == kept.packed


def test_only_what_changed_is_written_anew(organisation: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    token = issued(organisation)
    feed_joining.join_stale(organisation, LINK)
    bookings.change(organisation, OPERATOR, BookingId("E01"), bookings.BookingChange(title="动员部署会"), later(60))
    written: list[str] = []
    genuine = write.event
    monkeypatch.setattr(write, "event", lambda entry, zone: written.append(entry.summary) or genuine(entry, zone))

    text = text_of(organisation, token)

    assert written == ["动员部署会"]
    assert text.count("BEGIN:VEVENT") == 5
    fresh = feed_joining.joined(organisation, load_feeds.feeds(organisation)[0], LINK, keeps=False)
    assert fresh.data.decode() == text


def test_a_body_is_not_kept_when_the_feed_changed_meanwhile(organisation: Session) -> None:
    issued(organisation)
    (feed,) = load_feeds.feeds(organisation)
    body = feed_joining._body(feed_joining.joined(organisation, feed, LINK))
    bookings.cancel(organisation, OPERATOR, BookingId("T002"), later(60))

    writing.begin(organisation)

    assert not save.keep_body(organisation, body, "form")


@pytest.mark.parametrize("title", ["很长" * 20_000, None])
def test_an_odd_booking_is_left_out_and_named(organisation: Session, title: str | None) -> None:
    writing.begin(organisation)
    odd = {"title": title} if title else {"mode": "by_letter"}
    organisation.execute(update(BookingRow).where(BookingRow.id == "E01").values(odd))
    organisation.commit()
    token = issued(organisation)

    assert text_of(organisation, token).count("BEGIN:VEVENT") == 4
    feed_joining.join_stale(organisation, LINK)
    kept = load_feeds.body(organisation, load_feeds.feeds(organisation)[0].id)
    assert kept
    assert kept.odd == ("E01",)


def test_an_entry_that_cannot_be_written_is_odd_too(organisation: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    issued(organisation)
    genuine = write.event

    def event(entry: write.CalendarEntry, zone: object) -> bytes:
        if entry.summary == "集体谈话":
            raise ValueError("cannot be written")
        return genuine(entry, zone)  # type: ignore[arg-type]

    monkeypatch.setattr(write, "event", event)

    joined = feed_joining.joined(organisation, load_feeds.feeds(organisation)[0], LINK)

    assert (joined.odd, joined.left_out, joined.data.count(b"BEGIN:VEVENT")) == (("T004",), 0, 4)


class TestKinds:
    """Feeds of people, groups and campaigns, and what can be chosen for them."""

    def test_a_branch_sees_the_meetings_it_is_invited_to(self, organisation: Session) -> None:
        token = issued(organisation, Owner(Scope.GROUP, "B1"))
        assert summaries(organisation, token) == []

        writing.begin(organisation)
        meeting = load.booking(organisation, BookingId("E01"))
        save.booking(organisation, replace(meeting, audience=("branch:B1",)), later(60))
        organisation.commit()

        assert summaries(organisation, token) == ["动员大会"]
        assert not [name for name in PEOPLE.values() if name in text_of(organisation, token)]
        assert "X-WR-CALNAME:B1 · 日程" in text_of(organisation, token)

    def test_a_campaign_shows_its_meetings_to_those_who_need_not_come(self, organisation: Session) -> None:
        a_campaign(organisation)
        organisation.commit()
        token = issued(organisation, Owner(Scope.CAMPAIGN, "c1"))

        text = text_of(organisation, token)

        assert summaries(organisation, token) == ["动员大会"]
        assert ("TRANSP:TRANSPARENT" in text, "X-WR-CALNAME:活动" in text) == (True, True)
        before = feed_content.fill(organisation, token, CLOCK, LINK).revision
        bookings.change(organisation, OPERATOR, BookingId("E01"), bookings.BookingChange(title="大会"), later(60))
        assert summaries(organisation, token) == ["大会"]
        assert feed_content.fill(organisation, token, CLOCK, LINK).revision == before + 1

    def test_a_feed_limited_to_a_campaign_shows_what_belongs_to_it_and_follows(self, organisation: Session) -> None:
        a_campaign(organisation)
        organisation.commit()
        whole = issued(organisation)
        token = issued(organisation, options=FeedOptions(campaign=CampaignId("c1")))
        inside = summaries(organisation, token)

        assert "X-WR-CALNAME:活动 · 日程" in text_of(organisation, token)
        assert inside == summaries(organisation, whole)
        save_campaigns.new_row(organisation, "c2")
        organisation.commit()
        change = bookings.BookingChange(campaign=CampaignId("c2"))
        bookings.change(organisation, OPERATOR, BookingId("E01"), change, later(60))

        assert summaries(organisation, token) == [summary for summary in inside if summary != "动员大会"]
        assert summaries(organisation, whole) == inside

    def test_names_can_be_hidden_and_an_alarm_set(self, organisation: Session) -> None:
        token = issued(organisation, options=FeedOptions(alarm_minutes=30, hides_names=True))

        assert summaries(organisation, token) == [
            "谈心谈话", "动员大会", "谈心谈话", "[已取消] 谈心谈话", "集体谈话",
        ]  # fmt: skip
        text = text_of(organisation, token)
        assert not [name for name in PEOPLE.values() if name in text]
        assert text.count("TRIGGER:-PT30M") == 4

    def test_how_far_it_reaches_is_chosen_and_moves_on(self, organisation: Session) -> None:
        token = issued(organisation, options=FeedOptions(back_days=0, ahead_days=4))
        assert summaries(organisation, token) == ["谈心谈话：陈国梁", "动员大会"]
        before = feed_content.fill(organisation, token, CLOCK, LINK).revision
        feed_joining.join_stale(organisation, LINK)

        assert feed_changes.move_on(organisation, later(60)) == 0
        assert feed_changes.move_on(organisation, later(DAY)) == 1

        assert summaries(organisation, token) == ["谈心谈话：陈国梁", "动员大会", "谈心谈话：沈维岳"]
        assert feed_content.fill(organisation, token, CLOCK, LINK).revision == before + 1

    def test_a_reach_that_shows_the_same_is_no_revision(self, organisation: Session) -> None:
        token = issued(organisation, options=FeedOptions(back_days=0))

        assert feed_changes.move_on(organisation, later(DAY)) == 0
        assert feed_content.fill(organisation, token, CLOCK, LINK).revision == 1
        assert feed_changes.move_on(organisation, later(DAY)) == 0

    def test_a_feed_of_what_is_gone_is_called_by_its_id(self, organisation: Session) -> None:
        for scope, name in ((Scope.ROOM, "R77（占用）"), (Scope.CAMPAIGN, "R77"), (Scope.GROUP, "R77 · 日程")):
            feed = Feed(FeedId("F7"), Owner(scope, "R77"), FeedOptions(), CLOCK.real, changed_at=CLOCK.real)
            joined = feed_joining.joined(organisation, feed, LINK)
            assert f"X-WR-CALNAME:{name}\r\n" in joined.data.decode()


def test_nothing_is_taken_over_that_a_change_of_the_zone_would_alter(organisation: Session) -> None:
    token = issued(organisation)
    feed_joining.join_stale(organisation, LINK)
    organisation.execute(update(FeedRow).values(is_stale=True))
    (room, _) = rooms.rooms(organisation, OPERATOR, CLOCK)
    rooms.edit_room(organisation, OPERATOR, replace(room, name="东谈话室"), later(60))

    assert "LOCATION:东谈话室" in text_of(organisation, token)


def test_a_cancelled_entry_is_a_tombstone_and_leaves(organisation: Session) -> None:
    token = issued(organisation)
    before = {str(e["UID"]): int(e["SEQUENCE"]) for e in Calendar.from_ical(text_of(organisation, token)).events}
    bookings.cancel(organisation, OPERATOR, BookingId("T002"), later(60))

    after = Calendar.from_ical(text_of(organisation, token)).events
    (gone,) = (event for event in after if before[str(event["UID"])] < int(event["SEQUENCE"]))
    assert (str(gone["SUMMARY"]), str(gone["STATUS"]), str(gone["TRANSP"])) == (
        "[已取消] 谈心谈话：沈维岳", "CANCELLED", "TRANSPARENT",
    )  # fmt: skip
    feed_changes.purge(organisation, later(60 + timedelta(days=30).total_seconds()))
    assert "CANCELLED" not in text_of(organisation, token)


def test_whoever_is_put_back_gets_a_higher_sequence_and_a_later_time_than_before(organisation: Session) -> None:
    token, other = issued(organisation), issued(organisation, Owner(Scope.PERSON, "p02"))

    def known(by: str = token) -> tuple[int, str]:
        events = Calendar.from_ical(text_of(organisation, by)).events
        (meeting,) = (event for event in events if str(event["SUMMARY"]) == "动员大会")
        return int(meeting["SEQUENCE"]), str(meeting["LAST-MODIFIED"].dt)

    before, bystander = known(), known(other)
    for seconds, change in (
        (60, bookings.BookingChange(remove_people=(PersonId("p03"),))),
        (120, bookings.BookingChange(add_people=(PersonId("p03"),))),
        (180, bookings.BookingChange(remove_people=(PersonId("p03"),))),
        (240, bookings.BookingChange(add_people=(PersonId("p03"),))),
    ):
        bookings.change(organisation, OPERATOR, BookingId("E01"), change, later(seconds))
        if change.remove_people:
            assert "动员大会" not in text_of(organisation, token)
        else:
            assert known() > before
            assert known()[1] > before[1]
            before = known()
    assert known(other) == bystander


def test_what_leaves_a_room_stands_in_its_feed_as_cancelled_until_it_comes_back(organisation: Session) -> None:
    token = issued(organisation, Owner(Scope.ROOM, "R04"))

    def known() -> dict[str, tuple[int, str]]:
        events = Calendar.from_ical(text_of(organisation, token)).events
        return {str(event["UID"]): (int(event["SEQUENCE"]), str(event["SUMMARY"])) for event in events}

    before = known()
    bookings.change(organisation, OPERATOR, BookingId("E01"), bookings.BookingChange(room=RoomId("")), later(60))
    gone = known()
    (uid,) = (uid for uid, entry in gone.items() if entry != before[uid])
    assert (gone.keys(), gone[uid][1]) == (before.keys(), "[已取消] 占用")
    assert gone[uid][0] > before[uid][0]

    bookings.change(organisation, OPERATOR, BookingId("E01"), bookings.BookingChange(room=RoomId("R04")), later(120))
    back = known()
    assert (back[uid][1], back[uid][0] > gone[uid][0]) == ("占用", True)

    bookings.change(organisation, OPERATOR, BookingId("E01"), bookings.BookingChange(room=RoomId("R02")), later(180))
    feed_changes.purge(organisation, later(181 + timedelta(days=30).total_seconds()))
    assert uid not in known()


class TestWhatOthersSee:
    """A change raises what calendars go by only where it can be seen."""

    def entries(self, session: Session, token: str) -> dict[str, bytes]:
        body = feed_content.fill(session, token, CLOCK, LINK).body()
        return {str(event["UID"]): event.to_ical() for event in Calendar.from_ical(body.data).events}

    def changed(self, session: Session, change: bookings.BookingChange, booking: str, *tokens: str) -> list[int]:
        """How many entries are other bytes in each of these feeds after a change."""
        before = [self.entries(session, token) for token in tokens]
        bookings.change(session, OPERATOR, BookingId(booking), change, later(60))
        after = [self.entries(session, token) for token in tokens]
        return [
            sum(old.get(uid) != entry for uid, entry in new.items()) for old, new in zip(before, after, strict=True)
        ]

    def test_a_new_title_is_no_news_for_the_room(self, organisation: Session) -> None:
        own, room = issued(organisation), issued(organisation, Owner(Scope.ROOM, "R04"))

        assert self.changed(organisation, bookings.BookingChange(title="大会"), "E01", own, room) == [1, 0]
        assert self.changed(organisation, bookings.BookingChange(minutes=30), "E01", own, room) == [1, 1]

    def test_who_else_comes_to_a_meeting_is_no_news(self, organisation: Session) -> None:
        writing.begin(organisation)
        meeting = load.booking(organisation, BookingId("E01"))
        save.booking(organisation, replace(meeting, participants=meeting.participants[:-1]), later(10))
        organisation.commit()
        own, joining = issued(organisation), issued(organisation, Owner(Scope.PERSON, "s01"))

        found = self.changed(organisation, bookings.BookingChange(add_people=(PersonId("s01"),)), "E01", own, joining)

        assert found == [0, 1]

    def test_a_new_name_is_no_news_where_names_are_hidden(self, organisation: Session) -> None:
        own, nameless = issued(organisation), issued(organisation, options=FeedOptions(hides_names=True))
        before = [self.entries(organisation, token) for token in (own, nameless)]
        feed_changes.organisation_changed(organisation, later(60), people=[PersonId("p02")])
        organisation.commit()

        after = [self.entries(organisation, token) for token in (own, nameless)]

        assert (after[0] != before[0], after[1] == before[1]) == (True, True)
