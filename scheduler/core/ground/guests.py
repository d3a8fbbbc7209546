"""Guests: people outside the roster who come to a booking, named one by one. They have no account."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from scheduler.core.ground.ids import GuestId, PersonId


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is invited and not expected: sits there, signs in, counts for no quorum."""

    id: GuestId
    """Counts on within its letter (`L01`); empty before it is kept."""
    name: str
    unit: str = ""
    post: str = ""
    kind: str = ""
    """A category, such as those of external contacts: `street_town`."""
    contact: str = ""
    """The external contact that sends them, if there is one."""
    person: PersonId | None = None
    """Somebody of the roster who comes as a guest, such as a retired colleague; never beside a contact."""

    @property
    def likeness(self) -> tuple[str, str, str]:
        """By what the same guest is known again: the person, else who sends them (or where they are from) and the name."""
        return ("person", self.person, "") if self.person else ("guest", self.contact or self.unit, self.name)

    @property
    def is_from_outside(self) -> bool:
        """Whether the roster does not know them."""
        return self.person is None


def joined(standing: Iterable[Guest], more: Iterable[Guest]) -> tuple[Guest, ...]:
    """Guests with more of them; who is there already stays as they are."""
    by_likeness = {guest.likeness: guest for guest in standing}
    for guest in more:
        by_likeness.setdefault(guest.likeness, guest)
    return tuple(by_likeness.values())


def persons(guests: Iterable[Guest]) -> frozenset[PersonId]:
    """The people of the roster among them."""
    return frozenset(guest.person for guest in guests if guest.person)


def meant(guests: Collection[Guest], text: str) -> list[Guest]:
    """The guests that a text names: by id, else by contact or person, else by name; several if it does not tell them apart."""
    for names in ({"id"}, {"contact", "person"}, {"name"}):
        if matches := [guest for guest in guests if any(getattr(guest, name) == text for name in names)]:
            return matches
    return []
