"""A roster as an office keeps it, made plain: one row a person, its unit beside the name; what is no person is set aside."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import dropwhile, groupby

from scheduler.core.organisation.readings import SetAside
from scheduler.documents.headers import OFFICE, TableKind
from scheduler.documents.tables import Row, Table
from scheduler.services.imports.desk import CellAt, Desk
from scheduler.services.imports.tables import posts

_BRACKET = re.compile(r"\s*[(（\[]([^()（）\[\]]*)[)）\]]\s*")
_COUNT = re.compile(r"约?\d+(人|名|people|persons|staff)?", re.IGNORECASE)
_NUMBERING = re.compile(r"^(第?[一二三四五六七八九十]+[、.．]|[(（]?[一二三四五六七八九十\d]+[)）]、?|\d+[、.．])\s*")
_LAST_FIRST = re.compile(r"([^\W\d_][\w'’.\- ]*?),\s*([^\W\d_][\w'’.\- ]*)")
_CALLED = re.compile(r"(.+?)\s*(\([A-Za-z .'-]+\))")
"""What somebody is called besides: Smith, John (Jack)."""
_SUFFIX = re.compile(r"(.*?)\s+(Jr\.?|Sr\.?|I{2,3}|IV)", re.IGNORECASE)
_CODE = re.compile(r"[A-Z]{1,4}\d{0,5}")
_CJK_GAP = re.compile(r"(?<=[\u3400-\u9fff\U00020000-\U0003ffff])\s+(?=[\u3400-\u9fff\U00020000-\U0003ffff（(])")
_YES_NO = {"是": "中共党员", "√": "中共党员", "否": "非党员", "×": "非党员"}
"""What stands below 是否党员."""
_UNIT_KINDS = dict(entry.split("=") for entry in OFFICE["unit_kinds"])
_LEFT = frozenset(OFFICE["left"])
_GONE = re.compile(
    r"去世|病故|病逝|逝世|已故|身故|亡故|离职|离任|辞职|调离|调出|调走|除名|开除|\b(deceased|resigned|terminated|left the)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"拟|待|将|预计|申请|计划|配偶|父|母|家属|亲属|will|expected|due to")
"""What makes of such a remark something that is still to come, or somebody else's."""
_VACANT = frozenset(OFFICE["vacant"])
_VACANT_BEGINS = re.compile(r"[待拟][定补聘招录配任选增]\w{0,3}|vacan(t|cy)\b.*|to be \w+", re.IGNORECASE)
_NOTES = frozenset(OFFICE["name_notes"])
_MOST_TO_TELL_APART = 2
"""Characters in brackets: 张伟（大）; what is longer is a remark."""
_PERSONAL = ("gender", "party_status", "birth", "phone", "identity", "party_day", "email", "id", "branch", "rank")


@dataclass(slots=True)
class Vacancy:
    """A post that a roster names and nobody holds."""

    unit: str
    post: str
    at: CellAt


@dataclass(slots=True)
class RosterNotes:
    """What a roster's rows say besides who is in it."""

    vacancies: list[Vacancy] = field(default_factory=list)
    unit_kinds: dict[str, str] = field(default_factory=dict)
    """Name of a unit → kind, where a bracket says so."""


def unit_name(text: str) -> tuple[str, str]:
    """The name of a unit without numbering, number of people and kind; and the kind, if one is said: 服务中心（事业）."""
    name, kind = _CJK_GAP.sub("", text.strip()), ""
    name = _NUMBERING.sub("", name) or name
    for match in _BRACKET.finditer(name):
        inside = "".join(unicodedata.normalize("NFKC", match[1]).split()).casefold()
        if inside in _UNIT_KINDS or _COUNT.fullmatch(inside):
            kind = _UNIT_KINDS.get(inside, kind)
            name = name.replace(match[0], "")
    return name.strip(), kind


def is_code(text: str) -> bool:
    """Whether a cell holds the id of a unit, not its name: D01, LT."""
    return bool(_CODE.fullmatch(text))


def person_name(text: str) -> tuple[str, tuple[str, ...]]:
    """A name as it is kept, and what stood in brackets behind it: 周海涛（兼）; Smith, John is John Smith."""
    notes: list[str] = []
    name = text.strip().lstrip("*★☆△▲#※")
    for match in _BRACKET.finditer(name):
        words = [word for word in re.split(r"[,，、;\s]+", match[1].casefold()) if word]
        if words and (_is_remark(match[1]) or all(word in _NOTES or re.search("工作|级|兼", word) for word in words)):
            notes += words
            name = name.replace(match[0], " ")
    name = name.strip()
    bare, called = name, ""
    if behind := _CALLED.fullmatch(name):
        bare, called = behind[1], f" {behind[2]}"
    if turned := _LAST_FIRST.fullmatch(bare):
        first, last = turned[2].strip(), turned[1].strip()
        suffixed = _SUFFIX.fullmatch(first)
        name = (f"{suffixed[1]} {last} {suffixed[2]}" if suffixed else f"{first} {last}") + called
    return name, tuple(notes)


