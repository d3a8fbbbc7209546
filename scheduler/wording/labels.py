"""The words people see for the words of the code, in Chinese and English."""

from collections.abc import Callable

from scheduler.wording import plans, vocabularies

KINDS = {
    "meeting": ("会议", "Meeting"),
    "study_session": ("集中学习", "Study session"),
    "party_lecture": ("党课", "Party lecture"),
    "symposium": ("座谈会", "Symposium"),
    "visit": ("参观", "Visit"),
    "exchange_meeting": ("学习交流会", "Study exchange meeting"),
    "committee_meeting": ("支委会", "Committee meeting"),
    "organizational_life_meeting": ("组织生活会", "Organizational life meeting"),
    "democratic_life_meeting": ("民主生活会", "Democratic life meeting"),
    "discussion": ("专题研讨", "Thematic discussion"),
    "branch_general_meeting": ("支部党员大会", "Branch general meeting"),
    "theme_day": ("主题党日", "Theme day"),
    "talk": ("谈心谈话", "Talk"),
    "busy": ("占用", "Busy"),
}
STATES = {
    "booked": ("已排", "Booked"),
    "awaiting_confirmation": ("待确认", "Awaiting confirmation"),
    "held": ("已完成", "Held"),
    "cancelled": ("已取消", "Cancelled"),
    "covered": ("已谈", "Covered"),
    "open": ("未谈", "Open"),
    "overdue": ("逾期", "Overdue"),
    "not_asked": ("不要求", "Not asked"),
}
CHANGES = {
    "newly_covered": ("新谈", "Newly covered"),
    "newly_booked": ("新排", "Newly booked"),
    "newly_awaiting": ("转为待确认", "Now awaiting confirmation"),
    "open_again": ("又空出", "Open again"),
    "newly_required": ("新增要求", "Newly required"),
    "no_longer_required": ("不再要求", "No longer required"),
    "newly_overdue": ("转为逾期", "Now overdue"),
}
ORDERS = {
    "order:rank": ("按职务", "By rank"),
    "order:strokes": ("按姓氏笔画", "By surname strokes"),
    "order:unit": ("按部门", "By unit"),
}
MODES = {
    "face_to_face": ("面谈", "Face to face"),
    "phone": ("电话", "Phone"),
    "video": ("视频", "Video"),
    "one_to_one": ("一对一", "One to one"),
    "group": ("一对多（集体谈话）", "Group talk"),
}
ROLES = {
    "operator": ("系统操作员", "Operator"),
    "admin": ("管理员", "Administrator"),
    "organizer": ("组织者", "Organizer"),
    "branch_organizer": ("支部组织者", "Branch organizer"),
    "principal": ("主要负责人", "Principal"),
    "supervisor": ("督导组", "Supervisor"),
    "member": ("成员", "Member"),
    "nobody": ("未登录", "Not signed in"),
}
SEVERITIES = {"must": ("必须", "Must"), "should": ("应当", "Should"), "optional": ("可选", "Optional")}
WHY_NOT = {
    "not_yet_held": ("尚未进行", "Not yet held"),
    "unconfirmed": ("待双方确认", "Not confirmed by both"),
    "outside_window": ("不在谈话窗口期", "Outside the window"),
    "group_talk": ("集体谈话不计", "A group talk does not count"),
    "mode_not_allowed": ("谈话方式不符合要求", "Not in an accepted mode"),
    "extra": ("计划外谈话", "Extra talk"),
    "event": ("情形类必谈", "Talk after an occurrence"),
    "counts": ("计入", "Counts"),
    "counts_not": ("不计", "Does not count"),
}
ATTENDANCE = {
    "attended": ("出席", "Attended"),
    "attendee": ("出席", "Attendee"),
    "observer": ("列席", "Observer"),
    "on_leave": ("请假", "On leave"),
    "absent": ("缺席", "Absent"),
    "late": ("迟到", "Late"),
    "left_early": ("早退", "Left early"),
    "made_up": ("补课", "Made up"),
}
IMPORT = {
    "created": ("新增", "Created"),
    "updated": ("更新", "Updated"),
    "unchanged": ("无变化", "Unchanged"),
    "created_by_import": ("导入新增", "Created by import"),
}
SELECTORS = {
    "all_staff": ("全体干部职工", "All staff"),
    "all_party": ("全体党员", "All Party members"),
    "unit_heads": ("各部门（单位）负责人", "Unit heads"),
    "retired": ("离退休干部", "Retired cadres"),
    "leadership_team": ("领导班子", "Leadership team"),
    "senior_staff": ("副调研员", "Senior staff"),
    "supervision_group": ("督导组", "Supervision group"),
    "general_branch_committee": ("党总支委员会", "General branch committee"),
    "theory_study_group": ("理论学习中心组", "Theory study group"),
    "leading_party_group": ("党组", "Leading Party members group"),
    "organizers": ("经办人", "Organizers"),
    "supervisors": ("督导人员", "Supervisors"),
    "ext:street_town": ("街镇工会代表", "Representatives of streets and towns"),
    "ext:model_worker": ("劳模代表", "Model workers"),
    "ext:enterprise": ("企业工会代表", "Representatives of enterprises"),
}
ORGANISATION = {
    "category:leader": ("班子成员", "Team member"),
    "category:senior": ("非领导职务", "Senior staff"),
    "category:head": ("部门（单位）负责人", "Unit head"),
    "category:staff": ("工作人员", "Staff"),
    "category:retired": ("离退休人员", "Retired"),
    "category:supervision": ("督导组成员", "Supervision group"),
    "unit:dept": ("部门", "Department"),
    "unit:institution": ("直属事业单位", "Affiliated institution"),
    "unit:other": ("其他", "Other"),
    "units:dept": ("部门", "Departments"),
    "units:institution": ("直属事业单位", "Affiliated institutions"),
    "units:other": ("其他", "Other"),
    "group:team": ("班子、小组", "Team"),
    "group:branch": ("党支部", "Party branch"),
    "group:branch_group": ("党小组", "Branch group"),
    "group:role": ("职责", "Role"),
    "group:tag": ("标签", "Tag"),
    "room:all": ("通用", "Any use"),
    "room:meeting": ("会议", "Meetings"),
    "room:talk": ("谈话", "Talks"),
    "head": ("负责人", "Head"),
    "acting_head": ("主持工作", "Acting head"),
    "in_charge": ("分管领导", "Leader in charge"),
    "contact": ("联系点领导", "Contact leader"),
    "secretary": ("书记", "Secretary"),
    "committee": ("委员", "Committee member"),
    "正式党员": ("正式党员", "Full member"),
    "预备党员": ("预备党员", "Probationary member"),
    "入党积极分子": ("入党积极分子", "Applicant"),
    "民主党派": ("民主党派", "Democratic party"),
    "群众": ("群众", "Non-Party"),
    "男": ("男", "Male"),
    "女": ("女", "Female"),
    "EXT": ("外出", "Off site"),
}
OCCURRENCES = {
    "award": ("受到表彰", "Award"),
    "discipline": ("受到处分", "Discipline"),
    "difficulty": ("遇到困难", "Difficulty"),
    "setback": ("遇到挫折", "Setback"),
    "family_change": ("家庭变故", "Family change"),
    "dispute": ("矛盾分歧", "Dispute"),
    "appraisal": ("干部考察", "Appraisal"),
    "democratic_review": ("民主评议", "Democratic review"),
    "complaint": ("群众反映", "Complaint"),
    "appointment": ("新任职", "Appointment"),
    "transfer": ("岗位调整", "Transfer"),
    "leaving_post": ("离任", "Leaving a post"),
    "retirement": ("退休", "Retirement"),
    "wavering": ("思想波动", "Wavering"),
    "violation": ("违章违纪", "Violation"),
    "accident": ("责任事故", "Accident"),
    "task_unmet": ("未完成任务", "Task unmet"),
    "low_mood": ("情绪低落", "Low spirits"),
    "joined": ("入职", "Joined"),
}
FINDINGS = {
    "person_taken": ("人员冲突", "Person taken"),
    "room_taken": ("场地冲突", "Room taken"),
    "absence": ("人员不在岗", "Absence"),
    "room_too_small": ("场地容量不足", "Room too small"),
    "room_use": ("场地用途不符", "Room meant for other use"),
    "attendee_unavailable": ("参会人员不在岗", "Attendee unavailable"),
    "weekend": ("周末", "Weekend"),
    "holiday": ("节假日", "Holiday"),
    "lunch": ("跨午休", "Over lunch"),
    "outside_hours": ("工作时间以外", "Outside working hours"),
    "year_not_published": ("放假安排待公布", "Holidays not published"),
}
JOURNAL = {
    "activated": ("启用", "Activated"),
    "added": ("新增", "Added"),
    "applied": ("应用", "Applied"),
    "arranged": ("自动排期", "Arranged"),
    "asked": ("请求排期", "Asked for"),
    "changed": ("修改", "Changed"),
    "confirmed": ("确认", "Confirmed"),
    "deactivated": ("停用", "Deactivated"),
    "discarded": ("放弃", "Discarded"),
    "edited": ("编辑", "Edited"),
    "imported": ("导入", "Imported"),
    "issued": ("发放", "Issued"),
    "left": ("离任", "Left"),
    "language_set": ("设置语言", "Language set"),
    "link_renewed": ("更新链接", "Link renewed"),
    "linked": ("关联", "Linked"),
    "made_leading": ("设为主方案", "Made leading"),
    "moved": ("移动", "Moved"),
    "password_set": ("设置密码", "Password set"),
    "pinned": ("固定", "Pinned"),
    "released": ("发布", "Released"),
    "removed": ("删除", "Removed"),
    "reserved": ("保留编号", "Reserved"),
    "revoked": ("撤销", "Revoked"),
    "role_set": ("设置角色", "Role set"),
    "rotated": ("更换", "Rotated"),
    "sign_in_refused": ("登录被拒", "Sign-in refused"),
    "signed_in": ("登录", "Signed in"),
    "signed_out": ("退出", "Signed out"),
    "swap_accepted": ("换时间", "Swapped"),
    "swap_agreed": ("同意换时间", "Agreed to another time"),
    "swap_declined": ("不同意换时间", "Declined another time"),
    "swap_expired": ("换时间的提议失效", "Proposal over"),
    "swap_proposed": ("提议换时间", "Proposed another time"),
    "swap_withdrawn": ("撤回换时间的提议", "Withdrew a proposal"),
    "token_issued": ("发放令牌", "Token issued"),
    "tokens_revoked": ("撤销令牌", "Tokens revoked"),
    "unlinked": ("取消关联", "Unlinked"),
    "unpinned": ("取消固定", "Unpinned"),
    "withdrawn": ("撤回", "Withdrawn"),
    "given_up": ("放弃发送", "Given up"),
    "tentative": ("暂定", "Tentative"),
    "accepted": ("会参加", "Will be there"),
    "declined": ("不能参加", "Cannot come"),
    "silent": ("久未来取", "Not fetched for long"),
    "switched": ("开关", "Switched"),
    "all": ("全部", "All"),
    "self": ("本人", "Themselves"),
    "link": ("链接", "Link"),
}
SWAPS = {
    "swap:open": ("等答复", "Waiting for an answer"),
    "swap:accepted": ("已换", "Moved"),
    "swap:declined": ("未同意", "Declined"),
    "swap:withdrawn": ("已撤回", "Withdrawn"),
    "swap:expired": ("已失效", "Over"),
}
MAIL = {
    "answer:accepted": ("会参加", "Will be there"),
    "answer:declined": ("不能参加", "Cannot come"),
    "answer:tentative": ("暂定参加", "May come"),
    "link:proposed": (
        "已提议，等对方同意。同意之前，谈话还在原来的时间。",
        "Proposed; the talk stays where it is until the others agree.",
    ),
    "link:held": ("已记下您的确认。", "Your confirmation is noted."),
}
WORDS: dict[str, tuple[str, str]] = {
    **(KINDS | STATES | CHANGES | MODES | ROLES | SEVERITIES | WHY_NOT | ORDERS),
    **(JOURNAL | SWAPS | MAIL),
    **plans.WORDS,
    **(ATTENDANCE | IMPORT | SELECTORS | ORGANISATION | OCCURRENCES | FINDINGS),
}
"""Chinese and English. Words that mean different things in different places carry a prefix: `room:talk`, `unit:other`."""


