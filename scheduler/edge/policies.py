"""What a route asks of its visitor. A route without a policy answers 403."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, cast

from scheduler.core.ground.access import Action, require
from scheduler.core.ground.errors import NotAllowed
from scheduler.edge.visitors import actor, signed_in

View = TypeVar("View", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Policy:
    """What a route asks: nothing (`is_public`), to be signed in, or one of some actions."""

    actions: tuple[Action, ...] = ()
    is_public: bool = False
    has_own_token: bool = False
    """Its forms carry a token that follows from the address itself, and no cookie speaks."""


_POLICY = "__tanxin_policy__"


def policy(*actions: Action) -> Callable[[View], View]:
    """Declare that a route is for those who may do one of these actions; it stands below the route's decorator."""

    def declare(view: View) -> View:
        setattr(view, _POLICY, Policy(actions))
        return view

    return declare


def public(view: View) -> View:
    """Declare that a route is for everybody, signed in or not."""
    setattr(view, _POLICY, Policy(is_public=True))
    return view


def by_own_token(view: View) -> View:
    """Declare that a route is for whoever has its address, and that what changes something there shows a token of its own."""
    setattr(view, _POLICY, Policy(is_public=True, has_own_token=True))
    return view


def by_password(view: View) -> View:
    """Declare that a route asks itself for the password of a device: no cookie speaks there, and no form leads there."""
    setattr(view, _POLICY, Policy(is_public=True, has_own_token=True))
    return view


def for_signed_in(view: View) -> View:
    """Declare that a route is for everybody who is signed in."""
    setattr(view, _POLICY, Policy())
    return view


def policy_of(view: object) -> Policy | None:
    """What a route declares; None if it declares nothing."""
    return cast("Policy | None", getattr(view, _POLICY, None))


class NotSignedIn(NotAllowed):
    """Nobody is signed in, and this is not for everybody."""


def ask(policy: Policy) -> None:
    """Raise unless whoever asks may come in: NotSignedIn, or NotAllowed."""
    if policy.is_public:
        return
    if signed_in() is None:
        raise NotSignedIn("sign_in")
    if policy.actions:
        require(actor(), *policy.actions)
