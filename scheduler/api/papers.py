"""What a month came to, and papers to take along."""

from flask import Response
from pydantic import Field

from config import Language
from scheduler import edge
from scheduler.api import api
from scheduler.api.answers import document, reader
from scheduler.api.models import Day, Name, Taken
from scheduler.api.reading import campaign, day, the_day
from scheduler.core.ground import written
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import GroupId, PersonId, UnitId
from scheduler.core.ground.person_orders import PersonOrder
from scheduler.documents.papers import PaperFormat
from scheduler.services.papers import exports, reports
from scheduler.services.papers.desk import WritingDesk
from scheduler.services.papers.reports import ReportQuery
from scheduler.shapes.papers import PaperModel, PeriodReportModel


class PeriodQuery(Taken):
    """Which days: a month (2014-06), or from one day to another; of which campaign, left out: the one of the last day; of a person, a unit or a branch."""

    month: str | None = Field(None, max_length=7, pattern=r"^(19|20|21)\d{2}-(0[1-9]|1[0-2])$", examples=["2014-06"])
    first: Day | None = Field(None, alias="from")
    last: Day | None = Field(None, alias="to")
    campaign: Name | None = None
    person: Name | None = None
    unit: Name | None = None
    branch: Name | None = None
    known_on: Day | None = Field(None, description="As known at the end of this day", examples=["2014-07-05"])
    lang: Language | None = None


class PaperQuery(Taken):
    """Of what, in which form, as of and as known on which day."""

    subject: str = Field("", max_length=64, examples=["E12", "RS1", "2014-06", "B1:2014-Q3"])
    format: PaperFormat | None = Field(None, description="Left out: what the paper usually comes as")
    order: PersonOrder | None = None
    as_of: Day | None = None
    known_on: Day | None = None
    campaign: Name | None = None
    person: Name | None = Field(None, description="Of a report: of this person alone")
    unit: Name | None = None
    branch: Name | None = None
    lang: Language | None = None


@api.get("/papers/<paper>")
@api.input(PaperQuery, location="query", arg_name="query")
@api.output(PaperModel)
@edge.policy(Action.SEE_ORGANISATION)
def show_paper(paper: str, query: PaperQuery) -> Response:
    """A paper to take along, as far as the caller may see what stands in it: a notice, a ledger, a report; `content` is the file."""
    parts = {"person": query.person, "unit": query.unit, "branch": query.branch}
    named = [(noun, key) for noun, key in parts.items() if key]
    if len(named) > 1:
        raise Malformed("one_part_only", named[1][0])
    desk = WritingDesk(
        edge.session(), edge.actor(), edge.clock(), edge.lang(), day(query.as_of, "as_of"), query.order, campaign(query.campaign),
        known_on=day(query.known_on, "known_on"), part=named[0] if named else ("", ""),
    )  # fmt: skip
    made = exports.export(desk, paper, query.subject, query.format)
    return document(PaperModel.of_data(made, reader()))


@api.get("/report")
@api.input(PeriodQuery, location="query", arg_name="query")
@api.output(PeriodReportModel)
@edge.policy(Action.SEE_STUDY)
def show_report(query: PeriodQuery) -> Response:
    """What a month, or any days, came to: talks, study, meetings, coverage and its change; with `known_on` as it was known then, and what was corrected since."""
    month = written.month(query.month) if query.month else None
    if month:
        first, last = reports.month(month)
    elif query.first and query.last:
        first, last = the_day(query.first, "from"), the_day(query.last, "to")
    else:
        raise Malformed("missing", "month")
    period = ReportQuery(
        first,
        last,
        campaign(query.campaign),
        PersonId(query.person) if query.person else None,
        UnitId(query.unit) if query.unit else None,
        GroupId(query.branch) if query.branch else None,
        the_day(query.known_on, "known_on") if query.known_on else None,
    )
    told = reports.report(edge.session(), edge.actor(), period, edge.clock())
    return document(PeriodReportModel.of(told, reader()))
