"""A second step of signing in: codes of an authenticator (TOTP, RFC 6238), and recovery codes for when it is lost."""

import base64
import hashlib
import hmac
import secrets as random
import unicodedata
from dataclasses import dataclass
from datetime import timedelta

import pyotp
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from scheduler.core.ground import access, passwords
from scheduler.core.ground.access import Action, Actor, Role
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound
from scheduler.services.accounts import register
from scheduler.services.accounts.register import Account
from scheduler.services.ground import journal, secrets
from scheduler.store import writing
from scheduler.store.accounts.rows import AccountRow, RecoveryCodeRow, SecondFactorRow

STEP = 30
"""Seconds that a code holds; the one before and the one after are taken as well, for clocks differ."""
DIGITS = 6
RECOVERY_CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
UNCONFIRMED = timedelta(hours=1)
"""So long a secret that was shown waits for its first code."""
ASKED_OF = frozenset({Role.ADMIN, Role.ORGANIZER})
"""Whose accounts need one, where the operator says that it is required."""


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """What an account asks for besides its password."""

    is_on: bool = False
    codes_left: int = 0
    """Recovery codes that were not used yet."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an authenticator is told, once."""

    secret: str
    address: str
    """`otpauth://…`, to be scanned."""


# ── Looking ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def of(session: Session, account: str) -> SecondFactor:
    """What the account of this name asks for."""
    row = _row(session, account)
    if row is None or row.confirmed_at is None:
        return SecondFactor()
    code = RecoveryCodeRow
    unused = select(func.count()).where(code.account_id == row.account_id, code.used_at.is_(None))
    return SecondFactor(is_on=True, codes_left=session.scalar(unused) or 0)


def is_missing(session: Session, actor: Actor, *, is_required: bool) -> bool:
    """Whether somebody has to set one up before anything else."""
    return is_required and actor.has(*ASKED_OF) and bool(actor.account) and not of(session, actor.account).is_on


# ── Setting it up ────────────────────────────────────────────────────────────────────────────────────────────────────
@writing.verb
def begin(session: Session, actor: Actor, key: str, issuer: str, clock: Clock) -> Enrolment:
    """A new secret for one's own account; it counts once a code of it was shown. Raises Malformed if there is one already."""
    writing.begin(session)
    account = register.row_of(session, actor.account)
    row = session.get(SecondFactorRow, account.id, populate_existing=True)
    if row is not None and row.confirmed_at is not None:
        raise Malformed("taken", "code", value=account.name)
    nonce = secrets.new()
    session.merge(
        SecondFactorRow(account_id=account.id, nonce=nonce, made_at=clock.real, confirmed_at=None, last_step=0)
    )
    return _enrolment(key, nonce, account.name, issuer)


def begun(session: Session, actor: Actor, key: str, issuer: str, clock: Clock) -> Enrolment | None:
    """The secret that waits for its first code, if there is one."""
    row = _row(session, actor.account)
    if row is None or row.confirmed_at is not None or row.made_at + UNCONFIRMED <= clock.real:
        return None
    return _enrolment(key, row.nonce, actor.account, issuer)


@writing.verb
def confirm(session: Session, actor: Actor, key: str, code: str, clock: Clock) -> tuple[str, ...]:
    """Let it count from now on; the recovery codes, which are told this once. Raises Malformed for a code that does not fit."""
    writing.begin(session)
    row = _row(session, actor.account, lock=True)
    if row is None or row.confirmed_at is not None or not _takes(row, key, code, clock):
        raise Malformed("not_a_code", "code", value="")
    row.confirmed_at = clock.real
    journal.note(session, actor, "second_factor_set", "account", actor.account, clock)
    return _new_codes(session, row.account_id, key)


@writing.verb
def renew_codes(session: Session, actor: Actor, key: str, password: str, clock: Clock) -> tuple[str, ...]:
    """New recovery codes, knowing the password; those of before work no more."""
    account = _own(session, actor, password)
    writing.begin(session)
    row = _row(session, account)
    if row is None or row.confirmed_at is None:
        raise NotFound("second_factor", account)
    journal.note(session, actor, "recovery_renewed", "account", account, clock)
    return _new_codes(session, row.account_id, key)


@writing.verb
def end(session: Session, actor: Actor, password: str, clock: Clock, *, is_required: bool) -> None:
    """Ask one's own account for its password alone again, knowing that; raises NotAllowed where one is required."""
    account = _own(session, actor, password)
    if is_required and actor.has(*ASKED_OF):
        raise NotAllowed("second_factor")
    writing.begin(session)
    _remove(session, register.row_of(session, account))
    journal.note(session, actor, "second_factor_ended", "account", account, clock)


