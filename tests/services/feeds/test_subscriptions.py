"""Pages where members subscribe: secrets, and what may be done with them."""

from collections.abc import Callable

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import FeedOptions, Owner, Scope
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound, Refused
from scheduler.core.ground.ids import PersonId
from scheduler.services.accounts import register as accounts
from scheduler.services.feeds import addresses as feeds
from scheduler.services.feeds import content as feed_content
from scheduler.services.feeds import devices, handing_out, subscriptions
from scheduler.services.ground import actors, secrets
from scheduler.store.feeds.rows import FeedRow, SubscriptionPageRow
from scheduler.store.mail.rows import MailMessageRow
from scheduler.store.mail.save import page_news
from tests.services.mailed import ADDRESSES, with_addresses
from tests.small_organisation import CLOCK, PEOPLE, an_account, later

WEN = PersonId("p03")


@pytest.fixture
def token(organisation: Session) -> str:
    return subscriptions.issue(organisation, OPERATOR, CLOCK, WEN)


def works(session: Session, feed_token: str) -> bool:
    try:
        return bool(feed_content.fill(session, feed_token, CLOCK).body().data)
    except NotFound:
        return False


def test_a_page_shows_the_address_of_its_feed_although_neither_is_kept(organisation: Session, token: str) -> None:
    page = subscriptions.show(organisation, token)

    assert (page.person, page.name, len(page.feed_token)) == ("p03", "文静", 43)
    assert works(organisation, page.feed_token)
    assert subscriptions.show(organisation, token) == page
    assert organisation.scalars(select(SubscriptionPageRow.digest)).all() == [secrets.digest(token)]
    assert organisation.scalars(select(FeedRow.digest)).all() == [secrets.digest(page.feed_token)]
    assert not {token, page.form_token} & {page.feed_token}


def test_a_new_address_ends_the_old_one_and_stopping_ends_both(organisation: Session, token: str) -> None:
    first = subscriptions.show(organisation, token)
    subscriptions.renew(organisation, token, first.form_token, CLOCK)
    second = subscriptions.show(organisation, token)
    assert (works(organisation, first.feed_token), works(organisation, second.feed_token)) == (False, True)

    subscriptions.stop(organisation, token, first.form_token, CLOCK)
    stopped = subscriptions.show(organisation, token)
    assert (stopped.feed, stopped.feed_token, works(organisation, second.feed_token)) == (None, "", False)
    subscriptions.stop(organisation, token, first.form_token, CLOCK)

    subscriptions.renew(organisation, token, first.form_token, CLOCK)
    third = subscriptions.show(organisation, token)
    assert works(organisation, third.feed_token)
    assert len({first.feed_token, second.feed_token, third.feed_token}) == 3


def test_what_is_chosen_shows_at_the_same_address(organisation: Session, token: str) -> None:
    page = subscriptions.show(organisation, token)
    before = feed_content.fill(organisation, page.feed_token, CLOCK).revision

    chosen = FeedOptions("en", 15, hides_names=True)
    subscriptions.choose(organisation, token, page.form_token, chosen, CLOCK)

    content = feed_content.fill(organisation, page.feed_token, CLOCK)
    text = content.body().data.decode()
    assert (content.revision, text.count("TRIGGER:-PT15M")) == (before + 1, 4)
    assert not [name for name in PEOPLE.values() if name in text]
    with pytest.raises(Malformed):
        subscriptions.choose(organisation, token, page.form_token, FeedOptions("fr"), CLOCK)
    subscriptions.stop(organisation, token, page.form_token, CLOCK)
    with pytest.raises(NotFound):
        subscriptions.choose(organisation, token, page.form_token, chosen, CLOCK)


