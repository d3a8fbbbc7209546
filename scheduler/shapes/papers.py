"""What some days came to."""

from base64 import b64encode
from typing import Any, Self

from scheduler.core.papers.known import FactChange
from scheduler.core.papers.periods import ReportDue, StudyFigures, TalkFigures
from scheduler.services.papers.exports import MIME, Exported
from scheduler.services.papers.reports import CoverageFigures, PeriodReport
from scheduler.shapes.ground import Day, FindingModel, LocalTime, Number, Shape, at, sometimes
from scheduler.wording.readers import Reader


class TalkFiguresModel(Shape[TalkFigures]):
    """Talks that count: how many (次), of how many pairs (对), of how many people (人), and how often each (人次)."""

    times: int
    pairs: int
    people: int
    person_times: dict[str, int]
    person_times_total: int
    extra: int
    not_counted: dict[str, int]


class StudyFiguresModel(Shape[StudyFigures]):
    """Study sessions, and who was there of those of whom it was recorded."""

    sessions: int
    hours: Number
    attendance_rate: float | None
    made_up: int
    attended: int
    recorded: int
    sessions_unrecorded: int


class CoverageFiguresModel(Shape[CoverageFigures]):
    """How far the talks are at the end, and how many came."""

    covered: int
    required: int
    rate: float | None
    change: int


class ReportDueModel(Shape[ReportDue]):
    """A report to the level above."""

    key: str
    due: Day


class FactChangeModel(Shape[FactChange]):
    """A fact that was another on a day than it is now; before and after say only what differs, null: it was not there."""

    noun: str
    subject: str
    kind: str | None
    day: Day | None
    people: list[str]
    at: LocalTime
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class PeriodReportModel(Shape[PeriodReport]):
    """What the days from one to another came to."""

    first: Day = at("first", key="from")
    last: Day = at("last", key="to")
    campaign: str | None = at("campaign", "id", default=None)
    talks: TalkFiguresModel
    study: StudyFiguresModel
    meetings: dict[str, int]
    visits: int
    coverage: CoverageFiguresModel
    tasks: dict[str, int]
    reports: list[ReportDueModel]
    person: str | None = sometimes("person")
    unit: str | None = sometimes("unit")
    branch: str | None = sometimes("branch")
    known_on: Day | None = sometimes("as_known", "day")
    changed_since: list[FactChangeModel] | None = sometimes("as_known", "changes")
    changes_kept_since: Day | None = sometimes("as_known", "kept_since")


class ExportedModel(Shape[Exported]):
    """A paper that was written to a file."""

    paper: str
    title: str
    format: str
    file: str
    findings: list[FindingModel]

    @classmethod
    def of_file(cls, made: Exported, file: str, reader: Reader) -> Self:
        """What was written, and where."""
        findings = [FindingModel.of(finding, reader) for finding in made.findings]
        return cls(paper=made.name, title=made.title, format=made.format.value, file=file, findings=findings)


class PaperModel(Shape[Exported]):
    """A paper with its bytes (base64)."""

    paper: str
    title: str
    format: str
    file: str
    media_type: str
    content: str
    findings: list[FindingModel]

    @classmethod
    def of_data(cls, made: Exported, reader: Reader) -> Self:
        """The paper and what there is to tell of it."""
        return cls(
            paper=made.name,
            title=made.title,
            format=made.format.value,
            file=f"{made.title}.{made.format}",
            media_type=MIME[made.format],
            content=b64encode(made.data).decode("ascii"),
            findings=[FindingModel.of(finding, reader) for finding in made.findings],
        )
