"""backup, restore."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.cli import printing
from scheduler.cli.call import Call, Misused
from scheduler.cli.command import Command, option
from scheduler.services.operations import backups as service

if TYPE_CHECKING:
    from collections.abc import Iterator

WHY = {
    "exists": "%(detail)s 已经存在；换一个名字，或加 --replace",
    "no_folder": "没有文件夹 %(detail)s",
    "not_a_backup": "%(detail)s 不是 backup 写的文件",
    "other_kind": "这是 %(detail)s 的备份，不能放进另一种数据库",
    "not_empty": "数据库里已有内容；要用备份整个替换，请加 --replace（现有内容会先另存）",
    "damaged": "检查未通过，未作任何改动：%(detail)s",
    "no_program": "找不到 %(detail)s；请安装 PostgreSQL 的客户端程序",
    "failed": "未能完成，未作任何改动：%(detail)s",
}
REFUSED = 1


@click.command("backup", cls=Command, help="把整个数据库备份成一个文件（运行中也可以）")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@option("--replace", "replaces", is_flag=True, help="文件已存在时替换它")
@click.pass_obj
def backup(call: Call, file: Path, *, replaces: bool) -> None:
    """Write a backup."""
    with _for_operator(call):
        service.back_up(call.config.database_url, file, replaces=replaces)
    size = file.stat().st_size
    call.answer(
        {"ok": True, "file": str(file), "bytes": size},
        lambda: [
            call.say("已备份到 %(file)s（%(size)s 字节），并检查过。", file=file, size=size),
            call.say("订阅页的地址还要靠 %(key)s，请与备份分开保存。", key=call.config.instance / "secret_key"),
        ],
    )


@click.command("restore", cls=Command, help="检查一个备份，再用它替换整个数据库")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@option("--replace", "replaces", is_flag=True, help="数据库里已有内容时也替换（现有内容先另存在备份旁边）")
@click.pass_obj
def restore(call: Call, file: Path, *, replaces: bool) -> None:
    """Go back to a backup."""
    keep = file.with_name(f"{file.name}.before-{call.clock.real:%Y%m%dT%H%M%SZ}") if replaces else None
    with _for_operator(call):
        had_content = service.restore(call.config.database_url, file, call.clock, keep=keep)
    kept = str(keep) if had_content else None

    def lines() -> Iterator[str]:
        yield call.say("已恢复到 %(file)s；检查通过，各订阅会整个重新取。", file=file)
        if kept:
            yield call.say("原有内容另存为 %(file)s。", file=kept)
        yield call.say("所有人要重新登录；备份以后停用的订阅、账号与链接又有效了，请再停用。")

    call.answer({"ok": True, "file": str(file), "kept": kept}, lines)


@contextmanager
def _for_operator(call: Call) -> Iterator[None]:
    """What only the operator does, and why it could not be done."""
    if call.given.person:
        raise Misused(call.say("backup 与 restore 只由操作员执行，不能加 --as。"))
    try:
        yield
    except service.CopyFailed as error:
        text = call.say(WHY[error.kind], detail=error.detail)
        if call.given.is_json:
            call.answer({"ok": False, "error": error.kind, "text": text}, list)
        else:
            printing.note(text)
        raise click.exceptions.Exit(REFUSED) from None
