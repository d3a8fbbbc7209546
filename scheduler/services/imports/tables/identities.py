"""Who the rows of a roster are: known people, new ones, one person in two rows, two people of one name."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from scheduler.core.ground.grouping import grouped
from scheduler.core.ground.ids import PersonId
from scheduler.core.organisation.readings import SetAside
from scheduler.documents.tables import Table
from scheduler.services.imports.desk import CellAt
from scheduler.services.imports.tables import posts
from scheduler.services.imports.tables.directory import Directory
from scheduler.services.imports.tables.line import TableLine

SAME, DIFFERENT, NEW = "same", "different", "new"
_TOTAL_SAID = re.compile(r"(?:合计|总计|共计?|total)\D{0,12}(\d+)", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


@dataclass(slots=True)
class RosterRow:
    """A row of a roster, and who it is."""

    line: TableLine
    name: str
    unit: str
    """The id of the unit, or what stands in its cell if there is no such unit."""
    person: PersonId | None = None
    """None: it cannot be said, or not yet."""
    is_further: bool = False
    """Whether it is a second row of somebody, with a post held besides."""

    @property
    def at(self) -> CellAt:
        """Where it stands."""
        return CellAt(self.line.source.file, self.line.source.row)

    @property
    def book(self) -> str:
        """The file itself, whatever sheet of it the row stands on."""
        return self.line.source.file.partition("#")[0]

    @property
    def position(self) -> str:
        """The post as it stands."""
        return self.line.cells.get("position", "")

    def mark(self, name: str) -> str:
        """Something that tells people apart, in one way of writing."""
        text = unicodedata.normalize("NFKC", self.line.marks.get(name, "") or self.line.cells.get(name, ""))
        if name == "birth":
            digits = _DIGITS.findall(text)
            joined = digits[0] if len(digits) == 1 else "".join(part.zfill(2) for part in digits[:2])
            return joined[:6]
        if name == "phone":
            return "".join(_DIGITS.findall(text))
        return "".join(text.split()).casefold()


@dataclass
class _Met:
    """Who was met so far in one import of rosters."""

    taken: defaultdict[str, set[PersonId]] = field(default_factory=lambda: defaultdict(set))
    """By file: whom rows without an id were taken for."""


def meet(lines: Iterable[TableLine], directory: Directory) -> list[RosterRow]:
    """Who each row of the rosters is, before any other table refers to them."""
    rows = [_row(line, directory) for line in lines]
    by_name: defaultdict[tuple[str, str], list[RosterRow]] = defaultdict(list)
    for row in rows:
        if row.name and not row.person:
            by_name[row.book, row.name].append(row)
    first_of: dict[int, RosterRow] = {}
    apart: set[str] = set()
    waiting: set[int] = set()
    for (_, name), namesakes in by_name.items():
        if len(namesakes) > 1:
            _sort_out(name, namesakes, directory, (first_of, waiting, apart))
    met = _Met()
    for row in rows:
        if id(row) in waiting:
            continue
        _meet_one(row, first_of.get(id(row)), met, directory)
    _prefer_main_posts(rows, first_of)
    return rows


def _row(line: TableLine, directory: Directory) -> RosterRow:
    person_id = line.id("id")
    name = line.name("name", required=True)
    for character in name:
        if unicodedata.category(character) == "Co":
            directory.desk.tell("private_use", name, code=f"U+{ord(character):04X}", row=line.source.row)
    return RosterRow(line, name, directory.unit(line.text("unit")), PersonId(person_id) or None)


def _meet_one(row: RosterRow, first: RosterRow | None, met: _Met, directory: Directory) -> None:
    """Say who one row is."""
    if first is not None and first is not row:
        row.person, row.is_further = first.person, True
        tags = ";".join(filter(None, (first.line.cells.get("tags", ""), row.line.cells.get("tags", ""))))
        if tags:
            first.line.cells = {**first.line.cells, "tags": tags}
        return
    if not row.person and row.name:
        row.person = _recognised(row, met.taken[row.book], directory)
    if row.person and row.name:
        has_unit = row.line.has("unit")
        directory.meet(row.person, row.name, row.unit if has_unit else directory.unit_of.get(row.person, ""))


def _recognised(row: RosterRow, taken: set[PersonId], directory: Directory) -> PersonId | None:
    """Who a row without an id is: somebody known, somebody new, or None because it has to be asked."""
    namesakes = [person for person in directory.namesakes(row.name) if person not in taken]
    here = [p for p in namesakes if not row.line.has("unit") or directory.unit_of.get(p, "") == row.unit]
    if not here and len(namesakes) == 1 and (not row.unit or not directory.unit_of.get(namesakes[0])):
        here = namesakes
    if not namesakes:
        person = PersonId(directory.new_id("p"))
    elif len(here) == 1 or (here and row.line.has("unit")):
        person = here[0]
    else:
        choices = (*namesakes, NEW)
        proposal = namesakes[0] if len(namesakes) == 1 else None
        units = tuple(directory.units.get(directory.unit_of.get(p, ""), "") for p in namesakes)  # type: ignore[call-overload]
        details = {"name": row.name, "unit": row.line.text("unit"), "people": tuple(namesakes), "units": units}
        answer = directory.desk.ask(("who", f"{row.name}@{row.line.source.row}"), choices, proposal, row.at, **details)
        if answer is None:
            _wait(row, directory)
            return None
        person = PersonId(directory.new_id("p")) if answer == NEW else PersonId(answer)
    taken.add(person)
    return person


def _wait(row: RosterRow, directory: Directory) -> None:
    """Leave a row out until it is answered who it is."""
    source = row.line.source
    directory.desk.set_aside.append(SetAside(source.file, "", source.row, row.name, "waits_for_answer"))


def _sort_out(
    name: str,
    rows: Sequence[RosterRow],
    directory: Directory,
    to: tuple[dict[int, RosterRow], set[int], set[str]],
) -> None:
    """Which rows of one name in one file are one person: by what tells people apart, else by an answer."""
    first_of, waiting, apart = to
    people: list[list[RosterRow]] = []
    for row in rows:
        same = next((person for person in people if all(_is_same(row, other, rows) for other in person)), None)
        if same is None and any(_is_same(row, other, rows) is None for person in people for other in person):
            same = _asked(name, row, people[0][0], directory, waiting, people)
            if id(row) in waiting:
                continue
        if same is None:
            people.append([row])
        else:
            same.append(row)
    for person in people:
        for row in person:
            first_of[id(row)] = person[0]
        if len(person) > 1:
            where = tuple(row.line.source.row for row in person)
            posts_held = tuple(dict.fromkeys(row.position for row in person))
            kind = "one_person" if len(posts_held) > 1 else "rows_of_one_person"
            directory.desk.tell(kind, name, rows=where, posts=posts_held)
    if len(people) > 1 and name not in apart:
        apart.add(name)
        units = tuple(person[0].line.text("unit") or person[0].position for person in people)
        directory.desk.tell("two_people", name, units=units, by=_told_apart_by(people))


def _asked(
    name: str,
    row: RosterRow,
    first: RosterRow,
    directory: Directory,
    waiting: set[int],
    people: list[list[RosterRow]],
) -> list[RosterRow] | None:
    """Ask whether two rows are one person; unanswered, the later row waits."""
    rows = (first.line.source.row, row.line.source.row)
    details = {
        "name": name,
        "rows": rows,
        "units": (first.line.text("unit"), row.line.text("unit")),
        "posts": (first.position, row.position),
    }
    answer = directory.desk.ask(
        ("same_person", f"{name}@{row.line.source.row}"), (SAME, DIFFERENT), None, row.at, **details
    )
    if answer is None:
        waiting.add(id(row))
        _wait(row, directory)
    return people[0] if answer == SAME else None


def _is_same(row: RosterRow, other: RosterRow, rows: Sequence[RosterRow]) -> bool | None:
    """Whether two rows of one name are one person; None if nothing tells."""
    strong = {name: (row.mark(name), other.mark(name)) for name in ("identity", "phone", "birth", "gender", "email")}
    both = {name: pair for name, pair in strong.items() if all(pair)}
    if any(left != right for left, right in both.values()):
        return False
    if both.keys() & {"identity", "phone", "birth", "email"}:
        return True
    concurrent = [_is_concurrent(each) for each in rows]
    if (_is_concurrent(row) or _is_concurrent(other)) and concurrent.count(False) == 1:
        return True
    is_copy = row.unit == other.unit and row.line.cells.keys() == other.line.cells.keys()
    agree = all(
        not text or not other.line.cells[key] or text == other.line.cells[key]
        for key, text in row.line.cells.items()
        if key != "tags"
    )
    return True if is_copy and agree else None


def _is_concurrent(row: RosterRow) -> bool:
    notes = row.line.marks.get("notes", "").split()
    remark = row.line.marks.get("remark", "")
    return posts.is_concurrent(row.position) or any(n in ("兼", "兼任") for n in notes) or "兼任" in remark


def _told_apart_by(people: Sequence[Sequence[RosterRow]]) -> tuple[str, ...]:
    """What the rows of several people of one name differ in."""
    first, second = people[0][0], people[1][0]
    return tuple(
        name for name in ("identity", "birth", "phone", "gender", "email") if first.mark(name) != second.mark(name)
    )


def _prefer_main_posts(rows: Sequence[RosterRow], first_of: dict[int, RosterRow]) -> None:
    """Let the row of the main post give the facts: where somebody's first row is the post held besides, the other one does."""
    for row in rows:
        first = first_of.get(id(row))
        if row.is_further and first and _is_concurrent(first) and not _is_concurrent(row) and not first.is_further:
            row.is_further, first.is_further = False, True


