"""Where every call comes in, and where every way to say no becomes a sentence and an exit status."""

import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextvars import copy_context
from io import TextIOWrapper
from typing import TextIO, assert_never

import click

from config import Config, ConfigError, version
from scheduler.cli import printing, usage
from scheduler.cli.call import Call, Doors, Misused, said_in_all, take_out
from scheduler.cli.command import CommandGroup, Option, Place
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Busy, Malformed, NotAllowed, NotFound, NotReady, Outdated, Refused
from scheduler.core.ground.findings import Finding
from scheduler.wording.texts import within

DONE, REFUSED, MISUSED, INTERRUPTED = 0, 1, 2, 130

PLACES = {
    "init": Place("server:init", "建立或升级数据库结构（不含示例）"),
    "serve": Place("server:serve", "启动网站"),
    "worker": Place("server:worker", "启动后台进程"),
    "doctor": Place("doctor:doctor", "检查数据库、日历、字体等是否就绪"),
    "backup": Place("backups:backup", "把整个数据库备份成一个文件"),
    "restore": Place("backups:restore", "用备份替换整个数据库"),
    "import": Place("imports:import_", "导入表格与 org.yaml（文件或文件夹）"),
    "imports": Place("undoing_imports:imports", "做过的导入：list"),
    "undo-import": Place("undoing_imports:undo_import", "整批撤销一次导入"),
    "what-if": Place("what_if:what_if", "任免、调动、离任或名册若成真，必谈有什么变化"),
    "people": Place("people:people", "人员名单，按职务、笔画、拼音或部门"),
    "strokes": Place("people:strokes", "设定名册用字的笔画"),
    "units": Place("lists:units", "部门（单位）：list"),
    "rooms": Place("lists:rooms", "场地：list"),
    "campaigns": Place("campaigns:campaigns", "活动：list、show、rollup、add、lead、close、reopen"),
    "rules": Place("rules:rules", "谈话方案：list、preview、apply、lead"),
    "coverage": Place("coverage:coverage", "必谈覆盖情况（任意一天）"),
    "ledger": Place("coverage:ledger", "谈心谈话台账"),
    "link": Place("coverage:link", "让谈话也计入另一套方案"),
    "unlink": Place("coverage:unlink", "不再计入另一套方案"),
    "study": Place("study:study", "集中学习学时"),
    "study-targets": Place("study_targets:study_targets", "学时要求和免除"),
    "attend": Place("attendance:attend", "登记出勤、请假与补课，看法定人数"),
    "guests": Place("guests:guests", "来宾：list、add、remove"),
    "export": Place("papers:export", "生成通知、签到表、安排表、台账、月报等文件"),
    "report": Place("papers:report", "月度情况：谈话、学习、会议、覆盖率"),
    "arrange": Place("arranging:arrange", "把尚未安排的谈话一次排好"),
    "plans": Place("plans:plans", "排期草案：list、show、release、discard、cancel"),
    "arrange-sessions": Place("series:arrange_sessions", "成批安排集中学习、座谈会等"),
    "book": Place("bookings:book", "排定一项日程"),
    "move": Place("bookings:move", "改期、换场地、增减人员"),
    "cancel": Place("bookings:cancel", "取消一项日程"),
    "confirm": Place("bookings:confirm", "确认谈话已谈"),
    "unconfirm": Place("bookings:unconfirm", "撤回已谈的确认"),
    "find-time": Place("free_times:find_time", "给一些人和场地找时间"),
    "load": Place("meeting_load:load", "每人每周的会议时间，哪些超过上限"),
    "bookings": Place("bookings:bookings", "查看日程"),
    "proposals": Place("proposals:proposals", "本人约谈的提议：对方同意后才排定"),
    "milestone": Place("programme:milestone", "移动时间节点"),
    "programme": Place("programme:programme", "活动进度：各任务项、下一步"),
    "tasks": Place("tasks:tasks", "整改台账：list、set、lead"),
    "materials": Place("materials:materials", "对照检查材料：list、step"),
    "opinions": Place("opinions:opinions", "征求意见：list、receive、waive、tally"),
    "visits": Place("visits:visits", "联系点走访：谁去过、谁还没去"),
    "batches": Place("batches:batches", "培训批次：list、put"),
    "gate": Place("gate:gate", "会议召开条件：查看、tick、untick、submit、return、confirm、withdraw、after"),
    "conditions": Place("conditions:conditions", "某类会议要具备哪些条件：查看、--file、--usual"),
    "frequencies": Place("frequencies:frequencies", "按期应开的会议"),
    "remove": Place("removing:remove", "删除录错的人员、部门、小组、场地、外部联系人"),
    "merge": Place("merging:merge", "同一人录成了两条：合并"),
    "leave": Place("leaving:leave", "某人离任：取消其谈话，停用账号与订阅"),
    "occur": Place("occurrences:occur", "登记一项情形（表彰、调动……）"),
    "occurrences": Place("occurrences:occurrences", "情形：list、choose、undo"),
    "solve": Place("solving:solve", within("list of commands", "求解排期问题文件")),
    "check": Place("checking:check", within("list of commands", "独立检查排期方案文件")),
    "feeds": Place("feed_evidence:feeds", "订阅日历：issue、list、show、rotate、revoke、evidence"),
    "mail": Place("mail:mail", "邮件：status、receive、test"),
    "calendars": Place("calendars:calendars", "其他日历：import、list、refresh、switch、remove"),
    "accounts": Place("accounts:accounts", "账户：add、set-password、token、list"),
}


