"""Files that mean harm, or were damaged on their way: made from known ones by dice that always fall alike."""

import io
import random
import resource
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from itertools import chain, cycle, islice
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.core.feeds.outside_calendars import Unusable, kept_window
from scheduler.core.ground.errors import Malformed
from scheduler.documents import workbooks
from scheduler.ical import process
from tests.ical.hostile import beside_a_good_one, no_calendars
from tests.trust.figures import Figure

DATA = Path(__file__).parents[1] / "data"
SECONDS, MEGABYTES = 5.0, 512
SPARE_SECONDS, SPARE_MEGABYTES = 3.0, 64
"""What a process takes to begin and to end on a busy machine, besides what it is allowed."""
SHANGHAI = ZoneInfo("Asia/Shanghai")


def calendars(count: int) -> Figure:
    """So many calendars: each is read or refused within its seconds and megabytes."""
    return _calendars([*beside_a_good_one(), *no_calendars()], count)


def damaged_calendars(count: int) -> Figure:
    """The same of damaged ones alone."""
    return _calendars([], count)


def _calendars(known: list[tuple[str, bytes]], count: int) -> Figure:
    files = [(path.stem, path.read_bytes()) for path in sorted((DATA / "calendars").glob("*.ics"))]
    window = kept_window(date(2014, 8, 1), SHANGHAI)

    def read(data: bytes) -> None:
        with suppress(Unusable):
            process.read(data, window, SHANGHAI)

    return _bounded("hostile .ics", islice(chain(known, damaged(files, random.Random(1))), count), read)


def books(count: int) -> Figure:
    """So many workbooks, likewise."""
    files = [(path.stem, path.read_bytes()) for path in sorted((DATA / "workbooks").iterdir())]
    whole = [(path.stem, path.read_bytes()) for path in sorted(DATA.rglob("*.xlsx"))]

    def read(data: bytes) -> None:
        with suppress(Malformed):
            workbooks.sheets("book.xlsx", data)

    dice = random.Random(2)
    made = chain.from_iterable(zip(damaged(whole, dice), repacked(whole, dice), strict=False))
    return _bounded("hostile .xlsx", islice(chain(files, made), count), read)


def damaged(files: list[tuple[str, bytes]], dice: random.Random) -> Iterator[tuple[str, bytes]]:
    """Without end: one of these files, with something cut out, doubled, changed or swollen."""
    for name, data in cycle(files):
        start, length = dice.randrange(len(data)), dice.choice((1, 3, 40, 400))
        piece = data[start : start + length]
        put = dice.choice(
            (b"", piece * 2, piece * 5_000, bytes(dice.randrange(256) for _ in piece), b"9" * 400, b"\r\n")
        )
        yield f"{name}, {len(piece)} of {start} by {len(put)}", data[:start] + put + data[start + length :]


def repacked(files: list[tuple[str, bytes]], dice: random.Random) -> Iterator[tuple[str, bytes]]:
    """Without end: a workbook that opens, of which one part inside was damaged."""
    for name, data in cycle(files):
        made = io.BytesIO()
        try:
            with (
                zipfile.ZipFile(io.BytesIO(data)) as source,
                zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
            ):
                hit = dice.choice(source.namelist())
                for part in source.namelist():
                    inner = source.read(part)
                    target.writestr(part, next(damaged([(part, inner)], dice))[1] if part == hit and inner else inner)
        except zipfile.BadZipFile:
            continue
        yield f"{name}: {hit}", made.getvalue()


def _bounded(name: str, files: Iterator[tuple[str, bytes]], read: Callable[[bytes], None]) -> Figure:
    """How long the slowest took, and how much the largest process; anything but a reading or a refusal is raised."""
    count, slowest, worst = 0, 0.0, ""
    for file, data in files:
        began = time.monotonic()
        read(data)
        count, taken = count + 1, time.monotonic() - began
        if taken > slowest:
            slowest, worst = taken, file
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    is_kept = slowest <= SECONDS + SPARE_SECONDS and megabytes <= MEGABYTES + SPARE_MEGABYTES
    return Figure(
        name, f"{count} files, slowest {slowest:.1f} s ({worst}), largest process {megabytes:.0f} MB", is_kept
    )
