"""Two-step sign-in: setting it up with an authenticator, recovery codes, and ending it."""

import segno
from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from scheduler import edge
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound
from scheduler.services.accounts import second_factors as service
from scheduler.services.accounts.second_factors import Enrolment
from scheduler.web.accounts import pages
from scheduler.web.page.fields import Fields
from scheduler.web.page.texts import _


@pages.get("/account/second-factor")
@edge.for_signed_in
def second_factor() -> ResponseReturnValue:
    """Whether one's own account asks for a code, and what one may do about it."""
    return _page(Fields({}))


@pages.post("/account/second-factor")
@edge.for_signed_in
def begin_second_factor() -> ResponseReturnValue:
    """Begin to set it up: a new secret, which counts once a code was shown."""
    if not edge.is_only_shown():
        service.begin(edge.session(), edge.actor(), _key(), _issuer(), edge.clock())
    return redirect(url_for("accounts.second_factor"), 303)


@pages.post("/account/second-factor/confirm")
@edge.for_signed_in
def confirm_second_factor() -> ResponseReturnValue:
    """Let it count, by a first code; the recovery codes are shown this once."""
    fields = Fields(request.form)
    if edge.is_only_shown():
        return _page(fields), 422
    try:
        return _codes(edge.confirm_code(request.form.get("code", "")))
    except Malformed:
        fields.refuse("code", _("验证码不对。请看手机上现在的六位数字，并核对手机的时间。"))
    except edge.TooMany as error:
        fields.refuse("code", _("试得太频繁，请 %(seconds)s 秒后再试。", seconds=error.retry_after))
        return edge.with_retry(make_response(_page(fields)), error), 429
    return _page(fields), 422


@pages.post("/account/second-factor/codes")
@edge.for_signed_in
def renew_recovery_codes() -> ResponseReturnValue:
    """New recovery codes, by the password."""
    fields, password = Fields(request.form), request.form.get("password", "")
    if edge.is_only_shown():
        return _page(fields), 422
    try:
        codes = edge.knowing_password(
            lambda: service.renew_codes(edge.session(), edge.actor(), _key(), password, edge.clock())
        )
    except (NotAllowed, edge.TooMany) as no:
        return _refused(fields, no)
    except NotFound:
        return redirect(url_for("accounts.second_factor"), 303)
    return _codes(codes)


@pages.post("/account/second-factor/end")
@edge.for_signed_in
def end_second_factor() -> ResponseReturnValue:
    """Sign in by the password alone again."""
    fields, password = Fields(request.form), request.form.get("password", "")
    if edge.is_only_shown():
        return _page(fields), 422
    required = edge.settings().needs_codes
    try:
        edge.knowing_password(
            lambda: service.end(edge.session(), edge.actor(), password, edge.clock(), is_required=required)
        )
    except (NotAllowed, edge.TooMany) as no:
        return _refused(fields, no)
    flash(_("两步登录已关闭。"), "good")
    return redirect(url_for("accounts.own_account"), 303)


def _refused(fields: Fields, no: NotAllowed | edge.TooMany) -> ResponseReturnValue:
    """The page again, with what was wrong."""
    if isinstance(no, edge.TooMany):
        fields.refuse("password", _("试得太频繁，请 %(seconds)s 秒后再试。", seconds=no.retry_after))
        return edge.with_retry(make_response(_page(fields)), no), 429
    if no.action != "change_password":
        raise no
    fields.refuse("password", _("现在的密码不对。"))
    return _page(fields), 422


def _page(fields: Fields) -> str:
    actor = edge.actor()
    enrolment = service.begun(edge.session(), actor, _key(), _issuer(), edge.clock())
    return render_template(
        "accounts/second_factor.html",
        fields=fields,
        factor=service.of(edge.session(), actor.account),
        enrolment=enrolment,
        qr=_qr(enrolment),
        is_missing=edge.is_code_missing(),
        may_end=not (edge.settings().needs_codes and actor.has(*service.ASKED_OF)),
    )


def _codes(codes: tuple[str, ...]) -> str:
    return render_template("accounts/recovery_codes.html", codes=codes)


def _qr(enrolment: Enrolment | None) -> Markup:
    """The secret to be scanned; the letters stand beside it for those who cannot."""
    if enrolment is None:
        return Markup("")
    drawn = segno.make(enrolment.address, error="m")
    svg = drawn.svg_inline(scale=4, border=2, svgclass=None, lineclass=None, omitsize=True)
    return Markup(svg)  # noqa: S704 - drawn by segno from an address of ours


def _key() -> str:
    return edge.settings().signing_key


def _issuer() -> str:
    """What an authenticator calls us."""
    return _("谈心")
