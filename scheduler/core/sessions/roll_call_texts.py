"""A roll call as somebody types it, taken apart: what it says of each name, of groups, of the rest, and of how many there were."""

import re
import unicodedata
from dataclasses import replace

from scheduler.core.sessions import roll_call_words as words
from scheduler.core.sessions.roll_call_english import read_in_order
from scheduler.core.sessions.roll_call_names import CalledNames, Mention, NamedGroup
from scheduler.core.sessions.roll_call_patterns import (
    ABOUT,
    ALL,
    AMONG,
    BY,
    COUNTED_OFF,
    EVERYBODY,
    EXCEPT,
    EXPECTED,
    HEADING,
    JOIN,
    LABEL,
    LATIN,
    LEAD,
    NAME,
    NO_NAME,
    NOBODY,
    OTHER_UNITS,
    PRESENT,
    REST,
    SOME,
    STARTS,
    TOTAL,
    UNKNOWN,
    blank_parted,
    bracketed,
    last_cut,
    number,
    parted,
    reason_in,
)
from scheduler.core.sessions.roll_call_sayings import Counted, GroupSaid, Rest, RollCallText, Said, Unknown
from scheduler.core.sessions.roll_call_words import NOT_THERE, UNCLEAR, Meaning
from scheduler.core.sessions.study import Attended


def read(text: str, names: CalledNames) -> RollCallText:
    """Take a text apart; whatever it is, the answer is what could be made of it."""
    plain = unicodedata.normalize("NFKC", text).replace("\r", "\n").casefold()
    plain = re.sub(r"[【〔\[]", "(", re.sub(r"[】〕\]]", ")", plain)).replace("︰", ":")
    reader, plain = _Reader(names), read_in_order(plain, names)
    plain = re.sub(r"(?:^|(?<=[,;。\n]))([^,;。\n]{1,60}?)除外[,、]?", r"除\1外,", plain)
    for sentence in re.split(r"。|\.(?=\s|$)|!", plain):
        reader.sentence(sentence)
    return reader.text


