"""The tables that are known, and the words by which their columns are."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class TableKind(StrEnum):
    """The tables that can be imported."""

    ROSTER = "roster"
    UNITS = "units"
    ROOMS = "rooms"
    EVENTS = "events"
    TALK_LOG = "talk_log"
    ATTENDANCE = "attendance"
    UNAVAILABILITY = "unavailability"
    CALENDAR = "calendar"
    EXTERNAL_CONTACTS = "external_contacts"
    OCCURRENCES = "occurrences"
    CONTACT_POINTS = "contact_points"
    STUDY_TARGETS = "study_targets"
    STUDY_EXEMPTIONS = "study_exemptions"


@dataclass(frozen=True, slots=True)
class Heading:
    """How a table is known by its first row."""

    kind: TableKind
    words: Mapping[str, tuple[str, ...]]
    """Each column's name in code (which is an English word for it too) and its Chinese and further English words."""
    needed: tuple[str, ...]
    """Columns without which it is not this table."""
    one_of: tuple[str, ...] = ()
    """At least one of these must stand there as well."""


_ID = ("编号", "代码", "工号")
_PERSON = ("人员", "姓名", "人员编号")
_DATE = ("日期",)
_START, _END = ("开始", "开始时间", "起始时间"), ("结束", "结束时间")
_ROOM = ("地点", "场地", "会议室", "place", "location")

HEADINGS = (
    Heading(
        TableKind.ROSTER,
        {
            "id": _ID,
            "name": ("姓名",),
            "gender": ("性别", "sex"),
            "unit": ("部门", "单位", "所在部门", "部门单位", "department"),
            "position": ("职务", "职位", "title", "post"),
            "rank": ("职务排序", "排序"),
            "category": ("类别", "人员类别"),
            "party_status": ("政治面貌",),
            "branch": ("党支部", "支部", "所在党支部"),
            "group": ("党小组", "party_group"),
            "tags": ("标签", "tag"),
            "manager": ("上级", "直接上级"),
            "email": ("邮箱", "电子邮箱", "电子邮件", "邮件", "mail"),
        },
        needed=("name",),
        one_of=("gender", "unit", "position", "rank", "party_status", "branch", "tags", "manager", "email"),
    ),
    Heading(
        TableKind.UNITS,
        {
            "id": _ID,
            "name": ("名称", "部门", "单位", "单位名称", "部门名称"),
            "en": ("英文", "英文名称", "name_en"),
            "kind": ("类别", "类型"),
            "in_charge": ("分管领导",),
            "head": ("负责人",),
            "acting_head": ("主持工作", "主持工作负责人"),
        },
        needed=("name",),
        one_of=("in_charge", "head", "acting_head"),
    ),
    Heading(
        TableKind.ROOMS,
        {
            "id": _ID,
            "name": ("名称", "会议室", "场地"),
            "en": ("英文", "英文名称", "name_en"),
            "capacity": ("容量", "容纳人数", "座位数"),
            "use": ("用途",),
        },
        needed=("name",),
        one_of=("capacity", "use"),
    ),
    Heading(
        TableKind.EVENTS,
        {
            "id": _ID,
            "kind": ("类型", "类别"),
            "title": ("名称", "会议名称", "主题"),
            "date": _DATE,
            "start": _START,
            "end": _END,
            "room": _ROOM,
            "audience": ("范围", "参加范围", "参会范围"),
            "host": ("主持", "主持人"),
            "note": ("备注",),
        },
        needed=("title", "date", "start", "end"),
    ),
    Heading(
        TableKind.TALK_LOG,
        {
            "id": _ID,
            "date": _DATE,
            "start": _START,
            "end": _END,
            "room": _ROOM,
            "participants": ("参加人", "谈话双方", "谈话人", "people"),
            "mode": ("方式", "谈话方式"),
            "status": ("状态",),
            "note": ("备注",),
        },
        needed=("date", "start", "end", "participants"),
    ),
    Heading(
        TableKind.ATTENDANCE,
        {
            "session": ("会次", "学习编号"),
            "date": _DATE,
            "hours": ("学时",),
            "person": _PERSON[:1] + _PERSON[2:],
            "name": ("姓名",),
            "status": ("出勤", "出勤情况"),
            "makeup_date": ("补课日期", "makeup"),
            "reason": ("请假事由", "事由"),
        },
        needed=("session", "person", "status"),
    ),
    Heading(
        TableKind.UNAVAILABILITY,
        {
            "person": _PERSON,
            "from": ("起", "开始日期", "起始日期"),
            "to": ("止", "结束日期", "截止日期"),
            "reason": ("原因类别", "原因"),
            "rule": ("规则",),
        },
        needed=("person", "from", "to"),
    ),
    Heading(
        TableKind.CALENDAR,
        {
            "date": _DATE,
            "weekday": ("星期",),
            "workday": ("工作日", "是否工作日"),
            "note": ("说明", "备注"),
        },
        needed=("date", "workday"),
    ),
    Heading(
        TableKind.EXTERNAL_CONTACTS,
        {"id": _ID, "kind": ("类别", "类型"), "name": ("名称", "姓名", "单位名称"), "use": ("用途",)},
        needed=("kind", "name", "use"),
    ),
    Heading(
        TableKind.OCCURRENCES,
        {"kind": ("情形",), "person": _PERSON, "date": _DATE},
        needed=("kind", "person", "date"),
    ),
    Heading(
        TableKind.CONTACT_POINTS,
        {"person": (*_PERSON, "领导"), "unit": ("联系点", "联系单位", "contact_point")},
        needed=("person", "unit"),
    ),
    Heading(
        TableKind.STUDY_TARGETS,
        {
            "id": _ID,
            "campaign": ("活动",),
            "audience": ("范围", "参加范围"),
            "minus": ("除外",),
            "days": ("天数",),
            "hours": ("学时", "要求学时"),
            "from": ("起",),
            "by": ("止", "截止"),
            "pro_rata": ("按比例",),
        },
        needed=("audience", "hours", "from", "by"),
    ),
    Heading(
        TableKind.STUDY_EXEMPTIONS,
        {
            "target": ("目标", "学习目标"),
            "person": _PERSON,
            "hours": ("免除学时", "学时"),
            "reason": ("原因类别", "原因"),
            "by": ("批准", "批准人"),
            "date": _DATE,
        },
        needed=("target", "person", "hours"),
    ),
)


