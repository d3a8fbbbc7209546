"""What a roll call says of the people of a session; what is not certain is asked, never guessed, and nobody is left out in silence."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.people import Roster
from scheduler.core.sessions import sign_in_tables
from scheduler.core.sessions.roll_call_names import CalledNames
from scheduler.core.sessions.roll_call_sayings import Counted, GroupSaid, RollCallText, Said
from scheduler.core.sessions.roll_call_texts import read
from scheduler.core.sessions.roll_call_words import PRESENT, Meaning
from scheduler.core.sessions.study import IN_FULL, MAX_REASON, Attended

HERE, LEAVE, ABSENT = Attended.ATTENDED, Attended.ON_LEAVE, Attended.ABSENT
_REFINES = {
    frozenset({HERE, Attended.LATE}): Attended.LATE,
    frozenset({HERE, Attended.LEFT_EARLY}): Attended.LEFT_EARLY,
}
"""Said twice of one person without contradiction."""
_AWAY = frozenset({LEAVE, ABSENT})


class Asks(StrEnum):
    """What a question is about."""

    WHO = "who"
    """Which of these people is meant."""
    HOW = "how"
    """What is to be recorded of these people."""
    EACH = "each"
    """Who of these people it was: some are spoken of, and not by name."""
    REST = "rest"
    """Whether these people were there, of whom nothing is said but as the rest, and the numbers do not agree."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that a text leaves open about some people; nothing is recorded of them until it is answered."""

    asks: Asks
    text: str
    people: tuple[PersonId, ...]
    readings: tuple[Attended, ...]
    """What may be meant, the likeliest first."""
    or_uncalled: bool = False
    """Or they were not to be expected."""
    proposal: tuple[PersonId, ...] = ()
    """Those of them of whom the first reading may be proposed."""


@dataclass(frozen=True, slots=True)
class Twice:
    """Somebody of whom two things are said."""

    person: PersonId
    statuses: tuple[Attended, ...]


@dataclass(frozen=True, slots=True)
class Miscount:
    """A number in the text that is another one by its names; `of` is `expected`, `present`, `rest`, `away` or a status."""

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
    """They are known, but were not called there."""
    unknown: tuple[str, ...] = ()
    miscounts: tuple[Miscount, ...] = ()
    unsaid: tuple[PersonId, ...] = ()
    """Nothing is said of them, and nothing follows from the numbers."""
    remote: tuple[PersonId, ...] = ()
    """They were there by video or telephone."""
    reasons: Mapping[PersonId, str] = field(default_factory=dict)
    """Why somebody was on leave, where it is said."""
    aside: tuple[str, ...] = ()
    """Texts of which nothing is made."""

    @property
    def is_clear(self) -> bool:
        """Whether nothing is left to ask."""
        return not (self.questions or self.twice or self.not_called or self.unknown or self.miscounts)


def understand(
    text: str,
    called: Collection[PersonId],
    roster: Roster,
    observers: Collection[PersonId] = (),
    day: date | None = None,
) -> RollCall:
    """Read a roll call of those who are called to a session; observers are named in it, and counted neither way.

    A sign-in table that was copied out of a spreadsheet is read by its column of the day (of the roster's when None).
    Raises NoSuchDay where it has none.
    """
    names = CalledNames({*called, *observers}, roster)
    said = sign_in_tables.read(text, names, day or roster.on) if "\t" in text else None
    return _Decision(said or read(text, names), names, frozenset(observers)).roll_call()


