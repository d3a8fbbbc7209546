"""What the doors share: the session, who asks, what time it is, which language; policies of routes; error → status."""

from scheduler.edge import database, guesses
from scheduler.edge.bodies import CALENDAR, limit, takes, takes_files
from scheduler.edge.clocks import RunningClock, clock, clock_of, zone
from scheduler.edge.languages import LANGUAGE_COOKIE, forget_vocabulary, lang, vocabulary
from scheduler.edge.limits import TooMany, check_limit, rate_of, spend
from scheduler.edge.links import booking_link, device_server, feed_address, link, local_path
from scheduler.edge.policies import (
    NotSignedIn,
    Policy,
    ask,
    by_own_token,
    by_password,
    for_signed_in,
    policy,
    policy_of,
    public,
)
from scheduler.edge.refusals import SAID_NO, No, no_of, with_retry
from scheduler.edge.sessions import OnlyShown, afterwards, engine, is_only_shown, session, settings, show_only
from scheduler.edge.visitors import (
    act_as,
    actor,
    change_password,
    has_bearer,
    note_seen,
    sign_in,
    sign_out,
    signed_in,
    visitor_by_cookie,
    visitor_by_token,
)

__all__ = [
    "CALENDAR",
    "LANGUAGE_COOKIE",
    "SAID_NO",
    "No",
    "NotSignedIn",
    "OnlyShown",
    "Policy",
    "RunningClock",
    "TooMany",
    "act_as",
    "actor",
    "afterwards",
    "ask",
    "booking_link",
    "by_own_token",
    "by_password",
    "change_password",
    "check_limit",
    "clock",
    "clock_of",
    "database",
    "device_server",
    "engine",
    "feed_address",
    "for_signed_in",
    "forget_vocabulary",
    "guesses",
    "has_bearer",
    "is_only_shown",
    "lang",
    "limit",
    "link",
    "local_path",
    "no_of",
    "note_seen",
    "policy",
    "policy_of",
    "public",
    "rate_of",
    "session",
    "settings",
    "show_only",
    "sign_in",
    "sign_out",
    "signed_in",
    "spend",
    "takes",
    "takes_files",
    "visitor_by_cookie",
    "visitor_by_token",
    "vocabulary",
    "with_retry",
    "zone",
]
