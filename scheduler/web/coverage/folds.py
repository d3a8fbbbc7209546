"""Addresses at which units of the matrix are unfolded into their people, and folded up again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from scheduler.core.coverage.matrix import MatrixSlot
from scheduler.core.ground.ids import UnitId

NO_UNIT = "-"
"""What an address calls those who belong to no unit."""


@dataclass(frozen=True, slots=True)
class Folds:
    """The units that are unfolded, and the address at which none is."""

    unfolded: Collection[UnitId]
    address: str

    def unfolding(self, *slots: MatrixSlot) -> str:
        """The address at which the units of these rows and columns are unfolded too."""
        return self._with({*self.unfolded, *(slot.unit for slot in slots if slot.is_folded and slot.unit is not None)})

    def folding(self, unit: UnitId) -> str:
        """The address at which a unit is folded up again."""
        return self._with({*self.unfolded} - {unit})

    def _with(self, units: set[UnitId]) -> str:
        """The address with these units unfolded; put together by hand, since there is one for each square."""
        if not units:
            return self.address
        more = "&".join(f"unfold={quote(word)}" for word in sorted(map(word_of, units)))
        return f"{self.address}{'&' if '?' in self.address else '?'}{more}"


def anchor(slot: MatrixSlot) -> str:
    """Where the rows of a unit begin, so that whoever unfolds it is not sent back to the top."""
    return f"#unit-{quote(word_of(slot.unit))}" if slot.is_folded and slot.unit is not None else ""


def units_of(words: Sequence[str]) -> frozenset[UnitId]:
    """The units that an address unfolds."""
    return frozenset(UnitId("") if word == NO_UNIT else UnitId(word) for word in words if word)


def word_of(unit: UnitId) -> str:
    """What an address calls a unit."""
    return unit or NO_UNIT
