"""Pictures of numbers: they follow the page's colours, load nothing, and come in what each paper can hold."""

import io
import re
import zipfile

import pytest
from pypdf import PdfReader

from scheduler.documents import graphs, papers_docx, papers_pdf, papers_xlsx
from scheduler.documents.graphs import AxisMark, Bar, BarPart, Graph, Level, Line, Tone, Upright
from scheduler.documents.papers import Paper, PaperLine, PaperPicture, PaperTable

LINES = Graph(
    (AxisMark(0, "6.1"), AxisMark(1, "8.1")), (Line(((0, 0), (0.5, 33))), Line(((0.5, 33), (1, 48)), is_dashed=True)),
    levels=(Level(48, Tone.GOOD),), uprights=(Upright(0.9),),
)  # fmt: skip
BARS = Graph((AxisMark(0.5, "1"),), bars=(Bar(0.2, 0.8, (BarPart(3), BarPart(0, Tone.SOFT), BarPart(2, Tone.BAD))),))
NOTHING = Graph(())


@pytest.mark.parametrize(
    ("highest", "steps"),
    [(1, [0, 1]), (5, [0, 1, 2, 3, 4, 5]), (48, [0, 10, 20, 30, 40, 50]), (51, [0, 20, 40, 60]), (1001, [0, 500, 1000, 1500])],
)  # fmt: skip
def test_steps_are_round_and_few(highest: float, steps: list[int]) -> None:
    assert graphs.ticks(highest) == steps


def test_a_picture_is_as_high_as_what_stands_in_it() -> None:
    assert (LINES.highest, BARS.highest, NOTHING.highest) == (48, 5, 1)


@pytest.mark.parametrize("graph", [LINES, BARS, NOTHING])
def test_a_page_gets_a_picture_in_its_own_colours(graph: Graph) -> None:
    drawn = graphs.svg(graph)

    assert drawn.startswith('<svg viewBox="0 0 640 220" class="picture" aria-hidden="true"')
    assert set(re.findall(r'(?:fill|stroke)="(#[^"]+)"', drawn)) == set()
    assert "style=" not in drawn
    assert "<script" not in drawn
    assert set(re.findall(r'href="(.)', drawn)) <= {"#"}


def test_two_pictures_share_no_id() -> None:
    first, second = (set(re.findall(r' id="([^"]+)"', graphs.svg(graph))) for graph in (LINES, BARS))

    assert first
    assert second
    assert first & second == set()


def test_papers_hold_the_picture_and_a_workbook_its_figures() -> None:
    table = PaperTable("进度", ["截至", "已谈"], [["6月1日", 33]], [80, 80])
    paper = Paper("报告", [PaperLine("进度"), PaperPicture(LINES), table], "zh")

    word, book = papers_docx.document(paper), papers_xlsx.workbook(paper)
    pdf = papers_pdf.document(paper)

    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        assert archive.read("word/media/image1.png").startswith(b"\x89PNG")
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        assert not [name for name in archive.namelist() if "media" in name]
    assert pdf is None or len(PdfReader(io.BytesIO(pdf)).pages) == 1
