"""What the API takes and gives about calendar feeds; OpenAPI is made from these."""

from typing import Literal

from pydantic import BaseModel, Field

from scheduler.api.models import Name, Taken


class FeedBody(Taken):
    """Whose feed (one's own if nobody is named), and what is chosen for it."""

    person: Name | None = None
    room: Name | None = None
    group: Name | None = None
    campaign: Name | None = None
    language: Literal["zh", "en"] = "zh"
    alarm: int | None = None
    """Minutes before the start."""
    hides_names: bool = False
    back: int | None = None
    """Days."""
    ahead: int | None = None
    device: str = Field(default="", max_length=200)
    """The name of a device that reads it as a calendar account (CalDAV); empty: it has an address."""


# ── What goes out ────────────────────────────────────────────────────────────────────────────────────────────────────
class FeedModel(BaseModel):
    """A calendar feed; its address is given once, when it is issued or rotated."""

    id: str
    person: str | None
    room: str | None
    group: str | None
    campaign: str | None
    language: str
    alarm: int | None
    hides_names: bool
    back: int | None
    ahead: int | None
    left_out: int | None
    revision: int
    changed_at: str | None
    created_at: str
    revoked_at: str | None
    address: str | None = None
    device: str | None = None
    user: str | None = None
    password: str | None = None


class FeedListModel(BaseModel):
    """One's own feeds that work."""

    feeds: list[FeedModel]
