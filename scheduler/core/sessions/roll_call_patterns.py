"""The wordings of roll calls that are recognised by their form, and how a text is cut into what stands between separators."""

import re
from collections.abc import Iterator

NUMBER = r"(?:\d{1,5}|[一二两三四五六七八九十]{1,3})"
PEOPLE = rf"(?P<count>{NUMBER})\s*(?:人次|人|名|位|个人|个)?(?:同志|干部|党员|人员)?"
HEADS = (
    "出席", "参加", "到会", "参会", "实到", "到场", "签到", "与会", "现到", "已到", "主持", "记录", "主讲", "领学", "列席", "旁听",
    "请假", "病假", "事假", "公假", "产假", "休假", "年假", "出差", "公差", "培训", "借调", "挂职", "无故缺席", "缺席", "缺勤", "旷课",
    "未参加", "未参会", "未出席", "未到会", "未到场", "未到", "没来", "没到", "没参加", "迟到", "早退", "视频参会", "线上参会", "视频参加", "线上参加",
    "present", "attended", "observers", "observer", "on leave", "sick leave", "leave", "apologies", "regrets", "excused", "sick", "absent", "no-shows",
    "no-show", "no shows", "late", "left early",
)  # fmt: skip
WORD = "|".join(sorted(HEADS, key=len, reverse=True))
HEADING = re.compile(
    rf"(?:有?(?P<before>{NUMBER})\s*(?:人|名|位|个)(?:同志|党员)?)?(?P<word>{WORD})(?:会议|学习)?(?:的)?(?:人员|同志|领导|干部|党员|名单|情况|人数|者|人)?(?:共|计|合计|有|是|为|:)?\s*(?:\(?\s*(?:共|计|合计)?\s*{PEOPLE}\s*\)?)?"
    r"(?P<end>\s*(?:的?(?:是|有|为))?\s*:|\s*(?=\()|\s*$|\s+|(?P<near>))"
)
LABEL = re.compile(r"(?P<label>[^:,()、\d]{1,16})(?:\(?(?:共|计)?(?P<count>\d{1,5})\s*[人名位]\)?)?\s*:(?!\d)")
BEFORE = r"(?:有|共|现|[^、,:()\d]{0,10}?)"
EXPECTED = re.compile(
    rf"{BEFORE}应(?:到会|到|出席|参加|参会)(?:人数|人员)?[:为]?\s*{PEOPLE}|(?P<english>\d{{1,5}}) expected"
)
PRESENT = re.compile(
    rf"{BEFORE}(?:实际?(?:到会|到|出席|参加|参会)|现场?到会?|[来到]了)(?:人数|人员)?[:为]?\s*{PEOPLE}|(?P<english>\d{{1,5}}) (?:were )?(?:present|attended|came)"
)
NOBODY = re.compile(
    rf"(?:(?:今天)?(?:谁都|都|均)?(?:无|没有?|没有人|无人|无一)(?:人|人员)?(?:{WORD})(?:[和与及或]?(?:{WORD}))*(?:的|人员|情况|者|现象)*|(?:{WORD})(?:人员)?:?\s*(?:0|零)\s*[人名位]?|"
    r"无|没有|暂无|none|nobody|-|--|—|0人|0)"
)
TOTAL = re.compile(rf"(?:共|计|合计|总计|等)?{PEOPLE}")
REST = re.compile(
    rf"(?P<word>其余|其他|其它|剩余|剩下|余下|另外|其馀|全勤|满勤|全体|全部|所有|大家|全员|(?:all )?(?:the )?(?:rest|others?)\b|every(?:body|one)(?: else)?|all(?= ))(?:的)?"
    rf"(?:{PEOPLE})?(?:的)?(?:同志|人员|人|成员|党员|干部|职工|老师|们)*(?:\s*(?P<after>{NUMBER})\s*[人名位])?"
)
OTHER_UNITS = re.compile(r"(?:其余|其他|其它|剩余|各|各个|别的)(?:的)?(?:部门|单位|科室|处室|室|股室|支部|小组)")
EXCEPT = re.compile(
    r"(?P<word>除|except )(?:了|去)?(?P<who>[^。;\n]{1,200}?)(?:以外|之外|外(?![出地省派聘])|,(?=其余|其他))[,、]?"
)
LEAD = re.compile(
    r"(?:(?:和|与|及|以及|还有|另外?|其中|但是?|而|就是?|只有|只差|唯独?|仅有?|分别(?:是|为)?|包括|今[天日]|本次|此次|这次|上午|下午|当天|会议|学习|活动|集中|会上|\d{1,3}[.)])\s*|and )+"
)
AMONG = re.compile(
    rf"\s*(?P<etc>等)?\s*(?:共|计|这)?(?:(?P<count>{NUMBER})\s*[人名位]\s*(?:同志|干部|党员|人员)?)?(?:同志|人)?"
)
JOIN = re.compile(r"\s*(?:[和与及]|以及|&|and )\s*|\s+")
BY = re.compile(r"[^,、]{0,12}?由")
UNKNOWN = re.compile(
    r"(?P<name>[一-鿿·]{2,4}?|[a-z][a-z .'-]{1,40}?)(?:同志)?(?P<said>(?:\s|因|由|在|去|赴|未|没|请|休|已|均|缺|旷|迟|早退|提前|视频|列席|参|出|到|借|挂|委托|[病事产婚]假).*)"
)
STARTS = re.compile(
    r"\s*(?:因|由|在|去|赴|到|应到|未|没|无故|无法|不[能在]|请|休|已|均|都|也|全程|全部|全都|今|昨|当天|上午|下午|临时|正|仍|还|缺|旷|迟|晚[到来]|早退|提前|中途|先[走行离退]|后到|"
    r"视频|线上|电话|网络|远程|列席|旁听|参|出[席差]|公[差出假]|外出|走访|下乡|借调|挂职|抽调|委托|代|替|主持|记录|主讲|领学|发言|讲|传达|通报|部署|介绍|总结|汇报|带领|组织|作|签到|实到|与会|来|"
    r"培训|[病事产婚丧年探护陪育补哺调]{1,2}假|住院|生病|开会|值班|调研|擅自|按时|准时|现场|有[事会]|另有|家中|身体|\d{1,2}[:点时]|[√✓✔×✗✘○●△]|退休|调离|离|驻|支教|跟班|援|的?\s*$|"
    r"(?:[-–—:]\s*)?(?:was|were|is|are|has|had|did|could|on|late|left|absent|present|attended|came|joined|here|there|not|away|sick|ill|excused|no-show|by)\b|(?:假|缺|迟|病|事)(?:$|\s))"
)
NUMERALS = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
COUNTED_OFF = re.compile(r"\d{1,3}[.)]")
EVERYBODY = frozenset({"全勤", "满勤", "全体", "全部", "所有", "大家", "全员", "everybody", "everyone", "all"})
SOME = re.compile(rf"各|{NUMBER}\s*[人名位]|部分|几[人个]|多数|代表|基本|个别|有人")
ABOUT = re.compile(r"(?:情况|表|如下|统计|结果|点名)$")
ALL = re.compile(r"[都均](?![不未没])")
NO_NAME = re.compile(
    r"上午|下午|今[天日]|昨[天日]|会议|学习|其中|谁都?|大家|有人|原因|情况|备注|地点|时间|内容|外|on|in|at|by|of|who|the|其余.*|其他.*|全部.*|全体.*"
)
NAME = re.compile(r"[一-鿿·]{1,5}")
LATIN = re.compile(r"[a-z][a-z .'-]{0,40}")
REASON = re.compile(
    r"因[^,;请未没缺无]{1,8}|(?:公休|年休|[病事产婚丧年公探陪补]亲?|[育哺陪护][儿乳护理])假|出差|公差|党校[^,;]{0,4}|培训"
)


