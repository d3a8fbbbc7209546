"""Bookings: listed, looked into, made, moved, cancelled, confirmed."""

from dataclasses import replace
from typing import Annotated

from flask import Response, request
from pydantic import Field

from config import Language
from scheduler import edge
from scheduler.api import api
from scheduler.api.answers import document, reader
from scheduler.api.guests import GuestBody, guests_of
from scheduler.api.models import (
    CampaignName,
    CampaignQuery,
    Day,
    Hours,
    LocalTime,
    Minutes,
    Name,
    NewHours,
    People,
    Taken,
    Title,
    Version,
)
from scheduler.api.reading import campaign, day, moment
from scheduler.core.ground.access import Action
from scheduler.core.ground.agenda import MAX_LINK, MAX_POINTS, MAX_REMARK, AgendaItem
from scheduler.core.ground.bookings import Draft, Kind, Mode, Size
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import BookingId, PersonId, RoomId, RuleSetId
from scheduler.core.ground.spans import lasting
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings import proposals
from scheduler.services.bookings.acts import BookingChange, Query
from scheduler.services.ground import idempotency
from scheduler.services.ground.idempotency import KeptAnswer, KeyedRequest
from scheduler.services.sessions import series_changes
from scheduler.services.sessions.series_changes import SeriesScope
from scheduler.shapes.bookings import BookedModel, BookingListModel, BookingModel

SCOPE = "Of a series: only this one, `later` this and those after it, `all` that have not begun; what was changed by itself keeps its own"
ARRANGE = (Action.BOOK, Action.BOOK_IN_BRANCH, Action.BOOK_OWN_TALK)


# ── What comes in ────────────────────────────────────────────────────────────────────────────────────────────────────
class AgendaBody(Taken):
    """One point of an agenda; who speaks to it is of the roster (`person`) or named (`speaker`)."""

    title: Annotated[Title, Field(min_length=1)]
    person: Name | None = None
    speaker: Title = ""
    minutes: Minutes | None = None


Agenda = Annotated[list[AgendaBody], Field(max_length=MAX_POINTS)]
Remark = Annotated[str, Field(max_length=MAX_REMARK, pattern=r"^[^\x00-\x09\x0b-\x1f\x7f\uFDD0-\uFDEF\uFFFE\uFFFF]*$")]
Link = Annotated[str, Field(max_length=MAX_LINK, pattern=r"^(https?://[^\s\x00-\x1f\x7f]+)?$")]


class BookBody(Taken):
    """A booking that is wanted."""

    kind: Kind
    start: LocalTime
    minutes: Minutes
    people: People = Field([])
    audience: People = Field([])
    room: Name | None = None
    title: Title = ""
    mode: Mode = Mode.FACE_TO_FACE
    size: Size = Size.ONE_TO_ONE
    rule_set: Name | None = None
    host: Name | None = None
    hours: Hours | None = None
    guests: Annotated[list[GuestBody], Field(max_length=500)] = Field([])
    agenda: Agenda = Field([])
    remark: Remark = ""
    link: Link = ""


class ChangeBody(Taken):
    """What shall be different; whatever is left out stays."""

    version: Version
    start: LocalTime | None = None
    minutes: Minutes | None = None
    room: Annotated[str, Field(max_length=64)] | None = Field(None, description="Empty: no room any more")
    title: Title | None = None
    hours: NewHours | None = None
    add_people: People = Field([])
    remove_people: People = Field([])
    only_booking: bool = Field(False, description="Leave the milestone where it is that this is the meeting of")
    host: Annotated[str, Field(max_length=64)] | None = Field(None, description="Empty: nobody any more")
    agenda: Agenda | None = None
    remark: Remark | None = None
    link: Link | None = None


class ConfirmBody(Taken):
    """Who confirms; left out: oneself, or an organizer for all."""

    by: Name | None = None


class BookingsQuery(Taken):
    """Which bookings; left out: whichever."""

    person: Name | None = None
    room: Name | None = None
    kind: Kind | None = None
    campaign: CampaignName | None = None
    on: Day | None = None
    first: Day | None = Field(None, alias="from")
    last: Day | None = Field(None, alias="to")
    lang: Language | None = None


class ChangeQuery(CampaignQuery):
    """Whether only to look, and into which campaign it goes; left out: it stays in its own."""

    dry_run: bool = False
    scope: SeriesScope = Field(SeriesScope.ONE, description=SCOPE)
    lang: Language | None = None


