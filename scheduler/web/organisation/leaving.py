"""Somebody leaves: what that does is shown first, and done with one press."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import Booking
from scheduler.core.ground.errors import NotFound
from scheduler.core.ground.ids import PersonId
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings.acts import Query
from scheduler.services.organisation import leaving
from scheduler.web.bookings.lines import line_of
from scheduler.web.organisation import pages
from scheduler.web.page import facts
from scheduler.web.page.once import once
from scheduler.web.page.texts import _


@pages.get("/people/<person_id>/leave")
@edge.policy(Action.EDIT_ORGANISATION)
def person_leaving(person_id: str) -> ResponseReturnValue:
    """What somebody's leaving does."""
    session, actor, clock, names = edge.session(), edge.actor(), edge.clock(), facts.names()
    person = PersonId(person_id)
    effects = leaving.look(session, actor, person, clock)
    ahead = bookings.listing(session, actor, Query(person=person, first=facts.today()), clock)
    lines = {booking.id: line_of(booking, names) for booking in ahead if booking.id}

    def named(of: tuple[Booking, ...]) -> list[object]:
        return [lines[booking.id] for booking in of if booking.id in lines]

    return render_template(
        "organisation/leave.html",
        person=names.roster.people[person],
        is_self=person == actor.person,
        off=named(effects.off),
        without=named(effects.without),
        standing=named(effects.standing),
        tasks=effects.tasks,
        groups=[names.group(group) for group in effects.groups],
    )


@pages.post("/people/<person_id>/leave")
@edge.policy(Action.EDIT_ORGANISATION)
@once
def person_leave(person_id: str) -> ResponseReturnValue:
    """Let somebody leave."""
    names, person = facts.names(), PersonId(person_id)
    if person not in names.roster.people:
        raise NotFound("person", person_id)
    effects = leaving.leave(edge.session(), edge.actor(), person, edge.clock())
    told = _(
        "%(name)s 已离任：取消谈话 %(count)s 次，账号和订阅已停用。", name=names.person(person), count=len(effects.off)
    )
    flash(told, "good")
    return redirect(url_for("organisation.person", person_id=person_id), 303)
