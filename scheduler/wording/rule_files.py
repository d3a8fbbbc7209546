"""What is wrong in a file of rules, as sentences."""

from collections.abc import Mapping

SENTENCES = {
    "unknown_key": ("没有“{key}”这一项{known}", "there is no key “{key}”{known}"),
    "unknown_choice": ("没有“{value}”这一选项{known}", "there is no choice “{value}”{known}"),
    "not_a_mapping": ("此处应为“键: 值”的形式", "should hold keys with values here"),
    "not_a_list": ("此处应为列表，如 [R1, R2]", "should be a list here, such as [R1, R2]"),
    "not_a_text": ("此处应为文字", "should be a text here"),
    "not_a_pair": ("“{value}”不是两个人，应写成 [p01, p09]", "“{value}” is not two people; write [p01, p09]"),
    "out_of_range": ("“{value}”应在 {first}–{last} 之间", "“{value}” should lie between {first} and {last}"),
    "duplicate": ("“{key}”出现了两次", "“{key}” stands here twice"),
    "duplicate_key": ("“{key}”写了两次{at}", "the key “{key}” stands there twice{at}"),
    "not_json": ("不是可读的 JSON{at}", "not JSON that can be read{at}"),
    "several_presets": (
        "文件里有几套方案，请用 #编号 指明一套：{presets}",
        "there are several presets in the file; name one with #id: {presets}",
    ),
    "cyclic_extends": ("“{value}”最终又引用了自己", "“{value}” extends itself in the end"),
    "one_selector": ("应当且只能写一种：{allowed}", "should name exactly one of {allowed}"),
    "key_not_for_pairing": ("“{key}”不用于 {pairing}", "“{key}” means nothing with {pairing}"),
    "needs_event": ("只有 pairing: event 才知道是哪个人", "only pairing: event knows which person is meant"),
    "paths_start_apart": ("须与 from 一样，都从 unit 或都从 person 出发", "must start where `from` starts: at unit, or at person"),
    "closes_before_it_opens": ("{closes} 结束，早于 {opens} 开始", "closes on {closes}, before it opens on {opens}"),
    "either_or": ("“{key}”与“{other}”只能写一个", "either “{key}” or “{other}”, not both"),
    "too_many": ("超过 {most} 项，请检查范围", "more than {most}; is that what is meant?"),
}  # fmt: skip
"""Kind → what is said after the name of the key."""


def sentence(kind: str, details: Mapping[str, object], *, is_zh: bool) -> str | None:
    """What is said of a kind of mistake in a file of rules; None if it is no such kind."""
    words = SENTENCES.get(kind)
    if words is None:
        return None
    shown = {key: _shown(value, is_zh=is_zh) for key, value in details.items()}
    return words[0 if is_zh else 1].format_map(_Shown({**shown, **_around(shown, is_zh=is_zh)}))


def _shown(value: object, *, is_zh: bool) -> str:
    """A detail as people read it."""
    if isinstance(value, (tuple, list)):
        return ("、" if is_zh else ", ").join(map(str, value))
    return "" if value is None else str(value)


def _around(shown: Mapping[str, str], *, is_zh: bool) -> dict[str, str]:
    """What may be added: the words that are known here, the line."""
    known, line = shown.get("allowed", ""), shown.get("line", "")
    if is_zh:
        return {"known": f"；可写：{known}" if known else "", "at": f"（第 {line} 行）" if line else ""}
    return {"known": f"; known are: {known}" if known else "", "at": f" (line {line})" if line else ""}


class _Shown(dict[str, str]):
    """Details of a sentence; what was not given stays empty."""

    def __missing__(self, key: str) -> str:
        return ""
