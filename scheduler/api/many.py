"""One act done to many bookings at once."""

from enum import StrEnum
from typing import Annotated

from flask import Response
from pydantic import Field

from scheduler import edge
from scheduler.api import api
from scheduler.api.answers import document, reader
from scheduler.api.models import Name, Taken
from scheduler.core.bookings import rights
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.ids import BookingId, RoomId
from scheduler.services.bookings import many
from scheduler.services.bookings.many import MOST, ManyDone
from scheduler.shapes.bookings import ManyDoneModel


class ManyAct(StrEnum):
    """What is done to each."""

    CONFIRM = "confirm"
    UNCONFIRM = "unconfirm"
    CANCEL = "cancel"
    RESTORE = "restore"
    ROOM = "room"


class ManyBody(Taken):
    """What is done to which."""

    act: ManyAct
    bookings: Annotated[list[Name], Field(min_length=1, max_length=MOST)]
    room: Annotated[str, Field(max_length=64)] | None = Field(
        None, description="With `room`: where to; `EXT` off site; empty: no room any more"
    )


@api.post("/bookings/many")
@api.input(ManyBody, arg_name="body")
@api.output(ManyDoneModel)
@edge.policy(*rights.ARRANGING, Action.SEE_LEDGER)
def act_on_many(body: ManyBody) -> Response:
    """Confirm, take back, cancel, restore or move many bookings, each for itself: one that cannot be keeps no other back."""
    return document(ManyDoneModel.of(_done(body), reader()))


def _done(body: ManyBody) -> ManyDone:
    session, actor, clock = edge.session(), edge.actor(), edge.clock()
    ids = [BookingId(name) for name in body.bookings]
    if (body.room is None) == (body.act is ManyAct.ROOM):
        raise Malformed("missing" if body.room is None else "not_with_this", "room", value=body.act.value)
    match body.act:
        case ManyAct.CONFIRM:
            return many.confirm(session, actor, ids, clock)
        case ManyAct.UNCONFIRM:
            return many.unconfirm(session, actor, ids, clock)
        case ManyAct.CANCEL:
            return many.cancel(session, actor, ids, clock)
        case ManyAct.RESTORE:
            return many.restore(session, actor, ids, clock)
        case ManyAct.ROOM:
            return many.move_to(session, actor, dict.fromkeys(ids, RoomId(body.room or "")), clock)
