"""Occurrences that event rules react to. Organizers see and enter all; a person sees what befell them.

Whoever has to talk with them learns of it where the required talk is shown, and nowhere else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from config import LANGUAGES
from scheduler.core.campaigns.occurrences import SYNONYMS, Occurrence, kind_meant, kinds_by_word
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound
from scheduler.core.ground.ids import PersonId
from scheduler.core.rules.events import kinds_of
from scheduler.services.ground import journal
from scheduler.store import load, writing
from scheduler.store.base import HIGHEST
from scheduler.store.campaigns.rows import OccurrenceRow
from scheduler.wording.labels import label


def kinds(session: Session) -> Mapping[str, str]:
    """The words that occurrences are entered with, and the kind that each means.

    Those of the page in every language, those of the code, those that applied rules use, and what else offices say.
    """
    from scheduler.services.rules.sets import spec_of  # the reader of rule files is slow to import

    own = sorted({kind for applied in load.rule_set_rows(session) for kind in kinds_of(spec_of(applied))})
    labels = [(kind, label(kind, language)) for kind in SYNONYMS for language in LANGUAGES]
    return kinds_by_word(own, labels)


def in_order(kinds: Iterable[str]) -> list[str]:
    """Kinds as a list offers them: those of the house in their order, then own ones."""
    places = {kind: place for place, kind in enumerate(SYNONYMS)}
    return sorted(kinds, key=lambda kind: (places.get(kind, len(places)), kind))


def occurrences(
    session: Session, actor: Actor, clock: Clock, *, person: PersonId | None = None
) -> tuple[Occurrence, ...]:
    """What befell a person, or anybody, by day; those who arrange nothing are told only of themselves."""
    del clock  # every verb is given one
    if access.may(actor, Action.SEE_OCCURRENCES):
        return load.occurrences(session, None if person is None else [person])
    if actor.person is None or person not in (None, actor.person):
        raise NotAllowed(Action.SEE_OCCURRENCES)
    return load.occurrences(session, [actor.person])


@writing.verb
def add_occurrence(
    session: Session,
    actor: Actor,
    kind: str,
    person: PersonId,
    day: date,
    clock: Clock,
    partner: PersonId | None = None,
) -> Occurrence:
    """Enter what befell somebody, and perhaps who is to talk with them; entering it again gives the one that stands.

    Raises NotFound for somebody who is not in the roster, Malformed for a kind that nobody knows.
    """
    access.require(actor, Action.EDIT_OCCURRENCES)
    writing.begin(session)
    meant = _kind(session, kind)
    if person not in load.roster(session, day).people:
        raise NotFound("person", person)
    stands = next((o for o in load.occurrences(session, [person]) if (o.kind, o.day) == (meant, day)), None)
    occurrence = stands or _added(session, actor, Occurrence(0, meant, person, day), clock)
    return _chosen(session, actor, occurrence, partner, clock) if partner else occurrence


def _kind(session: Session, text: str) -> str:
    """The kind that a text means. Raises Malformed with all that can be written."""
    kind_by_word = kinds(session)
    if kind := kind_meant(text, kind_by_word):
        return kind
    raise Malformed("unknown_occurrence", "kind", value=text[:40], kinds=tuple(in_order(set(kind_by_word.values()))))


def _added(session: Session, actor: Actor, occurrence: Occurrence, clock: Clock) -> Occurrence:
    """The same, written down."""
    new = OccurrenceRow(kind=occurrence.kind, person_id=occurrence.person, day=occurrence.day)
    session.add(new)
    session.flush()
    journal.note(session, actor, "added", "occurrence", str(new.id), clock)
    return replace(occurrence, id=new.id)


@writing.verb
def choose_partner(
    session: Session, actor: Actor, occurrence_id: int, partner: PersonId | None, clock: Clock
) -> Occurrence:
    """Choose who talks with whom something befell, in place of whom the rules lead to; None: whom they lead to.

    Raises NotFound, Malformed.
    """
    access.require(actor, Action.EDIT_OCCURRENCES)
    writing.begin(session)
    occurrence = next((o for o in load.occurrences(session) if o.id == occurrence_id), None)
    if occurrence is None:
        raise NotFound("occurrence", str(occurrence_id))
    return _chosen(session, actor, occurrence, partner, clock)


def _chosen(
    session: Session, actor: Actor, occurrence: Occurrence, partner: PersonId | None, clock: Clock
) -> Occurrence:
    """An occurrence with who is to talk."""
    if partner == occurrence.person:
        raise Malformed("not_oneself", "partner")
    if partner and partner not in load.roster(session, load.as_of(session, None, clock).day).people:
        raise NotFound("person", partner)
    if partner != occurrence.partner:
        row = OccurrenceRow
        session.execute(update(row).where(row.id == occurrence.id).values(partner_id=partner))
        journal.note(session, actor, "changed", "occurrence", str(occurrence.id), clock)
    return replace(occurrence, partner=partner)


@writing.verb
def remove_occurrence(session: Session, actor: Actor, occurrence_id: int, clock: Clock) -> None:
    """Take an occurrence away, and with it what rules ask for because of it. Raises NotFound."""
    access.require(actor, Action.EDIT_OCCURRENCES)
    writing.begin(session)
    row = OccurrenceRow
    gone = (
        occurrence_id <= HIGHEST and session.scalars(delete(row).where(row.id == occurrence_id).returning(row.id)).all()
    )
    if not gone:
        raise NotFound("occurrence", str(occurrence_id))
    journal.note(session, actor, "removed", "occurrence", str(occurrence_id), clock)
