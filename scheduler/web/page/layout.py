"""What every page has around it: navigation by role, who is signed in, the banner of a set clock."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from flask import current_app, g, request, url_for
from flask.sansio.blueprints import BlueprintSetupState
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from config import LANGUAGES
from scheduler import edge, wording
from scheduler.core.campaigns import choosing
from scheduler.core.campaigns.definitions import Campaign
from scheduler.core.ground.access import Action, Role, may
from scheduler.core.ground.vocabulary import PARTY
from scheduler.core.ground.vocabulary import vocabulary as words_of
from scheduler.web.page import pages, seen_campaign
from scheduler.web.page.limits import LIMITS
from scheduler.web.page.paging import here, plain_args
from scheduler.web.page.texts import Later, _, later
from scheduler.wording.texts import listed, named

Entry = tuple[str, Later, tuple[Action, ...]]
BAR: tuple[Entry, ...] = (
    ("coverage.home", later("覆盖矩阵"), (Action.SEE_COVERAGE,)),
    ("programme.lanes", later("进度"), (Action.SEE_PROGRAMME,)),
    ("me.me", later("我的"), (Action.SEE_OWN_ROW,)),
    ("bookings.bookings", later("日程"), (Action.SEE_ORGANISATION,)),
    ("arranging.plans", later("排期"), (Action.SEE_PLANS,)),
    ("coverage.ledger", later("台账"), (Action.SEE_LEDGER,)),
    ("sessions.study", later("学习"), (Action.SEE_STUDY,)),
    ("organisation.people", later("人员"), (Action.SEE_ORGANISATION,)),
)
"""Endpoint, word, and what one must be allowed to do to see it."""
MORE: tuple[Entry, ...] = (
    ("organisation.search", later("查找"), (Action.SEE_ORGANISATION,)),
    ("organisation.units", later("部门单位"), (Action.SEE_ORGANISATION,)),
    ("organisation.groups", later("支部与小组"), (Action.SEE_ORGANISATION,)),
    ("organisation.rooms", later("场地"), (Action.SEE_ORGANISATION,)),
    ("bookings.load", later("会议负担"), (Action.BOOK, Action.SEE_OWN_ROW)),
    ("rules.rules", later("谈话方案"), (Action.SEE_RULES,)),
    ("campaigns.programme", later("活动安排"), (Action.SEE_RULES,)),
    ("papers.report", later("月度情况"), (Action.SEE_STUDY,)),
    ("programme.tasks", later("整改台账"), (Action.SEE_PROGRAMME, Action.SEE_OWN_ROW)),
    ("programme.materials", later("对照检查材料"), (Action.SEE_PROGRAMME, Action.SEE_OWN_ROW)),
    ("organisation.absences", later("不在岗"), (Action.SEE_ABSENCES,)),
    ("campaigns.occurrences", later("情形登记"), (Action.SEE_OCCURRENCES,)),
    ("imports.imports", later("导入"), (Action.IMPORT,)),
    ("feeds.subscription_list", later("订阅"), (Action.SEE_FEEDS,)),
    ("mail.mail", later("邮件"), (Action.SEE_FEEDS,)),
    ("accounts.accounts", later("账号"), (Action.EDIT_ACCOUNTS,)),
    ("accounts.journal", later("操作日志"), (Action.SEE_JOURNAL,)),
)
SEVERAL = 2
A_YEAR = 365 * 24 * 3600
HTML_LANG = {"zh": "zh-CN"}
"""What browsers call a language, where that is not its code."""
ROLE_ORDER = (
    Role.ADMIN, Role.ORGANIZER, Role.PRINCIPAL, Role.SUPERVISOR, Role.BRANCH_ORGANIZER, Role.MEMBER
)  # fmt: skip
"""The weightiest first: it stands beside the name."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the navigation."""

    endpoint: str
    label: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class CampaignChoice:
    """A campaign as the head of a page offers it."""

    name: str
    days: str
    state: str
    """Closed, over, running or to come, as people read it."""
    is_leading: bool
    is_current: bool
    href: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What `base.html` prints around a page."""

    lang: str
    html_lang: str
    other_languages: tuple[tuple[str, str], ...]
    """Each with what it calls itself."""
    organisation: str
    running_now: str
    signed_in: bool
    has_person: bool
    who: str
    roles: str
    campaign: str
    campaigns: tuple[CampaignChoice, ...]
    """To choose from; empty where there is only one."""
    note: str
    """Which campaign the page is about, where that does not go without saying."""
    nav: tuple[Item, ...]
    more: tuple[Item, ...]

    @property
    def is_in_more(self) -> bool:
        """Whether the page that is open stands under 更多."""
        return any(item.is_current for item in self.more)

    @property
    def more_label(self) -> str:
        """更多, or the page of it that is open."""
        return next((item.label for item in self.more if item.is_current), _("更多"))


def frame() -> Frame:
    """The frame of the page that is being asked for; made once for it."""
    if "frame" not in g:
        g.frame = _frame()
    return g.frame  # type: ignore[no-any-return]  # what stands in `g` has no type


def _frame() -> Frame:
    lang, actor = edge.lang(), edge.actor()
    around, campaign = seen_campaign.around(), seen_campaign.shown()
    return Frame(
        lang=lang,
        html_lang=html_lang(lang),
        other_languages=tuple((code, name) for code, name in LANGUAGES.items() if code != lang),
        organisation=named(lang, around.organisation.name, around.organisation.name_en),
        running_now=_running_now(),
        signed_in=bool(actor.roles),
        has_person=actor.person is not None,
        who=around.person or actor.account,
        roles=listed((wording.label(role, lang) for role in ROLE_ORDER if actor.has(role)), lang),
        campaign=campaign.name if campaign else "",
        campaigns=_choices(around.campaigns, campaign),
        note=_note(campaign),
        nav=_items(BAR),
        more=_items(MORE),
    )


def bare_frame() -> Frame:
    """A frame without navigation, made without asking the database."""
    lang = edge.settings().language
    g.vocabulary = words_of(PARTY)
    return Frame(lang, html_lang(lang), (), "", "", False, False, "", "", "", (), "", (), ())


def html_lang(lang: str) -> str:
    """What browsers call a language."""
    return HTML_LANG.get(lang, lang)


def language_link(language: str) -> str:
    """This page in another language; after a form, the first page."""
    if request.method != "GET" or not request.endpoint:
        return url_for("coverage.home", lang=language)
    query: dict[str, Any] = {**plain_args(), **(request.view_args or {}), "lang": language}
    return url_for(request.endpoint, **query)


def _items(entries: tuple[Entry, ...]) -> tuple[Item, ...]:
    """The entries that the visitor may open."""
    here = "/" + request.path.strip("/").partition("/")[0]
    section = "/" if here == "/squares" else here
    return tuple(
        Item(endpoint, str(label), section == url_for(endpoint).partition("?")[0])
        for endpoint, label, actions in entries
        if any(may(edge.actor(), action) for action in actions)
    )


# ── Campaigns ────────────────────────────────────────────────────────────────────────────────────────────────────────
def _choices(campaigns: tuple[Campaign, ...], shown: Campaign | None) -> tuple[CampaignChoice, ...]:
    """The campaigns to choose from, by the day they start."""
    if len(campaigns) < SEVERAL:
        return ()
    today = edge.clock().today(edge.zone())
    return tuple(
        CampaignChoice(
            campaign.name,
            _("%(first)s—%(last)s", first=_dated(campaign.starts), last=_dated(campaign.ends)),
            _state(campaign, today),
            campaign.is_leading,
            campaign == shown,
            _switch(campaign),
        )
        for campaign in campaigns
    )


def _dated(day: date) -> str:
    return wording.date_text(day, edge.lang())


def _state(campaign: Campaign, today: date) -> str:
    """How a campaign stands."""
    if not campaign.is_open:
        return _("已归档")
    if campaign.ends < today:
        return _("已结束")
    return _("进行中") if campaign.covers(today) else _("未开始")


def _switch(campaign: Campaign) -> str:
    """This page about another campaign; the first page, from one that is about something else."""
    if request.method != "GET" or not request.endpoint or request.view_args:
        return url_for("coverage.home", campaign=campaign.id)
    as_of = {"as_of": request.args["as_of"]} if request.args.get("as_of") else {}
    return url_for(request.endpoint, campaign=campaign.id, **as_of)  # type: ignore[arg-type]  # Flask types its values loosely


def _note(shown: Campaign | None) -> str:
    """Which campaign the page is about, where several cover today, and where it is closed or not today's."""
    if shown is None or request.blueprint not in seen_campaign.FOLLOWING or request.endpoint == "campaigns.campaigns":
        return ""
    if request.blueprint == "bookings":
        is_narrowed = request.endpoint == "bookings.bookings" and request.args.get("view") == "list"
        text = _("只列这个活动的日程（周历和月历列出全部）：%(name)s", name=shown.name)
        return text if is_narrowed and seen_campaign.named() else ""
    usual = choosing.about(seen_campaign.around().campaigns, edge.clock().today(edge.zone()))
    if not shown.is_open:
        return _("已归档，只能查看：%(name)s", name=shown.name)
    if usual and usual.campaign != shown:
        return _("您在看：%(name)s（今天的主活动是：%(usual)s）", name=shown.name, usual=usual.campaign.name)
    if usual and usual.others:
        return _("今天有 %(count)s 个活动，这里是主活动：%(name)s", count=len(usual.others) + 1, name=shown.name)
    return ""


