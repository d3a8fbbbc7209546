"""What is required, how far it has come, and what each talk counts for."""

from flask import Response

from config import Language
from scheduler import edge
from scheduler.api import api
from scheduler.api.answers import document, reader
from scheduler.api.models import CampaignName, CampaignQuery, Day, DayQuery, Name, Taken
from scheduler.api.reading import campaign, day
from scheduler.core.ground.access import Action
from scheduler.core.ground.ids import BookingId, RuleSetId
from scheduler.services.bookings import acts as bookings
from scheduler.services.coverage import links, plausibility
from scheduler.services.coverage import report as coverage
from scheduler.services.coverage.links import Links
from scheduler.services.rules import sets as rule_sets
from scheduler.services.sessions import study
from scheduler.shapes.coverage import (
    CoverageModel,
    LedgerModel,
    LinksModel,
    OddTalkListModel,
    RequirementListModel,
    RuleSetListModel,
)  # fmt: skip
from scheduler.shapes.sessions import StudyModel


# ── What comes in ────────────────────────────────────────────────────────────────────────────────────────────────────
class AsOfQuery(Taken):
    """On which day, in which campaign, by which rule set; left out: today, the one that the day means, its leading one."""

    as_of: Day | None = None
    campaign: CampaignName | None = None
    rule_set: Name | None = None
    lang: Language | None = None


class StudyQuery(DayQuery):
    """On which day, in which campaign; left out: today, the one that the day means."""

    campaign: CampaignName | None = None


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
    as_of, wished = day(query.as_of, "as_of"), campaign(query.campaign)
    lines = coverage.ledger(edge.session(), edge.actor(), _rule_set(query), as_of, edge.clock(), wished)
    return document(LedgerModel.of({"ledger": lines}, reader()))


@api.get("/ledger/odd")
@api.input(AsOfQuery, location="query", arg_name="query")
@api.output(OddTalkListModel)
@edge.policy(Action.SEE_LEDGER)
def list_odd_talks(query: AsOfQuery) -> Response:
    """The talks of a rule set that one would ask about: many in a day, at a time that was taken, while away, entered late."""
    talks = plausibility.odd_lines(edge.session(), edge.actor(), _report(query))
    return document(OddTalkListModel.of({"talks": talks}, reader()))


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


@api.get("/rule-sets")
@api.input(CampaignQuery, location="query", arg_name="query")
@api.output(RuleSetListModel)
@edge.policy(Action.SEE_RULES)
def list_rule_sets(query: CampaignQuery) -> Response:
    """The rule sets applied in a campaign, or in all, the first applied first."""
    applied = rule_sets.applied(edge.session(), edge.actor(), campaign(query.campaign))
    return document(RuleSetListModel.of({"rule_sets": applied}))


@api.post("/rule-sets/<rule_set>/link-all-in-window")
@api.output(LinksModel)
@edge.policy(Action.EDIT_RULES)
def link_talks(rule_set: str) -> Response:
    """Let all talks count for a rule set that lie in its window and are of people that it asks for."""
    linked = links.link_all_in_window(edge.session(), edge.actor(), RuleSetId(rule_set), edge.clock())
    return document(LinksModel.of(linked))


@api.get("/study")
@api.input(StudyQuery, location="query", arg_name="query")
@api.output(StudyModel)
@edge.policy(Action.SEE_STUDY)
def show_study(query: StudyQuery) -> Response:
    """Study hours held against hours asked, of each member of the leadership team."""
    report = study.report(
        edge.session(), edge.actor(), day(query.as_of, "as_of"), edge.clock(), campaign(query.campaign)
    )
    return document(StudyModel.of(report))


def _link(booking_id: str, body: LinkBody, *, is_linked: bool) -> Response:
    """Link a talk to a rule set, or unlink it."""
    talk, rule_set = BookingId(booking_id), RuleSetId(body.rule_set)
    bookings.link(edge.session(), edge.actor(), talk, rule_set, edge.clock(), is_linked=is_linked)
    return document(LinksModel.of(Links(rule_set, (talk,))))


def _report(query: AsOfQuery) -> coverage.Report:
    """The report that is asked for."""
    as_of, wished = day(query.as_of, "as_of"), campaign(query.campaign)
    return coverage.report(edge.session(), edge.actor(), _rule_set(query), as_of, edge.clock(), wished)


def _rule_set(query: AsOfQuery) -> RuleSetId | None:
    """The rule set that is named; None: the leading one."""
    return RuleSetId(query.rule_set) if query.rule_set else None
