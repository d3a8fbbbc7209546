"""What rules are resolved with, read from the database."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations

from sqlalchemy.orm import Session

from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.ground.bookings import AsOf, Booking, State
from scheduler.core.ground.ids import CampaignId, PersonId
from scheduler.core.ground.roster_history import EarlierHistory
from scheduler.core.ground.spans import DayRange
from scheduler.core.rules.resolution import RuleFacts
from scheduler.services.ground.rosters import RostersUntil
from scheduler.store import load


def at(
    session: Session, as_of: AsOf, talks: Iterable[Booking] | None = None, campaign: CampaignId | None = None
) -> RuleFacts:
    """The organisation as it stands on a day and stood before, what had happened, and who had talked before the window opened.

    In the campaign that was named, else in the one that a question about the day means. Raises NotFound.
    """
    roster = load.roster(session, as_of.day)
    facts = RuleFacts(
        roster=roster,
        campaign=load.campaign(session, as_of.day, campaign),
        working_time=load.working_time(session),
        occurrences=tuple(occurrence for occurrence in load.occurrences(session) if occurrence.day <= as_of.day),
        history=RostersUntil(session, roster),
    )
    return _with_met(facts, load.talks(session) if talks is None else talks, as_of)


def within(campaign: Campaign | None, facts: RuleFacts, talks: Iterable[Booking], as_of: AsOf) -> RuleFacts:
    """The same facts in another campaign."""
    return _with_met(replace(facts, campaign=campaign), talks, as_of)


def _with_met(facts: RuleFacts, talks: Iterable[Booking], as_of: AsOf) -> RuleFacts:
    """With those who had talked before the window of the facts' campaign opened."""
    return replace(facts, met=_met(talks, facts.talk_window.first, as_of))


def earlier(facts: RuleFacts, since: date) -> Iterator[tuple[DayRange, RuleFacts]]:
    """The same as they were known on earlier days, from a day on: a time without changes, and what was known on its last day."""
    if facts.history is None or since >= facts.roster.on:
        return
    for stretch in facts.history.stretches(DayRange(since, facts.roster.on))[:-1]:
        day = stretch.days.last or facts.roster.on
        roster = replace(stretch.roster, on=day)
        yield (
            stretch.days,
            replace(
                facts,
                roster=roster,
                occurrences=tuple(occurrence for occurrence in facts.occurrences if occurrence.day <= day),
                history=EarlierHistory(facts.history, roster),
            ),
        )


def _met(talks: Iterable[Booking], opens: date | None, as_of: AsOf) -> frozenset[tuple[PersonId, PersonId]]:
    """The pairs of all talks held before a day: what `exclude: [already_met]` leaves out."""
    earlier = [talk for talk in talks if opens and talk.day(as_of.zone) < opens and talk.state(as_of) is State.HELD]
    return frozenset(pair for talk in earlier for pair in combinations(sorted(talk.people), 2))
