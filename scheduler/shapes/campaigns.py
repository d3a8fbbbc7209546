"""Campaigns, and milestones of one."""

from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import BeforeValidator

from scheduler.core.campaigns.definitions import Campaign, CampaignState
from scheduler.core.campaigns.milestones import CoverageMoved
from scheduler.core.campaigns.rollup import CampaignLine, NextMilestone, RollUp, Share, Total
from scheduler.core.coverage.after_occurrences import FollowedOccurrence, RequiredAfter
from scheduler.core.coverage.report import CoverageState
from scheduler.core.ground.bookings import Booking
from scheduler.core.programme.conditions import What
from scheduler.core.programme.moves import ConditionMoved, GateMoved, MilestoneMove, OutdatedPaper
from scheduler.services.campaigns.occurrences import Undone
from scheduler.services.campaigns.programme import CampaignView
from scheduler.shapes.ground import Day, FindingModel, LocalTime, RealTime, Shape, at


class CampaignModel(Shape[Campaign]):
    """A campaign; a closed one is read and no longer changed."""

    id: str
    name: str
    starts: Day
    ends: Day
    state: CampaignState
    leading: bool = at("is_leading")
    quorum: Annotated[str, BeforeValidator(str)]
    notice_workdays: int


class CampaignListModel(Shape[Mapping[str, Iterable[Campaign]]]):
    """All campaigns, by the day they start."""

    campaigns: list[CampaignModel]


class CampaignViewModel(Shape[CampaignView]):
    """A campaign with what follows from its milestones."""

    id: str = at("campaign", "id")
    name: str = at("campaign", "name")
    starts: Day = at("campaign", "starts")
    ends: Day = at("campaign", "ends")
    quorum: Annotated[str, BeforeValidator(str)] = at("campaign", "quorum")
    notice_workdays: int = at("campaign", "notice_workdays")
    state: CampaignState = at("campaign", "state")
    leading: bool = at("campaign", "is_leading")
    milestones: dict[str, Day] = at("campaign", "milestones")
    window_opens: Day | None = at("window", "first")
    window_closes: Day | None = at("window", "last")
    report_due: Day | None


class StartModel(Shape[Booking]):
    """A booking by its id and start only."""

    id: str
    start: LocalTime = at("span", "start")


class CoverageMovedModel(Shape[CoverageMoved]):
    """`[covered, required]` of the leading rules, with the milestone where it was and where it is moved to."""

    before: tuple[int, int]
    after: tuple[int, int]


class ConditionMovedModel(Shape[ConditionMoved]):
    """A condition that holds otherwise, or is due on another day."""

    key: str
    what: What
    name: str
    was_ok: bool
    ok: bool
    was_due: Day | None
    due: Day | None


class GateMovedModel(Shape[GateMoved]):
    """`[holding, all]` of the conditions of the nearest democratic life meeting, and those that change."""

    meeting: str
    before: tuple[int, int]
    after: tuple[int, int]
    conditions: list[ConditionMovedModel]


class OutdatedPaperModel(Shape[OutdatedPaper]):
    """A paper that was handed out and will say another time than its booking has."""

    booking: str
    paper: str
    version: int
    handed_out: RealTime = at("at")


class MilestoneMovedModel(Shape[MilestoneMove]):
    """What moves with a milestone, and which bookings lie outside then.

    `bookings_outside` are told as they stood; `moved_along` says which of them, the meeting's own, are on the new day.
    """

    window_opens: Day | None = at("moved", "window_opens")
    window_closes: Day | None = at("moved", "window_closes")
    report_due: Day | None = at("moved", "report_due")
    bookings_outside: list[StartModel] = at("moved", "bookings_outside")
    moved_along: list[StartModel] = at("moved", "moved_along")
    coverage: CoverageMovedModel | None = at("moved", "coverage")
    gate: GateMovedModel | None
    printed: list[OutdatedPaperModel]
    blocking: list[FindingModel] = at("moved", "findings", "blocking")
    warnings: list[FindingModel] = at("moved", "findings", "warnings")


class RequiredAfterModel(Shape[RequiredAfter]):
    """A talk that is required because of an occurrence: of these two, until `due`."""

    rule_set: str
    rules: list[str]
    people: tuple[str, ...] = at("required", "requirement", "pair")
    due: Day | None
    state: CoverageState = at("required", "state")
    overdue: bool = at("required", "is_overdue")
    talks: list[str] = at("required", "talks")


class OccurrenceModel(Shape[FollowedOccurrence]):
    """What befell somebody, who was chosen to talk with them, and what follows from it."""

    id: int = at("occurrence", "id")
    kind: str = at("occurrence", "kind")
    person: str = at("occurrence", "person")
    date: Day = at("occurrence", "day")
    partner: str | None = at("occurrence", "partner")
    talks: list[RequiredAfterModel]
    findings: list[FindingModel]


class OccurrenceListModel(Shape[Mapping[str, Iterable[FollowedOccurrence]]]):
    """What befell people, by day."""

    occurrences: list[OccurrenceModel]


class UndoneOccurrenceModel(Shape[Undone]):
    """An occurrence that was taken back, and the talks that stay on the calendar though it no longer asks for them."""

    id: int
    talks: list[str]


class ShareModel(Shape[Share]):
    """So many of so many, and what that is in percent."""

    met: int = at("done")
    total: int = at("of", key="of")


class NextMilestoneModel(Shape[NextMilestone]):
    """A milestone and its day."""

    key: str
    day: Day


class CampaignLineModel(Shape[CampaignLine]):
    """How one campaign stands: by its leading rules; `null` where there are none, or one may not see it."""

    id: str = at("campaign", "id")
    name: str = at("campaign", "name")
    starts: Day = at("campaign", "starts")
    ends: Day = at("campaign", "ends")
    state: CampaignState = at("campaign", "state")
    leading: bool = at("campaign", "is_leading")
    rule_set: str | None
    covered: int | None
    required: int | None
    rate: float | None
    study: ShareModel | None
    bookings: int
    next_milestone: NextMilestoneModel | None


class TotalModel(Shape[Total]):
    """All campaigns together: numbers are added up, the rate is that of the sums; people count once for each campaign."""

    covered: int | None
    required: int | None
    rate: float | None
    study: ShareModel | None
    bookings: int


class RollUpModel(Shape[RollUp]):
    """All campaigns side by side."""

    as_of: Day
    campaigns: list[CampaignLineModel] = at("lines")
    total: TotalModel
