"""The organisation whose database this is."""

from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from scheduler.core.organisation.profile import Organisation
from scheduler.store import load


def current(session: Session) -> Organisation:
    """Its names and its zone; what they are before anything was imported, too."""
    return load.organisation(session)


def zone(session: Session) -> ZoneInfo:
    """The zone in which its people read times."""
    return load.organisation(session).zone
