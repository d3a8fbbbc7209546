"""The organisation whose database this is."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from scheduler.core.ground.vocabulary import PARTY


@dataclass(frozen=True, slots=True)
class Organisation:
    """Its names, and the zone in which its people read times."""

    name: str
    name_en: str
    zone: ZoneInfo
    vocabulary: str = PARTY
    """The words it speaks in."""