def label(word: str, lang: str = "zh") -> str:
    """What people read for a word of the code; a word that is not in the vocabulary (somebody's own) as it stands."""
    if said := vocabularies.word(str(word), lang):
        return said
    found = WORDS.get(str(word))
    if not found:
        return word.partition(":")[2] or word
    return vocabularies.told(found[0] if lang == "zh" else found[1], lang)


def audience_text(selector: str, group_name: Callable[[str], str], lang: str = "zh") -> str:
    """A selector of an audience as people read it: `机关党支部全体党员`, `督导组（列席）`."""
    if selector.startswith("observer:"):
        inner = audience_text(selector.removeprefix("observer:"), group_name, lang)
        return f"{inner}（列席）" if lang == "zh" else f"{inner} (observing)"
    if selector.startswith("branch:"):
        name = group_name(selector.removeprefix("branch:"))
        return f"{name}{vocabularies.told('全体党员', lang)}" if lang == "zh" else f"All members of {name}"
    if selector.startswith("committee:"):
        name = group_name(selector.removeprefix("committee:"))
        return f"{name}委员会" if lang == "zh" else f"Committee of {name}"
    return label(selector, lang) if selector in WORDS or selector.startswith("ext:") else group_name(selector)


def pool_text(name: str, k: int, lang: str = "zh") -> str:
    """Somebody (or several) out of a pool: `督导组 任一`, `Supervision group, any`."""
    if lang == "zh":
        return f"{name} 任{'一' if k == 1 else f'{k}人'}"
    return f"{name}, any{'' if k == 1 else f' {k}'}"
