"""Every no as a page that says what happened and where to go on."""

from flask import Response, g, make_response, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from scheduler import edge
from scheduler.web.page import kept_forms, scripts
from scheduler.web.page.layout import bare_frame
from scheduler.web.page.texts import _
from scheduler.wording.statuses import status_text

SAID_NO: tuple[type[Exception], ...] = (*edge.SAID_NO, HTTPException)
BROKEN = 500
"""From here on the database may be away, and the page does without it."""


def answer(error: Exception) -> ResponseReturnValue:
    """The page for a no; somebody who is not signed in is sent to the door, and comes back from there. Scripts get it as JSON."""
    if scripts.are_wanted():
        return scripts.failed(error)
    if isinstance(error, edge.NotSignedIn) and request.method in ("GET", "HEAD"):
        return _to_the_door()
    if request.method == "POST" and "HX-Request" not in request.headers:
        if isinstance(error, edge.NotSignedIn):
            return kept_forms.ask_to_sign_in()
        if isinstance(error, CSRFError):
            return _stale()
    no = edge.no_of(error)
    if no.status >= BROKEN:
        g.frame = bare_frame()
    page = make_response(
        render_template("page/error.html", status=no.status, heading=_heading(error, no.status), sentence=_sentence(no))
    )
    page.status_code = no.status
    page.headers.extend(list(no.headers))
    return page


def _stale() -> ResponseReturnValue:
    """The form of a page too old comes back filled; if something else stands against it, that is said."""
    try:
        return kept_forms.stale()
    except SAID_NO as error:
        cookie.pop("_flashes", None)  # that it need only be sent again is not so
        return answer(error)


def _to_the_door() -> Response:
    """To the sign-in page; a part of a page that is asked for by script takes the whole page there."""
    goal = url_for("accounts.sign_in", next=request.full_path.rstrip("?"))
    if "HX-Request" in request.headers:
        return Response(status=401, headers={"HX-Redirect": url_for("accounts.sign_in")})
    return make_response(redirect(goal, 302 if request.path == "/" else 303))


def _sentence(no: edge.No) -> str:
    """What there is to say: why, or what may have happened and who can help."""
    if no.sentence != status_text(no.status, edge.lang()):
        return no.sentence
    helps = {403: _("要用这一页，请联系活动办公室。"), 404: _("地址可能写错了，或者这一项已经删除。")}
    return helps.get(no.status, no.sentence)


def _heading(error: Exception, status: int) -> str:
    """A few words for the head of the page."""
    if isinstance(error, CSRFError):
        return _("页面放得太久了")
    headings = {
        401: _("请先登录"),
        403: _("没有权限"),
        404: _("没有找到"),
        405: _("不能这样打开"),
        409: _("没有办成"),
        413: _("文件太大"),
        422: _("无法识别填写的内容"),
        429: _("操作太频繁"),
        503: _("数据库暂时用不了") if edge.database.is_done_without() else _("系统正忙"),
    }
    return headings.get(status) or (_("系统出了问题") if status >= BROKEN else _("请求有误"))
