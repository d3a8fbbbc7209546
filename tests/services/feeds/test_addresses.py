"""Feeds given out, rotated, revoked; and what makes them change."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import FeedOptions, Owner, Scope
from scheduler.core.ground.access import OPERATOR, Actor, Role
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound
from scheduler.core.ground.ids import BookingId, FeedId, PersonId, RoomId
from scheduler.core.organisation.facts import Became, Change, FieldChange, Subject
from scheduler.services.accounts import register as accounts
from scheduler.services.bookings.acts import cancel
from scheduler.services.feeds import addresses as feeds
from scheduler.services.feeds import changes as feed_changes
from scheduler.services.feeds import content as feed_content
from scheduler.services.feeds import subscriptions
from scheduler.services.ground import journal, secrets
from scheduler.services.organisation import people, rooms
from scheduler.store.bookings.rows import BookingRow
from scheduler.store.feeds.rows import FeedRow
from tests.small_organisation import CLOCK, later

WEN, CHEN = PersonId("p03"), PersonId("p02")
DAY = 24 * 3600


def revision(session: Session, token: str) -> str:
    return feed_content.fill(session, token, CLOCK).revision


def test_a_feed_is_opened_by_its_token_of_which_only_the_digest_is_kept(organisation: Session) -> None:
    feed, token = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, WEN))

    assert feed_content.fill(organisation, token, CLOCK).id == feed.id
    assert organisation.scalars(select(FeedRow.digest)).all() == [secrets.digest(token)]
    assert len(token) == 43


def test_a_rotated_feed_has_left_its_old_address(organisation: Session) -> None:
    feed, old = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, WEN))

    same, new = feeds.rotate(organisation, OPERATOR, feed.id, CLOCK)

    assert same == feed
    assert feed_content.fill(organisation, new, CLOCK).id == feed.id
    with pytest.raises(NotFound):
        feed_content.fill(organisation, old, CLOCK)


def test_a_page_whose_feed_has_another_address_offers_to_begin_anew(organisation: Session) -> None:
    token = subscriptions.issue(organisation, OPERATOR, CLOCK, WEN)
    page = subscriptions.show(organisation, token)
    assert page.feed

    _, new = feeds.rotate(organisation, OPERATOR, page.feed.id, CLOCK)

    assert subscriptions.show(organisation, token).feed is None
    assert feed_content.fill(organisation, new, CLOCK).id == page.feed.id


def test_a_feed_reaches_as_far_as_is_chosen_later(organisation: Session) -> None:
    feed, token = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, WEN))
    before = feed_content.fill(organisation, token, CLOCK).revision

    changed = feeds.reach_to(organisation, OPERATOR, feed.id, 0, 4, CLOCK)

    assert (changed.options.back_days, changed.options.ahead_days, changed.revision) == (0, 4, before + 1)
    assert changed.reach.start
    assert changed.reach.end
    with pytest.raises(Malformed):
        feeds.reach_to(organisation, OPERATOR, feed.id, 3661, None, CLOCK)
    with pytest.raises(NotFound):
        feeds.reach_to(organisation, accounts.actor_of(organisation, CHEN, CLOCK), feed.id, 1, None, CLOCK)


def test_a_revoked_feed_is_told_like_one_that_never_was(organisation: Session) -> None:
    feed, token = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, WEN))

    assert feeds.revoke(organisation, OPERATOR, feed.id, CLOCK).revoked_at == CLOCK.real

    errors = []
    for tried in (token, "never-was"):
        with pytest.raises(NotFound) as no:
            feed_content.fill(organisation, tried, CLOCK)
        errors.append((no.value.noun, no.value.name))
    assert errors == [("feed", ""), ("feed", "")]
    for verb in (feeds.revoke, feeds.rotate):
        with pytest.raises(NotFound):
            verb(organisation, OPERATOR, feed.id, CLOCK)


@pytest.mark.parametrize(
    "options",
    [
        FeedOptions("fr"),
        FeedOptions(alarm_minutes=-1),
        FeedOptions(alarm_minutes=7 * 24 * 60 + 1),
        FeedOptions(back_days=-1),
        FeedOptions(ahead_days=3661),
    ],
)
def test_what_cannot_be_chosen_is_refused(organisation: Session, options: FeedOptions) -> None:
    with pytest.raises(Malformed):
        feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, WEN), options)


@pytest.mark.parametrize("scope", list(Scope))
def test_a_feed_is_of_something_that_there_is(organisation: Session, scope: Scope) -> None:
    with pytest.raises(NotFound):
        feeds.issue(organisation, OPERATOR, CLOCK, Owner(scope, "x99"))


def test_a_feed_is_shown_to_those_who_may_see_it(organisation: Session) -> None:
    feed, _ = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, WEN))

    for actor in (OPERATOR, accounts.actor_of(organisation, WEN, CLOCK)):
        assert feeds.show(organisation, actor, feed.id, CLOCK) == feed
    for actor, name in ((accounts.actor_of(organisation, CHEN, CLOCK), feed.id), (OPERATOR, FeedId("F9"))):
        with pytest.raises(NotFound):
            feeds.show(organisation, actor, name, CLOCK)


def test_members_have_feeds_of_their_own_and_of_nobody_else(organisation: Session) -> None:
    wen = accounts.actor_of(organisation, WEN, CLOCK)
    others, _ = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, CHEN))
    own, _ = feeds.issue(organisation, wen, CLOCK, Owner(Scope.PERSON, WEN))

    assert feeds.own(organisation, wen, CLOCK) == [own]
    feeds.rotate(organisation, wen, own.id, CLOCK)
    for verb in (
        lambda: feeds.issue(organisation, wen, CLOCK, Owner(Scope.PERSON, CHEN)),
        lambda: feeds.issue(organisation, wen, CLOCK, Owner(Scope.ROOM, "R02")),
        lambda: feeds.listing(organisation, wen, CLOCK),
        lambda: feeds.listing(organisation, wen, CLOCK, person=CHEN),
    ):
        with pytest.raises(NotAllowed):
            verb()
    for foreign in (others.id, FeedId("F99")):
        for change in (feeds.rotate, feeds.revoke):
            with pytest.raises(NotFound):
                change(organisation, wen, foreign, CLOCK)
    feeds.revoke(organisation, wen, own.id, CLOCK)
    assert feeds.own(organisation, wen, CLOCK) == []


def test_an_administrator_without_a_person_has_no_feed_of_his_own(organisation: Session) -> None:
    admin = Actor(None, frozenset({Role.ADMIN}), account="admin")

    with pytest.raises(NotAllowed):
        feeds.own(organisation, admin, CLOCK)
    assert feeds.listing(organisation, admin, CLOCK) == []


def test_an_organizer_without_a_person_has_no_calendar_of_his_own(organisation: Session) -> None:
    organizer = Actor(None, frozenset({Role.ORGANIZER}), account="office")

    with pytest.raises(NotAllowed):
        feeds.own(organisation, organizer, CLOCK)
    with pytest.raises(NotAllowed):
        feed_content.own(organisation, organizer, CLOCK, "zh")


def test_the_journal_tells_who_gave_out_a_feed_and_never_its_token(organisation: Session) -> None:
    _, token = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, WEN))

    entry = journal.recent(organisation, OPERATOR, CLOCK)[0]

    assert (entry.actor, entry.action, entry.noun, entry.noun_id) == ("operator", "issued", "feed", "F1")
    assert token not in str(entry)


# ── What makes a feed change ─────────────────────────────────────────────────────────────────────────────────────────
def test_a_feed_changes_with_its_own_bookings_only(organisation: Session) -> None:
    tokens = {p: feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, p))[1] for p in ("p01", "p02", "p03")}
    before = {person: revision(organisation, token) for person, token in tokens.items()}

    cancel(organisation, OPERATOR, BookingId("T002"), later(60))

    after = {person: revision(organisation, token) for person, token in tokens.items()}
    assert [person for person in tokens if before[person] != after[person]] == ["p01", "p03"]


def test_a_name_that_changes_revises_the_talks_it_stands_in(organisation: Session) -> None:
    _, token = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, WEN))
    before = feed_content.fill(organisation, token, CLOCK)

    feed_changes.organisation_changed(organisation, later(60), people=[CHEN])
    organisation.commit()

    rows = organisation.execute(select(BookingRow.id, BookingRow.shown_sequence).order_by(BookingRow.id)).all()
    assert [tuple(row) for row in rows] == [("E01", 0), ("T001", 1), ("T002", 0), ("T003", 0), ("T004", 0)]
    after = feed_content.fill(organisation, token, CLOCK)
    assert after.revision != before.revision
    assert after.changed_at > before.changed_at


def test_a_room_that_is_renamed_revises_what_stands_in_it(organisation: Session) -> None:
    feed_changes.organisation_changed(organisation, later(60), rooms=[RoomId("R02")])
    organisation.commit()

    revised = select(BookingRow.id).where(BookingRow.shown_sequence == 1).order_by(BookingRow.id)
    assert organisation.scalars(revised).all() == ["T001", "T002"]


def test_every_feed_changes_with_the_organisation(organisation: Session) -> None:
    _, token = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, "p12"))
    before = revision(organisation, token)

    feed_changes.organisation_changed(organisation, CLOCK)
    organisation.commit()

    assert revision(organisation, token) != before


def test_a_cancelled_entry_leaves_after_thirty_days_and_the_feed_says_that_it_changed(organisation: Session) -> None:
    _, token = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, "p27"))
    before = feed_content.fill(organisation, token, CLOCK)
    assert before.body().data.count(b"STATUS:CANCELLED") == 1

    assert feed_changes.purge(organisation, later(30 * DAY - 1)) == 0
    assert feed_changes.purge(organisation, later(30 * DAY)) == 2
    assert feed_changes.purge(organisation, later(31 * DAY)) == 0

    after = feed_content.fill(organisation, token, CLOCK)
    assert b"CANCELLED" not in after.body().data
    assert after.revision != before.revision
    assert after.changed_at == before.changed_at + timedelta(days=30)


def test_a_person_who_is_renamed_is_called_so_in_the_feeds_of_others(organisation: Session) -> None:
    _, token = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, WEN))
    before = feed_content.fill(organisation, token, CLOCK)
    assert "谈心谈话：陈国梁" in before.body().data.decode()
    chen = people.roster(organisation, OPERATOR, None, CLOCK).people[CHEN]

    people.edit_person(organisation, OPERATOR, replace(chen, name="陈国栋"), None, later(60))

    after = feed_content.fill(organisation, token, CLOCK)
    assert "谈心谈话：陈国栋" in after.body().data.decode()
    assert after.revision != before.revision


def test_a_person_who_only_changes_post_changes_no_feed(organisation: Session) -> None:
    _, token = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, WEN))
    before = revision(organisation, token)
    chen = people.roster(organisation, OPERATOR, None, CLOCK).people[CHEN]

    people.edit_person(organisation, OPERATOR, replace(chen, position="主任"), None, later(60))

    assert revision(organisation, token) == before


def test_a_room_is_called_by_its_new_name(organisation: Session) -> None:
    _, token = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, WEN))
    (talk_room, _) = rooms.rooms(organisation, OPERATOR, CLOCK)

    rooms.edit_room(organisation, OPERATOR, replace(talk_room, name="东谈话室"), later(60))

    assert "LOCATION:东谈话室" in feed_content.fill(organisation, token, CLOCK).body().data.decode()
    before = revision(organisation, token)
    rooms.edit_room(organisation, OPERATOR, replace(talk_room, name="东谈话室", capacity=6), later(60))
    assert revision(organisation, token) == before


def test_an_organisation_that_changes_changes_every_feed(organisation: Session) -> None:
    _, token = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, WEN))
    before = revision(organisation, token)
    zone = FieldChange("zone", "Asia/Shanghai", "Asia/Urumqi")

    feed_changes.follow(organisation, [Change(Subject.ORGANISATION, "", Became.UPDATED, (zone,))], CLOCK)
    organisation.commit()

    assert revision(organisation, token) != before
