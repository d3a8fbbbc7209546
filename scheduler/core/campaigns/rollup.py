"""Several campaigns side by side, and what they come to together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.ground.ids import RuleSetId
from scheduler.core.ground.rates import percent


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many. Those of several campaigns are added up; rates never are, they are worked out anew."""

    done: int = 0
    of: int = 0

    @property
    def rate(self) -> float | None:
        """In percent; None: of nothing."""
        return percent(self.done, self.of)


@dataclass(frozen=True, slots=True)
class NextMilestone:
    """The milestone that comes next."""

    key: str
    day: date


class _Covered:
    """What is said of talks, where there are rules."""

    __slots__ = ()
    talks: Share | None

    @property
    def covered(self) -> int | None:
        """Talks covered."""
        return self.talks.done if self.talks else None

    @property
    def required(self) -> int | None:
        """Talks required."""
        return self.talks.of if self.talks else None

    @property
    def rate(self) -> float | None:
        """Covered out of required, in percent."""
        return self.talks.rate if self.talks else None


@dataclass(frozen=True)
class CampaignLine(_Covered):
    """How one campaign stands."""

    campaign: Campaign
    rule_set: RuleSetId | None
    """Its leading rules; None: none are applied, or the viewer may not see how they stand."""
    talks: Share | None
    """Talks covered, of those required by its leading rules."""
    study: Share | None
    """People who have their study hours, of those who are asked for any; None: the viewer may not see it."""
    bookings: int
    """What stands on the calendar for it."""
    next_milestone: NextMilestone | None


@dataclass(frozen=True)
class Total(_Covered):
    """What all campaigns come to."""

    talks: Share | None
    study: Share | None
    bookings: int


@dataclass(frozen=True, slots=True)
class RollUp:
    """All campaigns as of a day."""

    as_of: date
    lines: tuple[CampaignLine, ...]

    @property
    def total(self) -> Total:
        """All talks required in any of them and how many are covered, all who are asked for hours (once for each
        campaign that asks them), all bookings.
        """
        return Total(
            _sum(line.talks for line in self.lines),
            _sum(line.study for line in self.lines),
            sum(line.bookings for line in self.lines),
        )


def next_milestone(campaign: Campaign, day: date) -> NextMilestone | None:
    """The first milestone on a day or after it."""
    ahead = [(on, key) for key, on in campaign.milestones.items() if on >= day]
    return NextMilestone(min(ahead)[1], min(ahead)[0]) if ahead else None


def _sum(parts: Iterable[Share | None]) -> Share | None:
    """Numbers added up; what has none is left out."""
    counted = [part for part in parts if part is not None]
    return Share(sum(part.done for part in counted), sum(part.of for part in counted)) if counted else None