class _Reader:
    """Reads sentence after sentence: names wait for the word that is said of them, unless they stand under a heading."""

    def __init__(self, names: CalledNames) -> None:
        self.names, self.text = names, RollCallText()
        self._heading: Meaning | None = None
        self._pending: list[tuple[Mention | NamedGroup, str]] = []
        self._chain: list[int] = []
        """CalledNames under a heading that are joined by 、 to the next one."""
        self._is_first_chain = True
        """Whether they begin right behind the heading."""
        self._heading_words = ""
        self._is_by = False
        """Whether 由 stands before the name that is read."""
        self._last: list[Mention] = []
        self._together: list[Mention] = []
        """Those of whom one word was said last."""
        self._rest = ""
        """The rest is spoken of (其余，到会), and the word comes next."""

    def sentence(self, text: str) -> None:
        """One sentence, of several lines perhaps; a heading holds no longer than that."""
        self._heading, self._last, self._rest = None, [], ""
        for line in text.split("\n"):
            self._line(line)
            if not line.rstrip().endswith(("、", ",")):
                self.flush()
        self.flush()

    def _line(self, line: str) -> None:
        """One line; who is excepted is read by itself."""
        if exception := EXCEPT.search(line):
            before, _, group = last_cut(line[: exception.start()])
            self._items(before)
            excepted = _Reader(self.names)
            excepted._items(exception["who"])
            excepted.flush(NOT_THERE, "除外" if exception["word"] == "除" else "except")
            for kind in ("said", "unknown", "counted", "aside"):
                getattr(self.text, kind).extend(getattr(excepted.text, kind))
            after = line[exception.end() :].lstrip()
            needs_rest = not group.strip() and not REST.match(after) and not OTHER_UNITS.match(after)
            self._line(f"{'其余' if needs_rest else group}{after}")
            return
        self._items(line)

    def _items(self, line: str) -> None:
        for separator, item in parted(line):
            if separator != "、":
                self._chain, self._is_first_chain = [], False
            if text := item.strip(" .:?-·*"):
                self._item(text, separator)

    def flush(self, usual: Meaning = UNCLEAR, said: str = "") -> None:
        """CalledNames that no word was said of."""
        for subject, remark in self._pending:
            self._say(subject, words.within(usual, remark), said, remark)
        self._pending = []

    def _item(self, text: str, separator: str) -> None:
        """What stands between two separators: the first way of reading it that fits."""
        text, self._rest = f"{self._rest}{text}", ""
        if NOBODY.fullmatch(text) or text.isdigit():
            return
        lead = LEAD.match(text)
        if not (
            self._numbers(text)
            or self._of_all(text[lead.end() :] if lead else text)
            or self._headed(text)
            or self._named(text)
        ):
            self._odd(text, separator)

    # ── Numbers, the rest, headings ──────────────────────────────────────────────────────────────────────────────
    def _numbers(self, text: str) -> bool:
        """应到10人, 实到8人, 共3人."""
        for of, pattern in (("expected", EXPECTED), ("present", PRESENT)):
            if match := pattern.match(text):
                self.text.counted.append(Counted(of, number(match["count"] or match["english"])))
                rest = text[match.end() :].strip()
                if of == "present" and rest.startswith("("):
                    self._bracket(Meaning((Attended.ATTENDED,)), rest)
                elif of == "present" and rest.startswith(":"):
                    self._open(Meaning((Attended.ATTENDED,)), None, rest[1:], "实到")
                elif rest.strip(" ,:"):
                    self._item(rest.strip(" ,:"), ",")
                return True
        if (total := TOTAL.fullmatch(text)) and self._heading:
            self._count(self._heading, number(total["count"]))
            return True
        return False

    def _of_all(self, text: str) -> bool:
        """其余同志均到会, 其他部门各来一人, 全体到齐."""
        if units := OTHER_UNITS.match(text):
            said = text[units.end() :]
            self.text.groups.append(GroupSaid(None, words.meaning(said) or UNCLEAR, text, bool(SOME.search(said))))
            return True
        rest = REST.match(text)
        count = rest and (rest["count"] or rest["after"])
        if not rest or (rest["word"] == "另外" and not count):
            return False
        said = text[rest.end() :].strip()
        if rest["word"] in ("全勤", "满勤"):
            said = "到会"
        meaning = words.meaning(said) if said else self._heading
        if meaning is None:
            self._rest = "" if said else text
            return not said
        self.text.rest = Rest(meaning, text)
        if count:
            self.text.counted.append(Counted("present" if rest["word"] in EVERYBODY else "rest", number(count)))
        return True

    def _headed(self, text: str) -> bool:
        """出席：…, 请假2人（…）, 未到会人员：…; a label that says nothing of anybody is left aside."""
        head = HEADING.match(text)
        if head and self._is_heading(head, text):
            meaning = words.meaning(head["word"]) or UNCLEAR
            count = head["count"] or head["before"]
            self._open(meaning, number(count) if count else None, text[head.end() :], head["word"])
            return True
        label = LABEL.match(text)
        if not label or any(self.names.inside(label["label"])):
            return False
        before, _, word = label["label"].rpartition(" ")
        said, below = words.meaning(word), text[label.end() :].strip()
        if said and not (said.sure in words.PRESENT and ABOUT.search(word)):
            if before:
                self._item(before, "、")
            self._open(said, number(label["count"]) if label["count"] else None, below, word)
        else:
            self.text.aside.append(label["label"])
            self._heading = None
            self._item(below, ",")
        return True

    def _is_heading(self, head: re.Match[str], text: str) -> bool:
        """Whether a word at the beginning stands above names, rather than being said of those before."""
        end = head["end"].strip()
        if end.endswith(":") or text[head.end() : head.end() + 1] == "(":
            return True
        if head.end() == len(text):
            return not self._pending
        return bool(head["end"]) or self.names.at(text, head.end()) is not None

    def _open(self, meaning: Meaning, count: int | None, below: str, word: str) -> None:
        """A heading, how many it speaks of, and what stands behind it."""
        self.flush()
        self._heading, self._heading_words, self._chain, self._is_first_chain = meaning, word, [], True
        below = below.strip()
        if below.startswith("("):
            self._bracket(meaning, below)
        elif below:
            self._item(below, ":")
        if count is not None:
            self._count(meaning, count)

    def _bracket(self, meaning: Meaning, text: str) -> None:
        """CalledNames in a bracket behind a word or a number."""
        inner, after = bracketed(text)
        self.flush()
        self._heading, self._chain = meaning, []
        self._items(inner)
        if after:
            self._heading = None
            self._item(after, ",")

    def _count(self, meaning: Meaning, count: int) -> None:
        status = meaning.sure
        of = "present" if status is Attended.ATTENDED else status.value if status else "away"
        self.text.counted.append(Counted(of, count))

    # ── CalledNames ────────────────────────────────────────────────────────────────────────────────────────────────────
    def _named(self, text: str) -> bool:
        """One or several names, and what is said of them."""
        before = len(self._pending), len(self.text.said), list(self._chain)
        place = self._start(text)
        group = self.names.group_at(text, place)
        if group and not self.names.at(text, group[1]):
            return self._group(group[0], text[group[1] :].strip(), text)
        while name := self._name_at(text, place):
            mention, remark, end = name
            goes_on = self._after_name(mention, remark, text, end)
            if goes_on is None:
                return True
            place = goes_on
        del (
            self._pending[before[0] :],
            self.text.said[before[1] :],
        )  # something else stands behind a name: nothing is sure
        self._chain = before[2]
        return False

    def _start(self, text: str) -> int:
        """Where the first name stands: behind words that lead up to it."""
        lead, by = LEAD.match(text), BY.match(text)
        self._is_by = bool(by and self.names.at(text, by.end()))
        if by and self._is_by:
            return by.end()
        return lead.end() if lead else 0

    def _name_at(self, text: str, place: int) -> tuple[Mention, str, int] | None:
        """A name, perhaps with the unit before it and brackets behind it, and where that ends."""
        unit = self.names.group_at(text, place)
        hit = self.names.at(text, unit[1] if unit else place, unit[0] if unit else None)
        if hit is None:
            return None
        (mention, end), remark = hit, ""
        while text[end:].lstrip().startswith("("):
            inner, after = bracketed(text[end:].lstrip())
            mention, remark = self._qualified(mention, inner, remark)
            end = len(text) - len(after)
        return mention, remark, end

    def _after_name(self, mention: Mention, remark: str, text: str, end: int) -> int | None:
        """What stands behind a name: where the next one begins, None when all was read; the end of the text for what is neither."""
        said = text[end:]
        joined, head = JOIN.match(said), HEADING.match(said.strip())
        if not said.strip():
            self._wait(mention, remark)
            return None
        if joined and self.names.at(text, end + joined.end()):
            self._wait(mention, remark)
            return end + joined.end()
        if said[0].isspace() and head and head.end() < len(said.strip()):
            self._wait(mention, remark)
            self._chain = []
            self._item(said.strip(), ",")
            return None
        among = None if STARTS.match(said) else AMONG.match(said)
        behind = said[among.end() :] if among else said
        if not STARTS.match(behind) and not (among and among.end() and not behind.strip()):
            return len(text)
        said, more = self._cut(behind)
        self._all_of(mention, remark, among, said)
        if more:
            self._chain = []
            self._item(more, ";")
        return None

    def _cut(self, text: str) -> tuple[str, str]:
        """What is said of a name, and where the next name begins without a separator (吴敏请假 朱琳迟到)."""
        if words.is_of_deputy(text):
            return text, ""
        for place in range(1, len(text)):
            is_apart = text[place - 1].isspace() and bool(text[:place].strip())
            hit = self.names.at(text, place)
            is_next = hit is not None and not hit[0].is_form and (is_apart or words.meaning(text[:place]) is not None)
            if is_next or (is_apart and (REST.match(text, place) or COUNTED_OFF.match(text, place))):
                return text[:place].strip(), text[place:].strip()
        return text, ""

    def _all_of(self, mention: Mention, remark: str, among: re.Match[str] | None, behind: str) -> None:
        """A name with the word that is said of it, and of those before it; perhaps with their number."""
        count = number(among["count"]) if among and among["count"] else None
        said = behind.strip()
        if not said:
            self._wait(mention, remark)
            if self._heading and count is not None:
                self._count(self._heading, count)
            elif self._heading and self._heading.sure not in words.PRESENT:
                self.text.is_open_ended = True
            return
        meaning = words.meaning(said) or UNCLEAR
        self._apply([(mention, remark)], meaning, said, is_open_ended=bool(among and among["etc"] and count is None))
        if count is not None:
            self._count(meaning, count)

    def _apply(
        self,
        more: list[tuple[Mention | NamedGroup, str]],
        meaning: Meaning,
        said: str,
        *,
        is_open_ended: bool = False,
    ) -> None:
        """Say a word of all names that wait for one, and of these."""
        for place in self._chain if more else ():
            before = self.text.said[place]
            if self._is_first_chain:  # 出席：张三、李四请假 says one of two things of 张三
                both = tuple(dict.fromkeys((*before.meaning.readings, *meaning.readings)))
                self.text.said[place] = replace(before, meaning=replace(before.meaning, readings=both))
            else:
                self.text.said[place] = replace(before, meaning=meaning, text=f"{before.mention.text}{said}")
        self._chain = []
        if is_open_ended and meaning.sure not in words.PRESENT:
            self.text.is_open_ended = True
        subjects, self._pending = [*self._pending, *more], []
        meaning = self._deputies(meaning, said)
        self._together = [subject for subject, _ in subjects if isinstance(subject, Mention)]
        for subject, remark in subjects:
            own = words.within(meaning, remark) if remark else meaning
            self._say(subject, own, said, remark)

    def _deputies(self, meaning: Meaning, said: str) -> Meaning:
        """Who came for somebody else was there; who is spoken of then depends on who came for whom."""
        if not words.is_of_deputy(said):
            return meaning
        others = list(self.names.inside_or_elsewhere(said))
        if self._is_by and not others:  # 由卫东代会
            return Meaning((Attended.ATTENDED,))
        for other in others:
            if re.match(r"\s*[代替]", said):
                self._say(other, NOT_THERE, said, "")
                return Meaning((Attended.ATTENDED,))
            self._say(other, Meaning((Attended.ATTENDED,)), said, "")
        return meaning

    def _say(self, subject: Mention | NamedGroup, meaning: Meaning, said: str, remark: str) -> None:
        if isinstance(subject, NamedGroup):
            self.text.groups.append(GroupSaid(subject, meaning, f"{subject.text}{said}"))
        else:
            self.text.said.append(
                Said(
                    subject,
                    meaning,
                    f"{subject.text}{said}",
                    reason_in(remark) or remark.partition(",")[0] or reason_in(said),
                )
            )
            self._last = [subject]

    def _wait(self, mention: Mention, remark: str) -> None:
        """A name without a word of its own: its heading speaks of it, its bracket, or what comes after."""
        if self._heading:
            self._say(mention, words.within(self._heading, remark), self._heading_words, remark)
            self._chain.append(len(self.text.said) - 1)
        elif remark and (own := words.meaning(remark)):
            self._say(mention, own, f"({remark})", remark)
        else:
            self._pending.append((mention, remark))

    def _qualified(self, mention: Mention, inner: str, remark: str) -> tuple[Mention, str]:
        """A bracket behind a name tells which unit is meant, or is a remark."""
        group = self.names.group_at(inner, 0)
        if group and group[1] == len(inner):
            theirs = tuple(person for person in mention.people if person in group[0].people)
            return replace(mention, people=theirs or mention.people), remark
        return mention, remark or inner

    def _group(self, group: NamedGroup, said: str, text: str) -> bool:
        """A unit or a team as a whole."""
        if not said:
            self._pending.append((group, ""))
            return True
        meaning, head = words.meaning(said) or UNCLEAR, HEADING.match(said)
        if head and self._is_heading(head, said) and head.end() < len(said):
            self._headed(said)
        elif SOME.search(said):
            self.text.groups.append(GroupSaid(group, meaning, text, is_each_one=True))
        else:
            self._apply([(group, "")], meaning, said)
        return True

    # ── What is left ─────────────────────────────────────────────────────────────────────────────────────────────
    def _odd(self, text: str, separator: str) -> None:
        """A name that nobody bears, a word that belongs to the names before it, or something else."""
        unknown, meant = UNKNOWN.fullmatch(text), words.meaning(text)
        if self._heading and self._last and meant and separator == "," and STARTS.match(text):
            before = self.text.said[-1]
            reason = before.reason or reason_in(text)
            self.text.said[-1] = replace(before, meaning=words.within(before.meaning, text), reason=reason)
        elif unknown and (meaning := words.meaning(unknown["said"])) and self._is_nobody(unknown["name"]):
            self.text.unknown.append(Unknown(unknown["name"].strip(), meaning))
            self._apply([], meaning, unknown["said"])
        elif self._heading and " " in text and not LATIN.fullmatch(text):
            for word in blank_parted(text):
                self._item(word, "、")
        elif self._heading and (NAME.fullmatch(text) or LATIN.fullmatch(text)) and self._is_nobody(text):
            self.text.unknown.append(Unknown(text.removesuffix("同志") or text, self._heading))
        elif (
            (self._pending or (self._last and separator == ","))
            and STARTS.match(text)
            and (meaning := words.meaning(text))
        ):
            self._continued(meaning, text)
        elif not self._pending and ALL.match(text) and (meaning := words.meaning(text)):
            self.text.rest = Rest(meaning, text)
        else:
            self.text.said += [Said(mention, UNCLEAR, text) for mention in self.names.inside(text)]
            self.text.aside.append(text)

    def _is_nobody(self, name: str) -> bool:
        """Whether what looks like a name is one that nobody of the session bears, nor holds such a name."""
        return not any(self.names.inside(name)) and not NO_NAME.fullmatch(name)

    def _continued(self, meaning: Meaning, text: str) -> None:
        """A word without a name: said of those before."""
        if self._pending:
            self._apply([], meaning, text)
            return
        subjects, meaning = self._together if ALL.match(text) else self._last, self._deputies(meaning, text)
        self.text.said += [Said(subject, meaning, f"{subject.text}{text}", reason_in(text)) for subject in subjects]
