"""Calendar feeds, and what is known of fetches."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Self

from pydantic import BeforeValidator

from scheduler.core.feeds.definitions import Feed
from scheduler.core.ground.ids import FeedId
from scheduler.services.feeds.evidence import Delivery, Fetched, Reached
from scheduler.shapes.ground import Shape, at

Moment = Annotated[str, BeforeValidator(datetime.isoformat)]


class FeedModel(Shape[Feed]):
    """A calendar feed; its address, or a device's password, is given once, when it is issued or rotated."""

    id: str
    person: str | None
    room: str | None
    group: str | None
    campaign: str | None = at("within")
    """Whose it is, or to which it is limited."""
    language: str
    alarm: int | None = at("options", "alarm_minutes")
    hides_names: bool = at("options", "hides_names")
    back: int | None = at("options", "back_days")
    ahead: int | None = at("options", "ahead_days")
    left_out: int | None = None
    revision: int
    changed_at: Moment | None
    created_at: Moment
    revoked_at: Moment | None
    address: str | None = None
    device: Annotated[str | None, BeforeValidator(lambda device: device or None)]
    user: str | None
    password: str | None = None

    @classmethod
    def opening(cls, feed: Feed, address: str | None = None, password: str | None = None) -> Self:
        """A feed that has just been made, with what opens it."""
        return cls.of(feed).model_copy(update={"address": address, "password": password})

    @classmethod
    def listed(cls, feeds: Iterable[Feed], left_out: Mapping[FeedId, int]) -> list[Self]:
        """Feeds that are looked at, with how much did not fit into each."""
        return [cls.of(feed).model_copy(update={"left_out": left_out[feed.id]}) for feed in feeds]


class FeedListModel(Shape[Mapping[str, Iterable[FeedModel]]]):
    """One's own feeds that work."""

    feeds: list[FeedModel]


class FetchedModel(Shape[Fetched]):
    """That a kind of program fetched a revision of a feed."""

    feed: str
    revision: int
    client: str
    first_at: Moment
    last_at: Moment
    fetches: int


class ReachedModel(Shape[Reached]):
    """Whether a change has reached somebody's calendar."""

    person: str
    delivered: bool = at("is_delivered")
    last_at: Moment | None


class DeliveryModel(Shape[Delivery]):
    """Whom a change has reached."""

    changed_at: Moment
    delivered: int
    total: Annotated[int, BeforeValidator(len)] = at("reached", key="of")
    people: list[ReachedModel] = at("reached")
    without_feed: list[str] = at("without")