@dataclass(frozen=True, slots=True)
class Columns:
    """What a header row was understood as."""

    heading: Heading
    at: Mapping[str, int]
    """Where each known column stands, counted from 0."""
    unknown: tuple[str, ...]
    """Words that name no column of this table; their cells are left aside."""


def recognise(cells: Sequence[str]) -> Columns | None:
    """The table whose columns fit a header row best, in any order; None if it is no known table's."""
    fits = [columns for heading in HEADINGS if (columns := _fit(heading, cells))]
    return max(fits, key=lambda columns: (len(columns.at), -len(columns.unknown)), default=None)


def _fit(heading: Heading, cells: Sequence[str]) -> Columns | None:
    """A header row as one table's, if its needed columns all stand there."""
    at: dict[str, int] = {}
    unknown = []
    for place, cell in enumerate(cells):
        column = _column(heading, cell)
        if column and column not in at:
            at[column] = place
        elif cell:
            unknown.append(cell)
    is_complete = all(column in at for column in heading.needed)
    has_one = not heading.one_of or any(column in at for column in heading.one_of)
    return Columns(heading, at, tuple(unknown)) if is_complete and has_one else None


def _column(heading: Heading, cell: str) -> str | None:
    """The column that a cell of the header names: in Chinese, in English, or in both as in `编号 id`."""
    chinese, english = _halves(cell)
    for column, words in heading.words.items():
        if chinese and chinese in words:
            return column
    if chinese and english in ("", "id"):
        return None  # a Chinese word of its own, such as 身份证号 ID
    return next((c for c, words in heading.words.items() if english and english in (c, *words)), None)


def _halves(cell: str) -> tuple[str, str]:
    """The Chinese and the English word of a header cell; brackets, stars and spaces do not matter."""
    text = unicodedata.normalize("NFKC", cell).casefold()
    chinese = "".join(character for character in text if "\u4e00" <= character <= "\u9fff")
    letters = "".join(c if c.isascii() and (c.isalnum() or c == "_") else " " for c in text)
    return chinese, "_".join(letters.split())
