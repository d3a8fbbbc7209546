"""The ways to say no, as sentences."""

from scheduler.core.ground.errors import Busy, Malformed, NotAllowed, NotFound, Outdated, Refused
from scheduler.core.organisation.facts import RowError
from scheduler.wording import calendars, imports, problem_files, rule_files
from scheduler.wording.findings import text
from scheduler.wording.labels import label
from scheduler.wording.texts import filled, listed, say, within, words

NOUNS = words(
    "there is no",
    {
        "account": "账号",
        "answer": "代为回复",
        "absence": "不在岗记录",
        "booking": "日程",
        "branch": "党支部",
        "calendar": "日历",
        "feed": "订阅",
        "file": "文件",
        "campaign": "活动",
        "contact": "外部联系人",
        "subscription_page": "订阅页面",
        "group": "组",
        "kind": "会议类型",
        "guest": "来宾",
        "link": "链接",
        "manifest": "语言",
        "milestone": "时间节点",
        "task": "整改任务",
        "material": "对照检查材料",
        "opinion": "征求意见",
        "batch": "培训批次",
        "gate_item": "召开条件",
        "duty": "按期应开的会议",
        "make_up": "能补上的补课",
        "step": "操作",
        "occurrence": "情形",
        "person": "人员",
        "placement": "安排项",
        "page": "页面",
        "paper": "文件",
        "plan": "排期",
        "preset": "规则预设",
        "second_factor": "两步登录",
        "requirement": "谈话要求",
        "room": "场地",
        "rule_set": "谈话方案",
        "swap": "换时间的提议",
        "proposal": "约谈提议",
        "study_session": "集中学习",
        "study_target": "学时要求",
        "unit": "单位",
        "upload": "上传的文件",
        "import": "导入",
        "chat_robot": "群机器人",
        "sign_in_code": "签到二维码",
        "arrival": "待核对的签到",
        "workday": "工作日",
    },
)
WHOSE = {
    "sign_gate": "这一项由负责签署的组（一般是督导组）的成员同意或退回，请由他们办理",
    "tick_gate": "这一项由组织者登记，请由他们办理",
}
"""What somebody may not do, and whose it is."""
MALFORMED = {
    "missing": "不能为空",
    "unknown": "“%(value)s”不存在",
    "no_year": "“%(value)s”没有写年份，请先回答是哪一年",
    "not_a_date": "“%(value)s”不是日期（如 2014-08-20）",
    "weekday_differs": "“%(value)s”：%(day)s 不是这个星期几，请核对",
    "not_a_code": "验证码不对",
    "not_a_time": "“%(value)s”不是时间（如 2014-08-20T09:00）",
    "skipped_moment": "没有 %(value)s 这一时刻（这一天时钟拨快）",
    "not_a_number": "“%(value)s”不是数字",
    "ends_before_it_starts": "不能早于开始日期",
    "key_reused": "此键已用于另一请求",
    "not_a_key": "须为 1–200 个可见的 ASCII 字符",
    "not_a_robot": "不是能用的机器人地址（以 https:// 开头）",
    "too_many_robots": "最多 %(most)s 个群机器人",
    "not_an_address": "“%(value)s”不是邮箱地址",
    "not_a_name": "只能用字母、数字、汉字和 . _ - @，最多 64 个字符",
    "one_of_three": "组、党支部、日程只能选一个",
    "one_of_two": "人员与场地只能选一个",
    "one_part_only": "人员、部门、支部只能选一个",
    "taken": "“%(value)s”已被使用",
    "too_common": "太常见，容易被猜到",
    "not_oneself": "不能是自己",
    "too_many_devices": "最多 %(most)s 台，请先停用不用的",
    "too_many_feeds": "最多 %(most)s 个订阅，请先停用不用的",
    "device_of_nobody": "只有个人日程可以用日历账户读取",
    "too_long": "最多 %(longest)s%(last)s 个字符",
    "too_short": "至少 %(shortest)s 个字符",
    "unknown_choice": "没有“%(value)s”这一选项",
    "unknown_target": "没有学时要求“%(value)s”；这个活动的是 %(targets)s，不写即第一项；别的活动用 --campaign",
    "no_targets": "没有学时要求“%(value)s”；这个活动没有另设要求，不写编号即可",
    "unknown_occurrence": "没有“%(value)s”这种情形；可写：%(words)s",
    "no_paper_of_talks": "谈心谈话不发会议通知、签到表；请用 arrangement（安排表）或 record-form（记录表）",
    "template_docx_only": "自备模板只能生成 .docx",
    "template_not_docx": "不是可读的 .docx（.doc、.docm、.dotx 请先另存为 .docx）",
    "template_too_large": "模板超过 5 MB，展开后过大，或填写起来过久",
    "template_foreign": "模板带有宏、嵌入对象、实体或外部文件，请去掉后另存为 .docx",
    "template_code": "模板里只能写占位符、循环（for … in …）和条件（if …），不能写“%(value)s”",
    "template_word_in_line": "正文第 %(line)s 段：没有占位符“%(value)s”；可用：%(known)s",
    "template_word_in_square": "第 %(table)s 个表格第 %(row)s 行第 %(column)s 格：没有占位符“%(value)s”；可用：%(known)s",
    "template_word_elsewhere": "页眉、页脚或文件属性：没有占位符“%(value)s”；可用：%(known)s",
    "not_printed": "这项日程还没有印发过通知",
    "nothing_to_correct": "印发的通知与现在的安排一致，不用更正",
    "no_life_meeting": "“%(value)s”不是民主生活会",
    "no_such_paper": "%(value)s没有记录表，只有谈心谈话有",
    "not_a_month": "“%(value)s”不是月份、年份或起止日期，应如 2014-06、2014、2014-06-01/2014-07-15",
    "not_a_character": "“%(value)s”不是一个字",
    "no_strokes": "“%(value)s”不是笔画：写笔顺（如 撇竖撇折折横横，或 3235511），或笔画数（如 7），或排在哪个字之后（如 佋）",
    "too_few": "至少 %(first)s 人",
    "not_cancelled": "该日程没有取消",
    "already_cancelled": "该日程已取消",
    "count_or_hours": "次数和学时期限填一个，只填一个",
    "window_too_long": "最多安排 %(days)s 天以内的",
    "other_campaign": "方案“%(value)s”属于活动 %(campaign)s",
    "several_campaigns": "有几个活动都叫“%(value)s”，请用编号",
    "not_invited": "“%(value)s”不在参加范围内",
    "not_linked": "%(booking)s 没有另外计入 %(value)s，所以不能取消",
    "not_confirmed": "没有可以撤回的确认",
    "not_a_talk": "不是谈心谈话",
    "day_lies_ahead": "“%(value)s”还没到，到了那天再登记",
    "lies_ahead": "还没到这个时间，谈过之后再登记",
    "not_in_talk": "此人不在这次谈话中",
    "not_named": "此人不是单独列入的，不能单独移出",
    "not_a_file": "不是可读的文件",
    "makeup_not_missed": "已出席，无需补课",
    "contact_or_person": "来宾要么由外部联系人派来，要么是花名册上的人，不能两者都填",
    "several_guests": "“%(value)s”有几位（%(ids)s），请用编号",
    "too_many_points": "最多 %(most)s 项",
    "not_a_link": "“%(value)s”不是网址（以 https:// 开头）",
    "not_in_a_series": "这项日程不属于哪个系列",
    "not_with_this": "不能与“%(value)s”同用",
    "no_such_days": "这段时间里没有这样的日子",
    "too_many_bookings": "一次最多 %(most)s 项",
    "too_many_guests": "最多 %(most)s 人",
    "not_of_guests": "来宾没有“%(value)s”这一项",
    "not_in_session": "此人不在参加范围内",
    "hours_without_study": "只有集中学习计学时，这里不填",
    "not_exempt": "此人没有免除",
    "not_target_hours": "“%(value)s”不是学时，应为 0 以上、不超过 %(most)s 的数",
    "lasts_too_long": "一项日程最长 %(days)s 天",
    "no_such_day": "签到表里没有这次学习的日期，只有 %(days)s",
    "not_a_share": "“%(value)s”不是比例，应如 2/3、三分之二或 60%%，大于 0、不超过全部",
    "not_hours": "“%(value)s”不是学时，应为 0 以上、不超过 %(most)s 的数（每天不超过 24），如 3 或 3.5",
    "reason_without_leave": "请假才填事由",
}
"""Kind → what is said after the name of the field."""


