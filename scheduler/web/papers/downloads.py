"""Papers to take along: those of a booking on a page of their own, every other from the page that it is of."""

import io
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground import access
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.errors import NotFound
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.ground.person_orders import PersonOrder
from scheduler.core.papers.printed import Differs, differences, latest
from scheduler.documents.papers import PaperFormat
from scheduler.services.bookings import acts as bookings
from scheduler.services.papers import bundles, corrections, exports, printed
from scheduler.services.papers.corrections import WORDS
from scheduler.services.papers.desk import WritingDesk
from scheduler.services.sessions import attendance
from scheduler.web.bookings.lines import may_change_seen
from scheduler.web.page import facts, seen_campaign
from scheduler.web.page.fields import Fields
from scheduler.web.page.once import once
from scheduler.web.page.texts import _
from scheduler.web.page.words import listed, local, when
from scheduler.web.papers import pages
from scheduler.wording.papers import HANDED_OUT
from scheduler.wording.texts import say


@dataclass(frozen=True, slots=True)
class PaperOffer:
    """A paper that can be taken along, and where each of its formats is."""

    paper: str
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
    desk = WritingDesk(
        edge.session(), edge.actor(), edge.clock(), edge.lang(), fields.day("as_of"), order, seen_campaign.named(),
        known_on=fields.day("known_on"), part=_part(fields.text("of")),
    )  # fmt: skip
    made = exports.export(desk, name, fields.text("subject"), PaperFormat(as_format))
    file = f"{made.title}.{made.format}"
    return send_file(io.BytesIO(made.data), exports.MIME[made.format], as_attachment=True, download_name=file)


def _part(text: str) -> tuple[str, str]:
    """Whom a report is of: `unit:D01`."""
    noun, _colon, key = text.partition(":")
    return (noun, key) if key else ("", "")


@pages.get("/papers/bundle.zip")
@edge.policy(Action.SEE_LEDGER)
def bundle() -> ResponseReturnValue:
    """All papers of the campaign in one file."""
    fields = Fields(request.args)
    desk = WritingDesk(
        edge.session(), edge.actor(), edge.clock(), edge.lang(), fields.day("as_of"), campaign=seen_campaign.named(),
        known_on=fields.day("known_on"),
    )  # fmt: skip
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
    desk = WritingDesk(edge.session(), edge.actor(), edge.clock(), edge.lang())
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
        may_note=not is_talk and may_change_seen(seen),
        printed=_printed(desk, seen),
        correction=None if is_talk else _correction(desk, seen),
        has_attendance=attendance.sheet_if_seen(edge.session(), edge.actor(), BookingId(booking_id), edge.clock())
        is not None,
        offers=_of_a_talk(booking_id) if is_talk else _of_a_meeting(seen, booking_id, order),
    )


@pages.post("/bookings/<booking_id>/papers/printed")
@edge.policy(Action.BOOK, Action.BOOK_IN_BRANCH)
@once
def note_printed(booking_id: str) -> ResponseReturnValue:
    """Note that a paper was handed out as it stands."""
    printed.note_printed(
        edge.session(), edge.actor(), BookingId(booking_id), request.form.get("paper", ""), edge.clock()
    )
    flash(_("已记为印发。以后日程有变，这里会提醒更正。"))
    return redirect(url_for("papers.booking_papers", booking_id=booking_id, order=request.form.get("order", "")), 303)


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A paper that was handed out, and what it says otherwise than the booking now."""

    name: str
    version: int
    at: str
    by: str
    differs: str


@dataclass(frozen=True, slots=True)
class CorrectionOffer:
    """What a notice that people have says otherwise, and who has nothing but it."""

    printed: str
    changes: list[tuple[str, str, str]]
    """What, as it was, as it is."""
    people: str
    count: int


def _printed(desk: WritingDesk, seen: SeenBooking) -> list[PrintedLine]:
    """What was handed out, kind by kind."""
    last = latest(printed.printed_of(desk.session, desk.actor, BookingId(seen.id or ""), desk.clock))
    return [
        PrintedLine(
            say(HANDED_OUT[paper], edge.lang()),
            version,
            wording.stamp_text(desk.local(done.at), edge.lang()),
            facts.names().person(PersonId(done.by)),
            listed(say(WORDS[what], edge.lang()) for what in differences(done, seen.span, seen.room, seen.title)),
        )
        for paper, (version, done) in last.items()
    ]


def _correction(desk: WritingDesk, seen: SeenBooking) -> CorrectionOffer | None:
    """What is to be corrected, if anything is."""
    last = corrections.handed_out(desk, seen)
    differs = differences(last, seen.span, seen.room, seen.title) if last else ()
    if last is None or not differs:
        return None
    told = {
        Differs.TIME: (when(last.span), when(seen.span)),
        Differs.PLACE: (desk.place(last.room) or "—", desk.place(seen.room) or "—"),
        Differs.TITLE: (last.title, seen.title),
    }
    people = corrections.only_on_paper(desk, seen)
    return CorrectionOffer(
        wording.stamp_text(desk.local(last.at), edge.lang()),
        [(say(WORDS[what], edge.lang()), *told[what]) for what in differs],
        desk.people(people),
        len(people),
    )


def _of_a_talk(booking_id: str) -> list[PaperOffer]:
    about = _("双方姓名职务、时间地点已填好；谈话内容手写，不进系统")
    return [_offer("record-form", _("谈心谈话记录表"), about, booking_id, PersonOrder.RANK)]


def _of_a_meeting(seen: SeenBooking, booking_id: str, order: PersonOrder) -> list[PaperOffer]:
    people = _("%(count)s 人", count=len(seen.people))
    about = _("人数、征求意见、谈话、材料、批评、整改的数字，供上报")
    is_numbered = seen.kind == Kind.DEMOCRATIC_LIFE_MEETING and access.may(edge.actor(), Action.SEE_PROGRAMME)
    numbers = [_offer("life-meeting", _("民主生活会情况表"), about, booking_id, order)] if is_numbered else []
    return [
        _offer("notice", _("会议通知"), _("时间、地点、内容、参加人员、要求、联系人；附名单和回执"), booking_id, order),
        _offer("reply-slip", _("回执"), _("姓名、职务、是否参加、请假事由、电话"), booking_id, order),
        _offer("sign-in", _("签到表"), _("%(people)s，两栏，另留几行给来宾；应到、实到、请假、缺席", people=people), booking_id, order),
        _offer("name-list", _("参会名单"), _("%(people)s，单位及职务", people=people), booking_id, order),
        *numbers,
    ]  # fmt: skip


def _offer(paper: str, name: str, about: str, subject: str, order: PersonOrder) -> PaperOffer:
    formats = [
        (kind.value, url_for("papers.download", name=paper, as_format=kind.value, subject=subject, order=order))
        for kind in PaperFormat
    ]
    return PaperOffer(paper, name, about, formats)
