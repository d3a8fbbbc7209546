"""Robots of chat groups: a text sent to the address that WeCom, DingTalk or Feishu gave out, signed as each documents it.

WeCom: developer.work.weixin.qq.com/document/path/91770; DingTalk: open.dingtalk.com/document/robots/customize-robot-security-settings;
Feishu: open.feishu.cn/document/client-docs/bot-v3/add-custom-bot.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Collection
from datetime import datetime
from enum import StrEnum
from urllib.parse import quote_plus

from scheduler.outside import fetch
from scheduler.outside.errors import Unfetchable

MAX_OCTETS = 2_000
"""Of one text: WeCom takes 2048, the others more."""
MAX_ANSWER = 64 * 1024


class RobotKind(StrEnum):
    """Whose robot it is."""

    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"


Request = tuple[str, dict[str, object]]
"""An address, and what is sent there."""


def wecom(address: str, secret: str, text: str, at: datetime) -> Request:
    """WeCom's: the key in the address is all there is."""
    del secret, at
    return address, {"msgtype": "text", "text": {"content": text}}


def dingtalk(address: str, secret: str, text: str, at: datetime) -> Request:
    """DingTalk's: milliseconds and the secret, signed with the secret, in the address."""
    body: dict[str, object] = {"msgtype": "text", "text": {"content": text}}
    if not secret:
        return address, body
    stamp = str(int(at.timestamp() * 1000))
    sign = quote_plus(_signed(secret, f"{stamp}\n{secret}"))
    return f"{address}{'&' if '?' in address else '?'}timestamp={stamp}&sign={sign}", body


def feishu(address: str, secret: str, text: str, at: datetime) -> Request:
    """Feishu's: seconds and the secret are the key, and nothing is what is signed; it stands beside the text."""
    body: dict[str, object] = {"msg_type": "text", "content": {"text": text}}
    if not secret:
        return address, body
    stamp = str(int(at.timestamp()))
    return address, {"timestamp": stamp, "sign": _signed(f"{stamp}\n{secret}", ""), **body}


WAYS: dict[RobotKind, Callable[[str, str, str, datetime], Request]] = {
    RobotKind.WECOM: wecom,
    RobotKind.DINGTALK: dingtalk,
    RobotKind.FEISHU: feishu,
}


def send(kind: RobotKind, address: str, secret: str, text: str, at: datetime, allowed: Collection[str] = ()) -> None:
    """Send a text, by the guarded fetch. Raises Unfetchable, also when the robot says no (`refused`)."""
    where, body = WAYS[kind](address, secret, shortened(text), at)
    answer = fetch.post(where, json.dumps(body, ensure_ascii=False).encode(), allowed, most=MAX_ANSWER)
    try:
        told = json.loads(answer)
        is_taken = isinstance(told, dict) and told.get("errcode", told.get("code", told.get("StatusCode"))) == 0
    except ValueError:
        is_taken = False
    if not is_taken:
        raise Unfetchable("refused")


def shortened(text: str) -> str:
    """A text that every robot takes: cut at a line, with a sign that it goes on."""
    if len(text.encode()) <= MAX_OCTETS:
        return text
    lines, size = [], 4
    for line in text.splitlines():
        size += len(line.encode()) + 1
        if size > MAX_OCTETS:
            break
        lines.append(line)
    return "\n".join([*lines, "……"])


def _signed(key: str, message: str) -> str:
    """HMAC-SHA256 in base64."""
    return base64.b64encode(hmac.new(key.encode(), message.encode(), hashlib.sha256).digest()).decode()
