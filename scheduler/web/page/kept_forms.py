"""Forms that came too late: nothing typed is lost when the sign-in ended meanwhile, or the page stood open too long."""

from dataclasses import dataclass

from flask import Response, current_app, flash, make_response, render_template, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeSerializer

from scheduler import edge, wording
from scheduler.core.ground.bookings import Kind, Mode
from scheduler.core.ground.ids import PersonId, RoomId
from scheduler.web.page import facts
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _, later

LOOK = "look_again"
"""The button that shows a kept form instead of sending it."""
SECRETS = ("password", "again", "old", "new")
NOT_KEPT = ("csrf_token", "once", LOOK)
LABELS = {
    "kind": later("类型"), "people": later("人员"), "person": later("人员"), "more_people": later("人员"),
    "add_people": later("人员"), "title": later("名称"), "day": later("日期"), "start": later("开始"),
    "minutes": later("时长（分钟）"), "room": later("地点"), "mode": later("方式"), "from": later("从"), "first": later("从"),
    "to": later("到"), "last": later("到"), "reason": later("原因"), "name": later("名称"), "position": later("职务"),
}  # fmt: skip
"""What fields are called that say something to people by themselves."""
DAYS = ("day", "from", "first", "to", "last")
MAX_KEPT_BYTES = 300_000
"""Letters; more would not come back as one field."""
BAD_REQUEST = 400


@dataclass(frozen=True, slots=True)
class Kept:
    """A form as it was sent."""

    path: str
    fields: list[tuple[str, str]]
    had_files: bool

    def packed(self) -> str:
        """The same as one field of the sign-in form, sealed; empty if it is too large for that."""
        text = str(_seal().dumps([self.path, self.fields, self.had_files]))
        return text if len(text) <= MAX_KEPT_BYTES else ""

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What people read of it, with its label: what we have a word for, and free text; each text once."""
        names, by_text = facts.names(), dict[str, str]()
        for name, value in self.fields:
            label = LABELS.get(name)
            if value.strip() and (label or not value.isascii()):
                by_text.setdefault(_in_words(name, value, names), str(label or ""))
        return [(label, text) for text, label in by_text.items()]


def _in_words(name: str, value: str, names: Names) -> str:
    """A value as people read it: somebody's name for an id, a word for a word of the code."""
    if name in ("people", "person") and PersonId(value) in names.roster.people:
        return names.person(PersonId(value))
    if name in DAYS and (day := Fields({name: value}).day(name)):
        return wording.dated_text(day, edge.lang(), with_year=True)
    if name == "room":
        return names.room(RoomId(value)) or value
    codes = {*Kind, *Mode} if name in ("kind", "mode") else set()
    return wording.label(value, edge.lang()) if value in codes else value


def unpacked(text: str) -> Kept | None:
    """What was packed, if it is ours."""
    try:
        path, fields, had_files = _seal().loads(text)
    except BadData:
        return None
    return Kept(path, [(name, value) for name, value in fields], had_files)


def _seal() -> URLSafeSerializer:
    return URLSafeSerializer(edge.settings().signing_key, salt="kept-form")


def sent_now() -> Kept:
    """The form that was just sent, without secrets."""
    fields = [
        (name, value)
        for name, values in request.form.lists()
        if name not in NOT_KEPT and name not in SECRETS
        for value in values
    ]
    return Kept(request.full_path.rstrip("?"), fields, any(upload.filename for upload in request.files.values()))


# ── The sign-in ended ────────────────────────────────────────────────────────────────────────────────────────────────
def ask_to_sign_in() -> ResponseReturnValue:
    """The sign-in page, which carries what was typed through the door."""
    kept = sent_now()
    page = render_template(
        "accounts/sign_in.html", fields=Fields({}), next="", failed="", kept=kept.packed(), is_late=True
    )
    return page, 401


def after_sign_in(kept: Kept) -> ResponseReturnValue:
    """What was typed before, ready to be sent."""
    return render_template("page/kept.html", kept=kept, look=LOOK)


# ── The page stood open too long ─────────────────────────────────────────────────────────────────────────────────────
def look_again() -> ResponseReturnValue | None:
    """Show a kept form as it is, in its own page, if that is what was pressed."""
    if request.method != "POST" or LOOK not in request.form:
        return None
    return _shown(_("这是此前填写的内容，尚未保存。"))


def stale() -> ResponseReturnValue:
    """The form that was sent from a page too old, filled, with a fresh token; nothing is done before it is sent again."""
    policy = edge.policy_of(current_app.view_functions[request.endpoint or ""])
    if policy is not None:
        edge.ask(policy)
    answer = _shown(_("页面停留过久，未能保存。填写的内容已保留，请再次提交。"))
    answer.status_code = BAD_REQUEST
    return answer


def _shown(sentence: str) -> Response:
    """The page of the form that was sent, as if something in it were wrong; of a lone button, a page that says what it was."""
    edge.show_only()
    flash(sentence, "warn")
    try:
        view = current_app.view_functions[request.endpoint or ""]
        return make_response(current_app.ensure_sync(view)(**(request.view_args or {})))
    except edge.OnlyShown:
        edge.session().rollback()
        return make_response(after_sign_in(sent_now()))