@pytest.mark.parametrize(
    "verb",
    [
        lambda session, token, form: subscriptions.renew(session, token, form, CLOCK),
        lambda session, token, form: subscriptions.stop(session, token, form, CLOCK),
        lambda session, token, form: subscriptions.choose(session, token, form, FeedOptions(), CLOCK),
    ],
)
def test_nothing_is_changed_without_the_form_of_the_page(
    organisation: Session, token: str, verb: Callable[[Session, str, str], None]
) -> None:
    other = subscriptions.show(organisation, subscriptions.issue(organisation, OPERATOR, CLOCK, PersonId("p02")))
    for form in ("", "x", token, other.form_token, "谈"):
        with pytest.raises(NotAllowed):
            verb(organisation, token, form)
    organisation.rollback()
    assert subscriptions.show(organisation, token).feed


def test_a_new_page_ends_the_old_one_and_its_feed(organisation: Session, token: str) -> None:
    old = subscriptions.show(organisation, token).feed_token

    new = subscriptions.issue(organisation, OPERATOR, CLOCK, WEN)

    with pytest.raises(NotFound):
        subscriptions.show(organisation, token)
    assert (works(organisation, old), works(organisation, subscriptions.show(organisation, new).feed_token)) == (
        False,
        True,
    )


def test_pages_are_made_for_those_who_have_none(organisation: Session, token: str) -> None:
    people = [PersonId(person) for person in PEOPLE]

    made = handing_out.issue_all(organisation, OPERATOR, CLOCK, people)

    assert [person for person, _ in made] == ["p01", "p02", "p12", "p22", "p27", "s01"]
    assert {subscriptions.show(organisation, secret).person for _, secret in made} == {p for p, _ in made}
    assert handing_out.issue_all(organisation, OPERATOR, CLOCK, people) == []
    assert subscriptions.having(organisation, OPERATOR, CLOCK) == set(people)


def test_pages_for_all_cost_a_handful_of_statements_and_can_be_had_again(organisation: Session) -> None:
    people, told = [PersonId(person) for person in PEOPLE], list[tuple[int, int]]()
    statements: list[str] = []
    engine = organisation.get_bind().engine
    event.listen(engine, "before_cursor_execute", lambda *given: statements.append(given[2]))

    made = handing_out.issue_all(
        organisation, OPERATOR, CLOCK, people, key="a key", progress=lambda done, of: told.append((done, of))
    )

    assert (len(made), told) == (len(PEOPLE), [(len(PEOPLE), len(PEOPLE))])
    assert len(statements) < 20
    assert subscriptions.again(organisation, OPERATOR, CLOCK, people, "a key") == (made, [])
    shown = [subscriptions.show(organisation, secret) for _, secret in made]
    assert all(works(organisation, page.feed_token) for page in shown)


def test_members_have_their_own_page_and_make_nobody_elses(organisation: Session, token: str) -> None:
    wen = accounts.actor_of(organisation, WEN, CLOCK)
    assert subscriptions.has_page(organisation, wen, CLOCK)
    assert not subscriptions.has_page(organisation, OPERATOR, CLOCK)
    subscriptions.show(organisation, subscriptions.issue(organisation, wen, CLOCK, WEN))
    for verb in (
        lambda: subscriptions.issue(organisation, wen, CLOCK, PersonId("p02")),
        lambda: handing_out.issue_all(organisation, wen, CLOCK, []),
        lambda: subscriptions.having(organisation, wen, CLOCK),
        lambda: subscriptions.revoke(organisation, wen, CLOCK, PersonId("p02")),
    ):
        with pytest.raises(NotAllowed):
            verb()
    with pytest.raises(NotFound):
        subscriptions.issue(organisation, OPERATOR, CLOCK, PersonId("p99"))


def test_a_page_that_is_revoked_is_gone_and_its_feed_too(organisation: Session, token: str) -> None:
    feed_token = subscriptions.show(organisation, token).feed_token

    subscriptions.revoke(organisation, OPERATOR, CLOCK, WEN)

    assert not works(organisation, feed_token)
    for verb in (
        lambda: subscriptions.show(organisation, token),
        lambda: subscriptions.revoke(organisation, OPERATOR, CLOCK, WEN),
    ):
        with pytest.raises(NotFound):
            verb()


