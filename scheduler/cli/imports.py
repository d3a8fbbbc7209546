"""import."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import click

from scheduler import shapes, wording
from scheduler.cli import printing
from scheduler.cli.call import Call, Misused
from scheduler.cli.command import Command, option
from scheduler.cli.parsing import ADAY
from scheduler.documents import json_files
from scheduler.services.imports import run as service
from scheduler.services.imports.run import ImportReport, Upload
from scheduler.wording import readings
from scheduler.wording.errors import row_text

READABLE = {".csv", ".tsv", ".xlsx", ".xls", ".yaml", ".yml"}
SHOWN = 30
"""So many lines of changes and errors are shown; JSON has all."""


@click.command("import", cls=Command, help="导入表格与 org.yaml，先检查，再全部或全不")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@option("--valid-from", type=ADAY, default=None, help="所导入的情况自某日起生效")
@option("--dry-run", is_flag=True, help="只预览，不保存")
@option("--answers", type=click.Path(path_type=Path), default=None, help="JSON 文件：对问题的回答，{编号: 选择}")
@click.pass_obj
def import_(call: Call, paths: tuple[str, ...], valid_from: date | None, dry_run: bool, answers: Path | None) -> int:
    """Import files or folders."""
    uploads = uploads_of(paths, call)
    answered = answers_in(answers, call) if answers else None
    with call.opened() as (session, actor):
        report = service.run(session, actor, uploads, valid_from, dry_run, call.clock, answered)
    call.answer(
        lambda: shapes.imports.ImportedModel.of(report, call.reader()), lambda: _lines(report, call, dry_run=dry_run)
    )
    return 1 if report.errors else 0


def answers_in(path: Path, call: Call) -> dict[str, str]:
    """What was answered: a JSON object of texts, or of true and false for offers."""
    upload = _read(path, call)
    said = json_files.read(upload.name, upload.data)
    if not isinstance(said, dict):
        raise Misused(call.say("%(path)s 里应为 {问题编号: 选择}。", path=path))
    truth = {True: "yes", False: "no"}
    return {str(key): truth[value] if isinstance(value, bool) else str(value) for key, value in said.items()}


def uploads_of(paths: Sequence[str], call: Call) -> list[Upload]:
    """The files that were named, and their bytes."""
    return [_read(path, call) for path in _files(paths, call)]


def _files(paths: Sequence[str], call: Call) -> list[Path]:
    """The files that were named; of a folder all that can be read."""
    files: list[Path] = []
    for path in map(Path, paths):
        if path.is_dir():
            inside = sorted(
                p for p in path.iterdir() if p.suffix.lower() in READABLE and not p.name.startswith((".", "~"))
            )
            if not inside:
                raise Misused(call.say("文件夹 %(path)s 里没有可导入的文件。", path=path))
            files += inside
        else:
            files.append(path)
    return files


def _read(path: Path, call: Call) -> Upload:
    """A file's bytes."""
    try:
        return Upload(path.name, path.read_bytes())
    except FileNotFoundError:
        raise Misused(call.say("没有文件 %(path)s。", path=path)) from None
    except OSError as error:
        raise Misused(call.say("读不了 %(path)s：%(strerror)s。", path=path, strerror=error.strerror)) from error


def _lines(report: ImportReport, call: Call, *, dry_run: bool) -> Iterator[str]:
    """What was or would be done, then what is odd, then what is wrong."""
    yield from error_lines(report, call)
    yield from _reading_lines(report, call)
    for finding in report.warnings:
        yield call.say("提醒：%(what)s", what=wording.text(finding, call.lang))
    branches = "  ".join(f"{branch} {count}" for branch, count in report.branches.items())
    yield from printing.table(
        call.heads("新增 | 更新 | 不变 | 人员 | 单位 | 场地 | 党支部"),
        [(report.created, report.updated, report.unchanged, report.people, report.units, report.rooms, branches)],
    )
    if dry_run and not report.errors:
        yield call.say("这是预览，什么也没有保存。")


def error_lines(report: ImportReport, call: Call) -> Iterator[str]:
    """What is wrong in the files."""
    for error in report.errors[:SHOWN]:
        text = row_text(error, call.lang)
        if error.row is None:  # a file of settings has fields, and no rows
            yield call.say("%(file)s  %(text)s", file=error.file, text=text)
        else:
            yield call.say("%(file)s 第 %(row)s 行  %(text)s", file=error.file, row=error.row, text=text)
    if len(report.errors) > SHOWN:
        yield call.say("……共 %(count)s 处错误。", count=len(report.errors))
    if report.errors:
        yield call.say("有错误，什么也没有导入。")


def _reading_lines(report: ImportReport, call: Call) -> Iterator[str]:
    """What is said of the reading: told, set aside, asked, offered."""
    for told in report.told:
        yield call.say("说明：%(what)s", what=wording.text(told, call.lang))
    aside = Counter(row.why for row in report.set_aside)
    if aside:
        counted = (f"{readings.why(why, call.lang)} {count}" for why, count in aside.items())
        yield call.say("未作为内容读取：%(what)s", what="；".join(counted))
    for question in report.questions:
        if question.answer is None:
            yield call.say("待回答：%(what)s", what=readings.question(question, call.lang))
            choices = "、".join(f"{key}（{readings.choice(question, key, call.lang)}）" for key in question.choices)
            yield f"    {question.id} = {choices}"
    for offer in report.offers:
        if not offer.is_taken:
            yield call.say("可以登记：%(what)s", what=f"{readings.offer(offer, call.lang)}  {offer.id} = yes")
