"""The papers of the talks of a rule set: the table by which they are arranged, the ledger in four tables, the matrix."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler import wording
from scheduler.core.coverage.matrix import Cell, MatrixLayout, MatrixSlot, Summed, matrix
from scheduler.core.coverage.report import CoverageState, RequirementState
from scheduler.core.ground.bookings import Booking
from scheduler.core.ground.ids import BookingId, PersonId, RuleSetId
from scheduler.core.ground.person_orders import PersonOrder
from scheduler.core.ground.rates import percent
from scheduler.core.rules.requirements import Severity
from scheduler.documents.papers import LineKind, Paper, PaperLine, PaperTable, Part, Value
from scheduler.services.coverage import report as coverage
from scheduler.services.coverage.report import LedgerLine, Report
from scheduler.services.papers.desk import WritingDesk
from scheduler.store import load
from scheduler.wording.texts import listed, say

SIGNS = {
    CoverageState.COVERED: "√",
    CoverageState.BOOKED: "●",
    CoverageState.AWAITING_CONFIRMATION: "◐",
    CoverageState.OPEN: "○",
}


def report_of(desk: WritingDesk, subject: str) -> Report:
    """Where a rule set stands, the leading one when none is named. Raises NotFound, NotAllowed."""
    rule_set = RuleSetId(subject) if subject else None
    return coverage.report(desk.session, desk.actor, rule_set, desk.day, desk.clock, desk.campaign)


# ── The table by which talks are arranged ────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class _Arranged:
    """A line of the table: who talks with whom, which rules ask for it, and the talk if there is one."""

    first: PersonId
    others: tuple[PersonId, ...]
    whom: str
    rules: str
    talk: Booking | None
    remark: str


def arrangement(desk: WritingDesk, report: Report) -> Paper:
    """谈心谈话安排表: everything that is asked, under who talks, with the time where there is one."""
    lang = desk.lang
    talks = {talk.id: talk for talk in report.coverage.talks}
    lines = [
        line
        for state in report.coverage.requirements
        if state.requirement.severity is not Severity.OPTIONAL or state.talks
        for line in _arranged(desk, report, state, talks)
    ]
    place = {person: number for number, person in enumerate(desk.in_order({line.first for line in lines}))}
    lines.sort(
        key=lambda line: (
            place[line.first],
            line.talk is None,
            line.talk.span.start if line.talk else desk.as_of.moment,
            line.whom,
        )
    )
    post = say("职务", lang)
    heads = [
        say("序号", lang), say("谈话人", lang), post, say("谈话对象", lang), post, say("类别", lang), say("时间", lang),
        say("地点", lang), say("备注", lang),
    ]  # fmt: skip
    rows: list[Sequence[Value]] = [
        [
            number,
            desk.person(line.first),
            desk.post(line.first),
            line.whom,
            desk.post(line.others[0]) if len(line.others) == 1 else "",
            line.rules,
            _time(desk, line.talk),
            desk.place(line.talk.room) if line.talk else "",
            line.remark,
        ]
        for number, line in enumerate(lines, 1)
    ]
    table = PaperTable(
        say("谈话安排", lang), heads, rows, [12, 20, 43, 22, 43, 37, 32, 25, 23], frozenset({0, 1, 3, 6, 7, 8}),
        least_height=8, joined=frozenset({1, 2}),
    )  # fmt: skip
    return desk.paper(say("谈心谈话安排表", lang), [*_about(desk, report), table, *_order(desk)], is_landscape=True)


def _arranged(
    desk: WritingDesk, report: Report, state: RequirementState, talks: dict[BookingId, Booking]
) -> list[_Arranged]:
    """The lines of one requirement: each of its talks, and one without a time for what is still missing."""
    requirement, lang = state.requirement, desk.lang
    rules = listed((desk.rule(report.spec, rule) for rule in requirement.rules), lang)
    period = wording.period_text(requirement.period, lang)
    rules = desk.remarked(rules, period)
    first = requirement.bearers[0]
    told = []
    for talk in (talks[talk] for talk in state.talks):
        who, *others = _sides(talk, first)
        became = wording.label(talk.state(report.as_of), lang)
        told.append(_Arranged(who, tuple(others), desk.people(others), rules, talk, became))
    if state.state is CoverageState.OPEN or not told:
        partners = requirement.pair[1:] if requirement.pair else ()
        whom = desk.people(partners) if partners else _pool(desk, requirement.pool, first)
        late = wording.label("overdue", lang) if state.is_overdue else say("待安排", lang)
        told.append(_Arranged(first, partners, whom, rules, None, late))
    return told


def _sides(talk: Booking, first: PersonId) -> tuple[PersonId, ...]:
    """Who is asked first, then with whom."""
    return (first, *(person for person in talk.people if person != first))


def _pool(desk: WritingDesk, pool: Sequence[PersonId], subject: PersonId) -> str:
    """The people of a pool by the name of their group, or one by one."""
    for group in desk.roster.groups.values():
        if {*pool} in ({*group.members}, {*group.members} - {subject}) and pool:
            return desk.group(group.id)
    return desk.people(pool)


def _time(desk: WritingDesk, talk: Booking | None) -> str:
    """6月16日 上午9:00."""
    return wording.moment_text(desk.local(talk.span.start), desk.lang) if talk else ""


def _about(desk: WritingDesk, report: Report) -> list[Part]:
    """Until when talks are held, how far they are, whom to ask."""
    lang, covered = desk.lang, report.coverage
    window = report.resolution.window
    days = wording.days_text(window.first, window.last, lang) if window.first and window.last else ""
    rate = "—" if covered.rate is None else f"{covered.rate}%"
    told = [
        say("谈话期限：%(days)s", lang, days=days) if days else "",
        say("截至%(day)s", lang, day=wording.date_text(covered.as_of.day, lang)),
        say(
            "必谈 %(required)s 次，已谈 %(covered)s 次，覆盖率 %(rate)s",
            lang,
            required=covered.required,
            covered=covered.covered,
            rate=rate,
        ),
        say("联系人：%(names)s", lang, names=desk.contacts()) if desk.contacts() else "",
    ]
    return [PaperLine(_spaced(told), LineKind.REMARK)]


def _spaced(parts: Sequence[str]) -> str:
    return "　".join(part for part in parts if part)


def _order(desk: WritingDesk) -> list[Part]:
    return [PaperLine(text, LineKind.REMARK)] if (text := desk.order_line()) else []


# ── The ledger ───────────────────────────────────────────────────────────────────────────────────────────────────────
def ledger(desk: WritingDesk, report: Report) -> Paper:
    """谈心谈话台账: line by line, by person, by rule, by month."""
    lang = desk.lang
    lines = coverage.ledger_lines(desk.actor, report)
    parts: list[Part] = [
        *_about(desk, report),
        _details(desk, report, lines),
        _by_person(desk, report, lines),
        _by_rule(desk, report),
        _by_month(desk, lines),
        *_order(desk),
    ]
    return desk.paper(say("谈心谈话台账", lang), parts, is_landscape=True)


def _details(desk: WritingDesk, report: Report, lines: Sequence[LedgerLine]) -> PaperTable:
    lang = desk.lang
    heads = [
        say("序号", lang), say("编号", lang), say("日期", lang), say("时间", lang), say("谈话人", lang), say("职务", lang),
        say("谈话对象", lang), say("职务", lang), say("地点", lang), say("方式", lang), say("类别", lang), say("是否完成", lang),
        say("是否计入", lang), say("备注", lang),
    ]  # fmt: skip
    rows: list[Sequence[Value]] = []
    for number, line in enumerate(lines, 1):
        first, *others = desk.roster.in_rank_order(line.people)
        start, end = desk.local(line.talk.span.start), desk.local(line.talk.span.end)
        rules = listed((desk.rule(report.spec, rule) for rule in line.covers), lang)
        marks = [wording.label("extra", lang)] * line.is_extra + [
            wording.label("no_longer_required", lang)
        ] * line.is_no_longer_required
        rows.append(
            [
                number, line.id, line.day, f"{wording.time_text(start)}–{wording.time_text(end)}", desk.person(first), desk.post(first),
                desk.people(others), listed(filter(None, map(desk.post, others)), lang), desk.place(line.talk.room),
                wording.label(line.talk.mode, lang), rules, wording.label(line.state, lang),
                wording.label("counts" if line.counts else line.why_not or "", lang), listed(marks, lang),
            ]
        )  # fmt: skip
    widths = [9, 12, 22, 26, 15, 34, 17, 40, 19, 12, 46, 17, 17, 12]
    return PaperTable(say("明细", lang), heads, rows, widths, frozenset({0, 1, 2, 3, 4, 6, 9, 11, 12, 13}))


def _by_person(desk: WritingDesk, report: Report, lines: Sequence[LedgerLine]) -> PaperTable:
    """Of everybody how much is asked and covered, and how often they talked in talks that count."""
    lang, rows = desk.lang, report.coverage.rows
    times = Counter(person for line in lines if line.counts for person in line.people)
    heads = [
        say("序号", lang),
        say("姓名", lang),
        say("职务", lang),
        say("应谈", lang),
        say("已谈", lang),
        say("覆盖率（%）", lang),
        say("谈话次数", lang),
    ]
    squares: list[Sequence[Value]] = []
    for number, person in enumerate(desk.in_order({*rows, *times}), 1):
        covered, required = rows.get(person, (0, 0))
        squares.append(
            [
                number,
                desk.person(person),
                desk.unit_and_post(person),
                required,
                covered,
                percent(covered, required),
                times[person],
            ]
        )
    return PaperTable(say("按人", lang), heads, squares, [14, 24, 90, 24, 24, 30, 26], frozenset({0, 1, 3, 4, 5, 6}))


def _by_rule(desk: WritingDesk, report: Report) -> PaperTable:
    lang = desk.lang
    heads = [
        say("规则", lang),
        say("类别", lang),
        say("要求", lang),
        say("应谈", lang),
        say("已谈", lang),
        say("覆盖率（%）", lang),
    ]
    rows: list[Sequence[Value]] = [
        [
            rule, desk.rule(report.spec, rule), wording.label(report.resolution.severity_of[rule], lang), required, covered,
            percent(covered, required),
        ]
        for rule, (covered, required) in report.coverage.by_rule.items()
    ]  # fmt: skip
    return PaperTable(say("按规则", lang), heads, rows, [24, 110, 24, 24, 24, 30], frozenset({0, 2, 3, 4, 5}))


def _by_month(desk: WritingDesk, lines: Sequence[LedgerLine]) -> PaperTable:
    """Of each month how many talks stand in the ledger, how many count, and how often people talked."""
    lang = desk.lang
    heads = [
        say("月份", lang),
        say("记录", lang),
        say("计入（次）", lang),
        say("谈话（人次）", lang),
        say("不计入", lang),
    ]
    rows: list[Sequence[Value]] = []
    for month in sorted({f"{line.day:%Y-%m}" for line in lines}):
        theirs = [line for line in lines if f"{line.day:%Y-%m}" == month]
        counting = [line for line in theirs if line.counts]
        person_times = sum(len(set(line.people)) for line in counting)
        rows.append([month, len(theirs), len(counting), person_times, len(theirs) - len(counting)])
    return PaperTable(say("月度", lang), heads, rows, [36, 36, 36, 36, 36], frozenset(range(5)))


# ── The matrix ───────────────────────────────────────────────────────────────────────────────────────────────────────
def matrix_paper(desk: WritingDesk, report: Report) -> Paper:
    """覆盖矩阵 on A3: who × whom, one page wide, its heads again on every page."""
    lang = desk.lang
    shown = [state for state in report.coverage.requirements if state.requirement.severity is not Severity.OPTIONAL]
    layout = MatrixLayout(desk.order or PersonOrder.RANK, strokes=load.strokes(desk.session))
    laid = matrix(shown, report.roster, report.coverage.rows, layout)
    heads = [
        say("姓名", lang),
        say("职务", lang),
        *(_upright(desk, _slot(desk, report, slot)) for slot in laid.columns),
        say("合计", lang),
    ]
    rows: list[Sequence[Value]] = [
        [
            _slot(desk, report, row.slot), desk.post(row.slot.person), *(_cell(desk, cell, report) for cell in row.cells),
            f"{row.covered}/{row.required}",
        ]
        for row in laid.rows
    ]  # fmt: skip
    columns = len(laid.columns)
    width = max(7.0, min(14.0, (380 - 20 - 46 - 16) / max(columns, 1)))
    table = PaperTable(
        say("覆盖矩阵", lang), heads, rows, [20, 46, *[width] * columns, 16],
        frozenset({0, *range(2, columns + 3)}), least_height=11,
    )  # fmt: skip
    legend = _spaced([f"{sign} {wording.label(state, lang)}" for state, sign in SIGNS.items()])
    note = PaperLine(_spaced([legend, say("空格：不要求，或在另一行", lang)]), LineKind.REMARK)
    return desk.paper(
        say("谈心谈话覆盖矩阵", lang),
        [*_about(desk, report), table, note, *_order(desk)],
        is_landscape=True,
        is_a3=True,
    )


def _slot(desk: WritingDesk, report: Report, slot: MatrixSlot) -> str:
    """What a row or a column is called."""
    if slot.person:
        return desk.person(slot.person)
    if slot.is_pool:
        return desk.group(slot.group) if slot.group else desk.rule(report.spec, slot.rule)
    return desk.unit(slot.unit) if slot.unit else say("未分部门", desk.lang)


def _upright(desk: WritingDesk, text: str) -> str:
    """A head from top to bottom, as Chinese can be written."""
    return "\n".join(text) if desk.is_chinese else text


def _cell(desk: WritingDesk, cell: Cell, report: Report) -> str:
    """The signs of a square, with the day of its talk."""
    if cell is None:
        return ""
    if isinstance(cell, Summed):
        return f"{cell.covered}/{cell.required}"
    return "\n".join(_sign(desk, state, report) for state in cell)


def _sign(desk: WritingDesk, state: RequirementState, report: Report) -> str:
    talks = {talk.id: talk for talk in report.coverage.talks}
    sign = SIGNS[state.state] + ("!" if state.is_overdue else "")
    if not state.talks:
        return sign
    start = desk.local(talks[state.talks[-1]].span.start)
    return f"{sign}\n{start.month}.{start.day}"
