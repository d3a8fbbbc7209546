"""Passwords that were wrong: counted by account and address together, so that nobody is locked out by somebody else's guesses.

What is counted is a failure, never an attempt that was right. A browser that signed in before is known by a cookie, and has a
count of its own: whoever guesses elsewhere does not stand in its way (docs/decisions/0033).
"""

from contextlib import suppress

from flask import after_this_request, current_app, has_request_context, request
from flask.wrappers import Response
from itsdangerous import BadData, URLSafeSerializer

from scheduler.edge.limits import TooMany, check_limit, spend, times, used
from scheduler.edge.sessions import settings
from scheduler.services.accounts.register import plain_name

ACCOUNT, ADDRESS, PAIR, MANY = "sign-in-account", "sign-in-address", "sign-in-pair", "sign-in-many"
TIMES = 10
"""An account may be guessed at so many times as often from all addresses together, and an address at all accounts."""
A_YEAR = 365 * 24 * 3600
MOST_KNOWN = 5
"""Accounts that one browser is known by."""


def check(name: str) -> None:
    """Raise TooMany when a password for this name may not be tried now."""
    name, address, rates = plain_name(name), request.remote_addr or "", settings()
    if is_known(name):
        check_limit(rates.sign_in_account_limit, PAIR, name, f"known {address}")
        return
    check_limit(rates.sign_in_account_limit, PAIR, name, address)
    check_limit(times(rates.sign_in_account_limit, TIMES), ACCOUNT, name)
    check_limit(times(rates.sign_in_address_limit, TIMES), MANY, address)
    if used(rates.sign_in_account_limit, PAIR, name, address):  # a first try is let through, whoever sits beside
        check_limit(rates.sign_in_address_limit, ADDRESS, address)


def failed(name: str) -> None:
    """Count a password that was wrong."""
    name, address, rates = plain_name(name), request.remote_addr or "", settings()
    if is_known(name):
        _count(rates.sign_in_account_limit, PAIR, name, f"known {address}")
        return
    _count(rates.sign_in_account_limit, PAIR, name, address)
    _count(times(rates.sign_in_account_limit, TIMES), ACCOUNT, name)
    _count(rates.sign_in_address_limit, ADDRESS, address)
    _count(times(rates.sign_in_address_limit, TIMES), MANY, address)


def _count(rate: str, *key: str) -> None:
    """Count one, whether or not that was one too many: the next look tells."""
    with suppress(TooMany):
        spend(rate, *key)


# ── Browsers that signed in before ───────────────────────────────────────────────────────────────────────────────────
def is_known(name: str) -> bool:
    """Whether this browser once signed in to the account of this name."""
    return plain_name(name) in _names()


def remember(name: str) -> None:
    """Let this browser be known by this account from now on."""
    if not has_request_context():
        return
    names = [plain_name(name), *(other for other in _names() if other != plain_name(name))][:MOST_KNOWN]
    sealed = _seal().dumps(names)

    def keep(response: Response) -> Response:
        response.set_cookie(
            _cookie(), str(sealed), max_age=A_YEAR, secure=settings().is_https, httponly=True, samesite="Lax"
        )
        return response

    after_this_request(keep)


def _names() -> list[str]:
    try:
        names = _seal().loads(request.cookies.get(_cookie(), ""))
    except BadData:
        return []
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []


def _cookie() -> str:
    return f"{settings().cookie_name}-known"


def _seal() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="known-browser")