def test_whoever_leaves_loses_the_page(organisation: Session, token: str) -> None:
    an_account(organisation)
    accounts.deactivate(organisation, OPERATOR, "p03", CLOCK)

    with pytest.raises(NotFound):
        subscriptions.show(organisation, token)
    assert feeds.listing(organisation, OPERATOR, CLOCK)[0].revoked_at


def test_the_file_holds_what_the_feed_would(organisation: Session, token: str) -> None:
    data = subscriptions.file_of(organisation, token, later(5), "")
    assert data.count(b"BEGIN:VEVENT") == 5

    subscriptions.stop(organisation, token, subscriptions.show(organisation, token).form_token, CLOCK)
    assert subscriptions.file_of(organisation, token, later(5), "") == data


def test_devices_added_on_the_page_end_with_it_and_others_stay(organisation: Session, token: str) -> None:
    form = subscriptions.show(organisation, token).form_token
    subscriptions.choose(organisation, token, form, FeedOptions("en", alarm_minutes=15), CLOCK)
    made, password = subscriptions.add_device(organisation, token, form, "平板", CLOCK)
    _, own = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, "p03"), device="手机")

    def opens(password: str) -> bool:
        try:
            return bool(devices.opened(organisation, "p03", password, CLOCK, ""))
        except NotAllowed:
            return False

    assert (made.device, made.options) == ("平板", FeedOptions("en", alarm_minutes=15))
    assert [one.id for one in subscriptions.show(organisation, token).devices] == [made.id]
    subscriptions.stop(organisation, token, form, CLOCK)
    assert (opens(password), opens(own)) == (True, True)
    again, another = subscriptions.add_device(organisation, token, form, "平板二", CLOCK)
    subscriptions.stop_device(organisation, token, form, again.id, CLOCK)
    assert opens(another) is False

    new = subscriptions.issue(organisation, OPERATOR, CLOCK, WEN)
    assert (opens(password), opens(own)) == (False, True)
    page = subscriptions.show(organisation, new)
    _, third = subscriptions.add_device(organisation, new, page.form_token, "平板三", CLOCK)
    subscriptions.revoke(organisation, OPERATOR, CLOCK, WEN)
    assert (opens(third), opens(own)) == (False, True)


def test_there_are_twenty_devices_at_most(organisation: Session, token: str) -> None:
    form = subscriptions.show(organisation, token).form_token
    for number in range(20):
        subscriptions.add_device(organisation, token, form, f"手机{number}", CLOCK)

    with pytest.raises(Malformed, match="too_many_devices"):
        subscriptions.add_device(organisation, token, form, "又一台", CLOCK)


def test_there_are_ten_feeds_with_an_address_at_most(organisation: Session) -> None:
    owner = Owner(Scope.PERSON, PersonId("p03"))
    for _number in range(10):
        feeds.issue(organisation, OPERATOR, CLOCK, owner)

    with pytest.raises(Malformed, match="too_many_feeds"):
        feeds.issue(organisation, OPERATOR, CLOCK, owner)
    assert feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, PersonId("p02")))


