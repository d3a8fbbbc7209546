"""Study sessions, symposiums and other meetings arranged in a series: proposed first, then booked all at once."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time

from sqlalchemy.orm import Session

from scheduler.core.bookings import conflicts
from scheduler.core.bookings import rights as booking_rights
from scheduler.core.bookings.snapshot import Snapshot
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import Draft
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, Refused
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.working_time import WorkingTime
from scheduler.core.sessions import rhythms, series_decisions
from scheduler.core.sessions.rhythms import Rhythm
from scheduler.core.sessions.series import MAX_SESSIONS, NUMBER, PlacedSession, SeriesPlan
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings import drafts as booking_drafts
from scheduler.services.bookings.acts import Booked
from scheduler.services.sessions import series_facts, study
from scheduler.services.sessions.series_orders import (
    NO_ROOM,
    Chosen,
    ProposedSession,
    RegularSeries,
    SeriesOrder,
    SeriesProposal,
    StudyNeed,
    tidy,
)
from scheduler.store import load, save, writing

__all__ = [
    "NO_ROOM",
    "Chosen",
    "ProposedSession",
    "RegularSeries",
    "SeriesOrder",
    "SeriesProposal",
    "StudyNeed",
    "book",
    "propose",
    "regular",
]


def propose(session: Session, actor: Actor, order: SeriesOrder, clock: Clock) -> SeriesProposal:
    """When the sessions could be, who cannot come to which, and if not all find a place why; nothing is written.

    Raises Refused for an audience of nobody.
    """
    order = _allowed(actor, order)
    snapshot = series_facts.around(session, order)
    if nobody := conflicts.empty_audiences(series_facts.first_draft(order, snapshot.working_time.zone), snapshot):
        raise Refused(nobody)
    need = _need(session, actor, order, snapshot, clock)
    count = need.sessions if need else order.count or 0
    if count > MAX_SESSIONS:
        raise Malformed("out_of_range", "count", value=count, first=1, last=MAX_SESSIONS)
    if not count:
        return SeriesProposal(order, SeriesPlan(0, (), 0, 0), need=need)
    plan = series_decisions.decide(series_facts.request(session, order, snapshot, count, clock), snapshot.working_time)
    plan = replace(plan, reasons=tuple(_named(reason, snapshot) for reason in plan.reasons))
    chosen = [Chosen(placed.span.start, placed.room or order.room) for placed in plan.sessions]
    sessions = tuple(
        ProposedSession(draft, placed, bookings.check(session, actor, draft, clock))
        for draft, placed in zip(_drafts(session, order, chosen), plan.sessions, strict=True)
    )
    return SeriesProposal(order, plan, sessions, _after(need, plan.sessions, snapshot.working_time))


@writing.verb
def book(session: Session, actor: Actor, order: SeriesOrder, chosen: Sequence[Chosen], clock: Clock) -> list[Booked]:
    """Book these sessions, each checked like one booked by hand: all of them, or none and Refused with every reason."""
    order = _allowed(actor, order)
    if not 1 <= len(chosen) <= MAX_SESSIONS:
        raise Malformed("out_of_range", "count", value=len(chosen), first=1, last=MAX_SESSIONS)
    writing.begin(session)
    done: list[Booked] = []
    refused: list[Finding] = []
    series = save.next_id(session, "Q") if len(chosen) > 1 else ""
    for draft in _drafts(session, order, chosen):
        try:
            done.append(bookings.put(session, actor, replace(draft, series=series), clock))
        except Refused as no:
            refused += [_with_day(finding) for finding in no.blocking]
    if refused:
        raise Refused(refused)
    return done


def regular(
    session: Session, actor: Actor, order: SeriesOrder, rhythm: Rhythm, at: time, clock: Clock
) -> RegularSeries:
    """The days on which meetings come round, each with what the check of a booking says; nothing is written.

    Raises Malformed when there is none of them, or too many.
    """
    days = rhythms.days(rhythm, order.first, order.last, load.working_time(session))
    days = days[: order.count] if order.count else days
    if not days:
        raise Malformed("no_such_days", "to")
    if len(days) > MAX_SESSIONS:
        raise Malformed("out_of_range", "count", value=len(days), first=1, last=MAX_SESSIONS)
    order = _allowed(actor, replace(order, count=len(days)))
    zone = load.working_time(session).zone
    chosen = [Chosen(datetime.combine(day, at, zone), order.room) for day in days]
    drafts = _drafts(session, order, chosen)
    return RegularSeries(order, tuple((draft, bookings.check(session, actor, draft, clock)) for draft in drafts))


def _allowed(actor: Actor, order: SeriesOrder) -> SeriesOrder:
    """The order with its words in place, if the asker may arrange such a thing."""
    order = tidy(order)
    booking_rights.require_arrange(actor, order.kind, order.people, order.audience)
    return order


def _need(session: Session, actor: Actor, order: SeriesOrder, snapshot: Snapshot, clock: Clock) -> StudyNeed | None:
    """What the study hours need, if that was asked."""
    if order.reach_by is None:
        return None
    access.require(actor, Action.SEE_STUDY)
    people = series_facts.invited(order, snapshot)
    asked_hours, lacking = study.lacking(session, people, order.reach_by, clock, order.campaign)
    return StudyNeed(order.reach_by, asked_hours, lacking, study.sessions_needed(lacking, order.minutes))


def _after(need: StudyNeed | None, sessions: Sequence[PlacedSession], time: WorkingTime) -> StudyNeed | None:
    """What will be lacking when everybody has come to what they can come to."""
    if need is None:
        return None

    def lack(person: PersonId, hours: float) -> float:
        return round(hours - sum(time.hours_of(placed.span) for placed in sessions if person not in placed.missing), 2)

    left = {person: lack(person, hours) for person, hours in need.lacking.items()}
    return replace(need, still_lacking={person: hours for person, hours in left.items() if hours > 0})


def _drafts(session: Session, order: SeriesOrder, chosen: Sequence[Chosen]) -> list[Draft]:
    """The sessions as drafts of bookings, in order of time."""
    number = _next_number(session, order)
    return [
        Draft(
            order.kind,
            booking_drafts.span_of(proposed.start, order.minutes),
            order.people,
            order.audience,
            proposed.room or None,
            order.title.replace(NUMBER, str(number + place)),
            campaign=order.campaign,
            host=order.host,
        )
        for place, proposed in enumerate(sorted(chosen, key=lambda proposed: proposed.start))
    ]


def _next_number(session: Session, order: SeriesOrder) -> int:
    """One more than the highest number of those that are called so already in this campaign."""
    before, has_number, after = order.title.partition(NUMBER)
    if not has_number:
        return 1
    campaign = load.campaign(session, order.first, order.campaign)
    zone = load.working_time(session).zone
    titles = (
        booking.title
        for booking in load.bookings(session, kinds=(order.kind,))
        if not booking.is_cancelled and (campaign is None or booking.day(zone) >= campaign.starts)
    )
    pattern = re.compile(rf"{re.escape(before)}([0-9]{{1,6}}){re.escape(after.replace(NUMBER, ''))}")
    return max((int(hit[1]) for title in titles if (hit := pattern.fullmatch(title))), default=0) + 1


def _named(reason: Finding, snapshot: Snapshot) -> Finding:
    """A reason with the name of the person or room that it is about."""
    named = snapshot.roster.people.get(PersonId(reason.subject)) if reason.kind == "series_person" else None
    room = next((room for room in snapshot.rooms.values() if room.id == reason.subject), None)
    name = named.name if named else room
    return replace(reason, details={**reason.details, "name": name}) if name else reason


def _with_day(finding: Finding) -> Finding:
    """A reason that tells its day: beside several sessions it could be any."""
    return replace(finding, details={**finding.details, "day": None}) if "day" in finding.details else finding
