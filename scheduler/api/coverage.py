"""What is required, how far it has come, and what each talk counts for."""

from flask import Response

from scheduler import edge, shapes, study_shapes
from scheduler.api import api
from scheduler.api.answers import document
from scheduler.api.coverage_models import AsOfQuery, CoverageModel, LedgerModel, RequirementListModel, StudyModel
from scheduler.api.models import DayQuery
from scheduler.api.reading import day
from scheduler.core.ground.access import Action
from scheduler.core.ground.ids import RuleSetId
from scheduler.services.coverage import report as coverage
from scheduler.services.sessions import study


@api.get("/coverage")
@api.input(AsOfQuery, location="query", arg_name="query")
@api.output(CoverageModel)
@edge.policy(Action.SEE_COVERAGE)
def show_coverage(query: AsOfQuery) -> Response:
    """How far a rule set has come on a day."""
    return document(_coverage(query))


@api.get("/requirements")
@api.input(AsOfQuery, location="query", arg_name="query")
@api.output(RequirementListModel)
@edge.policy(Action.SEE_COVERAGE)
def list_requirements(query: AsOfQuery) -> Response:
    """All requirements of a rule set, each with its reasons and where it stands on a day."""
    found = _coverage(query)
    return document({key: found[key] for key in ("as_of", "rule_set", "requirements")})


@api.get("/ledger")
@api.input(AsOfQuery, location="query", arg_name="query")
@api.output(LedgerModel)
@edge.policy(Action.SEE_LEDGER)
def show_ledger(query: AsOfQuery) -> Response:
    """All talks of a rule set, by date: whether each counts, for what, and if not why."""
    lines = coverage.ledger(edge.session(), edge.actor(), _rule_set(query), day(query.as_of, "as_of"), edge.clock())
    return document({"ledger": [shapes.ledger_line(line, edge.lang()) for line in lines]})


@api.get("/study")
@api.input(DayQuery, location="query", arg_name="query")
@api.output(StudyModel)
@edge.policy(Action.SEE_STUDY)
def show_study(query: DayQuery) -> Response:
    """Study hours held against hours asked, of each member of the leadership team."""
    return document(
        study_shapes.study(study.report(edge.session(), edge.actor(), day(query.as_of, "as_of"), edge.clock()))
    )


def _coverage(query: AsOfQuery) -> shapes.Document:
    """The report that is asked for."""
    found = coverage.report(edge.session(), edge.actor(), _rule_set(query), day(query.as_of, "as_of"), edge.clock())
    return shapes.coverage(found.rule_set.id, found.coverage, edge.lang())


def _rule_set(query: AsOfQuery) -> RuleSetId | None:
    """The rule set that is named; None: the leading one."""
    return RuleSetId(query.rule_set) if query.rule_set else None
