"""The first hour: a page with its steps, and a strip that names the next one until all are done or it is put away."""

from dataclasses import dataclass
from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from scheduler import edge, wording
from scheduler.core.campaigns.first_steps import FirstStep, FirstSteps, StepState
from scheduler.core.ground.access import Action
from scheduler.services.campaigns import first_steps as service
from scheduler.services.campaigns import programme
from scheduler.services.campaigns.first_steps import StepProgress
from scheduler.web.campaigns import pages
from scheduler.web.page import facts
from scheduler.web.page.texts import Later, _, later
from scheduler.web.page.words import listed

AWAY = "first_steps"
"""The cookie of somebody who put the strip away."""
A_YEAR = 365 * 24 * 3600
FIRST_PRESET = "cn.four-must-talks"


@dataclass(frozen=True, slots=True)
class StepWords:
    """What a step is called, what it brings, and what its button says."""

    title: Later
    text: Later
    button: Later
    endpoint: str


WORDS: dict[FirstStep, StepWords] = {
    FirstStep.PEOPLE: StepWords(
        later("导入人员和部门"), later("上传现成的 Excel 名册，或直接粘贴；先看清会变成什么样，再接受。"), later("导入名册"), "imports.imports"
    ),
    FirstStep.CAMPAIGN: StepWords(
        later("填活动、班子和场地"), later("什么时候谈、谁是班子成员、在哪里谈。大多已经替您填好。"), later("填这几项"), "campaigns.edit_programme"
    ),
    FirstStep.RULES: StepWords(
        later("选谈话方案"), later("四必谈、支部谈心、一对一面谈……先看会要求哪些谈话，再启用。"), later("预览四必谈"), "rules.preview_rules"
    ),
    FirstStep.DRAFT: StepWords(
        later("自动排期"), later("几秒钟排出草案：没有人同时在两处，场地够用，避开不在岗的人。"), later("自动排期"), "arranging.new_plan"
    ),
    FirstStep.RELEASE: StepWords(
        later("看过草案，发布"), later("可以移动、固定其中几项；发布以后才写进日程。"), later("看草案"), "arranging.plan"
    ),
    FirstStep.SUBSCRIBE: StepWords(
        later("请大家订阅"), later("每人一个二维码，手机日历自动跟着改期走；不用账号。"), later("发订阅"), "feeds.subscription_list"
    ),
}  # fmt: skip
ARRANGING = StepWords(
    later("正在排期"), later("排定后在该页显示草案；其间可以处理其他事务。"), later("查看排期进度"), "arranging.plan"
)
"""The step of the draft, while the planner is at it."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step as the page prints it."""

    number: int
    words: StepWords
    state: StepState
    href: str
    fact: str
    """What is there already."""
    missing: list[str]
    """What later steps need and is not there, in sentences."""


@dataclass(frozen=True, slots=True)
class Strip:
    """The next step in one line."""

    number: int
    total: int
    words: StepWords
    href: str
    is_here: bool
    """Whether its page is the one that is open."""


@pages.get("/start")
@edge.policy(Action.IMPORT)
def start() -> ResponseReturnValue:
    """The steps; whoever comes here again takes up the strip again."""
    response = Response(start_page(), mimetype="text/html")
    if AWAY in request.cookies:
        response.delete_cookie(AWAY)
    return response


@pages.post("/start/away")
@edge.policy(Action.IMPORT)
def put_steps_away() -> ResponseReturnValue:
    """Show the strip no more in this browser."""
    response = redirect(edge.local_path(request.form.get("next"), url_for("coverage.home")), 303)
    secure = edge.settings().is_https
    response.set_cookie(AWAY, "away", max_age=A_YEAR, secure=secure, httponly=True, samesite="Lax")
    return response


def start_page() -> str:
    """The page with all steps."""
    progress = _progress()
    steps = progress.steps if progress else FirstSteps.of(())
    lines = [
        StepLine(
            number,
            _words(step, progress),
            steps.state(step),
            _href(step, progress),
            _fact(step, steps),
            _missing(step, progress),
        )
        for number, step in enumerate(FirstStep, start=1)
    ]
    return render_template("campaigns/start.html", lines=lines, is_all_done=steps.next is None)


def onward(endpoint: str) -> Response:
    """Where to go after a step was done: to the next one, or where one usually goes."""
    g.pop("first_steps", None)
    progress = _progress()
    is_on_the_way = progress is not None and progress.steps.next not in (None, FirstStep.SUBSCRIBE)
    return redirect(url_for("campaigns.start" if is_on_the_way and AWAY not in request.cookies else endpoint), 303)


def _progress() -> StepProgress | None:
    """How far the installation is; asked once for a page."""
    if "first_steps" not in g:
        g.first_steps = service.progress(edge.session(), edge.actor(), edge.clock())
    return g.first_steps  # type: ignore[no-any-return]  # what stands in `g` has no type


