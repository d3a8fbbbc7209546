"""The matrix to take along, as it is filtered: a workbook, and a picture."""

import io
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template, request, send_file
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.coverage.report import CoverageState
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import NotFound
from scheduler.core.ground.rates import percent
from scheduler.core.rules.requirements import Requirement
from scheduler.documents import matrix_files
from scheduler.documents.matrix_files import MatrixSheet, SheetCell, SheetRow
from scheduler.services.coverage.report import Report
from scheduler.web.coverage import home, pages, squares
from scheduler.web.coverage.drawings import SIGNS, Drawing
from scheduler.web.coverage.grids import PrintedCell, Square, SquareGrid, Sum
from scheduler.web.coverage.matrix_page import MatrixPage, drawing_of, page_of
from scheduler.web.page import facts
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _
from scheduler.web.page.words import listed, rate

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class _Extract:
    """What the address asks to take along."""

    report: Report
    names: Names
    page: MatrixPage
    drawing: Drawing

    @property
    def remarks(self) -> list[str]:
        """As of which day, how far it is, and what it is narrowed to."""
        page, args = self.page, request.args
        told = [
            f"{_('截至')} {wording.date_text(page.as_of, edge.lang())}",
            f"{_('覆盖率')} {rate(page.rate)}",
            _("%(covered)s / %(required)s 次", covered=page.covered, required=page.required),
        ]
        person = self.drawing.wanted.person
        narrowed = [
            facts.rule_name(self.report.spec, self.drawing.wanted.rule) if self.drawing.wanted.rule else "",
            self.names.person(person) if person else "",
            wording.label(self.drawing.wanted.state or "", edge.lang()) if args.get("state") else "",
            wording.period_text(self.drawing.wanted.period, edge.lang()) if self.drawing.wanted.period else "",
            wording.label(f"order:{page.order}", edge.lang()),
        ]
        return [" · ".join(filter(None, (page.subtitle,))), " · ".join(told), listed(narrowed)]

    @property
    def file_name(self) -> str:
        """What the file is called, without its ending."""
        return f"{_('覆盖矩阵')} {self.page.as_of.isoformat()}"


@pages.get("/matrix.xlsx")
@edge.policy(Action.SEE_COVERAGE)
def matrix_workbook() -> ResponseReturnValue:
    """The matrix and its list as a workbook."""
    extract = _extract()
    data = matrix_files.workbook(_sheet(extract))
    return send_file(io.BytesIO(data), WORKBOOK, as_attachment=True, download_name=f"{extract.file_name}.xlsx")


@pages.get("/matrix.svg")
@edge.policy(Action.SEE_COVERAGE)
def matrix_picture() -> ResponseReturnValue:
    """The matrix as a picture that any program draws at any size."""
    extract = _extract()
    drawn = render_template(
        "coverage/matrix.svg",
        page=extract.page,
        remarks=extract.remarks,
        columns=[_letters(head.name, head.note) for head in extract.page.matrix.columns],
        states=list(CoverageState),
    )
    data = io.BytesIO(f"{drawn.strip()}\n".encode())
    return send_file(data, "image/svg+xml", as_attachment=True, download_name=f"{extract.file_name}.svg")


def _extract() -> _Extract:
    fields = Fields(request.args)
    report = home.report_of(fields)
    if report is None:
        raise NotFound("rule_set", "")
    names = Names(report.roster, edge.lang(), facts.rooms())
    return _Extract(report, names, page_of(report, names, fields), drawing_of(report, names, fields))


# ── The workbook ─────────────────────────────────────────────────────────────────────────────────────────────────────
def _sheet(extract: _Extract) -> MatrixSheet:
    page, grid = extract.page, extract.page.matrix
    return MatrixSheet(
        title=f"{_('谈心谈话')} · {page.name}",
        remarks=extract.remarks,
        heads=[f"{head.name} {head.note}".strip() for head in grid.columns],
        sum_head=_("合计"),
        rows=[
            SheetRow(row.name, row.position, list(map(_cell, row.cells)), row.covered, row.required)
            for row in grid.rows
        ],
        legend=_legend(grid),
        matrix_name=_("覆盖矩阵"),
        list_name=_("清单"),
        list_heads=[_("谁"), _("与谁"), _("状态"), _("日期"), _("期限"), _("逾期"), _("次数"), _("依据")],
        list_rows=[_line(square, extract) for square in extract.drawing.shown],
    )


def _cell(cell: PrintedCell) -> SheetCell:
    """What stands in a square of the page."""
    if cell is None:
        return SheetCell("", "")
    if isinstance(cell, Sum):
        return SheetCell(f"{rate(percent(cell.covered, cell.required))}\n{cell.covered}/{cell.required}", cell.level)
    if not cell:
        return SheetCell("", "not_asked")
    worst = max(cell, key=lambda square: list(CoverageState).index(square.state))
    return SheetCell("\n".join(map(_sentence, cell)), worst.state)


def _sentence(square: Square) -> str:
    late = "!" if square.is_overdue else ""
    return f"{SIGNS[square.state]}{late}\n{square.short}"


def _legend(grid: SquareGrid) -> list[SheetCell]:
    states = [] if grid.is_folded else list(CoverageState)
    told = [SheetCell(f"{SIGNS[state]} {wording.label(state, edge.lang())}", state) for state in states]
    return [*told, SheetCell(_("不要求"), "not_asked")]


def _line(required: Any, extract: _Extract) -> list[str | date | int | None]:
    requirement: Requirement = required.requirement
    names, first = extract.names, requirement.bearers[0]
    return [
        names.person(first),
        squares.other_side(requirement, first, names),
        wording.label(required.state, names.lang),
        extract.drawing.day_of(required),
        requirement.window.last,
        wording.label("overdue", names.lang) if required.is_overdue else "",
        f"{required.have}/{requirement.needed}",
        listed(facts.rule_name(extract.report.spec, rule) for rule in requirement.rules),
    ]


# ── The picture ──────────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class Letters:
    """The head of a column: Chinese from top to bottom, other writing turned."""

    text: str
    is_turned: bool

    @property
    def length(self) -> int:
        """About how high it is, in points."""
        return (7 if self.is_turned else 14) * len(self.text)


def _letters(name: str, note: str) -> Letters:
    text = f"{name} {note}".strip()
    is_turned = not any(character > "\u2e80" for character in text)
    return Letters(text if is_turned else text.replace(" ", ""), is_turned)
