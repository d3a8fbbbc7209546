"""What a month came to."""

from flask import Response
from pydantic import Field

from config import Language
from scheduler import edge
from scheduler.api import api
from scheduler.api.answers import document, reader
from scheduler.api.models import Day, Name, Taken
from scheduler.api.reading import the_day
from scheduler.core.ground import written
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import CampaignId, GroupId, PersonId, UnitId
from scheduler.services.papers import reports
from scheduler.services.papers.reports import ReportQuery
from scheduler.shapes.papers import PeriodReportModel


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
        CampaignId(query.campaign) if query.campaign else None,
        PersonId(query.person) if query.person else None,
        UnitId(query.unit) if query.unit else None,
        GroupId(query.branch) if query.branch else None,
        the_day(query.known_on, "known_on") if query.known_on else None,
    )
    told = reports.report(edge.session(), edge.actor(), period, edge.clock())
    return document(PeriodReportModel.of(told, reader()))
