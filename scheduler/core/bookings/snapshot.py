"""All facts that the decision about one booking needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from scheduler.core.coverage.report import RequirementState
from scheduler.core.ground.bookings import Absence, Booking
from scheduler.core.ground.ids import RoomId
from scheduler.core.ground.people import ExternalContact, Room, Roster
from scheduler.core.ground.spans import DayRange
from scheduler.core.ground.working_time import WorkingTime


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is true around the time of a draft."""

    roster: Roster
    """As it stands on the booking's day."""
    working_time: WorkingTime
    rooms: Mapping[RoomId, Room] = field(default_factory=dict)
    contacts: tuple[ExternalContact, ...] = ()
    absences: tuple[Absence, ...] = ()
    """Of the people in the draft, around its time; those of others do no harm."""
    bookings: tuple[Booking, ...] = ()
    """Those that overlap the draft's time; cancelled ones and others do no harm."""
    window: DayRange | None = None
    """When talks are to be held; None: at any time."""
    window_subject: str = ""
    """Whose window it is: the rule set's id, or the campaign's."""
    requirements: tuple[RequirementState, ...] | None = None
    """The requirements that a talk of these people would serve, as they stand today; None: nobody looked."""
