"""One's own talks on the subscription page: confirmed, moved and answered without signing in, by forms that each do one thing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from flask import flash, make_response, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.bookings.own_talks import Step
from scheduler.core.ground.access import Actor
from scheduler.core.ground.errors import Malformed, Outdated, Refused
from scheduler.core.ground.ids import BookingId, ProposalId, RoomId, SwapId
from scheduler.services.bookings import own_talks as talks_service
from scheduler.services.feeds import page_talks as service
from scheduler.services.feeds import subscriptions
from scheduler.services.feeds.page_talks import TalkForm
from scheduler.services.feeds.subscriptions import SubscriptionPage
from scheduler.services.organisation import people
from scheduler.web.bookings import own_talks, proposals, swaps
from scheduler.web.bookings.own_talks import TalkCard
from scheduler.web.bookings.proposals import ShownTalkProposal
from scheduler.web.bookings.swaps import ShownProposal
from scheduler.web.bookings.taps import Tap
from scheduler.web.feeds import pages
from scheduler.web.feeds.opening import HEADERS, back, opened
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _


@dataclass(frozen=True, slots=True)
class ByPage:
    """For whoever opened the page: its address speaks, and no cookie."""

    token: str
    actor: Actor

    @property
    def home(self) -> str:
        """The page itself."""
        return url_for("feeds.subscribe", token=self.token)

    def step(self, step: Step, talk: BookingId, version: int) -> Tap:
        """A step about a talk as it stands, and no other."""
        action = url_for("feeds.take_step", token=self.token, booking_id=talk)
        return self._tap(action, service.form_of(self.token, step, talk, version))

    def answer(self, what: str, proposal: SwapId, talk: BookingId) -> Tap:
        """Accept, decline or withdraw a proposal."""
        del talk
        action = url_for("feeds.answer_by_page", token=self.token, number=proposal)
        return self._tap(action, service.form_of(self.token, what, str(proposal), 0))

    def reply(self, what: str, proposal: ProposalId) -> Tap:
        """Accept, decline or withdraw a talk that was proposed."""
        action = url_for("feeds.reply_by_page", token=self.token, number=proposal)
        return self._tap(action, service.form_of(self.token, f"{what}_talk", str(proposal), 0))

    def times(self, talk: BookingId, first: date | None = None) -> str:
        """Where another time is picked."""
        query = {"from": first.isoformat()} if first else {}
        return url_for("feeds.times_by_page", token=self.token, booking_id=talk, **query)  # type: ignore[arg-type]  # Flask's own names

    def show(self, talk: BookingId) -> str:
        """Pages of bookings are for those who sign in."""
        del talk
        return ""

    @staticmethod
    def _tap(action: str, form: TalkForm) -> Tap:
        fields = (("step", form.step), ("version", str(form.version)), ("form", form.proof))
        return Tap(action, fields, has_own_token=True)


@dataclass(frozen=True, slots=True)
class Own:
    """What the page shows of its person's talks."""

    cards: list[TalkCard]
    proposals: list[ShownProposal]
    talk_proposals: list[ShownTalkProposal]


def own(token: str, page: SubscriptionPage) -> Own:
    """The talks that are to come or wait to be confirmed, and the proposals that can be answered; to be read only, unless the page may act."""
    door = _door(token)
    names = _names(door.actor)
    talks = talks_service.pressing(edge.session(), door.actor, edge.clock())
    if not page.may_act:
        return Own(own_talks.cards([replace(talk, steps=frozenset()) for talk in talks], door, names), [], [])
    return Own(own_talks.cards(talks, door, names), swaps.own(names, door), proposals.own(names, door))


@pages.get("/subscribe/<token>/talks/<booking_id>")
@edge.by_own_token
def times_by_page(token: str, booking_id: str) -> ResponseReturnValue:
    """The times that may be proposed instead."""
    opened(token)
    subscriptions.require_own(edge.session(), token)
    door = _door(token)
    page = make_response(swaps.times_page(BookingId(booking_id), door, _names(door.actor)))
    page.headers.update(HEADERS)
    return page


@pages.post("/subscribe/<token>/talks/<booking_id>")
@edge.by_own_token
def take_step(token: str, booking_id: str) -> ResponseReturnValue:
    """Come, propose the time that was picked, or confirm that it was held."""
    opened(token)

    def do() -> str:
        form = _form(booking_id)
        start = swaps.picked_start() if form.step == Step.PROPOSE else None
        told = {
            Step.COME: _("已记下：您会参加。"),
            Step.PROPOSE: _("已提议，等对方同意。同意之前，谈话还在原来的时间。"),
            Step.HELD: _("已记下您的确认。"),
        }
        return told[service.take(edge.session(), token, form, edge.clock(), start)]

    return _done(token, do)


@pages.post("/subscribe/<token>/swaps/<int:number>")
@edge.by_own_token
def answer_by_page(token: str, number: int) -> ResponseReturnValue:
    """Accept a proposal, decline it, or take it back."""
    opened(token)
    return _done(token, lambda: swaps.said(service.answer(edge.session(), token, _form(str(number)), edge.clock())))


@pages.post("/subscribe/<token>/proposals/<int:number>")
@edge.by_own_token
def reply_by_page(token: str, number: int) -> ResponseReturnValue:
    """Accept a talk that was proposed, decline it, or take it back."""
    opened(token)
    form = _form(str(number))
    return _done(token, lambda: proposals.said(service.reply(edge.session(), token, form, edge.clock())))


def _done(token: str, do: Callable[[], str]) -> ResponseReturnValue:
    """Do it, say what came of it, and show the page again."""
    try:
        flash(do(), "good")
    except (Refused, Outdated, Malformed) as error:
        flash(wording.error(error, edge.lang()), "warn")
    return back(token)


def _form(subject: str) -> TalkForm:
    """The form as it came back."""
    typed = request.form
    version = typed.get("version", "")
    number = int(version) if version.isdecimal() and len(version) < service.MAX_DIGITS else -1
    return TalkForm(typed.get("step", ""), subject, number, typed.get("form", ""))


def _door(token: str) -> ByPage:
    return ByPage(token, subscriptions.holder(edge.session(), token, edge.clock()))


def _names(actor: Actor) -> Names:
    """Names as the page's person may know them, whoever is signed in."""
    session, clock = edge.session(), edge.clock()
    rooms = {RoomId(room.id): room for room in people.rooms(session, actor, clock)}
    return Names(people.roster(session, actor, None, clock), edge.lang(), rooms)
