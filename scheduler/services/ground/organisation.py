"""The organisation whose database this is, and how its office speaks."""

from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.vocabulary import NAMES, Vocabulary, vocabulary
from scheduler.core.organisation.profile import Organisation
from scheduler.services.ground import journal
from scheduler.store import load, save, writing
from scheduler.store.feeds.save import ORGANISATION
from scheduler.store.imports import plain_facts


def current(session: Session) -> Organisation:
    """Its names and its zone; what they are before anything was imported, too."""
    return load.organisation(session)


def zone(session: Session) -> ZoneInfo:
    """The zone in which its people read times."""
    return load.organisation(session).zone


def spoken(session: Session) -> Vocabulary:
    """The vocabulary that its office speaks."""
    return vocabulary(load.organisation(session).vocabulary)


@writing.verb
def speak(session: Session, actor: Actor, name: str, clock: Clock) -> None:
    """Speak another vocabulary from now on, with which every calendar is fetched anew. Raises Malformed when there is none of this name."""
    access.require(actor, Action.EDIT_PROGRAMME)
    if name not in NAMES:
        raise Malformed("unknown_choice", "vocabulary", value=name[:20])
    writing.begin(session)
    if load.organisation(session).vocabulary != name:
        plain_facts.save_organisation(session, {"vocabulary": name})
        save.raise_revisions(session, {ORGANISATION}, clock)
        journal.note(session, actor, "edited", "organisation", "", clock, vocabulary=name)
