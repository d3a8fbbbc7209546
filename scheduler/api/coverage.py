"""What is required, how far it has come, and what each talk counts for."""

from flask import Response

from config import Language
from scheduler import edge
from scheduler.api import api
from scheduler.api.answers import document, reader
from scheduler.api.models import Day, DayQuery, Name, Taken
from scheduler.api.reading import day
from scheduler.core.ground.access import Action
from scheduler.core.ground.ids import BookingId, RuleSetId
from scheduler.services.bookings import acts as bookings
from scheduler.services.coverage import links
from scheduler.services.coverage import report as coverage
from scheduler.services.coverage.links import Links
from scheduler.services.sessions import study
from scheduler.shapes.coverage import CoverageModel, LedgerModel, LinksModel, RequirementListModel
from scheduler.shapes.sessions import StudyModel


# ── What comes in ────────────────────────────────────────────────────────────────────────────────────────────────────
class AsOfQuery(Taken):
    """On which day, by which rule set; left out: today, the leading one."""

    as_of: Day | None = None
    rule_set: Name | None = None
    lang: Language | None = None


class LinkBody(Taken):
    """For which rule set a talk is to count, or no more."""

    rule_set: Name


# ── Endpoints ────────────────────────────────────────────────────────────────────────────────────────────────────────
@api.get("/coverage")
@api.input(AsOfQuery, location="query", arg_name="query")
@api.output(CoverageModel)
@edge.policy(Action.SEE_COVERAGE)
def show_coverage(query: AsOfQuery) -> Response:
    """How far a rule set has come on a day."""
    return document(CoverageModel.of(_report(query), reader()))


@api.get("/requirements")
@api.input(AsOfQuery, location="query", arg_name="query")
@api.output(RequirementListModel)
@edge.policy(Action.SEE_COVERAGE)
def list_requirements(query: AsOfQuery) -> Response:
    """All requirements of a rule set, each with its reasons and where it stands on a day."""
    return document(RequirementListModel.of(_report(query)))


@api.get("/ledger")
@api.input(AsOfQuery, location="query", arg_name="query")
@api.output(LedgerModel)
@edge.policy(Action.SEE_LEDGER)
def show_ledger(query: AsOfQuery) -> Response:
    """All talks of a rule set, by date: whether each counts, for what, and if not why."""
    lines = coverage.ledger(edge.session(), edge.actor(), _rule_set(query), day(query.as_of, "as_of"), edge.clock())
    return document(LedgerModel.of({"ledger": lines}, reader()))


@api.post("/bookings/<booking_id>/link")
@api.input(LinkBody, arg_name="body")
@api.output(LinksModel)
@edge.policy(Action.BOOK)
def link_talk(booking_id: str, body: LinkBody) -> Response:
    """Let a talk count for a further rule set."""
    return _link(booking_id, body, is_linked=True)


@api.post("/bookings/<booking_id>/unlink")
@api.input(LinkBody, arg_name="body")
@api.output(LinksModel)
@edge.policy(Action.BOOK)
def unlink_talk(booking_id: str, body: LinkBody) -> Response:
    """Let a talk count for a rule set no more that it was linked to."""
    return _link(booking_id, body, is_linked=False)


@api.post("/rule-sets/<rule_set>/link-all-in-window")
@api.output(LinksModel)
@edge.policy(Action.EDIT_RULES)
def link_talks(rule_set: str) -> Response:
    """Let all talks count for a rule set that lie in its window and are of people that it asks for."""
    linked = links.link_all_in_window(edge.session(), edge.actor(), RuleSetId(rule_set), edge.clock())
    return document(LinksModel.of(linked))


@api.get("/study")
@api.input(DayQuery, location="query", arg_name="query")
@api.output(StudyModel)
@edge.policy(Action.SEE_STUDY)
def show_study(query: DayQuery) -> Response:
    """Study hours held against hours asked, of each member of the leadership team."""
    report = study.report(edge.session(), edge.actor(), day(query.as_of, "as_of"), edge.clock())
    return document(StudyModel.of(report))


def _link(booking_id: str, body: LinkBody, *, is_linked: bool) -> Response:
    """Link a talk to a rule set, or unlink it."""
    talk, rule_set = BookingId(booking_id), RuleSetId(body.rule_set)
    bookings.link(edge.session(), edge.actor(), talk, rule_set, edge.clock(), is_linked=is_linked)
    return document(LinksModel.of(Links(rule_set, (talk,))))


def _report(query: AsOfQuery) -> coverage.Report:
    """The report that is asked for."""
    return coverage.report(edge.session(), edge.actor(), _rule_set(query), day(query.as_of, "as_of"), edge.clock())


def _rule_set(query: AsOfQuery) -> RuleSetId | None:
    """The rule set that is named; None: the leading one."""
    return RuleSetId(query.rule_set) if query.rule_set else None
