"""The first page: the coverage matrix, and what its squares say."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge
from scheduler.core.coverage.report import RequirementState
from scheduler.core.ground import access
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import NotAllowed, NotFound
from scheduler.core.ground.ids import CampaignId, RuleSetId
from scheduler.services.coverage import report as service
from scheduler.services.coverage.report import Report
from scheduler.web.campaigns import first_steps
from scheduler.web.coverage import pages, squares
from scheduler.web.coverage.matrix_page import page_of
from scheduler.web.page import facts, seen_campaign
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.paging import here, kept_args


@pages.get("/")
@edge.for_signed_in
def home() -> ResponseReturnValue:
    """The matrix, for those who may see it; everybody else's own page."""
    actor = edge.actor()
    if not access.may(actor, Action.SEE_COVERAGE):
        return redirect(url_for("me.me" if actor.person else "accounts.accounts"))
    fields = Fields(request.args)
    report = report_of(fields)
    if report is None:
        if access.may(actor, Action.IMPORT) and not facts.rule_sets():
            return first_steps.start_page()
        return render_template("coverage/first.html", has_rules=bool(facts.rule_sets_of(_campaign_of(fields))))
    names = Names(report.roster, edge.lang(), facts.rooms())
    chosen = chosen_of(report, fields.typed("square"))
    panel = squares.square_page(report, chosen, names, _back(chosen), here(square=None)) if chosen else None
    is_part = request.headers.get("HX-Target") == "view"
    return render_template(
        "coverage/_part.html" if is_part else "coverage/matrix.html",
        page=page_of(report, names, fields),
        fields=fields,
        square_page=panel,
        chosen_key=fields.typed("square"),
    )


@pages.get("/squares/<key>")
@edge.policy(Action.SEE_COVERAGE)
def square(key: str) -> ResponseReturnValue:
    """What one square says: the panel for a script, a page of its own otherwise."""
    report = report_of(Fields(request.args))
    chosen = chosen_of(report, key) if report else None
    if report is None or chosen is None:
        raise NotFound("requirement", key)
    names = Names(report.roster, edge.lang(), facts.rooms())
    page = squares.square_page(report, chosen, names, _back(chosen), url_for("coverage.home", **kept_args()))
    if "HX-Request" in request.headers:
        return render_template("coverage/panel.html", square=page)
    return render_template("coverage/square.html", square=page)


def report_of(fields: Fields) -> Report | None:
    """Coverage of the rule set and the day that the address names; else as of today, and of the campaign's leading one.

    Who may not see that one (a branch organizer) gets the first that they may see; None: there is none.
    """
    named = fields.text("rule_set")
    day = fields.day("as_of")
    if named:
        report = service.report(edge.session(), edge.actor(), RuleSetId(named), day, edge.clock())
        seen_campaign.show(report.rule_set.campaign)
        return report
    campaign = _campaign_of(fields)
    seen_campaign.show(campaign)
    for rule_set in sorted(facts.rule_sets_of(campaign), key=lambda applied: not applied.is_leading):
        try:
            return service.report(edge.session(), edge.actor(), rule_set.id, day, edge.clock())
        except NotAllowed:
            continue
    return None


def _campaign_of(fields: Fields) -> CampaignId | None:
    """The campaign that the day of the address, or today, means."""
    return seen_campaign.id_on(fields.day("as_of") or facts.today())


def chosen_of(report: Report, key: str) -> RequirementState | None:
    """The requirement that a square stands for."""
    return next((state for state in report.coverage.requirements if key and state.requirement.key == key), None)


def _back(chosen: RequirementState) -> str:
    """The matrix with this square open."""
    return url_for("coverage.home", square=chosen.requirement.key, **kept_args())
