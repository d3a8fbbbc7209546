"""mail test."""

from __future__ import annotations

from uuid import uuid4

import click

from scheduler.cli import mail_server
from scheduler.cli.call import Call
from scheduler.cli.command import Command, Group
from scheduler.core import access
from scheduler.core.access import Action
from scheduler.wording.mail import failure

OFF = (
    "没有设 SMTP_HOST 与 MAIL_FROM，不发邮件。",
    "SMTP_HOST and MAIL_FROM are not set: no mail is sent.",
)


@click.group("mail", cls=Group, help="邮件 | Mail")
def mail() -> None:
    """What organizers ask of the mail."""


@mail.command("test", cls=Command, help="发一封试验邮件 | Send one message to see whether mail works")
@click.argument("address", metavar="ADDRESS")
@click.pass_obj
def test(call: Call, address: str) -> int:
    """Send a message that says only that it arrived."""
    from scheduler.outside.mail import MailFailed, Message, send

    with call.opened() as (_, actor):
        access.require(actor, Action.EDIT_FEEDS)
    settings = call.config.mail
    if settings is None:
        return _said(call, "off", call.say(*OFF))
    message = Message(
        message_id=f"{uuid4()}@{settings.sender.rpartition('@')[2]}",
        sender=settings.sender,
        sender_name=call.say("谈心", "Tanxin"),
        recipient=address,
        subject=call.say("试验邮件", "Test message"),
        text=call.say("邮件已能送达。\n", "Mail arrives.\n"),
        at=call.clock.real,
        language=call.lang,
    )
    try:
        send(mail_server.of(settings), message)
    except MailFailed as error:
        return _said(call, error.kind, failure(error.kind, call.lang))
    return _said(call, "", call.say(f"已交给 {settings.host}。", f"Handed over to {settings.host}."))


def _said(call: Call, error: str, text: str) -> int:
    """One sentence, and how the command ends."""
    call.answer({"ok": not error, "error": error or None, "text": text}, lambda: [text])
    return 1 if error else 0
