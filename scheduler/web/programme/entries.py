"""New lines of the programme by hand: each is read as a row of its table is, so that both understand the same words."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import NotFound
from scheduler.core.organisation.facts import ImportReport
from scheduler.services.imports import run as imports
from scheduler.services.imports.run import Upload
from scheduler.services.organisation import people as organisation
from scheduler.services.programme import materials as service
from scheduler.web.page import facts, seen_campaign, undo
from scheduler.web.page.fields import Fields
from scheduler.web.page.once import once
from scheduler.web.page.texts import Later, _, later
from scheduler.web.programme import pages
from scheduler.web.programme.materials import without_material
from scheduler.wording.errors import row_text

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EntryField:
    """A field of the form, called as the column of the table."""

    name: str
    label: Later
    span: str = "s6"
    type: str = "text"
    hint: Later | str = ""
    is_required: bool = False
    choices: Callable[[], list[tuple[str, str]]] | None = None
    """What can be chosen; None: it is typed."""
    suggests: str = ""
    """The list of names that it suggests."""


@dataclass(frozen=True, slots=True)
class EntryForm:
    """The form of one kind of line."""

    title: Later
    lead: Later
    page: str
    """The endpoint of the list it belongs to."""
    columns: tuple[EntryField, ...]


def _units() -> list[tuple[str, str]]:
    names = facts.names()
    return [(unit, names.unit(unit)) for unit in names.roster.units]


def _contacts() -> list[tuple[str, str]]:
    return [(c.id, c.name) for c in organisation.contacts(edge.session(), edge.actor(), edge.clock())]


FORMS = {
    "tasks": EntryForm(
        later("新增整改任务"), later("写清做什么、谁负责、到哪个月。任务多就从 Excel 粘贴。"), "programme.tasks",
        (
            EntryField("title", later("任务"), "", is_required=True),
            EntryField("leader", later("责任领导"), suggests="people-names"),
            EntryField("lead_unit", later("牵头部门"), choices=_units),
            EntryField("supporting", later("配合部门"), hint=later("可以不止一个，用顿号分开")),
            EntryField("due", later("完成时限"), hint=later("如 2014年10月、10月底前、年底前、长期坚持"), is_required=True),
            EntryField("opened_on", later("立项日期"), "s6", "date"),
            EntryField("note", later("进展"), hint=later("一行就够；不写意见内容")),
        ),
    ),
    "opinions": EntryForm(
        later("新增征求意见"), later("只记向谁征求、何时收回，不存意见内容。"), "programme.opinions",
        (
            EntryField("contact", later("单位"), "", choices=_contacts, is_required=True),
            EntryField("asked", later("发出"), "s6", "date", is_required=True),
            EntryField("due", later("截止"), "s6", "date"),
        ),
    ),
    "batches": EntryForm(
        later("新增培训批次"), later("每人只参加一期；人数上限可以不填。"), "programme.batches",
        (
            EntryField("name", later("名称"), "", is_required=True),
            EntryField("start", later("开始"), "s6", "date", is_required=True),
            EntryField("end", later("结束"), "s6", "date"),
            EntryField("place", later("地点")),
            EntryField("cap", later("人数上限"), "s6", "number"),
        ),
    ),
}  # fmt: skip


@pages.get("/progress/<kind>/new")
@edge.policy(Action.IMPORT)
def new_entry(kind: str) -> ResponseReturnValue:
    """The form of a new line."""
    return _form(_form_of(kind), Fields({"asked": facts.today().isoformat(), "opened_on": facts.today().isoformat()}))


@pages.post("/progress/<kind>/new")
@edge.policy(Action.IMPORT)
@once
def add_entry(kind: str) -> ResponseReturnValue:
    """Enter a line, or say beside which field it cannot be."""
    form, fields = _form_of(kind), Fields(request.form)
    row = {field.name: fields.text(field.name, required=field.is_required) for field in form.columns}
    if fields.is_valid:
        report = _entered(kind, [row])
        for error in report.errors:
            name = error.field if error.field in row else form.columns[0].name
            fields.refuse(name, row_text(error, edge.lang()))
        if fields.is_valid:
            return _done(report, form.page, _("已添加：%(name)s。", name=row[form.columns[0].name]))
    return _form(form, fields), 422


@pages.post("/materials/team")
@edge.policy(Action.IMPORT)
@once
def add_team_materials() -> ResponseReturnValue:
    """One material for the team and one for each of its members, where there is none yet."""
    people = without_material(service.offers(edge.session(), edge.actor(), None, edge.clock()))
    if not people:
        return redirect(url_for("programme.materials"), 303)
    report = _entered("materials", [{"person": person or "", "date": "", "step": ""} for person in people])
    return _done(report, "programme.materials", _("已为班子和成员建好 %(count)s 份材料。", count=len(people)))


def _entered(kind: str, rows: Sequence[Row]) -> ImportReport:
    """Rows of the campaign that is looked at, written as those of a table are."""
    campaign = seen_campaign.id_on(facts.today()) or ""
    rows = [{**row, "campaign": campaign} for row in rows]
    text = io.StringIO()
    table = csv.DictWriter(text, _head(kind, rows))
    table.writeheader()
    table.writerows(rows)
    upload = Upload(f"{kind}.csv", text.getvalue().encode())
    answers = {f"table:{upload.name}": kind}
    return imports.run(edge.session(), edge.actor(), [upload], None, False, edge.clock(), answers)


def _head(kind: str, rows: Iterable[Row]) -> list[str]:
    """The columns that are filled in, and one of ids, by which the table is known; they are given as they come."""
    ids = {"batches": "batch"}.get(kind, "id")
    return [ids, *dict.fromkeys(name for row in rows for name in row)]


def _done(report: ImportReport, page: str, told: str) -> ResponseReturnValue:
    if report.id is not None:
        undo.offer(told, url_for("imports.undo_import", number=report.id))
    return redirect(url_for(page), 303)


def _form_of(kind: str) -> EntryForm:
    if kind not in FORMS:
        raise NotFound("page", kind[:20])
    return FORMS[kind]


def _form(form: EntryForm, fields: Fields) -> str:
    chosen = {field.name: field.choices() for field in form.columns if field.choices}
    return render_template(
        "programme/edit.html", form=form, fields=fields, chosen=chosen, people=facts.person_options(facts.names())
    )
