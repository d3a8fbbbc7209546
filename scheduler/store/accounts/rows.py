"""The tables of accounts: who may sign in, who is signed in, and what they did."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.store.base import Base, MomentType


class AccountRow(Base):
    """Who may sign in."""

    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str | None]
    """A role given to the account besides those that follow from the org chart."""
    password_hash: Mapped[str | None]
    is_active: Mapped[bool] = mapped_column(default=True)
    language: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(MomentType)


class SignInRow(Base):
    """A signed-in browser or script; only the digest of its secret is kept."""

    __tablename__ = "sign_in"
    digest: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(MomentType)
    seen_at: Mapped[datetime] = mapped_column(MomentType)
    is_token: Mapped[bool] = mapped_column(default=False)
    """A token for scripts (Bearer) instead of a browser's cookie."""


class SecondFactorRow(Base):
    """That an account asks for a code besides its password. The secret is derived from `nonce` with a key that no database holds."""

    __tablename__ = "second_factor"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    nonce: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(MomentType)
    confirmed_at: Mapped[datetime | None] = mapped_column(MomentType)
    """None: the code has not been shown yet, and nobody is asked for one."""
    last_step: Mapped[int] = mapped_column(default=0)
    """The half-minute of the last code that was taken: no code is taken twice."""


class RecoveryCodeRow(Base):
    """A code that lets somebody in once without their phone; only a keyed digest is kept."""

    __tablename__ = "recovery_code"
    digest: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    used_at: Mapped[datetime | None] = mapped_column(MomentType)


class PasswordLinkRow(Base):
    """A one-time link where a password is set; only its digest is kept."""

    __tablename__ = "password_link"
    digest: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    expires_at: Mapped[datetime] = mapped_column(MomentType)


class JournalRow(Base):
    """Who did what, when (real time). No titles, no names, no secrets: ids only."""

    __tablename__ = "journal"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(MomentType, index=True)
    actor: Mapped[str]
    action: Mapped[str]
    noun: Mapped[str]
    noun_id: Mapped[str] = mapped_column(default="")
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class IdempotencyRow(Base):
    """An answer that was given to a request with an Idempotency-Key, kept for 24 hours."""

    __tablename__ = "idempotency"
    account: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    request_hash: Mapped[str]
    status: Mapped[int]
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(MomentType)
