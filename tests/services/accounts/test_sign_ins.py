"""Sign-ins: what begins them, how long they last, what ends them."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.errors import NotAllowed
from scheduler.core.ground.ids import PersonId
from scheduler.services.accounts import register as accounts
from scheduler.services.accounts import sign_ins
from scheduler.services.accounts.sign_ins import Lifetime
from scheduler.services.ground import journal
from tests.small_organisation import CLOCK, GOOD, an_account, later

LIFETIME = Lifetime(idle=timedelta(hours=8), absolute=timedelta(days=7))
WEN = PersonId("p03")
HOUR, DAY = 3600, 24 * 3600


@pytest.mark.parametrize(("name", "password"), [("p03", "wrong-wrong"), ("p04", GOOD), ("", ""), ("p03", "x" * 5000)])
def test_wrong_names_and_passwords_are_told_alike(organisation: Session, name: str, password: str) -> None:
    an_account(organisation)

    with pytest.raises(NotAllowed) as refused:
        sign_ins.sign_in(organisation, name, password, CLOCK)

    assert refused.value.action == "sign_in"


def test_a_name_may_be_typed_in_full_width(organisation: Session) -> None:
    an_account(organisation)

    assert sign_ins.sign_in(organisation, " ｐ０３ ", GOOD, CLOCK)[0].account.name == "p03"


def test_an_account_without_a_password_lets_nobody_in(organisation: Session) -> None:
    accounts.add(organisation, OPERATOR, CLOCK, person=WEN)

    with pytest.raises(NotAllowed):
        sign_ins.sign_in(organisation, "p03", "", CLOCK)


def test_a_sign_in_lasts_as_long_as_one_is_busy(organisation: Session) -> None:
    an_account(organisation)
    _, secret = sign_ins.sign_in(organisation, "p03", GOOD, CLOCK)

    found = sign_ins.by_secret(organisation, secret, LIFETIME, later(8 * HOUR - 1))
    assert found is not None
    assert found.is_due(later(8 * HOUR - 1))
    sign_ins.touch(organisation, found, later(8 * HOUR - 1))

    assert sign_ins.by_secret(organisation, secret, LIFETIME, later(15 * HOUR)) is not None
    assert sign_ins.by_secret(organisation, secret, LIFETIME, later(16 * HOUR)) is None


def test_a_sign_in_ends_after_seven_days_in_any_case(organisation: Session) -> None:
    an_account(organisation)
    _, secret = sign_ins.sign_in(organisation, "p03", GOOD, CLOCK)
    found = sign_ins.by_secret(organisation, secret, LIFETIME, CLOCK)
    assert found is not None
    sign_ins.touch(organisation, found, later(7 * DAY - 10))

    assert sign_ins.by_secret(organisation, secret, LIFETIME, later(7 * DAY - 1)) is not None
    assert sign_ins.by_secret(organisation, secret, LIFETIME, later(7 * DAY)) is None


def test_signing_out_ends_this_sign_in_only(organisation: Session) -> None:
    an_account(organisation)
    _, here = sign_ins.sign_in(organisation, "p03", GOOD, CLOCK)
    _, there = sign_ins.sign_in(organisation, "p03", GOOD, CLOCK)

    sign_ins.sign_out(organisation, here, CLOCK)
    sign_ins.sign_out(organisation, here, CLOCK)

    assert sign_ins.by_secret(organisation, here, LIFETIME, CLOCK) is None
    assert sign_ins.by_secret(organisation, there, LIFETIME, CLOCK) is not None


def test_a_token_lasts_until_it_is_revoked_and_is_no_cookie(organisation: Session) -> None:
    an_account(organisation)
    signed_in, secret = sign_ins.sign_in(organisation, "p03", GOOD, CLOCK)
    token = sign_ins.issue_token(organisation, signed_in.account, CLOCK)

    assert sign_ins.by_secret(organisation, token, LIFETIME, CLOCK) is None
    assert sign_ins.by_token(organisation, secret) is None
    found = sign_ins.by_token(organisation, token)
    assert found is not None
    assert not found.is_due(later(DAY))

    sign_ins.revoke_tokens(organisation, signed_in.account, CLOCK)
    assert sign_ins.by_token(organisation, token) is None


def test_sign_ins_that_are_over_are_swept_and_tokens_are_not(organisation: Session) -> None:
    an_account(organisation)
    signed_in, _ = sign_ins.sign_in(organisation, "p03", GOOD, CLOCK)
    token = sign_ins.issue_token(organisation, signed_in.account, CLOCK)

    assert sign_ins.purge(organisation, LIFETIME, later(HOUR)) == 0
    assert sign_ins.purge(organisation, LIFETIME, later(9 * HOUR)) == 1

    assert sign_ins.by_token(organisation, token) is not None


def test_the_journal_tells_of_sign_ins_without_names_that_are_not_ours(organisation: Session) -> None:
    an_account(organisation)
    sign_ins.sign_in(organisation, "p03", GOOD, CLOCK)
    for name in ("p03", "my-secret-password"):
        with pytest.raises(NotAllowed):
            sign_ins.sign_in(organisation, name, "wrong-wrong", CLOCK)

    entries = journal.recent(organisation, OPERATOR, CLOCK)

    assert [(e.actor, e.action, e.noun_id) for e in entries[:3]] == [
        ("anonymous", "sign_in_refused", ""),
        ("anonymous", "sign_in_refused", "p03"),
        ("p03", "signed_in", "p03"),
    ]
