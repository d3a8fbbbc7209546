"""Papers that were handed out, and whether what stands in them still holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scheduler.core.ground.ids import RoomId
from scheduler.core.ground.spans import Span


class Differs(StrEnum):
    """What a paper says otherwise than the booking."""

    TIME = "time"
    PLACE = "place"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class PrintedPaper:
    """A paper that was handed out: which, when and by whom (never the file), and what stood in it of when and where."""

    paper: str
    at: datetime
    by: str
    span: Span
    room: RoomId | None
    title: str


def differences(printed: PrintedPaper, span: Span, room: RoomId | None, title: str) -> tuple[Differs, ...]:
    """What a booking says now that stood otherwise in a paper."""
    differs = {
        Differs.TIME: printed.span != span,
        Differs.PLACE: printed.room != room,
        Differs.TITLE: printed.title != title,
    }
    return tuple(what for what in Differs if differs[what])


def latest(printed: Iterable[PrintedPaper]) -> dict[str, tuple[int, PrintedPaper]]:
    """Of each kind of paper the one that was handed out last, and how many there were (第2版)."""
    last: dict[str, tuple[int, PrintedPaper]] = {}
    for paper in printed:
        last[paper.paper] = (last.get(paper.paper, (0, paper))[0] + 1, paper)
    return last
