"""Bookings: looked into, put on the calendar, moved, taken off, confirmed.

Each verb that writes takes the lock, loads the facts, lets core decide, saves, and commits once.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from scheduler.core.bookings import confirmations, conflicts
from scheduler.core.bookings import rights as booking_rights
from scheduler.core.bookings.snapshot import Snapshot
from scheduler.core.campaigns.milestones import MilestoneFollows
from scheduler.core.ground import access, audiences
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import Booking, Draft, Kind
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotAllowed, Outdated, Refused
from scheduler.core.ground.findings import Finding, Findings
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.services.bookings import asking, belonging, differences, drafts, milestones, own_limits
from scheduler.services.bookings import facts as booking_facts
from scheduler.services.bookings.credits import credited, link
from scheduler.services.bookings.drafts import span_of
from scheduler.services.bookings.free_times import FreeTime, free_times
from scheduler.services.bookings.lists import listing, seen_booking
from scheduler.services.ground import journal
from scheduler.services.ground.booking_changes import Booked, BookingChange, Query
from scheduler.services.ground.open_campaigns import require_open
from scheduler.store import load, save, writing

__all__ = [
    "Booked",
    "BookingChange",
    "FreeTime",
    "Query",
    "book",
    "cancel",
    "change",
    "check",
    "confirm",
    "credited",
    "free_times",
    "link",
    "listing",
    "move",
    "put",
    "put_change",
    "restore",
    "seen_booking",
    "span_of",
    "unconfirm",
]

Keep = Callable[[Booked], None]
"""What a caller wants kept in the same transaction, such as the answer to a request with an Idempotency-Key."""


def check(session: Session, actor: Actor, draft: Draft, clock: Clock) -> Findings:
    """Everything there is to say about a draft, as far as the asker may know; nothing is written."""
    draft = drafts.tidy(draft)
    booking_rights.require_arrange(actor, draft.kind, drafts.named_in(draft), draft.audience)
    asking.note(session, actor, drafts.named_in(draft), draft.audience, clock)
    return said_of(session, actor, draft, clock)


def said_of(session: Session, actor: Actor, draft: Draft, clock: Clock) -> Findings:
    """The same of a tidy draft that the asker may make, as a part of a larger verb."""
    return _visible(actor, _found(session, actor, draft, booking_facts.around(session, draft, clock), clock))


def _found(session: Session, actor: Actor, draft: Draft, facts: Snapshot, clock: Clock) -> Findings:
    """What is to be said of a new booking; a talk that somebody books for themself is held to more."""
    if booking_rights.books_only_own(actor, draft.people, draft.audience):
        return own_limits.findings(session, actor, belonging.placed(session, draft), facts, clock)
    return conflicts.find(draft, facts)


@writing.verb
def book(session: Session, actor: Actor, draft: Draft, clock: Clock, *, keep: Keep | None = None) -> Booked:
    """Put a booking on the calendar, or raise Refused with the reasons; NotAllowed for a talk of one's own (`proposals`)."""
    draft = _allowed(actor, draft)
    asking.note(session, actor, drafts.named_in(draft), draft.audience, clock)
    writing.begin(session)
    booked = _put(session, actor, draft, clock)
    if keep:
        keep(booked)
    return booked


def put(session: Session, actor: Actor, draft: Draft, clock: Clock) -> Booked:
    """The same as a part of a larger verb, which has begun to write and commits: several bookings, all or none."""
    return _put(session, actor, _allowed(actor, draft), clock)


def _allowed(actor: Actor, draft: Draft) -> Draft:
    """The draft of a new booking with its words in order, if the asker may make it."""
    draft = replace(drafts.tidy(draft), replaces=None)  # it is a new one, and makes way for none
    booking_rights.require_arrange(actor, draft.kind, drafts.named_in(draft), draft.audience)
    if booking_rights.books_only_own(actor, draft.people, draft.audience):
        raise NotAllowed(Action.BOOK)  # a talk of one's own is proposed
    if draft.guests:
        booking_rights.require_invite(actor)
    return draft


