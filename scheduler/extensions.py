"""What Flask is given besides itself: made here, bound to the application in `app`."""

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

from scheduler.services.accounts.sign_ins import SignedIn
from scheduler.store.base import Base

db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})
csrf = CSRFProtect()
limiter = Limiter(key_func=get_remote_address)
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
