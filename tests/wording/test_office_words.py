"""Written Chinese, as an office reads it: words at which a clerk stopped stand nowhere any more."""

import re

import pytest

from config import ROOT

STOPPED_AT = {
    "已证明到顶": "已是最优（经验证）",
    "所有排法都已试过": "……以前不能全部排完（已验证）",
    "限制在于": "主要限制",
    "分量": "要求：必谈、应谈",
    "谁与谁": "谈话双方；谈话人与谈话对象",
    "必须填写": "不能为空；请填写……",
    "会要求的谈话": "应开展的谈话",
    "先看看": "预览",
    "认一认": "识别",
    "看看四必谈": "预览四必谈",
    "不改了": "取消",
    "成批排会": "批量安排会议",
    "去重 %(": "去重后 %(",
    "取回": "撤销取消；恢复",
    "人，请填写编号": "有重名，请选择",
    "登记已谈": "补登已谈",
    "看不懂": "无法识别",
    "认不出": "无法识别",
    "挂着": "有关联记录",
    "碰上": "与……冲突",
    "这会儿": "暂时；此时",
    "都行": "均可",
    "接着办": "继续提交",
    "什么都没有": "没有；未作任何改动",
}
"""What stood there, and what stands there instead."""
KEPT = ("不在岗", "主持工作", "覆盖矩阵", "还差这些", "撤销取消")
"""Good words, to be kept."""
TEXTS = re.findall(
    r'^msgid "(.*)"$', (ROOT / "translations/en/LC_MESSAGES/messages.po").read_text("utf-8"), re.MULTILINE
)
"""Every Chinese text of the program: the catalogue is made from all of them."""


@pytest.mark.parametrize("word", STOPPED_AT)
def test_no_text_says_what_a_clerk_stops_at(word: str) -> None:
    assert [text for text in TEXTS if word in text] == []


def test_good_words_are_kept() -> None:
    assert [word for word in KEPT if not any(word in text for text in TEXTS)] == []
    assert len(TEXTS) > 3000
