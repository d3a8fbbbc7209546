"""What a month came to, in figures that agree with every other page."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from scheduler import edge, wording
from scheduler.core.ground import written
from scheduler.core.ground.access import Action
from scheduler.core.ground.ids import PersonId
from scheduler.documents import graphs
from scheduler.services.papers import pictures, reports
from scheduler.services.papers.reports import PeriodReport, ReportQuery
from scheduler.web.page import facts, seen_campaign
from scheduler.web.page.facts import Choice
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _
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
    """Talks, study, meetings and coverage of some days, of a person, a unit or a branch, as known now or on a day.

    The month of today when none is named.
    """
    fields = Fields(request.args)
    first, last = _days(fields)
    named = facts.names(last)
    noun, _colon, key = fields.one_of("of", [value for value, _name in _parts(named)]).partition(":")
    person = fields.person("person", named.roster) if not noun else None
    query = ReportQuery(first, last, seen_campaign.named(), person, known_on=fields.day("known_on"))
    query = replace(query, **reports.part_named(noun, key))
    told = reports.report(edge.session(), edge.actor(), query, edge.clock())
    subject = f"{first:%Y-%m}" if (first, last) == reports.month(first) else f"{first.isoformat()}/{last.isoformat()}"
    return render_template(
        "papers/report.html",
        fields=fields,
        report=told,
        month=f"{first:%Y-%m}",
        title=wording.period_text(subject, edge.lang())
        if "/" not in subject
        else wording.days_text(first, last, edge.lang()),
        whose=named.person(person) if person else dict(_parts(named)).get(fields.typed("of"), ""),
        before=f"{first - timedelta(days=1):%Y-%m}",
        after=f"{last + timedelta(days=1):%Y-%m}",
        pictures=[(picture, Markup(graphs.svg(picture.graph))) for picture in pictures.pictures(told, edge.lang())],  # noqa: S704 - drawn here from numbers
        people=_talkers(told),
        everybody=facts.person_options(named),
        parts=_parts(named),
        changes=[wording.change_text(change, told.roster.name, edge.lang()) for change in told.as_known.changes]
        if told.as_known
        else (),
        link={
            "subject": subject,
            "known_on": query.known_on and query.known_on.isoformat(),
            "of": f"person:{person}" if person else fields.typed("of") or None,
        },
    )


def _days(fields: Fields) -> tuple[date, date]:
    """The days that were named: from one to another, else a month."""
    first, last = fields.day("from"), fields.day("to")
    if first and last and first <= last:
        return first, last
    if first and last:
        fields.refuse("to", _("结束日期不能早于开始日期。"))
    return reports.month(_month(fields) or facts.today().replace(day=1))


def _parts(names: Names) -> list[Choice]:
    """Of whom a report can be query besides of a person: units, then branches."""
    roster = names.roster
    units = [(f"unit:{unit}", names.unit(unit)) for unit in roster.units if roster.people_by_unit.get(unit)]
    return [*units, *((f"branch:{branch.id}", names.group(branch.id)) for branch in roster.branches())]


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
