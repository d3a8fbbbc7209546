"""remove."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from scheduler import wording
from scheduler.cli.call import Call
from scheduler.cli.command import Command, option
from scheduler.core.ground.errors import Refused
from scheduler.core.ground.findings import Finding
from scheduler.services.organisation import removal as service
from scheduler.services.organisation.removal import Removable

NOUNS = {"person": Removable.PERSON, "unit": Removable.UNIT, "group": Removable.GROUP, "room": Removable.ROOM, "contact": Removable.CONTACT}  # fmt: skip
REFUSED = 1


@click.command(
    "remove", cls=Command, help="删除录错的人员、部门、小组、场地或外部联系人；仍有关联记录的逐项列出，不删除"
)
@click.argument("noun", metavar="|".join(NOUNS), type=click.Choice([*NOUNS]))
@click.argument("key", metavar="ID")
@option("--dry-run", is_flag=True, help="只看会怎样，不写入")
@click.pass_obj
def remove(call: Call, noun: str, key: str, *, dry_run: bool) -> int:
    """Remove what nothing hangs on, or tell what does."""
    hanging: Sequence[Finding] = ()
    with call.opened() as (session, actor):
        thing = call.person(session, key) if noun == "person" else key
        if dry_run:
            hanging = service.look(session, actor, NOUNS[noun], thing, call.clock)
        else:
            try:
                service.remove(session, actor, NOUNS[noun], thing, call.clock)
            except Refused as refused:
                hanging = refused.blocking

    def lines() -> Iterator[str]:
        if hanging:
            yield call.say("不能删除 %(key)s，仍有关联记录：", key=thing)
            yield from (
                f"  {wording.text(finding, call.lang)} {' '.join(_bookings(finding))}".rstrip() for finding in hanging
            )
        elif dry_run:
            yield call.say("可以删除 %(key)s：没有关联记录。", key=thing)
        else:
            yield call.say("已删除 %(key)s。", key=thing)

    told = [
        {"kind": f.kind, "subject": f.subject, "text": wording.text(f, call.lang), "what": f.details["what"],
         "count": f.details["count"], "bookings": _bookings(f)} for f in hanging
    ]  # fmt: skip
    call.answer({"id": thing, "removed": not hanging and not dry_run, "hanging": told}, lines)
    return REFUSED if hanging else 0


def _bookings(finding: Finding) -> list[str]:
    """The bookings that a finding names."""
    bookings = finding.details.get("bookings")
    return list(bookings) if isinstance(bookings, tuple) else []
