"""What is said of how files were read: why rows are set aside, what is asked and offered, what is told."""

from collections.abc import Callable, Mapping
from datetime import date

from scheduler.core.ground.findings import Finding
from scheduler.core.organisation.readings import Offer, OpenQuestion
from scheduler.wording.texts import bracketed, filled, listed, say

WHY = {
    "title": "标题",
    "header": "表头",
    "total": "合计",
    "footnote": "脚注",
    "empty": "空行",
    "vacant": "空缺，不是人员",
    "unit_heading": "部门名称，不是人员",
    "nobody": "没有姓名",
    "skipped": "按你的选择不导入",
    "other_people": "不是在职人员名单，先不导入",
    "has_left": "已经离开，先不导入",
    "table_not_read": "目前不导入这种表",
    "table_unknown": "无法识别这是哪张表",
    "sheet_hidden": "隐藏的工作表，不导入",
    "waits_for_answer": "等待回答，先不导入",
}
"""Why a row, a sheet or a file gives no fact."""

TABLES = {
    "roster": "人员名单",
    "units": "部门（单位）表",
    "division": "领导分工",
    "branches": "党支部表",
    "rooms": "场地表",
    "events": "日程表",
    "talk_log": "谈话记录",
    "attendance": "学习出勤",
    "unavailability": "不在岗时间",
    "leaves": "请假登记",
    "calendar": "工作日历",
    "external_contacts": "外部联系人",
    "occurrences": "情形",
    "contact_points": "联系点",
    "guests": "来宾名单",
    "visits": "走访安排",
    "materials": "材料环节",
    "opinions": "征求意见",
    "opinion_tally": "意见统计",
    "tasks": "整改任务",
    "batches": "培训批次",
    "batch_people": "培训人员",
    "study_targets": "学时要求",
    "study_exemptions": "学时免除",
    "meeting_results": "会议结果",
    "frequency_rules": "会议频次",
    "outside_contact_points": "外部联系点",
    "duty": "值班表",
    "sign_in": "签到表",
    "pay": "工资表",
    "visitors": "来访登记",
    "unknown": "（请选择）",
}
"""What tables are called."""

READ_FOR = {"telling_apart": "只用来分辨重名，不保存", "remarks": "只看其中的分管、不在岗等，不保存"}
"""What a column is looked at for that is not kept."""

QUESTIONS = {
    "other_people": "%(about)s 是“%(word)s”名单（%(names)s），要导入吗？",
    "leavers": "%(about)s 里这些人已经离开（%(names)s），要导入吗？",
    "table": "%(about)s 是哪张表？",
    "who": "第 %(row)s 行“%(name)s”（%(unit)s）是已有的 %(people)s，还是另一个人？",
    "same_person": "第 %(rows)s 行的“%(name)s”（%(posts)s）是同一人吗？",
    "which": "第 %(row)s 行的“%(name)s”是哪一位（%(units)s）？",
    "who_heads": "“%(name)s”的负责人是谁（%(people)s）？",
    "team": "领导班子是这些人吗：%(names)s？主要负责人：%(principal)s",
    "team_alone": "领导班子是否为：%(names)s？无法判断主要负责人，请导入后在“支部与小组”里指定",
    "team_member": "%(name)s（%(post)s，%(why)s）算在领导班子里吗？",
    "staff_class": "%(word)s人员（%(names)s）算在“全体干部职工”里吗？",
    "seconded": "%(name)s：“%(remark)s”，是来本单位工作，还是去了外单位？",
    "room_capacity": "“%(name)s”的容量写作“%(text)s”，按多少计？",
    "room_closed": "“%(name)s”写着“%(remark)s”，还安排使用吗？",
    "room_use": "“%(name)s”专门用于谈话吗？",
    "year": "%(about)s 的日期（如“%(text)s”）没有写年份，是哪一年？",
    "leave_without_end": "%(name)s 自 %(first)s 起，到哪天为止？写明后再导入",
    "leave_ended": "%(name)s 写着“%(remark)s”，按哪天结束？",
    "leave_days": "%(name)s 写的是 %(said)s 天，按日期算是 %(counted)s 天，按日期导入吗？",
}
"""What is asked."""

CHOICES = {
    "leave_aside": "不导入",
    "leave_out": "这一行不导入",
    "retired": "导入为退休人员",
    "take_in": "导入",
    "new": "另一个人（新增）",
    "same": "是同一人",
    "different": "不是同一人",
    "nobody": "都不是",
    "yes": "是",
    "no": "不是",
    "staff": "算",
    "not_staff": "不算",
    "works_here": "来本单位工作",
    "away": "去了外单位，登记为不在岗",
    "offer": "照常安排",
    "talk": "是，用于谈话",
    "all": "不，通用",
    "as_written": "按表上写的日期",
    "until_back": "到返岗前一天为止",
}
"""What can be answered, where it is no id and no number."""

OFFERS = {
    "in_charge": "%(name)s 分管 %(units)s（备注）",
    "absence": "%(name)s %(word)s，%(first)s 至 %(last)s，登记为不在岗（备注）",
}
"""What is offered."""

