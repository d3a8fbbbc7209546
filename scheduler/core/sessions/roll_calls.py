"""Whom a roll call means: names held against those who are called to a session; what is not certain is asked, never guessed."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.people import Roster
from scheduler.core.sessions.roll_call_texts import RollCallText, Said, read
from scheduler.core.sessions.study import IN_FULL, Attended

_TITLE = re.compile(
    r"(?P<surname>..?)(?:常务|党组)?副?(?:主席|书记|部长|主任|处长|科长|校长|站长|局长|组长|所长|院长|总监|经理|委员|老师|总|工)"
)
_REFINES = {
    frozenset({Attended.ATTENDED, Attended.LATE}): Attended.LATE,
    frozenset({Attended.ATTENDED, Attended.LEFT_EARLY}): Attended.LEFT_EARLY,
}
"""Said twice of one person without contradiction."""


@dataclass(frozen=True, slots=True)
class Question:
    """A text that may mean several people, or somebody by surname only."""

    text: str
    status: Attended
    candidates: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class Twice:
    """Somebody of whom two things are said."""

    person: PersonId
    statuses: tuple[Attended, ...]


@dataclass(frozen=True, slots=True)
class Miscount:
    """A number in the text that is another one by its names; `of` is `expected`, `present` or a status."""

    of: str
    said: int
    counted: int


@dataclass(frozen=True, slots=True)
class RollCall:
    """What a roll call says of the people of a session, and what is to be asked about it."""

    statuses: Mapping[PersonId, Attended]
    questions: tuple[Question, ...] = ()
    twice: tuple[Twice, ...] = ()
    not_called: tuple[PersonId, ...] = ()
    """They are known, but not called to this study session."""
    unknown: tuple[str, ...] = ()
    miscounts: tuple[Miscount, ...] = ()
    aside: tuple[str, ...] = ()
    """Texts under no heading, of which nothing is made."""

    @property
    def is_clear(self) -> bool:
        """Whether nothing is left to ask."""
        return not (self.questions or self.twice or self.not_called or self.unknown or self.miscounts)


def understand(text: str, called: Collection[PersonId], roster: Roster) -> RollCall:
    """Read a roll call of those who are called to a session."""
    return _Meeting(called, roster).roll_call(read(text))


class _Meeting:
    """The people of one session, by name."""

    def __init__(self, called: Collection[PersonId], roster: Roster) -> None:
        self.called, self.roster = roster.in_rank_order(set(called)), roster
        self.here = self._by_name(self.called)
        self.elsewhere = self._by_name(person for person in roster.people if person not in set(called))

    def _by_name(self, people: Iterable[PersonId]) -> dict[str, list[PersonId]]:
        """People by every text that names them."""
        named: defaultdict[str, list[PersonId]] = defaultdict(list)
        for person in people:
            name = _plain(self.roster.name(person))
            for text in {name, person.casefold(), f"{person}{name}".casefold(), f"{name}{person}".casefold()}:
                named[text].append(person)
        return dict(named)

    def roll_call(self, text: RollCallText) -> RollCall:
        """Everything that a text says, by person."""
        said: defaultdict[PersonId, dict[Attended, None]] = defaultdict(dict)
        questions: list[Question] = []
        not_called: dict[PersonId, None] = {}
        unknown: dict[str, None] = {}
        for part in self._parted(text.said):
            people = self.here.get(_plain(part.text), [])
            if len(people) == 1:
                said[people[0]][part.status] = None
            elif candidates := people or self._by_surname(part.text):
                questions.append(Question(part.text, part.status, tuple(candidates)))
            elif others := self.elsewhere.get(_plain(part.text)):
                not_called |= dict.fromkeys(others)
            else:
                unknown[part.text] = None
        statuses, twice = _settled(said)
        if text.rest:
            in_question = {person for question in questions for person in question.candidates}
            statuses |= {
                person: text.rest for person in self.called if person not in said and person not in in_question
            }
        return RollCall(
            {person: statuses[person] for person in self.called if person in statuses},
            tuple(questions),
            twice,
            tuple(not_called),
            tuple(unknown),
            tuple(self._miscounts(text, statuses, len(questions))),
            text.aside,
        )

    def _parted(self, said: Iterable[Said]) -> Iterator[Said]:
        """Names one by one: blanks part them, unless they stand within a name."""
        for part in said:
            if " " not in part.text or self._is_name(part.text):
                yield part
            else:
                yield from (Said(text, part.status) for text in _words(part.text))

    def _is_name(self, text: str) -> bool:
        return _plain(text) in self.here or _plain(text) in self.elsewhere

    def _by_surname(self, text: str) -> list[PersonId]:
        """Who is probably meant by a surname, alone or with a title."""
        titled = _TITLE.fullmatch(_plain(text))
        surname = titled["surname"] if titled else _plain(text)
        if surname.isascii() or len(surname) > 2:
            return []
        return [person for person in self.called if self.roster.name(person).startswith(surname)]

    def _miscounts(
        self, text: RollCallText, statuses: Mapping[PersonId, Attended], questions: int
    ) -> Iterator[Miscount]:
        """The numbers that do not agree."""
        if text.expected is not None and text.expected != len(self.called):
            yield Miscount("expected", text.expected, len(self.called))
        present = sum(status in IN_FULL for status in statuses.values())
        if text.present is not None and text.present != present and not questions:
            yield Miscount("present", text.present, present)
        for section in text.sections:
            alike = IN_FULL if section.status is Attended.ATTENDED else {section.status}
            names = section.names or sum(status in alike for status in statuses.values())
            if names != section.count:
                yield Miscount(section.status.value, section.count, names)


def _settled(
    said: Mapping[PersonId, Mapping[Attended, None]],
) -> tuple[dict[PersonId, Attended], tuple[Twice, ...]]:
    """One status for each, where what is said of somebody agrees."""
    settled: dict[PersonId, Attended] = {}
    twice: list[Twice] = []
    for person, statuses in said.items():
        status = _REFINES.get(frozenset(statuses)) if len(statuses) > 1 else next(iter(statuses))
        if status:
            settled[person] = status
        else:
            twice.append(Twice(person, tuple(statuses)))
    return settled, tuple(twice)


def _plain(text: str) -> str:
    """A name as it is compared."""
    return "".join(text.split()).casefold()


def _words(text: str) -> list[str]:
    """What blanks part; two single characters beside each other are one padded name (文 静)."""
    words: list[str] = []
    is_open = False
    for word in text.split(" "):
        is_single = len(word) == 1 and not word.isascii()
        if is_single and is_open:
            words[-1] += word
        else:
            words.append(word)
        is_open = is_single and not is_open
    return words
