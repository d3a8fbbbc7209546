"""A roll call as somebody types it, taken apart: under which word each name stands. Whom a name means is asked in `roll_calls`."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.core.sessions.study import Attended

WORDS = {
    **dict.fromkeys(("出席", "参加", "到会", "参会", "实到", "到场", "签到", "present", "attended"), Attended.ATTENDED),
    **dict.fromkeys(("列席", "旁听", "observers", "observer"), Attended.OBSERVER),
    **dict.fromkeys(
        ("请假", "病假", "事假", "公假", "休假", "出差", "on leave", "sick leave", "leave", "apologies"),
        Attended.ON_LEAVE,
    ),
    **dict.fromkeys(("无故缺席", "缺席", "缺勤", "未参加", "未到", "旷课", "absent"), Attended.ABSENT),
    **dict.fromkeys(("迟到", "late"), Attended.LATE),
    **dict.fromkeys(("早退", "left early"), Attended.LEFT_EARLY),
}
"""What people write for it."""
NOBODY = frozenset({"无", "没有", "暂无", "none", "nobody", "-", "--", "—", "0人"})
_ANY = "|".join(sorted(WORDS, key=len, reverse=True))
_COUNT = r"\(?\s*(?:共|计|合计)?\s*(?P<count>\d{1,5})\s*[人名]?\s*\)?"
_HEADING = re.compile(
    rf"(?<![^\s,;、。()】>:])(?P<word>{_ANY})(?:的?(?:人员|同志|领导|名单|者))?\s*(?:{_COUNT})?(?:\s*:|\s|(?=[,;。])|$)",
    re.IGNORECASE,
)
_EXPECTED = re.compile(
    r"应(?:到|出席|参加|参会|到会)(?:人数)?\s*:?\s*(\d{1,5})\s*[人名]?|(\d{1,5}) expected", re.IGNORECASE
)
_PRESENT = re.compile(
    r"实(?:到|际出席|际参加|际到会|出席|参加|参会)(?:人数)?\s*:?\s*(\d{1,5})\s*[人名]?|(\d{1,5}) present", re.IGNORECASE
)
_CHUNK = re.compile(r"(?P<name>[^、,;。\n\t|/()]+)(?:\((?P<remark>[^()]*)\)?)?")
_ONLY_COUNT = re.compile(r"(?:等|共|计|合计)?(?P<count>\d{1,5})[人名]")
_REST = re.compile(
    rf"(?:其余|其他|其它|全体|全部|the rest|others)(?:的?(?:人员|同志|人))?(?:均|都|全部|全|已)*(?:{_ANY}|到齐)?",
    re.IGNORECASE,
)
_SAID_AFTER = re.compile(rf"(?P<name>.{{1,20}}?)(?:因[^因]{{0,8}}?)?(?P<word>{_ANY})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """A name, or what stands where one would, and what is said of it."""

    text: str
    status: Attended


@dataclass(frozen=True, slots=True)
class Section:
    """How many a heading speaks of, and how many names follow it."""

    status: Attended
    count: int
    names: int


@dataclass(frozen=True, slots=True)
class RollCallText:
    """What a text says."""

    said: tuple[Said, ...]
    sections: tuple[Section, ...]
    """Those whose heading names a number."""
    rest: Attended | None
    """What is said of everybody else."""
    expected: int | None
    present: int | None
    aside: tuple[str, ...]
    """What stands under no heading."""


def read(text: str) -> RollCallText:
    """Take a text apart; whatever it is, the answer is what could be made of it."""
    plain = unicodedata.normalize("NFKC", text).replace("\r", "\n")
    expected, plain = _number(_EXPECTED, plain)
    present, plain = _number(_PRESENT, plain)
    reader = _TextReader()
    for status, count, body in _sections(plain):
        reader.take(status, count, body)
    return RollCallText(tuple(reader.said), tuple(reader.sections), reader.rest, expected, present, tuple(reader.aside))


def _number(pattern: re.Pattern[str], text: str) -> tuple[int | None, str]:
    """A number that is named once, and the text without it."""
    match = pattern.search(text)
    if not match:
        return None, text
    return int(match[1] or match[2]), f"{text[: match.start()]},{text[match.end() :]}"


def _sections(text: str) -> Iterator[tuple[Attended | None, int | None, str]]:
    """Each heading's status and number with what stands below it; first what stands above all of them."""
    status: Attended | None = None
    count: int | None = None
    start = 0
    for heading in _HEADING.finditer(text):
        yield status, count, text[start : heading.start()]
        status, start = _status(heading["word"]), heading.end()
        count = int(heading["count"]) if heading["count"] else None
    yield status, count, text[start:]


def _status(word: str) -> Attended:
    return WORDS[word.casefold()]


class _TextReader:
    """Reads section after section."""

    def __init__(self) -> None:
        self.said: list[Said] = []
        self.sections: list[Section] = []
        self.aside: list[str] = []
        self.rest: Attended | None = None

    def take(self, status: Attended | None, count: int | None, body: str) -> None:
        """One section."""
        before = len(self.said)
        for chunk in _CHUNK.finditer(body):
            text = " ".join(chunk["name"].split()).strip(":.")
            if only := _ONLY_COUNT.fullmatch(text.replace(" ", "")):
                count = int(only["count"])
            elif text and text.casefold() not in NOBODY:
                self._chunk(text, chunk["remark"] or "", status)
        if status and count is not None:
            self.sections.append(Section(status, count, len(self.said) - before))

    def _chunk(self, text: str, remark: str, status: Attended | None) -> None:
        """What stands between two separators."""
        if _REST.fullmatch(text):
            word = re.search(rf"(?:{_ANY})$", text, re.IGNORECASE)
            self.rest = _status(word[0]) if word else status or Attended.ATTENDED
            return
        after = _SAID_AFTER.fullmatch(text)
        own = WORDS.get(remark.strip().casefold())
        if after:
            self.said.append(Said(after["name"].strip(), _status(after["word"])))
        elif own or status:
            self.said.append(Said(text.removesuffix("同志").strip() or text, own or status or Attended.ATTENDED))
        else:
            self.aside.append(text)
