"""Words of the command line → days, times, people, kinds. What cannot be read is named with its option."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import NoReturn
from zoneinfo import ZoneInfo

import click

from scheduler.cli.call import Misused, said
from scheduler.cli.command import lang_of
from scheduler.wording.texts import SOURCE, listed

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
WALL = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(:\d{2})?)(Z|[+-]\d{2}:?\d{2})?")
YEARS = range(1900, 2200)
SEPARATORS = re.compile(r"[,，、;；]")
SECONDS_TEXT = re.compile(r"\d{1,6}(\.\d{1,9})?", re.ASCII)
MOST_SECONDS = 24 * 60 * 60
LARGEST_SEED = 2**31 - 1
LONGEST = 14 * 24 * 60
"""Minutes: no booking is longer than 14 days."""


def _refuse(ctx: click.Context | None, param: click.Parameter | None, text: str, /, **values: object) -> NoReturn:
    """Say what is wrong with a value, in the reader's language."""
    raise click.BadParameter(said(text, lang_of(ctx) if ctx else SOURCE, **values), ctx, param)


class DayType(click.ParamType[date]):
    """A day, `2014-08-20`."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that was written."""
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(str(value)) if DAY.fullmatch(str(value)) else None
        except ValueError:
            day = None
        if day is None or day.year not in YEARS:
            _refuse(ctx, param, "“%(value)s”不是日期，应如 2014-08-20。", value=value)
        return day

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:  # noqa: ARG002
        """How help shows it."""
        return "DATE" if isinstance(param, click.Option) else None


class WallType(click.ParamType[datetime]):
    """A start, `2014-08-20T09:00`: the organisation's wall clock, or with an offset any clock."""

    name = "start"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The time that was written, still without a zone unless an offset was given."""
        if isinstance(value, datetime):
            return value
        try:
            time = datetime.fromisoformat(str(value)) if WALL.fullmatch(str(value)) else None
        except ValueError:
            time = None
        if time is None or time.year not in YEARS:
            _refuse(ctx, param, "“%(value)s”不是时间，应如 2014-08-20T09:00。", value=value)
        return time

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:  # noqa: ARG002
        """How help shows it."""
        return "TIME"


class ListType(click.ParamType[tuple[str, ...]]):
    """Several words, by commas."""

    name = "list"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """The words, none of them empty."""
        if isinstance(value, tuple):
            return value
        words = tuple(part.strip() for part in SEPARATORS.split(str(value)) if part.strip())
        if not words:
            _refuse(ctx, param, "不能为空。")
        return words

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:  # noqa: ARG002
        """How help shows it."""
        return "A,B"


class MinutesType(click.ParamType[int]):
    """A length in whole minutes."""

    name = "minutes"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """A number from 1 to 14 days."""
        text = str(value)
        if not (text.isascii() and text.isdigit() and len(text) < 6 and 0 < int(text) <= LONGEST):
            _refuse(
                ctx,
                param,
                "“%(value)s”不是 1 到 %(most)s 的整数（分钟，最长 14 天）。",
                value=value,
                most=LONGEST,
            )
        return int(text)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:  # noqa: ARG002
        """How help shows it."""
        return "MIN"


class OneOf(click.ParamType[str]):
    """One of a few words."""

    name = "word"

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word, if it is one of them."""
        if value not in self.words:
            known = listed(self.words, lang_of(ctx) if ctx else SOURCE)
            _refuse(ctx, param, "“%(value)s”不在其中：%(known)s。", value=value, known=known)
        return str(value)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:  # noqa: ARG002
        """How help shows it."""
        return "|".join(self.words)


class PortType(click.ParamType[int]):
    """A port to listen on."""

    name = "port"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """A number from 1 to 65535."""
        text = str(value)
        if not (text.isascii() and text.isdigit() and len(text) < 6 and 0 < int(text) < 65536):
            _refuse(ctx, param, "“%(value)s”不是 1 到 65535 的整数。", value=value)
        return int(text)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:  # noqa: ARG002
        """How help shows it."""
        return "PORT"


class SecondsType(click.ParamType[float]):
    """How long something may take."""

    name = "seconds"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """A number of seconds above 0, up to a day."""
        text = str(value)
        seconds = float(text) if SECONDS_TEXT.fullmatch(text) else 0.0
        if not 0 < seconds <= MOST_SECONDS:
            _refuse(
                ctx,
                param,
                "“%(value)s”不是秒数，应大于 0、不超过 %(most)s。",
                value=value,
                most=MOST_SECONDS,
            )
        return seconds

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:  # noqa: ARG002
        """How help shows it."""
        return "SECONDS"


class SeedType(click.ParamType[int]):
    """What chance begins with."""

    name = "seed"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """A whole number that any generator of chance takes."""
        text = str(value)
        if not (text.isascii() and text.isdigit() and len(text) < 11 and int(text) <= LARGEST_SEED):
            _refuse(ctx, param, "“%(value)s”不是 0 到 %(most)s 的整数。", value=value, most=LARGEST_SEED)
        return int(text)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:  # noqa: ARG002
        """How help shows it."""
        return "SEED"


SECONDS, SEED = SecondsType(), SeedType()
ADAY, WALLTIME, WORDS, MINUTES, PORT = DayType(), WallType(), ListType(), MinutesType(), PortType()


def moment(time: datetime, zone: ZoneInfo, option: str, lang: str) -> datetime:
    """A time of the wall clock as a moment; one that the clock skips (or an odd offset) is refused."""
    aware = time if time.tzinfo else time.replace(tzinfo=zone)
    back = aware.astimezone(UTC).astimezone(zone)
    if time.tzinfo is None and back.replace(tzinfo=None) != time:
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
    return back
