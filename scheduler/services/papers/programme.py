"""The papers of the programme: the rectification ledger (整改台账), and where opinions came from and on what (征求意见情况表)."""

from collections.abc import Mapping, Sequence

from scheduler import wording
from scheduler.core.programme.tasks import TaskLine
from scheduler.documents.papers import LineKind, Paper, PaperLine, PaperTable, Part, Value
from scheduler.services.papers.desk import WritingDesk
from scheduler.services.programme import opinions as opinion_service
from scheduler.services.programme import tasks as task_service
from scheduler.store import load
from scheduler.wording.programme import SOURCES, TASK_STATES
from scheduler.wording.texts import listed, say


def tasks(desk: WritingDesk) -> Paper:
    """整改台账: task by task, who answers for it, by when, how far it is."""
    lang = desk.lang
    ledger = task_service.ledger(desk.session, desk.actor, desk.day, desk.clock, desk.campaign)
    heads = [
        say("序号", lang), say("编号", lang), say("整改事项", lang), say("责任领导", lang), say("牵头部门", lang), say("配合部门", lang),
        say("完成时限", lang), say("状态", lang), say("进展", lang), say("销号日期", lang),
    ]  # fmt: skip
    rows = [_task(desk, number, line) for number, line in enumerate(ledger.lines, 1)]
    table = PaperTable(
        say("整改台账", lang), heads, rows, [12, 16, 62, 22, 30, 36, 24, 18, 42, 24],
        frozenset({0, 1, 3, 6, 7, 9}), least_height=9,
    )  # fmt: skip
    counts = [f"{wording.label(f'task:{state}', lang)} {count}" for state, count in ledger.by_state.items()]
    about = [say("截至%(day)s", lang, day=desk.today), *counts]
    if ledger.late:
        about.append(say("逾期 %(count)s", lang, count=len(ledger.late)))
    return desk.paper(say("整改台账", lang), [PaperLine("　".join(about), LineKind.REMARK), table], is_landscape=True)


def _task(desk: WritingDesk, number: int, line: TaskLine) -> Sequence[Value]:
    task, lang = line.task, desk.lang
    due = wording.period_text(f"{task.due:%Y-%m}", lang) if task.due else say(TASK_STATES["standing"], lang)
    state = say(TASK_STATES[line.state], lang)
    closed = task.closed_on if line.state == "done" else None
    return [
        number, task.id, task.title, desk.person(task.leader), desk.unit(task.lead_unit) if task.lead_unit else "",
        listed(map(desk.unit, task.supporting), lang), due,
        desk.remarked(state, wording.label("overdue", lang) if line.is_late else ""), task.note, closed,
    ]  # fmt: skip


def opinions(desk: WritingDesk) -> Paper:
    """征求意见情况表: who was asked and answered, how many came from where and on what; never what they say."""
    lang = desk.lang
    told = opinion_service.overview(desk.session, desk.actor, desk.day, desk.clock, desk.campaign)
    requested, tally = told.requests, told.tally
    contacts = {contact.id: contact.name for contact in load.contacts(desk.session)}
    requests: list[Sequence[Value]] = [
        [
            number, request.id, contacts.get(request.contact, request.contact), request.sent_on, request.due,
            request.received_on if request.id in requested.received else None,
            wording.label("overdue", lang) if request.id in requested.late else "",
        ]
        for number, request in enumerate(requested.requests, 1)
    ]  # fmt: skip
    rate = "—" if requested.rate is None else f"{requested.rate}%"
    about = say(
        "截至%(day)s　发出 %(asked)s 份，收回 %(received)s 份，回收率 %(rate)s；意见 %(items)s 条，%(areas)s 个方面", lang,
        day=desk.today, asked=requested.total, received=requested.received_total, rate=rate, items=tally.items, areas=tally.areas,
    )  # fmt: skip
    sources = {say(SOURCES.get(source, source), lang): count for source, count in tally.by_source.items()}
    parts: list[Part] = [
        PaperLine(about, LineKind.REMARK),
        _counts(desk, say("渠道", lang), sources),
        PaperLine("", LineKind.REMARK),
        _counts(desk, say("方面", lang), tally.by_area),
        PaperLine("", LineKind.REMARK),
        PaperTable(
            say("书面征求", lang),
            [say("序号", lang), say("编号", lang), say("征求对象", lang), say("发出", lang), say("期限", lang), say("收回", lang), say("备注", lang)],
            requests, [12, 18, 62, 24, 24, 24, 20], frozenset({0, 1, 3, 4, 5, 6}),
        ),
    ]  # fmt: skip
    return desk.paper(say("征求意见情况表", lang), parts)


def _counts(desk: WritingDesk, head: str, counts: Mapping[str, int]) -> PaperTable:
    """How many opinions of each, and in all."""
    lang = desk.lang
    rows: list[Sequence[Value]] = [[what, count] for what, count in counts.items()]
    rows.append([say("合计", lang), sum(counts.values())])
    return PaperTable(head, [head, say("条数", lang)], rows, [120, 40], frozenset({1}))
