"""What somebody does with one tap about their own talks: the form behind each button, for those who signed in.

Whoever opened their subscription page has forms of another kind (`page_talks`); the pages print both alike.
"""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from flask import url_for

from scheduler import edge
from scheduler.core.bookings.own_talks import Step
from scheduler.core.ground.access import Actor
from scheduler.core.ground.ids import BookingId, PersonId, ProposalId, SwapId


@dataclass(frozen=True, slots=True)
class Tap:
    """A form that is nothing but a button."""

    action: str
    fields: tuple[tuple[str, str], ...] = ()
    has_own_token: bool = False
    """What shows that the form is ours is among its fields."""


class TalkActions(Protocol):
    """How the forms and addresses of one's own talks are made, and who uses them."""

    @property
    def actor(self) -> Actor:
        """Who looks."""

    @property
    def home(self) -> str:
        """The page with all of one's own talks."""

    def step(self, step: Step, talk: BookingId, version: int) -> Tap:
        """A step about a talk as it stands."""

    def answer(self, what: str, proposal: SwapId, talk: BookingId) -> Tap:
        """Accept, decline or withdraw a proposal."""

    def reply(self, what: str, proposal: ProposalId) -> Tap:
        """Accept, decline or withdraw a talk that was proposed."""

    def times(self, talk: BookingId, first: date | None = None) -> str:
        """Where another time is picked."""

    def show(self, talk: BookingId) -> str:
        """The page of a talk; empty: there is none for them."""


@dataclass(frozen=True, slots=True)
class SignedInActions:
    """For those who signed in."""

    home: str
    """Where the buttons lead back to."""

    @property
    def actor(self) -> Actor:
        """Who is signed in."""
        return edge.actor()

    def step(self, step: Step, talk: BookingId, version: int) -> Tap:
        """A step about a talk; which version it was does not matter to those who see the page of it."""
        del version
        endpoints = {
            Step.COME: "bookings.come_to_talk",
            Step.HELD: "bookings.confirm_booking",
            Step.PROPOSE: "bookings.propose_swap",
        }
        return Tap(url_for(endpoints[step], booking_id=talk), (("next", self.home),))

    def answer(self, what: str, proposal: SwapId, talk: BookingId) -> Tap:
        """Accept, decline or withdraw a proposal."""
        onward = (("booking", str(talk)),) if what == "accept" else ()
        return Tap(url_for(f"bookings.{what}_swap", number=proposal), (*onward, ("next", self.home)))

    def reply(self, what: str, proposal: ProposalId) -> Tap:
        """Accept, decline or withdraw a talk that was proposed."""
        return Tap(url_for(f"bookings.{what}_proposal", number=proposal), (("next", self.home),))

    def times(self, talk: BookingId, first: date | None = None) -> str:
        """Where another time is picked."""
        query = {"from": first.isoformat()} if first else {}
        return url_for("bookings.swap_times", booking_id=talk, **query)  # type: ignore[arg-type]  # Flask's own names

    def show(self, talk: BookingId) -> str:
        """The page of a talk."""
        return url_for("bookings.booking", booking_id=talk)


def person_of(door: TalkActions) -> PersonId:
    """Who looks, where only those with a person do."""
    return door.actor.person or PersonId("")
