"""Signing in and out, setting a password by a one-time link, and one's own account."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from config import LANGUAGES
from scheduler import edge
from scheduler.core.ground.errors import Malformed, NotAllowed
from scheduler.services.accounts import register as accounts
from scheduler.services.accounts import second_factors
from scheduler.services.accounts.sign_ins import CodeWanted
from scheduler.web.accounts import pages
from scheduler.web.page import kept_forms
from scheduler.web.page.fields import Fields
from scheduler.web.page.texts import _


@pages.get("/sign-in")
@edge.public
def sign_in() -> ResponseReturnValue:
    """Ask for name and password; whoever is signed in goes on."""
    goal = edge.local_path(request.args.get("next"), url_for("coverage.home"))
    return redirect(goal) if edge.signed_in() else _form(Fields({}), goal)


@pages.post("/sign-in")
@edge.public
def sign_in_now() -> ResponseReturnValue:
    """Sign in, and go where one wanted to go."""
    fields = Fields(request.form)
    goal = edge.local_path(request.form.get("next"), url_for("coverage.home"))
    if not fields.is_valid:
        return _form(fields, goal), 422
    try:
        edge.sign_in(fields.text("name"), request.form.get("password", ""))
    except CodeWanted as needed:
        return _code_form(edge.sealed(needed), goal)
    except NotAllowed:
        return _form(fields, goal, _("账号或密码不对。")), 422
    except edge.TooMany as error:
        return edge.with_retry(make_response(_form(fields, goal, _too_often(error))), error), 429
    return _on(goal)


@pages.post("/sign-in/code")
@edge.public
def sign_in_by_code() -> ResponseReturnValue:
    """Go on with the code, after the password was right."""
    goal, seal = edge.local_path(request.form.get("next"), url_for("coverage.home")), request.form.get("seal", "")
    if edge.is_only_shown():
        return _code_form(seal, goal), 422
    try:
        edge.sign_in_by_code(seal, request.form.get("code", ""))
    except NotAllowed as no:
        if no.action == "sign_in_again":
            return _form(Fields({}), goal, _("隔得太久了，请重新登录。")), 422
        return _code_form(seal, goal, _("验证码不对。")), 422
    except edge.TooMany as error:
        return edge.with_retry(make_response(_code_form(seal, goal, _too_often(error))), error), 429
    return _on(goal)


def _on(goal: str) -> ResponseReturnValue:
    """Where one wanted to go, or the form that was filled."""
    kept = kept_forms.unpacked(request.form.get("kept", ""))
    return kept_forms.after_sign_in(kept) if kept else redirect(goal, 303)


def _too_often(error: edge.TooMany) -> str:
    return _("试得太频繁，请 %(seconds)s 秒后再试。", seconds=error.retry_after)


def _code_form(seal: str, goal: str, failed: str = "") -> str:
    kept = request.form.get("kept", "")
    return render_template("accounts/sign_in_code.html", seal=seal, next=goal, failed=failed, kept=kept)


def _form(fields: Fields, goal: str, failed: str = "") -> str:
    kept, is_unclaimed = request.form.get("kept", ""), accounts.is_unclaimed(edge.session())
    return render_template(
        "accounts/sign_in.html", fields=fields, next=goal, failed=failed, kept=kept, is_unclaimed=is_unclaimed
    )


@pages.post("/sign-out")
@edge.public
def sign_out() -> ResponseReturnValue:
    """End this browser's session."""
    edge.sign_out()
    return redirect(url_for("accounts.sign_in"), 303)


@pages.get("/set-password/<token>")
@edge.public
def set_password(token: str) -> ResponseReturnValue:
    """Ask for a new password; a link that is used up or too old is answered like one that never was."""
    account = accounts.by_link(edge.session(), token, edge.clock())
    return render_template("accounts/set_password.html", fields=Fields({}), account=account)


@pages.post("/set-password/<token>")
@edge.public
def set_password_now(token: str) -> ResponseReturnValue:
    """Set the password, and sign in with it."""
    fields, password = Fields(request.form), request.form.get("password", "")
    account = accounts.by_link(edge.session(), token, edge.clock())
    if password != request.form.get("again", ""):
        fields.refuse("again", _("两次输入的不一样。"))
    if fields.is_valid:
        try:
            accounts.set_password_by_link(edge.session(), token, password, edge.clock())
        except Malformed as error:
            fields.take(error)
    if not fields.is_valid:
        return render_template("accounts/set_password.html", fields=fields, account=account), 422
    try:
        edge.sign_in(account.name, password)
    except CodeWanted as needed:
        return _code_form(edge.sealed(needed), url_for("coverage.home"))
    flash(_("密码已设置，您已登录。"), "good")
    return redirect(url_for("coverage.home"), 303)


@pages.get("/account")
@edge.for_signed_in
def own_account() -> ResponseReturnValue:
    """One's own account: the language one reads in, and the password."""
    return _own_account(Fields({}))


@pages.post("/account/password")
@edge.for_signed_in
def change_own_password() -> ResponseReturnValue:
    """Change one's own password; every other browser has to sign in again."""
    fields, new = Fields(request.form), request.form.get("password", "")
    if new != request.form.get("again", ""):
        fields.refuse("again", _("两次输入的不一样。"))
    if fields.is_valid:
        try:
            edge.change_password(request.form.get("old", ""), new)
        except NotAllowed:
            fields.refuse("old", _("现在的密码不对。"))
        except Malformed as error:
            fields.take(error)
    if not fields.is_valid:
        return _own_account(fields), 422
    flash(_("密码已修改，别处的登录都已失效。"), "good")
    return redirect(url_for("accounts.own_account"), 303)


@pages.post("/account/language")
@edge.for_signed_in
def change_own_language() -> ResponseReturnValue:
    """Keep the language one reads in, on every device."""
    fields = Fields(request.form)
    language = fields.one_of("language", tuple(LANGUAGES), required=True)
    if not fields.is_valid:
        return _own_account(fields), 422
    accounts.set_language(edge.session(), edge.actor(), language, edge.clock())
    response = redirect(url_for("accounts.own_account"), 303)
    response.delete_cookie(edge.LANGUAGE_COOKIE)
    return response


def _own_account(fields: Fields) -> str:
    return render_template(
        "accounts/account.html",
        fields=fields,
        name=edge.actor().account,
        languages=LANGUAGES.items(),
        factor=second_factors.of(edge.session(), edge.actor().account),
    )
