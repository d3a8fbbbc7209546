"""Names by the strokes of their characters, as lists of people in Chinese are ordered."""

from functools import cache
from importlib import resources

BLANK = -1
"""What stands for the middle of a name of two characters: it goes before every character."""


def stroke_key(name: str) -> tuple[int, ...]:
    """What 姓氏笔画 order sorts by: the surname's strokes, then the given name's; 田富 goes before 田大利."""
    places = _places()
    key = tuple(places.get(character, len(places) + ord(character)) for character in name)
    return (key[0], BLANK, key[1]) if len(key) == 2 else key


@cache
def _places() -> dict[str, int]:
    """Where each character stands."""
    text = resources.files("scheduler.core.ground").joinpath("strokes.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return {character: place for place, character in enumerate("".join(lines))}
