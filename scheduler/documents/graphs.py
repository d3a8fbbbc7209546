"""Pictures of numbers, drawn by Typst: as .svg for pages and .pdf, as .png for .docx. Their labels are figures; words stand beside them."""

import json
import math
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources

WIDE, HIGH = 640, 220
"""Points; a picture is as wide as its place allows, and keeps this form."""
PPI = 200.0
MOST_TICKS = 5


class Tone(StrEnum):
    """What a line or a bar is coloured as."""

    MAIN = "main"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    SOFT = "soft"
    LINE = "line"


ON_PAPER = {
    Tone.MAIN: "#1f5f8b",
    Tone.GOOD: "#1a7f6b",
    Tone.WARN: "#b07a1e",
    Tone.BAD: "#b23b3b",
    Tone.SOFT: "#5b6674",
    Tone.LINE: "#dadcd6",
}
ON_PAGE = {
    "#0a0001": "var(--accent)",
    "#0a0002": "var(--held-bar)",
    "#0a0003": "var(--wait)",
    "#0a0004": "var(--open)",
    "#0a0005": "var(--soft)",
    "#0a0006": "var(--line)",
}
"""Colours that are drawn, and what a page puts in their place, so that they follow its light and dark."""


@dataclass(frozen=True, slots=True)
class AxisMark:
    """A figure below a place from 0 to 1."""

    place: float
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points: place from 0 to 1, value."""

    points: tuple[tuple[float, float], ...]
    tone: Tone = Tone.MAIN
    is_dashed: bool = False


@dataclass(frozen=True, slots=True)
class BarPart:
    """A part of a bar, upon those before it."""

    value: float
    tone: Tone = Tone.MAIN


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar between two places."""

    start: float
    end: float
    parts: tuple[BarPart, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A value that is marked all along."""

    value: float
    tone: Tone = Tone.WARN


@dataclass(frozen=True, slots=True)
class Upright:
    """A place that is marked from top to bottom."""

    place: float
    tone: Tone = Tone.WARN


@dataclass(frozen=True, slots=True)
class Graph:
    """A picture of numbers, from 0 up."""

    marks: tuple[AxisMark, ...]
    lines: tuple[Line, ...] = ()
    bars: tuple[Bar, ...] = ()
    levels: tuple[Level, ...] = ()
    uprights: tuple[Upright, ...] = ()

    @property
    def highest(self) -> float:
        """The highest value in it; 1 where there is none above."""
        values = [value for line in self.lines for _, value in line.points]
        values += [sum(part.value for part in bar.parts) for bar in self.bars]
        return max([*values, *(level.value for level in self.levels), 1])


def ticks(highest: float) -> list[int]:
    """Whole values from 0 to above the highest, in steps of 1, 2 or 5 of a power of ten, few enough to be read."""
    rough = max(highest / MOST_TICKS, 1)
    power = 10 ** math.floor(math.log10(rough))
    step = next(step * power for step in (1, 2, 5, 10) if step * power >= rough)
    return list(range(0, math.ceil(highest / step) * step + 1, step))


@lru_cache(maxsize=64)
def svg(graph: Graph) -> str:
    """The picture for a page: it takes the page's colours, and names nothing that a page may not load."""
    drawn = _drawn(graph, dict(zip(Tone, ON_PAGE, strict=True)), "svg", is_on_paper=False).decode("utf-8")
    own = f"p{zlib.crc32(repr(graph).encode()):08x}"  # no two pictures of a page share an id
    drawn = drawn.replace('id="g', f'id="{own}').replace('href="#g', f'href="#{own}')
    for colour, word in ON_PAGE.items():
        drawn = drawn.replace(colour, word)
    return drawn.replace(
        f'width="{WIDE}pt" height="{HIGH}pt"', 'class="picture" aria-hidden="true" focusable="false"', 1
    )


@lru_cache(maxsize=16)
def png(graph: Graph) -> bytes:
    """The picture for a .docx."""
    return _drawn(graph, ON_PAPER, "png", is_on_paper=True)


@lru_cache(maxsize=16)
def paper_svg(graph: Graph) -> str:
    """The picture for a .pdf."""
    return _drawn(graph, ON_PAPER, "svg", is_on_paper=True).decode("utf-8")


def _drawn(graph: Graph, tones: Mapping[Tone, str], as_format: str, *, is_on_paper: bool) -> bytes:
    import typst

    steps = ticks(graph.highest)
    data = {**asdict(graph), "top": steps[-1], "ticks": steps, "tones": tones, "on_paper": is_on_paper}
    template = resources.files("scheduler.documents").joinpath("graphs.typ").read_bytes()
    made = typst.compile(
        template, sys_inputs={"data": json.dumps(data)}, format=as_format, ppi=PPI, ignore_system_fonts=True
    )  # type: ignore[call-overload]  # its format is one of a few words
    assert isinstance(made, bytes)  # noqa: S101 - one page, and no name for a file
    return made
