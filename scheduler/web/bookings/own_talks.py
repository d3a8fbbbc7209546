"""One's own talks as cards: with whom, when and where, and a button for each thing that can be done about them."""

from dataclasses import dataclass
from datetime import datetime

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.bookings.own_talks import Step
from scheduler.core.ground.access import Action, may
from scheduler.core.ground.bookings import State
from scheduler.core.ground.ids import BookingId
from scheduler.services.bookings import own_talks as service
from scheduler.services.bookings.own_talks import OwnTalk
from scheduler.web.bookings import pages
from scheduler.web.bookings.taps import TalkActions, Tap, person_of
from scheduler.web.page import facts
from scheduler.web.page.names import Names
from scheduler.web.page.once import once
from scheduler.web.page.texts import _, ngettext
from scheduler.web.page.words import local, when

FEW = 6
"""So many talks stand on a page that is not a calendar."""


@dataclass(frozen=True, slots=True)
class TalkCard:
    """One of the viewer's own talks with its buttons; a button that does not fit now is None, an address empty."""

    lead: str
    other: str
    when: str
    when_short: str
    where: str
    come: Tap | None
    held: Tap | None
    times_href: str
    href: str
    comes: bool
    is_confirmed: bool
    is_absent: bool = False
    """They cannot be had then themselves."""


def cards(talks: list[OwnTalk], door: TalkActions, names: Names) -> list[TalkCard]:
    """The most pressing ones, the first of them first."""
    return [_card(talk, door, names) for talk in talks[:FEW]]


def _card(own: OwnTalk, door: TalkActions, names: Names) -> TalkCard:
    talk, person = own.talk, person_of(door)
    talk_id = BookingId(talk.id or "")

    def tap(step: Step) -> Tap | None:
        return door.step(step, talk_id, talk.version) if step in own.steps else None

    start = local(talk.span.start)
    return TalkCard(
        _lead(own, start),
        names.people(other for other in talk.people if other != person),
        wording.long_span_text(start, local(talk.span.end), edge.lang()),
        when(talk.span),
        names.room(talk.room),
        tap(Step.COME),
        tap(Step.HELD),
        _times_href(own, talk_id, door),
        door.show(talk_id),
        own.comes,
        person in talk.confirmed,
        person in talk.absent,
    )


def _times_href(own: OwnTalk, talk: BookingId, door: TalkActions) -> str:
    """Organizers move a talk of theirs at once; everybody else proposes another time to the other one."""
    if Step.PROPOSE not in own.steps:
        return ""
    may_move = may(door.actor, Action.BOOK)
    return url_for("bookings.other_times", booking_id=talk) if may_move else door.times(talk)


def _lead(own: OwnTalk, start: datetime) -> str:
    """下一次谈心谈话 · 4 天后."""
    days = (start.date() - facts.today()).days
    if Step.HELD in own.steps or (own.talk.state == State.AWAITING_CONFIRMATION and days <= 0):
        return _("已经谈过了吗？请确认")
    if days <= 1:
        return _("下一次谈心谈话 · 明天") if days else _("下一次谈心谈话 · 今天")
    return ngettext("下一次谈心谈话 · %(num)s 天后", "下一次谈心谈话 · %(num)s 天后", days)


@pages.post("/bookings/<booking_id>/come")
@edge.policy(Action.SWAP_OWN_TALK)
@once
def come_to_talk(booking_id: str) -> ResponseReturnValue:
    """Say that one will be there."""
    service.come(edge.session(), edge.actor(), BookingId(booking_id), edge.clock())
    flash(_("已记下：您会参加。"), "good")
    return redirect(edge.local_path(request.form.get("next"), url_for("me.me")), 303)
