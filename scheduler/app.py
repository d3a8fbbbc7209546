"""The application: hangs the doors into the house, and decides nothing."""

import os
import weakref
from contextlib import suppress
from typing import Any

from apiflask import APIFlask
from apiflask.exceptions import HTTPError
from flask import Flask, Response, abort, current_app, redirect, request, url_for
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DatabaseError, DataError, DBAPIError
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from config import LANGUAGES, ROOT, Config
from scheduler import edge
from scheduler.api import api, openapi, problems
from scheduler.core.ground.errors import NotAllowed, NotReady
from scheduler.core.ground.tallies import Tally
from scheduler.dav import dav
from scheduler.dav.answers import no as answer_device
from scheduler.extensions import csrf, db, limiter, login
from scheduler.feeds import answer as answer_reader
from scheduler.feeds import feeds, join_changed
from scheduler.services.feeds import evidence as feed_evidence
from scheduler.services.feeds.evidence import Fetched, Notes
from scheduler.store import engine, guards
from scheduler.web import pages
from scheduler.web.page import errors, texts
from scheduler.wording.vocabularies import Spoken

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""On every answer, unless the answer itself says something stricter."""
HSTS = "max-age=31536000"
NOT_MODIFIED = 304
A_YEAR = 365 * 24 * 3600
DEVICES = ("/dav/", "/.well-known/caldav")
QUIET = ("/feeds/", "/static/", *DEVICES)
"""Where no cookie is set or read: for calendar readers, and for files."""
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
UNTIL_CODES = {f"accounts.{name}" for name in ("second_factor", "begin_second_factor", "confirm_second_factor")}
"""Where somebody may go who has to set up codes before anything else; signing out is for everybody."""


class Application(APIFlask):
    """Flask, which tells what went wrong without telling secrets."""

    def log_exception(self, exc_info: Any) -> None:
        """Note a bug under the rule of its route: the path itself may hold the token of a feed or of a link."""
        self.logger.error("Exception on %s [%s]", request.url_rule or "no route", request.method, exc_info=exc_info)


def create_app(config: Config | None = None, *, needs_schema: bool = True) -> APIFlask:
    """Join everything to one application; raises NotReady when the database lacks its schema or its guards.

    `needs_schema=False` is for the commands that make the schema, or look whether it is there.
    """
    config = config or Config.from_environ(os.environ)
    app = Application(
        "tanxin",
        title="Tanxin",
        version="1",
        spec_path=None,  # ours stands under /api/v1 and declares a policy like any other route
        docs_path=None,  # would load scripts from elsewhere
        json_errors=False,
        root_path=str(ROOT),
        instance_path=str(config.instance),
    )
    app.config.from_mapping(config.flask())
    app.extensions["tanxin_feed_tally"] = Tally()
    app.extensions["tanxin_clock"] = edge.RunningClock(config.now)
    _set_up_extensions(app)
    _set_up_answers(app)
    if config.proxy_count:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # as Flask's documentation says
            app.wsgi_app, x_for=config.proxy_count, x_proto=config.proxy_count, x_host=0, x_prefix=0
        )
    _register_doors(app)
    app.view_functions["static"] = edge.public(app.view_functions["static"])
    if needs_schema:
        check_schema(app)
    return app


def _register_doors(app: APIFlask) -> None:
    """The doors, and the description that one of them gives of itself."""
    app.register_blueprint(api)
    app.register_blueprint(feeds)
    app.register_blueprint(dav)
    for room in pages.ROOMS:
        app.register_blueprint(room)
    openapi.set_up(app, app.config["TANXIN"].base_url)


def check_schema(app: Flask) -> None:
    """Raise NotReady if the database has no schema, or one without the guards against double bookings."""
    with app.app_context():
        try:
            with db.engine.connect() as connection:
                lacking = guards.missing(connection)
        except DatabaseError as error:
            raise NotReady("unreachable", str(error.orig).partition("\n")[0]) from error
    if lacking:
        raise NotReady("no_guards", f"without {', '.join(lacking)}")


# ── Extensions ───────────────────────────────────────────────────────────────────────────────────────────────────────
class QuietSessions(SecureCookieSessionInterface):
    """Cookies for pages and the API; a calendar reader gets none, and none of its requests varies by one."""

    def open_session(self, app: Flask, request: Any) -> SecureCookieSession | None:
        """The session of a request; one that cannot be kept for feeds and files."""
        if request.path.startswith(QUIET):
            return self.make_null_session(app)
        return super().open_session(app, request)


def _note_fetches(app: Flask) -> None:
    """Collect who fetched which feed, and write it now and then, and when the process ends."""
    with app.app_context():
        database = db.engine

    def write(fetched: list[Fetched]) -> None:
        with Session(database) as session:
            feed_evidence.keep(session, fetched)

    notes = Notes(write)
    app.extensions["tanxin_fetches"] = notes
    weakref.finalize(app, notes.flush)  # called at the end of the process at the latest


def _set_up_extensions(app: Flask) -> None:
    """Bind what is made in `extensions` to this application."""
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        "hide_parameters": True,  # no value of a statement, such as a digest, may stand in a log
        "pool_pre_ping": app.config["SQLALCHEMY_DATABASE_URI"].startswith("postgresql"),  # it may have been restarted
    }
    db.init_app(app)
    with app.app_context():
        engine.configure(db.engine)
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False  # checked in `_guard`, where scripts with a token are let through
    app.config["WTF_CSRF_SSL_STRICT"] = False  # `_guard` looks at Origin, which is sent where Referer is not
    app.config["SESSION_PROTECTION"] = None  # the sign-in's row decides; a new IPv6 address is no reason
    csrf.init_app(app)
    limiter.init_app(app)
    Spoken.ask = staticmethod(edge.vocabulary)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(texts._, texts.ngettext, newstyle=True, pgettext=texts.pgettext)  # type: ignore[attr-defined]  # of the extension
    login.init_app(app)
    login.user_loader(edge.visitor_by_cookie)
    login.request_loader(edge.visitor_by_token)
    app.session_interface = QuietSessions()
    _note_fetches(app)


# ── Every request, every answer ──────────────────────────────────────────────────────────────────────────────────────
def _set_up_answers(app: Flask) -> None:
    """What happens before a view is called, after it answered, and when it said no."""
    app.before_request(_guard)
    app.after_request(_harden)
    app.after_request(join_changed)
    app.after_request(_keep_language)
    app.register_error_handler(HTTPError, _say_no)
    app.register_error_handler(HTTPException, _say_no)
    for kind in edge.SAID_NO:
        app.register_error_handler(kind, _say_no)


def _guard() -> ResponseReturnValue | None:
    """Default deny: a route that declares no policy is closed; what it declares is asked here, before the view."""
    if request.endpoint is None:
        return None  # no such route; the answer is 404 or 405
    _refuse_odd_text()
    view = current_app.view_functions[request.endpoint]
    edge.limit(view)
    policy = edge.policy_of(view)
    if policy is None:
        raise NotAllowed("undeclared")
    if request.method not in SAFE_METHODS:
        if request.path.startswith("/api/") and not policy.is_public and edge.signed_in() is None:
            raise edge.NotSignedIn("sign_in")  # a script is told of its token before anything else
        _refuse_forgery(needs_token=not policy.has_own_token)
    edge.note_seen()
    edge.ask(policy)
    if not policy.is_public and edge.is_code_missing() and request.endpoint not in UNTIL_CODES:
        if request.path.startswith("/api/"):
            raise NotAllowed("second_factor")
        return redirect(url_for("accounts.second_factor"), 303)
    return None


def _refuse_odd_text() -> None:
    """No database can keep a NUL, and no name holds half a character: such a request is wrong, whatever it is about."""
    for text in (request.path, *request.args, *request.args.values()):
        if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
            abort(400)


def _refuse_forgery(*, needs_token: bool) -> None:
    """Let only our own pages change something; a script that shows a token is nobody's browser."""
    if edge.has_bearer():
        return
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    is_ours = origin is None or origin in (edge.settings().base_url, request.host_url.rstrip("/"))
    # Pages with a secret in their address tell nobody where they are, and browsers say "null" of them; their forms show a token.
    is_ours = is_ours or (origin == "null" and site in (None, "same-origin") and not request.path.startswith("/api/"))
    if not is_ours or site == "cross-site":
        abort(403)
    if needs_token and not (request.path.startswith("/api/") and origin is not None):
        csrf.protect()


