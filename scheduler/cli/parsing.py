"""Words of the command line → days, times, people, kinds. What cannot be read is named with its option."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

import click

from scheduler.cli.call import Misused, said
from scheduler.cli.command import lang_of
from scheduler.core.arranging.options import MAX_SEED
from scheduler.core.ground import written
from scheduler.core.ground.bookings import MAX_BOOKING_MINUTES
from scheduler.core.ground.spans import at_wall
from scheduler.core.sessions.rhythms import LAST, MAX_NTH
from scheduler.wording.texts import SOURCE, listed

T = TypeVar("T")
SEPARATORS = re.compile(r"[,，、;；]")
SECONDS_TEXT = re.compile(r"\d{1,6}(\.\d{1,9})?", re.ASCII)
MAX_SECONDS = 24 * 60 * 60
MAX_PORT = 65535


class Parsed(click.ParamType[T]):
    """What a word means; a word that means nothing is refused with a sentence."""

    def __init__(
        self, name: str, metavar: str, read: Callable[[str], T | None], sentence: str, **values: object
    ) -> None:
        self.name, self.metavar, self.read, self.sentence, self.values = name, metavar, read, sentence, values

    def convert(self, value: T | str, param: click.Parameter | None, ctx: click.Context | None) -> T:
        """The meaning of what was written; what is set if nothing is written means itself."""
        if not isinstance(value, str):
            return value
        meaning = self.read(value)
        if meaning is None:
            told = said(self.sentence, lang_of(ctx) if ctx else SOURCE, value=value, **self.values)
            raise click.BadParameter(told, ctx, param)
        return meaning

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:  # noqa: ARG002
        """How help shows it."""
        return self.metavar if isinstance(param, click.Option) else None


class OneOf(click.ParamType[str]):
    """One of a few words."""

    name = "word"

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word, if it is one of them."""
        if value not in self.words:
            lang = lang_of(ctx) if ctx else SOURCE
            told = said("“%(value)s”不在其中：%(known)s。", lang, value=value, known=listed(self.words, lang))
            raise click.BadParameter(told, ctx, param)
        return str(value)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:  # noqa: ARG002
        """How help shows it."""
        return "|".join(self.words)


def _words(text: str) -> tuple[str, ...] | None:
    """The words between commas, none of them empty."""
    return tuple(part.strip() for part in SEPARATORS.split(text) if part.strip()) or None


def _hours(text: str) -> float | None:
    """Study hours; `none` for 0: none are stated any more."""
    return 0.0 if text == "none" else written.hours(text)


def _seconds(text: str) -> float | None:
    """A number of seconds above 0, up to a day."""
    seconds = float(text) if SECONDS_TEXT.fullmatch(text) else 0.0
    return seconds if 0 < seconds <= MAX_SECONDS else None


def _whole(name: str, metavar: str, least: int, most: int, sentence: str) -> Parsed[int]:
    """A whole number within bounds."""
    return Parsed(name, metavar, lambda text: written.whole(text, least, most), sentence, most=most)


ADAY = Parsed("day", "DATE", written.day, "“%(value)s”不是日期，应如 2014-08-20。")
AMONTH = Parsed("month", "YYYY-MM", written.month, "“%(value)s”不是月份，应如 2014-06。")
WALLTIME = Parsed("start", "TIME", written.moment, "“%(value)s”不是时间，应如 2014-08-20T09:00。")
"""The organisation's wall clock, or with an offset any clock."""
WORDS = Parsed("list", "A,B", _words, "不能为空。")
CLOCK = Parsed("clock", "HH:MM", written.clock, "“%(value)s”不是时刻，应如 09:00。")
NTH = Parsed(
    "nth",
    "N|last",
    lambda text: LAST if text == "last" else written.whole(text, 1, MAX_NTH),
    "“%(value)s”不是 1 到 %(most)s 的整数，也不是 last。",
    most=MAX_NTH,
)
MINUTES = _whole("minutes", "MIN", 1, MAX_BOOKING_MINUTES, "“%(value)s”不是 1 到 %(most)s 的整数（分钟，最长 14 天）。")
HOURS = Parsed("hours", "HOURS", written.hours, "“%(value)s”不是学时，应如 3 或 3.5。")
HOURS_OR_NONE = Parsed("hours", "HOURS", _hours, "“%(value)s”不是学时，应如 3 或 3.5；none 按时间计。")
SHARE = Parsed("share", "SHARE", written.share, "“%(value)s”不是比例，应如 2/3、三分之二或 60%%，大于 0、不超过全部。")
PORT = _whole("port", "PORT", 1, MAX_PORT, "“%(value)s”不是 1 到 65535 的整数。")
SEED = _whole("seed", "SEED", 0, MAX_SEED, "“%(value)s”不是 0 到 %(most)s 的整数。")
SECONDS = Parsed("seconds", "SECONDS", _seconds, "“%(value)s”不是秒数，应大于 0、不超过 %(most)s。", most=MAX_SECONDS)


def moment(time: datetime, zone: ZoneInfo, option: str, lang: str) -> datetime:
    """A time of the wall clock as a moment; one that the clock skips (or an odd offset) is refused."""
    local = at_wall(time, zone)
    if local is None:
        wall = f"{time:%Y-%m-%dT%H:%M}"
        raise Misused(
            said(
                "%(option)s：%(zone)s 没有 %(wall)s 这一时刻（时钟拨快）。",
                lang,
                option=option,
                zone=zone.key,
                wall=wall,
            )
        )
    return local
