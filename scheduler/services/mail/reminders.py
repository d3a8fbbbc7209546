"""Reminders: on the last workday before a talk, each of its people who gets mail is told once."""

from datetime import time, timedelta

from sqlalchemy.orm import Session

from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.spans import Span
from scheduler.core.mail.times import reminder_moment
from scheduler.store import load, writing
from scheduler.store.mail import load as load_mail
from scheduler.store.mail import save as save_mail

AHEAD = timedelta(days=16)
"""Talks that lie further ahead are not looked at; holidays are shorter."""


@writing.verb
def queue_due(session: Session, at: time, clock: Clock) -> int:
    """Queue the reminders whose time has come; how many people of how many talks that concerns, told already or not."""
    writing.begin(session)
    working_time = load.working_time(session)
    talks = [
        talk
        for talk in load.bookings(session, kinds=[Kind.TALK], span=Span(clock.now, clock.now + AHEAD))
        if not (talk.is_cancelled or talk.is_held) and talk.span.start > clock.now
        if reminder_moment(talk.day(working_time.zone), at, working_time) <= clock.now
    ]
    readers = load_mail.readers(session, {person for talk in talks for person in talk.people}, clock)
    due = [save_mail.reminder(talk, person, clock) for talk in talks for person in talk.people if person in readers]
    save_mail.add_messages(session, due)
    return len(due)
