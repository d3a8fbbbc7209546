"""The papers of one booking: notice with its list and reply slip, sign-in sheet, list of names, blank record of a talk."""

from collections.abc import Sequence

from scheduler import wording
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.documents.papers import LineKind, PageBreak, Paper, PaperLine, PaperTable, Part, Value
from scheduler.services.bookings import lists as bookings
from scheduler.services.papers.desk import WritingDesk
from scheduler.wording.texts import listed, say

BLANK_ROWS = 6
"""Rows of a sign-in sheet that are left for guests."""
EARLY = 10
"""Minutes before the start in which people sign in."""


def seen(desk: WritingDesk, subject: str) -> SeenBooking:
    """The booking, as far as the viewer may know it. Raises NotFound, Malformed when none was named."""
    if not subject:
        raise Malformed("missing", "subject")
    return bookings.seen_booking(desk.session, desk.actor, BookingId(subject), desk.clock)


def notice(desk: WritingDesk, booking: SeenBooking) -> Paper:
    """会议通知, with the list of who is to come, and a reply slip on a page of its own."""
    _no_talk(booking, "notice")
    lang, name = desk.lang, name_of(desk, booking)
    attendees, observers = _parts(desk, booking)
    points = [
        (say("时间", lang), wording.long_span_text(desk.local(booking.span.start), desk.local(booking.span.end), lang)),
        (say("地点", lang), _where(desk, booking)),
        (
            say("内容", lang),
            name
            if not booking.host
            else say("%(name)s（主持：%(host)s）", lang, name=name, host=desk.person(booking.host)),
        ),
        (say("参加人员", lang), _who(desk, booking, attendees, observers)),
    ]
    lines: list[Part] = [
        PaperLine(say("%(audience)s：", lang, audience=_addressed(desk, booking, attendees)), LineKind.ADDRESSEE),
        PaperLine(say("经研究，决定召开%(name)s。现将有关事项通知如下：", lang, name=name)),
    ]
    for number, (head, text) in enumerate(points, 1):
        lines += [heading(desk, number, head), PaperLine(say("%(text)s。", lang, text=text))]
        if head == say("内容", lang):
            lines += [
                PaperLine(say("%(number)s. %(text)s。", lang, number=number, text=point))
                for number, point in enumerate(agenda(desk, booking), 1)
            ]
    lines += [heading(desk, len(points) + 1, say("有关要求", lang)), *_requests(desk, booking)]
    if contacts := desk.contacts():
        lines.append(PaperLine(say("联系人：%(names)s", lang, names=contacts)))
    lines += [
        PaperLine(say("附件：1. 参加人员名单　2. 回执", lang)),
        PaperLine(""),
        PaperLine(desk.name, LineKind.SIGNATURE),
        PaperLine(desk.today, LineKind.SIGNATURE),
        PageBreak(),
        *_list(desk, booking, attendees, observers),
        PageBreak(),
        *_slip(desk, booking),
    ]
    return desk.paper(say("关于召开%(name)s的通知", lang, name=name), lines, is_letter=True)


def reply_slip(desk: WritingDesk, booking: SeenBooking) -> Paper:
    """回执 by itself."""
    _no_talk(booking, "reply-slip")
    return desk.paper("", _slip(desk, booking), is_letter=True)


def name_list(desk: WritingDesk, booking: SeenBooking) -> Paper:
    """参加人员名单: who is to come, with unit and post."""
    attendees, observers = _parts(desk, booking)
    return desk.paper("", _list(desk, booking, attendees, observers))


def sign_in(desk: WritingDesk, booking: SeenBooking) -> Paper:
    """签到表: two blocks side by side, some rows left for guests, and what is counted at the end."""
    lang = desk.lang
    attendees, observers = _parts(desk, booking)
    people = [*_named(desk, attendees, observers), *_guests(desk, booking)]
    rows = (len(people) + BLANK_ROWS + 1) // 2
    places = [*people, *[("", "", "")] * (2 * rows - len(people))]
    heads = [say("序号", lang), say("姓名", lang), say("单位及职务", lang), say("签名", lang)]
    squares = [
        [value for place in (row, row + rows) for value in _to_sign(desk, place, places[place])] for row in range(rows)
    ]
    when = wording.long_span_text(desk.local(booking.span.start), desk.local(booking.span.end), lang)
    about = say("时间：%(when)s　地点：%(place)s", lang, when=when, place=desk.place(booking.room) or "—")
    host = say("　主持：%(host)s", lang, host=desk.person(booking.host)) if booking.host else ""
    count = say("应到 %(count)s 人　实到　　　人　请假　　　人　缺席　　　人", lang, count=len(attendees))
    lines: list[Part] = [PaperLine(about + host, LineKind.REMARK)]
    table = PaperTable(
        say("签到表", lang), heads * 2, squares, [9, 17, 37, 22] * 2, frozenset({0, 1, 4, 5}), least_height=10.5
    )
    notes = [PaperLine(f"{count}{desk.order_line()}", LineKind.REMARK)]
    return desk.paper(say("%(name)s签到表", lang, name=name_of(desk, booking)), [*lines, table, *notes])