def _put(session: Session, actor: Actor, draft: Draft, clock: Clock) -> Booked:
    """Check a draft against the facts as they are now, and save it."""
    draft = belonging.placed(session, draft)
    require_open(session, draft.campaign)
    facts = booking_facts.around(session, draft, clock)
    return _save_new(session, actor, draft, facts, conflicts.find(draft, facts), clock)


def put_agreed(session: Session, actor: Actor, draft: Draft, clock: Clock) -> Booked:
    """A talk that its two people agreed on, as a part of a larger verb that decided who may say so."""
    draft = belonging.placed(session, draft)
    require_open(session, draft.campaign)
    facts = booking_facts.around(session, draft, clock)
    return _save_new(session, actor, draft, facts, own_limits.agreed(session, draft, facts, clock), clock)


def _save_new(session: Session, actor: Actor, draft: Draft, facts: Snapshot, said: Findings, clock: Clock) -> Booked:
    """Save a new booking, if nothing refuses it."""
    findings = _passed(actor, said)
    new = _shaped(Booking(save.next_booking_id(session, draft.kind), draft.kind, "", draft.span), draft, facts)
    saved = save.booking(session, replace(new, recorded_at=_whole(clock.now)), clock)
    journal.note(session, actor, "booked", "booking", saved.id, clock, kind=saved.kind.value)
    return Booked(saved, findings)


@writing.verb
def change(
    session: Session,
    actor: Actor,
    booking_id: BookingId,
    changes: BookingChange,
    clock: Clock,
    *,
    dry_run: bool = False,
    keep: Keep | None = None,
) -> Booked:
    """Move a booking, or change its room, title or people; raises Refused with the reasons, Outdated if it has changed.

    With `dry_run` nothing is written and nothing refused: the findings say what would be.
    """

    if dry_run:
        old = load.booking(session, booking_id)
        draft = _new_shape(actor, old, changes)
        would = _limited(session, actor, old, draft, _reshaped(session, old, draft, clock), clock)
        follows = _following(session, actor, old, draft, changes)
        return replace(would, findings=_with_hint(session, _visible(actor, would.findings), follows))
    writing.begin(session)
    changed = put_change(session, actor, booking_id, changes, clock)
    if keep:
        keep(changed)
    return changed


def put_change(session: Session, actor: Actor, booking_id: BookingId, change: BookingChange, clock: Clock) -> Booked:
    """The same as a part of a larger verb, which has begun to write and commits."""
    old = load.booking(session, booking_id, lock=True)
    draft = _new_shape(actor, old, change)
    new = _limited(session, actor, old, draft, _reshaped(session, old, draft, clock), clock)
    return _save_new_shape(session, actor, old, draft, new, change, clock)


def move(session: Session, actor: Actor, old: Booking, change: BookingChange, clock: Clock) -> Booked:
    """The same where the larger verb has loaded and locked the booking, and decided itself that the asker may change it."""
    draft = drafts.changed(old, change)
    return _save_new_shape(session, actor, old, draft, _reshaped(session, old, draft, clock), change, clock)


def _limited(session: Session, actor: Actor, old: Booking, draft: Draft, new: Booked, clock: Clock) -> Booked:
    """A booking in its new shape; a talk that somebody moves as their own is held to more."""
    if not booking_rights.books_only_own(actor, draft.people, draft.audience):
        return new
    if set(drafts.named_in(draft)) - set(old.people):
        asking.require_asked(session, actor, draft, [draft.span.start.date()], clock)
    if draft.span == old.span:
        return new
    return replace(new, findings=own_limits.moved(session, actor, old, draft, new.findings, clock))


def _save_new_shape(
    session: Session, actor: Actor, old: Booking, draft: Draft, new: Booked, change: BookingChange, clock: Clock
) -> Booked:
    """Save a booking in its new shape, if nothing refuses it; its milestone moves along."""
    findings = _passed(actor, new.findings)
    follows = _following(session, actor, old, draft, change)
    saved = save.booking(session, new.booking, clock)
    what = "moved" if saved.span != old.span else "changed"
    journal.note(session, actor, what, "booking", saved.id, clock, version=saved.version, **differences.of(old, saved))
    if follows:
        milestones.write(session, actor, follows, saved.id, clock)
    return Booked(saved, _with_hint(session, findings, follows))


