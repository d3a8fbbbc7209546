"""org.yaml: the people, units, rooms and groups of an organisation; what it is itself is read in `programme`."""

from collections.abc import Iterator, Mapping

from scheduler.core.ground.findings import Finding
from scheduler.core.organisation.chart import BRANCH, ROLE, TEAM
from scheduler.core.organisation.facts import Source, Subject
from scheduler.documents.yaml_files import Document, Node
from scheduler.services.imports.tables.directory import Directory
from scheduler.services.imports.tables.line import TableLine
from scheduler.services.imports.tables.people import Read

_PEOPLE = {
    "id": "id", "name": "name", "gender": "gender", "unit": "unit", "position": "position", "rank": "rank",
    "category": "category", "party_status": "party_status", "branch": "branch", "party_group": "group", "tags": "tags",
    "manager": "manager", "grade": "grade",
}  # fmt: skip
_UNITS = {
    "id": "id", "zh": "name", "name": "name", "en": "en", "kind": "kind", "in_charge": "in_charge", "head": "head",
    "acting_head": "acting_head",
}  # fmt: skip
_ROOMS = {"id": "id", "zh": "name", "name": "name", "en": "en", "capacity": "capacity", "use": "use"}
_COLUMNS = {"people": _PEOPLE, "units": _UNITS, "rooms": _ROOMS}


def lines(document: Document, part: str, directory: Directory, hints: list[Finding]) -> Iterator[TableLine]:
    """The entries of `people`, `units` or `rooms`, as rows of the table that has the same facts."""
    columns = _COLUMNS[part]
    for number, entry in enumerate(as_list(document.content.get(part, [])), start=1):
        if not isinstance(entry, dict):
            yield broken(document, directory, f"{part}[{number}]")
            continue
        where = f"{part}.{entry.get('id') or number}"
        cells = {columns[key]: flat(value) for key, value in entry.items() if key in columns}
        line = TableLine(Source(document.file), {key: text or "" for key, text in cells.items()}, directory, where)
        for column in (column for column, text in cells.items() if text is None):
            line.wrong(column, "wrong_shape")
        leave_aside(document, (f"{where}.{key}" for key in entry if key not in columns), hints)
        yield line


def leave_aside(document: Document, keys: Iterator[str], hints: list[Finding]) -> None:
    """Say which keys nobody reads."""
    if unknown := tuple(keys):
        hints.append(Finding("unknown_key", document.file, {"keys": unknown}))


def broken(document: Document, directory: Directory, where: str) -> TableLine:
    """A line that says that something has another shape than it should."""
    line = TableLine(Source(document.file), {}, directory)
    line.wrong(where, "wrong_shape")
    line.is_broken = True
    return line


def flat(node: Node) -> str | None:
    """A text, or several as a cell of a table holds them; None if it is neither."""
    if isinstance(node, str):
        return node
    if isinstance(node, list) and all(isinstance(part, str) for part in node):
        return ";".join(part for part in node if isinstance(part, str) and part)
    return None


def as_list(node: Node) -> list[Node]:
    """A list as it stands; anything else, but for nothing, as the only entry of one."""
    return node if isinstance(node, list) else [node] if node else []


def as_mapping(node: Node) -> dict[str, Node]:
    """A mapping as it stands; anything else as an empty one."""
    return node if isinstance(node, dict) else {}


def groups(document: Document, directory: Directory) -> Read:
    """Teams, branches with secretary and committee, and roles: each with everybody who is in it."""
    teams = as_mapping(document.content.get("groups", {}))
    for key, node in teams.items():
        if key != "branches":
            yield from _group(document, directory, f"groups.{key}", key, {"members": node}, TEAM)
    for key, node in as_mapping(teams.get("branches", {})).items():
        if isinstance(node, dict):
            yield from _group(document, directory, f"groups.branches.{key}", key, node, BRANCH)
        else:
            yield from broken(document, directory, f"groups.branches.{key}").errors
    for key, node in as_mapping(document.content.get("roles", {})).items():
        yield from _group(document, directory, f"roles.{key}", key, {"members": node}, ROLE)


def _group(
    document: Document, directory: Directory, where: str, group_id: str, node: Mapping[str, Node], kind: str
) -> Read:
    """One group, as far as the file describes it."""
    cells = {key: flat(value) for key, value in node.items() if key in ("name", "members", "secretary", "committee")}
    texts = {key: text or "" for key, text in cells.items()}
    line = TableLine(Source(document.file), {**texts, "id": group_id or "?"}, directory, where)
    for column in (column for column, text in cells.items() if text is None):
        line.wrong(column, "wrong_shape")
    fields: dict[str, object] = {"kind": kind}
    if line.text("name"):
        fields["name"] = line.text("name")
    fields |= {part: line.people(part) for part in ("members", "committee") if line.has(part)}
    if line.has("secretary"):
        fields["secretary"] = line.person("secretary")
    yield from line.fact(Subject.GROUP, line.id("id"), fields)
