"""What would make room for a talk, as a way to go: the form filled in with it, or the page where it can be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import url_for

from scheduler import edge
from scheduler.core.arranging.options import USUAL_TALKS_A_DAY, ArrangeOptions
from scheduler.core.ground import access
from scheduler.core.ground.access import Action
from scheduler.core.ground.ids import PlanRunId, RoomId
from scheduler.core.plans.placements import Repair
from scheduler.web.arranging.forms import talk_rooms, values_of
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _
from scheduler.wording.plan_reasons import NameOf, repair_text

USES = ("talk", "all", "meeting")
"""Rooms of these uses are offered in this order."""


@dataclass(frozen=True, slots=True)
class Way:
    """A repair in words, and where it leads; `href` empty: it can only be read."""

    text: str
    href: str = ""
    note: str = ""
    """What the link does, where that is not plain."""
    fields: tuple[tuple[str, str], ...] = ()
    """The form of a run that goes this way, filled in: one press, and it runs."""


@dataclass(frozen=True, slots=True)
class RepairContext:
    """What was asked, and by whom ways can be gone."""

    run: PlanRunId
    options: ArrangeOptions
    window_closes: date | None
    """Behind this day no run can place anything: the milestone would have to move."""
    names: Names
    may_arrange: bool


def way(repair: Repair, here: RepairContext, name_of: NameOf) -> Way:
    """Where a repair leads."""
    text = repair_text(repair, name_of, edge.lang())
    if not here.may_arrange:
        return Way(text)
    details = repair.details
    match repair.kind:
        case "later_day" | "later_window":
            return _later(text, details, here, is_in_window=repair.kind == "later_day")
        case "more_rooms":
            return _one_more_room(text, here)
        case "lift_day_maximum":
            limit = max(int(str(details.get("limit", 0))), (here.options.max_talks_per_day or USUAL_TALKS_A_DAY) + 1)
            note = _("每人每天最多 %(count)s 次，再排一次", count=limit)
            return _again(text, note, here, max_talks_per_day=limit)
        case "lift_half_day_maximum":
            limit = int(str(details.get("limit", 1)))
            return _again(
                text, _("每人每半天最多 %(count)s 次，再排一次", count=limit), here, max_talks_per_half_day=limit
            )
        case "lift_week_maximum":
            limit = int(str(details.get("limit", 1)))
            return _again(text, _("每人每周最多 %(count)s 次，再排一次", count=limit), here, max_talks_per_week=limit)
        case "more_time":
            return _look(text, details)
        case _:
            return Way(text)


def _again(text: str, note: str, here: RepairContext, **changed: object) -> Way:
    """A run with what was asked before, and this instead; pins are kept. It can be looked at in the form first."""
    href = url_for("arranging.new_plan", again=here.run, **changed)  # type: ignore[arg-type]  # Flask types its values loosely
    options = here.options
    rooms: object = options.rooms if options.rooms is not None else talk_rooms(here.names)
    values = {**values_of(options), "rooms": rooms, "rule_set": options.rule_set or "", "again": here.run, **changed}
    fields = [
        (name, str(item))
        for name, value in values.items()
        for item in (value if isinstance(value, (list, tuple)) else [value])
    ]
    return Way(text, href, note, tuple(fields))


def _later(text: str, details: Mapping[str, object], here: RepairContext, *, is_in_window: bool) -> Way:
    """A later last day; behind the end of the window it is the milestone that has to move."""
    day = details.get("day")
    if not isinstance(day, date):
        return Way(text)
    if is_in_window and here.options.last is not None and (here.window_closes is None or day <= here.window_closes):
        return _again(text, _("改期限，再排一次"), here, to=day.isoformat())
    if access.may(edge.actor(), Action.EDIT_PROGRAMME):
        return Way(text, url_for("campaigns.programme"), _("超出谈话窗口期，先移动时间节点"))
    return Way(text, note=_("超出谈话窗口期"))


def _one_more_room(text: str, here: RepairContext) -> Way:
    """The room that suits best of those that are not used yet; if there is none, where rooms are made."""
    used = here.options.rooms if here.options.rooms is not None else talk_rooms(here.names)
    left = [room for use in USES for room in here.names.rooms.values() if room.use == use and room.id not in used]
    if left:
        room = RoomId(left[0].id)
        note = _("加上%(room)s，再排一次", room=here.names.room(room))
        return _again(text, note, here, rooms=[*used, room])
    if access.may(edge.actor(), Action.EDIT_ORGANISATION):
        return Way(text, url_for("organisation.new_room"), _("先登记一个场地"))
    return Way(text)


def _look(text: str, details: Mapping[str, object]) -> Way:
    """What somebody has on that day, to see what could give way."""
    day, person = details.get("day"), str(details.get("name", ""))
    if not isinstance(day, date):
        return Way(text)
    return Way(text, url_for("bookings.bookings", person=person, day=day.isoformat()), _("看那一周的日程"))