def _following(
    session: Session, actor: Actor, old: Booking, draft: Draft, change: BookingChange
) -> MilestoneFollows | None:
    """The milestone that moves with the booking, or would have to; None: there is none, or it was to be left."""
    return None if change.only_booking else milestones.following(session, actor, old, draft)


def _with_hint(session: Session, findings: Findings, follows: MilestoneFollows | None) -> Findings:
    """The findings, and what becomes of the milestone."""
    return replace(findings, hints=(*findings.hints, milestones.told(session, follows))) if follows else findings


def _reshaped(session: Session, old: Booking, draft: Draft, clock: Clock) -> Booked:
    """A booking in its new shape, and everything that is to be said about that."""
    draft = belonging.placed(session, draft)
    require_open(session, old.campaign, draft.campaign)
    facts = booking_facts.around(session, draft, clock)
    findings = _new_only(old, draft, conflicts.find(draft, facts))
    kept = confirmations.after_change(old, draft.span, draft.people, booking_rights.named(old), clock.now)
    return Booked(_shaped(kept, draft, facts), findings)


@writing.verb
def cancel(
    session: Session, actor: Actor, booking_id: BookingId, clock: Clock, *, version: int | None = None
) -> Booked:
    """Take a booking off the calendar; it stays known as cancelled, and takes nobody and nothing any more."""
    writing.begin(session)
    return put_cancel(session, actor, booking_id, clock, version)


def put_cancel(
    session: Session, actor: Actor, booking_id: BookingId, clock: Clock, version: int | None = None
) -> Booked:
    """The same as a part of a larger verb, which has begun to write and commits."""
    old = load.booking(session, booking_id, lock=True)
    booking_rights.require_change(actor, old)
    _require_fresh(old, version)
    require_open(session, old.campaign)
    off = replace(confirmations.taken_back(old), is_cancelled=True, cancelled_at=_whole(clock.now))
    saved = save.booking(session, off, clock)
    journal.note(session, actor, "cancelled", "booking", saved.id, clock, version=saved.version)
    return Booked(saved)


@writing.verb
def restore(
    session: Session, actor: Actor, booking_id: BookingId, clock: Clock, *, version: int | None = None
) -> Booked:
    """Put a cancelled booking back on the calendar as it was, or raise Refused if it does not fit there any more."""
    writing.begin(session)
    old = load.booking(session, booking_id, lock=True)
    booking_rights.require_change(actor, old)
    if version is not None and version != old.version:
        raise Outdated("booking", old.id)
    if not old.is_cancelled:
        raise Malformed("not_cancelled", "id", value=old.id)
    back = _reshaped(session, old, drafts.changed(old, BookingChange()), clock)
    findings = _passed(actor, back.findings)
    saved = save.booking(session, replace(back.booking, is_cancelled=False, cancelled_at=None), clock)
    journal.note(session, actor, "restored", "booking", saved.id, clock, version=saved.version)
    return Booked(saved, findings)


@writing.verb
def confirm(session: Session, actor: Actor, booking_id: BookingId, clock: Clock, by: PersonId | None = None) -> Booked:
    """Confirm that a talk was held: an organizer for all, or one of its people for themselves.

    With `by`, an organizer notes that this one person confirmed. A talk that everybody confirmed is held. Raises Refused before
    it has begun.
    """
    writing.begin(session)
    talk = load.booking(session, booking_id, lock=True)
    person = _confirming(actor, talk, by)
    require_open(session, talk.campaign)
    if talk.span.start > clock.now:
        raise Refused((Finding("not_yet_begun", talk.id),))
    saved = save.booking(session, confirmations.confirmed(talk, person, _whole(clock.now)), clock)
    journal.note(session, actor, "confirmed", "booking", saved.id, clock, by=person or "all")
    return Booked(saved)


@writing.verb
def unconfirm(
    session: Session, actor: Actor, booking_id: BookingId, clock: Clock, by: PersonId | None = None
) -> Booked:
    """Take a confirmation back: an organizer all of them, or (`by`) one person's; one of its people their own.

    Raises Malformed if there is none.
    """
    writing.begin(session)
    talk = load.booking(session, booking_id, lock=True)
    person = _confirming(actor, talk, by)
    require_open(session, talk.campaign)
    back = confirmations.taken_back(talk, person)
    if back == talk:
        raise Malformed("not_confirmed", "id", value=booking_id)
    saved = save.booking(session, back, clock)
    journal.note(session, actor, "confirmation_taken_back", "booking", saved.id, clock, by=person or "all")
    return Booked(saved)


