"""A code besides the password: from a secret that no database holds, each taken once."""

from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR, Actor, Role
from scheduler.core.ground.errors import Malformed, NotAllowed
from scheduler.services.accounts import register, second_factors, sign_ins
from scheduler.services.accounts.sign_ins import CodeWanted, Lifetime
from scheduler.store.accounts.rows import JournalRow, RecoveryCodeRow, SecondFactorRow
from tests.builders import an_actor
from tests.small_organisation import CLOCK, GOOD, an_account, later

KEY = "a key that stands in no database"
DAYS = Lifetime(timedelta(days=1), timedelta(days=1))


def themselves(*roles: Role) -> Actor:
    return Actor(an_actor("p03").person, frozenset(roles or (Role.MEMBER,)), account="p03")


def code(secret: str, seconds: int = 0) -> str:
    return pyotp.TOTP(secret).at(CLOCK.real, counter_offset=seconds // 30)


def set_up(session: Session) -> tuple[str, tuple[str, ...]]:
    an_account(session)
    secret = second_factors.begin(session, themselves(), KEY, "谈心", CLOCK).secret
    return secret, second_factors.confirm(session, themselves(), KEY, code(secret), CLOCK)


def take(session: Session, typed: str, seconds: float = 60) -> bool:
    account = register.named(session, OPERATOR, "p03")
    try:
        second_factors.take(session, account, KEY, typed, later(seconds))
    except NotAllowed:
        return False
    return True


def test_it_counts_once_a_code_was_shown(organisation: Session) -> None:
    an_account(organisation)
    begun = second_factors.begin(organisation, themselves(), KEY, "谈心", CLOCK)
    assert begun.address.startswith("otpauth://totp/")
    assert second_factors.begun(organisation, themselves(), KEY, "谈心", CLOCK) == begun
    assert sign_ins.sign_in(organisation, "p03", GOOD, CLOCK)
    with pytest.raises(Malformed):
        second_factors.confirm(organisation, themselves(), KEY, "000000", CLOCK)

    codes = second_factors.confirm(organisation, themselves(), KEY, code(begun.secret), CLOCK)

    assert (len(codes), len(set(codes))) == (10, 10)
    assert second_factors.of(organisation, "p03").codes_left == 10
    with pytest.raises(CodeWanted):
        sign_ins.sign_in(organisation, "p03", GOOD, CLOCK)
    with pytest.raises(NotAllowed):
        sign_ins.sign_in(organisation, "p03", "wrong", CLOCK)
    with pytest.raises(Malformed):
        second_factors.begin(organisation, themselves(), KEY, "谈心", CLOCK)


def test_a_code_is_taken_once_and_near_its_time(organisation: Session) -> None:
    secret, _codes = set_up(organisation)

    assert not take(organisation, code(secret), 0), "it was used to set it up"
    assert take(organisation, f" {code(secret, 60)[:3]} {code(secret, 60)[3:]} ", 60)
    assert not take(organisation, code(secret, 60), 61)
    assert not take(organisation, code(secret, 30), 61), "one before the last that was taken"
    assert take(organisation, code(secret, 90), 65), "a clock that is fast"
    assert not take(organisation, code(secret, 60), 300)
    assert not take(organisation, "")


def test_a_recovery_code_is_taken_once_however_it_was_typed(organisation: Session) -> None:
    _secret, codes = set_up(organisation)

    assert take(organisation, codes[3].upper().replace("-", " "))
    assert not take(organisation, codes[3])
    assert second_factors.of(organisation, "p03").codes_left == 9
    fresh = second_factors.renew_codes(organisation, themselves(), KEY, GOOD, CLOCK)
    assert not take(organisation, codes[4])
    assert take(organisation, fresh[4])


def test_the_database_holds_neither_secret_nor_codes(organisation: Session) -> None:
    secret, codes = set_up(organisation)
    rows = [*organisation.scalars(select(SecondFactorRow)), *organisation.scalars(select(RecoveryCodeRow))]

    kept = " ".join(str(value) for row in rows for value in vars(row).values())

    assert not any(word in kept for word in (secret, *codes))
    account = register.named(organisation, OPERATOR, "p03")
    with pytest.raises(NotAllowed):
        second_factors.take(organisation, account, "another key", code(secret, 60), later(60))


def test_it_ends_by_the_password_or_by_the_operator(organisation: Session) -> None:
    set_up(organisation)
    with pytest.raises(NotAllowed):
        second_factors.end(organisation, themselves(), "wrong", CLOCK, is_required=False)
    with pytest.raises(NotAllowed):
        second_factors.end(organisation, themselves(Role.ORGANIZER), GOOD, CLOCK, is_required=True)
    second_factors.end(organisation, themselves(), GOOD, CLOCK, is_required=False)
    _signed_in, cookie = sign_ins.sign_in(organisation, "p03", GOOD, CLOCK)

    secret = second_factors.begin(organisation, themselves(), KEY, "谈心", later(600)).secret
    second_factors.confirm(organisation, themselves(), KEY, code(secret, 600), later(600))
    with pytest.raises(NotAllowed):
        second_factors.reset(organisation, themselves(), "p03", CLOCK)
    second_factors.reset(organisation, OPERATOR, "p03", CLOCK)

    assert not second_factors.of(organisation, "p03").is_on
    assert sign_ins.by_secret(organisation, cookie, DAYS, CLOCK) is None
    deeds = [row.action for row in organisation.scalars(select(JournalRow)) if "factor" in row.action]
    assert deeds == ["second_factor_set", "second_factor_ended"] * 2


def test_it_is_missing_only_where_it_is_required(organisation: Session) -> None:
    an_account(organisation)

    assert second_factors.is_missing(organisation, themselves(Role.ADMIN), is_required=True)
    assert not second_factors.is_missing(organisation, themselves(Role.ADMIN), is_required=False)
    assert not second_factors.is_missing(organisation, themselves(), is_required=True)
