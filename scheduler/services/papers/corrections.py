"""更正通知: what a notice that was handed out says otherwise than the booking does now, for those who have only the paper."""

from collections.abc import Sequence

from scheduler import wording
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground.access import Action, may
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.ground.spans import Span
from scheduler.core.papers.printed import Differs, PrintedPaper, differences
from scheduler.documents.papers import LineKind, Paper, PaperLine, Part
from scheduler.services.feeds import evidence
from scheduler.services.papers import printed
from scheduler.services.papers.bookings import heading, name_of
from scheduler.services.papers.desk import WritingDesk
from scheduler.wording.texts import listed, say, words

WORDS = words("differs", {Differs.TIME: "时间", Differs.PLACE: "地点", Differs.TITLE: "名称"})


def handed_out(desk: WritingDesk, booking: SeenBooking) -> PrintedPaper | None:
    """The notice that people have, or the correction that came after it; None: none was handed out, as far as the viewer may know."""
    noted = printed.printed_of(desk.session, desk.actor, BookingId(booking.id or ""), desk.clock)
    notices = [paper for paper in noted if paper.paper in ("notice", "correction")]
    return notices[-1] if notices else None


def only_on_paper(desk: WritingDesk, booking: SeenBooking) -> list[PersonId]:
    """Those whose calendar does not have the latest change, by rank; everybody where the viewer may not know."""
    if not may(desk.actor, Action.SEE_FEEDS) or not booking.id:
        return desk.in_order(booking.people)
    delivery = evidence.delivery(desk.session, desk.actor, booking.id, desk.clock)
    return desk.in_order((*delivery.without, *(reader.person for reader in delivery.pending)))


def correction(desk: WritingDesk, booking: SeenBooking) -> Paper:
    """关于更改……的通知. Raises Malformed when no notice was handed out, or it still says what holds."""
    lang, last = desk.lang, handed_out(desk, booking)
    if last is None:
        raise Malformed("not_printed", "subject", value=booking.id)
    differs = differences(last, booking.span, booking.room, booking.title)
    if not differs:
        raise Malformed("nothing_to_correct", "subject", value=booking.id)
    name = last.title or name_of(desk, booking)
    what = listed((say(WORDS[differing], lang) for differing in differs), lang)
    people = only_on_paper(desk, booking) or desk.in_order(booking.people)
    day = wording.date_text(desk.local(last.at).date(), lang)
    parts: list[Part] = [
        PaperLine(say("%(names)s同志：", lang, names=desk.people(people)), LineKind.ADDRESSEE),
        PaperLine(
            say(
                "%(day)s印发的《关于召开%(name)s的通知》中，会议%(what)s有变动，现通知如下：",
                lang,
                day=day,
                name=name,
                what=what,
            )
        ),
    ]
    for number, text in enumerate(_points(desk, booking, last, differs), 1):
        parts.append(PaperLine(say("%(heading)s%(text)s", lang, heading=heading(desk, number, "").text, text=text)))
    if contacts := desk.contacts():
        parts.append(PaperLine(say("联系人：%(names)s", lang, names=contacts)))
    parts += [PaperLine(""), PaperLine(desk.name, LineKind.SIGNATURE), PaperLine(desk.today, LineKind.SIGNATURE)]
    return desk.paper(say("关于更改%(name)s%(what)s的通知", lang, name=name, what=what), parts, is_letter=True)


def _points(desk: WritingDesk, booking: SeenBooking, last: PrintedPaper, differs: Sequence[Differs]) -> list[str]:
    """What was, and what is instead; what stays; and that everything else holds."""
    lang = desk.lang
    times, places = (
        (_when(desk, last.span), _when(desk, booking.span)),
        (desk.place(last.room), desk.place(booking.room)),
    )
    names = (last.title, booking.title)
    changed = {Differs.TIME: times, Differs.PLACE: places, Differs.TITLE: names}
    points = [
        say(
            "原定%(what)s%(before)s，改为%(now)s。",
            lang,
            what=say(WORDS[differing], lang),
            before=changed[differing][0] or "—",
            now=changed[differing][1] or "—",
        )
        for differing in differs
    ]
    if Differs.TIME not in differs:
        points.append(say("会议时间不变，仍为%(now)s。", lang, now=times[1]))
    if Differs.PLACE not in differs and places[1]:
        points.append(say("会议地点不变，仍为%(now)s。", lang, now=places[1]))
    return [*points, say("其他事项仍按原通知执行。", lang)]


def _when(desk: WritingDesk, span: Span) -> str:
    return wording.long_span_text(desk.local(span.start), desk.local(span.end), desk.lang)
