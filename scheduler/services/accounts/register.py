"""Accounts: who may sign in, with which rights, and what ends it."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from config import LANGUAGES
from scheduler.core.ground import access, passwords
from scheduler.core.ground.access import Action, Actor, Role
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound
from scheduler.core.ground.ids import AccountId, PersonId
from scheduler.services.ground import actors, journal, secrets
from scheduler.store import writing
from scheduler.store.accounts.rows import AccountRow, PasswordLinkRow, SignInRow
from scheduler.store.feeds import save_calendars
from scheduler.store.feeds.rows import FeedRow, SubscriptionPageRow
from scheduler.store.mail.rows import MailContactRow, MailLinkRow
from scheduler.store.organisation.rows import PersonRow

LINK_LASTS = timedelta(days=7)
GIVEN_ROLES = tuple(role for role in Role if role is not Role.OPERATOR)
"""Roles that an account may be given; the operator is whoever sits at the server."""
FIRST = {Role.ORGANIZER: "organizer", Role.ADMIN: "admin"}
"""The accounts with which an installation begins, by role."""
_NAME = re.compile(r"[\w.@-]{1,64}")


@dataclass(frozen=True, slots=True)
class Account:
    """Who may sign in: a name, mostly joined to a person, perhaps with a role besides those of the org chart."""

    id: AccountId
    name: str
    person: PersonId | None
    role: Role | None
    is_active: bool
    has_password: bool
    language: str
    created_at: datetime


def listing(session: Session, actor: Actor, clock: Clock) -> list[Account]:
    """All accounts, by name."""
    del clock
    access.require(actor, Action.EDIT_ACCOUNTS)
    return [account_of(row) for row in session.scalars(select(AccountRow).order_by(AccountRow.name))]


def named(session: Session, actor: Actor, name: str) -> Account:
    """One account, for those who may edit accounts; NotFound if there is none of this name."""
    access.require(actor, Action.EDIT_ACCOUNTS)
    return account_of(row_of(session, name))


def named_itself(session: Session, name: str) -> Account:
    """The account of somebody who is signed in to it."""
    return account_of(row_of(session, name))


def actor_of(session: Session, person: PersonId, clock: Clock) -> Actor:
    """Somebody with the rights they have today, an account's role included; NotFound if there is no such person."""
    if session.get(PersonRow, person) is None:
        raise NotFound("person", person)
    query = select(AccountRow).where(AccountRow.person_id == person, AccountRow.is_active.is_(True))
    row = session.scalars(query.order_by(AccountRow.id)).first()
    role = Role(row.role) if row and row.role else None
    return actors.actor_of(session, person, role, clock, account=row.name if row else person)


def add(
    session: Session, actor: Actor, clock: Clock, *, person: PersonId | None, role: Role | None = None, name: str = ""
) -> tuple[Account, str]:
    """Add an account (named like its person unless it is given a name), and the secret of a one-time link for its password."""
    access.require(actor, Action.EDIT_ACCOUNTS)
    writing.begin(session)
    row = _new_row(session, clock, person, role, name)
    token = _new_link(session, row, clock)
    journal.note(session, actor, "added", "account", row.name, clock, person=person, role=role)
    session.commit()
    return account_of(row), token


def first_links(session: Session, clock: Clock) -> dict[Role, str]:
    """Secrets for whoever sets an installation up: an organizer and an administrator; none once anybody has an account of their own.

    They are new ones each time; those given before stop working.
    """
    writing.begin(session)
    if not is_unclaimed(session):
        session.rollback()
        return {}
    links = {}
    for role, name in FIRST.items():
        row = session.scalars(select(AccountRow).where(AccountRow.name == name)).first()
        links[role] = _new_link(session, row or _new_row(session, clock, None, role, name), clock)
    journal.note(session, access.OPERATOR, "link_renewed", "account", FIRST[Role.ORGANIZER], clock)
    session.commit()
    return links


def is_unclaimed(session: Session) -> bool:
    """Whether nobody has set a password yet, and nobody was given an account."""
    row = AccountRow
    taken = select(row.id).where(row.password_hash.is_not(None) | row.name.not_in(FIRST.values()))
    return session.scalars(taken.limit(1)).first() is None


def renew_link(session: Session, actor: Actor, name: str, clock: Clock) -> str:
    """A new one-time link for an account whose password is lost; earlier links stop working."""
    access.require(actor, Action.EDIT_ACCOUNTS)
    writing.begin(session)
    token = _new_link(session, row_of(session, name), clock)
    journal.note(session, actor, "link_renewed", "account", name, clock)
    session.commit()
    return token


