"""What is to be said of an occurrence: who has to talk and cannot be found, or why nobody has to."""

from scheduler.core.campaigns.occurrences import Occurrence
from scheduler.core.ground.findings import Finding
from scheduler.wording.labels import label
from scheduler.wording.texts import say, words
from scheduler.wording.times import date_text

NOBODY = "还没有人可以谈（%(why)s），请指定由谁来谈"
WHY = words(
    "nobody to talk",
    {
        "branch": "没有登记所在支部",
        "secretary": "%(place)s没有书记",
        "committee": "%(place)s没有支委会成员",
        "members": "%(place)s没有党员",
        "unit": "没有登记所在部门",
        "in_charge": "%(place)s没有登记分管领导",
        "head": "%(place)s负责人空缺",
        "acting_head": "%(place)s负责人空缺",
        "manager": "没有登记上级",
        "self_pair": "按规则应由本人来谈",
    },
)
"""What is missing, or the kind of finding."""
NO_TALK = {
    "no_rule_reacts": "已启用的规则都不要求为此谈话",
    "occurrence_outside": "谈话期限不在规则的期间内，不要求谈话",
    "occurrence_ahead": "还没到这一天，到时再要求谈话",
}
"""Why nobody has to talk."""


def sentence(finding: Finding, lang: str) -> str:
    """The sentence for a finding about an occurrence: what befell whom, and what is to be said of it."""
    return say("%(what)s：%(said)s", lang, what=_what(finding, lang), said=brief(finding, lang))


def brief(finding: Finding, lang: str) -> str:
    """What is to be said of an occurrence that is named already."""
    if finding.kind in NO_TALK:
        return say(NO_TALK[finding.kind], lang)
    why = WHY.get(str(finding.details.get("missing"))) or WHY.get(finding.kind)
    place = str(finding.details.get("place") or "")
    told = say(why, lang, place=place) if why else say("规则所说的范围内没有人", lang)
    return say(NOBODY, lang, why=told)


def _what(finding: Finding, lang: str) -> str:
    """Whom it befell, when, and what: 陈丽 7月1日 遇到困难."""
    occurrence, name = finding.details["occurrence"], finding.details.get("name") or finding.subject
    assert isinstance(occurrence, Occurrence)  # noqa: S101 - whoever speaks of an occurrence brings it along
    kind = label(occurrence.kind, lang)
    return say("%(name)s %(day)s %(kind)s", lang, name=name, day=date_text(occurrence.day, lang), kind=kind)
