"""The words that tables use, and what they are in code. English words that the code uses are understood as well."""

import re
import unicodedata
from collections.abc import Mapping
from typing import TypeVar

from scheduler.core.ground.bookings import Kind, Mode, Size, State
from scheduler.core.sessions.study import Attended
from scheduler.documents.headers import OFFICE

T = TypeVar("T")

KINDS = {
    "集中学习": Kind.STUDY_SESSION,
    "党课": Kind.PARTY_LECTURE,
    "座谈会": Kind.SYMPOSIUM,
    "参观": Kind.VISIT,
    "走访": Kind.FIELD_VISIT,
    "走访调研": Kind.FIELD_VISIT,
    "联系点走访": Kind.FIELD_VISIT,
    "学习交流会": Kind.EXCHANGE_MEETING,
    "支委会": Kind.COMMITTEE_MEETING,
    "支部委员会": Kind.COMMITTEE_MEETING,
    "组织生活会": Kind.ORGANIZATIONAL_LIFE_MEETING,
    "民主生活会": Kind.DEMOCRATIC_LIFE_MEETING,
    "专题民主生活会": Kind.DEMOCRATIC_LIFE_MEETING,
    "专题研讨": Kind.DISCUSSION,
    "支部党员大会": Kind.BRANCH_GENERAL_MEETING,
    "主题党日": Kind.THEME_DAY,
    "谈心谈话": Kind.TALK,
    **{kind.value: kind for kind in Kind},
}
"""Any other kind of event is a meeting (动员大会, 总结大会 …)."""

MODES = {
    "": (Mode.FACE_TO_FACE, Size.ONE_TO_ONE),
    "面谈": (Mode.FACE_TO_FACE, Size.ONE_TO_ONE),
    "电话": (Mode.PHONE, Size.ONE_TO_ONE),
    "视频": (Mode.VIDEO, Size.ONE_TO_ONE),
    "集体谈话": (Mode.FACE_TO_FACE, Size.GROUP),
    "group": (Mode.FACE_TO_FACE, Size.GROUP),
    **{mode.value: (mode, Size.ONE_TO_ONE) for mode in Mode},
}

STATES = {
    "": State.BOOKED,
    "已预约": State.BOOKED,
    "已排": State.BOOKED,
    "待确认": State.AWAITING_CONFIRMATION,
    "已完成": State.HELD,
    "已谈": State.HELD,
    "已取消": State.CANCELLED,
    **{state.value: state for state in State},
}

ATTENDED = {
    "出席": Attended.ATTENDED,
    "列席": Attended.OBSERVER,
    "请假": Attended.ON_LEAVE,
    "缺席": Attended.ABSENT,
    "迟到": Attended.LATE,
    "早退": Attended.LEFT_EARLY,
    "补课": Attended.MADE_UP,
    **{status.value: status for status in Attended},
}

UNIT_KINDS = {
    "": "",
    "部门": "dept",
    "内设部门": "dept",
    "内设机构": "dept",
    "内设科室": "dept",
    "机关科室": "dept",
    "行政科室": "dept",
    "业务科室": "dept",
    "职能部门": "dept",
    "职能科室": "dept",
    "机关": "dept",
    "行政": "dept",
    "综合部门": "dept",
    "业务部门": "dept",
    "division": "dept",
    "事业": "institution",
    "参公": "institution",
    "参公事业单位": "institution",
    "下属单位": "institution",
    "直属单位": "institution",
    "二级单位": "institution",
    "子公司": "institution",
    "派出机构": "institution",
    "subsidiary": "institution",
    "department": "dept",
    "事业单位": "institution",
    "下属事业单位": "institution",
    "直属事业单位": "institution",
    "其他": "other",
    "dept": "dept",
    "institution": "institution",
    "other": "other",
}

ROOM_USES = {
    "": "all",
    "不限": "all",
    "通用": "all",
    "会议": "meeting",
    "谈话": "talk",
    "all": "all",
    "meeting": "meeting",
    "talk": "talk",
}

YES_NO = {
    **dict.fromkeys(("1", "是", "true", "yes", "y", "班", "上班", "工作日"), True),
    **dict.fromkeys(("0", "否", "false", "no", "n", "休", "休息"), False),
}

GENDERS = {"m": "男", "male": "男", "f": "女", "female": "女"}

OUR_CATEGORIES = ("leader", "head", "senior", "staff", "retired", "supervision")
CATEGORIES = {word: ours for ours in OUR_CATEGORIES for word in (ours, *OFFICE[f"{ours}_words"])}
"""What stands in a column of categories → which of ours it is."""

NOBODY = frozenset({"", "空缺", "缺位", "暂缺", "无", "-", "--", "—", "/", "vacant", "none", "null"})
"""What stands in the cell of a post that nobody holds."""

WEEKDAYS = {name: place for place, name in enumerate(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))}


def folded(text: str) -> str:
    """A word as it is looked up: full-width and half-width, capitals and brackets around it do not matter."""
    return unicodedata.normalize("NFKC", text).casefold().strip(" ()[]")


def meaning(text: str, words: Mapping[str, T]) -> T | None:
    """What a word means; `Face-to-face` is the code's `face_to_face`, `集中学习 study_session` what either half means; None if nobody knows."""
    word = folded(text)
    candidates = (word, re.sub(r"[\s-]+", "_", word), *word.split())
    return next((words[candidate] for candidate in candidates if candidate in words), None)
