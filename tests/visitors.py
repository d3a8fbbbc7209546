"""People and scripts at the doors."""

from datetime import datetime

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from scheduler import edge
from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.ids import PersonId
from scheduler.services.accounts import register as accounts
from scheduler.services.accounts import sign_ins
from tests.small_organisation import CLOCK, GOOD


def a_script(app: Flask, session: Session, name: str = "p22", role: Role | None = None) -> FlaskClient:
    """A script with a token of this person's account; without such a person, of an account with a role alone."""
    person = None if role is Role.ADMIN else PersonId(name)
    account, _ = accounts.add(session, OPERATOR, CLOCK, person=person, role=role, name=name)
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {sign_ins.issue_token(session, account, CLOCK)}"
    return client


def a_browser(app: Flask, session: Session, name: str = "p22") -> FlaskClient:
    """A browser that has signed in as this person."""
    accounts.add(session, OPERATOR, CLOCK, person=PersonId(name))
    accounts.set_password(session, OPERATOR, name, GOOD, CLOCK)
    client = app.test_client()
    sign_in(client, name, GOOD)
    return client


def sign_in(client: FlaskClient, name: str, password: str) -> None:
    """Sign a browser in by the verb that the page calls."""
    from scheduler import edge

    with client.session_transaction() as kept:
        kept.clear()
    with client.application.test_request_context():
        edge.sign_in(name, password)
        from flask import session as cookie

        secret = cookie["_user_id"]
    with client.session_transaction() as kept:
        kept["_user_id"] = secret
        kept["_fresh"] = True


def real_now() -> datetime:
    """The time that an application reads, whatever the day that its organisation is set to."""
    return edge.RunningClock(None).read().real
