"""The lists behind the lanes: opinions asked, training."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Malformed
from scheduler.core.programme.batches import Batch
from scheduler.core.programme.opinions import OpinionRequest, OpinionsAsked
from scheduler.services.organisation import people as organisation
from scheduler.services.programme import batches as batch_service
from scheduler.services.programme import opinions as service
from scheduler.web.page import facts, seen_campaign
from scheduler.web.page.fields import Fields
from scheduler.web.page.texts import _
from scheduler.web.programme import pages
from scheduler.web.programme.filters import By, narrowed
from scheduler.wording.programme import SOURCES
from scheduler.wording.texts import say


def contact_names() -> dict[str, str]:
    """What bodies outside are called, by id."""
    listed = organisation.contacts(edge.session(), edge.actor(), edge.clock())
    return {contact.id: contact.name for contact in listed}


@pages.get("/opinions")
@edge.policy(Action.SEE_PROGRAMME)
def opinions() -> ResponseReturnValue:
    """Who was asked for an opinion and has answered; how many came in from where on what."""
    fields = Fields(request.args)
    day = fields.day("as_of")
    overview = service.overview(edge.session(), edge.actor(), day, edge.clock(), seen_campaign.named())
    tally, lang, requests = overview.tally, edge.lang(), overview.requests
    names = contact_names()
    in_order = sorted(requests.requests, key=lambda request: request.id in requests.received)
    in_order.sort(key=lambda request: request.id not in requests.late or request.id in requests.received)
    ways = (
        By[OpinionRequest]("unit", _("单位"), _("所有单位"), lambda r: [(r.contact, names.get(r.contact, r.contact))]),
        By[OpinionRequest]("state", _("状态"), _("全部状态"), lambda request: _opinion_states(request, requests)),
    )
    return render_template(
        "programme/opinions.html",
        as_of=overview.day,
        is_today=overview.day == facts.today(),
        requests=requests,
        shown=narrowed(fields, in_order, ways),
        tally=tally,
        names=names,
        sources=[(say(SOURCES[source], lang), number) for source, number in tally.by_source.items()],
        findings=[wording.text(finding, lang) for finding in tally.findings],
    )


def _opinion_states(request: OpinionRequest, requests: OpinionsAsked) -> list[tuple[str, str]]:
    """Under which words a request is found."""
    is_received, is_late = request.id in requests.received, request.id in requests.late
    told = [("received", _("已收回"))] if is_received else [("outstanding", _("未收回"))]
    return [*told, ("late", _("迟收或逾期"))] if is_late else told


@pages.post("/opinions/<opinion_id>")
@edge.policy(Action.EDIT_PROGRAMME)
def note_opinion(opinion_id: str) -> ResponseReturnValue:
    """An answer came in, or somebody is no longer asked."""
    act = request.form.get("act", "")
    if act not in ("receive", "waive"):
        raise Malformed("unknown_choice", "act", value=act[:20])
    verb = service.receive if act == "receive" else service.waive
    verb(edge.session(), edge.actor(), opinion_id, edge.clock())
    flash(
        _("%(id)s 已登记收回。", id=opinion_id) if act == "receive" else _("%(id)s 不再征求。", id=opinion_id), "good"
    )
    return redirect(url_for("programme.opinions"), 303)


@pages.get("/batches")
@edge.policy(Action.SEE_PROGRAMME)
def batches() -> ResponseReturnValue:
    """The batches, who is in them, and how many places are left."""
    fields, names, today = Fields(request.args), contact_names(), facts.today()
    listed = batch_service.listing(edge.session(), edge.actor(), edge.clock(), seen_campaign.named())
    in_order = sorted(listed, key=lambda batch: (batch.has_ended(today), batch.first))

    def units(batch: Batch) -> list[tuple[str, str]]:
        return [(person.contact, names.get(person.contact, person.contact)) for person in batch.people]

    ways = (
        By[Batch]("unit", _("单位"), _("所有单位"), units),
        By[Batch]("person", _("人员"), _("所有人"), lambda batch: [(p.name, p.name) for p in batch.people if p.name]),
        By[Batch]("state", _("状态"), _("全部状态"), lambda batch: _batch_states(batch, today)),
    )
    shown = narrowed(fields, in_order, ways)
    return render_template("programme/batches.html", batches=listed, shown=shown, names=names, today=today)


def _batch_states(batch: Batch, today: date) -> list[tuple[str, str]]:
    """Under which words a batch is found."""
    is_over = ("over", _("已结束")) if batch.has_ended(today) else ("ahead", _("未结束"))
    has_room = batch.left is None or batch.left > 0
    return [is_over, ("free", _("有余额")) if has_room else ("full", _("已满"))]