def record_form(desk: WritingDesk, booking: SeenBooking) -> Paper:
    """谈心谈话记录表: the head is filled in, what was said is left to be written by hand and stays on paper."""
    if booking.kind != Kind.TALK:
        raise Malformed("no_such_paper", "subject", value=wording.label(booking.kind, desk.lang))
    lang = desk.lang
    first, *others = desk.roster.in_rank_order(booking.people)
    when = wording.long_span_text(desk.local(booking.span.start), desk.local(booking.span.end), lang)
    rows: list[Sequence[str]] = [
        [say("谈话人", lang), desk.person(first), say("职务", lang), desk.unit_and_post(first)],
    ]
    rows += [[say("谈话对象", lang), desk.person(p), say("职务", lang), desk.unit_and_post(p)] for p in others]
    rows += [
        [say("时间", lang), when],
        [say("地点", lang), desk.place(booking.room), say("方式", lang), wording.label(booking.mode, lang)],
        [say("记录人", lang), "", say("编号", lang), booking.id or ""],
        [say("谈话内容", lang), ""],
        [say("意见建议", lang), ""],
        [say("谈话人签名", lang), "", say("谈话对象签名", lang), ""],
        [say("日期", lang), ""],
    ]
    heights = {len(rows) - 4: 90.0, len(rows) - 3: 40.0, len(rows) - 2: 14.0}
    table = PaperTable(
        say("记录表", lang), (), rows, [26, 59, 26, 59], least_height=10, heights=heights, labels=frozenset({0, 2})
    )
    return desk.paper(say("谈心谈话记录表", lang), [table])


# ── Pieces ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def _no_talk(booking: SeenBooking, paper: str) -> None:
    """Raise Malformed for a talk: nobody is invited to it in public."""
    if booking.kind == Kind.TALK:
        raise Malformed("no_paper_of_talks", "subject", value=paper)


def name_of(desk: WritingDesk, booking: SeenBooking) -> str:
    """What the booking is called; a talk by its kind, never by who talks."""
    kind = wording.label(booking.kind, desk.lang)
    return kind if booking.kind == Kind.TALK else booking.title or kind


def _parts(desk: WritingDesk, booking: SeenBooking) -> tuple[list[PersonId], list[PersonId]]:
    """Who attends and who observes, each in order."""
    attendees = [person for person in booking.people if person not in booking.observers]
    return desk.in_order(attendees), desk.in_order(booking.observers)


def _addressed(desk: WritingDesk, booking: SeenBooking, attendees: Sequence[PersonId]) -> str:
    return desk.audience(booking.audience) or desk.people(attendees)


def _who(desk: WritingDesk, booking: SeenBooking, attendees: Sequence[PersonId], observers: Sequence[PersonId]) -> str:
    """出席 34 人；列席 4 人（名单附后）."""
    lang = desk.lang
    told = say(
        "%(audience)s，共 %(count)s 人", lang, audience=_addressed(desk, booking, attendees), count=len(attendees)
    )
    if observers:
        told = say(
            "出席：%(told)s；列席：%(names)s，共 %(count)s 人",
            lang,
            told=told,
            names=desk.people(observers),
            count=len(observers),
        )
    if guests := _guests(desk, booking):
        told = say("%(told)s；来宾 %(count)s 人", lang, told=told, count=len(guests))
    return say("%(told)s，名单附后", lang, told=told)


def _where(desk: WritingDesk, booking: SeenBooking) -> str:
    """The place, and where one joins by video."""
    place, link = desk.place(booking.room), booking.link
    if not link:
        return place or say("另行通知", desk.lang)
    video = say("视频会议：%(link)s", desk.lang, link=link)
    return say("%(place)s；%(video)s", desk.lang, place=place, video=video) if place else video