OVER = {
    "swap": "这个换时间的提议已经不成立：谈话有了变动，或者提议已被答复、撤回或过时",
    "proposal": "这个约谈提议已经不成立：已被答复、撤回，或者时间已过",
}
"""What is said of a proposal that is over when somebody answers it."""


def error(no: Exception, lang: str = "zh") -> str:  # noqa: PLR0911 - one line per way to say no
    """The sentence for one of the ways to say no."""
    match no:
        case Malformed():
            return say("%(field)s：%(what)s", lang, field=no.field, what=_malformed(no, lang))
        case Outdated(noun=noun) if noun in OVER:
            return say(OVER[noun], lang)
        case NotFound(noun="link"):
            return say("这个链接已经失效（用过了，或者过了期），请联系组织者", lang)
        case NotFound(name=""):
            return say("还没有%(noun)s", lang, noun=_noun(no, lang))
        case NotFound():
            return say("没有这个%(noun)s：%(name)s", lang, noun=_noun(no, lang), name=no.name)
        case Outdated():
            return say("%(noun)s %(name)s 已被他人修改，请查看最新内容后再试", lang, noun=_noun(no, lang), name=no.name)
        case NotAllowed():
            return say(WHOSE.get(no.action, within("status", "没有权限")), lang)
        case Refused():
            return say(within("list", "；"), lang).join(text(finding, lang) for finding in no.blocking)
        case Busy():
            return say("系统正忙，请稍后再试", lang)
        case _:
            return say("操作未完成", lang)


def row_text(row: RowError, lang: str = "zh") -> str:
    """What is wrong in one row of a file, after the name of the field."""
    return error(Malformed(row.kind, row.field, **row.details), lang)


def _malformed(no: Malformed, lang: str) -> str:
    """What is wrong with a field, after its name."""
    files = (imports, rule_files, problem_files, calendars)
    in_a_file = next(filter(None, (file.sentence(no.kind, no.details, lang) for file in files)), None)
    return in_a_file or filled(MALFORMED.get(no.kind, "格式不对"), lang, {**no.details, "words": _kinds(no, lang)})


def _kinds(no: Malformed, lang: str) -> str:
    """The kinds of occurrences, as people and as rule files call them."""
    kinds = no.details.get("kinds")
    told = ((label(kind, lang), kind) for kind in kinds) if isinstance(kinds, tuple) else ()
    return listed((name if name == kind else f"{name} {kind}" for name, kind in told), lang)


def _noun(no: NotFound | Outdated, lang: str) -> str:
    return say(NOUNS[no.noun], lang) if no.noun in NOUNS else no.noun.replace("_", " ")
