"""doctor."""

from __future__ import annotations

import click

from scheduler.cli import mail_server, printing
from scheduler.cli.call import Call
from scheduler.cli.command import Command
from scheduler.services.operations import health
from scheduler.services.operations.health import Check, HealthVerdict
from scheduler.wording.mail import failure
from scheduler.wording.texts import within

SIGNS = {HealthVerdict.FINE: "✓", HealthVerdict.NOTE: "!", HealthVerdict.WRONG: "✗"}
SENTENCES = {
    "reached": "可以连接：%(value)s",
    "no_file": "没有数据库文件 %(value)s；先运行 init",
    "unreachable": "连接不上：%(value)s",
    "at_head": "结构是最新的（%(value)s）",
    "behind": "结构不是最新的（应为 %(value)s）；运行 init",
    "present": "防重复占用的约束都在",
    "lacking": "缺少约束 %(value)s；运行 init",
    "published": "放假安排已有：%(value)s",
    "not_published": "没有 %(value)s 年的放假安排",
    "next_not_published": "%(value)s 年放假安排待公布",
    "alive": "后台进程在运行（%(value)s）",
    "stale": "后台进程已停（最后一次 %(value)s）",
    "some_stale": "有后台进程已停（最后一次 %(value)s），其余在运行",
    "never_seen": "后台进程没有运行过",
    "found": "有中文字体：%(value)s",
    "no_font": "没有中文字体，打印会缺字，也不能生成 PDF；可安装 fonts-noto-cjk",
    "no_fc_list": "没有 fc-list，无法查看字体",
    "real": "%(value)s",
    "set": "TANXIN_NOW 已设，机构时间为 %(value)s",
    "never_set": "系统时钟不对：%(value)s",
    "closed": "其他用户读不到 %(value)s",
    "folder_open": "其他用户可以打开 %(value)s；可运行 chmod 700",
    "room": "磁盘剩余 %(value)s",
    "little_room": "磁盘快满了，剩余 %(value)s",
    "no_room": "磁盘已满，剩余 %(value)s",
    "mail_off": "没有设 SMTP_HOST，不发邮件",
    "mail_reached": "可以连接 %(value)s",
    "mail_fails": "%(value)s",
    "key_open": "其他用户可以读 %(value)s；请运行 chmod 600",
}
NAMES = {
    "database": "数据库",
    "migrations": "结构",
    "guards": "约束",
    "workdays": "工作日",
    "worker": "后台",
    "fonts": "字体",
    "clock": "时钟",
    "instance": "文件",
    "disk": "磁盘",
    "mail": within("checked", "邮件"),
}


@click.command("doctor", cls=Command, help="检查数据库、日历、字体等是否就绪；有问题时退出状态为 1")
@click.pass_obj
def doctor(call: Call) -> int:
    """Look at everything that must be in order."""
    checks = health.checks(
        call.config.database_url, call.config.instance, call.clock, is_clock_set=call.config.now is not None
    )
    checks.append(_mail(call))
    is_ok = all(check.verdict is not HealthVerdict.WRONG for check in checks)
    document = {
        "ok": is_ok,
        "checks": [
            {
                "name": check.name,
                "ok": check.verdict is not HealthVerdict.WRONG,
                "note": check.verdict is HealthVerdict.NOTE,
                "text": _text(check, call),
            }
            for check in checks
        ],
    }
    call.answer(document, lambda: [_line(check, call) for check in checks])
    return 0 if is_ok else 1


def _mail(call: Call) -> Check:
    """Whether mail could be sent, if it shall be."""
    from scheduler.outside import mail

    if call.config.mail is None:
        return Check("mail", HealthVerdict.FINE, "mail_off")
    server = mail_server.of(call.config.mail)
    try:
        mail.greet(server)
    except mail.MailFailed as error:
        return Check("mail", HealthVerdict.WRONG, "mail_fails", failure(error.kind, call.lang))
    return Check("mail", HealthVerdict.FINE, "mail_reached", f"{server.host}:{server.port}")


def _text(check: Check, call: Call) -> str:
    """What was found, as a sentence."""
    return call.say(SENTENCES[check.kind], value=check.detail)


def _line(check: Check, call: Call) -> str:
    """A sign, what was looked at, what was found."""
    name = call.say(NAMES[check.name])
    return f"{SIGNS[check.verdict]} {printing.padded(name, 10)}  {_text(check, call)}"
