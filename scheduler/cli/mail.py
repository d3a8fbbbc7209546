"""mail status, receive, test."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from uuid import uuid4

import click

from scheduler import wording
from scheduler.cli import mail_server
from scheduler.cli.call import Call
from scheduler.cli.command import Command, CommandGroup
from scheduler.core.ground import access
from scheduler.core.ground.access import Action
from scheduler.services.ground import organisation
from scheduler.services.mail import replies
from scheduler.services.mail import status as mail_status
from scheduler.wording.mail import failure
from scheduler.wording.times import stamp_text

MAX_BYTES_READ = 2_000_001
"""One byte more than is looked at, so that a message that is too long is known to be."""
OFF = "没有设 SMTP_HOST 与 MAIL_FROM，不发邮件。"


@click.group("mail", cls=CommandGroup, help="邮件")
def mail() -> None:
    """What organizers ask of the mail."""


@mail.command("test", cls=Command, help="发一封试验邮件")
@click.argument("address", metavar="ADDRESS")
@click.pass_obj
def test(call: Call, address: str) -> int:
    """Send a message that says only that it arrived."""
    from scheduler.outside.mail import MailFailed, Message, send

    with call.opened() as (_, actor):
        access.require(actor, Action.OPERATE_FEEDS)
    settings = call.config.mail
    if settings is None:
        return _said(call, "off", call.say(OFF))
    message = Message(
        message_id=f"{uuid4()}@{settings.sender.rpartition('@')[2]}",
        sender=settings.sender,
        sender_name=call.say("谈心"),
        recipient=address,
        subject=call.say("试验邮件"),
        text=call.say("邮件已能送达。\n"),
        at=call.clock.real,
        language=call.lang,
    )
    try:
        send(mail_server.of(settings), message)
    except MailFailed as error:
        return _said(call, error.kind, failure(error.kind, call.lang))
    return _said(call, "", call.say("已交给 %(host)s。", host=settings.host))


@mail.command("status", cls=Command, help="待发、已发、放弃的邮件")
@click.pass_obj
def status(call: Call) -> None:
    """The state of the outbox; no contents, no addresses."""
    with call.opened() as (session, actor):
        report, zone = mail_status.status(session, actor, call.clock), organisation.zone(session)
    count = {
        "waiting": report.waiting,
        "sent": report.sent,
        "failed": report.failed,
        "needless": report.needless,
    }
    undelivered = [
        {
            "id": undelivered.id,
            "person": undelivered.person,
            "made_at": undelivered.made_at.isoformat(),
            "attempts": undelivered.attempts,
            "why": undelivered.why,
            "next_at": undelivered.next_at.isoformat() if undelivered.next_at else None,
        }
        for undelivered in report.undelivered
    ]

    def lines() -> Iterator[str]:
        if call.config.mail is None:
            yield call.say(OFF)
        yield call.say(
            "待发 %(waiting)s，已发 %(sent)s，放弃 %(failed)s",
            waiting=report.waiting,
            sent=report.sent,
            failed=report.failed,
        )
        for undelivered in report.undelivered:
            again = undelivered.next_at
            then = stamp_text(again.astimezone(zone), call.lang) if again else call.say("已放弃")
            yield f"{undelivered.person}  {then}  {failure(undelivered.why, call.lang)}"

    call.answer({"is_on": call.config.mail is not None, **count, "undelivered": undelivered}, lines)


@mail.command("receive", cls=Command, help="登记对邀请的回复（从标准输入读邮件）")
@click.pass_obj
def receive(call: Call) -> None:
    """Read one message from standard input and note the answer that it holds."""
    message = sys.stdin.buffer.read(MAX_BYTES_READ)
    with call.opened() as (session, actor):
        reply = replies.receive(session, actor, message, call.clock)
    told = wording.label(f"answer:{reply.answer}", call.lang)
    document = {"booking": reply.booking, "person": reply.person, "answer": reply.answer}
    call.answer(document, lambda: [f"{reply.booking} {reply.person} {told}"])


def _said(call: Call, error: str, text: str) -> int:
    """One sentence, and how the command ends."""
    call.answer({"ok": not error, "error": error or None, "text": text}, lambda: [text])
    return 1 if error else 0
