"""Study hours and series of sessions."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, ValidationInfo, model_validator

from scheduler import wording
from scheduler.core.ground.bookings import Draft, Kind, Part
from scheduler.core.ground.findings import Findings
from scheduler.core.ground.ids import BookingId
from scheduler.core.sessions.mending import Mending, MissedSession
from scheduler.core.sessions.roll_calls import Asks, Miscount, Question, RollCall
from scheduler.core.sessions.series import RepairKind, SeriesPlan, SeriesRepair
from scheduler.core.sessions.study import Attended, Studied
from scheduler.core.sessions.turnout import Turnout
from scheduler.services.ground.booking_changes import Booked
from scheduler.services.sessions.attendance import AttendanceLine, AttendanceSheet, AttendedSession
from scheduler.services.sessions.making_up import MakeUp
from scheduler.services.sessions.series import ProposedSession, RegularSeries, SeriesProposal, StudyNeed
from scheduler.services.sessions.study import StudiedTarget, StudyOverview
from scheduler.services.sessions.study_targets import SetTarget, StudyExemption
from scheduler.shapes.bookings import GuestModel
from scheduler.shapes.ground import Day, FindingModel, LocalTime, Number, Shape, at, reader_of, sometimes
from scheduler.wording.readers import Reader


class StudiedModel(Shape[Studied]):
    """Somebody's study hours."""

    hours: Number
    missing: Number
    met: bool
    required: Number = at("required", key="asked")


class MissedSessionModel(Shape[MissedSession]):
    """A missed session that would be made up."""

    session: str
    hours: Number


class MendingModel(Shape[Mending]):
    """What would mend that somebody lacks hours: make-ups, and the hours that are left even so."""

    person: str
    missing: Number
    make_ups: list[MissedSessionModel]
    left: Number
    by: Day


class MakeUpModel(Shape[MakeUp]):
    """A missed session that somebody makes up on a day."""

    person: str
    session: str
    makeup_date: Day


class StudyTargetModel(Shape[StudiedTarget]):
    """A target, and how far everybody is whom it concerns; `exempt` are not counted in `of`."""

    id: str = at("target", "id")
    audience: list[str] = at("target", "audience")
    minus: list[str] = at("target", "minus")
    hours: Number = at("target", "hours")
    first: Day = at("target", "first", key="from")
    last: Day = at("target", "last", key="by")
    pro_rata: bool = at("target", "is_pro_rata")
    met: int = at("report", "met")
    total: int = at("report", "of", key="of")
    people: dict[str, StudiedModel] = at("report", "people")
    exempt: list[str] = at("report", "exempt")
    will_miss: dict[str, Number]
    mending: list[MendingModel] = at("mendings")


class StudyModel(Shape[StudyOverview]):
    """Study hours held against hours asked: by the first target as a whole, and by each that is set."""

    asked_hours: Number = at("first", "asked_hours")
    offered_hours: Number = at("first", "offered_hours")
    met: int = at("first", "met")
    total: int = at("first", "of", key="of")
    people: dict[str, StudiedModel] = at("first", "people")
    exempt: list[str] = at("first", "exempt")
    targets: list[StudyTargetModel] = at("set_targets")


class StudyExemptionModel(Shape[StudyExemption]):
    """Hours of a target that are not asked of somebody."""

    person: str
    hours: Number
    reason: str
    granted_by: str | None = at("by", key="by")
    date: Day | None = at("day")


class SetTargetModel(Shape[SetTarget]):
    """A target that is set, with the exemptions from it."""

    id: str = at("target", "id")
    campaign: str | None = at("target", "campaign")
    audience: list[str] = at("target", "audience")
    minus: list[str] = at("target", "minus")
    hours: Number = at("target", "hours")
    first: Day = at("target", "first", key="from")
    last: Day = at("target", "last", key="by")
    pro_rata: bool = at("target", "is_pro_rata")
    exemptions: list[StudyExemptionModel]


class SetTargetListModel(Shape[Mapping[str, Iterable[SetTarget]]]):
    """Targets by id."""

    targets: list[SetTargetModel]


class AttendedModel(Shape[AttendedSession]):
    """How somebody attended a booking, and the study hours that it counts."""

    session: str
    person: str
    status: Attended
    makeup_date: Day | None
    hours: Number


class AttendanceLineModel(Shape[AttendanceLine]):
    """Somebody at a booking: as what they take part, and what was recorded of them, if anything was."""

    part: Part
    status: Attended | None
    makeup_date: Day | None
    hours: Number
    reason: str | None = sometimes("reason")


class QuorumModel(Shape[Turnout]):
    """How many of those expected are needed, and whether they came."""

    expected: int
    needed: int
    reached: bool = at("is_quorate")


class AttendanceModel(Shape[AttendanceSheet]):
    """Who was at a booking; observers are not counted among those expected."""

    booking: str = at("booking", "id")
    kind: Kind = at("booking", "kind")
    expected: int = at("turnout", "expected")
    present: int = at("turnout", "present")
    late: int = at("turnout", "late")
    left_early: int = at("turnout", "left_early")
    on_leave: int = at("turnout", "on_leave")
    absent: int = at("turnout", "absent")
    unrecorded: int = at("turnout", "unrecorded")
    observers: int = at("turnout", "observers")
    quorum: QuorumModel = at("turnout")
    people: dict[str, AttendanceLineModel] = at("lines")
    guests: list[GuestModel]


