"""Papers as .docx: fonts by the names that an office's computer has, Chinese set as Chinese, the grid of GB/T 9704."""

import io
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from scheduler.documents import graphs
from scheduler.documents.papers import (
    LineKind,
    PageBreak,
    Paper,
    PaperLine,
    PaperPicture,
    PaperTable,
    keeps_with_next,
    runs_of,
    shown,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

SONG, FANG, HEI, KAI, TITLE = "宋体", "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
LATIN = "Times New Roman"
STYLES = {
    LineKind.TITLE: (TITLE, 22.0),
    LineKind.ADDRESSEE: (FANG, 16.0),
    LineKind.BODY: (FANG, 16.0),
    LineKind.HEADING: (HEI, 16.0),
    LineKind.SIGNATURE: (FANG, 16.0),
    LineKind.REMARK: (KAI, 12.0),
}
"""Line → font and points: 小标宋二号, 仿宋三号, 黑体三号, 楷体小四."""
PLAIN = {
    LineKind.TITLE: 16.0,
    LineKind.ADDRESSEE: 11.0,
    LineKind.BODY: 11.0,
    LineKind.HEADING: 12.0,
    LineKind.SIGNATURE: 11.0,
    LineKind.REMARK: 9.5,
}
"""The points of other languages, whose papers have no such standard."""
LINE_POINTS = 29.0
"""22 lines on 225 mm."""
GRID = {"w:type": "lines", "w:linePitch": "579"}
"""22 lines to a page, in twentieths of a point. A grid of characters as well is read by each program in its own way."""
CLOSER = "-5"
"""So many twentieths of a point between characters set 28 of 16 points on a line of 156 mm, whatever program sets them."""


def document(paper: Paper) -> bytes:
    """The bytes of the .docx file."""
    import docx

    made = docx.Document()
    _set_page(made, paper)
    _set_default(made, paper)
    if paper.title:
        _line(made, PaperLine(paper.title, LineKind.TITLE), paper)
    for place, part in enumerate(paper.parts):
        match part:
            case PaperLine():
                layout = _line(made, part, paper)
                layout.page_break_before = (place > 0 and isinstance(paper.parts[place - 1], PageBreak)) or None
                layout.keep_with_next = layout.keep_with_next or keeps_with_next(paper.parts, place)
            case PaperTable():
                _table(made, part, paper)
            case PaperPicture():
                _picture(made, part)
            case PageBreak():
                pass  # told by the line that follows: a break of its own leaves an empty page behind a full one
    made.core_properties.title, made.core_properties.author = paper.heading, ""
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


# ── Pages ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def _set_page(made: "Document", paper: Paper) -> None:
    """Size, margins, grid and page numbers."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section = made.sections[0]
    short, long = (297, 420) if paper.is_a3 else (210, 297)
    section.page_width, section.page_height = Mm(short), Mm(long)
    if paper.is_landscape:
        section.page_width, section.page_height = Mm(long), Mm(short)
        section.orientation = WD_ORIENT.LANDSCAPE
    edges = (37, 35, 28, 26) if paper.is_letter else (20, 18, 20, 20)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, edges)
    section.footer_distance = Mm(25 if paper.is_letter else 9)
    if paper.is_letter and paper.is_chinese:
        grid = section._sectPr.find(_q("w:docGrid"))  # noqa: SLF001 - python-docx has no words for the grid
        if grid is None:
            grid = _element("w:docGrid")
            section._sectPr.append(grid)  # noqa: SLF001
        for name, value in GRID.items():
            grid.set(_q(name), value)
    _number_pages(made, paper)


def _number_pages(made: "Document", paper: Paper) -> None:
    """`— 1 —` in 四号宋体: at the outer edge of a letter, one character in; in the middle of a table."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    section = made.sections[0]
    made.settings.odd_and_even_pages_header_footer = paper.is_letter
    sides = [(section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)]
    for footer, side in sides if paper.is_letter else [(section.footer, WD_ALIGN_PARAGRAPH.CENTER)]:
        line = footer.paragraphs[0]
        line.alignment = side
        line.paragraph_format.right_indent = line.paragraph_format.left_indent = Pt(14 if paper.is_letter else 0)
        size = 14.0 if paper.is_letter else 10.5
        dash = "— " if paper.is_chinese else ""
        _run(line, dash, SONG, size)
        field = _run(line, "", SONG, size)
        for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
            element = _element("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(_q("w:fldCharType"), kind)
            element.text = text or None
            field._r.append(element)  # noqa: SLF001 - nor for fields
        _run(line, dash[::-1], SONG, size)


def _set_default(made: "Document", paper: Paper) -> None:
    """The font of everything, and that it is Chinese: without that, another program sets it as Japanese."""
    from docx.shared import Pt

    font, size = STYLES[LineKind.BODY] if paper.is_chinese else (SONG, PLAIN[LineKind.BODY])
    normal: Any = made.styles["Normal"]
    normal.font.name, normal.font.size = LATIN, Pt(size)
    properties = normal.element.get_or_add_rPr()
    properties.get_or_add_rFonts().set(_q("w:eastAsia"), font)
    if paper.is_letter and paper.is_chinese:
        spacing = _element("w:spacing")
        spacing.set(_q("w:val"), CLOSER)
        properties.insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:lang")
    language = _element("w:lang")
    language.set(_q("w:val"), "en-GB")
    language.set(_q("w:eastAsia"), "zh-CN")
    properties.append(language)


# ── Lines ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def _line(made: "Document", line: PaperLine, paper: Paper) -> Any:
    """A paragraph of its kind; how it is laid out."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.shared import Pt

    paragraph = made.add_paragraph()
    font, size = STYLES[line.kind]
    is_chinese = paper.is_chinese
    size = size if is_chinese else PLAIN[line.kind]
    _run(paragraph, shown(line.text), font if is_chinese else SONG, size, is_bold=_is_bold(line, paper))
    layout = paragraph.paragraph_format
    layout.space_before = layout.space_after = Pt(0 if is_chinese else 4)
    if paper.is_letter and is_chinese:
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE_POINTS)
    if line.kind is LineKind.TITLE:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        layout.space_after = Pt(LINE_POINTS / 2 if paper.is_letter else 6)
        layout.keep_with_next = True
        _off_the_grid(paragraph)
    elif line.kind is LineKind.SIGNATURE:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        layout.right_indent = Pt(4 * size)
        layout.keep_together = True
    elif is_chinese and line.kind in (LineKind.BODY, LineKind.HEADING):
        indent = paragraph._p.get_or_add_pPr().get_or_add_ind()  # noqa: SLF001 - nor for indents in characters
        indent.set(_q("w:firstLineChars"), "200")
        indent.set(_q("w:firstLine"), str(int(2 * size * 20)))
    return layout


def _off_the_grid(paragraph: "Paragraph") -> None:
    """Let its lines be as high as their words: on a grid a large one takes two, and a small one in a square a whole one."""
    mark = _element("w:snapToGrid")
    mark.set(_q("w:val"), "0")
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - nor for the grid
    properties.insert_element_before(mark, "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr")


def _picture(made: "Document", picture: PaperPicture) -> None:
    """A picture in the middle, on the page of what follows it."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    made.add_picture(io.BytesIO(graphs.png(picture.graph)), width=Mm(picture.width))
    paragraph = made.paragraphs[-1]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = True


def _is_bold(line: PaperLine, paper: Paper) -> bool:
    return not paper.is_chinese and line.kind in (LineKind.TITLE, LineKind.HEADING)


def _run(paragraph: "Paragraph", text: str, font: str, size: float, *, is_bold: bool = False) -> Any:
    """Some words in a font: Chinese in this one, figures and letters in the Latin one."""
    run = paragraph.add_run(text)
    run._r.insert(0, deepcopy(_manner(font, size, is_bold)))  # noqa: SLF001 - once for all words of a kind, for setting it takes long
    return run


@cache
def _manner(font: str, size: float, is_bold: bool) -> Any:
    """How words of a kind are set."""
    from docx.shared import Pt
    from docx.text.run import Run

    run = Run(_element("w:r"), None)  # type: ignore[arg-type]
    run.font.name, run.font.size, run.bold = LATIN, Pt(size), is_bold or None
    properties = run._r.get_or_add_rPr()  # noqa: SLF001
    properties.get_or_add_rFonts().set(_q("w:eastAsia"), font)
    return properties


@dataclass(frozen=True, slots=True)
class _Look:
    """How the words of a table are set."""

    is_chinese: bool
    points: float


# ── Tables ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def _table(made: "Document", table: PaperTable, paper: Paper) -> None:
    """A table with thin lines, its heads again on every page."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Mm

    columns, is_chinese = len(table.widths), paper.is_chinese
    look = _Look(is_chinese, table.points if is_chinese else 10.0)
    heads = 1 if table.heads else 0
    drawn = made.add_table(rows=heads + len(table.rows), cols=columns)
    drawn.style, drawn.alignment, drawn.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    squares = [list(row.cells) for row in drawn.rows]
    for row_of_squares in squares:
        for square, width in zip(row_of_squares, table.widths, strict=True):
            square.width = Mm(width)
    for head in range(heads):
        for column, text in enumerate(table.heads):
            _square(squares[head][column], text, look, is_label=True)
        mark = _element("w:tblHeader")
        drawn.rows[head]._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - nor for heads that come again
    for place, row in enumerate(table.rows):
        _row(squares[heads + place], row, table, look)
    for column in table.joined:
        for first, last in runs_of(table, column):
            if last > first:
                for square in squares[heads + first + 1 : heads + last + 1]:
                    square[column].paragraphs[0].clear()
                squares[heads + first][column].merge(squares[heads + last][column])
                _drop_empty(squares[heads + first][column])
    _set_sizes(drawn, table, heads)


def _row(squares: "list[_Cell]", row: Any, table: PaperTable, look: _Look) -> None:
    """One row; its last square takes what is left."""
    for column, value in enumerate(row):
        is_label = column in table.labels
        _square(squares[column], shown(value), look, is_label=is_label, is_centred=is_label or column in table.centred)
    if len(row) < len(squares):
        squares[len(row) - 1].merge(squares[-1])
        _drop_empty(squares[len(row) - 1])


def _square(square: "_Cell", text: str, look: _Look, *, is_label: bool = False, is_centred: bool = False) -> None:
    """One square: labels and heads in another font, in the middle."""
    from docx.enum.table import WD_ALIGN_VERTICAL

    square.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    for place, line in enumerate(text.split("\n")):
        paragraph = square.paragraphs[0] if place == 0 else square.add_paragraph()
        is_bold = is_label and not look.is_chinese
        _run(paragraph, line, HEI if is_label and look.is_chinese else FANG, look.points, is_bold=is_bold)
        paragraph._p.insert(0, deepcopy(_stance(is_label or is_centred)))  # noqa: SLF001 - nor for many at once


@cache
def _stance(is_centred: bool) -> Any:
    """How the lines of a square stand."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt
    from docx.text.paragraph import Paragraph

    paragraph = Paragraph(_element("w:p"), None)  # type: ignore[arg-type]
    paragraph.paragraph_format.space_after = Pt(0)
    _off_the_grid(paragraph)
    if is_centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph._p.pPr  # noqa: SLF001


def _drop_empty(square: "_Cell") -> None:
    """Take the empty lines away that joining squares leaves behind."""
    for paragraph in square.paragraphs[1:]:
        if not paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)  # noqa: SLF001 - nor for taking lines away


def _set_sizes(drawn: Any, table: PaperTable, heads: int) -> None:
    """How wide the columns are (squares had theirs before they were joined) and how high the rows; no row is broken over two pages."""
    from docx.shared import Mm

    for column, width in zip(drawn.columns, table.widths, strict=True):
        column.width = Mm(width)
    for place, row in enumerate(drawn.rows):
        if height := table.heights.get(place - heads, table.least_height):
            row.height = Mm(height)
        row._tr.get_or_add_trPr().append(_element("w:cantSplit"))  # noqa: SLF001 - nor for rows kept whole


def _element(name: str) -> Any:
    from docx.oxml import OxmlElement

    return OxmlElement(name)


def _q(name: str) -> str:
    from docx.oxml.ns import qn

    return qn(name)