def agenda(desk: WritingDesk, booking: SeenBooking) -> list[str]:
    """The points of the agenda: 传达文件（单雄信、20 分钟）."""
    lang, points = desk.lang, []
    for point in booking.agenda:
        minutes = say("%(minutes)s 分钟", lang, minutes=point.minutes) if point.minutes else ""
        who = desk.person(point.person) or point.speaker
        points.append(desk.remarked(point.title, listed(filter(None, (who, minutes)), lang)))
    return points


def everybody(desk: WritingDesk, booking: SeenBooking) -> list[tuple[str, str, str]]:
    """Name, unit and post, and what is to be remarked, of everybody who comes: in order, observers and guests last."""
    return [*_named(desk, *_parts(desk, booking)), *_guests(desk, booking)]


def _requests(desk: WritingDesk, booking: SeenBooking) -> list[PaperLine]:
    """What is asked of those who come, and the remark for the notice."""
    lang = desk.lang
    remark = booking.remark.rstrip("。.").replace("\n", " ")
    return [
        PaperLine(say("（一）请提前 %(minutes)s 分钟到场签到，并将手机关闭或调至静音。", lang, minutes=EARLY)),
        PaperLine(say("（二）原则上不得请假。因特殊情况不能参加的，请会前履行请假手续。", lang)),
        PaperLine(say("（三）请于会前将回执交联系人。", lang)),
        *([PaperLine(say("（四）%(remark)s。", lang, remark=remark))] if remark else []),
    ]


def heading(desk: WritingDesk, number: int, text: str) -> PaperLine:
    """一、时间: what begins a point of a notice."""
    chinese = "一二三四五六七八九十"[number - 1]
    told = say("%(chinese)s、%(text)s%(number).0s", desk.lang, chinese=chinese, number=number, text=text)
    return PaperLine(told, LineKind.HEADING)


def _list(
    desk: WritingDesk, booking: SeenBooking, attendees: Sequence[PersonId], observers: Sequence[PersonId]
) -> list[Part]:
    """The list of names with its title."""
    lang = desk.lang
    people = [*_named(desk, attendees, observers), *_guests(desk, booking)]
    rows: list[Sequence[Value]] = [[number, *person] for number, person in enumerate(people, 1)]
    heads = [say("序号", lang), say("姓名", lang), say("单位及职务", lang), say("备注", lang)]
    title = say("%(name)s参加人员名单", lang, name=name_of(desk, booking))
    table = PaperTable(say("名单", lang), heads, rows, [14, 28, 86, 28], frozenset({0, 1, 3}), least_height=9)
    order = desk.order_line()
    return [PaperLine(title, LineKind.TITLE), table, *([PaperLine(order, LineKind.REMARK)] if order else [])]


def _slip(desk: WritingDesk, booking: SeenBooking) -> list[Part]:
    """The reply slip with its title."""
    lang = desk.lang
    heads = [say("姓名", lang), say("职务", lang), say("是否参加", lang), say("请假事由", lang), say("联系电话", lang)]
    table = PaperTable(say("回执", lang), heads, [[""] * 5 for _ in range(5)], [26, 40, 24, 36, 30], least_height=12)
    when = wording.notice_text(desk.local(booking.span.start), lang)
    title = say("%(name)s回执", lang, name=name_of(desk, booking))
    about = say("时间：%(when)s　地点：%(place)s", lang, when=when, place=desk.place(booking.room) or "—")
    return [PaperLine(title, LineKind.TITLE), PaperLine(about, LineKind.REMARK), table]


def _named(
    desk: WritingDesk, attendees: Sequence[PersonId], observers: Sequence[PersonId]
) -> list[tuple[str, str, str]]:
    """Name, unit and post, and what is to be remarked, of everybody of the roster who comes."""
    remark = say("列席", desk.lang)
    return [(desk.person(p), desk.unit_and_post(p), "") for p in attendees] + [
        (desk.person(p), desk.unit_and_post(p), remark) for p in observers
    ]


def _guests(desk: WritingDesk, booking: SeenBooking) -> list[tuple[str, str, str]]:
    """The same of guests; those of the roster stand among its people already."""
    remark = say("来宾", desk.lang)
    outside = (guest for guest in booking.guests if guest.person not in booking.people)
    return [(guest.name, f"{guest.unit}{guest.post}", remark) for guest in outside]


def _to_sign(desk: WritingDesk, place: int, person: tuple[str, str, str]) -> list[str | int]:
    """Number, name, unit and post, and where to sign."""
    name, post, remark = person
    return [place + 1, name, desk.remarked(post, remark), ""]
