"""Sign-ins of browsers and tokens of scripts: what begins them, how long they last, what ends them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from scheduler.core.ground import passwords
from scheduler.core.ground.access import NOBODY
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import NotAllowed
from scheduler.services.accounts import register, second_factors
from scheduler.services.accounts.register import Account
from scheduler.services.ground import journal, secrets
from scheduler.store import writing
from scheduler.store.accounts.rows import AccountRow, SignInRow

TOUCH_EVERY = timedelta(minutes=1)
"""How exactly it is kept when somebody was last seen, so that reading a page seldom writes."""


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long one stays signed in: `idle` without asking for anything, `absolute` in any case."""

    idle: timedelta
    absolute: timedelta


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A sign-in that lasts, and the account it belongs to."""

    account: Account
    digest: str
    seen_at: datetime
    is_token: bool = False

    def is_due(self, clock: Clock) -> bool:
        """Whether it is time to note that they were seen."""
        return not self.is_token and clock.real - self.seen_at >= TOUCH_EVERY


class CodeWanted(Exception):
    """The password is right, and the account asks for a code as well."""

    def __init__(self, account: Account, sealed: str) -> None:
        super().__init__(account.name)
        self.account, self.sealed = account, sealed


def sign_in(session: Session, name: str, password: str, clock: Clock) -> tuple[SignedIn, str]:
    """Sign somebody in, and hand out the secret of their session; NotAllowed whatever of name and password is wrong.

    Raises CodeWanted for an account with a second factor.
    """
    row = session.scalars(select(AccountRow).where(AccountRow.name == register.plain_name(name))).one_or_none()
    kept = row.password_hash if row and row.is_active else None
    is_right = len(password) <= passwords.MAX_LENGTH and secrets.is_password(register.plain_password(password), kept)
    account = register.account_of(row) if row else None
    writing.begin(session)
    if not is_right or account is None:
        # Whoever typed a password into the wrong field must not read it in the journal: unknown names are not kept.
        journal.note(session, NOBODY, "sign_in_refused", "account", account.name if account else "", clock)
        session.commit()
        raise NotAllowed("sign_in")
    if second_factors.of(session, account.name).is_on:
        session.rollback()
        raise CodeWanted(account, secrets.digest(kept or ""))
    session.rollback()
    return begin(session, account, clock)


def still_valid(session: Session, name: str, sealed: str) -> Account:
    """The account whose password was shown a moment ago, unless that has changed since; raises NotAllowed."""
    row = session.scalars(select(AccountRow).where(AccountRow.name == name)).one_or_none()
    if row is None or not row.is_active or secrets.digest(row.password_hash or "") != sealed:
        raise NotAllowed("sign_in")
    return register.account_of(row)


@writing.verb
def begin(session: Session, account: Account, clock: Clock) -> tuple[SignedIn, str]:
    """A new sign-in of somebody who has shown all that is asked, and the secret of their session."""
    writing.begin(session)
    signed_in, secret = _begin(session, account, clock, is_token=False)
    journal.note(session, register.itself(account), "signed_in", "account", account.name, clock)
    return signed_in, secret


def sign_out(session: Session, secret: str, clock: Clock) -> None:
    """End one sign-in; nothing happens if it has ended already."""
    writing.begin(session)
    row = session.get(SignInRow, secrets.digest(secret))
    if row is not None and (owner := session.get(AccountRow, row.account_id)):
        journal.note(session, register.itself(register.account_of(owner)), "signed_out", "account", owner.name, clock)
        session.delete(row)
    session.commit()


def by_secret(session: Session, secret: str, lifetime: Lifetime, clock: Clock) -> SignedIn | None:
    """The sign-in that a cookie's secret belongs to, if it still lasts."""
    pair = _find(session, secret, is_token=False)
    if pair is None:
        return None
    row, account = pair
    is_over = clock.real >= row.created_at + lifetime.absolute or clock.real >= row.seen_at + lifetime.idle
    return None if is_over else SignedIn(register.account_of(account), row.digest, row.seen_at)


def by_token(session: Session, token: str) -> SignedIn | None:
    """The account that a script's token belongs to; a token lasts until it is revoked."""
    pair = _find(session, token, is_token=True)
    if pair is None:
        return None
    row, account = pair
    return SignedIn(register.account_of(account), row.digest, row.seen_at, is_token=True)


def touch(session: Session, signed_in: SignedIn, clock: Clock) -> None:
    """Note that somebody was seen."""
    writing.begin(session)
    row = update(SignInRow).where(SignInRow.digest == signed_in.digest)
    session.execute(row.values(seen_at=clock.real))
    session.commit()


def issue_token(session: Session, account: Account, clock: Clock) -> str:
    """A new token with which a script acts as this account; shown once."""
    writing.begin(session)
    _, token = _begin(session, account, clock, is_token=True)
    journal.note(session, register.itself(account), "token_issued", "account", account.name, clock)
    session.commit()
    return token


def revoke_tokens(session: Session, account: Account, clock: Clock) -> None:
    """Let all tokens of an account stop working."""
    writing.begin(session)
    session.execute(delete(SignInRow).where(SignInRow.account_id == account.id, SignInRow.is_token.is_(True)))
    journal.note(session, register.itself(account), "tokens_revoked", "account", account.name, clock)
    session.commit()


def purge(session: Session, lifetime: Lifetime, clock: Clock) -> int:
    """Remove sign-ins that are over; how many there were."""
    over = (SignInRow.created_at <= clock.real - lifetime.absolute) | (SignInRow.seen_at <= clock.real - lifetime.idle)
    writing.begin(session)
    digests = session.scalars(delete(SignInRow).where(SignInRow.is_token.is_(False), over).returning(SignInRow.digest))
    count = len(digests.all())
    session.commit()
    return count


def _begin(session: Session, account: Account, clock: Clock, *, is_token: bool) -> tuple[SignedIn, str]:
    """A new sign-in, not yet committed."""
    secret = secrets.new()
    row = SignInRow(
        digest=secrets.digest(secret),
        account_id=account.id,
        created_at=clock.real,
        seen_at=clock.real,
        is_token=is_token,
    )
    session.add(row)
    return SignedIn(account, row.digest, clock.real, is_token), secret


def _find(session: Session, secret: str, *, is_token: bool) -> tuple[SignInRow, AccountRow] | None:
    """The sign-in of a secret and its account, if that is active."""
    query = (
        select(SignInRow, AccountRow)
        .join(AccountRow, AccountRow.id == SignInRow.account_id)
        .where(SignInRow.digest == secrets.digest(secret), SignInRow.is_token.is_(is_token))
        .where(AccountRow.is_active.is_(True))
    )
    pair = session.execute(query).one_or_none()
    return (pair[0], pair[1]) if pair else None
