"""A calendar feed as a value: whose it is, what was chosen when it was made, and how far it reaches."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.ground.ids import CampaignId, FeedId, GroupId, PersonId, RoomId
from scheduler.core.ground.intervals import Interval
from scheduler.core.ground.spans import midnight, next_midnight

MAX_ALARM_MINUTES = 7 * 24 * 60
"""Minutes before the start; a week."""
MAX_DAYS = 3660
"""Ten years back or ahead."""
MAX_DEVICE_NAME = 40
"""Characters of a device's name."""
MAX_FEEDS = 10
"""Running feeds with an address, of one person, room, group or campaign."""
MAX_DEVICES = 20
"""Calendar accounts of one person."""
MEETINGS = "meetings"
"""The resource whose revision rises with every meeting; feeds of campaigns go by it."""


class Scope(StrEnum):
    """Whose calendar a feed is."""

    PERSON = "person"
    ROOM = "room"
    GROUP = "group"
    CAMPAIGN = "campaign"


_LETTERS = {Scope.PERSON: "p", Scope.ROOM: "r", Scope.GROUP: "g", Scope.CAMPAIGN: "c"}
_SCOPES = {letter: scope for scope, letter in _LETTERS.items()}


@dataclass(frozen=True, slots=True)
class Owner:
    """What a feed is of: one person, room, group or campaign."""

    scope: Scope
    id: str

    @property
    def subject(self) -> str:
        """As the store names it, like a resource: `p:p03`, `r:R04`, `g:B1`, `c:C1`."""
        return f"{_LETTERS[self.scope]}:{self.id}"


def owner_of(subject: str) -> Owner:
    """The owner that a subject names."""
    letter, _, name = subject.partition(":")
    return Owner(_SCOPES[letter], name)


@dataclass(frozen=True, slots=True)
class FeedOptions:
    """What is chosen when a feed is made."""

    language: str = "zh"
    alarm_minutes: int | None = None
    """None: no alarm, as most calendars want it."""
    hides_names: bool = False
    """Talks stand there without the other one's name."""
    back_days: int | None = None
    """None: from the beginning of the running campaign on."""
    ahead_days: int | None = None
    """None: all that is to come."""
    campaign: CampaignId | None = field(default=None, repr=False)
    """Nothing but what belongs to this campaign; None: whatever there is."""


@dataclass(frozen=True, slots=True)
class Reach(Interval[datetime | None]):
    """From when until when entries stand in a feed; None is without an end."""

    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed of somebody's or something's bookings. Nobody can tell its address from this."""

    id: FeedId
    owner: Owner
    options: FeedOptions
    created_at: datetime
    revoked_at: datetime | None = None
    revision: int = 1
    """Raised by everything that its readers may see."""
    changed_at: datetime | None = None
    """Real time of the last revision; never goes back."""
    reach: Reach = field(default_factory=Reach)
    device: str = ""
    """What reads it as a calendar account (CalDAV), by name and password; empty: whoever has its address reads it."""

    @property
    def person(self) -> PersonId | None:
        """Whose bookings these are, if somebody's."""
        return PersonId(self.owner.id) if self.owner.scope is Scope.PERSON else None

    @property
    def room(self) -> RoomId | None:
        """The room, if it is one's."""
        return RoomId(self.owner.id) if self.owner.scope is Scope.ROOM else None

    @property
    def group(self) -> GroupId | None:
        """The group or branch, if it is one's."""
        return GroupId(self.owner.id) if self.owner.scope is Scope.GROUP else None

    @property
    def campaign(self) -> CampaignId | None:
        """The campaign, if it is one's."""
        return CampaignId(self.owner.id) if self.owner.scope is Scope.CAMPAIGN else None

    @property
    def within(self) -> CampaignId | None:
        """The campaign beyond which it shows nothing: the one that it is of, or is limited to."""
        return self.campaign or self.options.campaign

    @property
    def user(self) -> str | None:
        """The name by which a device signs in; None: whoever has the address reads it."""
        return self.owner.id if self.device else None

    @property
    def language(self) -> str:
        """The language of what we write."""
        return self.options.language


def reach(options: FeedOptions, campaigns: Iterable[Campaign], today: date, zone: ZoneInfo) -> Reach:
    """How far a feed reaches on a day: as chosen, else the whole of the earliest campaign not over, and all to come."""
    start: date | None
    if options.campaign:
        campaigns = [campaign for campaign in campaigns if campaign.id == options.campaign]
    if options.back_days is not None:
        start = today - timedelta(days=options.back_days)
    else:
        begun = [campaign for campaign in campaigns if campaign.starts <= today]
        running = [campaign.starts for campaign in begun if campaign.ends >= today]
        start = min(running, default=max((campaign.starts for campaign in begun), default=None))
    end = None if options.ahead_days is None else today + timedelta(days=options.ahead_days)
    return Reach(midnight(start, zone) if start else None, next_midnight(end, zone) if end else None)


def groups_in(audience: Iterable[str]) -> set[GroupId]:
    """The groups that an audience names: as they are, as a branch, by their committee, as observers."""
    named = (selector.removeprefix("observer:") for selector in audience if not selector.startswith("ext:"))
    return {GroupId(name.removeprefix("branch:").removeprefix("committee:")) for name in named}


def revision_name(revision: int, changed_at: datetime) -> str:
    """What readers know a revision by: its number, and when it came about.

    The number alone would stand for two contents after a backup was put back: what was counted since is counted again.
    """
    return f"{revision}-{int(changed_at.timestamp()):x}"
