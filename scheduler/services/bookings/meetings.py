"""What a meeting has and a talk has not: an agenda, a remark for its notice; and the link by which one joins."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypedDict
from urllib.parse import urlsplit

from scheduler.core.ground import written
from scheduler.core.ground.agenda import MAX_LINK, MAX_POINTS, MAX_REMARK, AgendaItem
from scheduler.core.ground.bookings import MAX_BOOKING_MINUTES, Draft
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.people import Roster
from scheduler.documents.text import clean


class MeetingWords(TypedDict):
    """The words of a meeting in order."""

    agenda: tuple[AgendaItem, ...]
    remark: str
    link: str


def tidy(draft: Draft) -> MeetingWords:
    """The agenda, remark and link of a draft in order. Raises Malformed naming the field."""
    return {"agenda": agenda(draft.agenda), "remark": remark(draft.remark), "link": link(draft.link)}


def agenda(points: Iterable[AgendaItem]) -> tuple[AgendaItem, ...]:
    """An agenda in order. Raises Malformed."""
    tidied = tuple(map(_point, points))
    if len(tidied) > MAX_POINTS:
        raise Malformed("too_many_points", "agenda", most=MAX_POINTS)
    return tidied


def remark(text: str) -> str:
    """A remark for the notice, in order. Raises Malformed."""
    tidied = "\n".join(filter(None, map(clean, text.splitlines())))
    if len(tidied) > MAX_REMARK:
        raise Malformed("too_long", "remark", longest=MAX_REMARK)
    return tidied


def _point(point: AgendaItem) -> AgendaItem:
    """A point with clean words."""
    title, speaker = clean(point.title), clean(point.speaker)
    if not title:
        raise Malformed("missing", "agenda_title")
    for field, text in (("agenda_title", title), ("agenda_speaker", speaker)):
        if len(text) > written.MAX_LINE:
            raise Malformed("too_long", field, longest=written.MAX_LINE)
    if point.minutes is not None and not 1 <= point.minutes <= MAX_BOOKING_MINUTES:
        raise Malformed("out_of_range", "agenda_minutes", value=point.minutes, first=1, last=MAX_BOOKING_MINUTES)
    return replace(point, title=title, speaker="" if point.person else speaker)


def link(text: str) -> str:
    """An address that a browser opens, or none. Raises Malformed."""
    link = text.strip()
    if len(link) > MAX_LINK:
        raise Malformed("too_long", "link", longest=MAX_LINK)
    if not link:
        return ""
    try:
        parts = urlsplit(link)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        is_address = False
    if not is_address or any(character.isspace() or not character.isprintable() for character in link):
        raise Malformed("not_a_link", "link", value=link[:60])
    return link


def points(lines: Iterable[str], speaking: Callable[[str], PersonId | None]) -> tuple[AgendaItem, ...]:
    """An agenda from lines such as `传达文件/刘向东/20`: what, who and how many minutes; `speaking` says who of the roster that is.

    Raises Malformed naming `agenda`.
    """
    return tuple(_read(line, speaking) for line in map(str.strip, lines) if line)


def _read(line: str, speaking: Callable[[str], PersonId | None]) -> AgendaItem:
    title, speaker, minutes = ([part.strip() for part in line.replace("／", "/").split("/", 2)] + ["", ""])[:3]
    length = written.whole(minutes.removesuffix("分钟").strip(), 1, MAX_BOOKING_MINUTES) if minutes else None
    if minutes and length is None:
        raise Malformed("not_a_number", "agenda", value=minutes)
    person = speaking(speaker) if speaker else None
    return AgendaItem(title, person, "" if person else speaker, length)


def speaking(speaker: str, roster: Roster) -> PersonId | None:
    """Who of the roster is named as a speaker, by id or by a name that only one has; None: somebody else."""
    if speaker in roster.people:
        return PersonId(speaker)
    namesakes = roster.people_by_name.get(speaker, ())
    return next(iter(namesakes)) if len(namesakes) == 1 else None
