"""Import: files or pasted cells → a preview with everything that would change → accepted, all or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from scheduler import edge, wording
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.organisation.facts import Became, Change, FieldChange, RowError
from scheduler.services.imports import run as service
from scheduler.services.imports.run import ImportReport, Upload
from scheduler.web.campaigns.first_steps import onward
from scheduler.web.imports import kept_uploads, mapping, pages, tables
from scheduler.web.page import facts, undo
from scheduler.web.page.fields import Fields, without_field
from scheduler.web.page.texts import _

SHOWN = 200
"""So many changes and errors of a kind are listed; the counts are of all."""


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """What is wrong in one row."""

    file: str
    row: int | None
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What became of one fact; fields as name, before, after."""

    key: str
    became: Became
    fields: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """The changes of one kind of facts."""

    subject: str
    created: int
    updated: int
    lines: list[ChangeLine]
    left_out: int


@pages.get("/import")
@edge.policy(Action.IMPORT)
def imports() -> ResponseReturnValue:
    """What to import."""
    return render_template("imports/upload.html", fields=Fields({}), people=len(facts.roster().people))


@pages.post("/import")
@edge.policy(Action.IMPORT)
@edge.takes_files
def preview_import() -> ResponseReturnValue:
    """What an import would do; nothing is kept but the files, until they are accepted."""
    fields = Fields(request.form)
    uploads = [_upload(file) for file in request.files.getlist("files") if file.filename]
    if pasted := fields.typed("pasted").strip():
        uploads.append(Upload(_("粘贴的表格") + ".csv", pasted.encode()))
    valid_from = fields.day("valid_from")
    if not uploads:
        fields.refuse("files", _("请选择文件，或把表格粘贴到下面。"))
    if fields.is_valid:
        try:
            report = service.run(edge.session(), edge.actor(), uploads, valid_from, True, edge.clock(), {})
        except Malformed as error:
            fields.refuse("pasted" if pasted and len(uploads) == 1 else "files", wording.error(error, edge.lang()))
        else:
            return _preview(report, uploads, kept_uploads.keep(uploads), fields, {})
    return render_template("imports/upload.html", fields=fields, people=len(facts.roster().people)), 422


@pages.post("/import/again")
@edge.policy(Action.IMPORT)
def preview_again() -> ResponseReturnValue:
    """The same files once more, read as was said on the page."""
    fields = Fields(request.form)
    token, answers = fields.text("token"), mapping.answers()
    try:
        uploads = kept_uploads.kept(token)
    except NotFound:
        flash(_("预览已过期，请重新选择文件。"), "warn")
        return redirect(url_for("imports.imports"), 303)
    report = service.run(edge.session(), edge.actor(), uploads, fields.day("valid_from"), True, edge.clock(), answers)
    return _preview(report, uploads, token, fields, answers)


@pages.post("/import/accept")
@edge.policy(Action.IMPORT)
def accept_import() -> ResponseReturnValue:
    """Import what was looked at, the same bytes."""
    fields = Fields(request.form)
    token, valid_from = fields.text("token"), fields.day("valid_from")
    try:
        uploads = kept_uploads.kept(token)
    except NotFound:
        flash(_("预览已过期，请重新选择文件。"), "warn")
        return redirect(url_for("imports.imports"), 303)
    answers = mapping.answers()
    report = service.run(edge.session(), edge.actor(), uploads, valid_from, False, edge.clock(), answers)
    if report.errors:
        return _preview(report, uploads, token, fields, answers)
    kept_uploads.drop(token)
    told = _(
        "已导入：新增 %(created)s，更新 %(updated)s，无变化 %(unchanged)s。",
        created=report.created,
        updated=report.updated,
        unchanged=report.unchanged,
    )
    if report.id is None:
        flash(told, "good")
    else:
        undo.offer(told, url_for("imports.undo_import", number=report.id), button=_("整批撤销"))
    return onward("coverage.home")


def _upload(file: FileStorage) -> Upload:
    """A file, under its bare name."""
    name = (file.filename or "").replace("\\", "/").rpartition("/")[2]
    return Upload(name[:120], file.read())


def _preview(
    report: ImportReport, uploads: Sequence[Upload], token: str, fields: Fields, answers: Mapping[str, str]
) -> ResponseReturnValue:
    """The page that shows what would become of each row, and asks what is not plain; what was pasted can be mended on it."""
    names = facts.names()
    called = tables.names_by_id(report, names)
    errors, changes = tables.beside(report)
    page = render_template(
        "imports/preview.html",
        report=report,
        files=[upload.name for upload in uploads],
        reading=mapping.view(report, answers),
        token=token,
        fields=fields,
        valid_from=fields.day("valid_from"),
        branches=[(names.group(branch), count) for branch, count in report.branches.items()],
        tables=tables.views(report, called),
        edited=fields.text("edit"),
        team=next((q.details["names"] for q in report.questions if q.id == "team:leadership_team"), ()),
        errors=[_error_line(error) for error in errors[:SHOWN]],
        errors_left=max(0, len(errors) - SHOWN),
        groups=_groups(changes, called),
    )
    return page, 422 if report.errors else 200


def _error_line(error: RowError) -> ErrorLine:
    return ErrorLine(
        error.file, error.row, error.field, without_field(Malformed(error.kind, error.field, **error.details))
    )


def _groups(changes: Sequence[Change], called: Mapping[str, str]) -> list[ChangeGroup]:
    """Changes by what they are about."""
    in_order = sorted(changes, key=lambda change: change.subject)
    groups = []
    for subject, group in groupby(in_order, key=lambda change: change.subject):
        several = sorted(group, key=lambda change: (change.became is Became.CREATED, change.key))
        created = sum(change.became is Became.CREATED for change in several)
        lines = [
            ChangeLine(_named(change.key, called), change.became, [_field(field, called) for field in change.fields])
            for change in several[:SHOWN]
        ]
        groups.append(ChangeGroup(subject, created, len(several) - created, lines, max(0, len(several) - SHOWN)))
    return groups


def _named(key: str, called: Mapping[str, str]) -> str:
    """What a fact is about, by name."""
    return " / ".join(called.get(part, part) for part in key.split("/"))


def _field(change: FieldChange, called: Mapping[str, str]) -> tuple[str, str, str]:
    return change.name, tables.value_text(change.before, called), tables.value_text(change.after, called)