def _is_arranging(step: FirstStep, progress: StepProgress | None) -> bool:
    """Whether a step is the draft's, and a run of the planner works on it."""
    return step is FirstStep.DRAFT and progress is not None and progress.run is not None


def _words(step: FirstStep, progress: StepProgress | None) -> StepWords:
    """What a step is called now."""
    return ARRANGING if _is_arranging(step, progress) else WORDS[step]


def _href(step: FirstStep, progress: StepProgress | None) -> str:
    """Where a step is taken."""
    if progress and _is_arranging(step, progress):
        return url_for("arranging.plan", run_id=progress.run)
    if step is FirstStep.RULES:
        return url_for("rules.preview_rules", source=FIRST_PRESET)
    if step is FirstStep.RELEASE:
        return (
            url_for("arranging.plan", run_id=progress.draft)
            if progress and progress.draft
            else url_for("arranging.plans")
        )
    return url_for(WORDS[step].endpoint)


MISSING = {
    "no_people": later("还没有人员，至少要有两位。"),
    "no_units": later("还没有部门：分管领导与部门负责人谈不起来。"),
    "no_campaign": later("还没有活动：什么时候谈没有定。"),
    "no_team": later("领导班子还没有填，至少两位。"),
    "no_principal": later("主要负责人还没有填。"),
    "rules_ask_nothing": later("已启用的方案现在一次谈话也不要求：名单是空的，或者窗口期不对。"),
}
"""What a step lacks, in words; what its button says anyway is not told twice."""


def _missing(step: FirstStep, progress: StepProgress | None) -> list[str]:
    """What a step lacks, and what would help with it."""
    if progress is None:
        return []
    begun = {FirstStep.PEOPLE: "no_people", FirstStep.CAMPAIGN: "no_campaign"}
    lacks = progress.lacking[step]
    told = [str(MISSING[word]) for word in lacks if word in MISSING and begun.get(step) not in lacks]
    if step is FirstStep.PEOPLE and step in progress.steps.done and progress.without_head:
        told.append(
            _("%(count)s 个部门还没有负责人，同他们的谈话排不出来：可以在“部门单位”里补。", count=progress.without_head)
        )
    if step is FirstStep.CAMPAIGN and step in progress.steps.done and not progress.has_rooms:
        told.append(_("尚无谈话室：仍可排期，但不考虑场地。"))
    if step is FirstStep.SUBSCRIBE and step in progress.steps.done and progress.without_feeds:
        told.append(_("还有 %(count)s 人没有订阅页面。", count=progress.without_feeds))
    return told


def _fact(step: FirstStep, steps: FirstSteps) -> str:
    """What is there already of a step that is done."""
    if step not in steps.done:
        return ""
    if step is FirstStep.PEOPLE:
        roster = facts.roster()
        return _("%(people)s 人，%(units)s 个单位", people=len(roster.people), units=len(roster.units))
    if step is FirstStep.CAMPAIGN:
        view = programme.campaign(edge.session(), edge.actor(), None, edge.clock())
        first, last = (view.window.first, view.window.last) if view else (None, None)
        return wording.days_text(first, last, edge.lang()) if first and last else ""
    if step is FirstStep.RULES:
        names = facts.names()
        return listed(facts.rule_set_name(rule_set, names) for rule_set in facts.rule_sets())
    return ""


def strip() -> Strip | None:
    """What stands above a page of whoever sets up; nothing once talks are on the calendar, or when it was put away."""
    if AWAY in request.cookies or request.endpoint in ("campaigns.start", None):
        return None
    progress = _progress()
    step = progress.steps.next if progress else None
    is_on_first_page = request.endpoint == "coverage.home" and step not in (FirstStep.DRAFT, FirstStep.RELEASE)
    if step in (None, FirstStep.SUBSCRIBE) or is_on_first_page:
        return None
    href = _href(step, progress)
    words = _words(step, progress)
    return Strip(list(FirstStep).index(step) + 1, len(FirstStep), words, href, _is_here(words, href))


def _is_here(words: StepWords, href: str) -> bool:
    """Whether a step is taken on the page that is open; the matrix has the button for arranging itself."""
    is_matrix = request.endpoint == "coverage.home" and words is WORDS[FirstStep.DRAFT]
    return is_matrix or request.path == href.partition("?")[0]


def is_under_way() -> bool:
    """Whether there is a step that is not done yet, for whoever takes it."""
    progress = _progress()
    return progress is not None and progress.steps.next is not None


def lacks_subscriptions() -> bool:
    """Whether subscribing is what comes next."""
    progress = _progress()
    return progress is not None and progress.steps.next is FirstStep.SUBSCRIBE


@pages.app_context_processor
def names() -> dict[str, Any]:
    """What templates may ask."""
    return {"strip": strip, "is_under_way": is_under_way, "lacks_subscriptions": lacks_subscriptions}
