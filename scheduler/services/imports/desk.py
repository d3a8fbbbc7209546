"""Where readers put down what is not a fact: what they set aside, tell, ask and offer, and what was answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from scheduler.core.ground.findings import Finding
from scheduler.core.organisation.readings import Offer, OpenQuestion, SeenColumn, SetAside


class CellAt(NamedTuple):
    """A row of a file, to stand beside what is asked of it."""

    file: str = ""
    row: int | None = None


@dataclass
class Desk:
    """Everything that is said of the reading of one import."""

    answers: Mapping[str, str] = field(default_factory=dict)
    """What was answered: by the id of a question a choice, by that of an offer `yes`."""
    columns: list[SeenColumn] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    told: dict[Finding, None] = field(default_factory=dict)
    questions: dict[str, OpenQuestion] = field(default_factory=dict)
    offers: dict[str, Offer] = field(default_factory=dict)

    def ask(
        self,
        question: tuple[str, str],
        choices: Iterable[str],
        proposal: str | None = None,
        at: CellAt | None = None,
        **details: object,
    ) -> str | None:
        """Ask something (a kind and whom or what it is about); the answer is None as long as nobody gave one that can be."""
        kind, about = question
        name = f"{kind}:{about}"
        several = tuple(choices)
        answer = self.answers.get(name)
        answer = answer if answer in several else None
        file, row = at or CellAt()
        self.questions[name] = OpenQuestion(name, kind, about, several, proposal, details, file, row, answer)
        return answer

    def offer(self, offered: tuple[str, str], at: CellAt | None = None, **details: object) -> bool:
        """Offer something that the files suggest; whether it was taken."""
        kind, about = offered
        name = f"{kind}:{about}"
        file, row = at or CellAt()
        is_taken = self.answers.get(name) in ("yes", "true", "是")
        self.offers[name] = Offer(name, kind, about, details, file, row, is_taken)
        return is_taken

    def tell(self, kind: str, subject: str, **details: object) -> None:
        """Say something that needs no answer; once."""
        self.told[Finding(kind, subject, details)] = None
