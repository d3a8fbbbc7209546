"""Imports that were made, and taking a whole one back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Refused
from scheduler.services.imports import undoing as service
from scheduler.web.imports import pages
from scheduler.web.page import facts
from scheduler.web.page.once import once
from scheduler.web.page.texts import _


@pages.get("/imports")
@edge.policy(Action.IMPORT)
def made_imports() -> ResponseReturnValue:
    """The latest imports that changed anything."""
    entries = service.entries(edge.session(), edge.actor(), edge.clock())
    return render_template("imports/made.html", entries=entries, names=facts.names())


@pages.post("/imports/<int:number>/undo")
@edge.policy(Action.IMPORT)
@once
def undo_import(number: int) -> ResponseReturnValue:
    """Take a whole import back; or say what stands in the way."""
    try:
        entry = service.undo(edge.session(), edge.actor(), number, edge.clock())
    except Refused as refused:
        return render_template("imports/not_undone.html", number=number, in_the_way=refused.blocking), 422
    flash(_("已整批撤销：%(files)s。", files=_("、").join(entry.files)), "good")
    return redirect(url_for("imports.made_imports"), 303)