def _is_remark(text: str) -> bool:
    """Whether what stands in brackets behind a Chinese name is a remark, and nothing that two of one name are told apart by."""
    said = "".join(text.split())
    return bool(re.search(r"[\u3400-\u9fff]", said)) and (
        len(said) > _MOST_TO_TELL_APART or bool(re.search(r"\d", said))
    )


def is_vacant(text: str) -> bool:
    """Whether what stands in place of a name says that there is nobody."""
    word = unicodedata.normalize("NFKC", text).casefold().strip(" ()[]【】—-")
    return word in _VACANT or bool(_VACANT_BEGINS.fullmatch(word))


def others_word(table: Table) -> str:
    """The word by which a list says that it is of other people than those in service; empty if it does not."""
    above = f"{table.title} {table.file.partition('#')[0].rpartition('.')[0]}".casefold()
    word = next((word for word in OFFICE["lists_of_others"] if word in above), "")
    return word or ("退休" if {"retired_on", "former"} & table.marks.keys() else "")


def tidied(table: Table, desk: Desk, notes: RosterNotes) -> Table | None:
    """A roster made plain; None if it is of other people, and nobody said to take it in."""
    if (word := others_word(table)) and "id" not in table.columns:
        choices = ("leave_aside", "retired" if "退休" in word or "retire" in word else "take_in")
        names = [row.cells.get("name", "") for row in table.rows]
        answer = desk.ask(
            ("other_people", table.file), choices, "leave_aside", CellAt(table.file), word=word, names=names
        )
        if answer in (None, "leave_aside"):
            text = f"{table.title}：{'、'.join(names)}"
            desk.set_aside.append(SetAside(table.file, table.sheet, None, text, "other_people"))
            return None
        if answer == "retired":
            retired = tuple(replace(row, cells={**row.cells, "category": "retired"}) for row in table.rows)
            table = replace(table, rows=retired, columns=tuple(dict.fromkeys((*table.columns, "category"))))
    rows = list(_people(_in_service(table, desk), desk, notes))
    named = {name: None for row in rows for name in row.cells}
    return replace(table, rows=tuple(rows), columns=tuple(dict.fromkeys((*table.columns, *named))))


def _in_service(table: Table, desk: Desk) -> Table:
    """A roster without those of whom it says that they have left, unless it was said to take them in."""
    gone = [row for row in table.rows if _has_left(row) and _name_cell(row)]
    if not gone:
        return table
    names = tuple(person_name(_name_cell(row))[0] for row in gone)
    about = ("leavers", table.file)
    if desk.ask(about, ("leave_aside", "take_in"), "leave_aside", CellAt(table.file), names=names) == "take_in":
        return table
    for row in gone:
        text = f"{person_name(_name_cell(row))[0]} {_has_left(row)}"
        desk.set_aside.append(SetAside(table.file, table.sheet, row.number, text, "has_left"))
    return replace(table, rows=tuple(row for row in table.rows if row not in gone))


def _with_upper_units(table: Table) -> Table:
    """A roster that names the unit above as well (一级部门): whoever has no unit of their own is in that one."""
    if "upper_unit" not in table.marks:
        return table
    rows = [
        replace(r, cells={**r.cells, "unit": r.cells.get("unit") or r.marks.get("upper_unit", "")}) for r in table.rows
    ]
    return replace(table, rows=tuple(rows), columns=tuple(dict.fromkeys((*table.columns, "unit"))))


def _has_left(row: Row) -> str:
    """The words by which a row says that somebody is here no more: a state, or a remark such as 2026年5月去世; empty if none."""
    state = row.marks.get("state", "")
    if state.casefold() in _LEFT:
        return state
    return next(
        (said for said in (state, row.marks.get("remark", "")) if _GONE.search(said) and not _AHEAD.search(said)), ""
    )


def _people(table: Table, desk: Desk, notes: RosterNotes) -> Iterator[Row]:
    """The rows that are people, each with its unit."""
    table = _with_upper_units(table)
    has_units = "unit" in table.columns
    is_filled_down = has_units and _has_gaps([row.cells["unit"] for row in table.rows])
    unit = before = ""
    for row in table.rows:
        name = _name_cell(row)
        own = row.cells.get("unit", "")
        if not has_units and (section := _section(row, name)):
            unit = section
            desk.set_aside.append(SetAside(table.file, table.sheet, row.number, section, "unit_heading"))
            continue
        if has_units:
            unit = own or (before if is_filled_down else "")
            before = unit or before
        if why := _why_nobody(row, name):
            _put_aside(table, row, why, (desk, notes), unit)
            continue
        cells = {**row.cells, "name": name}
        if has_units and not unit and before and not posts.leads(row.cells.get("position", "")):
            desk.tell("unit_not_said", person_name(name)[0], row=row.number, file=table.file)
        if has_units or unit:
            cells["unit"] = unit
        yield _plain(replace(row, cells=cells), notes)


