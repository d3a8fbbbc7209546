"""The programme: the campaign with its phases and milestones, and the workday table, year by year."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.bookings.swaps import MAX_MOVES
from scheduler.core.campaigns.notice import MAX_NOTICE
from scheduler.core.ground import access, written
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Malformed, Refused
from scheduler.core.ground.ids import CampaignId
from scheduler.core.ground.vocabulary import NAMES
from scheduler.core.ground.working_time import Workday
from scheduler.services.bookings import swaps
from scheduler.services.campaigns import programme as service
from scheduler.services.campaigns import register
from scheduler.services.campaigns.programme import CampaignView
from scheduler.services.ground import workdays
from scheduler.services.ground.workdays import WorkdayYear
from scheduler.web.campaigns import pages
from scheduler.web.page import facts, seen_campaign
from scheduler.web.page.fields import Fields
from scheduler.web.page.texts import _

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """A milestone as the page prints it."""

    key: str
    name: str
    day: date
    workdays_left: int | None


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day in the table of a month; None stands for the blanks before the first."""

    day: date
    mark: str
    """`off` (a weekend), `holiday` (a workday that is off), `worked` (a weekend that is worked), or nothing."""
    note: str

    @property
    def short(self) -> str:
        """What fits under the number of the day."""
        return _("上班") if self.mark == "worked" else self.note.partition("节")[0][:2] or _("放假")


@dataclass(frozen=True, slots=True)
class Month:
    """A month by weeks, Monday first."""

    name: str
    weeks: list[list[MonthDay | None]]


@pages.get("/programme")
@edge.policy(Action.SEE_RULES, Action.EDIT_PROGRAMME)
def programme() -> ResponseReturnValue:
    """The campaign and its dates."""
    return page(Fields({}))


def page(fields: Fields, tried: str = "") -> str:
    """The page, with what is wrong in a form of it; `tried` is the milestone that was to be moved."""
    view = service.campaign(edge.session(), edge.actor(), None, edge.clock(), seen_campaign.named())
    table, today = facts.working_time(), facts.today()
    return render_template(
        "campaigns/programme.html",
        fields=fields,
        tried=tried,
        view=view,
        window=_window(view) if view else "",
        phases=_phases(view, today) if view else [],
        milestones=_milestones(view, today) if view else [],
        table=table,
        blocks=[f"{wording.time_text(start)}–{wording.time_text(end)}" for start, end in table.blocks],
        lunch="–".join(wording.time_text(moment) for moment in table.lunch) if table.lunch else "",
        year=today.year,
        moves=swaps.moves_allowed(edge.session(), edge.actor()),
        spoken=edge.vocabulary().name,
        vocabularies=_vocabularies(),
        next_unpublished=next((y for y in (today.year, today.year + 1) if not table.is_published(y)), None),
    )


def _vocabularies() -> list[tuple[str, str, str]]:
    """Each with what it is called and an example; said in words that no vocabulary changes."""
    called = {
        "zh-party": (_("机关用语"), ""),
        "zh-neutral": (_("通用用语"), _("总结评议会、团队、成员")),
        "en": (_("英文为主"), _("通用用语，没有另选语言的人看英文")),
        "one-on-one": (_("公司一对一"), _("一对一、越级、试用期")),
        "mentoring": (_("导师制"), _("导师、学员")),
        "audit": (_("内部审计"), _("审计员、过程负责人")),
        "visit-day": (_("来访日"), _("来访者、接待人")),
    }
    return [(name, *called[name]) for name in NAMES]


def _window(view: CampaignView) -> str:
    first, last = view.window.first, view.window.last
    return wording.days_text(first, last, edge.lang()) if first and last else ""


def _phases(view: CampaignView, today: date) -> list[tuple[str, str, bool]]:
    """Name, days, and whether it runs now."""
    return [
        (phase.name, wording.days_text(phase.first, phase.last, edge.lang()), phase.first <= today <= phase.last)
        for phase in view.campaign.phases
    ]


def _milestones(view: CampaignView, today: date) -> list[MilestoneLine]:
    by_day = sorted(view.campaign.milestones.items(), key=lambda item: item[1])
    table = facts.working_time()
    return [
        MilestoneLine(
            key,
            wording.label(key, edge.lang()),
            day,
            sum(1 for _day in table.workdays_between(today + timedelta(days=1), day)) if day > today else None,
        )
        for key, day in by_day
    ]


@pages.post("/programme/quorum")
@edge.policy(Action.EDIT_PROGRAMME)
def set_quorum() -> ResponseReturnValue:
    """Say what share of those expected has to be at the meetings of the campaign."""
    fields = Fields(request.form)
    share = written.share(fields.text("quorum", required=True))
    chosen = register.chosen(edge.session(), None, edge.clock(), seen_campaign.named())
    if share is None or chosen is None:
        fields.refuse("quorum", _("应如 2/3、三分之二或 60%%，大于 0、不超过全部。"))
        return page(fields), 422
    return _set_terms(chosen.campaign.id, quorum=share)


