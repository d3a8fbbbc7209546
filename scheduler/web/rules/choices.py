"""What can be chosen for a rule, in words: who, how often, how, how strictly."""

import json
from collections.abc import Mapping
from typing import Any

from scheduler import edge, wording
from scheduler.core.ground.errors import Malformed
from scheduler.core.ground.people import LEADERSHIP_TEAM, PRINCIPAL, SUPERVISION_GROUP
from scheduler.services.rules.trying import Trial
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _, ngettext
from scheduler.web.page.words import listed

Plain = Mapping[str, Any]
LEADER = {"role": "principal"}
STAFF = {"category": ["staff"]}
OTHERS = {"group": LEADERSHIP_TEAM, "minus": LEADER}
FREQUENCIES = (
    ("window", 1), ("window", 2), ("window", 3), ("year", 1), ("half_year", 1), ("quarter", 1), ("month", 1), ("month", 2)
)  # fmt: skip
MODES: dict[str, tuple[list[str], str]] = {
    "face": (["face_to_face"], "one_to_one"),
    "face-group": (["face_to_face"], "group_ok"),
    "call": (["face_to_face", "phone", "video"], "one_to_one"),
    "call-group": (["face_to_face", "phone", "video"], "group_ok"),
}
"""How talks may be held: modes and size."""
MOST_MEMBERS = 6


def code(value: object) -> str:
    """A choice as its option carries it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def who_choices(now: object, trial: Trial, names: Names) -> list[tuple[str, str]]:
    """Whom a side of a rule can mean: what it means now first if it is none of the usual."""
    usual = [LEADER, {"group": LEADERSHIP_TEAM}, OTHERS, {"role": "unit_head"}, {"role": "secretary"}]
    own = {PRINCIPAL, LEADERSHIP_TEAM, "organizers", "supervisors"}
    groups = [g for g in names.roster.groups.values() if g.kind in ("team", "branch") and g.id not in own and g.members]
    usual += [{"group": group.id} for group in groups]
    usual += (
        [{"where": {"category": ["retired"]}}]
        if any(p.category == "retired" for p in names.roster.people.values())
        else []
    )
    if now == {"group": SUPERVISION_GROUP} or now not in usual:
        usual = [now, *(who for who in usual if who != now)]
    return [(code(who), _counted(who, trial, names)) for who in usual]


def _counted(who: object, trial: Trial, names: Names) -> str:
    """班子其他成员（7人）."""
    try:
        count = trial.count(who)
    except Malformed:
        count = None
    told = who_text(who, names)
    return told if count is None else names.remarked(told, ngettext("%(num)s 人", "%(num)s 人", count))


def who_text(who: object, names: Names) -> str:
    """Who a selector means, in words."""
    if not isinstance(who, Mapping):
        return _("本人")
    if who == OTHERS:
        return _("班子其他成员")
    if "minus" in who:
        base = who_text({key: value for key, value in who.items() if key != "minus"}, names)
        return _("%(base)s（%(without)s除外）", base=base, without=who_text(who["minus"], names))
    if "branch" in who:
        parts = {"committee": _("支委会"), "secretary": _("支部书记")}
        part = parts.get(str(who.get("part")), _("党员"))
        return part if who["branch"] == "self" else f"{names.group(who['branch'])}{part}"
    if "relation" in who:
        words = {"leader_in_charge_of(event.person)": _("分管领导"), "head_of(event.person)": _("部门负责人")}
        return words.get(str(who["relation"]), _("直接上级"))
    if "where" in who:
        return listed(_where_text(str(key), values) for key, values in who["where"].items())
    roles = {"unit_head": _("部门（单位）负责人"), "secretary": _("支部书记")}
    word = str(who.get("group") or who.get("role") or who.get("tag") or "")
    return roles.get(word) or names.group(word)


def _where_text(key: str, values: object) -> str:
    """What a condition asks for."""
    several = values if isinstance(values, list) else [values]
    lang = edge.lang()
    if key == "category":
        return listed(wording.label(f"category:{value}", lang) for value in several)
    return listed(wording.label(str(value), lang) for value in several)


def frequency_text(per: object, count: int) -> str:
    """整个窗口期 1 次."""
    if isinstance(per, Mapping):
        return _("每 %(days)s 天 %(count)s 次", days=per.get("every_days"), count=count)
    words = {
        "window": _("整个窗口期 %(count)s 次", count=count),
        "year": _("每年 %(count)s 次", count=count),
        "term": _("每学期 %(count)s 次", count=count),
        "half_year": _("每半年 %(count)s 次", count=count),
        "quarter": _("每季度 %(count)s 次", count=count),
        "month": _("每月 %(count)s 次", count=count),
    }
    return words[str(per)]


def mode_text(key: str) -> str:
    """面谈、一对一."""
    words = {
        "face": _("面谈、一对一"),
        "face-group": _("面谈，可以多人一起"),
        "call": _("面谈、电话、视频均可"),
        "call-group": _("谈话方式不限"),
    }
    return words.get(key, _("按原来的方式"))


def mode_key(modes: list[str], size: str) -> str:
    """Which of the usual ways a rule has; empty: another one."""
    spread = {"face_to_face", "phone", "video"}
    meant = spread if "any" in modes else set(modes)
    return next((key for key, (kind, how) in MODES.items() if set(kind) == meant and how == size), "")


def asks_text(preset: str) -> str:
    """One line that says what a shipped preset asks for; empty for one that has none."""
    words = {
        "cn.four-must-talks": _("主要负责人与班子成员、班子成员之间、班子成员与分管部门负责人、督导组与班子成员，会前各谈一次。"),
        "cn.four-must-talks-extended": _("四必谈，另按名单与部分党员、群众谈，后者不计入覆盖率。"),
        "cn.three-must-talks": _("四必谈中不含督导组的三类，一年谈一次；没有督导组就用这套。"),
        "cn.five-must-talks": _("四必谈，班子每名成员再与一名党员、一名群众谈。"),
        "cn.six-must-talks": _("五必谈，班子每名成员再与一名离退休干部谈。"),
        "cn.five-must-talks-events": _("受表彰或处分、遇困难、有矛盾、被考察、有反映、调动离任时，在规定的天数内谈。"),
        "cn.six-must-talks-events": _("思想波动、违章违纪、事故、任务没完成、闹矛盾、情绪低落时，支部书记及时谈。"),
        "cn.branch-yearly": _("每个支部：委员之间、委员与每名党员，一年谈一次。"),
        "cn.frequency-example": _("主要负责人与班子成员、分管领导与部门负责人每半年一次，班子成员之间每年一次。"),
        "intl.one-on-one": _("上级与每名下属每月谈两次，隔级半年一次，新人入职 30、60、90 天各一次。"),
        "intl.mentoring": _("按名单，师徒在窗口期内谈三次。"),
        "intl.audit-interviews": _("每名过程负责人由一名别的单位的审计员访谈。"),
        "intl.visit-day": _("来访一天之内，每人至少见四位，每位接待人至少见六位。"),
    }  # fmt: skip
    return words.get(preset, "")
