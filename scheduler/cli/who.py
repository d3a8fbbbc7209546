"""Who is meant: `p02`, `p02陈国梁` or a name that only one person has."""

import re
import unicodedata

from scheduler.core.ground.errors import NotFound
from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.people import Roster

ID_AND_NAME = re.compile(r"([A-Za-z]+\d+)(\D+)")


class Ambiguous(LookupError):
    """Several people have this name."""

    def __init__(self, name: str, people: list[PersonId]) -> None:
        super().__init__(name)
        self.name, self.people = name, people


def meant(roster: Roster, text: str) -> PersonId:
    """One of the roster. Raises Ambiguous or NotFound; an id is taken at its word, since services look again."""
    if PersonId(text) in roster.people:
        return PersonId(text)
    plain = _plain(text)
    both = ID_AND_NAME.fullmatch(plain)
    if both and (person := roster.people.get(PersonId(both[1]))) and _plain(person.name) == both[2]:
        return person.id
    named = [someone.id for someone in roster.people.values() if _plain(someone.name) == plain]
    if len(named) > 1:
        raise Ambiguous(text, named)
    if named:
        return named[0]
    if re.fullmatch(r"[A-Za-z]+\d+", plain):
        return PersonId(plain)
    raise NotFound("person", text)


def _plain(name: str) -> str:
    """A name without the blanks that pad it."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", name))
