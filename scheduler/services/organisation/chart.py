"""Facts about people, units and groups written into the org chart, with what follows from them on the calendar."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from scheduler.core.ground.ids import PersonId
from scheduler.core.organisation import chart_changes
from scheduler.core.organisation.chart import Chart
from scheduler.core.organisation.chart_changes import When
from scheduler.core.organisation.facts import Change, Given, Subject
from scheduler.store import save
from scheduler.store.organisation import charts

CHART = (Subject.PERSON, Subject.UNIT, Subject.GROUP, Subject.CONTACT_POINT)
"""What the org chart is made of."""


def write(session: Session, given: Sequence[Given], when: When) -> tuple[Chart, list[Change]]:
    """Write people, units, groups and contact points; the chart comes back as far as it was touched."""
    about = {subject: {fact.key for fact in given if fact.subject is subject} for subject in CHART}
    groups, units = about[Subject.GROUP], set(about[Subject.UNIT])
    units |= {str(fact.fields["unit"]) for fact in given if fact.subject is Subject.CONTACT_POINT}
    people = set(about[Subject.PERSON])
    if groups:  # a list of members may change the rows of those who enter and of those who leave
        people |= {str(person) for fact in given if fact.subject is Subject.GROUP for person in _listed(fact)}
        people |= charts.members_ever(session, groups)
    chart = charts.load(session, people, units, groups)
    changes = chart_changes.apply(chart, given, when)
    charts.save(session, chart)
    save.ids_given(session, about[Subject.PERSON] | about[Subject.UNIT])
    return chart, changes


def _listed(fact: Given) -> list[PersonId]:
    """Everybody whom a group's fact names as a member."""
    members = fact.fields.get("members", ())
    return list(members) if isinstance(members, tuple) else []
