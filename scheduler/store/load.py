"""Rows in, facts out: everything that services ask the database, under one name."""

from datetime import timedelta

from sqlalchemy.orm import Session

from scheduler.core.bookings.snapshot import Snapshot
from scheduler.core.ground import audiences
from scheduler.core.ground.bookings import Draft
from scheduler.store.bookings.load import (
    attendance,
    booked_by_campaign,
    booking,
    bookings,
    recorded_attendance,
    resources_of,
    taken,
    taken_spans,
    talks,
    talks_among,
)
from scheduler.store.campaigns.load import (
    as_of,
    campaign,
    campaign_names,
    campaigns,
    occurrences,
    organisation,
    rule_set_rows,
    window_rule,
    working_time,
)
from scheduler.store.campaigns.load_targets import study_exemptions, study_targets
from scheduler.store.feeds.load_calendars import away
from scheduler.store.organisation.load import absences, contacts, holds_on, rooms, roster, strokes
from scheduler.store.organisation.load_history import rosters
from scheduler.store.organisation.load_hours import hours_of_day

__all__ = [
    "absences",
    "as_of",
    "attendance",
    "away",
    "booked_by_campaign",
    "booking",
    "bookings",
    "campaign",
    "campaign_names",
    "campaigns",
    "contacts",
    "holds_on",
    "hours_of_day",
    "occurrences",
    "organisation",
    "recorded_attendance",
    "resources_of",
    "rooms",
    "roster",
    "rosters",
    "rule_set_rows",
    "snapshot",
    "strokes",
    "study_exemptions",
    "study_targets",
    "taken",
    "taken_spans",
    "talks",
    "talks_among",
    "window_rule",
    "working_time",
]


def snapshot(session: Session, draft: Draft) -> Snapshot:
    """What is true around the time of a draft: everybody as of its day, and only what touches its time.

    The talk window and what rules ask of these people are not in it; `services.bookings.acts` adds them.
    """
    time = working_time(session)
    first = draft.span.start.astimezone(time.zone).date()
    last = (draft.span.end - timedelta(microseconds=1)).astimezone(time.zone).date()
    people = roster(session, first)
    concerned = [p.person for p in audiences.participants(draft.people, draft.audience, people, draft.host)]
    return Snapshot(
        roster=people,
        working_time=time,
        rooms=rooms(session),
        contacts=contacts(session),
        absences=away(session, concerned, first, last, time.zone),
        bookings=tuple(taken(session, concerned, draft.room, draft.span)),
    )
