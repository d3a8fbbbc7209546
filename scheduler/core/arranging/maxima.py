"""How many talks each person may have in a half-day, a day and a week: as it was asked, as rules say, and as it stands already."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from scheduler.core.arranging import wishes
from scheduler.core.arranging.facts import ArrangingFacts
from scheduler.core.arranging.talks import ArrangedTalk
from scheduler.core.ground.bookings import CANCELLED, Booking
from scheduler.core.plans.maxima import PARTS, PER_DAY, PER_HALF_DAY, PER_WEEK
from scheduler.core.plans.problems import ProblemPerson, Wall

IN_RULES = {PER_HALF_DAY: "per_half_day", PER_DAY: "per_day", PER_WEEK: "per_week"}
"""Of a person's maxima, the end of the keys of rules that say the same."""


class Maxima:
    """What holds for the people of some talks; the smallest that anybody says, but nobody has to move for having had more before."""

    def __init__(
        self,
        facts: ArrangingFacts,
        talks: Sequence[ArrangedTalk],
        others: Iterable[Booking],
        entering: Iterable[Booking],
    ) -> None:
        """`others`: what stands and stays; `entering`: the talks that may move."""
        self.facts = facts
        options = facts.options
        self._asked = {
            PER_HALF_DAY: options.max_talks_per_half_day,
            PER_DAY: wishes.talks_a_day(facts),
            PER_WEEK: options.max_talks_per_week,
        }
        self._told = {kind: wishes.limits(talks, facts, per) for kind, per in IN_RULES.items()}
        around = (talk for talk in facts.around if talk.state(facts.as_of) is not CANCELLED)
        self._stands = self._starts((*others, *around))
        self._enters = self._starts(entering)

    def _starts(self, bookings: Iterable[Booking]) -> dict[str, list[Wall]]:
        """When each person has talks."""
        starts: dict[str, list[Wall]] = {}
        for talk in bookings:
            for person in talk.people if talk.is_talk else ():
                starts.setdefault(person, []).append(self.facts.stretch(talk.span)[0])
        return starts

    def of(self, person: ProblemPerson) -> ProblemPerson:
        """Somebody with their maxima, and the talks that count for these besides."""
        stands, enters = self._stands.get(person.id, []), self._enters.get(person.id, [])
        most: dict[str, int | None] = {}
        for kind, part_of in PARTS.items():
            told = [most for most in (self._asked[kind], self._told[kind].get(person.id)) if most is not None]
            counts = Counter(map(part_of, (*stands, *enters)))
            before = [counts[part] for part in set(map(part_of, enters))]
            most[kind] = max((min(told), *before)) if told else None
        return replace(
            person,
            max_talks_per_half_day=most[PER_HALF_DAY],
            max_talks_per_day=most[PER_DAY],
            max_talks_per_week=most[PER_WEEK],
            stands=tuple(sorted(stands)),
        )
