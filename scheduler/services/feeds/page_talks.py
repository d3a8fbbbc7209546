"""What a subscription page lets its person do about their own talks, without a sign-in.

Each form is made for one step about one talk as it stands: it says which version that was, and no other form takes its place.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from scheduler.core.bookings.own_talks import Step
from scheduler.core.bookings.proposals import TalkProposal
from scheduler.core.bookings.swaps import SwapProposal
from scheduler.core.ground.access import Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotFound, Outdated
from scheduler.core.ground.ids import BookingId, ProposalId, SwapId
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings import own_talks, proposals, swaps
from scheduler.services.feeds import subscriptions

ANSWERS = {"accept": swaps.accept, "decline": swaps.decline, "withdraw": swaps.withdraw}
"""What can be done about a proposal."""
REPLIES = {"accept_talk": proposals.accept, "decline_talk": proposals.decline, "withdraw_talk": proposals.withdraw}
"""What can be done about a talk that was proposed."""
MAX_DIGITS = 12


@dataclass(frozen=True, slots=True)
class TalkForm:
    """A form as it comes back: what it is to do, about which talk or proposal, as it stood, and what shows that the page made it."""

    step: str
    subject: str
    version: int
    proof: str


def form_of(token: str, step: str, subject: str, version: int) -> TalkForm:
    """A form for this step about a talk or a proposal as it stands."""
    return TalkForm(step, subject, version, subscriptions.form_of(token, _use(step, subject, version)))


def take(session: Session, token: str, form: TalkForm, clock: Clock, start: datetime | None = None) -> Step:
    """Take a step about a talk.

    Raises NotAllowed for a form of something else, Outdated if the talk has changed, Refused if it cannot be done now.
    """
    actor = _holder(session, token, form, clock)
    if form.step not in {step.value for step in Step}:
        raise NotFound("step", "")
    booking_id, step = BookingId(form.subject), Step(form.step)
    if bookings.seen_booking(session, actor, booking_id, clock).version != form.version:
        raise Outdated("booking", booking_id)
    match step:
        case Step.COME:
            own_talks.come(session, actor, booking_id, clock)
        case Step.HELD:
            bookings.confirm(session, actor, booking_id, clock)
        case Step.PROPOSE:
            if start is None:
                raise Malformed("missing", "slot")
            swaps.propose(session, actor, booking_id, start, clock)
    return step


def answer(session: Session, token: str, form: TalkForm, clock: Clock) -> SwapProposal:
    """Accept, decline or withdraw a proposal; raises like `swaps.accept`, and NotAllowed for a form of something else."""
    actor = _holder(session, token, form, clock)
    if form.step not in ANSWERS or not (form.subject.isdecimal() and len(form.subject) < MAX_DIGITS):
        raise NotFound("swap", "")
    return ANSWERS[form.step](session, actor, SwapId(int(form.subject)), clock)


def reply(session: Session, token: str, form: TalkForm, clock: Clock) -> TalkProposal:
    """Accept, decline or withdraw a talk that was proposed; raises like `proposals.accept`, and NotAllowed for another form."""
    actor = _holder(session, token, form, clock)
    if form.step not in REPLIES or not (form.subject.isdecimal() and len(form.subject) < MAX_DIGITS):
        raise NotFound("proposal", "")
    return REPLIES[form.step](session, actor, ProposalId(int(form.subject)), clock)


def _holder(session: Session, token: str, form: TalkForm, clock: Clock) -> Actor:
    """Whose page it is, if the form is one of it."""
    subscriptions.require_own(session, token)
    actor = subscriptions.holder(session, token, clock)
    subscriptions.require_form(token, _use(form.step, form.subject, form.version), form.proof)
    return actor


def _use(step: str, subject: str, version: int) -> str:
    return f"{step} {subject} {version}"
