"""What is wrong in a file of rules, as sentences."""

from collections.abc import Mapping

from scheduler.wording.texts import filled, listed, say

SENTENCES = {
    "unknown_key": "没有“%(key)s”这一项%(known)s",
    "unknown_choice": "没有“%(value)s”这一选项%(known)s",
    "not_a_mapping": "此处应为“键: 值”的形式",
    "not_a_list": "此处应为列表，如 [R1, R2]",
    "not_a_text": "此处应为文字",
    "not_a_pair": "“%(value)s”不是两个人，应写成 [p01, p09]",
    "out_of_range": "“%(value)s”应在 %(first)s–%(last)s 之间",
    "duplicate": "“%(key)s”出现了两次",
    "duplicate_key": "“%(key)s”写了两次%(at)s",
    "not_json": "不是可读的 JSON%(at)s",
    "several_presets": "文件里有几套方案，请用 #编号 指明一套：%(presets)s",
    "cyclic_extends": "“%(value)s”最终又引用了自己",
    "one_selector": "应当且只能写一种：%(allowed)s",
    "key_not_for_pairing": "“%(key)s”不用于 %(pairing)s",
    "needs_event": "只有 pairing: event 才知道是哪个人",
    "paths_start_apart": "须与 from 一样，都从 unit 或都从 person 出发",
    "closes_before_it_opens": "%(closes)s 结束，早于 %(opens)s 开始",
    "either_or": "“%(key)s”与“%(other)s”只能写一个",
    "check_not_understood": "“%(value)s”无法核算；可写：%(customary)s；不核算的不写 check，由人登记或签署",
    "check_missing": "要由系统核算的，请写 check，如：%(customary)s",
    "too_many": "超过 %(most)s 项，请检查范围",
}  # fmt: skip
"""Kind → what is said after the name of the key."""


def sentence(kind: str, details: Mapping[str, object], lang: str) -> str | None:
    """What is said of a kind of mistake in a file of rules; None if it is no such kind."""
    if kind not in SENTENCES:
        return None
    shown = {key: _shown(value, lang) for key, value in details.items()}
    return filled(SENTENCES[kind], lang, shown | _around(shown, lang))


def _shown(value: object, lang: str) -> str:
    """A detail as people read it."""
    if isinstance(value, (tuple, list)):
        return listed(map(str, value), lang)
    return "" if value is None else str(value)


def _around(shown: Mapping[str, str], lang: str) -> dict[str, str]:
    """What may be added: the words that are known here, the line."""
    allowed, line = shown.get("allowed"), shown.get("line")
    return {
        "known": say("；可写：%(words)s", lang, words=allowed) if allowed else "",
        "at": say("（第 %(line)s 行）", lang, line=line) if line else "",
    }
