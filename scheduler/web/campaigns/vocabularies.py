"""Which words the pages speak in: chosen by organizers, heard by everybody."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.ground.access import Action
from scheduler.core.ground.errors import Malformed
from scheduler.services.ground import organisation as service
from scheduler.web.campaigns import pages
from scheduler.web.page.texts import _


@pages.post("/programme/vocabulary")
@edge.policy(Action.EDIT_PROGRAMME)
def choose_vocabulary() -> ResponseReturnValue:
    """Speak another vocabulary from now on."""
    try:
        service.speak(edge.session(), edge.actor(), request.form.get("vocabulary", ""), edge.clock())
        edge.forget_vocabulary()
        flash(_("已保存。"), "good")
    except Malformed as error:
        flash(wording.error(error, edge.lang()), "warn")
    return redirect(url_for("campaigns.programme", _anchor="vocabulary"), 303)
