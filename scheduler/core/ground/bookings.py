"""What stands on the calendar: a booking of a kind; a talk is one of them and has states of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from scheduler.core.ground.agenda import AgendaItem
from scheduler.core.ground.guests import Guest
from scheduler.core.ground.ids import BookingId, CampaignId, PersonId, RoomId, RuleSetId
from scheduler.core.ground.spans import Span, next_midnight

MAX_BOOKING_MINUTES = 14 * 24 * 60
"""Nothing on the calendar is longer than 14 days."""
OFF_SITE = RoomId("EXT")
"""Stands where a room stands and takes no room."""


class Kind(StrEnum):
    """Kinds of booking."""

    MEETING = "meeting"
    STUDY_SESSION = "study_session"
    PARTY_LECTURE = "party_lecture"
    SYMPOSIUM = "symposium"
    VISIT = "visit"
    FIELD_VISIT = "field_visit"
    EXCHANGE_MEETING = "exchange_meeting"
    COMMITTEE_MEETING = "committee_meeting"
    ORGANIZATIONAL_LIFE_MEETING = "organizational_life_meeting"
    DEMOCRATIC_LIFE_MEETING = "democratic_life_meeting"
    DISCUSSION = "discussion"
    BRANCH_GENERAL_MEETING = "branch_general_meeting"
    THEME_DAY = "theme_day"
    TALK = "talk"


STUDIED_KINDS = frozenset({Kind.STUDY_SESSION})
"""The kinds that count study hours, and may state them."""
ID_PREFIX = {Kind.TALK: "T", Kind.STUDY_SESSION: "S", Kind.FIELD_VISIT: "V"}
"""New ids count on within their letter; every other kind counts on in E."""


USUAL_MEETING = 120
USUAL_MINUTES: Mapping[str, int] = {
    Kind.TALK: 45,
    Kind.STUDY_SESSION: 180,
    Kind.COMMITTEE_MEETING: 90,
    Kind.VISIT: 180,
    Kind.DEMOCRATIC_LIFE_MEETING: 240,
    Kind.ORGANIZATIONAL_LIFE_MEETING: 240,
}
"""How many minutes a booking of a kind usually takes, where it is not as long as most meetings."""


def usual_minutes(kind: str) -> int:
    """How long a booking of a kind usually is."""
    return USUAL_MINUTES.get(kind, USUAL_MEETING)


class Mode(StrEnum):
    """How two people talk."""

    FACE_TO_FACE = "face_to_face"
    PHONE = "phone"
    VIDEO = "video"


class Size(StrEnum):
    """Between two people, or several at once."""

    ONE_TO_ONE = "one_to_one"
    GROUP = "group"


class State(StrEnum):
    """What became of a booking."""

    BOOKED = "booked"
    AWAITING_CONFIRMATION = "awaiting_confirmation"
    HELD = "held"
    CANCELLED = "cancelled"


BOOKED, AWAITING, HELD, CANCELLED = State.BOOKED, State.AWAITING_CONFIRMATION, State.HELD, State.CANCELLED
_TALK, _GROUP = Kind.TALK, Size.GROUP
# Looking a member up in its enumeration takes longer than the decisions below, and coverage takes many.


class Part(StrEnum):
    """How somebody takes part."""

    ATTENDEE = "attendee"
    OBSERVER = "observer"
    GUEST = "guest"
    """Of the roster and yet a guest; no participant is kept so, it follows from the booking's guests."""


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day a question is asked of, and the last moment of it that counts.

    `moment` is now when `day` is today, else the end of `day`; `zone` is the organisation's.
    """

    day: date
    moment: datetime
    zone: ZoneInfo
    day_ends: datetime = field(init=False, repr=False, compare=False)
    """The next local midnight: what starts before it is dated by `day`."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "day_ends", next_midnight(self.day, self.zone))


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody in a booking: named one by one, or come in through a group of its audience."""

    person: PersonId
    part: Part = Part.ATTENDEE
    is_named: bool = True
    confirmed_at: datetime | None = None
    """When this person confirmed that the talk was held (organisation's clock)."""
    entered: int = field(default=0, compare=False)
    """The version with which they came into a booking that stood; 0: they are in it from the beginning. Their calendar's
    sequence is so much higher, for it may hold what it saw before they were taken out."""
    entered_at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Booking:
    """A thing on the calendar, with its people and its place. There is no field for what is said in a talk."""

    id: BookingId
    kind: Kind
    title: str
    """Empty for a talk: nothing about its topic is kept."""
    span: Span
    room: RoomId | None = None
    """A room, `OFF_SITE`, or None."""
    participants: tuple[Participant, ...] = ()
    audience: tuple[str, ...] = ()
    """Selectors resolved on the booking's day: `all_staff`, `branch:B1`, `observer:G`, `ext:kind` …"""
    host: PersonId | None = None
    mode: Mode = Mode.FACE_TO_FACE
    size: Size = Size.ONE_TO_ONE
    rule_set: RuleSetId | None = None
    """The rule set a talk was booked for; None: the leading one of its campaign."""
    linked: tuple[RuleSetId, ...] = ()
    """Further rule sets that an organizer lets this talk count for."""
    recorded_at: datetime | None = None
    """When it was entered (organisation's clock); None: unknown, as for imported ones."""
    is_cancelled: bool = False
    cancelled_at: datetime | None = None
    """From when the cancelling applies; None: on every day."""
    is_held: bool = False
    """Confirmed by both sides or by an organizer."""
    is_awaiting: bool = False
    awaiting_since: datetime | None = None
    """From when one side's confirmation applies; None: on every day."""
    uid: str = ""
    """A bare UUID for calendar readers, for life."""
    version: int = 1
    """Raised by every change; a stale edit is refused."""
    sequence: int = 0
    """Raised by every change that somebody in it is told of by mail."""
    revised_at: datetime | None = None
    """Real time of the last change."""
    created_at: datetime | None = None
    """Real time of the first recording."""
    shown_sequence: int = 0
    """Like `sequence`, for the feeds of those in it: raised by what they show, which is less than who else comes."""
    shown_revised_at: datetime | None = None
    busy_sequence: int = 0
    """Like `shown_sequence`, for feeds that show no more than when it is: raised when that changes."""
    busy_revised_at: datetime | None = None
    campaign: CampaignId | None = None
    """The campaign it belongs to, if any."""
    hours: float | None = None
    """The study hours that it states; None: as its time says."""
    guests: tuple[Guest, ...] = ()
    """People outside the roster who come as well; none of them is a participant by it."""
    agenda: tuple[AgendaItem, ...] = ()
    remark: str = ""
    """For its notice, in a few lines; empty for a talk."""
    link: str = ""
    """Where one joins by video."""
    series: str = ""
    """The series that it was booked in; changed by itself, it stays one of it."""

    @property
    def people(self) -> tuple[PersonId, ...]:
        """Everybody in it, in the order they were named."""
        return tuple(p.person for p in self.participants)

    @property
    def is_talk(self) -> bool:
        """Whether it is a heart-to-heart talk."""
        return self.kind is _TALK

    @property
    def is_group_talk(self) -> bool:
        """Whether it is a talk of several at once: called so, or of three or more people."""
        return self.kind is _TALK and (self.size is _GROUP or len(self.participants) + len(self.guests) > 2)

    def day(self, zone: ZoneInfo) -> date:
        """The local day it starts on."""
        return self.span.start.astimezone(zone).date()

    def state(self, as_of: AsOf) -> State:
        """What had become of it on a day (a talk dated after the day is never held on it)."""
        if self.is_cancelled and _applies(self.cancelled_at, as_of):
            return CANCELLED
        if self.is_held:
            return HELD if self.span.start < as_of.day_ends else BOOKED
        if self.is_awaiting and _applies(self.awaiting_since, as_of):
            return AWAITING
        if self.span.end > as_of.moment:
            return BOOKED
        return AWAITING if self.is_talk else HELD

    def was_known(self, as_of: AsOf) -> bool:
        """Whether it counts on a day at all: dated by then, or recorded by then (or nobody knows when)."""
        return self.span.start < as_of.day_ends or _applies(self.recorded_at, as_of)


def _applies(since: datetime | None, as_of: AsOf) -> bool:
    """Whether something that carries a time (or none) applies at the moment asked for."""
    return since is None or since <= as_of.moment


@dataclass(frozen=True, slots=True)
class Draft:
    """A booking that somebody would like to make, or the new shape of one that stands."""

    kind: Kind
    span: Span
    people: tuple[PersonId, ...] = ()
    """Named one by one."""
    audience: tuple[str, ...] = ()
    room: RoomId | None = None
    title: str = ""
    mode: Mode = Mode.FACE_TO_FACE
    size: Size = Size.ONE_TO_ONE
    rule_set: RuleSetId | None = None
    host: PersonId | None = None
    replaces: BookingId | None = None
    """The booking this draft is the new shape of: it does not clash with itself."""
    campaign: CampaignId | None = None
    """The campaign it is to belong to; None: the one that covers its day."""
    hours: float | None = None
    """The study hours that it states; None: as its time says."""
    guests: tuple[Guest, ...] = ()
    """People outside the roster; those without an id are new."""
    agenda: tuple[AgendaItem, ...] = ()
    remark: str = ""
    link: str = ""
    series: str = ""


@dataclass(frozen=True, slots=True)
class Absence:
    """When somebody cannot be had: all of a stretch, or all but certain hours of certain weekdays."""

    id: int
    person: PersonId
    first: date
    last: date
    """Both days included."""
    reason: str = ""
    """Category, seen by organizers and the person only."""
    only_weekdays: tuple[int, ...] = ()
    """Monday is 0. Empty: absent all day on every day of the range."""
    only_from: str = ""
    only_to: str = ""
    """`HH:MM`: on these weekdays the person is available between the two, and at no other time."""
    busy: Span | None = None
    """Only this stretch, within those days: busy in a calendar kept elsewhere."""

    @property
    def hours(self) -> tuple[time, time]:
        """From when to when the person is available, on the weekdays that have such hours."""
        return time.fromisoformat(self.only_from), time.fromisoformat(self.only_to)
