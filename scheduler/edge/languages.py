"""In which language to answer, and in whose words."""

from typing import cast

from flask import g, has_app_context, has_request_context, request
from sqlalchemy.exc import DBAPIError

from config import LANGUAGES, Language
from scheduler.core.ground.vocabulary import PARTY, Vocabulary
from scheduler.core.ground.vocabulary import vocabulary as words_of
from scheduler.edge.database import is_done_without
from scheduler.edge.sessions import session, settings
from scheduler.edge.visitors import signed_in
from scheduler.services.ground import organisation

LANGUAGE_COOKIE = "lang"


def vocabulary() -> Vocabulary:
    """The words that are spoken here; as usual where no database can be asked."""
    if not has_app_context() or is_done_without():
        return words_of(PARTY)
    if "vocabulary" not in g:
        try:
            g.vocabulary = organisation.spoken(session())
        except DBAPIError:  # there is no schema yet, or no database: whoever needs it is told so elsewhere
            session().rollback()
            g.vocabulary = words_of(PARTY)
    return cast("Vocabulary", g.vocabulary)


def forget_vocabulary() -> None:
    """It was changed."""
    g.pop("vocabulary", None)


def lang() -> Language:
    """The language to answer in: `?lang=`, else the cookie, else the account's, else the organisation's."""
    if not has_request_context():
        return settings().language
    wishes = (request.args.get("lang"), request.cookies.get(LANGUAGE_COOKIE))
    for wish in (*wishes, _account_language()):
        if wish in LANGUAGES:
            return wish
    return vocabulary().language or settings().language


def _account_language() -> str:
    """The language set for the account, if somebody is signed in; asked for only when nothing else says it."""
    sign_in = signed_in()
    return sign_in.account.language if sign_in else ""
