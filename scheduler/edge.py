"""What the doors share: the session, who asks, what time it is, which language; policies of routes; error → status."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TypeVar, cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import Request, Response, current_app, g, has_app_context, has_request_context, request, url_for
from flask import session as cookie
from flask_login import current_user, login_user
from limits import parse
from limits.errors import StorageError
from limits.util import WindowStats
from sqlalchemy import Engine, event
from sqlalchemy.exc import DataError, DBAPIError, OperationalError
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from config import Config, Language
from scheduler import wording
from scheduler.core.access import NOBODY, Action, Actor, require
from scheduler.core.clock import Clock
from scheduler.core.errors import Busy, Malformed, NotAllowed, NotFound, Outdated, Refused
from scheduler.core.vocabulary import PARTY, Vocabulary
from scheduler.core.vocabulary import vocabulary as words_of
from scheduler.extensions import Visitor, db, limiter
from scheduler.services import accounts, actors, mailing, organisation, sign_ins, vocabularies
from scheduler.services.accounts import Account
from scheduler.services.sign_ins import SignedIn
from scheduler.wording.statuses import status_text

View = TypeVar("View", bound=Callable[..., object])
LANGUAGES: tuple[Language, ...] = ("zh", "en")
LANGUAGE_COOKIE = "lang"


class TooMany(Exception):
    """Asked too often; `retry_after` seconds say when the next try makes sense."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"again in {retry_after} s")
        self.retry_after = retry_after


# ── Session, settings, time ──────────────────────────────────────────────────────────────────────────────────────────
def session() -> Session:
    """The database session of this request or command; what it changes is mailed, if mail is sent at all."""
    found = db.session()
    mail = settings().mail
    mailing.queue(found, mail.bundle if mail else None)
    return found


def engine() -> Engine:
    """The database, for what is asked too often for a session."""
    return db.engine


def afterwards(response: Response, job: Callable[[Session], object]) -> None:
    """Do something in a session of its own when this answer is sent; what others stand in the way of is left undone."""
    engine = db.engine

    def run() -> None:
        with suppress(Busy, DBAPIError), Session(engine, expire_on_commit=False) as own:
            job(own)

    response.call_on_close(run)


def settings() -> Config:
    """The settings of this application."""
    return cast("Config", current_app.config["TANXIN"])


class RunningClock:
    """Starts at the organisation's time when the process does, and runs on; real time goes its own way."""

    def __init__(self, start: datetime | None) -> None:
        self._start, self._started = start, time.monotonic()

    def read(self) -> Clock:
        """What time it is."""
        real = datetime.now(UTC)
        now = self._start + timedelta(seconds=time.monotonic() - self._started) if self._start else real
        return Clock(now, real)


def clock_of(config: Config) -> Clock:
    """What time it is when a command begins."""
    return RunningClock(config.now).read()


def clock() -> Clock:
    """What time it is, the same for all of one request or command."""
    if "clock" not in g:
        g.clock = cast("RunningClock", current_app.extensions["tanxin_clock"]).read()
    return cast("Clock", g.clock)


def zone() -> ZoneInfo:
    """The zone in which the organisation's people read times."""
    if "zone" not in g:
        g.zone = organisation.zone(session())
    return cast("ZoneInfo", g.zone)


def vocabulary() -> Vocabulary:
    """The words that are spoken here; as usual where no database can be asked."""
    if not has_app_context():
        return words_of(PARTY)
    if "vocabulary" not in g:
        try:
            g.vocabulary = vocabularies.spoken(session())
        except DBAPIError:  # there is no schema yet, or no database: whoever needs it is told so elsewhere
            session().rollback()
            g.vocabulary = words_of(PARTY)
    return cast("Vocabulary", g.vocabulary)


def forget_vocabulary() -> None:
    """It was changed."""
    g.pop("vocabulary", None)


# ── Who asks ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def visitor_by_cookie(secret: str) -> Visitor | None:
    """Whoever this cookie belongs to, as long as their sign-in lasts; a request with a token is asked for that alone."""
    if has_bearer():
        return None
    lifetime = sign_ins.Lifetime(settings().session_idle, settings().session_absolute)
    signed_in = sign_ins.by_secret(session(), secret, lifetime, clock())
    return Visitor(signed_in, secret) if signed_in else None


def visitor_by_token(asked: Request) -> Visitor | None:
    """The script that shows a token (`Authorization: Bearer …`)."""
    scheme, _, token = asked.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return None
    signed_in = sign_ins.by_token(session(), token.strip())
    return Visitor(signed_in, "") if signed_in else None


def has_bearer() -> bool:
    """Whether a script shows a token: then no cookie speaks, and no other site can make a browser ask."""
    return request.headers.get("Authorization", "").lower().startswith("bearer ")


def signed_in() -> SignedIn | None:
    """The account that asks, if one is signed in."""
    if not has_request_context() or not current_user.is_authenticated:
        return None
    return cast("Visitor", current_user).signed_in