@writing.verb
def reset(session: Session, actor: Actor, name: str, clock: Clock) -> Account:
    """Take it from an account whose phone and codes are lost; all its sign-ins end."""
    access.require(actor, Action.EDIT_ACCOUNTS)
    writing.begin(session)
    row = register.row_of(session, name)
    _remove(session, row)
    register.end_sign_ins(session, row)
    journal.note(session, actor, "second_factor_ended", "account", row.name, clock)
    return register.account_of(row)


# ── Signing in ───────────────────────────────────────────────────────────────────────────────────────────────────────
@writing.verb
def _take(session: Session, account: Account, key: str, code: str, clock: Clock) -> str:
    """What kind of code was taken: `code`, `recovery`, or empty for none; nothing is taken twice."""
    writing.begin(session)
    row = _row(session, account.name, lock=True)
    if row is None or row.confirmed_at is None:
        return ""
    if _takes(row, key, code, clock):
        return "code"
    spare = session.get(RecoveryCodeRow, _digest(key, row.account_id, code), populate_existing=True)
    is_theirs = spare is not None and spare.account_id == row.account_id and spare.used_at is None
    if spare is not None and is_theirs:
        spare.used_at = clock.real
        journal.note(session, register.itself(account), "recovery_used", "account", account.name, clock)
        return "recovery"
    journal.note(session, register.itself(account), "second_factor_refused", "account", account.name, clock)
    return ""


def take(session: Session, account: Account, key: str, code: str, clock: Clock) -> None:
    """Take a code for a sign-in, once; raises NotAllowed for a wrong one, and for one that was taken already."""
    if not _take(session, account, key, code, clock):
        raise NotAllowed("sign_in")


# ── Steps ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def _takes(row: SecondFactorRow, key: str, code: str, clock: Clock) -> bool:
    """Whether a code is that of now, or of the half-minute before or after, and later than the last one; then it is used up."""
    typed = "".join(letter for letter in unicodedata.normalize("NFKC", code) if letter in "0123456789")
    totp, now = pyotp.TOTP(_secret(key, row.nonce), digits=DIGITS, interval=STEP), int(clock.real.timestamp()) // STEP
    for step in (now - 1, now, now + 1):
        if step > row.last_step and hmac.compare_digest(totp.generate_otp(step), typed):
            row.last_step = step
            return True
    return False


def _row(session: Session, account: str, *, lock: bool = False) -> SecondFactorRow | None:
    """The second factor of an account, confirmed or not; with `lock`, nobody else takes a code meanwhile."""
    named = select(AccountRow.id).where(AccountRow.name == register.plain_name(account)).scalar_subquery()
    query = select(SecondFactorRow).where(SecondFactorRow.account_id == named)
    query = query.with_for_update() if lock else query
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def _own(session: Session, actor: Actor, password: str) -> str:
    """Whose account it is, if they know its password; raises NotAllowed."""
    row = register.row_of(session, actor.account)
    plain = register.plain_password(password)
    if len(password) > passwords.MAX_LENGTH or not secrets.is_password(plain, row.password_hash):
        raise NotAllowed("change_password")
    return row.name


def _remove(session: Session, account: AccountRow) -> None:
    """Forget what an account asks for."""
    session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.account_id == account.id))
    session.execute(delete(SecondFactorRow).where(SecondFactorRow.account_id == account.id))


def _new_codes(session: Session, account_id: int, key: str) -> tuple[str, ...]:
    """Recovery codes in place of the old ones: ten letters of 31 each, 49 random bits."""
    session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.account_id == account_id))
    codes = tuple(
        "-".join("".join(random.choice(_LETTERS) for _ in range(5)) for _ in "12") for _ in range(RECOVERY_CODES)
    )
    session.add_all(RecoveryCodeRow(digest=_digest(key, account_id, code), account_id=account_id) for code in codes)
    return codes


def _digest(key: str, account_id: int, code: str) -> str:
    """What is kept of a recovery code, however it was typed: nobody can try them all without the key."""
    typed = unicodedata.normalize("NFKC", code).casefold()
    letters = "".join(letter for letter in typed if letter in _LETTERS)
    return _derived(key, f"recovery {account_id} {letters}").hex()


def _secret(key: str, nonce: str) -> str:
    """The secret that an authenticator shares with us, in base32: 160 bits, derived."""
    return base64.b32encode(_derived(key, f"second factor {nonce}")[:20]).decode()


def _derived(key: str, purpose: str) -> bytes:
    return hmac.new(key.encode(), purpose.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()


def _enrolment(key: str, nonce: str, name: str, issuer: str) -> Enrolment:
    secret = _secret(key, nonce)
    return Enrolment(
        secret, pyotp.TOTP(secret, digits=DIGITS, interval=STEP).provisioning_uri(name=name, issuer_name=issuer)
    )