def tell_totals(tables: Iterable[Table], rows: Sequence[RosterRow], directory: Directory) -> None:
    """Where a roster says itself how many it names, and another number of people was read, tell both. It is a check only.

    One total below tables that stand side by side is that of all of them.
    """
    by_sheet = grouped(((table.file.partition("#")[0], table.sheet), table) for table in tables)
    for sheet in by_sheet.values():
        totals = {total for table in sheet for total in _totals(table)}
        for together in (sheet,) if len(totals) == 1 else ([table] for table in sheet):
            _compare(together, rows, directory)


def _totals(table: Table) -> set[tuple[int, int]]:
    """The totals that a table states, each with its row."""
    said = ((row.number, _TOTAL_SAID.search(row.text)) for row in table.aside if row.why == "total")
    return {(number, int(match[1])) for number, match in said if match}


def _compare(tables: Collection[Table], rows: Sequence[RosterRow], directory: Directory) -> None:
    """Hold the one total of some tables against what was read in them."""
    files = {table.file for table in tables}
    numbers = {total for table in tables for total in _totals(table)}
    read = [row for row in rows if row.line.source.file in files and row.name]
    people = len({row.person for row in read if row.person})
    if len(numbers) == 1 and (said := next(iter(numbers))[1]) != people:
        directory.desk.tell("total_differs", min(files), said=said, read=len(read), people=people)
