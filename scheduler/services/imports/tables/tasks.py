"""The rectification ledger as a table: who answers for a task, by which month, and how far it is."""

from datetime import date

from scheduler.core.organisation.facts import Subject
from scheduler.core.programme import due_months
from scheduler.core.programme.due_months import DueMonth
from scheduler.core.programme.tasks import TaskState
from scheduler.documents.tables import Table
from scheduler.services.imports.tables.belonging import campaign_of, unit_named
from scheduler.services.imports.tables.directory import Directory, looked_up
from scheduler.services.imports.tables.line import TableLine, parts
from scheduler.services.imports.tables.people import Read, lines

STATES = {
    "未开始": TaskState.OPEN,
    "未启动": TaskState.OPEN,
    "推进中": TaskState.UNDER_WAY,
    "进行中": TaskState.UNDER_WAY,
    "正在推进": TaskState.UNDER_WAY,
    "整改中": TaskState.UNDER_WAY,
    "已完成": TaskState.DONE,
    "完成": TaskState.DONE,
    "已销号": TaskState.DONE,
    "长期坚持": TaskState.STANDING,
    **{state.value: state for state in TaskState},
}


def tasks(table: Table, directory: Directory) -> Read:
    """Each task with its days; one without an id is the standing one of the same title, or a new one."""
    for line in lines(table, directory):
        title, opened = line.text("title", required=True), line.day("opened_on")
        key = line.id("id") or directory.tasks.get(looked_up(title)) or directory.new_id("Z")
        directory.tasks[looked_up(title)] = key
        due = _due(line, opened)
        fields: dict[str, object] = {"title": title, "due": due.last if due else None}
        if line.has("opened_on"):
            fields["opened_on"] = opened
        fields |= {column: line.day(column) for column in ("started_on", "closed_on") if line.has(column)}
        fields |= {column: line.person(column) for column in ("leader", "closed_by") if line.has(column)}
        if line.has("lead_unit"):
            fields["lead_unit"] = unit_named(line, "lead_unit", line.text("lead_unit"))
        if line.has("supporting"):
            units = (unit_named(line, "supporting", part) for part in parts(line.text("supporting")))
            fields["supporting"] = tuple(dict.fromkeys(unit for unit in units if unit))
        if line.has("note"):
            fields["note"] = line.text("note")
        _check_days(line, fields)
        if due and line.has("state"):
            _check_state(line, fields, due)
        fields["campaign"] = campaign_of(line, opened)
        yield from line.fact(Subject.TASK, key, fields)


def _due(line: TableLine, opened: date | None) -> DueMonth | None:
    """The month a task is due in; None, and an error that names the customary forms, if the cell names none."""
    text = line.text("due", required=True)
    if not text:
        return None
    campaign = next((c for c in line.directory.campaigns if c.id == line.directory.usual_campaign), None)
    since = opened or (campaign.starts if campaign else date(line.directory.year, 1, 1))
    try:
        return due_months.read(text, since)
    except due_months.NotAMonth:
        line.wrong("due", "not_a_due_month", forms=due_months.CUSTOMARY)
        return None


def _check_days(line: TableLine, fields: dict[str, object]) -> None:
    """A task begins and ends after it was opened, and whoever closes it does not lead it."""
    opened, closer = fields.get("opened_on"), fields.get("closed_by")
    for column in ("started_on", "closed_on"):
        day = fields.get(column)
        if isinstance(opened, date) and isinstance(day, date) and day < opened:
            line.wrong(column, "before_opening", day=opened)
    if closer and closer == fields.get("leader"):
        line.wrong("closed_by", "closed_by_leader")


def _check_state(line: TableLine, fields: dict[str, object], due: DueMonth) -> None:
    """The state that is written must be the one that the days give; of one under way, they may say less."""
    state = line.word("state", STATES) if line.text("state") else None
    if state is None or due.last is None:
        return
    if state is TaskState.STANDING:
        line.wrong("due", "standing_with_month")
    elif state is TaskState.DONE and not fields.get("closed_on"):
        line.wrong("closed_on", "done_without_day")
    elif state is not TaskState.DONE and fields.get("closed_on"):
        line.wrong("state", "closed_but_not_done")
    elif state is TaskState.OPEN and fields.get("started_on"):
        line.wrong("state", "started_but_open")
    elif state is TaskState.UNDER_WAY and not fields.get("started_on"):
        fields["started_on"] = fields.get("opened_on")
        if fields["started_on"] is None:
            line.wrong("started_on", "under_way_without_day")