def _harden(response: Response) -> Response:
    """The headers that every answer carries; one that says "as before" repeats none of them."""
    if response.status_code == NOT_MODIFIED:
        return response
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if edge.settings().is_https:
        response.headers.setdefault("Strict-Transport-Security", HSTS)
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _keep_language(response: Response) -> Response:
    """Remember the language that somebody chose for pages with `?lang=`."""
    if request.args.get("lang") in LANGUAGES and not request.path.startswith(("/api/", *QUIET)):
        secure = edge.settings().is_https
        response.set_cookie(
            edge.LANGUAGE_COOKIE, request.args["lang"], max_age=A_YEAR, secure=secure, httponly=True, samesite="Lax"
        )
    return response


def _say_no(error: Exception) -> ResponseReturnValue:
    """Every no in the language of the door it was asked at: a page, a problem document, a plain line."""
    with suppress(DBAPIError):
        db.session.rollback()
    away = error if isinstance(error, DBAPIError) else error.__cause__
    if isinstance(away, DBAPIError):
        if not edge.database.is_away(away) and error is away and not isinstance(error, DataError):
            raise error  # a bug, and loud
        if edge.database.is_away(away):
            edge.database.note(away)
            edge.database.do_without()
    try:
        return _told(error)
    except DBAPIError as second:
        if not edge.database.is_away(second) or edge.database.is_done_without():
            raise
        return _say_no(second)


def _told(error: Exception) -> ResponseReturnValue:
    """A no, as its door says it."""
    if request.path.startswith("/api/"):
        return problems.answer(error)
    if request.path.startswith(DEVICES):
        return answer_device(error)
    if request.path.startswith(QUIET):
        return answer_reader(error)
    return errors.answer(error)
