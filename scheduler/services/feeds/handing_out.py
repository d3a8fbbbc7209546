"""Subscription pages for everybody at once: so many in each transaction, with a handful of statements, however many there are."""

from collections.abc import Callable, Collection, Mapping, Sequence

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import FeedOptions, Owner, Scope, reach
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.ids import PersonId
from scheduler.core.mail.letters import PageNews
from scheduler.services.feeds import addresses, subscriptions
from scheduler.services.ground import journal, secrets
from scheduler.store import load, save, writing
from scheduler.store.accounts.rows import JournalRow
from scheduler.store.counters import next_ids
from scheduler.store.feeds.rows import FeedRow, SubscriptionPageRow
from scheduler.store.mail import save as save_mail
from scheduler.store.organisation.rows import PersonRow
from scheduler.store.upserts import table_of

AT_ONCE = 250
"""Pages of one transaction: others write in between, and what was made stays made."""
Progress = Callable[[int, int], None]
"""Told how many of how many are done."""
Row = dict[str, object]


def issue_all(
    session: Session,
    actor: Actor,
    clock: Clock,
    people: Collection[PersonId],
    options: FeedOptions = addresses.AS_MOST_WANT,
    key: str = "",
    progress: Progress = lambda _done, _of: None,
) -> list[tuple[PersonId, str]]:
    """Pages for those of these people that have none, to be printed and handed out; with a key they can be had again.

    Whoever has one already keeps it, so that what was broken off is gone on with by doing it again.
    """
    access.require(actor, Action.EDIT_FEEDS)
    addresses.check(options)
    having = set(session.scalars(select(SubscriptionPageRow.person_id)))
    wanting = [person for person in people if person not in having]
    made: list[tuple[PersonId, str]] = []
    for start in range(0, len(wanting), AT_ONCE):
        made += _issue_some(session, actor, clock, wanting[start : start + AT_ONCE], options, key)
        progress(min(start + AT_ONCE, len(wanting)), len(wanting))
    return made


@writing.verb
def _issue_some(
    session: Session, actor: Actor, clock: Clock, people: Sequence[PersonId], options: FeedOptions, key: str
) -> list[tuple[PersonId, str]]:
    """A page and a feed for each, all or none; whoever got one meanwhile, or is gone, is passed over."""
    writing.begin(session)
    page = SubscriptionPageRow
    having = set(session.scalars(select(page.person_id).where(page.person_id.in_(people))))
    there = set(session.scalars(select(PersonRow.id).where(PersonRow.id.in_(people))))
    people = [person for person in people if person in there - having]
    if not people:
        return []
    made_at = clock.real.replace(microsecond=0)
    tokens = {p: subscriptions.page_secret(key, p, made_at) if key else secrets.new() for p in people}
    feeds = dict(zip(people, next_ids(session, "F", len(people)), strict=True))
    session.execute(insert(table_of(FeedRow)), _feed_rows(session, tokens, feeds, options, clock))
    session.execute(
        insert(table_of(SubscriptionPageRow)),
        [
            {
                "person_id": person, "digest": secrets.digest(tokens[person]), "turn": 1, "created_at": made_at,
                "feed_id": feeds[person], "taken_at": clock.real if person == actor.person else None,
            }
            for person in people
        ],
    )  # fmt: skip
    session.execute(insert(table_of(JournalRow)), _notes(actor, feeds, clock))
    save.note_raised(session)
    save_mail.tell_of_pages(session, set(people) - {actor.person}, PageNews.ISSUED, clock)
    return [(person, tokens[person]) for person in people]


def _feed_rows(
    session: Session,
    tokens: Mapping[PersonId, str],
    feeds: Mapping[PersonId, str],
    options: FeedOptions,
    clock: Clock,
) -> list[Row]:
    """The feeds that belong to the pages."""
    zone = load.organisation(session).zone
    reached = reach(options, load.campaigns(session), clock.today(zone), zone)
    return [
        {
            "id": feeds[person], "person_id": person, "subject": Owner(Scope.PERSON, person).subject,
            "digest": secrets.digest(subscriptions.feed_token(token, 1)),
            "language": options.language, "alarm_minutes": options.alarm_minutes,
            "hides_names": options.hides_names, "back_days": options.back_days, "ahead_days": options.ahead_days,
            "reach_start": reached.start, "reach_end": reached.end, "created_at": clock.real, "changed_at": clock.real,
        }
        for person, token in tokens.items()
    ]  # fmt: skip


def _notes(actor: Actor, feeds: Mapping[PersonId, str], clock: Clock) -> list[Row]:
    """What the journal says of it: first the pages, then the feeds."""
    notes: list[tuple[str, str, dict[str, str]]] = [("subscription_page", person, {}) for person in feeds]
    notes += [("feed", feed, {"person": person}) for person, feed in feeds.items()]
    who = journal.name_of(actor)
    return [
        {"at": clock.real, "actor": who, "action": "issued", "noun": noun, "noun_id": name, "details": details}
        for noun, name, details in notes
    ]
