"""What `make run` sets up on its first start: an organisation to look around in, its rules, and an account for each role."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from config import Config
from scheduler import wording
from scheduler.cli import printing
from scheduler.cli.call import Call
from scheduler.cli.imports import uploads_of
from scheduler.cli.worlds import World
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.clock import Clock
from scheduler.services.accounts import demo
from scheduler.services.ground import organisation
from scheduler.services.imports import run as imports
from scheduler.services.organisation import people as people_service
from scheduler.services.rules import sets as rule_service

if TYPE_CHECKING:
    from scheduler.services.ground.schema import Session

ACCOUNTS = "demo-accounts.txt"


def environment(call: Call, world: World) -> dict[str, str]:
    """What the environment lacks for a world: its day. An organisation of one's own keeps the real clock."""
    if call.environ.get("TANXIN_NOW", "").strip():
        return {}
    with call.opened() as (session, _):
        return {"TANXIN_NOW": world.now} if _is_empty(session, call) or _is_sample(session) else {}


def prepare(call: Call, config: Config, world: World) -> list[str]:
    """Set up what is missing; the lines to show: the address, and the accounts."""
    call = replace(call, config=config, clock=Clock(config.now or call.clock.now, call.clock.real))
    with call.opened() as (session, _):
        if _is_empty(session, call):
            printing.note(call.say("首次启动：导入示例机构……"))
            imports.run(
                session,
                OPERATOR,
                uploads_of(list(map(str, world.tables)), call),
                None,
                dry_run=False,
                clock=call.clock,
            )
        if not _is_sample(session):
            return [config.base_url]
        if not rule_service.applied(session, OPERATOR):
            for preset in world.rules:
                rule_service.apply(session, OPERATOR, preset, None, call.clock)
        kept = config.instance / ACCOUNTS
        added = demo.add(session, world.accounts, call.clock)
        _keep(kept, [f"{account.role}\t{account.name}\t{account.password}" for account in added])
        return _lines(call, kept)


def _is_empty(session: Session, call: Call) -> bool:
    """Whether nobody was imported yet."""
    return not people_service.roster(session, OPERATOR, None, call.clock).people


def _is_sample(session: Session) -> bool:
    """Whether this is the sample organisation, or that of another world: each says of itself that it is made up."""
    return organisation.current(session).name_en.endswith("(fictional)")


def _keep(path: Path, lines: list[str]) -> None:
    """Add lines to a file that only its owner may read."""
    if lines:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w", encoding="utf-8") as file:
            file.write("".join(f"{line}\n" for line in lines))


def _lines(call: Call, kept: Path) -> list[str]:
    """What is shown at every start."""
    lines = [call.say("谈心已启动：%(address)s", address=call.config.base_url), ""]
    if not kept.exists():
        return lines[:1]
    rows = [line.split("\t") for line in kept.read_text(encoding="utf-8").splitlines() if line.count("\t") == 2]
    lines += printing.table(
        call.heads("角色 | 账户 | 密码"),
        [(wording.label(role, call.lang), name, password) for role, name, password in rows],
    )
    return [*lines, "", call.say("密码保存在 %(kept)s，只有您能读；按 Ctrl-C 停止。", kept=kept)]