def _name_cell(row: Row) -> str:
    """The name as it stands; one that stands in two columns is put together."""
    if "name" in row.cells:
        return row.cells["name"]
    first, last = row.marks.get("first_name", ""), row.marks.get("last_name", "")
    return f"{first} {last}".strip() if (first + last).isascii() or (first + last)[:1] < "⺀" else f"{last}{first}"


def _has_gaps(units: list[str]) -> bool:
    """Whether a column looks as merged cells do when they are saved as text: each unit once, then blanks.

    A unit may be written again where a page begins; those who lead may stand above the first one without any.
    """
    rows = list(dropwhile(lambda unit: not unit or posts.is_leadership(unit), units))
    said = [unit for unit in rows if unit]
    units_in_turn = [unit for unit, _ in groupby(said)]
    again, blanks = len(said) - len(units_in_turn), len(rows) - len(said)
    return blanks > 2 * again and len(set(units_in_turn)) == len(units_in_turn)


def _section(row: Row, name: str) -> str:
    """The unit that a row is the heading of, in a roster without a column for it: one text in all of the row."""
    texts = {text for text in (*row.cells.values(), *row.marks.values()) if text}
    if len(texts) != 1:
        return ""
    [text] = texts
    is_spread = len([t for t in (*row.cells.values(), *row.marks.values()) if t]) > 1
    named, _kind = unit_name(text)
    looks = (
        text != named
        or posts.is_leadership(named)
        or bool(re.search(r"(部|室|科|处|中心|办|组|局|所|站|院|会)$", named))
    )
    return text if is_spread or not name or (looks and len(named) > 1) else ""


def _why_nobody(row: Row, name: str) -> str | None:
    """Why a row of a roster is no person; None if it is one."""
    bare = "".join(name.split())
    if not bare:
        if _is_lone_text(row):
            return "footnote"
        if any(row.cells.get(column) or row.marks.get(column) for column in _PERSONAL):
            return None  # somebody whose name is missing: an error of the row
        if row.cells.get("position"):
            return "vacant"
        return "nobody" if any(text for column, text in row.cells.items() if column != "unit") else "empty"
    if is_vacant(bare):
        return "vacant"
    if _COUNT.fullmatch(bare) and not row.cells.get("position"):
        return "total"
    return "footnote" if re.match(r"(备注|注|说明|制表|审核|填报)[人:：]", bare) else None


def _is_lone_text(row: Row) -> bool:
    """Whether all that a row says is one text with a space or a sign in it, in a column of ids: `Confidential - HR use only`."""
    texts = [text for text in (*row.cells.values(), *row.marks.values()) if text]
    return len(texts) == 1 and texts[0] == row.cells.get("id") and not re.fullmatch(r"[\w.\-]+", texts[0])


def _put_aside(table: Table, row: Row, why: str, to: tuple[Desk, RosterNotes], unit: str) -> None:
    """Set a row aside; a post that nobody holds is a fact about its unit."""
    desk, notes = to
    words = [text for text in (*row.cells.values(), *row.marks.values()) if text]
    desk.set_aside.append(SetAside(table.file, table.sheet, row.number, " ".join(dict.fromkeys(words)), why))
    if why == "vacant":
        post = _BRACKET.sub("", row.cells.get("position", "")).strip()
        notes.vacancies.append(Vacancy(unit_name(unit)[0], post, CellAt(table.file, row.number)))


def _plain(row: Row, notes: RosterNotes) -> Row:
    """A person's row with name and unit as they are kept; what stood in brackets is a mark of the row."""
    name, said = person_name(row.cells["name"])
    cells: dict[str, str] = {**row.cells, "name": name}
    if (told := _YES_NO.get(cells.get("party_status", "").strip())) is not None:
        cells["party_status"] = told
    if manager := row.cells.get("manager"):
        cells["manager"] = person_name(manager)[0]
    if text := row.cells.get("unit"):
        cells["unit"], kind = unit_name(text)
        if kind:
            notes.unit_kinds[cells["unit"]] = kind
    return replace(row, cells=cells, marks={**row.marks, "notes": " ".join(said)})


def each(tables: Iterable[Table], desk: Desk, notes: RosterNotes) -> list[Table]:
    """All tables, the rosters among them made plain."""
    plain = [tidied(table, desk, notes) if table.kind is TableKind.ROSTER else table for table in tables]
    return [table for table in plain if table is not None]


Marks = Mapping[str, str]
