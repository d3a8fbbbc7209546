"""What Flask is given besides itself: made here, bound to the application in `app`."""

from collections.abc import Callable
from typing import Any

from flask_babel import Babel, Domain, get_locale
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

from scheduler.core.ground.vocabulary import PARTY, Vocabulary, vocabulary
from scheduler.services.accounts.sign_ins import SignedIn
from scheduler.store.base import Base


class Told:
    """The texts of a language, in the vocabulary that is spoken here; values are filled in afterwards."""

    def __init__(self, texts: Any, lang: str, vocabulary: Vocabulary) -> None:
        self._texts, self._lang, self._vocabulary = texts, lang, vocabulary

    def ugettext(self, text: str) -> str:
        """A text."""
        return self._told(self._texts.ugettext(text))

    def ungettext(self, one: str, several: str, num: int) -> str:
        """A text that depends on a number."""
        return self._told(self._texts.ungettext(one, several, num))

    def upgettext(self, context: str, text: str) -> str:
        """A text that means different things in different places."""
        return self._told(self._texts.upgettext(context, text))

    def _told(self, text: object) -> str:
        return self._vocabulary.told(str(text), self._lang)


class Texts(Domain):  # type: ignore[misc]  # Flask-Babel has no types
    """Where the texts of pages are looked up."""

    def get_translations(self) -> Any:
        """Those of the visitor's language; told otherwise only where the office speaks otherwise."""
        found = super().get_translations()
        spoken = babel.spoken()
        return Told(found, "zh" if str(get_locale()).startswith("zh") else "en", spoken) if spoken.terms else found


class Translator(Babel):  # type: ignore[misc]
    """Flask-Babel, which knows of vocabularies."""

    spoken: Callable[[], Vocabulary] = staticmethod(lambda: vocabulary(PARTY))

    @property
    def domain_instance(self) -> Texts:
        """Where texts are looked up."""
        return _TEXTS


_TEXTS = Texts()
db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})
csrf = CSRFProtect()
limiter = Limiter(key_func=get_remote_address)
babel = Translator()
login = LoginManager()


class Visitor:
    """A signed-in person or script, in the words of Flask-Login; `secret` is what their cookie holds."""

    is_active = is_authenticated = True
    is_anonymous = False

    def __init__(self, signed_in: SignedIn, secret: str) -> None:
        self.signed_in, self.secret = signed_in, secret

    def get_id(self) -> str:
        """What is put into the signed cookie; only its digest is in the database."""
        return self.secret
