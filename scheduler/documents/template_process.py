"""The process that fills a template. What may stand in one is counted: names that the paper has, loops over its lists,
conditions on them; nothing that calls, computes or reaches into anything.
"""

import base64
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment

from scheduler.core.ground.errors import Malformed
from scheduler.documents import workbook_process
from scheduler.documents.templates import TemplateFields, TemplateList

MAX_PARTS = 500
MAX_UNPACKED = 64 * 1024 * 1024
MAX_DEPTH = 2
"""Loops within one another."""
LOOP = ("index", "first", "last")
"""What may be asked of where in a loop one is."""
MAIN_PART = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OUTSIDE = re.compile(rb"""<(?:\w+:)?Relationship\s[^>]*TargetMode\s*=\s*["']External["'][^>]*>""")
_FOREIGN = re.compile(r"vbaproject|embeddings/|activex/|oleobject|macro", re.IGNORECASE)
_TAG = re.compile(r"\{[{%].*?[}%]\}")
_UNREADABLE = (
    zipfile.BadZipFile,
    PackageNotFoundError,
    NotImplementedError,
    OSError,
    ValueError,
    KeyError,
    SyntaxError,
)
"""What is raised on a file that is no .docx."""


def answer_here(task: bytes) -> dict[str, Any]:
    """The filled file, or why there is none."""
    given = json.loads(task)
    lists = {name: TemplateList(tuple(each["columns"]), each["rows"]) for name, each in given["lists"].items()}
    data = base64.b64decode(given["template"])
    try:
        filled = fill_here(data, TemplateFields(given["words"], lists))
    except Malformed as error:
        details = _place(data, str(error.details["value"])) if error.kind == "template_word_elsewhere" else {}
        return {"kind": details.pop("kind", error.kind), "details": {**error.details, **details}}
    except MemoryError:
        return {"kind": "template_too_large", "details": {}}
    return {"filled": base64.b64encode(filled).decode()}


def fill_here(data: bytes, fields: TemplateFields) -> bytes:
    """The same as `fill`, in this process: for that one alone. Raises Malformed."""
    try:
        _check_file(data)
        template, out = DocxTemplate(io.BytesIO(data)), io.BytesIO()
        values = {**fields.words, **{name: each.rows for name, each in fields.lists.items()}}
        template.render(values, _Environment(fields), autoescape=True)
        template.save(out)
    except Malformed:
        raise
    except TemplateError as error:
        raise Malformed("template_code", "", value=str(error)[:80]) from error
    except _UNREADABLE as error:
        raise Malformed("template_not_docx", "") from error
    return out.getvalue()


def _check_file(data: bytes) -> None:
    """Refuse what is no plain document: too much inside, macros, things from elsewhere, entities."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts, left = archive.infolist(), MAX_UNPACKED
        if len(parts) > MAX_PARTS:
            raise Malformed("template_too_large", "")
        if any(_FOREIGN.search(part.filename) for part in parts):
            raise Malformed("template_foreign", "")
        for part in parts:
            with archive.open(part) as file:
                unpacked = file.read(left + 1)
            left -= len(unpacked)
            if left < 0:
                raise Malformed("template_too_large", "")
            _check_part(part.filename, unpacked)


def _check_part(name: str, data: bytes) -> None:
    if name == "[Content_Types].xml" and MAIN_PART not in data:
        raise Malformed("template_not_docx", "")
    if not name.endswith((".xml", ".rels")):
        return
    if data[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<") or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Malformed("template_foreign", "")
    if any(b"/hyperlink" not in outside[0] for outside in _OUTSIDE.finditer(data)):
        raise Malformed("template_foreign", "")


Rows = Mapping[str, tuple[str, ...]]
"""What each variable of a loop has."""


class _Environment(SandboxedEnvironment):
    """Jinja in a sandbox, which is asked for nothing but names that the paper has."""

    def __init__(self, fields: TemplateFields) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self._fields = fields
        for names in (self.globals, self.filters, self.tests):
            names.clear()

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        self._check(tree, {}, 0)
        return tree

    def _check(self, node: nodes.Node, rows: Rows, depth: int) -> None:
        """Raise Malformed for what is neither a name, nor a loop over a list, nor a condition."""
        match node:
            case nodes.For(target=nodes.Name(name=target), iter=nodes.Name(name=name), recursive=False, test=None):
                self._check_loop(node, target, name, rows, depth)
            case nodes.Name(name=name):
                if name not in self._fields.words and name not in self._fields.lists:
                    raise self._unknown(name, rows)
            case nodes.Getattr(node=nodes.Name(name=row), attr=column) if row in rows:
                if column not in rows[row]:
                    raise self._unknown(f"{row}.{column}", rows)
            case nodes.Template() | nodes.Output() | nodes.If() | nodes.Not() | nodes.TemplateData():
                for child in node.iter_child_nodes():
                    self._check(child, rows, depth)
            case _:
                raise Malformed("template_code", "", value=_written(node))

    def _check_loop(self, loop: nodes.For, target: str, name: str, rows: Rows, depth: int) -> None:
        if name not in self._fields.lists:
            raise self._unknown(name, rows)
        if depth == MAX_DEPTH:
            raise Malformed("template_code", "", value=f"for {target} in {name}")
        inner = {**rows, "loop": LOOP, target: self._fields.lists[name].columns}
        for part in (*loop.body, *loop.else_):
            self._check(part, inner, depth + 1)

    def _unknown(self, value: str, rows: Rows) -> Malformed:
        names = [*self._fields.words, *self._fields.lists]
        names += [f"{row}.{column}" for row, columns in rows.items() for column in columns]
        return Malformed("template_word_elsewhere", "", value=value, known="、".join(names))


def _written(node: nodes.Node) -> str:
    """What somebody wrote that is not allowed, by its kind: `Call`, `Getattr __class__`."""
    return " ".join(
        filter(None, (type(node).__name__, str(getattr(node, "attr", "") or getattr(node, "name", ""))))
    ).strip()


# ── Where a placeholder stands ───────────────────────────────────────────────────────────────────────────────────────
def _place(data: bytes, value: str) -> dict[str, Any]:
    """In which paragraph or square of the text a placeholder stands first."""
    word = re.compile(rf"(?<![\w.]){re.escape(value)}(?![\w])")
    for place, text in _texts(data):
        if any(word.search(tag) for tag in _TAG.findall(text)):
            return place
    return {"kind": "template_word_elsewhere"}


def _texts(data: bytes) -> Iterator[tuple[dict[str, Any], str]]:
    document = Document(io.BytesIO(data))
    for number, paragraph in enumerate(document.paragraphs, 1):
        yield {"kind": "template_word_in_line", "line": number}, paragraph.text
    for number, table in enumerate(document.tables, 1):
        for row, squares in enumerate(table.rows, 1):
            for column, square in enumerate(squares.cells, 1):
                yield {"kind": "template_word_in_square", "table": number, "row": row, "column": column}, square.text


if __name__ == "__main__":
    workbook_process.limit(int(sys.argv[1]))
    sys.stdout.write(json.dumps(answer_here(sys.stdin.buffer.read())))