def actor() -> Actor:
    """Who asks; `NOBODY` if nobody is signed in. On the command line, whoever `act_as` named."""
    if "actor" not in g:
        found = signed_in()
        g.actor = _actor_of(found.account) if found else NOBODY
    return cast("Actor", g.actor)


def _actor_of(account: Account) -> Actor:
    """An account with its rights of today."""
    return actors.actor_of(session(), account.person, account.role, clock(), account=account.name)


def act_as(actor: Actor) -> None:
    """From here on, this is who asks; for doors that know it without a sign-in."""
    g.actor = actor


def sign_in(name: str, password: str) -> None:
    """Sign this browser in, with a new session; raises NotAllowed when name or password are wrong, TooMany when tried too often."""
    address = request.remote_addr or ""
    spend(settings().sign_in_address_limit, "sign-in-address", address)
    check_limit(settings().sign_in_account_limit, "sign-in-account", name)
    try:
        found, secret = sign_ins.sign_in(session(), name, password, clock())
    except NotAllowed:
        spend(settings().sign_in_account_limit, "sign-in-account", name)
        raise
    begin_session(found, secret)


def change_password(old: str, new: str) -> None:
    """Change one's own password, end all sign-ins, and sign this browser in anew; raises like `sign_in`."""
    name = actor().account
    check_limit(settings().sign_in_account_limit, "sign-in-account", name)
    try:
        accounts.change_own_password(session(), actor(), old, new, clock())
    except NotAllowed:
        spend(settings().sign_in_account_limit, "sign-in-account", name)
        raise
    sign_in(name, new)


def begin_session(found: SignedIn, secret: str) -> None:
    """Give this browser a new session for a sign-in; nothing of the old one stays."""
    sign_out()
    login_user(Visitor(found, secret))
    g.pop("actor", None)


def sign_out() -> None:
    """End this browser's session, here and in the database."""
    if current_user.is_authenticated and (secret := cast("Visitor", current_user).secret):
        sign_ins.sign_out(session(), secret, clock())
    cookie.clear()
    g.pop("actor", None)
    g.pop("_login_user", None)


# ── Language ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def lang() -> Language:
    """The language to answer in: `?lang=`, else the cookie, else the account's, else the organisation's."""
    if not has_request_context():
        return settings().language
    wishes = (request.args.get("lang"), request.cookies.get(LANGUAGE_COOKIE))
    for wish in (*wishes, _account_language()):
        for language in LANGUAGES:
            if wish == language:
                return language
    usual = vocabulary().language
    return next((language for language in LANGUAGES if language == usual), settings().language)


def _account_language() -> str:
    """The language set for the account, if somebody is signed in; asked for only when nothing else says it."""
    found = signed_in()
    return found.account.language if found else ""


# ── Links ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def link(endpoint: str, **values: object) -> str:
    """An address to hand out: built from the configured one, never from what the visitor's browser says."""
    return settings().base_url + url_for(endpoint, **values)  # type: ignore[arg-type]  # Flask types its values loosely


def booking_link() -> str:
    """Where a booking is shown to those who sign in, up to its id."""
    return f"{settings().base_url}/bookings/"


def device_server() -> str:
    """Where the calendar accounts of devices are."""
    return f"{settings().base_url}/dav/"


def feed_address(token: str) -> str:
    """The address of a calendar feed, for the one who is given it."""
    return f"{settings().base_url}/feeds/{token}.ics"


def local_path(target: str | None, default: str) -> str:
    """A place of ours to go on to; anything that leads elsewhere gives the default."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return default
    parts = urlsplit(target)
    is_ours = not parts.scheme and not parts.netloc and "\\" not in target and target.isprintable()
    return target if is_ours else default


# ── Policies: what a route asks of its visitor. A route without one answers 403. ─────────────────────────────────────
@dataclass(frozen=True, slots=True)
class Policy:
    """What a route asks: nothing (`is_public`), to be signed in, or one of some actions."""

    actions: tuple[Action, ...] = ()
    is_public: bool = False
    has_own_token: bool = False
    """Its forms carry a token that follows from the address itself, and no cookie speaks."""


_POLICY = "__tanxin_policy__"


def policy(*actions: Action) -> Callable[[View], View]:
    """Declare that a route is for those who may do one of these actions; it stands below the route's decorator."""

    def declare(view: View) -> View:
        setattr(view, _POLICY, Policy(actions))
        return view

    return declare


def public(view: View) -> View:
    """Declare that a route is for everybody, signed in or not."""
    setattr(view, _POLICY, Policy(is_public=True))
    return view


def by_own_token(view: View) -> View:
    """Declare that a route is for whoever has its address, and that what changes something there shows a token of its own."""
    setattr(view, _POLICY, Policy(is_public=True, has_own_token=True))
    return view


def by_password(view: View) -> View:
    """Declare that a route asks itself for the password of a device: no cookie speaks there, and no form leads there."""
    setattr(view, _POLICY, Policy(is_public=True, has_own_token=True))
    return view


