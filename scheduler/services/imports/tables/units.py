"""Units, who heads them and who is in charge of them: tables of units, the division of work among leaders, branches."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from scheduler.core.ground.ids import GroupId, PersonId, UnitId
from scheduler.core.organisation.chart import BRANCH
from scheduler.core.organisation.facts import Given, Source, Subject
from scheduler.documents.tables import Table
from scheduler.services.imports.tables import posts, remarks, rosters, words
from scheduler.services.imports.tables.directory import Directory
from scheduler.services.imports.tables.line import TableLine
from scheduler.services.imports.tables.people import Read, lines

_ACTS = re.compile(r"([\u4e00-\u9fff·]{2,12}?)(?:同志)?(?:临时|暂时|暂|代为)?主持.{0,6}工作")
_VACANT_BUT = re.compile(
    r"\s*([^（()）]*?)\s*[，,、（(]\s*由?([\u4e00-\u9fff·]{2,12}?)(?:同志)?(?:临时|暂时|暂|代为)?(?:主持|负责|代理|牵头).*"
)
"""空缺（沈涛主持）: nobody heads it, and who does the work meanwhile."""
_ASSISTS = re.compile(r"([^、，,；;。]+)[（(](?:协助|协管|配合)[^（()）]*[)）]")
_UNIT_END = re.compile(r"(部|室|科|处|中心|办|组|局|所|站|院|会|队|股|公司)$")
_COMMITTEE = (
    "secretary", "deputy", "organisation_member", "publicity_member", "discipline_member", "youth_member", "committee",
)  # fmt: skip


def meet_units(rows: Iterable[TableLine], directory: Directory) -> list[tuple[TableLine, UnitId]]:
    """Which unit each row is: by id; without one by name, else a new one."""
    met = []
    for line in rows:
        if line.is_office:
            line.cells = {**line.cells, "name": rosters.unit_name(line.cells.get("name", ""))[0]}
        name = line.text("name", required=True)
        unit_id = UnitId(line.id("id")) or directory.unit(name)
        if unit_id == name and unit_id not in directory.units and not line.id("id"):
            unit_id = UnitId(directory.new_id("D"))
        directory.units[unit_id] = name
        met.append((line, unit_id))
    return met


def units(met: Iterable[tuple[TableLine, UnitId]]) -> Read:
    """The facts about units: names, kind and who holds the posts."""
    for line, unit_id in met:
        fields: dict[str, object] = {"name": line.text("name")}
        if line.has("en"):
            fields["name_en"] = line.text("en")
        if line.has("kind"):
            fields["kind"] = _kind(line)
        if line.has("in_charge"):
            fields["in_charge"] = line.people("in_charge")
        for post in ("head", "acting_head"):
            if line.has(post):
                fields[post] = _holder(line, post, fields) or fields.get(post)
        if line.is_office and line.has("head"):
            _look_at_head(line, fields)
        yield from line.fact(Subject.UNIT, unit_id, fields)


def _holder(line: TableLine, post: str, fields: dict[str, object]) -> PersonId | None:
    """Who holds a post; where a cell says that nobody does and who does the work meanwhile, that one acts."""
    match = _VACANT_BUT.fullmatch(line.text(post)) if line.is_office else None
    if match is None or not rosters.is_vacant(match[1]):
        return line.person(post)
    if post == "head" and (acting := _at_end(match[2], line.directory)):
        fields["acting_head"] = acting
    elif post == "head":
        source = line.source
        line.directory.desk.tell("names_nobody", match[2], file=source.file, row=source.row, field=post)
    return None


def are_vacant(met: Iterable[tuple[TableLine, UnitId]]) -> set[UnitId]:
    """The units of which a table of units says that nobody heads them."""
    return {unit_id for line, unit_id in met if line.is_office and rosters.is_vacant(line.text("head"))}


def _kind(line: TableLine) -> str | None:
    """What kind of unit it is; in a table without ids, a word that nobody knows is told and is a department."""
    if line.is_office and words.meaning(line.text("kind"), words.UNIT_KINDS) is None:
        line.directory.desk.tell("unit_kind_unknown", line.text("name"), word=line.text("kind"))
        return "dept"
    return line.word("kind", words.UNIT_KINDS)


def _look_at_head(line: TableLine, fields: dict[str, object]) -> None:
    """A head who only acts, by the cell or by the remark: 沈涛（主持工作）, 沈涛主持工作; and a head who is one besides."""
    cell, remark = line.text("head"), line.marks.get("remark", "")
    name, desk = line.text("name"), line.directory.desk
    acting = fields.get("head") if posts.acts(cell) else None
    if acting:
        fields["head"] = None
    acting = acting or fields.get("acting_head")
    if not fields.get("head") and not acting and (match := _ACTS.search(remark)):
        acting = _at_end(match[1], line.directory)
    if acting and not fields.get("acting_head"):
        fields["acting_head"] = acting
    if acting:
        desk.tell(
            "unit_acts", name, post="", acting=min(line.directory.names[PersonId(str(acting))]), file=line.source.file
        )
    elif not fields.get("head"):
        desk.tell("unit_vacant", name, post="", acting="", file=line.source.file)
    if fields.get("head") and fields.get("head") in (fields.get("in_charge") or ()):  # type: ignore[operator]  # people
        desk.tell("heads_and_in_charge", name, person=min(line.directory.names[PersonId(str(fields["head"]))]))


def _at_end(text: str, directory: Directory) -> PersonId | None:
    """The one person whose name a text ends with: 由副部长徐达."""
    ends = (text[-length:] for length in range(min(len(text), 6), 1, -1))
    people = next((several for end in ends if (several := directory.namesakes(end))), [])
    return people[0] if len(people) == 1 else None


def division(tables: Iterable[Table], directory: Directory) -> Iterator[Given]:
    """Who is in charge of which units, out of the leaders' division of work. Whoever only assists is told."""
    people: defaultdict[UnitId, list[PersonId]] = defaultdict(list)
    source: dict[UnitId, Source] = {}
    for table in tables:
        for line in lines(table, directory):
            person = line.person("name")
            if person is None:
                continue
            for unit in in_charge_of(line, line.text("units")):
                people[unit].append(person)
                source.setdefault(unit, line.source)
    for unit, leaders in people.items():
        yield Given(Subject.UNIT, unit, {"in_charge": tuple(dict.fromkeys(leaders))}, source[unit])


