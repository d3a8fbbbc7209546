"""accounts add, set-password, token, list."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from scheduler import wording
from scheduler.cli import printing
from scheduler.cli.call import Call, Misused
from scheduler.cli.command import Command, CommandGroup, option
from scheduler.cli.parsing import OneOf
from scheduler.core.ground.access import Role
from scheduler.services.accounts import register as service
from scheduler.services.accounts import second_factors, sign_ins
from scheduler.services.accounts.register import Account


@click.group("accounts", cls=CommandGroup, help="账户")
def accounts() -> None:
    """Who may sign in."""


@accounts.command("add", cls=Command, help="新增账户，给出一次性链接（7 天内有效），本人由此设密码")
@option("--person", default=None, help="属于何人")
@option("--role", type=OneOf(service.GIVEN_ROLES), default=None, help="另授的角色")
@option("--name", default="", help="账户名（缺省：人员编号）")
@click.pass_obj
def add(call: Call, person: str | None, role: str | None, name: str) -> None:
    """Add an account."""
    if not person and not name:
        raise Misused(call.say("缺少 --person 或 --name。"))
    with call.opened() as (session, actor):
        someone = call.person(session, person) if person else None
        given = Role(role) if role else None
        account, token = service.add(session, actor, call.clock, person=someone, role=given, name=name)
    link = f"{call.config.base_url}/set-password/{token}"
    call.answer(
        {**_document(account), "link": link},
        lambda: [call.say("已新增账户 %(name)s。请交给本人（一次有效，7 天内）：", name=account.name), link],
    )


@accounts.command("set-password", cls=Command, help="设密码（从标准输入或提示读取），原有登录全部失效")
@click.argument("name")
@option("--password-stdin", is_flag=True, help="从标准输入读一行")
@click.pass_obj
def set_password(call: Call, name: str, password_stdin: bool) -> None:
    """Set an account's password; it never stands on the command line, where others could read it."""
    password = _password(call, password_stdin)
    with call.opened() as (session, actor):
        account = service.set_password(session, actor, name, password, call.clock)
    call.answer(_document(account), lambda: [call.say("已设密码：%(name)s", name=account.name)])


@accounts.command("reset-second-factor", cls=Command, help="手机和恢复码均已丢失：关闭某账户的两步登录，登录全部失效")
@click.argument("name")
@click.pass_obj
def reset_second_factor(call: Call, name: str) -> None:
    """Let an account in by its password alone again."""
    with call.opened() as (session, actor):
        account = second_factors.reset(session, actor, name, call.clock)
    call.answer(_document(account), lambda: [call.say("已关闭 %(name)s 的两步登录。", name=account.name)])


@accounts.command("token", cls=Command, help="为脚本新开一个令牌，只显示这一次；--revoke 停用其全部令牌")
@click.argument("name")
@option("--revoke", is_flag=True, help="停用此账户的全部令牌")
@click.pass_obj
def token(call: Call, name: str, revoke: bool) -> None:
    """Give a script a token with which it acts as an account, or end all of them."""
    with call.opened() as (session, actor):
        account = service.named(session, actor, name)
        if revoke:
            sign_ins.revoke_tokens(session, account, call.clock)
        secret = None if revoke else sign_ins.issue_token(session, account, call.clock)
    call.answer(
        {"name": account.name, "token": secret},
        lambda: [secret or call.say("已停用 %(name)s 的全部令牌。", name=account.name)],
    )


@accounts.command("list", cls=Command, help="全部账户")
@click.pass_obj
def list_(call: Call) -> None:
    """All accounts, by name."""
    with call.opened() as (session, actor):
        listed = service.listing(session, actor, call.clock)

    def lines() -> Iterator[str]:
        yield from printing.table(
            call.heads("账户 | 人员 | 角色 | 可用 | 已设密码"),
            [
                (
                    account.name,
                    account.person,
                    wording.label(account.role, call.lang) if account.role else "",
                    "✓" if account.is_active else "✗",
                    "✓" if account.has_password else "✗",
                )
                for account in listed
            ],
        )

    call.answer([_document(account) for account in listed], lines)


def _document(account: Account) -> dict[str, object]:
    """An account in JSON."""
    return {
        "name": account.name,
        "person": account.person,
        "role": account.role,
        "active": account.is_active,
        "has_password": account.has_password,
    }


def _password(call: Call, from_stdin: bool) -> str:
    """The new password: one line of standard input, or typed twice unseen."""
    if from_stdin or not _is_terminal():
        password = sys.stdin.readline().rstrip("\r\n")
        if not password:
            raise Misused(call.say("标准输入里没有密码。"))
        return password
    return str(click.prompt(call.say("新密码"), hide_input=True, err=True, confirmation_prompt=call.say("再输一遍")))


def _is_terminal() -> bool:
    """Whether somebody sits there and types."""
    return sys.stdin.isatty()