def for_signed_in(view: View) -> View:
    """Declare that a route is for everybody who is signed in."""
    setattr(view, _POLICY, Policy())
    return view


def policy_of(view: object) -> Policy | None:
    """What a route declares; None if it declares nothing."""
    return cast("Policy | None", getattr(view, _POLICY, None))


class NotSignedIn(NotAllowed):
    """Nobody is signed in, and this is not for everybody."""


def ask(policy: Policy) -> None:
    """Raise unless whoever asks may come in: NotSignedIn, or NotAllowed."""
    if policy.is_public:
        return
    if signed_in() is None:
        raise NotSignedIn("sign_in")
    if policy.actions:
        require(actor(), *policy.actions)


def note_seen() -> None:
    """Keep when the signed-in person was last here, once a minute at most; it may wait when others are writing."""
    if cookie.get("_user_id") is None:
        return
    found = signed_in()
    if found and found.is_due(clock()):
        try:
            sign_ins.touch(session(), found, clock())
        except (Busy, OperationalError):
            session().rollback()


# ── Forms that came too late ─────────────────────────────────────────────────────────────────────────────────────────
class OnlyShown(Exception):
    """Something would have been written by a request that may only show its form again."""


def show_only() -> None:
    """From here on, this request writes nothing: `Fields` are not valid, and a commit raises OnlyShown."""
    g.only_shown = True
    event.listen(session(), "before_commit", _refuse_commit)


def is_only_shown() -> bool:
    """Whether this request may only show its form again."""
    return has_request_context() and bool(g.get("only_shown"))


def _refuse_commit(_: Session) -> None:
    """Leave nothing of what was about to be written."""
    raise OnlyShown


# ── Limits ───────────────────────────────────────────────────────────────────────────────────────────────────────────
rate_of = cache(parse)
"""A rate as the limiter wants it; the same few are asked for again and again."""


def spend(rate: str, *key: str) -> WindowStats:
    """Count one attempt against a rate such as `30/minute`, and say what is left; raises TooMany when it is used up."""
    if not limiter.limiter.hit(rate_of(rate), *key):
        raise TooMany(_wait(rate, *key))
    return limiter.limiter.get_window_stats(rate_of(rate), *key)


def check_limit(rate: str, *key: str) -> None:
    """Raise TooMany when a rate is used up, counting nothing."""
    if not limiter.limiter.test(rate_of(rate), *key):
        raise TooMany(_wait(rate, *key))


def _wait(rate: str, *key: str) -> int:
    """Seconds until the next attempt makes sense."""
    stats = limiter.limiter.get_window_stats(rate_of(rate), *key)
    return max(1, int(stats.reset_time - time.time()) + 1)


# ── Errors ───────────────────────────────────────────────────────────────────────────────────────────────────────────
SAID_NO: tuple[type[Exception], ...] = (
    Malformed, NotFound, NotAllowed, Refused, Outdated, Busy, TooMany, OperationalError, DataError, StorageError
)  # fmt: skip
"""What every door translates; anything else is a bug and loud."""


@dataclass(frozen=True, slots=True)
class No:
    """A no in the words of HTTP: the status, a sentence for people, and when to come back if that helps."""

    status: int
    sentence: str
    headers: tuple[tuple[str, str], ...] = ()


def no_of(error: Exception) -> No:
    """How a no is told, whatever door it was asked at."""
    status = status_of(error)
    spoken = isinstance(error, (Malformed, NotFound, Refused, Outdated, Busy))
    sentence = wording.error(error, lang()) if spoken else status_text(status, lang())
    headers = tuple(error.get_headers()) if isinstance(error, HTTPException) else ()
    kept = tuple((name, value) for name, value in headers if name in ("Allow", "Retry-After"))
    wait = retry_after(error)
    return No(status, sentence, (*kept, ("Retry-After", str(wait))) if wait is not None else kept)


_STATUSES: tuple[tuple[type[Exception] | tuple[type[Exception], ...], int], ...] = (
    (NotSignedIn, 401),
    (NotAllowed, 403),
    (NotFound, 404),
    ((Refused, Outdated), 409),
    ((Malformed, DataError), 422),
    (TooMany, 429),
    ((Busy, OperationalError, StorageError), 503),
)


def status_of(error: Exception) -> int:
    """The HTTP status of a no."""
    if isinstance(error, HTTPException):
        return error.code or 500
    return next((status for kinds, status in _STATUSES if isinstance(error, kinds)), 500)


def retry_after(error: Exception) -> int | None:
    """Seconds after which to ask again, when that is what helps."""
    match error:
        case TooMany() | Busy():
            return error.retry_after
        case OperationalError() | StorageError():
            return 5
        case _:
            return None


def with_retry(response: Response, error: Exception) -> Response:
    """The answer, saying when to come back if that helps."""
    if (seconds := retry_after(error)) is not None:
        response.headers["Retry-After"] = str(seconds)
    return response
