"""Papers as .pdf, set by Typst: free fonts that are embedded, the same picture on every machine."""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from scheduler.documents import graphs
from scheduler.documents.papers import (
    PageBreak,
    Paper,
    PaperLine,
    PaperPicture,
    PaperTable,
    Part,
    keeps_with_next,
    runs_of,
    shown,
)

FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts", "/Library/Fonts")
BODY_FONTS = (
    "FandolFang R",
    "FangSong",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
)
HEAD_FONTS = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Sans CJK SC", "Source Han Sans SC")
"""What stands in for 仿宋 and for 小标宋, the first that is there."""
FILES = ("NotoSerifCJK*", "NotoSansCJK*", "SourceHanSerif*", "SourceHanSans*", "FandolFang*")
"""The files that these fonts come in; no others are read, for that takes seconds."""


def document(paper: Paper) -> bytes | None:
    """The bytes of the .pdf file; None when there is no free font with Chinese characters on this machine."""
    import typst

    fonts = _fonts()
    if not fonts.families:
        return None
    data = {
        "title": shown(paper.title),
        "heading": shown(paper.heading),
        "lang": paper.lang,
        "is_chinese": paper.is_chinese,
        "is_letter": paper.is_letter,
        "is_landscape": paper.is_landscape,
        "is_a3": paper.is_a3,
        "body_fonts": fonts.among(BODY_FONTS),
        "head_fonts": fonts.among(HEAD_FONTS),
        "parts": [_part(paper.parts, place) for place in range(len(paper.parts))],
    }
    made = typst.compile(
        _template(), font_paths=fonts.read, sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, format="pdf"
    )
    assert isinstance(made, bytes)  # noqa: S101 - tells the types; without a name for a file it gives bytes
    return made


class _Fonts:
    """The fonts of this machine that papers may be set in, read once."""

    def __init__(self) -> None:
        import typst

        self.folders = sorted({file.parent for folder in FOLDERS for file in _files(Path(folder).expanduser())})
        self.read = typst.Fonts(include_system_fonts=False, font_paths=list(self.folders))
        self.families = [name for name in self.read.families() if name in (*BODY_FONTS, *HEAD_FONTS)]

    def among(self, names: Iterable[str]) -> list[str]:
        """Those of these fonts that are there."""
        return [name for name in dict.fromkeys(names) if name in self.families]


@cache
def _fonts() -> _Fonts:
    return _Fonts()


def _files(folder: Path) -> Iterable[Path]:
    return (file for pattern in FILES for file in folder.rglob(pattern)) if folder.is_dir() else ()


@cache
def _template() -> bytes:
    return resources.files("scheduler.documents").joinpath("papers.typ").read_bytes()


def _part(parts: Sequence[Part], place: int) -> dict[str, Any]:
    """A part as the template reads it."""
    match part := parts[place]:
        case PaperLine():
            keeps = keeps_with_next(parts, place)
            return {"type": "line", "kind": part.kind.value, "text": shown(part.text), "keeps": keeps}
        case PaperPicture():
            return {"type": "picture", "svg": graphs.paper_svg(part.graph), "width": part.width}
        case PageBreak():
            return {"type": "break"}
        case PaperTable():
            return {
                "type": "table",
                "widths": list(part.widths),
                "heads": list(part.heads),
                "squares": _squares(part),
                "points": part.points,
            }


def _squares(table: PaperTable) -> list[dict[str, Any]]:
    """The squares row by row, joined ones once."""
    ends = {(first, column): last for column in table.joined for first, last in runs_of(table, column)}
    squares = []
    for row, values in enumerate(table.rows):
        for column, value in enumerate(values):
            if column in table.joined and (row, column) not in ends:
                continue
            is_last = column == len(values) - 1
            squares.append(
                {
                    "text": shown(value),
                    "columns": len(table.widths) - column if is_last else 1,
                    "rows": ends.get((row, column), row) - row + 1,
                    "label": column in table.labels,
                    "centred": column in table.centred,
                    "height": table.heights.get(row, table.least_height) if column not in table.joined else 0,
                }
            )
    return squares
