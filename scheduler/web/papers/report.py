"""What a month came to, in figures that agree with every other page."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.ground import written
from scheduler.core.ground.access import Action
from scheduler.core.ground.ids import PersonId
from scheduler.services.papers import reports
from scheduler.services.papers.reports import PeriodReport
from scheduler.web.page import facts, seen_campaign
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.papers import pages


@dataclass(frozen=True, slots=True)
class TalkerLine:
    """Somebody who talked, and how often."""

    id: PersonId
    name: str
    position: str
    times: int


@pages.get("/report")
@edge.policy(Action.SEE_STUDY)
def report() -> ResponseReturnValue:
    """Talks, study, meetings and coverage of a month; the month of today when none is named."""
    fields = Fields(request.args)
    first, last = reports.month(_month(fields) or facts.today().replace(day=1))
    told = reports.report(edge.session(), edge.actor(), first, last, edge.clock(), seen_campaign.named())
    return render_template(
        "papers/report.html",
        fields=fields,
        report=told,
        month=f"{first:%Y-%m}",
        title=wording.period_text(f"{first:%Y-%m}", edge.lang()),
        before=f"{first - timedelta(days=1):%Y-%m}",
        after=f"{last + timedelta(days=1):%Y-%m}",
        people=_talkers(told),
    )


def _month(fields: Fields) -> date | None:
    """The month that was named, if it is one."""
    return written.month(fields.typed("month"))


def _talkers(told: PeriodReport) -> list[TalkerLine]:
    """Everybody who talked, by rank."""
    names = Names(told.roster, edge.lang(), {})
    times = told.talks.person_times
    return [
        TalkerLine(person, names.person(person), names.position(person), times[person])
        for person in told.roster.in_rank_order(times)
    ]