@pages.post("/programme/notice")
@edge.policy(Action.EDIT_PROGRAMME)
def set_notice() -> ResponseReturnValue:
    """Say how many workdays of notice people have of what is arranged in the campaign."""
    fields = Fields(request.form)
    workdays = fields.number("notice", 0, MAX_NOTICE, required=True)
    chosen = register.chosen(edge.session(), None, edge.clock(), seen_campaign.named())
    if workdays is None or chosen is None:
        return page(fields), 422
    return _set_terms(chosen.campaign.id, notice_workdays=workdays)


def _set_terms(campaign: CampaignId, **terms: Any) -> ResponseReturnValue:
    try:
        register.set_terms(edge.session(), edge.actor(), campaign, edge.clock(), **terms)
        flash(_("已保存。"), "good")
    except Refused as no:
        flash(wording.error(no, edge.lang()), "bad")
    return redirect(url_for("campaigns.programme"), 303)


@pages.post("/programme/swaps")
@edge.policy(Action.EDIT_PROGRAMME)
def allow_moves() -> ResponseReturnValue:
    """Say how often people may change the time of their own talks."""
    fields = Fields(request.form)
    moves = fields.number("moves", 0, MAX_MOVES, required=True)
    if moves is None:
        return page(fields), 422
    swaps.allow_moves(edge.session(), edge.actor(), moves, edge.clock())
    flash(_("已保存。"), "good")
    return redirect(url_for("campaigns.programme"), 303)


# ── Workdays ─────────────────────────────────────────────────────────────────────────────────────────────────────────
@pages.get("/programme/workdays/<int:year>")
@edge.policy(Action.SEE_RULES, Action.EDIT_PROGRAMME)
def workday_year(year: int) -> ResponseReturnValue:
    """The workday table of a year, month by month."""
    return _year(year, Fields({}))


def _year(year: int, fields: Fields) -> str:
    table = workdays.of_year(edge.session(), edge.actor(), year, edge.clock())
    return render_template(
        "campaigns/workdays.html",
        found=table,
        fields=fields,
        months=[_month(year, month, table) for month in range(1, 13)],
        weekdays=[wording.weekday_text(date(2024, 1, day), edge.lang()) for day in range(1, 8)],
        named=[(day, entry) for day, entry in table.days.items() if _mark(day, table)[0] in ("holiday", "worked")],
        may_edit=access.may(edge.actor(), Action.EDIT_PROGRAMME),
    )


def _month(year: int, month: int, table: WorkdayYear) -> Month:
    first = date(year, month, 1)
    cells: list[MonthDay | None] = [None] * first.weekday()
    day = first
    while day.month == month:
        cells.append(MonthDay(day, *_mark(day, table)))
        day += timedelta(days=1)
    cells += [None] * (-len(cells) % 7)
    return Month(
        wording.month_text(first, edge.lang()), [cells[start : start + 7] for start in range(0, len(cells), 7)]
    )


def _mark(day: date, table: WorkdayYear) -> tuple[str, str]:
    """How a day is marked, and why."""
    named = table.days.get(day)
    is_weekend = day.weekday() >= SATURDAY
    is_workday = named.is_workday if named else not is_weekend
    note = named.note if named else ""
    if is_workday:
        return ("worked" if is_weekend else ""), note
    return ("off" if is_weekend else "holiday"), note


@pages.post("/programme/workdays/<int:year>")
@edge.policy(Action.EDIT_PROGRAMME)
def edit_workday(year: int) -> ResponseReturnValue:
    """Say of a day whether people work."""
    fields = Fields(request.form)
    day = fields.day("day", required=True)
    if day and day.year != year:
        fields.refuse("day", _("应在 %(year)s 年之内。", year=year))
    if fields.is_valid and day:
        workday = Workday(fields.typed("is_workday") == "1", fields.text("note"))
        try:
            workdays.edit_day(edge.session(), edge.actor(), day, workday, edge.clock())
            flash(_("已保存。"), "good")
            return redirect(url_for("campaigns.workday_year", year=year), 303)
        except Malformed as error:
            fields.take(error, "day")
    return _year(year, fields), 422


@pages.post("/programme/workdays/<int:year>/published")
@edge.policy(Action.EDIT_PROGRAMME)
def publish_year(year: int) -> ResponseReturnValue:
    """Say that the holidays of a year are known now, or not after all."""
    is_published = request.form.get("published") == "1"
    workdays.publish(edge.session(), edge.actor(), year, edge.clock(), is_published=is_published)
    flash(_("已标为公布。") if is_published else _("已标为尚未公布，排到该年的日程会有提醒。"), "good")
    return redirect(url_for("campaigns.workday_year", year=year), 303)
