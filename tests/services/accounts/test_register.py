"""Accounts: who may sign in, and with which rights."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import Owner, Scope
from scheduler.core.ground.access import OPERATOR, Actor, Role
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound
from scheduler.core.ground.ids import PersonId
from scheduler.services.accounts import register as accounts
from scheduler.services.accounts import sign_ins
from scheduler.services.feeds import addresses as feeds
from scheduler.services.feeds import content as feed_content
from scheduler.services.ground import secrets
from scheduler.store.accounts.rows import AccountRow, PasswordLinkRow, SignInRow
from tests.small_organisation import CLOCK, GOOD, an_account, later

WEN = PersonId("p03")
DAY = 24 * 3600
DAY_LONG = timedelta(days=1)


def test_an_account_is_named_like_its_person(organisation: Session) -> None:
    account, _ = accounts.add(organisation, OPERATOR, CLOCK, person=WEN)

    assert (account.name, account.person, account.role, account.has_password) == ("p03", "p03", None, False)


def test_a_link_sets_the_password_once(organisation: Session) -> None:
    _, token = accounts.add(organisation, OPERATOR, CLOCK, person=WEN)

    accounts.set_password_by_link(organisation, token, GOOD, CLOCK)

    assert sign_ins.sign_in(organisation, "p03", GOOD, CLOCK)[0].account.name == "p03"
    with pytest.raises(NotFound):
        accounts.set_password_by_link(organisation, token, GOOD + "x", CLOCK)


def test_a_link_works_for_seven_days(organisation: Session) -> None:
    _, token = accounts.add(organisation, OPERATOR, CLOCK, person=WEN)

    assert accounts.by_link(organisation, token, later(7 * DAY - 1)).name == "p03"
    with pytest.raises(NotFound):
        accounts.by_link(organisation, token, later(7 * DAY))


def test_a_new_link_ends_the_earlier_one(organisation: Session) -> None:
    _, first = accounts.add(organisation, OPERATOR, CLOCK, person=WEN)
    second = accounts.renew_link(organisation, OPERATOR, "p03", CLOCK)

    assert accounts.by_link(organisation, second, CLOCK).name == "p03"
    with pytest.raises(NotFound):
        accounts.by_link(organisation, first, CLOCK)


def test_links_that_were_never_used_are_swept(organisation: Session) -> None:
    accounts.add(organisation, OPERATOR, CLOCK, person=WEN)

    accounts.purge(organisation, later(7 * DAY))

    assert organisation.scalars(select(PasswordLinkRow)).all() == []


def test_no_secret_is_kept_in_the_clear(organisation: Session) -> None:
    _, token = accounts.add(organisation, OPERATOR, CLOCK, person=WEN)
    accounts.set_password(organisation, OPERATOR, "p03", GOOD, CLOCK)
    _, secret = sign_ins.sign_in(organisation, "p03", GOOD, CLOCK)

    kept = organisation.scalars(select(AccountRow.password_hash)).one()
    assert kept is not None
    assert kept.startswith("$argon2id$")
    assert GOOD not in kept
    assert organisation.scalars(select(SignInRow.digest)).all() == [secrets.digest(secret)]
    assert token not in str(organisation.scalars(select(PasswordLinkRow.digest)).all())


@pytest.mark.parametrize(
    ("password", "kind"),
    [
        ("short-1", "too_short"),
        ("x" * 129, "too_long"),
        ("password123", "too_common"),
        ("PASSWORD123", "too_common"),
        ("12345678", "too_common"),
        ("87654321", "too_common"),
        ("aaaabbbb", "too_common"),
        ("tanxin2024", "too_common"),
        ("qwertyui", "too_common"),
    ],
)
def test_a_weak_password_is_refused(organisation: Session, password: str, kind: str) -> None:
    accounts.add(organisation, OPERATOR, CLOCK, person=WEN)

    with pytest.raises(Malformed) as refused:
        accounts.set_password(organisation, OPERATOR, "p03", password, CLOCK)

    assert (refused.value.field, refused.value.kind) == ("password", kind)


@pytest.mark.parametrize("password", ["正确的马电池订书钉", "x7-kkl2-9", "a" * 60 + "bcdefg"])
def test_a_good_password_is_taken(organisation: Session, password: str) -> None:
    accounts.add(organisation, OPERATOR, CLOCK, person=WEN)

    accounts.set_password(organisation, OPERATOR, "p03", password, CLOCK)

    assert sign_ins.sign_in(organisation, "p03", password, CLOCK)[0].account.name == "p03"


def test_a_name_is_taken_once(organisation: Session) -> None:
    accounts.add(organisation, OPERATOR, CLOCK, person=WEN)

    with pytest.raises(Malformed) as refused:
        accounts.add(organisation, OPERATOR, CLOCK, person=PersonId("p02"), name="p03")

    assert (refused.value.field, refused.value.kind) == ("name", "taken")


@pytest.mark.parametrize("name", ["", "a b", "x" * 65, "a\nb", "<b>"])
def test_an_odd_name_is_refused(organisation: Session, name: str) -> None:
    with pytest.raises(Malformed) as refused:
        accounts.add(organisation, OPERATOR, CLOCK, person=None, name=name)

    assert (refused.value.field, refused.value.kind) == ("name", "not_a_name")


def test_nobody_is_made_operator(organisation: Session) -> None:
    with pytest.raises(Malformed) as refused:
        accounts.add(organisation, OPERATOR, CLOCK, person=WEN, role=Role.OPERATOR)

    assert refused.value.field == "role"


def test_an_account_of_a_person_who_is_not_there_is_refused(organisation: Session) -> None:
    with pytest.raises(NotFound):
        accounts.add(organisation, OPERATOR, CLOCK, person=PersonId("p99"))


def test_a_role_is_given_and_taken(organisation: Session) -> None:
    an_account(organisation)

    assert accounts.set_role(organisation, OPERATOR, "p03", Role.ADMIN, CLOCK).role is Role.ADMIN
    assert Role.ADMIN in accounts.actor_of(organisation, WEN, CLOCK).roles
    assert accounts.set_role(organisation, OPERATOR, "p03", None, CLOCK).role is None


def test_only_administrators_see_and_change_accounts(organisation: Session) -> None:
    an_account(organisation)
    organizer = accounts.actor_of(organisation, PersonId("p22"), CLOCK)

    for verb in (
        lambda: accounts.listing(organisation, organizer, CLOCK),
        lambda: accounts.add(organisation, organizer, CLOCK, person=WEN),
        lambda: accounts.renew_link(organisation, organizer, "p03", CLOCK),
        lambda: accounts.set_password(organisation, organizer, "p03", GOOD, CLOCK),
        lambda: accounts.set_role(organisation, organizer, "p03", Role.ADMIN, CLOCK),
        lambda: accounts.deactivate(organisation, organizer, "p03", CLOCK),
        lambda: accounts.activate(organisation, organizer, "p03", CLOCK),
    ):
        with pytest.raises(NotAllowed):
            verb()

    admin = Actor(None, frozenset({Role.ADMIN}), account="admin")
    assert [account.name for account in accounts.listing(organisation, admin, CLOCK)] == ["p03"]


def test_the_language_is_kept(organisation: Session) -> None:
    an_account(organisation)
    wen = accounts.actor_of(organisation, WEN, CLOCK)

    accounts.set_language(organisation, wen, "en", CLOCK)

    assert accounts.listing(organisation, OPERATOR, CLOCK)[0].language == "en"
    with pytest.raises(Malformed):
        accounts.set_language(organisation, wen, "fr", CLOCK)


def test_a_new_password_ends_all_sign_ins(organisation: Session) -> None:
    an_account(organisation)
    _, secret = sign_ins.sign_in(organisation, "p03", GOOD, CLOCK)
    wen = accounts.actor_of(organisation, WEN, CLOCK)

    accounts.change_own_password(organisation, wen, GOOD, GOOD + "5", CLOCK)

    assert sign_ins.by_secret(organisation, secret, sign_ins.Lifetime(DAY_LONG, DAY_LONG), CLOCK) is None
    assert sign_ins.sign_in(organisation, "p03", GOOD + "5", CLOCK)


def test_whoever_does_not_know_the_old_password_sets_no_new_one(organisation: Session) -> None:
    an_account(organisation)
    wen = accounts.actor_of(organisation, WEN, CLOCK)

    with pytest.raises(NotAllowed):
        accounts.change_own_password(organisation, wen, "guess-guess", GOOD + "5", CLOCK)


def test_deactivating_ends_sign_ins_tokens_links_and_feeds_at_once(organisation: Session) -> None:
    an_account(organisation)
    signed_in, secret = sign_ins.sign_in(organisation, "p03", GOOD, CLOCK)
    script = sign_ins.issue_token(organisation, signed_in.account, CLOCK)
    link = accounts.renew_link(organisation, OPERATOR, "p03", CLOCK)
    _, feed = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, WEN))

    accounts.deactivate(organisation, OPERATOR, "p03", CLOCK)

    assert sign_ins.by_secret(organisation, secret, sign_ins.Lifetime(DAY_LONG, DAY_LONG), CLOCK) is None
    assert sign_ins.by_token(organisation, script) is None
    with pytest.raises(NotAllowed):
        sign_ins.sign_in(organisation, "p03", GOOD, CLOCK)
    with pytest.raises(NotFound):
        accounts.by_link(organisation, link, CLOCK)
    with pytest.raises(NotFound):
        feed_content.fill(organisation, feed, CLOCK)


def test_an_account_that_is_activated_again_lets_its_owner_in(organisation: Session) -> None:
    an_account(organisation)
    accounts.deactivate(organisation, OPERATOR, "p03", CLOCK)

    accounts.activate(organisation, OPERATOR, "p03", CLOCK)

    assert sign_ins.sign_in(organisation, "p03", GOOD, CLOCK)


def test_new_installation_begins_with_links_for_an_organizer_and_an_administrator(session: Session) -> None:
    assert accounts.is_unclaimed(session)
    first = accounts.first_links(session, CLOCK)
    again = accounts.first_links(session, CLOCK)

    assert set(first) == {Role.ORGANIZER, Role.ADMIN}
    with pytest.raises(NotFound):
        accounts.by_link(session, first[Role.ORGANIZER], CLOCK)
    done = accounts.set_password_by_link(session, again[Role.ORGANIZER], GOOD, CLOCK)
    assert (done.name, done.role) == ("organizer", Role.ORGANIZER)
    assert not accounts.is_unclaimed(session)
    assert accounts.first_links(session, CLOCK) == {}
    assert accounts.by_link(session, again[Role.ADMIN], CLOCK).name == "admin"


def test_installation_whose_accounts_somebody_gave_out_has_no_first_links(organisation: Session) -> None:
    accounts.add(organisation, OPERATOR, CLOCK, person=WEN)

    assert accounts.first_links(organisation, CLOCK) == {}