class _Decision:
    """Brings together what is said of each, of groups and of the rest, and holds it against the numbers."""

    def __init__(self, text: RollCallText, names: CalledNames, observers: frozenset[PersonId]) -> None:
        self.text, self.names, self.observers = text, names, observers
        self.called = names.called
        self.expected = tuple(person for person in names.called if person not in observers)
        self.said: defaultdict[PersonId, list[Said]] = defaultdict(list)
        self.questions: list[Question] = []
        self.statuses: dict[PersonId, Attended] = {}
        self.twice: list[Twice] = []
        self.not_called: dict[PersonId, None] = {}

    def roll_call(self) -> RollCall:
        """Everything that a text says, by person."""
        self._by_person()
        self._settle()
        self._groups()
        miscounts = tuple(dict.fromkeys(self._miscounts()))
        unsaid = self._rest(self._unsaid(), miscounts)
        return RollCall(
            {person: self._status(person) for person in self.called if person in self.statuses},
            tuple(self.questions),
            tuple(self.twice),
            tuple(self.not_called),
            tuple(dict.fromkeys(unknown.text for unknown in self.text.unknown)),
            miscounts,
            unsaid,
            tuple(p for p in self.called if any(said.meaning.is_remote for said in self.said.get(p, ()))),
            {p: r for p, r in self._reasons() if self.statuses.get(p) is LEAVE},
            tuple(dict.fromkeys(self.text.aside)),
        )

    def _status(self, person: PersonId) -> Attended:
        """What is recorded of somebody: an observer who came was there as one."""
        status = self.statuses[person]
        return Attended.OBSERVER if person in self.observers and status in IN_FULL else status

    def _by_person(self) -> None:
        """Whom each name means; several namesakes who are all named so are all meant."""
        unclear: defaultdict[tuple[tuple[PersonId, ...], tuple[Attended, ...]], list[Said]] = defaultdict(list)
        for said in self.text.said:
            mention = said.mention
            if len(mention.people) == 1 and not mention.is_form:
                self.said[mention.people[0]].append(said)
            elif mention.people:
                unclear[mention.people, said.meaning.readings].append(said)
            else:
                self.not_called |= dict.fromkeys(mention.elsewhere)
        for (people, readings), each in unclear.items():
            left = tuple(person for person in people if person not in self.said) or people
            if not each[0].mention.is_form and len(each) == len(left):
                for person in left:
                    self.said[person].append(each[0])
            else:
                words = "、".join(dict.fromkeys(said.text for said in each))
                self.questions.append(Question(Asks.WHO, words, left, readings, each[0].meaning.or_uncalled))

    def _settle(self) -> None:
        """One status for each, where what is said of somebody agrees; the same question about several is one."""
        open_: dict[tuple[str, Meaning], list[PersonId]] = {}
        for person in self.called:
            if person not in self.said:
                continue
            settled = _settled([said.meaning for said in self.said[person]])
            if settled is None:
                statuses = dict.fromkeys(s for said in self.said[person] for s in said.meaning.readings)
                self.twice.append(Twice(person, tuple(statuses)))
            elif settled.sure:
                self.statuses[person] = settled.sure
            else:
                said = next(said for said in self.said[person] if not said.meaning.sure)
                words = said.text.removeprefix(said.mention.text) or said.text
                open_.setdefault((words, settled), []).append(person)
        for (words, meaning), people in open_.items():
            self.questions.append(Question(Asks.HOW, words, tuple(people), meaning.readings, meaning.or_uncalled))

    def _groups(self) -> None:
        """What is said of units and teams; what is said of somebody by name goes before it."""
        for group in self.text.groups:
            people = [person for person in self._members(group) if self._is_open(person)]
            if group.is_each_one:
                self._ask_each(group, people)
            elif group.meaning.sure:
                self.statuses |= dict.fromkeys(people, group.meaning.sure)
            elif people:
                readings = group.meaning.readings
                self.questions.append(
                    Question(Asks.HOW, group.text, tuple(people), readings, group.meaning.or_uncalled)
                )

    def _members(self, group: GroupSaid) -> tuple[PersonId, ...]:
        """Who is meant by a group, or by the units that are not named."""
        if group.group:
            return group.group.people
        named = {person for other in self.text.groups if other.group for person in other.group.people}
        units = (people for people in self.names.units().values() if named.isdisjoint(people))
        return self.names.roster.in_rank_order(person for people in units for person in people)

    def _ask_each(self, group: GroupSaid, people: list[PersonId]) -> None:
        """Some of each unit, and nobody knows who; where a unit has one alone, that one may be proposed."""
        alone = {unit[0] for unit in self.names.units().values() if len(unit) == 1}
        proposal = tuple(person for person in people if person in alone)
        if people:
            first = group.meaning.sure or HERE
            readings = (first, *(status for status in (HERE, LEAVE, ABSENT) if status is not first))
            self.questions.append(Question(Asks.EACH, group.text, tuple(people), readings, proposal=proposal))

    def _is_open(self, person: PersonId) -> bool:
        """Whether nothing was said of somebody, nor is to be asked."""
        if person in self.statuses or any(twice.person == person for twice in self.twice):
            return False
        return not any(person in question.people for question in self.questions)

    def _unsaid(self) -> tuple[PersonId, ...]:
        return tuple(person for person in self.expected if self._is_open(person))

    # ── Numbers and the rest ─────────────────────────────────────────────────────────────────────────────────────
    def _rest(self, unsaid: tuple[PersonId, ...], miscounts: tuple[Miscount, ...]) -> tuple[PersonId, ...]:
        """Everybody of whom nothing was said: filled in if the numbers leave no other reading, asked about, or told."""
        rest = self.text.rest
        said = self._present_said()
        if not unsaid:
            return ()
        is_implied = rest is None and said is not None and said == self._present(len(unsaid))[1]
        meaning = rest.meaning if rest else Meaning((HERE,))
        is_known = not (miscounts or self.text.is_open_ended or self._may_be_of_them(meaning.sure))
        if (rest or is_implied) and meaning.sure and is_known:
            self.statuses |= dict.fromkeys(unsaid, meaning.sure)
            return ()
        if rest or miscounts or is_implied:
            text, asks = (rest.text, Asks.REST if meaning.sure else Asks.HOW) if rest else ("", Asks.REST)
            readings = (HERE, LEAVE, ABSENT) if meaning.sure else meaning.readings
            self.questions.append(Question(asks, text, unsaid, readings, meaning.or_uncalled))
            return ()
        return unsaid

    def _may_be_of_them(self, status: Attended | None) -> bool:
        """Whether a name that nobody bears, perhaps one of theirs mistyped, is said to be something else than the rest."""
        return any(unknown.meaning.sure is not status for unknown in self.text.unknown)

    def _present_said(self) -> int | None:
        return next((counted.said for counted in self.text.counted if counted.of == "present"), None)

    def _present(self, more: int = 0) -> tuple[int, int]:
        """How many were there, at least and at most, if so many more were."""
        sure = more + sum(self.statuses.get(person) in IN_FULL for person in self.expected)
        ranges = [_open_range(question, PRESENT) for question in self.questions]
        twice = sum(bool(set(twice.statuses) & PRESENT) for twice in self.twice)
        return sure + sum(low for low, _ in ranges), sure + twice + sum(high for _, high in ranges)

    def _miscounts(self) -> Iterator[Miscount]:
        """The numbers that do not agree with the names."""
        unsaid = len(self._unsaid())
        is_rest_here = bool(self.text.rest and self.text.rest.meaning.sure in PRESENT)
        observers = sum(self._status(person) is Attended.OBSERVER for person in self.statuses)
        for counted in self._summed():
            if counted.of == "expected":
                low = high = len(self.expected)
            elif counted.of == "rest":
                low = high = unsaid
            elif counted.of == "present":
                low, high = self._present(unsaid if is_rest_here else 0)
                high += observers
                if self.text.rest is None and counted.said == self._present(unsaid)[1]:
                    continue  # all of whom nothing is said are needed for it
                if self.text.rest is None and not low <= counted.said <= high:
                    low = self._present(unsaid)[1]
            else:
                low, high = self._of_status(counted)
            if not low <= counted.said <= high:
                yield Miscount(counted.of, counted.said, low)

    def _summed(self) -> list[Counted]:
        """The numbers; several of one status, each with names of its own, are one."""
        said: defaultdict[str, list[int]] = defaultdict(list)
        for counted in self.text.counted:
            said[counted.of].append(counted.said)
        return [
            Counted(of, number)
            for of, numbers in said.items()
            for number in ([sum(numbers)] if self._is_sum(of, numbers) else dict.fromkeys(numbers))
        ]

    def _is_sum(self, of: str, numbers: list[int]) -> bool:
        if len(numbers) < 2 or of in ("expected", "present", "rest"):
            return False
        low, high = self._of_status(Counted(of, 0))
        return low <= sum(numbers) <= high

    def _of_status(self, counted: Counted) -> tuple[int, int]:
        """How many are read as one status, at least and at most."""
        statuses = _AWAY if counted.of == "away" else {Attended(counted.of)}
        sure = sum(self._status(person) in statuses for person in self.statuses)
        if self.text.rest and self.text.rest.meaning.sure in statuses:
            sure += len(self._unsaid())
        ranges = [_open_range(question, statuses) for question in self.questions]
        unknown = sum(bool(set(unknown.meaning.readings) & statuses) for unknown in self.text.unknown)
        away = sum(1 for said in self.text.said if not said.mention.people and set(said.meaning.readings) & statuses)
        twice = sum(bool(set(twice.statuses) & statuses) for twice in self.twice)
        extra = unknown + away
        return sure + sum(low for low, _ in ranges), sure + extra + twice + sum(high for _, high in ranges)

    def _reasons(self) -> Iterator[tuple[PersonId, str]]:
        for person, each in self.said.items():
            for said in each:
                if said.reason not in ("", "请假") and len(said.reason) <= MAX_REASON:
                    yield person, said.reason


def _settled(meanings: Iterable[Meaning]) -> Meaning | None:
    """What several sayings come to; None where they contradict each other."""
    settled: Meaning | None = None
    for meaning in meanings:
        if settled is None:
            settled = meaning
            continue
        both = [reading for reading in settled.readings if reading in meaning.readings]
        refined = _REFINES.get(frozenset({*settled.readings, *meaning.readings}))
        if both:
            settled = replace(settled, readings=tuple(both), or_uncalled=settled.or_uncalled and meaning.or_uncalled)
        elif refined:
            settled = Meaning((refined,))
        else:
            return None
    return settled


def _open_range(question: Question, statuses: Collection[Attended]) -> tuple[int, int]:
    """How many of those whom a question is about are of these statuses, at least and at most."""
    count, may_be = len(question.people), any(reading in statuses for reading in question.readings)
    is_sure = may_be and all(reading in statuses for reading in question.readings)
    if question.asks is Asks.WHO:
        others = count - 1  # of whom nothing is known
        return int(is_sure), int(may_be) + others
    return (count if is_sure and question.asks is Asks.HOW and not question.or_uncalled else 0), count if may_be else 0
