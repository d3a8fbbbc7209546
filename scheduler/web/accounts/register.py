"""Accounts: who may sign in; added with a one-time link where the password is set."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.ground.access import Action, Role
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import PersonId
from scheduler.services.accounts import register as service
from scheduler.services.accounts.register import GIVEN_ROLES, Account
from scheduler.web.accounts import pages
from scheduler.web.page import facts, undo
from scheduler.web.page.facts import Choice
from scheduler.web.page.fields import Fields
from scheduler.web.page.texts import _

POSSIBLE = tuple(role for role in GIVEN_ROLES if role is not Role.MEMBER)
"""Everybody with a person is a member already."""


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account as the list prints it."""

    account: Account
    person: str
    role: str
    is_own: bool


@pages.get("/accounts")
@edge.policy(Action.EDIT_ACCOUNTS)
def accounts() -> ResponseReturnValue:
    """All accounts, and the form for a new one."""
    return _page(Fields({}))


@pages.post("/accounts")
@edge.policy(Action.EDIT_ACCOUNTS)
def add_account() -> ResponseReturnValue:
    """Add an account; its one-time link is shown this once."""
    fields = Fields(request.form)
    person = fields.person("person", facts.roster())
    role = fields.choice("role", Role)
    if not person and not fields.text("name") and "person" not in fields.errors:
        fields.refuse("person", _("写一个人的姓名；不属于任何人的账号，写账号名。"))
    if fields.is_valid:
        try:
            account, token = service.add(
                edge.session(), edge.actor(), edge.clock(), person=person, role=role, name=fields.text("name")
            )
            return _linked(account.name, token)
        except (Malformed, NotFound) as error:
            fields.refuse("name" if isinstance(error, Malformed) else "person", wording.error(error, edge.lang()))
    return _page(fields), 422


@pages.post("/accounts/<name>/link")
@edge.policy(Action.EDIT_ACCOUNTS)
def renew_link(name: str) -> ResponseReturnValue:
    """A new one-time link for somebody who lost the password."""
    return _linked(name, service.renew_link(edge.session(), edge.actor(), name, edge.clock()))


@pages.post("/accounts/<name>/role")
@edge.policy(Action.EDIT_ACCOUNTS)
def set_role(name: str) -> ResponseReturnValue:
    """Give an account a role, or take it away."""
    role = Fields(request.form).choice("role", Role)
    service.set_role(edge.session(), edge.actor(), name, role, edge.clock())
    flash(_("已保存。"), "good")
    return redirect(url_for("accounts.accounts"), 303)


@pages.post("/accounts/<name>/active")
@edge.policy(Action.EDIT_ACCOUNTS)
def set_active(name: str) -> ResponseReturnValue:
    """Let nobody in by an account any more, or let it in again."""
    if request.form.get("active") == "1":
        service.activate(edge.session(), edge.actor(), name, edge.clock())
        flash(_("账号 %(name)s 已恢复。", name=name), "good")
    else:
        service.deactivate(edge.session(), edge.actor(), name, edge.clock())
        said = _("账号 %(name)s 已停用，登录和订阅同时失效。", name=name)
        undo.offer(said, url_for("accounts.set_active", name=name), {"active": "1"})
    return redirect(url_for("accounts.accounts"), 303)


def _linked(name: str, token: str) -> ResponseReturnValue:
    """The page that shows a one-time link."""
    address = edge.link("accounts.set_password", token=token)
    return render_template("accounts/link.html", name=name, address=address)


def _page(fields: Fields) -> str:
    names, actor = facts.names(), edge.actor()
    listing = service.listing(edge.session(), actor, edge.clock())
    lines = [
        AccountLine(
            account,
            names.person(account.person),
            wording.label(account.role, edge.lang()) if account.role else "",
            account.name == actor.account,
        )
        for account in listing
    ]
    taken = {account.person for account in listing}
    return render_template(
        "accounts/register.html",
        fields=fields,
        lines=lines,
        roles=_roles(),
        people=facts.person_options(names, {p for p in names.roster.people if PersonId(p) not in taken}),
    )


def _roles() -> list[Choice]:
    """The roles that an account may be given."""
    return [(role.value, wording.label(role, edge.lang())) for role in POSSIBLE]
