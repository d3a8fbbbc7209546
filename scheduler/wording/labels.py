"""The words people see for the words of the code, in every language."""

from collections.abc import Callable

from scheduler.core.ground import party
from scheduler.wording import plans, vocabularies
from scheduler.wording.texts import say, words

KINDS = words(
    "kind",
    {
        "meeting": "会议",
        "study_session": "集中学习",
        "party_lecture": "党课",
        "symposium": "座谈会",
        "visit": "参观",
        "field_visit": "走访",
        "exchange_meeting": "学习交流会",
        "committee_meeting": "支委会",
        "organizational_life_meeting": "组织生活会",
        "democratic_life_meeting": "民主生活会",
        "discussion": "专题研讨",
        "branch_general_meeting": "支部党员大会",
        "theme_day": "主题党日",
        "talk": "谈心谈话",
        "busy": "占用",
    },
)
STATES = words(
    "state",
    {
        "booked": "已排",
        "awaiting_confirmation": "待确认",
        "held": "已完成",
        "cancelled": "已取消",
        "covered": "已谈",
        "open": "未谈",
        "overdue": "逾期",
        "not_asked": "不要求",
    },
)
CHANGES = words(
    "change",
    {
        "newly_covered": "新谈",
        "newly_booked": "新排",
        "newly_awaiting": "转为待确认",
        "open_again": "又空出",
        "newly_required": "新增要求",
        "no_longer_required": "不再要求",
        "odd": "值得核对",
        "newly_overdue": "转为逾期",
    },
)
ORDERS = words(
    "order",
    {
        "order:rank": "按职务",
        "order:strokes": "按姓氏笔画",
        "order:strokes-names": "按姓名笔画",
        "order:pinyin": "按姓名拼音",
        "order:unit": "按部门",
    },
)
MODES = words(
    "mode",
    {"face_to_face": "面谈", "phone": "电话", "video": "视频", "one_to_one": "一对一", "group": "一对多（集体谈话）"},
)
ROLES = words(
    "role",
    {
        "operator": "系统操作员",
        "admin": "管理员",
        "organizer": "组织者",
        "branch_organizer": "支部组织者",
        "principal": "主要负责人",
        "supervisor": "督导组",
        "member": "成员",
        "nobody": "未登录",
    },
)
SEVERITIES = words("severity", {"must": "必须", "should": "应当", "optional": "可选"})
WHY_NOT = words(
    "why not",
    {
        "not_yet_held": "尚未进行",
        "unconfirmed": "待双方确认",
        "outside_window": "不在谈话窗口期",
        "group_talk": "集体谈话不计",
        "mode_not_allowed": "谈话方式不符合要求",
        "extra": "计划外谈话",
        "event": "情形类必谈",
        "counts": "计入",
        "counts_not": "不计",
    },
)
ATTENDANCE = words(
    "attendance",
    {
        "attended": "出席",
        "observer": "列席",
        "guest": "来宾",
        "on_leave": "请假",
        "absent": "缺席",
        "late": "迟到",
        "left_early": "早退",
        "made_up": "补课",
    },
)
ATTENDEES = words("attendee", {"attendee": "出席"})
IMPORT = words("import", {"created": "新增", "updated": "更新", "unchanged": "无变化", "created_by_import": "导入新增"})
SELECTORS = words(
    "selector",
    {
        "all_staff": "全体干部职工",
        "all_party": "全体党员",
        "grade:section": "科级以上干部",
        "grade:section_full": "正科级以上干部",
        "grade:division": "处级以上干部",
        "grade:division_full": "正处级以上干部",
        "grade:bureau": "厅局级以上干部",
        "grade:bureau_full": "正厅局级以上干部",
        "unit_heads": "各部门（单位）负责人",
        "retired": "离退休干部",
        "leadership_team": "领导班子",
        "senior_staff": "副调研员",
        "supervision_group": "督导组",
        "general_branch_committee": "党总支委员会",
        "theory_study_group": "理论学习中心组",
        "leading_party_group": "党组",
        "organizers": "经办人",
        "supervisors": "督导人员",
        "ext:street_town": "街镇工会代表",
        "ext:model_worker": "劳模代表",
        "ext:enterprise": "企业工会代表",
        "ext:direct_union": "直属工会代表",
    },
)
ORGANISATION = words(
    "organisation",
    {
        "category:leader": "班子成员",
        "category:senior": "非领导职务",
        "category:head": "部门（单位）负责人",
        "category:staff": "工作人员",
        "category:retired": "离退休人员",
        "category:supervision": "督导组成员",
        "unit:dept": "部门",
        "unit:institution": "直属事业单位",
        "unit:other": "其他",
        "unit:": "未填",
        "group:team": "班子、小组",
        "group:branch": "党支部",
        "group:branch_group": "党小组",
        "group:role": "职责",
        "group:tag": "标签",
        "part:must": "必须的",
        "part:distinct": "必须和应当的，去重",
        "part:by_rule": "必须和应当的，按规则",
        "part:optional": "可选的",
        "part:all": "全部",
        "appointment:head": "任负责人",
        "appointment:acting_head": "主持工作",
        "appointment:in_charge": "改为分管领导",
        "appointment:move": "调到某部门",
        "appointment:join": "进入某小组",
        "appointment:quit": "退出某小组",
        "appointment:leave": "离开本单位",
        "head": "负责人",
        "acting_head": "主持工作",
        "in_charge": "分管领导",
        "contact": "联系点领导",
        "secretary": "书记",
        "committee": "委员",
        "正式党员": "正式党员",
        "预备党员": "预备党员",
        "入党积极分子": "入党积极分子",
        "共青团员": "共青团员",
        "民革": "民革",
        "民盟": "民盟",
        "民建": "民建",
        "民进": "民进",
        "农工党": "农工党",
        "致公党": "致公党",
        "九三学社": "九三学社",
        "台盟": "台盟",
        "民主党派": "民主党派",
        "无党派人士": "无党派人士",
        "群众": "群众",
        "男": "男",
        "女": "女",
        "EXT": "外出",
    },
)
UNITS = words(
    "units",
    {"units:dept": "部门", "units:institution": "直属事业单位", "units:other": "其他", "units:": "类别未填"},
)
ROOM_USES = words("use of rooms", {"room:all": "通用", "room:meeting": "会议", "room:talk": "谈话"})
OCCURRENCES = words(
    "occurrence",
    {
        "award": "受到表彰",
        "discipline": "受到处分",
        "difficulty": "遇到困难",
        "setback": "遇到挫折",
        "family_change": "家庭变故",
        "illness": "患病住院",
        "bereavement": "亲属去世",
        "dispute": "矛盾分歧",
        "appraisal": "干部考察",
        "democratic_review": "民主评议",
        "complaint": "群众反映",
        "appointment": "新任职",
        "transfer": "岗位调整",
        "leaving_post": "离任",
        "retirement": "退休",
        "wavering": "思想波动",
        "violation": "违章违纪",
        "accident": "责任事故",
        "task_unmet": "未完成任务",
        "low_mood": "情绪低落",
        "joined": "入职",
    },
)
FINDINGS = words(
    "finding",
    {
        "person_taken": "人员冲突",
        "room_taken": "场地冲突",
        "absence": "人员不在岗",
        "person_unavailable": "人员不可用",
        "room_too_small": "场地容量不足",
        "room_use": "场地用途不符",
        "attendee_unavailable": "参会人员不在岗",
        "empty_audience": "参加范围无人",
        "weekend": "周末",
        "holiday": "节假日",
        "lunch": "跨午休",
        "outside_hours": "工作时间以外",
        "year_not_published": "放假安排待公布",
        "not_yet_begun": "尚未开始",
        "makeup_before_session": "补课过早",
    },
)
JOURNAL = words(
    "journal",
    {
        "activated": "启用",
        "added": "新增",
        "applied": "应用",
        "arranged": "自动排期",
        "asked": "请求排期",
        "changed": "修改",
        "confirmed": "确认",
        "confirmation_taken_back": "撤回确认",
        "deactivated": "停用",
        "discarded": "放弃",
        "edited": "编辑",
        "imported": "导入",
        "taken_back": "撤销导入",
        "merged": "合并",
        "issued": "发放",
        "left": "离任",
        "language_set": "设置语言",
        "link_renewed": "更新链接",
        "linked": "关联",
        "made_leading": "设为主方案",
        "moved": "移动",
        "password_set": "设置密码",
        "pinned": "固定",
        "printed": "重印",
        "released": "发布",
        "removed": "删除",
        "reserved": "保留编号",
        "revoked": "撤销",
        "role_set": "设置角色",
        "rotated": "更换",
        "sign_in_refused": "登录被拒",
        "signed_in": "登录",
        "signed_out": "退出",
        "swap_accepted": "换时间",
        "swap_agreed": "同意换时间",
        "swap_declined": "不同意换时间",
        "swap_expired": "换时间的提议失效",
        "swap_proposed": "提议换时间",
        "swap_withdrawn": "撤回换时间的提议",
        "token_issued": "发放令牌",
        "talk_accepted": "同意约谈",
        "talk_declined": "不同意约谈",
        "talk_expired": "约谈提议失效",
        "talk_proposed": "提议约谈",
        "talk_withdrawn": "撤回约谈提议",
        "tokens_revoked": "撤销令牌",
        "unlinked": "取消关联",
        "unpinned": "取消固定",
        "withdrawn": "撤回",
        "given_up": "放弃发送",
        "tentative": "暂定",
        "accepted": "会参加",
        "declined": "不能参加",
        "silent": "久未来取",
        "switched": "开关",
        "all": "全部",
        "self": "本人",
        "link": "链接",
    },
)
PROPOSALS = words(
    "proposal",
    {
        "proposal:open": "等答复",
        "proposal:accepted": "已排定",
        "proposal:declined": "未同意",
        "proposal:withdrawn": "已撤回",
        "proposal:expired": "已失效",
    },
)
SWAPS = words(
    "swap",
    {
        "swap:open": "等答复",
        "swap:accepted": "已换",
        "swap:declined": "未同意",
        "swap:withdrawn": "已撤回",
        "swap:expired": "已失效",
    },
)
REPORTS = words("report", {"before_meeting": "会前报告", "after_meeting": "会后报告"})
MAIL = words(
    "mail",
    {
        "robot:wecom": "企业微信",
        "robot:dingtalk": "钉钉",
        "robot:feishu": "飞书",
        "answer:accepted": "会参加",
        "answer:declined": "不能参加",
        "answer:tentative": "暂定参加",
        "answer:asked_accepted": "代为回复会参加，等组织者决定",
        "answer:asked_declined": "代为回复不能参加，等组织者决定",
        "answer:asked_tentative": "代为回复暂定参加，等组织者决定",
        "answer:proposed": "提议另一个时间",
        "link:proposed": "已提议，等对方同意。同意之前，谈话还在原来的时间。",
        "link:held": "已记下您的确认。",
    },
)
WORDS: dict[str, str] = {
    **(KINDS | STATES | CHANGES | MODES | ROLES | SEVERITIES | WHY_NOT | ORDERS),
    **(JOURNAL | PROPOSALS | SWAPS | MAIL | REPORTS),
    **plans.WORDS,
    **(ATTENDANCE | ATTENDEES | IMPORT | SELECTORS | ORGANISATION | UNITS | ROOM_USES),
    **(OCCURRENCES | FINDINGS),
}
"""Words that mean different things in different places carry a prefix: `room:talk`, `unit:other`."""