def _visible(actor: Actor, findings: Findings) -> Findings:
    """What the asker may know of the findings."""
    return findings if actor.arranges_all else conflicts.private(findings, actor.person)


def _passed(actor: Actor, findings: Findings) -> Findings:
    """The findings, if none of them refuses."""
    visible = _visible(actor, findings)
    if visible.blocking:
        raise Refused(visible.blocking, visible.warnings, visible.hints)
    return visible


def _new_shape(actor: Actor, old: Booking, change: BookingChange) -> Draft:
    """What the booking shall become, if the asker may change it so."""
    booking_rights.require_change(actor, old)
    _require_fresh(old, change.version)
    if change.add_guests or change.remove_guests:
        booking_rights.require_invite(actor)
    draft = drafts.changed(old, change)
    booking_rights.require_arrange(actor, draft.kind, drafts.named_in(draft), draft.audience)
    return draft


def _require_fresh(old: Booking, version: int | None) -> None:
    """Raise Outdated if somebody was faster, Malformed if there is nothing to change any more."""
    if version is not None and version != old.version:
        raise Outdated("booking", old.id)
    if old.is_cancelled:
        raise Malformed("already_cancelled", "id", value=old.id)


def _new_only(old: Booking, draft: Draft, findings: Findings) -> Findings:
    """Without the absences of people who were in it at that time already: those were accepted then, or imported.

    While it was cancelled others may have come about, which nobody accepted: they do not refuse it, but they are told.
    """
    if draft.span != old.span:
        return findings
    accepted = [f for f in findings.blocking if f.kind == "absence" and f.subject in old.people]
    # what stands already may keep its hour, whoever has left since
    blocking = tuple(f for f in findings.blocking if f not in accepted and f.kind != "empty_audience")
    warnings = accepted if old.is_cancelled else []
    return replace(findings, blocking=blocking, warnings=(*warnings, *findings.warnings))


def _shaped(booking: Booking, draft: Draft, facts: Snapshot) -> Booking:
    """The booking in the shape of a draft; who confirmed stays so. A talk keeps no title, agenda or remark."""
    confirmed = {p.person: p.confirmed_at for p in booking.participants}
    people = audiences.participants(draft.people, draft.audience, facts.roster, draft.host)
    return replace(
        booking,
        title="" if draft.kind is Kind.TALK else draft.title,
        span=draft.span,
        room=draft.room,
        participants=tuple(replace(p, confirmed_at=confirmed.get(p.person)) for p in people),
        audience=draft.audience,
        host=draft.host,
        mode=draft.mode,
        size=draft.size,
        rule_set=draft.rule_set,
        campaign=draft.campaign,
        hours=draft.hours,
        guests=draft.guests,
        agenda=() if draft.kind is Kind.TALK else draft.agenda,
        remark="" if draft.kind is Kind.TALK else draft.remark,
        link=draft.link,
        series=draft.series,
    )


def _confirming(actor: Actor, talk: Booking, by: PersonId | None) -> PersonId | None:
    """Whose confirmation it is; None: an organizer's, for all."""
    booking_rights.require_see(actor, talk)
    if not talk.is_talk:
        raise Malformed("not_a_talk", "id", value=talk.id)
    if talk.is_cancelled:
        raise Malformed("already_cancelled", "id", value=talk.id)
    is_for_others = access.may(actor, Action.CONFIRM_FOR_ALL)
    if by is None and is_for_others:
        return None
    person = by or actor.person
    if not is_for_others and (person != actor.person or not access.may(actor, Action.CONFIRM_OWN)):
        raise NotAllowed(Action.CONFIRM_FOR_ALL)
    if person not in talk.people:
        raise (Malformed("not_in_talk", "by", value=person) if is_for_others else NotAllowed(Action.CONFIRM_OWN))
    return person


def _whole(moment: datetime) -> datetime:
    """A moment as the store keeps it, in whole seconds."""
    return moment.replace(microsecond=0)
