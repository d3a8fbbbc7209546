"""The organizer's page of the mail: what waits, what was given up and why; and answers that came as a file."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Refused
from scheduler.services.mail import replies
from scheduler.services.mail import status as mail_status
from scheduler.web.mail import pages
from scheduler.web.page import facts
from scheduler.web.page.texts import _
from scheduler.wording.mail import failure


@dataclass(frozen=True, slots=True)
class MailLine:
    """A message that did not arrive yet."""

    who: str
    made: str
    attempts: int
    why: str
    next: str
    """When it is tried again; empty: it was given up."""


@pages.get("/mail")
@edge.policy(Action.SEE_FEEDS)
def mail() -> ResponseReturnValue:
    """The state of the outbox, without contents."""
    names, zone, lang = facts.names(), edge.zone(), edge.lang()
    status = mail_status.status(edge.session(), edge.actor(), edge.clock())
    lines = [
        MailLine(
            names.person(letter.person),
            wording.stamp_text(letter.made_at.astimezone(zone), lang),
            letter.attempts,
            failure(letter.why, lang),
            wording.moment_text(letter.next_at.astimezone(zone), lang) if letter.next_at else "",
        )
        for letter in status.undelivered
    ]
    return render_template("mail/mail.html", status=status, lines=lines, is_on=edge.settings().mail is not None)


@pages.post("/mail/replies")
@edge.policy(Action.OPERATE_FEEDS)
@edge.takes_files
def receive_reply() -> ResponseReturnValue:
    """Note the answer in a message that was uploaded."""
    file = request.files.get("message")
    try:
        reply = replies.receive(edge.session(), edge.actor(), file.read() if file else b"", edge.clock())
        said = _("%(name)s：%(answer)s", name=facts.names().person(reply.person), answer=_answer(reply.answer))
        flash(said, "good")
    except Refused as error:
        flash(wording.error(error, edge.lang()), "warn")
    return redirect(url_for("mail.mail"), 303)


def _answer(answer: str) -> str:
    """What an answer is called."""
    return wording.label(f"answer:{answer}", edge.lang())