class TestTakingOver:
    """Whoever issued a page has seen its address, and acts for nobody by it."""

    def test_a_page_of_somebody_else_acts_only_at_the_address_that_its_person_got(self, organisation: Session) -> None:
        handed_out = subscriptions.issue(organisation, OPERATOR, CLOCK, PersonId("p03"))
        with pytest.raises(NotAllowed):
            subscriptions.require_own(organisation, handed_out)

        form = subscriptions.show(organisation, handed_out).take_over_token
        own = subscriptions.take_over(organisation, handed_out, form, CLOCK)

        subscriptions.require_own(organisation, own)
        with pytest.raises(NotAllowed):
            subscriptions.require_own(organisation, handed_out)
        pages = subscriptions.show(organisation, own), subscriptions.show(organisation, handed_out)
        assert [page.may_act for page in pages] == [True, False]
        assert pages[0].feed_token == pages[1].feed_token
        assert {page.taken_at for page in pages} == {CLOCK.real}

    def test_it_is_taken_over_once(self, organisation: Session) -> None:
        token = subscriptions.issue(organisation, OPERATOR, CLOCK, PersonId("p03"))
        form = subscriptions.show(organisation, token).take_over_token
        subscriptions.take_over(organisation, token, form, CLOCK)

        with pytest.raises(Refused):
            subscriptions.take_over(organisation, token, form, CLOCK)
        assert subscriptions.show(organisation, token).take_over_token == ""

    def test_an_own_part_that_is_wrong_opens_nothing(self, organisation: Session) -> None:
        token = subscriptions.issue(organisation, OPERATOR, CLOCK, PersonId("p03"))
        for wrong in (f"{token}.guessed", f"{token}..", f".{token}"):
            with pytest.raises(NotFound):
                subscriptions.show(organisation, wrong)
        with pytest.raises(NotAllowed):
            subscriptions.take_over(organisation, token, "guessed", CLOCK)

    def test_who_makes_their_own_page_has_it_at_once(self, organisation: Session) -> None:
        me = actors.themselves(organisation, PersonId("p03"), CLOCK)
        token = subscriptions.issue(organisation, me, CLOCK, PersonId("p03"))

        subscriptions.require_own(organisation, token)

    def test_a_new_page_is_nobodys_again_and_ends_the_feed_only_if_asked(self, organisation: Session) -> None:
        first = subscriptions.issue(organisation, OPERATOR, CLOCK, PersonId("p03"))
        form = subscriptions.show(organisation, first).take_over_token
        own = subscriptions.take_over(organisation, first, form, CLOCK)
        feed = subscriptions.show(organisation, first).feed_token

        second = subscriptions.issue(organisation, OPERATOR, later(60), PersonId("p03"), ends_feed=False)
        with pytest.raises(NotFound):
            subscriptions.show(organisation, own)
        with pytest.raises(NotAllowed):
            subscriptions.require_own(organisation, second)
        assert works(organisation, feed)

        running = subscriptions.show(organisation, second).feed_token
        subscriptions.issue(organisation, OPERATOR, later(120), PersonId("p03"))
        assert not works(organisation, running)


def told_of_pages(session: Session) -> list[tuple[str, str]]:
    """Whom mail waits for that tells of a page, and of what."""
    waiting = session.scalars(
        select(MailMessageRow).where(MailMessageRow.state == "waiting").order_by(MailMessageRow.key)
    )
    return [(row.person_id, page_news(row.key) or "") for row in waiting]


def test_whoever_has_an_address_is_told_what_befell_their_page(organisation: Session) -> None:
    with_addresses(organisation)
    lately, soon = later(60), later(120)
    token = subscriptions.issue(organisation, OPERATOR, CLOCK, WEN)
    subscriptions.take_over(organisation, token, subscriptions.show(organisation, token).take_over_token, lately)
    subscriptions.revoke(organisation, OPERATOR, soon, WEN)

    assert told_of_pages(organisation) == [("p03", "ended"), ("p03", "issued"), ("p03", "taken_over")]


def test_nobody_is_told_of_what_they_did_themselves_or_where_no_mail_is_sent(organisation: Session) -> None:
    subscriptions.issue(organisation, OPERATOR, CLOCK, WEN)
    with_addresses(organisation)
    themselves = actors.themselves(organisation, WEN, CLOCK)
    subscriptions.issue(organisation, themselves, CLOCK, WEN)
    subscriptions.revoke(organisation, themselves, CLOCK, WEN)

    assert told_of_pages(organisation) == []


def test_when_pages_are_made_for_all_each_with_an_address_is_told(organisation: Session) -> None:
    with_addresses(organisation)
    handing_out.issue_all(organisation, OPERATOR, CLOCK, PEOPLE)

    assert told_of_pages(organisation) == [(person, "issued") for person in ADDRESSES]
