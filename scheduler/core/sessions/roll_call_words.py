"""What the words of a roll call say of somebody: that they came, or not, or something that has to be asked about."""

import re
from dataclasses import dataclass, replace

from scheduler.core.sessions.study import IN_FULL, Attended

HERE, OBSERVER, LATE, EARLY = Attended.ATTENDED, Attended.OBSERVER, Attended.LATE, Attended.LEFT_EARLY
LEAVE, ABSENT = Attended.ON_LEAVE, Attended.ABSENT


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is said of somebody: one reading is sure, of several the first is the likeliest."""

    readings: tuple[Attended, ...]
    or_uncalled: bool = False
    """Perhaps they are not to be expected at all, such as who is seconded to another office."""
    is_remote: bool = False
    """They were there by video or telephone."""

    @property
    def sure(self) -> Attended | None:
        """The one reading, if nothing is to be asked."""
        return self.readings[0] if len(self.readings) == 1 and not self.or_uncalled else None


NOT_THERE = Meaning((LEAVE, ABSENT))
"""Not there, and whether leave was given is not said: never to be taken for absence, nor for leave."""
UNCLEAR = Meaning((HERE, LEAVE, ABSENT))
_ELSEWHERE = Meaning((LEAVE,), or_uncalled=True)
_CAME_AT = Meaning((LATE, HERE))
PRESENT = IN_FULL | {OBSERVER}

_COMES = r"参加|参会|到会|到场|出席|与会|签到|赶到|来|到"
_NOT = re.compile(
    rf"(?:未|没有?|不能|无法|未能|没能|不)(?:能|有|按时|按要求)?[^,;、未没]{{0,5}}?(?:{_COMES})|不在|缺勤|\b(?:did|was|were|could|has|had) ?(?:not|n't)\b|\bno-?shows?\b|\b(?:away|missing|not)\b"
)
_LEAVE = re.compile(
    r"(?<![未没])(?<!没有)请[^,;条到]{0,3}假|[病事产婚丧年公探护陪育补哺]亲?假|[育哺陪护][儿乳护理]假|休假|调休|公休|年休|陪产|\bleave\b|\bapolog|\bregrets\b|\bexcused\b|\b(?:sick|ill)\b|\bholidays?\b|\bvacation\b"
)
_DUTY = re.compile(r"出差|公差|党校|培训|住院|病休|疗养|\btravel|\btrip\b|\bhospital\b")
_NO_LEAVE = re.compile(r"无故|旷|擅自|未请假|没请假|没有请假|未履行请假|\babsent\b|\bno-?shows?\b|\bunexcused\b")
_MISSED = re.compile(r"缺席|缺会|缺课")
_SECONDED = re.compile(r"借调|挂职|抽调|跟班|驻村|支教|援[疆藏青]|外派|调离|调出|退休|离职|离岗")
_DEPUTY = re.compile(r"委托|代[^表理办]|替[^换]|代$")
_LATE = re.compile(r"迟到|晚到|来晚|晚来|后到|中途(?:到|来|赶|进|参)|\blate\b")
_EARLY = re.compile(r"早退|提前(?:离|走|退)|中途(?:离|走|退)|先(?:走|行离|离|退)|离会|离席|离场|退场|\bleft\b")
_OBSERVER = re.compile(r"列席|旁听|\bobserv")
_REMOTE = re.compile(r"视频|线上|网络|电话|远程|连线|腾讯会议|钉钉|online|by (?:video|phone)")
_HERE = re.compile(
    rf"主持|记录|主讲|领学|宣读|讲话|发言|授课|作.{0, 6}(?:报告|发言|讲话|交流|总结)|传达|通报|部署|介绍|汇报|带领|[参出到与在来签]了|[都均]在|在$|{_COMES}|实到|出勤|到齐|齐|在场|在岗|在会|在线|[√✓✔]|\b(?:present|here|there|came|joined|stayed|on time|in person)\b|\battend"
)
_OUT = re.compile(
    r"外出|走访|下乡|开会|有会|值班|值守|调研|接待|加班|有事|公务|因[病事公故]|生病|身体|不适|在外|在家|看病|就医|回[家乡]|会议|[×✗✘]"
)
_CAME_AFTER_ALL = re.compile(r"到会|已到|参会|迟到|早退")
_TIME = re.compile(r"\d{1,2}[::点时]\d{0,2}分?")
_MARKS = {"假": LEAVE, "病": LEAVE, "事": LEAVE, "缺": ABSENT, "迟": LATE, "早": EARLY, "列": OBSERVER, "到": HERE}
"""One character in place of a word."""


def meaning(text: str) -> Meaning | None:  # noqa: C901, PLR0911, PLR0912 - one line per thing that can be said
    """What some words say of the person they stand beside; None: nothing that anybody understands."""
    words = text.strip().casefold()
    if mark := _MARKS.get(words):
        return Meaning((mark,))
    comes = bool(_HERE.search(_NOT.sub("", words)))
    is_not = bool(_NOT.search(words))
    if _DEPUTY.search(words):
        return Meaning((LEAVE,)) if _LEAVE.search(words) else NOT_THERE
    if _NO_LEAVE.search(words):
        return Meaning((ABSENT,))
    if _LEAVE.search(words):
        return _leave(words, comes=comes)
    if _SECONDED.search(words):
        return UNCLEAR if comes else _ELSEWHERE
    if _DUTY.search(words):
        return Meaning((HERE, LEAVE)) if comes and not is_not else Meaning((LEAVE,))
    if _MISSED.search(words):
        return NOT_THERE if _OUT.search(words) else Meaning((ABSENT,))
    if _LATE.search(words):
        return Meaning((LATE, EARLY)) if _EARLY.search(words) else Meaning((LATE,))
    if is_not:
        return NOT_THERE
    if _EARLY.search(words):
        return Meaning((EARLY,))
    if _OBSERVER.search(words):
        return Meaning((OBSERVER,))
    if comes and not _OUT.search(words.replace("会议", "")):
        if _TIME.search(words) and not _REMOTE.search(words):
            return _CAME_AT
        return Meaning((HERE,), is_remote=bool(_REMOTE.search(words)))
    return NOT_THERE if _OUT.search(words) else None


def is_of_deputy(text: str) -> bool:
    """Whether somebody came for somebody else."""
    return bool(_DEPUTY.search(text))


def _leave(words: str, *, comes: bool) -> Meaning:
    """Leave; who left by leave in the middle, or came after it, was there in part."""
    if _EARLY.search(words):
        return Meaning((EARLY, LEAVE))
    came = comes and re.search(r"后|返|赶|中途", words)
    return Meaning((LATE, LEAVE)) if came else Meaning((LEAVE,))


def within(heading: Meaning, remark: str) -> Meaning:
    """What somebody's name under a heading means, with the remark behind it: a reason, an hour, another status."""
    said = meaning(remark)
    if said is None or heading.sure is OBSERVER:
        return heading
    if heading.sure is LEAVE:
        return Meaning((LEAVE, *said.readings)) if _CAME_AFTER_ALL.search(remark) else heading
    if heading.sure in (LATE, EARLY):
        return heading if set(said.readings) & PRESENT else UNCLEAR
    if heading.sure is HERE:
        if said.sure in (LATE, EARLY, OBSERVER, HERE) or said is _CAME_AT:
            return said
        return replace(said, readings=tuple(dict.fromkeys((HERE, *said.readings))))
    return heading if set(said.readings) & PRESENT else said
