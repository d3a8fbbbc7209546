"""What a roster says of its office besides who is in it: units and their heads, vacant posts, who leads, who is away."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from scheduler.core.ground.ids import GroupId, PersonId, UnitId
from scheduler.core.organisation.chart import ROLE, TEAM
from scheduler.core.organisation.facts import Given, Source, Subject
from scheduler.documents.headers import OFFICE
from scheduler.documents.tables import Table
from scheduler.services.imports.desk import CellAt
from scheduler.services.imports.tables import posts, remarks, rosters
from scheduler.services.imports.tables.directory import Directory
from scheduler.services.imports.tables.identities import RosterRow
from scheduler.services.imports.tables.rosters import RosterNotes
from scheduler.services.imports.tables.units import in_charge_of, tell_unknown_units, unit_meant

YES, NO, NOBODY = "yes", "no", "nobody"
TEAM_ID, PRINCIPAL_ID = GroupId("leadership_team"), GroupId("principal")
_LEFT = frozenset(OFFICE["left"])


@dataclass(slots=True)
class NewUnits:
    """The units that rosters name."""

    named: dict[UnitId, Source] = field(default_factory=dict)
    """Each with the row where it stands first."""
    begun: set[UnitId] = field(default_factory=set)
    """Those that were not known."""


def meet_units(tables: Iterable[Table], directory: Directory) -> NewUnits:
    """Take note of the units that rosters name; those not known yet are new. The place of those who lead is none."""
    units = NewUnits()
    for table in tables:
        keeps_codes = "id" in table.columns
        for row in table.rows:
            text = row.cells.get("unit", "")
            if not text:
                continue
            unit_id = directory.unit(text)
            if unit_id not in directory.units:
                if posts.is_leadership(text):
                    row.cells["unit"] = ""  # type: ignore[index]  # a row of a tidied roster is a plain dict
                    row.marks["leads"] = "1"  # type: ignore[index]
                    continue
                if rosters.is_code(text) and (keeps_codes or any(map(str.isdigit, text))):
                    continue
                unit_id = UnitId(directory.new_id("D"))
                directory.units[unit_id] = text
                units.begun.add(unit_id)
            elif keeps_codes and unit_id not in units.begun:
                continue  # a roster with ids says who is in a unit; what the unit is, its own table says
            units.named.setdefault(unit_id, Source(table.file, row.number))
    return units


class Office:
    """One reading of the rosters of an import, once it is known who is who."""

    def __init__(self, rows: Sequence[RosterRow], units: NewUnits, notes: RosterNotes, directory: Directory) -> None:
        self.rows = [row for row in rows if row.person and row.name and not row.line.errors]
        self.units, self.notes, self.directory, self.desk = units, notes, directory, directory.desk
        self.said_vacant: set[UnitId] = set()
        """Units of which a table of its own says that nobody heads them."""
        self.asked_about: set[UnitId] = set()
        """Units of which it is asked who heads them."""
        self.in_unit: defaultdict[UnitId, list[RosterRow]] = defaultdict(list)
        for row in self.rows:
            if row.unit in directory.units:
                self.in_unit[UnitId(row.unit)].append(row)

    def facts(self, said: set[UnitId], vacant: set[UnitId]) -> Iterator[Given]:
        """The facts that follow; of units whose heads a table of its own says (`said`), no heads.

        Of those that are `vacant` by that table, who acts by the roster.
        """
        leaders = self._leaders()
        self.said_vacant = vacant
        for unit_id, source in self.units.named.items():
            yield from self._unit(unit_id, source, said)
        yield from self._team(leaders)
        yield from self._in_charge()
        yield from self._away()
        self._tell_leavers()

    # ── units ────────────────────────────────────────────────────────────────────────────────────────────────────────
    def _unit(self, unit_id: UnitId, source: Source, said: set[UnitId]) -> Iterator[Given]:
        """A unit that rosters name, with who heads it as far as the posts say."""
        name = self.directory.units[unit_id]
        fields: dict[str, object] = {}
        if unit_id in self.units.begun:
            fields = {"name": name, "kind": self.notes.unit_kinds.get(name, "dept")}
        if unit_id not in said:
            heads = self._heads(unit_id, name)
            standing = self.directory.posts.get(unit_id, {})
            for post, person in heads.items():
                before = standing.get(post)
                if person and before and before != person:
                    self.desk.tell(
                        "head_differs", name, post=post, stands=self._name(before), in_table=self._name(person)
                    )
                elif person and person != before and not (post == "acting_head" and standing.get("head")):
                    fields[post] = person
            self._tell_vacancy(unit_id, name, heads, source)
        elif unit_id in self.said_vacant and len(acting := self._acting(unit_id)) == 1:
            fields["acting_head"] = acting[0]
            self._tell_vacancy(unit_id, name, {"head": None, "acting_head": acting[0]}, source)
        if fields:
            yield Given(Subject.UNIT, unit_id, {"name": name, **fields}, source)

    def _heads(self, unit_id: UnitId, name: str) -> dict[str, PersonId | None]:
        """Who heads a unit and who acts, by the posts of those in it."""
        weights = [(posts.head_weight(row.position, name), row) for row in self.in_unit[unit_id]]
        best = max((weight for weight, _ in weights), default=0)
        firsts = list(dict.fromkeys(row.person for weight, row in weights if weight == best and weight))
        acting = self._acting(unit_id)
        head: PersonId | None = None
        if len(firsts) == 1 and best > 1:
            head = firsts[0]
        elif firsts and (best > 1 or (len(firsts) == 1 and not acting and self._vacant_post(name) is None)):
            answer = self.desk.ask(
                ("who_heads", name),
                (*map(str, firsts), NOBODY),
                None,
                CellAt(*self._source(firsts[0])),
                name=name,
                people=tuple(self._name(p) for p in firsts if p),
            )
            head = PersonId(answer) if answer and answer != NOBODY else None
            if answer is None:
                self.asked_about.add(unit_id)
        return {"head": head, "acting_head": acting[0] if len(acting) == 1 and not head else None}

    def _acting(self, unit_id: UnitId) -> list[PersonId]:
        """Who does the work of a unit's head, by the posts and remarks of those in it."""
        return list(dict.fromkeys(row.person for row in self.in_unit[unit_id] if row.person and self._acts(row)))

    def _vacant_post(self, unit: str) -> str | None:
        """The head's post, where the roster says that nobody holds it; None: it does not say so."""
        vacant = (vacancy.post for vacancy in self.notes.vacancies if vacancy.unit == unit)
        return next((post for post in vacant if not post or posts.head_weight(post, unit)), None)

    @staticmethod
    def _acts(row: RosterRow) -> bool:
        """Whether somebody does the head's work: by the post, by what stands behind the name, or by the remark."""
        if posts.acts(row.position) or any("主持" in n for n in row.line.marks.get("notes", "").split()):
            return True
        remark = row.line.marks.get("remark", "")
        return "副" in (row.position or remark) and remarks.acts(remark)

    def _source(self, person: PersonId | None) -> tuple[str, int | None]:
        row = next(row for row in self.rows if row.person == person)
        return row.line.source.file, row.line.source.row

    def _tell_vacancy(self, unit_id: UnitId, name: str, heads: dict[str, PersonId | None], source: Source) -> None:
        """Say that a unit has no head, by name; and who acts."""
        if heads["head"] or unit_id in self.asked_about or self.directory.posts.get(unit_id, {}).get("head"):
            return
        post = self._vacant_post(name) or ""
        acting = heads["acting_head"]
        self.desk.tell(
            "unit_acts" if acting else "unit_vacant", name, post=post, acting=self._name(acting) if acting else "",
            file=source.file,
        )  # fmt: skip

    def _name(self, person: PersonId) -> str:
        return min(self.directory.names.get(person, {str(person)}))

    # ── who leads ────────────────────────────────────────────────────────────────────────────────────────────────────
    def _leaders(self) -> list[RosterRow]:
        """Those who lead the whole: who stands in their place, else who has such a post and no unit."""
        placed = [row for row in self.rows if row.line.marks.get("leads") and not row.is_further]
        first = self.rows[0].unit if self.rows else ""
        leading = [row for row in self.rows if posts.leads(row.position) and not row.is_further]
        of_office = [row for row in leading if row.unit == first and row.line.is_office]
        return placed or [row for row in leading if not row.unit] or of_office

    def _team(self, leaders: list[RosterRow]) -> Iterator[Given]:
        """The leadership team and who leads it, proposed; asked about each whose place in it is not plain."""
        if len({row.person for row in leaders}) < 2 or TEAM_ID in self.directory.groups:
            return
        plain = [row for row in leaders if not self._doubts(row)]
        members = [row.person for row in plain if row.person]
        names = tuple(row.name for row in plain)
        source = leaders[0].line.source
        at = CellAt(source.file, source.row)
        first = posts.principal((row.person or "", row.position) for row in plain)
        lead = self._name(PersonId(first)) if first else ""
        answer = self.desk.ask(("team", "leadership_team"), (YES, NO), YES, at, names=names, principal=lead)
        for row in leaders:
            if doubts := self._doubts(row):
                why = {"name": row.name, "post": row.position, "why": doubts}
                if self.desk.ask(("team_member", row.name), (YES, NO), None, row.at, **why) == YES and row.person:
                    members.append(row.person)
        if answer == YES:
            yield Given(Subject.GROUP, TEAM_ID, {"kind": TEAM, "members": tuple(members)}, source)
            if first and PRINCIPAL_ID not in self.directory.groups:
                yield Given(Subject.GROUP, PRINCIPAL_ID, {"kind": ROLE, "members": (PersonId(first),)}, source)

    def _doubts(self, row: RosterRow) -> tuple[str, ...]:
        """Why it is not plain that somebody belongs to the team."""
        words = posts.standing_notes(row.position) | posts.standing_notes(row.line.marks.get("notes", ""))
        if posts.is_grade(row.position):
            words |= {"非领导职务"}
        return tuple(sorted(words))

    def _in_charge(self) -> Iterator[Given]:
        """Who is in charge of what: a column says it, a remark is offered."""
        by_unit: defaultdict[UnitId, list[PersonId]] = defaultdict(list)
        source: dict[UnitId, Source] = {}
        for row in self.rows:
            if row.person is None:
                continue
            for unit in in_charge_of(row.line, row.line.marks.get("charge", "")):
                by_unit[unit].append(row.person)
                source.setdefault(unit, row.line.source)
            named = remarks.in_charge_of(row.line.marks.get("remark", ""))
            tell_unknown_units(row.line, named)
            units_known = [u for u in (unit_meant(self.directory, n) for n in named) if u in self.directory.units]
            units_known = [unit for unit in units_known if not self.directory.posts.get(unit, {}).get("in_charge")]
            if not units_known:
                continue
            names = tuple(self.directory.units[unit] for unit in units_known)
            if self.desk.offer(("in_charge", row.name), row.at, name=row.name, units=names):
                for unit in units_known:
                    by_unit[unit].append(row.person)
                    source.setdefault(unit, row.line.source)
        for unit, people in by_unit.items():
            yield Given(Subject.UNIT, unit, {"in_charge": tuple(dict.fromkeys(people))}, source[unit])

    # ── who is away, or employed elsewhere ───────────────────────────────────────────────────────────────────────────
    def _away(self) -> Iterator[Given]:
        """Absences that stand in remarks are offered with their days; classes of people are asked about once."""
        classes: defaultdict[str, list[RosterRow]] = defaultdict(list)
        for row in self.rows:
            remark = _remarks(row)
            for word in sorted(posts.standing_notes(f"{row.position} {remark}")):
                classes[word].append(row)
            yield from self._absence(row, remark)
        for word, several in classes.items():
            names = tuple(dict.fromkeys(row.name for row in several))
            answer = self.desk.ask(
                ("staff_class", word), ("staff", "not_staff"), None, several[0].at, word=word, names=names
            )
            if answer == "not_staff":
                for row in several:
                    if row.person and not row.line.cells.get("category"):
                        yield Given(Subject.PERSON, row.person, {"category": word}, row.line.source)

    def _absence(self, row: RosterRow, remark: str) -> Iterator[Given]:
        absence = remarks.absence(remark, self.directory.year)
        if absence is None or not row.person:
            if (word := remarks.away_word(remark)) and word != "学习":
                self.desk.tell("away_without_days", row.name, word=word, remark=remark)
            return
        word, span = absence
        if "挂职" in remark or word in ("借调", "抽调"):
            choices = ("works_here", "away")
            details = {"name": row.name, "remark": remark, "first": span.first, "last": span.last}
            if self.desk.ask(("seconded", row.name), choices, None, row.at, **details) == "away":
                yield self._absent(row, word, span)
        elif self.desk.offer(("absence", row.name), row.at, name=row.name, word=word, first=span.first, last=span.last):
            yield self._absent(row, word, span)

    @staticmethod
    def _absent(row: RosterRow, word: str, span: remarks.DaySpan) -> Given:
        last = span.last or span.first
        fields = {
            "person": row.person, "first": span.first, "last": last, "reason": word,
            "only_weekdays": (), "only_from": "", "only_to": "",
        }  # fmt: skip
        return Given(Subject.ABSENCE, f"{row.person}/{span.first}/{last}", fields, row.line.source)

    def _tell_leavers(self) -> None:
        """Say who is about to retire or has left, as far as the roster says so."""
        for row in self.rows:
            remark = row.line.marks.get("remark", "")
            state = row.line.marks.get("state", "").casefold()
            if ("退休" in remark and row.line.cells.get("category") != "retired") or state in _LEFT:
                self.desk.tell("leaves", row.name, remark=remark or state)


def _remarks(row: RosterRow) -> str:
    """What a roster says of somebody besides their post: a remark, brackets behind the name, a state such as On leave."""
    state = row.line.marks.get("state", "")
    said = (
        row.line.marks.get("remark", ""),
        row.line.marks.get("notes", ""),
        state if remarks.away_word(state) else "",
    )
    return " ".join(filter(None, said))