def by_link(session: Session, token: str, clock: Clock) -> Account:
    """The account that a one-time link belongs to; NotFound if it is used up, too old or was never given."""
    return account_of(_row_of_link(session, token, clock))


def set_password_by_link(session: Session, token: str, password: str, clock: Clock) -> Account:
    """Set the password with a one-time link, which is used up by it."""
    kept = _kept(password, by_link(session, token, clock).name)
    writing.begin(session)
    row = _row_of_link(session, token, clock)
    _put_password(session, row, kept)
    journal.note(session, itself(account_of(row)), "password_set", "account", row.name, clock, by="link")
    session.commit()
    return account_of(row)


def set_password(session: Session, actor: Actor, name: str, password: str, clock: Clock) -> Account:
    """Set an account's password from the command line or by an administrator; all its sign-ins end."""
    access.require(actor, Action.EDIT_ACCOUNTS)
    kept = _kept(password, row_of(session, name).name)
    writing.begin(session)
    row = row_of(session, name)
    _put_password(session, row, kept)
    journal.note(session, actor, "password_set", "account", row.name, clock)
    session.commit()
    return account_of(row)


def change_own_password(session: Session, actor: Actor, old: str, new: str, clock: Clock) -> Account:
    """Change one's own password, knowing the old one; all sign-ins end, this one too. NotAllowed if the old one is wrong."""
    row = row_of(session, actor.account)
    if len(old) > passwords.MAX_LENGTH or not secrets.is_password(plain_password(old), row.password_hash):
        raise NotAllowed("change_password")
    kept = _kept(new, row.name)
    writing.begin(session)
    row = row_of(session, actor.account)
    _put_password(session, row, kept)
    journal.note(session, actor, "password_set", "account", row.name, clock, by="self")
    session.commit()
    return account_of(row)


def set_language(session: Session, actor: Actor, language: str, clock: Clock) -> None:
    """Keep the language somebody reads in; empty: the organisation's."""
    if language not in ("", *LANGUAGES):
        raise Malformed("unknown_choice", "language", value=language)
    writing.begin(session)
    row_of(session, actor.account).language = language
    journal.note(session, actor, "language_set", "account", actor.account, clock)
    session.commit()


def set_role(session: Session, actor: Actor, name: str, role: Role | None, clock: Clock) -> Account:
    """Give an account a role besides those of the org chart, or take it away."""
    access.require(actor, Action.EDIT_ACCOUNTS)
    _check_role(role)
    writing.begin(session)
    row = row_of(session, name)
    row.role = role
    journal.note(session, actor, "role_set", "account", name, clock, role=role)
    session.commit()
    return account_of(row)


def deactivate(session: Session, actor: Actor, name: str, clock: Clock) -> Account:
    """Let nobody in by this account any more: in one transaction its sign-ins, links, feeds, mail and outside calendars end."""
    access.require(actor, Action.EDIT_ACCOUNTS)
    writing.begin(session)
    row = row_of(session, name)
    _end(session, actor, row, clock)
    if row.person_id:
        _end_calendars(session, PersonId(row.person_id), clock)
    session.commit()
    return account_of(row)


def end_all_of(session: Session, actor: Actor, person: PersonId, clock: Clock) -> None:
    """Within the caller's transaction, let nothing of somebody who leaves open any more; an administrator leaves by one alone."""
    for row in session.scalars(
        select(AccountRow).where(AccountRow.person_id == person, AccountRow.is_active.is_(True))
    ):
        if row.role == Role.ADMIN:
            access.require(actor, Action.EDIT_ACCOUNTS)
        _end(session, actor, row, clock)
    _end_calendars(session, person, clock)


def activate(session: Session, actor: Actor, name: str, clock: Clock) -> Account:
    """Let an account in again; its feeds stay revoked."""
    access.require(actor, Action.EDIT_ACCOUNTS)
    writing.begin(session)
    row = row_of(session, name)
    row.is_active = True
    journal.note(session, actor, "activated", "account", name, clock)
    session.commit()
    return account_of(row)


def purge(session: Session, clock: Clock) -> None:
    """Forget one-time links that were never used in time."""
    writing.begin(session)
    session.execute(delete(PasswordLinkRow).where(PasswordLinkRow.expires_at <= clock.real))
    session.commit()


def _end(session: Session, actor: Actor, row: AccountRow, clock: Clock) -> None:
    """Let nobody in by an account any more."""
    row.is_active = False
    end_sign_ins(session, row)
    session.execute(delete(PasswordLinkRow).where(PasswordLinkRow.account_id == row.id))
    journal.note(session, actor, "deactivated", "account", row.name, clock)


