"""The ways to say no, as sentences."""

from scheduler.core.ground.errors import Busy, Malformed, NotAllowed, NotFound, Outdated, Refused
from scheduler.wording import calendars, imports, problem_files, rule_files
from scheduler.wording.findings import text

NOUNS = {
    "account": ("账号", "account"),
    "absence": ("不在岗记录", "absence"),
    "booking": ("日程", "booking"),
    "branch": ("党支部", "branch"),
    "calendar": ("日历", "calendar"),
    "feed": ("订阅", "feed"),
    "campaign": ("活动", "campaign"),
    "subscription_page": ("订阅页面", "subscription page"),
    "group": ("组", "group"),
    "link": ("链接", "link"),
    "manifest": ("语言", "language"),
    "milestone": ("时间节点", "milestone"),
    "step": ("操作", "step"),
    "occurrence": ("情形", "occurrence"),
    "person": ("人员", "person"),
    "placement": ("安排项", "placement"),
    "plan": ("排期", "plan"),
    "preset": ("规则预设", "preset"),
    "requirement": ("谈话要求", "requirement"),
    "room": ("场地", "room"),
    "rule_set": ("谈话方案", "rule set"),
    "swap": ("换时间的提议", "proposal of another time"),
    "study_session": ("集中学习", "study session"),
    "unit": ("单位", "unit"),
    "upload": ("上传的文件", "uploaded file"),
    "workday": ("工作日", "workday"),
}
MALFORMED = {
    "missing": ("必须填写", "is required"),
    "unknown": ("“{value}”不存在", "there is no “{value}”"),
    "not_a_date": ("“{value}”不是日期（如 2014-08-20）", "“{value}” is no date (such as 2014-08-20)"),
    "not_a_time": ("“{value}”不是时间（如 2014-08-20T09:00）", "“{value}” is no time (such as 2014-08-20T09:00)"),
    "not_a_number": ("“{value}”不是数字", "“{value}” is no number"),
    "ends_before_it_starts": ("不能早于开始日期", "must not be before the beginning"),
    "key_reused": ("此键已用于另一请求", "was used for another request"),
    "not_a_key": ("须为 1–200 个可见的 ASCII 字符", "must be 1 to 200 visible ASCII characters"),
    "not_an_address": ("“{value}”不是邮箱地址", "“{value}” is no mail address"),
    "not_a_name": (
        "只能用字母、数字、汉字和 . _ - @，最多 64 个字符",
        "may hold letters, digits and . _ - @, 64 at most",
    ),
    "one_of_two": ("人员与场地只能选一个", "either a person or a room, not both"),
    "taken": ("“{value}”已被使用", "“{value}” is taken"),
    "too_common": ("太常见，容易被猜到", "is too common and easily guessed"),
    "not_oneself": ("不能是自己", "cannot be oneself"),
    "too_many_devices": ("最多 {most} 台，请先停用不用的", "may be {most} at most; stop those that are not used first"),
    "device_of_nobody": (
        "只有个人日程可以用日历账户读取",
        "only somebody's own calendar is read by a device's account",
    ),
    "too_long": ("最多 {longest}{last} 个字符", "may have {longest}{last} characters at most"),
    "too_short": ("至少 {shortest} 个字符", "must have {shortest} characters or more"),
    "unknown_choice": ("没有“{value}”这一选项", "there is no choice “{value}”"),
    "too_few": ("至少 {first} 人", "needs {first} people at least"),
    "not_cancelled": ("该日程没有取消", "it is not cancelled"),
    "already_cancelled": ("该日程已取消", "it is cancelled already"),
    "count_or_hours": ("次数和学时期限填一个，只填一个", "either a count or the day for the hours, and not both"),
    "window_too_long": ("最多安排 {days} 天以内的", "the window may have {days} days at most"),
    "not_invited": ("“{value}”不在参加范围内", "“{value}” is not among those invited"),
    "not_a_talk": ("不是谈心谈话", "it is no talk"),
    "lies_ahead": ("还没到这个时间，谈过之后再登记", "lies ahead; put it down once it was held"),
    "not_in_talk": ("此人不在这次谈话中", "this person is not in the talk"),
    "not_named": ("此人不是单独列入的，不能单独移出", "this person came in with a group and cannot be taken off alone"),
    "not_a_file": ("不是可读的文件", "cannot be read as a file"),
    "makeup_not_missed": ("已出席，无需补课", "nothing was missed that could be made up"),
    "not_in_session": ("此人不在本次集中学习的范围内", "this person is not among the people of this study session"),
}
"""Kind → what is said after the name of the field; details are filled in where braces stand."""


class _Blank(dict[str, object]):
    """Details of an error; what was not given stays empty."""

    def __missing__(self, key: str) -> str:
        return ""


def error(no: Exception, lang: str = "zh") -> str:
    """The sentence for one of the ways to say no."""
    is_zh = lang == "zh"
    match no:
        case Malformed():
            return _malformed(no, is_zh=is_zh)
        case Outdated(noun="swap"):
            return SWAP_OUTDATED[0 if is_zh else 1]
        case NotFound(noun="link"):
            return LINK_GONE[0 if is_zh else 1]
        case NotFound() | Outdated():
            noun = NOUNS.get(no.noun, (no.noun, no.noun.replace("_", " ")))[0 if is_zh else 1]
            return (
                _missing(noun, no.name, is_zh=is_zh)
                if isinstance(no, NotFound)
                else _outdated(noun, no.name, is_zh=is_zh)
            )
        case NotAllowed():
            return "没有权限" if is_zh else "You may not do this"
        case Refused():
            return ("；" if is_zh else "; ").join(text(finding, lang) for finding in no.blocking)
        case Busy():
            return "系统正忙，请稍后再试" if is_zh else "Too many are writing at once; try again in a moment"
        case _:
            return "操作未完成" if is_zh else "It could not be done"


def _malformed(no: Malformed, *, is_zh: bool) -> str:
    files = (imports, rule_files, problem_files, calendars)
    in_a_file = next(filter(None, (file.sentence(no.kind, no.details, is_zh=is_zh) for file in files)), None)
    words = MALFORMED.get(no.kind, ("格式不对", "cannot be understood"))[0 if is_zh else 1]
    said = in_a_file or words.format_map(_Blank(no.details))
    return f"{no.field}{'：' if is_zh else ': '}{said}"


def _missing(noun: str, name: str, *, is_zh: bool) -> str:
    if is_zh:
        return f"没有这个{noun}：{name}" if name else f"还没有{noun}"
    return f"There is no {noun} {name}" if name else f"There is no {noun} yet"


SWAP_OUTDATED = (
    "这个换时间的提议已经不成立：谈话有了变动，或者提议已被答复、撤回或过时",
    "This proposal stands no more: the talk has changed, or the proposal was answered, withdrawn or is over",
)

LINK_GONE = (
    "这个链接已经失效（用过了，或者过了期），请联系组织者",
    "This link works no more (it was used, or is too old); please ask an organizer",
)


def _outdated(noun: str, name: str, *, is_zh: bool) -> str:
    if is_zh:
        return f"{noun} {name} 已被他人修改，请查看最新内容后再试"
    return f"Somebody has just changed {noun} {name}; look at it again"
