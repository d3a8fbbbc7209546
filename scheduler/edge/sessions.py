"""The settings, and the database session of a request or command."""

from collections.abc import Callable
from contextlib import suppress
from typing import cast

from flask import Response, current_app, g, has_request_context
from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from config import Config
from scheduler.core.ground.errors import Busy
from scheduler.extensions import db
from scheduler.services.mail import channels as mailing


def session() -> Session:
    """The database session of this request or command; what it changes is mailed, if mail is sent at all."""
    database = db.session()
    mail = settings().mail
    mailing.queue(database, mail.bundle if mail else None)
    return database


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
