"""The preconditions of a kind of meeting on a form: the usual six, or an office's own."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler import edge, wording
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import Kind
from scheduler.core.ground.errors import Malformed, NotFound
from scheduler.core.ground.ids import GroupId
from scheduler.core.programme.conditions import KINDS, MOST, MOST_DAYS, USUAL, ItemKind, What
from scheduler.services.programme import conditions as service
from scheduler.services.programme.conditions import Condition, MeetingConditions
from scheduler.services.rules import sets as rule_sets
from scheduler.services.sessions import study_targets
from scheduler.web.page import facts, seen_campaign, undo
from scheduler.web.page.fields import Fields
from scheduler.web.page.texts import _
from scheduler.web.programme import pages
from scheduler.wording.programme import CONDITIONS, ITEM_KINDS
from scheduler.wording.texts import say

SPARE = 2
"""So many empty lines for new ones."""
OWN = {"own_tick": ItemKind.TICK, "own_sign_off": ItemKind.SIGN_OFF}
"""Conditions of the office's own, as the form calls them."""


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """A line of the form, by its number."""

    number: int
    condition: Condition | None
    usual: str
    """What it is called where no name is typed."""
    days: str
    """How many days ahead where none are typed."""
    targets: list[tuple[str, str]]
    """What it can refer to; nothing for what refers to nothing."""


@pages.get("/progress/conditions/<kind>")
@edge.policy(Action.EDIT_PROGRAMME)
def conditions(kind: str) -> ResponseReturnValue:
    """The conditions as they are, to be changed."""
    told = service.show(edge.session(), edge.actor(), _kind(kind), edge.clock(), seen_campaign.named())
    return _form(told, _values(told.conditions))


@pages.post("/progress/conditions/<kind>")
@edge.policy(Action.EDIT_PROGRAMME)
def set_conditions(kind: str) -> ResponseReturnValue:
    """Set all of them, the usual six, or what is usual for this kind of meeting."""
    fields, of, campaign = Fields(request.form), _kind(kind), seen_campaign.named()
    session, actor, clock = edge.session(), edge.actor(), edge.clock()
    standing = service.show(session, actor, of, clock, campaign)
    act = fields.typed("act")
    given: list[Condition] | None
    try:
        given = None if act == "usual" else list(USUAL) if act == "six" else _given(fields)
        if not fields.is_valid:
            return _form(standing, fields), 422
        told = service.change(session, actor, of, given, clock, campaign)
    except Malformed as error:
        fields.refuse("", wording.error(error, edge.lang()))
        return _form(standing, fields), 422
    for finding in told.findings:
        flash(wording.text(finding, edge.lang()), "warn")
    if standing.is_usual:
        undo.offer(_("召开条件已保存。"), url_for("programme.set_conditions", kind=of), {"act": "usual"})
    else:  # a cookie does not hold all that stood
        flash(_("召开条件已保存。"), "good")
    return redirect(url_for("programme.conditions", kind=of), 303)


def _kind(text: str) -> Kind:
    if text not in set(Kind) - {Kind.TALK}:
        raise NotFound("kind", text[:40])
    return Kind(text)


def _values(standing: tuple[Condition, ...]) -> Fields:
    """The form as it stands."""
    own = {kind: word for word, kind in OWN.items()}
    values: dict[str, str] = {"lines": str(len(standing) + SPARE)}
    for number, each in enumerate(standing, start=1):
        values[f"what-{number}"] = own[each.kind] if each.what is What.OTHER else each.what
        values[f"name-{number}"], values[f"target-{number}"] = each.name, each.target
        values[f"days-{number}"] = "" if each.days_before is None else str(each.days_before)
    return Fields(values)


def _given(fields: Fields) -> list[Condition]:
    """The lines that say something; what is wrong with one stands beside it."""
    given = []
    for number in range(1, (fields.number("lines", 0, MOST + SPARE) or 0) + 1):
        word, name = fields.typed(f"what-{number}"), fields.text(f"name-{number}")
        days, target = fields.number(f"days-{number}", 0, MOST_DAYS), fields.text(f"target-{number}")
        if not word:
            if name:
                fields.refuse(f"what-{number}", _("请选是什么条件。"))
            continue
        what = What.OTHER if word in OWN else fields.choice(f"what-{number}", What)
        if what is What.OTHER and not name:
            fields.refuse(f"name-{number}", _("自定的条件请写明是什么。"))
        elif what:
            given.append(Condition("", what, OWN.get(word, KINDS[what][0]), name, target, days))
    return given


def _form(told: MeetingConditions, fields: Fields) -> str:
    lang = edge.lang()
    count = fields.number("lines", 0, MOST + SPARE) or SPARE
    by_place = dict(enumerate(told.conditions, start=1))
    targets = _targets(told)
    lines = [_line(number, by_place.get(number), fields, targets, told) for number in range(1, count + 1)]
    return render_template(
        "programme/conditions.html",
        told=told,
        kind=told.kind,
        kind_name=wording.label(told.kind, lang),
        fields=fields,
        lines=lines,
        whats=_whats(lang),
        most_days=MOST_DAYS,
        findings=[wording.text(finding, lang) for finding in told.findings],
    )


def _whats(lang: str) -> list[tuple[str, str]]:
    """What can be asked, and how it comes to hold."""
    usual_whats = [(what.value, KINDS[what][0], say(CONDITIONS[what], lang)) for what in What if what is not What.OTHER]
    own = [(word, kind, _("自定")) for word, kind in OWN.items()]
    return [
        (value, _("%(name)s（%(how)s）", name=name, how=say(ITEM_KINDS[kind], lang)))
        for value, kind, name in (*usual_whats, *own)
    ]


def _line(
    number: int,
    condition: Condition | None,
    fields: Fields,
    targets: Mapping[str, list[tuple[str, str]]],
    told: MeetingConditions,
) -> ConditionLine:
    """A line, with what it may refer to; what it refers to and is not there is among that, and named as missing."""
    word, chosen = fields.typed(f"what-{number}"), fields.typed(f"target-{number}")
    offered = targets.get(word, []) if word else [pair for pairs in targets.values() for pair in pairs]
    offered = list(dict.fromkeys(offered))
    if chosen and chosen not in dict(offered):
        is_lost = condition is not None and condition.key in {finding.subject for finding in told.findings}
        offered.append((chosen, _("%(target)s（不存在）", target=chosen) if is_lost else chosen))
    has_name = word in set(What) and word != What.OTHER
    usual = say(CONDITIONS[word], edge.lang()) if has_name else ""
    days = str(told.report_days) if word == What.REPORT else "" if word in ("", What.TALKS) else "0"
    return ConditionLine(number, condition, usual, days, offered)


def _targets(told: MeetingConditions) -> Mapping[str, list[tuple[str, str]]]:
    """What a condition can refer to, by what it is about."""
    session, actor, clock, names = edge.session(), edge.actor(), edge.clock(), facts.names()
    targets = study_targets.listing(session, actor, clock, told.campaign)
    applied = rule_sets.applied(session, actor, told.campaign)
    groups = [(str(group), names.group(GroupId(group))) for group in names.roster.groups]
    return {
        What.STUDY: [
            (each.target.id, _("%(id)s：%(hours)g 学时", id=each.target.id, hours=each.target.hours))
            for each in targets
        ],
        What.TALKS: [(row.id, f"{row.id} {row.preset}") for row in applied],
        What.PLAN: groups,
        "own_sign_off": groups,
    }