def _running_now() -> str:
    """The organisation's time, if it was set and is not the real one."""
    if edge.settings().now is None:
        return ""
    return wording.notice_text(edge.clock().now.astimezone(edge.zone()), edge.lang())


@cache
def _digest(path: Path) -> str:
    """Ten letters that change when a file does, so that browsers may keep it for long."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def asset(name: str) -> str:
    """The address of a static file, with its version."""
    return url_for("static", filename=name, v=_digest(Path(current_app.static_folder or "") / name))


def csrf() -> Markup:
    """The hidden fields that every form carries: that it is ours, and what tells it from all others."""
    field = Markup('<input type="hidden" name="{}" value="{}">')
    return field.format("csrf_token", generate_csrf()) + field.format("once", secrets.token_urlsafe(9))


def kept_campaign() -> Markup:
    """The hidden field by which a form that only asks keeps the campaign; an address in `action` loses what it asks."""
    chosen = seen_campaign.named()
    return Markup('<input type="hidden" name="campaign" value="{}">').format(chosen) if chosen else Markup("")


def allows(action: str) -> bool:
    """Whether the visitor may do a thing: what one may not do is not shown."""
    return may(edge.actor(), Action(action))


@pages.record_once
def carry_campaign(state: BlueprintSetupState) -> None:
    """Let addresses of pages about a campaign carry on the one that was chosen."""
    state.app.url_default_functions.setdefault(None, []).append(seen_campaign.carry)


@pages.record_once
def tell_limits(state: BlueprintSetupState) -> None:
    """Let every template and macro know the limits of fields."""
    state.app.jinja_env.globals["limits"] = LIMITS


@pages.record_once
def keep_files(state: BlueprintSetupState) -> None:
    """Let browsers keep static files: their addresses change when they do."""
    state.app.config["SEND_FILE_MAX_AGE_DEFAULT"] = A_YEAR


@pages.app_context_processor
def names() -> dict[str, Any]:
    """What every template may use."""
    return {
        "frame": frame(),
        "asset": asset,
        "csrf": csrf,
        "allows": allows,
        "here": here,
        "language_link": language_link,
        "kept_campaign": kept_campaign,
    }
