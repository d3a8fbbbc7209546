"""迎检包: the papers of a campaign in one .zip, with an index that says what each is and how far things are."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scheduler import wording
from scheduler.core.ground.errors import NotAllowed, NotFound, Refused
from scheduler.documents.papers import LineKind, Paper, PaperFormat, PaperLine, PaperTable, Value
from scheduler.services.papers import exports
from scheduler.services.papers.desk import WritingDesk
from scheduler.services.papers.exports import Exported
from scheduler.wording.texts import say

CONTENTS = (
    ("arrangement", PaperFormat.DOCX),
    ("ledger", PaperFormat.XLSX),
    ("matrix", PaperFormat.XLSX),
    ("matrix", PaperFormat.PDF),
    ("study-plan", PaperFormat.DOCX),
    ("hours", PaperFormat.XLSX),
    ("tasks", PaperFormat.XLSX),
    ("opinions", PaperFormat.DOCX),
    ("report", PaperFormat.DOCX),
    ("chronology", PaperFormat.DOCX),
    ("life-meeting", PaperFormat.DOCX),
)
"""What goes into it, as far as the reader may see it."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """The bytes of the .zip, and what is in it."""

    title: str
    data: bytes
    files: tuple[str, ...]
    left_out: tuple[str, ...]
    """Papers that rights or missing facts leave out."""


def bundle(desk: WritingDesk) -> Bundle:
    """All papers of the campaign as of a day, as far as the reader may see them."""
    made: list[Exported] = []
    left_out: list[str] = []
    for name, subject, as_format in _contents(desk):
        try:
            made.append(exports.export(replace(desk, placed={}), name, subject, as_format))
        except (NotAllowed, NotFound, Refused):
            left_out.append(name)
    files = [f"{number:02} {paper.title}.{paper.format}" for number, paper in enumerate(made, 1)]
    index = exports.render(_index(desk, made, files), PaperFormat.DOCX)
    title = say("迎检资料 %(day)s", desk.lang, day=desk.as_of.day.isoformat())
    first = f"00 {say('目录', desk.lang)}.docx"
    data = _zipped(desk, [(first, index), *zip(files, (paper.data for paper in made), strict=True)])
    return Bundle(title, data, (first, *files), tuple(dict.fromkeys(left_out)))


def _contents(desk: WritingDesk) -> Iterator[tuple[str, str, PaperFormat]]:
    """What goes into it and of what; of each branch its record of the year."""
    yield from ((name, "", as_format) for name, as_format in CONTENTS)
    for branch in desk.roster.branches():
        yield "branch-record", f"{branch.id}:{desk.as_of.day.year}", PaperFormat.DOCX


def _index(desk: WritingDesk, made: Sequence[Exported], files: Sequence[str]) -> Paper:
    """What is in the bundle, one line for each file."""
    lang = desk.lang
    rows: list[Sequence[Value]] = [
        [number, paper.title, file] for number, (paper, file) in enumerate(zip(made, files, strict=True), 1)
    ]
    heads = [say("序号", lang), say("文件", lang), say("文件名", lang)]
    table = PaperTable(say("目录", lang), heads, rows, [16, 70, 84], frozenset({0}), least_height=9)
    about = say("%(name)s　截至%(day)s", lang, name=desk.name, day=wording.date_text(desk.as_of.day, lang))
    return desk.paper(say("迎检资料目录", lang), [PaperLine(about, LineKind.REMARK), table])


def _zipped(desk: WritingDesk, files: Sequence[tuple[str, bytes]]) -> bytes:
    """The files in one, dated by the day they are of."""
    out, day = io.BytesIO(), desk.as_of.day
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()