class RollCallQuestionModel(Shape[Question]):
    """Something that a roll call leaves open about some people; of the readings the first is the likeliest."""

    asks: Asks
    text: str
    people: list[str]
    readings: list[Attended]
    or_uncalled: bool
    proposal: list[str]


class MiscountModel(Shape[Miscount]):
    """A number in a roll call that is another one by its names."""

    what: str = at("of", key="of")
    said: int
    counted: int


class RollCallModel(Shape[RollCall]):
    """What a roll call leaves open, and what is to be told of it."""

    questions: list[RollCallQuestionModel]
    miscounts: list[MiscountModel]
    not_called: list[str]
    unknown: list[str]
    unsaid: list[str]
    remote: list[str]
    reasons: dict[str, str]
    aside: list[str]


# ── Series ───────────────────────────────────────────────────────────────────────────────────────────────────────────
class SessionModel(Shape[ProposedSession]):
    """One session of a series, and what a booking of it would be told."""

    title: str = at("draft", "title")
    start: LocalTime = at("draft", "span", "start")
    end: LocalTime = at("draft", "span", "end")
    room: str | None = at("draft", "room")
    attending: int = at("placed", "attending")
    missing: list[FindingModel]
    blocking: list[FindingModel] = at("findings", "blocking")
    warnings: list[FindingModel] = at("findings", "warnings")
    hints: list[FindingModel] = at("findings", "hints")


class StudyNeedModel(Shape[StudyNeed]):
    """What the study hours still need by a day: hours by person."""

    by: Day
    asked_hours: Number
    sessions: int
    lacking: dict[str, Number]
    still_lacking: dict[str, Number]


class SeriesBoundsModel(Shape[SeriesPlan]):
    """What was decided, and that no better can be."""

    placed: int
    missed: int
    missed_at_best: int = at("least_missed")
    days: int


class SeriesRepairModel(Shape[SeriesRepair]):
    """What to ask differently; found by deciding it so."""

    kind: RepairKind
    value: str
    text: str
    verified: bool

    @model_validator(mode="before")
    @classmethod
    def _with_sentence(cls, repair: SeriesRepair, info: ValidationInfo) -> object:
        text = wording.repair_text(repair, reader_of(info).lang)
        return {"kind": repair.kind, "value": str(repair.value), "text": text, "verified": True}


def _status(plan: SeriesPlan) -> str:
    return "complete" if plan.is_complete else "partial" if plan.placed else "impossible"


class SeriesModel(Shape[SeriesProposal]):
    """A series as it could be, or as it was booked: its sessions, or why there are not enough and what would help."""

    status: Annotated[Literal["complete", "partial", "impossible"], BeforeValidator(_status)] = at("plan")
    placed: int = at("plan", "placed")
    total: int = at("plan", "requested", key="of")
    missed: int = at("plan", "missed")
    bounds: SeriesBoundsModel = at("plan")
    need: StudyNeedModel | None
    sessions: list[SessionModel]
    reasons: list[FindingModel] = at("plan", "reasons")
    repairs: list[SeriesRepairModel] = at("plan", "repairs")
    booked: list[str] = Field(default=[])

    def with_booked(self, bookings: Iterable[BookingId]) -> Self:
        """The series with what its sessions became."""
        return self.model_copy(update={"booked": list(bookings)})


class RegularSessionModel(Shape[tuple[Draft, Findings]]):
    """One meeting of a regular series, and what a booking of it would be told."""

    title: str
    start: LocalTime
    end: LocalTime
    room: str | None
    blocking: list[FindingModel]
    warnings: list[FindingModel]
    hints: list[FindingModel]

    @classmethod
    def of(cls, value: tuple[Draft, Findings], reader: Reader | None = None) -> Self:
        """A draft with what was found."""
        draft, findings = value
        told = {"title": draft.title, "start": draft.span.start, "end": draft.span.end, "room": draft.room}
        weights = {weight: getattr(findings, weight) for weight in ("blocking", "warnings", "hints")}
        return cls.model_validate({**told, **weights}, context=reader)


class RegularSeriesModel(Shape[RegularSeries]):
    """Meetings as they come round: `status` says whether all of them can be booked, `booked` what they became."""

    status: Literal["complete", "partial"]
    sessions: list[RegularSessionModel]
    booked: list[str] = Field(default=[])

    @classmethod
    def of(cls, value: RegularSeries, reader: Reader | None = None) -> Self:
        """Each with what is to be said of it."""
        is_free = not any(findings.blocking for _, findings in value.sessions)
        sessions = [RegularSessionModel.of(session, reader) for session in value.sessions]
        return cls(status="complete" if is_free else "partial", sessions=sessions)

    def with_booked(self, bookings: Iterable[BookingId]) -> Self:
        """The series with what its meetings became."""
        return self.model_copy(update={"booked": list(bookings)})


class BookedSeriesModel(Shape[Sequence[Booked]]):
    """What stands on the calendar now, in order of time, and what is to be said about it, each remark once."""

    ok: bool
    booked: list[str]
    warnings: list[FindingModel]
    hints: list[FindingModel]

    @classmethod
    def of(cls, value: Sequence[Booked], reader: Reader | None = None) -> Self:
        """The sessions that were booked."""
        warnings = dict.fromkeys(finding for booked in value for finding in booked.findings.warnings)
        hints = dict.fromkeys(finding for booked in value for finding in booked.findings.hints)
        ids = [booked.booking.id for booked in value]
        told = {"ok": True, "booked": ids, "warnings": tuple(warnings), "hints": tuple(hints)}
        return cls.model_validate(told, context=reader)
