"""What stands in a cell, as the text that a person meant: the same from csv, xlsx and yaml."""

import unicodedata
from datetime import date, datetime, time, timedelta
from functools import lru_cache


@lru_cache(maxsize=20_000)
def clean(text: str) -> str:
    """Composed (NFC), without control and invisible characters; any run of spaces, full-width ones too, is one space."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    visible = (_visible(character) for character in unicodedata.normalize("NFC", text))
    return " ".join("".join(visible).split())


def _visible(character: str) -> str:
    """A character that may stay, private and very new ones too; odd spaces become a space, what nobody sees goes."""
    category = unicodedata.category(character)
    if category in ("Zs", "Zl", "Zp") or character in "\t\n\r\x0b\x0c":
        return " "
    is_none = category in ("Cc", "Cf", "Cs") or (category == "Cn" and _is_noncharacter(ord(character)))
    return "" if is_none else character


def _is_noncharacter(point: int) -> bool:
    """Whether a code point is none of a character, now and ever; others may be characters newer than this Python."""
    return 0xFDD0 <= point <= 0xFDEF or point & 0xFFFE == 0xFFFE


def from_cell(value: object) -> str:
    """A typed cell of a spreadsheet as the text that the same table has as csv: 1.0 is `1`, a date is ISO, a time HH:MM."""
    match value:
        case str():
            return clean(value)
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case date() | time() | timedelta():
            return _from_moment(value)
        case _:
            return clean(str(value))


def _from_moment(value: date | time | timedelta) -> str:
    """A day, a moment, a time of day, or a length of time (which is how some sheets keep a time of day)."""
    match value:
        case datetime():
            return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d} {_clock(value.time())}"
        case date():
            return value.isoformat()
        case time():
            return _clock(value)
        case timedelta():
            minutes, seconds = divmod(round(value.total_seconds()), 60)
            return f"{minutes // 60:02}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")


def _clock(value: time) -> str:
    return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"


def shown(raw: object) -> str:
    """A value as a sentence repeats it: short, and nothing in it that could not be shown."""
    match raw:
        case str():
            short = raw if len(raw) <= 60 else f"{raw[:59]}…"
            return "".join(character if character.isprintable() else "�" for character in short)
        case None | bool():
            return {None: "null", True: "true", False: "false"}[raw]
        case int():
            return str(raw) if abs(raw) < 10**20 else "…"
        case float():
            return str(raw)
        case list():
            return "[…]" if raw else "[]"
        case _:
            return "{…}" if raw else "{}"