def root() -> CommandGroup:
    """The command that all others stand under."""
    return CommandGroup(
        name="scheduler",
        places=PLACES,
        help="谈心：安排会议与谈心谈话，知道谁还没有与谁谈。",
        params=[
            Option(
                ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_say_version, help="显示版本"
            )
        ],
        no_args_is_help=True,
    )


def _say_version(context: click.Context, _: click.Parameter, is_asked: bool) -> None:
    """Say which version this is, and be done."""
    if is_asked:
        printing.say(f"tanxin {version()}")
        context.exit()


def main(words: Sequence[str], environ: Mapping[str, str], doors: Doors, clock: Callable[[Config], Clock]) -> int:
    """Run one command and give its exit status: 0 done, 1 refused, 2 wrong use. Never a traceback."""
    _be_tolerant(sys.stdout, sys.stderr)
    try:
        given = take_out(words)
        config = Config.from_environ(environ)
        call = Call(config, given, doors, clock(config), environ)
        return copy_context().run(_run, call)
    except (Misused, ConfigError) as error:
        printing.note(str(error))
        return MISUSED
    except KeyboardInterrupt:
        printing.note("")
        return INTERRUPTED
    except Exception as error:
        if environ.get("TANXIN_DEBUG"):
            traceback.print_exc()
        kind = type(error).__name__
        printing.note(said_in_all("出了没有料到的问题（%(kind)s）；设 TANXIN_DEBUG=1 再试可看到详情。", kind=kind))
        return MISUSED


def _run(call: Call) -> int:
    """Run the command of a call, and say in the call's language why it could not be."""
    try:
        status = root().main(list(call.given.rest), "python -m scheduler", standalone_mode=False, obj=call)
        return status if isinstance(status, int) else DONE
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        printing.note(usage.sentence(error, call.lang))
        return MISUSED
    except NotReady as error:
        printing.note(_not_ready(error, call))
        return MISUSED
    except (Malformed, NotFound, Busy, NotAllowed, Outdated, Refused) as error:
        return _no(call, error)


def _no(call: Call, error: Malformed | NotFound | Busy | NotAllowed | Outdated | Refused) -> int:
    """A no of the house: words that are wrong are wrong use, everything else is an answer."""
    from scheduler import wording

    match error:
        case NotFound(noun="booking" | "task" | "material") if call.given.person:
            kind = "not_found"  # there is none, or this person may not know of it: both are a refusal
        case Malformed() | NotFound():
            printing.note(wording.error(_as_typed(error, call), call.lang))
            return MISUSED
        case NotAllowed():
            kind = "not_allowed"
        case Outdated():
            kind = "outdated"
        case Busy():
            kind = "busy"
        case Refused():
            kind = "refused"
        case _:
            assert_never(error)
    return _say_no(call, kind, wording.error(error, call.lang), error.blocking if isinstance(error, Refused) else ())


def _say_no(call: Call, kind: str, text: str, blocking: Sequence[Finding] = ()) -> int:
    """Tell that it may not or cannot be, as a document with the findings that say why, or as a sentence."""
    if call.given.is_json:
        from scheduler.shapes.ground import FindingModel

        why = [FindingModel.of(finding, call.reader()).model_dump() for finding in blocking]
        call.answer({"error": kind, "text": text, **({"blocking": why} if why else {})}, list)
    else:
        printing.note(text)
    return REFUSED


def _as_typed(error: Malformed | NotFound, call: Call) -> Malformed | NotFound:
    """An error about a field, called as the option that it was typed with."""
    if isinstance(error, Malformed):
        option = f"--{error.field.replace('_', '-')}"
        if any(word == option or word.startswith(f"{option}=") for word in call.given.rest):
            return Malformed(error.kind, option, **error.details)
    return error


def _not_ready(error: NotReady, call: Call) -> str:
    """Why the database cannot be used, and what helps."""
    match error.kind:
        case "no_schema":
            return call.say("数据库还没有建立，请先运行：python -m scheduler init")
        case "old_schema":
            return call.say("数据库结构不是最新的，请先运行：python -m scheduler init")
        case _:
            return call.say("数据库用不了：%(why)s", why=error.why)


def _be_tolerant(*streams: TextIO) -> None:
    """A terminal that cannot show a character shows a question mark instead of failing."""
    for stream in streams:
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