class CancelQuery(Taken):
    """Which version one has seen; left out: whichever stands."""

    version: Version | None = None
    scope: SeriesScope = Field(SeriesScope.ONE, description=SCOPE)
    lang: Language | None = None


# ── Endpoints ────────────────────────────────────────────────────────────────────────────────────────────────────────
@api.get("/bookings")
@api.input(BookingsQuery, location="query", arg_name="query")
@api.output(BookingListModel)
@edge.policy(Action.SEE_ORGANISATION)
def list_bookings(query: BookingsQuery) -> Response:
    """List bookings, each as far as one may see it.

    Others' bookings show as `busy` (占用), with a time and a room only.
    """
    listed = bookings.listing(edge.session(), edge.actor(), _query(query), edge.clock())
    return document(BookingListModel.of(listed, reader()))


@api.post("/bookings")
@api.input(CampaignQuery, location="query", arg_name="query")
@api.input(BookBody, arg_name="body")
@api.output(BookedModel, status_code=201)
@edge.policy(*ARRANGE)
def book(query: CampaignQuery, body: BookBody) -> Response:
    """Book something, or be told why it cannot be. A talk of one's own is proposed to the other one: `proposal` instead of `id`.

    With the header `Idempotency-Key` the same request may be sent again within 24 hours: it is answered, not repeated.
    """
    draft = _draft(body, query)
    key = request.headers.get("Idempotency-Key")
    if key is None:
        made = proposals.book(edge.session(), edge.actor(), draft, edge.clock())
        return document(BookedModel.made(made, reader()), 201)
    answer = _once(key, body, draft)
    return document(answer.document, answer.status)


@api.post("/bookings/check")
@api.input(CampaignQuery, location="query", arg_name="query")
@api.input(BookBody, arg_name="body")
@api.output(BookedModel)
@edge.policy(*ARRANGE)
def check_booking(query: CampaignQuery, body: BookBody) -> Response:
    """Say what would be said about a booking, and book nothing."""
    checked = bookings.check(edge.session(), edge.actor(), _draft(body, query), edge.clock())
    return document(BookedModel.told(checked, reader()))


@api.get("/bookings/<booking_id>")
@api.output(BookingModel)
@edge.policy(Action.SEE_ORGANISATION)
def show_booking(booking_id: str) -> Response:
    """One booking; 404 if there is none or one may not know of it."""
    seen = bookings.seen_booking(edge.session(), edge.actor(), BookingId(booking_id), edge.clock())
    return document(BookingModel.of(seen, reader()))


@api.patch("/bookings/<booking_id>")
@api.input(ChangeQuery, location="query", arg_name="query")
@api.input(ChangeBody, arg_name="body")
@api.output(BookedModel)
@edge.policy(*ARRANGE)
def change_booking(booking_id: str, query: ChangeQuery, body: ChangeBody) -> Response:
    """Move a booking, or change its room, title or people.

    `version` is the one that was seen; if somebody was faster, the answer is 409. With `dry_run=true` nothing is kept.
    """
    the_id, change = BookingId(booking_id), _change(body, query)
    if query.scope is not SeriesScope.ONE:
        if query.dry_run:
            raise Malformed("not_with_this", "scope", value="dry_run")
        done = series_changes.change(edge.session(), edge.actor(), the_id, change, query.scope, edge.clock())
        return document(BookedModel.made_of_series(done, the_id, reader()))
    made = bookings.change(edge.session(), edge.actor(), the_id, change, edge.clock(), dry_run=query.dry_run)
    return document(BookedModel.made(made, reader()))


@api.delete("/bookings/<booking_id>")
@api.input(CancelQuery, location="query", arg_name="query")
@api.output(BookedModel)
@edge.policy(*ARRANGE)
def cancel_booking(booking_id: str, query: CancelQuery) -> Response:
    """Cancel a booking, or more of its series; it stays known as cancelled."""
    the_id = BookingId(booking_id)
    if query.scope is not SeriesScope.ONE:
        gone = series_changes.cancel(edge.session(), edge.actor(), the_id, query.scope, edge.clock())
        return document(BookedModel.made_of_series(gone, the_id, reader()))
    made = bookings.cancel(edge.session(), edge.actor(), the_id, edge.clock(), version=query.version)
    return document(BookedModel.made(made, reader()))


