"""Chinese surnames: how many characters they have, and how those are read that are read otherwise in a surname."""

SINGLE = {
    "单": "shan4", "仇": "qiu2", "曾": "zeng1", "解": "xie4", "区": "ou1", "查": "zha1", "尉": "wei4", "盖": "ge3",
    "朴": "piao2", "任": "ren2", "华": "hua4", "缪": "miao4", "繁": "po2", "员": "yun4", "贠": "yun4", "召": "shao4",
    "折": "she2", "黑": "he4", "秘": "bi4", "冼": "xian3", "洗": "xian3", "燕": "yan1", "覃": "qin2", "乐": "yue4",
    "翟": "zhai2", "哈": "ha3", "那": "na1", "盛": "sheng4", "宁": "ning2", "甯": "ning4", "过": "guo1", "葛": "ge3",
    "隗": "wei3", "种": "chong2", "祭": "zhai4", "幺": "yao1", "牟": "mou2", "应": "ying1", "要": "yao1", "撒": "sa3",
    "石": "shi2", "谌": "chen2", "逄": "pang2", "佘": "she2", "阚": "kan4", "车": "che1", "沈": "shen3", "曲": "qu1",
    "都": "du1", "谷": "gu3", "郇": "xun2", "郗": "xi1", "乜": "nie4", "仉": "zhang3", "亓": "qi2", "芈": "mi3",
    "相": "xiang4", "向": "xiang4", "卜": "bu3", "重": "chong2", "俞": "yu2", "於": "yu1",
    "柏": "bai3", "伯": "bo2", "薄": "bo2", "参": "shen1", "藏": "zang1", "臧": "zang1", "晁": "chao2", "褚": "chu3",
    "郝": "hao3", "宿": "su4", "贾": "jia3", "瞿": "qu2", "句": "gou1", "勾": "gou1", "纪": "ji3", "冯": "feng2",
    "令": "ling4", "宓": "mi4", "莘": "shen1", "行": "xing2", "叶": "ye4", "殷": "yin1", "丁": "ding1",
    "强": "qiang2", "万": "wan4", "尹": "yin3", "占": "zhan1", "粘": "nian2", "晟": "cheng2", "塔": "ta3", "厍": "she4",
    "郄": "qie4", "郤": "xi4", "佴": "nai4", "俱": "ju1", "逯": "lu4", "雒": "luo4", "濮": "pu2", "綦": "qi2",
    "訾": "zi1", "笪": "da2", "昝": "zan3", "禤": "xuan1", "呙": "guo1", "邸": "di3", "弋": "yi4", "仝": "tong2",
}  # fmt: skip
"""How a surname of one character is read (pinyin with the number of its tone), where dictionaries say something else first or vary."""
DOUBLE = {
    "欧阳": "", "太史": "", "端木": "", "上官": "", "司马": "", "东方": "", "独孤": "", "南宫": "", "夏侯": "xia4 hou2",
    "诸葛": "zhu1 ge3", "尉迟": "yu4 chi2", "万俟": "mo4 qi2", "皇甫": "huang2 fu3", "赫连": "he4 lian2", "公孙": "",
    "慕容": "", "仲孙": "", "钟离": "", "长孙": "zhang3 sun1", "宇文": "", "司徒": "", "司空": "", "司寇": "", "鲜于": "xian1 yu2",
    "闾丘": "", "子车": "zi3 ju1", "亓官": "qi2 guan1", "颛孙": "", "巫马": "", "公西": "", "漆雕": "", "乐正": "yue4 zheng4",
    "壤驷": "", "公良": "", "拓跋": "tuo4 ba2", "夹谷": "jia2 gu3", "宰父": "zai3 fu3", "谷梁": "gu3 liang2", "榖梁": "gu3 liang2",
    "百里": "", "东郭": "", "南门": "", "呼延": "", "羊舌": "", "微生": "", "梁丘": "", "左丘": "", "东门": "", "西门": "",
    "第五": "", "公冶": "", "公羊": "", "公仪": "", "澹台": "tan2 tai2", "淳于": "chun2 yu2", "单于": "chan2 yu2", "濮阳": "pu2 yang2",
    "申屠": "shen1 tu2", "轩辕": "", "令狐": "ling2 hu2", "宗政": "", "太叔": "", "闻人": "", "贺兰": "", "纳兰": "", "完颜": "",
    "耶律": "ye1 lü4", "哥舒": "", "达奚": "da2 xi1", "叶赫": "ye4 he4", "那拉": "na1 la1", "爱新": "", "欧陽": "ou1 yang2",
    "司馬": "si1 ma3", "諸葛": "zhu1 ge3", "東方": "dong1 fang1", "長孫": "zhang3 sun1",
}  # fmt: skip
"""Surnames of two characters, and how they are read where that is not plain."""


def surname_length(name: str) -> int:
    """Of how many characters the surname at the beginning of a name is; a surname alone is one whole name."""
    return 2 if name[:2] in DOUBLE and len(name) > 2 else 1


def surname_readings(name: str) -> tuple[str, ...]:
    """How the surname at the beginning of a name is read, character by character; empty where every dictionary knows it."""
    if name[:2] in DOUBLE:
        return tuple(DOUBLE[name[:2]].split())
    return (SINGLE[name[0]],) if name[:1] in SINGLE else ()