def number(text: str) -> int:
    """A number in digits, or in Chinese up to 99."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (NUMERALS.get(tens, 1) * 10 if ten else 0) + NUMERALS.get(ones or ("零" if ten else ""), 0)


def reason_in(said: str) -> str:
    """Why somebody is on leave, in a word, if it is said."""
    reason = REASON.search(said)
    return reason[0] if reason else ""


def parted(line: str) -> Iterator[tuple[str, str]]:
    """What stands between separators that stand in no bracket, each with the separator before it."""
    depth, start, before = 0, 0, ""
    for place, sign in enumerate(line):
        depth = max(0, depth + (sign == "(") - (sign == ")"))
        if depth == 0 and sign in "、,;\t|/":
            yield before, line[start:place]
            start, before = place + 1, sign
    yield before, line[start:]


def last_cut(text: str) -> tuple[str, str, str]:
    """What stands before the last separator, the separator, and what comes after it."""
    cut = max(text.rfind(sign) for sign in "、,;:")
    return (text[:cut], text[cut], text[cut + 1 :]) if cut >= 0 else ("", "", text)


def bracketed(text: str) -> tuple[str, str]:
    """What stands in the bracket that a text begins with, and behind it; one that is left open reaches to the end."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return text[1:place], text[place + 1 :]
    return text[1:], ""


def blank_parted(text: str) -> list[str]:
    """What blanks part; two single characters beside each other are one padded name (文 静)."""
    parts: list[str] = []
    is_open = False
    for part in text.split():
        is_single = len(part) == 1 and not part.isascii()
        if is_single and is_open:
            parts[-1] += part
        else:
            parts.append(part)
        is_open = is_single and not is_open
    return parts
