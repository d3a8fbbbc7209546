"""The stylesheets: nothing in them that no page uses, no colour outside the palette, and every pair of colours legible."""

import re
from pathlib import Path

import pytest

from config import ROOT

CSS = "\n".join((ROOT / "static" / name).read_text(encoding="utf-8") for name in ("app.css", "calendar.css"))
RULES = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)
SOURCES = (
    *(ROOT / "templates").rglob("*.html"),
    *(ROOT / "static").glob("*.js"),
    *(ROOT / "scheduler/web").rglob("*.py"),
)
MADE_BY_OTHERS = re.compile(r"^(ec|htmx)(-|$)")
"""Classes that vendored scripts set."""
MADE_IN_PARTS = re.compile(r"^(is|tint|cell|row|step)-")
"""`is-{{ state }}` and the like: the second half is a word of the code."""


def classes() -> set[str]:
    """Every class that a selector names."""
    selectors = re.findall(r"([^{}]+)\{", RULES)
    return {name for selector in selectors if "@" not in selector for name in re.findall(r"\.([a-z][\w-]*)", selector)}


def test_every_class_of_the_stylesheets_is_used() -> None:
    written = " ".join(Path(source).read_text(encoding="utf-8") for source in SOURCES)
    words = set(re.findall(r"[a-z][\w-]*", written))

    unused = {name for name in classes() - words if not MADE_BY_OTHERS.match(name) and not MADE_IN_PARTS.match(name)}

    assert unused == set()


def palette(scheme: str) -> dict[str, str]:
    """The colours by name, in one theme."""
    blocks = re.findall(r":root \{(.*?)\n {0,2}\}", RULES, flags=re.DOTALL)
    found: dict[str, str] = {}
    for block in blocks[: 1 if scheme == "light" else 2]:
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", block))
    return found


def luminance(colour: str) -> float:
    """As WCAG 2 defines it."""
    full = colour.lstrip("#")
    full = full if len(full) == 6 else "".join(2 * letter for letter in full)
    parts = [int(full[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


PAIRS = (
    ("ink", "paper"), ("ink", "card"), ("ink", "sunk"), ("soft", "paper"), ("soft", "card"), ("soft", "sunk"),
    ("accent", "paper"), ("accent", "card"), ("accent", "accent-wash"), ("on-accent", "accent"),
    ("held", "held-wash"), ("booked", "booked-wash"), ("wait", "wait-wash"), ("open", "open-wash"), ("open", "card"),
)  # fmt: skip
"""Text on what it stands on."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_is_legible_on_its_ground(scheme: str) -> None:
    colours = palette(scheme)

    too_weak = {pair: round(contrast(*(colours[name] for name in pair)), 2) for pair in PAIRS}

    assert {pair: found for pair, found in too_weak.items() if found < 4.5} == {}


def test_figures_of_the_design_reference_are_those_of_the_stylesheet() -> None:
    told = (ROOT / "docs" / "reference" / "design.md").read_text(encoding="utf-8")

    for text, ground in PAIRS:
        figures = [f"{contrast(palette(scheme)[text], palette(scheme)[ground]):.1f}" for scheme in ("light", "dark")]
        assert f"| `{text}` on `{ground}` | {figures[0]} | {figures[1]} |" in told


COLOURS_BESIDE = {"#fff", "#000", "#444", "#bbb"}
"""White of printed matter and of codes to scan; the greys of paper."""


def test_no_rule_has_a_colour_of_its_own() -> None:
    rules = re.sub(r":root \{.*?\}", "", RULES, flags=re.DOTALL)

    assert set(re.findall(r"(?<!%23)#[0-9a-f]{3,6}\b", rules)) - COLOURS_BESIDE == set()


SIZES = {"11px", "12px", "13px", "14px", "15px", "17px", "20px", "22px", "26px", "32px", "40px", "56px"}


def test_type_has_few_sizes() -> None:
    on_screens = re.sub(r"@media print \{(?:[^{}]|\{[^{}]*\})*\}", "", RULES)

    assert set(re.findall(r"font-size: ([\d.]+px)", on_screens)) - SIZES == set()