TOLD = {
    "rows_hidden": "%(subject)s：第 %(rows)s 行在表里是隐藏的，也读了；不要的行请选“跳过”",
    "year_taken": "%(subject)s：日期没有写年份，按“%(campaign)s”的起止时间都算作 %(year)s 年",
    "columns_remembered": "%(subject)s：各列沿用上次对相同表头的选择",
    "one_person": "第 %(rows)s 行的“%(subject)s”是同一人，兼任两职（%(posts)s）",
    "rows_of_one_person": "第 %(rows)s 行的“%(subject)s”是同一人，合为一条",
    "two_people": "“%(subject)s”有两人：%(units)s（%(by)s不同）",
    "unit_acts": "%(subject)s：负责人空缺%(in_brackets)s，%(acting)s 主持工作",
    "unit_vacant": "%(subject)s：负责人空缺%(in_brackets)s",
    "head_differs": "%(subject)s：现有负责人是 %(stands)s，而表中的职务是 %(in_table)s；未改动",
    "heads_and_in_charge": "%(subject)s：%(person)s 分管并兼任负责人，不与自己谈话",
    "unit_kind_unknown": "%(subject)s：性质“%(word)s”无法识别，按内设部门计",
    "category_unknown": "%(file)s：类别“%(subject)s”（%(count)s 人）不认识，照原样保存，不算在“全体干部职工”里",
    "names_nobody": "%(file)s 第 %(row)s 行：“%(subject)s”不在人员名单中，未写入",
    "unit_not_said": "%(file)s 第 %(row)s 行：“%(subject)s”没有写部门",
    "names_no_unit": "%(file)s 第 %(row)s 行：%(subject)s 分管的“%(unit)s”不在部门表中，未写入",
    "assists": "%(subject)s %(text)s：协助分管，不计为分管",
    "leads_all": "%(subject)s %(text)s：不单独分管某个部门",
    "leaves": "%(subject)s：%(remark)s；到时请在人员页办理离任",
    "away_without_days": "%(subject)s：“%(remark)s”没有写起止日期，未登记不在岗",
    "branch_without_secretary": "%(subject)s：没有书记",
    "room_more_seats": "%(subject)s：“%(more)s”不计入容量",
    "room_about": "%(subject)s：容量写作“%(text)s”，按此数计",
    "room_use_unknown": "%(subject)s：用途“%(text)s”，按通用计",
    "room_without_capacity": "%(subject)s：没有写容量",
    "private_use": "第 %(row)s 行“%(subject)s”含自造字 %(code)s，已照原样保存，其他电脑上可能无法显示",
    "table_not_read": "%(subject)s 是%(table)s（%(rows)s 行），目前不导入",
    "table_unknown": "%(subject)s %(sheet)s 无法识别是哪张表，未导入：%(text)s",
    "total_differs": "%(subject)s：表上合计 %(said)s，读到 %(read)s 行姓名、%(people)s 人",
}
"""What is told and needs no answer."""

_BY = {
    "identity": "身份证号",
    "birth": "出生年月",
    "phone": "电话",
    "gender": "性别",
    "email": "邮箱",
}


def why(kind: str, lang: str) -> str:
    """Why something is set aside."""
    return say(WHY[kind], lang) if kind in WHY else kind


def table(kind: str, lang: str) -> str:
    """What a kind of table is called."""
    return say(TABLES[kind], lang) if kind in TABLES else kind


def say_not_imported(lang: str) -> str:
    """What is chosen for a column that is left aside."""
    return say("不导入", lang)


def say_looked_at(lang: str) -> str:
    """What is chosen for a column that is looked at and not kept."""
    return say("只看，不保存", lang)


def read_for(what: str, lang: str) -> str:
    """What a column is looked at for that is not kept."""
    return say(READ_FOR[what], lang)


def question(asked_for: OpenQuestion, lang: str) -> str:
    """What is asked."""
    details = {**asked_for.details, "about": asked_for.about}
    kind = "team_alone" if asked_for.kind == "team" and not details["principal"] else asked_for.kind
    return filled(QUESTIONS[kind], lang, _shown(details, lang) | _row(asked_for.row))


def choice(asked_for: OpenQuestion, key: str, lang: str) -> str:
    """One of the answers that can be given."""
    people = asked_for.details.get("people")
    if asked_for.kind == "table" and key in TABLES:
        return table(key, lang)
    if asked_for.kind == "which" or (asked_for.kind == "who" and key != "new"):
        units = asked_for.details.get("units")
        ids = [other for other in asked_for.choices if other != "new"]
        unit = units[ids.index(key)] if isinstance(units, tuple) and key in ids and ids.index(key) < len(units) else ""
        return bracketed(str(asked_for.details.get("name")), str(unit or key), lang)
    if asked_for.kind == "who_heads" and isinstance(people, tuple) and key != "nobody":
        return str(people[asked_for.choices.index(key)])
    return say(CHOICES[key], lang) if key in CHOICES else key


def offer(offered: Offer, lang: str) -> str:
    """What is offered."""
    return filled(OFFERS[offered.kind], lang, _shown(offered.details, lang))


def _row(row: int | None) -> dict[str, object]:
    return {"row": row}


def _shown(details: Mapping[str, object], lang: str) -> dict[str, object]:
    """Details as sentences show them."""
    return {key: _text(key, value, lang) for key, value in details.items()}


def _text(key: str, value: object, lang: str) -> str:
    if key == "by" and isinstance(value, tuple):
        return listed((say(_BY[mark], lang) for mark in value), lang)
    if key == "table":
        return table(str(value), lang)
    if isinstance(value, list | tuple):
        return listed((str(part) for part in value if part not in (None, "")), lang)
    return value.isoformat() if isinstance(value, date) else str(value)


def _sentence(finding: Finding, lang: str) -> str:
    post = finding.details.get("post")
    in_brackets = say("（%(post)s）", lang, post=post) if post else ""
    details = {**_shown(finding.details, lang), "subject": finding.subject, "in_brackets": in_brackets}
    return filled(TOLD[finding.kind], lang, details)


SENTENCES: dict[str, Callable[[Finding, str], str]] = dict.fromkeys(TOLD, _sentence)
"""Every kind of finding about a reading, with how to say it."""
