"""Two entries of one person: what making them one does is shown first, and done with one press."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import NotFound, Refused
from scheduler.core.ground.ids import PersonId
from scheduler.core.ground.people import Person
from scheduler.services.organisation import merging as service
from scheduler.web.organisation import pages
from scheduler.web.page import facts
from scheduler.web.page.fields import Fields, people_called
from scheduler.web.page.once import once
from scheduler.web.page.texts import _


@pages.get("/people/<person_id>/merge")
@edge.policy(Action.EDIT_ORGANISATION)
def person_merging(person_id: str) -> ResponseReturnValue:
    """Who is the same person, and what goes over."""
    return _page(_standing(person_id), Fields(request.args))


@pages.post("/people/<person_id>/merge")
@edge.policy(Action.EDIT_ORGANISATION)
@once
def person_merge(person_id: str) -> ResponseReturnValue:
    """Make two entries one: the other goes into this one."""
    person, fields = _standing(person_id), Fields(request.form)
    gone = PersonId(fields.text("gone"))
    try:
        service.merge(edge.session(), edge.actor(), person.id, gone, edge.clock())
    except Refused:
        return _page(person, fields)
    flash(_("已合并：%(gone)s 并入 %(name)s（%(keep)s）。", gone=gone, name=person.name, keep=person.id), "good")
    return redirect(url_for("organisation.person", person_id=person_id), 303)


def _standing(person_id: str) -> Person:
    """The entry that stays."""
    person = facts.roster().people.get(PersonId(person_id))
    if person is None:
        raise NotFound("person", person_id)
    return person


def _page(person: Person, fields: Fields) -> ResponseReturnValue:
    """The other entry is chosen; then what goes over stands there, or what is in the way."""
    roster, text = facts.roster(), fields.typed("other") or fields.typed("gone")
    called = people_called(text, roster) if text else []
    others = [p for p in roster.people.values() if p.id != person.id and p.name == person.name]
    if text and (len(called) != 1 or called[0] == person.id):
        fields.refuse("other", _("请写一个人：姓名，有重名时加编号。"))
    gone = roster.people[called[0]] if len(called) == 1 and called[0] != person.id else None
    merging = service.look(edge.session(), edge.actor(), person.id, gone.id, edge.clock()) if gone else None
    page = render_template(
        "organisation/merge.html",
        fields=fields,
        person=person,
        others=others,
        gone=gone,
        merging=merging,
        units={unit.id: unit.name for unit in roster.units.values()},
        everybody=facts.person_options(facts.names()),
    )
    return page, 422 if fields.errors or (merging and merging.blocking) else 200
