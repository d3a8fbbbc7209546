"""Papers to take along: those of a booking on a page of their own, every other from the page that it is of."""

import io
from dataclasses import dataclass

from flask import render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.errors import NotFound
from scheduler.core.ground.ids import BookingId
from scheduler.core.ground.person_orders import PersonOrder
from scheduler.documents.papers import PaperFormat
from scheduler.services.bookings import acts as bookings
from scheduler.services.papers import bundles, exports
from scheduler.services.papers.desk import WritingDesk
from scheduler.services.sessions import attendance
from scheduler.web.page import facts
from scheduler.web.page.fields import Fields
from scheduler.web.page.texts import _
from scheduler.web.page.words import local, when
from scheduler.web.papers import pages


@dataclass(frozen=True, slots=True)
class PaperOffer:
    """A paper that can be taken along, and where each of its formats is."""

    name: str
    about: str
    formats: list[tuple[str, str]]
    """PaperFormat and address."""


@pages.get("/papers/<name>.<as_format>")
@edge.policy(Action.SEE_ORGANISATION)
def download(name: str, as_format: str) -> ResponseReturnValue:
    """A paper as a file, as far as the viewer may see what stands in it."""
    if name not in exports.KINDS or as_format not in list(PaperFormat):
        raise NotFound("paper", name)
    fields = Fields(request.args)
    order = fields.choice("order", PersonOrder)
    desk = WritingDesk(edge.session(), edge.actor(), edge.clock(), edge.lang(), fields.day("as_of"), order)
    made = exports.export(desk, name, fields.text("subject"), PaperFormat(as_format))
    file = f"{made.title}.{made.format}"
    return send_file(io.BytesIO(made.data), exports.MIME[made.format], as_attachment=True, download_name=file)


@pages.get("/papers/bundle.zip")
@edge.policy(Action.SEE_LEDGER)
def bundle() -> ResponseReturnValue:
    """All papers of the campaign in one file."""
    fields = Fields(request.args)
    desk = WritingDesk(edge.session(), edge.actor(), edge.clock(), edge.lang(), fields.day("as_of"))
    made = bundles.bundle(desk)
    return send_file(io.BytesIO(made.data), "application/zip", as_attachment=True, download_name=f"{made.title}.zip")


@pages.get("/bookings/<booking_id>/papers")
@edge.policy(Action.SEE_ORGANISATION)
def booking_papers(booking_id: str) -> ResponseReturnValue:
    """The papers of one booking, with the order of names chosen once for all of them."""
    seen = bookings.seen_booking(edge.session(), edge.actor(), BookingId(booking_id), edge.clock())
    names = facts.names(local(seen.span.start).date())
    fields = Fields(request.args)
    order = fields.choice("order", PersonOrder, PersonOrder.RANK) or PersonOrder.RANK
    is_talk = seen.kind == Kind.TALK
    return render_template(
        "papers/booking.html",
        seen=seen,
        name=names.booking(seen),
        when=when(seen.span),
        where=names.room(seen.room),
        host=names.person(seen.host),
        is_talk=is_talk,
        order=order,
        order_choices=facts.order_choices(),
        has_attendance=attendance.sheet_if_seen(edge.session(), edge.actor(), BookingId(booking_id), edge.clock())
        is not None,
        offers=_of_a_talk(booking_id) if is_talk else _of_a_meeting(booking_id, order, len(seen.people)),
    )


def _of_a_talk(booking_id: str) -> list[PaperOffer]:
    about = _("双方姓名职务、时间地点已填好；谈话内容手写，不进系统")
    return [_offer("record-form", _("谈心谈话记录表"), about, booking_id, PersonOrder.RANK)]


def _of_a_meeting(booking_id: str, order: PersonOrder, count: int) -> list[PaperOffer]:
    people = _("%(count)s 人", count=count)
    return [
        _offer("notice", _("会议通知"), _("时间、地点、内容、参加人员、要求、联系人；附名单和回执"), booking_id, order),
        _offer("reply-slip", _("回执"), _("姓名、职务、是否参加、请假事由、电话"), booking_id, order),
        _offer("sign-in", _("签到表"), _("%(people)s，两栏，另留几行给来宾；应到、实到、请假、缺席", people=people), booking_id, order),
        _offer("name-list", _("参会名单"), _("%(people)s，单位及职务", people=people), booking_id, order),
    ]  # fmt: skip


def _offer(paper: str, name: str, about: str, subject: str, order: PersonOrder) -> PaperOffer:
    formats = [
        (kind.value, url_for("papers.download", name=paper, as_format=kind.value, subject=subject, order=order))
        for kind in PaperFormat
    ]
    return PaperOffer(name, about, formats)
