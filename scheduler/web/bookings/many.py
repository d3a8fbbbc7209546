"""What is ticked in a list, and one act for all of it: confirm, cancel, another room, take along; with undo."""

import io
from collections.abc import Mapping
from enum import StrEnum

from flask import flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.bookings import rights as booking_rights
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import OFF_SITE
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import BookingId, RoomId
from scheduler.documents import list_files
from scheduler.services.bookings import acts, many
from scheduler.services.bookings.many import ManyDone
from scheduler.web.bookings import pages
from scheduler.web.page import facts, undo
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.once import once
from scheduler.web.page.texts import _
from scheduler.web.page.words import hours, local

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NONE = "-"
"""Stands where a room stands, for none."""


class Act(StrEnum):
    """What is done to all that is ticked."""

    CONFIRM = "confirm"
    UNCONFIRM = "unconfirm"
    CANCEL = "cancel"
    RESTORE = "restore"
    ROOM = "room"
    ROOMS_BACK = "rooms_back"
    EXPORT = "export"


@pages.post("/bookings/many")
@edge.policy(*booking_rights.ARRANGING, Action.SEE_LEDGER)
@once
def many_bookings() -> ResponseReturnValue:
    """Do one act to all that is ticked, and go back; what could not be is told one by one."""
    fields = Fields(request.form)
    act = fields.choice("act", Act)
    ids = [BookingId(name) for name in dict.fromkeys(request.form.getlist("booking"))]
    back = edge.local_path(request.form.get("next"), url_for("bookings.bookings", view="list"))
    if not ids or act is None:
        flash(_("请先勾选要处理的日程。"), "warn")
        return redirect(back, 303)
    try:
        if act is Act.EXPORT:
            return _export(ids)
        was = {name: _room_of(name) for name in ids} if act is Act.ROOM else {}
        _tell(act, _done(act, ids, fields), back, was)
    except Malformed as error:
        flash(wording.error(error, edge.lang()), "bad")
    return redirect(back, 303)


def _done(act: Act, ids: list[BookingId], fields: Fields) -> ManyDone:
    """Everything done that can be."""
    session, actor, clock = edge.session(), edge.actor(), edge.clock()
    match act:
        case Act.CONFIRM:
            return many.confirm(session, actor, ids, clock)
        case Act.UNCONFIRM:
            return many.unconfirm(session, actor, ids, clock)
        case Act.CANCEL:
            return many.cancel(session, actor, ids, clock)
        case Act.RESTORE:
            return many.restore(session, actor, ids, clock)
        case Act.ROOMS_BACK:
            return many.move_to(session, actor, _rooms_before(ids, fields), clock)
        case _:
            room = fields.one_of("room", {*facts.rooms(), OFF_SITE, NONE})
            if not room:
                raise Malformed("missing", "room")
            return many.move_to(session, actor, dict.fromkeys(ids, RoomId("" if room == NONE else room)), clock)


def _room_of(name: BookingId) -> str:
    """Where a booking is now, for the way back."""
    try:
        return acts.seen_booking(edge.session(), edge.actor(), name, edge.clock()).room or NONE
    except NotFound:
        return NONE


def _rooms_before(ids: list[BookingId], fields: Fields) -> Mapping[BookingId, RoomId]:
    """Where each was."""
    rooms = fields.typed("was").split(" ")
    return {name: RoomId("" if room == NONE else room) for name, room in zip(ids, rooms, strict=False)}


def _tell(act: Act, done: ManyDone, back: str, was: Mapping[BookingId, str]) -> None:
    """How many were done, with a way back; and each that could not be, with the reason."""
    count = len(done.done)
    if count:
        told, opposite, button = {
            Act.CONFIRM: (_("已确认 %(count)s 次谈话。", count=count), Act.UNCONFIRM, _("撤回确认")),
            Act.UNCONFIRM: (_("已撤回 %(count)s 次确认。", count=count), None, ""),
            Act.CANCEL: (_("已取消 %(count)s 项。参加人的日历会自动更新。", count=count), Act.RESTORE, _("撤销取消")),
            Act.RESTORE: (_("已恢复 %(count)s 项。", count=count), None, ""),
            Act.ROOMS_BACK: (_("已换回原来的地点：%(count)s 项。", count=count), None, ""),
        }.get(act, (_("已换地点：%(count)s 项。", count=count), Act.ROOMS_BACK, _("换回去")))
        if opposite:
            rooms = " ".join(was[name] for name in done.done if name in was)
            fields = {"act": opposite.value, "booking": list(done.done), "next": back, "was": rooms}
            undo.offer(told, url_for("bookings.many_bookings"), fields, button)
        else:
            flash(told, "good")
    for booking in done.done.values():
        for finding in booking.findings.warnings:
            flash(f"{booking.booking.id}：{wording.text(finding, edge.lang())}", "warn")
    for name, no in done.refused.items():
        flash(_("%(booking)s 没有处理：%(why)s", booking=name, why=wording.error(no, edge.lang())), "bad")


def _export(ids: list[BookingId]) -> ResponseReturnValue:
    """What is ticked, as a workbook; what the visitor may not know of is left out."""
    names = facts.names()
    rows = []
    for name in ids[: many.MOST]:
        try:
            rows.append(_row(name, names))
        except NotFound:
            continue
    heads = [_("编号"), _("日期"), _("时间"), _("类型"), _("名称"), _("人员"), _("地点"), _("状态")]
    data = list_files.workbook(_("日程"), heads, rows)
    return send_file(io.BytesIO(data), WORKBOOK, as_attachment=True, download_name=f"{_('日程')}-{facts.today()}.xlsx")


def _row(name: BookingId, names: Names) -> list[str]:
    """One booking as a row."""
    seen = acts.seen_booking(edge.session(), edge.actor(), name, edge.clock())
    people = [
        *map(names.person, seen.people),
        *(guest.name for guest in seen.guests if guest.person not in seen.people),
    ]
    day = local(seen.span.start).date()
    kind, state = (wording.label(word, edge.lang()) for word in (seen.kind, seen.state))
    return [
        name,
        day.isoformat(),
        hours(seen.span),
        kind,
        seen.title,
        names.listed(people),
        names.room(seen.room),
        state,
    ]