def in_charge_of(line: TableLine, said: str) -> Iterator[UnitId]:
    """The units that a cell of a line gives somebody to be in charge of; what names no unit is told."""
    directory, who = line.directory, line.cells.get("name", "")
    for clause in re.split(r"[。；;\n]", said):
        text = clause.strip()
        whole_of = re.match(r"[^，,]*全面[^，,]*", text)
        leads = whole_of[0] if whole_of else text if text.casefold() in ("overall", "all", "overall management") else ""
        if leads:
            text = text[whole_of.end() :] if whole_of else ""
        for aside in _ASSISTS.finditer(text):
            directory.desk.tell("assists", who, text=aside[0])
        text = _ASSISTS.sub("", text)
        has_units = False
        whole, _, assisted = text.partition("协助") if "协助" in text else text.partition("协管")
        for name in remarks.units_in(re.sub(r"^(并|同时)?(分管|主管|负责|联系|管理)[:：]?", "", whole.strip("，,、 "))):
            if (unit := unit_meant(directory, name)) in directory.units:
                has_units = True
                yield unit
            else:
                tell_unknown_units(line, [name])
        if leads and not has_units:
            directory.desk.tell("leads_all", who, text=leads)
        if assisted:
            directory.desk.tell("assists", who, text=f"协助{assisted}")


def unit_meant(directory: Directory, name: str) -> UnitId:
    """The unit that a list of units names: 党政办 is 党政办公室."""
    bare = rosters.unit_name(name)[0]
    unit = directory.unit(bare)
    return directory.unit(f"{bare}公室") if unit not in directory.units and bare.endswith("办") else unit


def tell_unknown_units(line: TableLine, names: Iterable[str]) -> None:
    """Say which of the units that somebody is said to be in charge of there are not, as far as a name looks like a unit's."""
    for name in names:
        looks = bool(_UNIT_END.search(name)) or name.isascii()
        if looks and unit_meant(line.directory, name) not in line.directory.units:
            source = line.source
            who = line.cells.get("name", "")
            line.directory.desk.tell("names_no_unit", who, unit=name, file=source.file, row=source.row)


def meet_branches(tables: Iterable[Table], directory: Directory) -> None:
    """Take note of branches by name, so that a roster may name them."""
    for table in tables:
        for row in table.rows:
            if name := "".join(row.cells.get("name", "").split()):
                group = GroupId(row.cells.get("id", "") or directory.group(name))
                directory.groups[group] = name


def branches(tables: Iterable[Table], directory: Directory) -> Read:
    """Branches with secretary and committee."""
    for table in tables:
        for line in lines(table, directory):
            name = "".join(line.text("name", required=True).split())
            committee: dict[PersonId, None] = {}
            for column in _COMMITTEE:
                if line.has(column):
                    committee.update(dict.fromkeys(line.people(column)))
            fields: dict[str, object] = {"kind": BRANCH, "name": name, "committee": tuple(committee)}
            secretary = line.people("secretary")
            fields["secretary"] = secretary[0] if secretary else None
            if not secretary:
                directory.desk.tell("branch_without_secretary", name, file=table.file)
            if line.has("members"):
                fields["members"] = line.people("members")
            yield from line.fact(Subject.GROUP, line.id("id") or directory.group(name), fields)