def label(word: str, lang: str = "zh") -> str:
    """What people read for a word of the code; a word that is not in the vocabulary (somebody's own) as it stands."""
    if said := vocabularies.word(str(word), lang):
        return said
    text = WORDS.get(str(word))
    return say(text, lang) if text else word.partition(":")[2] or word


def order_line(order: str, lang: str = "zh") -> str:
    """What stands under a list of people: `（按姓氏笔画排序）`."""
    return say("（%(order)s排序）", lang, order=label(f"order:{order}", lang))


def audience_text(selector: str, group_name: Callable[[str], str], lang: str = "zh") -> str:
    """A selector of an audience as people read it: `机关党支部全体党员`, `督导组（列席）`."""
    if selector.startswith("observer:"):
        inner = audience_text(selector.removeprefix("observer:"), group_name, lang)
        return say("%(audience)s（列席）", lang, audience=inner)
    if selector.startswith("branch:"):
        return say("%(branch)s全体党员", lang, branch=group_name(selector.removeprefix("branch:")))
    if selector.startswith("committee:"):
        return say("%(branch)s委员会", lang, branch=group_name(selector.removeprefix("committee:")))
    return label(selector, lang) if selector in WORDS or selector.startswith("ext:") else group_name(selector)


def party_text(status: str, lang: str = "zh") -> str:
    """What somebody is in politics: as the roster says it, unless there is another word for what that means."""
    meant = party.canonical(status)
    told = label(meant, lang)
    return status if told == meant else told


def pool_text(name: str, k: int, lang: str = "zh") -> str:
    """Somebody (or several) out of a pool: `督导组 任一`, `Supervision group, any`."""
    return say("%(pool)s 任一", lang, pool=name) if k == 1 else say("%(pool)s 任%(count)s人", lang, pool=name, count=k)