def _end_calendars(session: Session, person: PersonId, clock: Clock) -> None:
    """End what leads to somebody's calendar, or comes from one: page, feeds, devices, links, mail, calendars kept elsewhere."""
    session.execute(delete(SubscriptionPageRow).where(SubscriptionPageRow.person_id == person))
    feeds = update(FeedRow).where(FeedRow.person_id == person, FeedRow.revoked_at.is_(None))
    session.execute(feeds.values(revoked_at=clock.real))
    session.execute(delete(MailLinkRow).where(MailLinkRow.person_id == person))
    session.execute(update(MailContactRow).where(MailContactRow.person_id == person).values(address=""))
    save_calendars.remove_all(session, person)


# ── Rows ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def account_of(row: AccountRow) -> Account:
    """A row, as a value."""
    return Account(
        id=AccountId(row.id),
        name=row.name,
        person=PersonId(row.person_id) if row.person_id else None,
        role=Role(row.role) if row.role else None,
        is_active=row.is_active,
        has_password=row.password_hash is not None,
        language=row.language,
        created_at=row.created_at,
    )


def row_of(session: Session, name: str) -> AccountRow:
    """The account of a name; NotFound if there is none."""
    row = session.scalars(_named(name)).one_or_none()
    if row is None:
        raise NotFound("account", name)
    return row


def _named(name: str) -> Select[AccountRow]:
    """Accounts of this name, however it was typed."""
    return select(AccountRow).where(AccountRow.name == plain_name(name))


def plain_name(name: str) -> str:
    """A name as it is kept: full-width letters made plain, no spaces around."""
    return unicodedata.normalize("NFKC", name).strip()


def plain_password(password: str) -> str:
    """A password as it is compared: one way of writing for each character."""
    return unicodedata.normalize("NFC", password)


def _new_row(session: Session, clock: Clock, person: PersonId | None, role: Role | None, name: str) -> AccountRow:
    """A new account, not yet committed."""
    _check_role(role)
    if person and session.get(PersonRow, person) is None:
        raise NotFound("person", person)
    plain = plain_name(name or person or "")
    if not _NAME.fullmatch(plain):
        raise Malformed("not_a_name", "name", value=plain)
    if session.scalars(_named(plain)).first():
        raise Malformed("taken", "name", value=plain)
    row = AccountRow(
        name=plain, person_id=person, role=role, password_hash=None, language="", is_active=True, created_at=clock.real
    )
    session.add(row)
    session.flush()
    return row


def _check_role(role: Role | None) -> None:
    """Refuse a role that no account may have."""
    if role is not None and role not in GIVEN_ROLES:
        raise Malformed("unknown_choice", "role", value=role)


def _new_link(session: Session, row: AccountRow, clock: Clock) -> str:
    """A one-time link's secret; earlier ones stop working."""
    token = secrets.new()
    session.execute(delete(PasswordLinkRow).where(PasswordLinkRow.account_id == row.id))
    session.add(PasswordLinkRow(digest=secrets.digest(token), account_id=row.id, expires_at=clock.real + LINK_LASTS))
    return token


def _row_of_link(session: Session, token: str, clock: Clock) -> AccountRow:
    """The active account that a link which still works belongs to."""
    link = session.get(PasswordLinkRow, secrets.digest(token))
    row = session.get(AccountRow, link.account_id) if link and link.expires_at > clock.real else None
    if row is None or not row.is_active:
        raise NotFound("link", "")
    return row


def _kept(password: str, name: str) -> str:
    """What is kept of a new password; Malformed if it is too weak. Slow on purpose, so never inside a write."""
    plain = plain_password(password)
    if kind := passwords.weakness(plain, guessable=(name, "tanxin")):
        raise Malformed(kind, "password", shortest=passwords.MIN_LENGTH, longest=passwords.MAX_LENGTH)
    return secrets.password_hash(plain)


def _put_password(session: Session, row: AccountRow, kept: str) -> None:
    """Replace the password; whoever knew the old one is out, and links are used up."""
    row.password_hash = kept
    end_sign_ins(session, row)
    session.execute(delete(PasswordLinkRow).where(PasswordLinkRow.account_id == row.id))


def end_sign_ins(session: Session, row: AccountRow) -> None:
    """End all sign-ins and tokens of an account."""
    session.execute(delete(SignInRow).where(SignInRow.account_id == row.id))


def itself(account: Account) -> Actor:
    """An account as the one who acts, for the journal; it has no rights."""
    return Actor(account.person, frozenset(), account=account.name)
