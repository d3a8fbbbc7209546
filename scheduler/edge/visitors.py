"""Who asks: by cookie, by token, or named on the command line; and how one signs in and out."""

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar, cast

from flask import Request, current_app, g, has_request_context, request
from flask import session as cookie
from flask_login import current_user, login_user
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy.exc import OperationalError

from scheduler.core.ground.access import NOBODY, Actor
from scheduler.core.ground.errors import Busy, Malformed, NotAllowed
from scheduler.edge import guesses
from scheduler.edge.clocks import clock
from scheduler.edge.database import is_done_without
from scheduler.edge.limits import TooMany, check_limit, spend
from scheduler.edge.sessions import session, settings
from scheduler.extensions import Visitor
from scheduler.services.accounts import register as accounts
from scheduler.services.accounts import second_factors, sign_ins
from scheduler.services.accounts.register import Account
from scheduler.services.accounts.sign_ins import SignedIn
from scheduler.services.ground import actors

T = TypeVar("T")

CODE_SECONDS = 600
"""So long after the password the code may come."""
CODES = "10/hour"
"""Wrong codes of one account; whoever guesses knows its password already."""


def visitor_by_cookie(secret: str) -> Visitor | None:
    """Whoever this cookie belongs to, as long as their sign-in lasts; a request with a token is asked for that alone."""
    if has_bearer():
        return None
    lifetime = sign_ins.Lifetime(settings().session_idle, settings().session_absolute)
    signed_in = sign_ins.by_secret(session(), secret, lifetime, clock())
    return Visitor(signed_in, secret) if signed_in else None


def visitor_by_token(incoming: Request) -> Visitor | None:
    """The script that shows a token (`Authorization: Bearer …`)."""
    scheme, _, token = incoming.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return None
    signed_in = sign_ins.by_token(session(), token.strip())
    return Visitor(signed_in, "") if signed_in else None


def has_bearer() -> bool:
    """Whether a script shows a token: then no cookie speaks, and no other site can make a browser ask."""
    return request.headers.get("Authorization", "").lower().startswith("bearer ")


def signed_in() -> SignedIn | None:
    """The account that asks, if one is signed in."""
    if not has_request_context() or is_done_without() or not current_user.is_authenticated:
        return None
    return cast("Visitor", current_user).signed_in


def actor() -> Actor:
    """Who asks; `NOBODY` if nobody is signed in. On the command line, whoever `act_as` named."""
    if "actor" not in g:
        sign_in = signed_in()
        g.actor = _actor_of(sign_in.account) if sign_in else NOBODY
    return cast("Actor", g.actor)


def _actor_of(account: Account) -> Actor:
    """An account with its rights of today."""
    return actors.actor_of(session(), account.person, account.role, clock(), account=account.name)


def act_as(actor: Actor) -> None:
    """From here on, this is who asks; for doors that know it without a sign-in."""
    g.actor = actor


def sign_in(name: str, password: str) -> None:
    """Sign this browser in, with a new session; raises NotAllowed when name or password are wrong, TooMany when tried too often.

    Raises CodeWanted when the account asks for a code as well: then `sign_in_by_code` goes on.
    """
    guesses.check(name)
    try:
        new_sign_in, secret = sign_ins.sign_in(session(), name, password, clock())
    except NotAllowed:
        guesses.failed(name)
        raise
    begin_session(new_sign_in, secret)
    guesses.remember(name)


def sealed(needed: sign_ins.CodeWanted) -> str:
    """What the form for the code carries: that the password of this account was right a moment ago."""
    return str(_seal().dumps([needed.account.name, needed.sealed]))


def sign_in_by_code(seal: str, code: str) -> None:
    """Go on with a code after the password was right; raises NotAllowed, TooMany, or NotSignedIn when that was too long ago."""
    try:
        name, password = _seal().loads(seal, max_age=CODE_SECONDS)
    except (BadData, ValueError):
        raise NotAllowed("sign_in_again") from None
    check_limit(CODES, "code", name)
    account = sign_ins.still_valid(session(), name, password)
    try:
        second_factors.take(session(), account, settings().signing_key, code, clock())
    except NotAllowed:
        with suppress(TooMany):
            spend(CODES, "code", name)
        raise
    begin_session(*sign_ins.begin(session(), account, clock()))
    guesses.remember(name)


def is_code_missing() -> bool:
    """Whether somebody signed in by a browser has to set up codes before anything else."""
    visit = signed_in()
    if visit is None or visit.is_token or not settings().needs_codes:
        return False
    return second_factors.is_missing(session(), actor(), is_required=True)


def confirm_code(code: str) -> tuple[str, ...]:
    """Let one's own second factor count, by a first code; the recovery codes. Raises Malformed, TooMany."""
    name = actor().account
    check_limit(CODES, "code", name)
    try:
        return second_factors.confirm(session(), actor(), settings().signing_key, code, clock())
    except Malformed:
        with suppress(TooMany):
            spend(CODES, "code", name)
        raise


def knowing_password(verb: Callable[[], T]) -> T:
    """Do what one's own password is asked for; wrong ones count as at signing in. Raises NotAllowed, TooMany."""
    name = actor().account
    guesses.check(name)
    try:
        return verb()
    except NotAllowed as no:
        if no.action == "change_password":
            guesses.failed(name)
        raise


def _seal() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="second-factor")


def change_password(old: str, new: str) -> None:
    """Change one's own password, end all sign-ins, and sign this browser in anew; raises like `sign_in`."""
    name = actor().account
    guesses.check(name)
    try:
        accounts.change_own_password(session(), actor(), old, new, clock())
    except NotAllowed:
        guesses.failed(name)
        raise
    begin_session(*sign_ins.begin(session(), accounts.named_itself(session(), name), clock()))
    guesses.remember(name)


def begin_session(sign_in: SignedIn, secret: str) -> None:
    """Give this browser a new session for a sign-in; nothing of the old one stays."""
    sign_out()
    login_user(Visitor(sign_in, secret))
    g.pop("actor", None)


def sign_out() -> None:
    """End this browser's session, here and in the database."""
    if current_user.is_authenticated and (secret := cast("Visitor", current_user).secret):
        sign_ins.sign_out(session(), secret, clock())
    cookie.clear()
    g.pop("actor", None)
    g.pop("_login_user", None)


def note_seen() -> None:
    """Keep when the signed-in person was last here, once a minute at most; it may wait when others are writing."""
    if cookie.get("_user_id") is None:
        return
    sign_in = signed_in()
    if sign_in and sign_in.is_due(clock()):
        try:
            sign_ins.touch(session(), sign_in, clock())
        except (Busy, OperationalError):
            session().rollback()
