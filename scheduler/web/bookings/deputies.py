"""What deputies answered by mail in somebody's place: shown to organizers, who let it count or not."""

from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground.access import Action
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.services.bookings import answers
from scheduler.services.bookings.answers import InvitationAnswer
from scheduler.web.bookings import pages
from scheduler.web.page import facts
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _
from scheduler.web.page.words import local, when


@dataclass(frozen=True, slots=True)
class DeputyAnswer:
    """An answer that waits for an organizer."""

    person: PersonId
    name: str
    answer: str
    booking: str = ""
    """Which it is of, where several are listed."""
    href: str = ""


def of(seen: SeenBooking) -> list[DeputyAnswer]:
    """Those of one booking."""
    names = facts.names(local(seen.span.start).date())
    return [_one(waiting, names) for waiting in _waiting() if waiting.booking == seen.id]


def waiting(names: Names) -> list[DeputyAnswer]:
    """All of them, each with its booking."""
    return [_one(answer, names) for answer in _waiting()]


def _waiting() -> list[InvitationAnswer]:
    return answers.asked(edge.session(), edge.actor(), edge.clock())


def _one(waits: InvitationAnswer, names: Names) -> DeputyAnswer:
    answer = wording.label(f"answer:{waits.answer.removeprefix(answers.ASKED)}", edge.lang())
    href = url_for("bookings.booking", booking_id=waits.booking)
    return DeputyAnswer(waits.person, names.person(waits.person), answer, when(waits.span) if waits.span else "", href)


@pages.post("/bookings/<booking_id>/answers")
@edge.policy(Action.BOOK)
def decide_answer(booking_id: str) -> ResponseReturnValue:
    """Let what a deputy answered count, or not."""
    person, counts = PersonId(request.form.get("person", "")), request.form.get("act") == "count"
    answers.decide(edge.session(), edge.actor(), BookingId(booking_id), person, edge.clock(), counts=counts)
    flash(_("已采纳代为回复。") if counts else _("代为回复不算，请本人回复。"), "good")
    return redirect(url_for("bookings.booking", booking_id=booking_id), 303)