@api.post("/bookings/<booking_id>/confirm")
@api.input(ConfirmBody, arg_name="body")
@api.output(BookedModel)
@edge.policy(Action.CONFIRM_FOR_ALL, Action.CONFIRM_OWN)
def confirm_booking(booking_id: str, body: ConfirmBody) -> Response:
    """Confirm that a talk was held: one side for itself, or an organizer for all."""
    by = PersonId(body.by) if body.by else None
    made = bookings.confirm(edge.session(), edge.actor(), BookingId(booking_id), edge.clock(), by)
    return document(BookedModel.made(made, reader()))


@api.post("/bookings/<booking_id>/unconfirm")
@api.input(ConfirmBody, arg_name="body")
@api.output(BookedModel)
@edge.policy(Action.CONFIRM_FOR_ALL, Action.CONFIRM_OWN)
def unconfirm_booking(booking_id: str, body: ConfirmBody) -> Response:
    """Take a confirmation back: one side its own, or an organizer all of them."""
    by = PersonId(body.by) if body.by else None
    made = bookings.unconfirm(edge.session(), edge.actor(), BookingId(booking_id), edge.clock(), by)
    return document(BookedModel.made(made, reader()))


# ── From words to values ─────────────────────────────────────────────────────────────────────────────────────────────
def _draft(body: BookBody, query: CampaignQuery) -> Draft:
    """The booking that is wanted."""
    start = moment(body.start, "start", edge.zone())
    return Draft(
        kind=body.kind,
        span=lasting(start, body.minutes),
        people=tuple(PersonId(name) for name in body.people),
        audience=tuple(body.audience),
        room=RoomId(body.room) if body.room else None,
        title=body.title,
        mode=body.mode,
        size=body.size,
        rule_set=RuleSetId(body.rule_set) if body.rule_set else None,
        host=PersonId(body.host) if body.host else None,
        campaign=campaign(query.campaign),
        hours=body.hours,
        guests=guests_of(body.guests),
        agenda=_agenda(body.agenda),
        remark=body.remark,
        link=body.link,
    )


def _agenda(points: list[AgendaBody]) -> tuple[AgendaItem, ...]:
    return tuple(AgendaItem(p.title, PersonId(p.person) if p.person else None, p.speaker, p.minutes) for p in points)


def _change(body: ChangeBody, query: ChangeQuery) -> BookingChange:
    """What shall be different."""
    return BookingChange(
        start=moment(body.start, "start", edge.zone()) if body.start else None,
        minutes=body.minutes,
        room=None if body.room is None else RoomId(body.room),
        title=body.title,
        add_people=tuple(PersonId(name) for name in body.add_people),
        remove_people=tuple(PersonId(name) for name in body.remove_people),
        version=body.version,
        campaign=campaign(query.campaign),
        host=None if body.host is None else PersonId(body.host),
        agenda=None if body.agenda is None else _agenda(body.agenda),
        remark=body.remark,
        link=body.link,
        hours=body.hours,
        only_booking=body.only_booking,
    )


def _query(query: BookingsQuery) -> Query:
    """Which bookings are asked for."""
    filters = Query(
        person=PersonId(query.person) if query.person else None,
        room=RoomId(query.room) if query.room else None,
        kind=query.kind,
        campaign=campaign(query.campaign),
    )
    if query.on:
        on = day(query.on, "on")
        return replace(filters, first=on, last=on)
    first, last = day(query.first, "from"), day(query.last, "to")
    if first and last and first > last:
        raise Malformed("ends_before_it_starts", "to")
    return replace(filters, first=first, last=last)


def _once(key: str, body: BookBody, draft: Draft) -> KeptAnswer:
    """Book once, however often the request comes."""
    if not key.isascii() or not key.isprintable() or not 1 <= len(key) <= idempotency.MAX_KEY_LENGTH:
        raise Malformed("not_a_key", "Idempotency-Key")

    def verb(keep: idempotency.Keeper) -> KeptAnswer:
        made = proposals.book(
            edge.session(),
            edge.actor(),
            draft,
            edge.clock(),
            keep=lambda booked: keep(KeptAnswer(201, BookedModel.made(booked, reader()).document())),
        )
        return KeptAnswer(201, BookedModel.made(made, reader()).document())

    keyed = KeyedRequest(key, f"POST /api/v1/bookings {body.model_dump_json()}{draft.campaign or ''}")
    return idempotency.once(edge.session(), edge.actor(), keyed, edge.clock(), verb)
