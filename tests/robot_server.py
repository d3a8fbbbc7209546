"""A server that takes what robots of chat groups are sent, and checks the signature as WeCom, DingTalk and Feishu document it."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

SECRET, KEY = "SEC-of-tests", "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"


class RobotServer(ThreadingHTTPServer):
    """Keeps the texts that it took; what is signed wrongly it refuses."""

    daemon_threads = True

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []
        self.is_down = False
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def host(self) -> str:
        """Host and port, as the operator lists them."""
        return f"127.0.0.1:{self.server_port}"

    def address(self, kind: str) -> str:
        """The address of a robot, as its platform gives it out."""
        paths = {
            "wecom": f"/cgi-bin/webhook/send?key={KEY}",
            "dingtalk": f"/robot/send?access_token={KEY}",
            "feishu": f"/open-apis/bot/v2/hook/{KEY}",
        }
        return f"http://{self.host}{paths[kind]}"


def signed(key: str, message: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), message.encode(), hashlib.sha256).digest()).decode()


class _Handler(BaseHTTPRequestHandler):
    server: RobotServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        answer = {
            "/cgi-bin/webhook/send": self._wecom,
            "/robot/send": self._dingtalk,
            f"/open-apis/bot/v2/hook/{KEY}": self._feishu,
        }[parts.path](query, body)
        data = json.dumps(answer).encode()
        self.send_response(503 if self.server.is_down else 200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _wecom(self, query: dict[str, str], body: dict[str, Any]) -> dict[str, object]:
        if query.get("key") != KEY or body["msgtype"] != "text" or len(body["text"]["content"].encode()) > 2048:
            return {"errcode": 93000, "errmsg": "invalid webhook url"}
        return self._take("wecom", body["text"]["content"], {"errcode": 0, "errmsg": "ok"})

    def _dingtalk(self, query: dict[str, str], body: dict[str, Any]) -> dict[str, object]:
        stamp = query.get("timestamp", "")
        if len(stamp) != 13 or query.get("sign") != signed(SECRET, f"{stamp}\n{SECRET}"):
            return {"errcode": 310000, "errmsg": "sign not match"}
        return self._take("dingtalk", body["text"]["content"], {"errcode": 0, "errmsg": "ok"})

    def _feishu(self, query: dict[str, str], body: dict[str, Any]) -> dict[str, object]:
        del query
        stamp = body.get("timestamp", "")
        if len(stamp) != 10 or body.get("sign") != signed(f"{stamp}\n{SECRET}", ""):
            return {"code": 19021, "msg": "sign match fail or timestamp is not within one hour from current time"}
        return self._take("feishu", body["content"]["text"], {"code": 0, "msg": "success", "data": {}})

    def _take(self, kind: str, text: str, answer: dict[str, object]) -> dict[str, object]:
        if not self.server.is_down:
            self.server.taken.append((kind, text))
        return answer

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving_robots() -> Iterator[RobotServer]:
    """The server, for as long as it is wanted."""
    made = RobotServer()
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield made
    finally:
        made.shutdown()
        thread.join()
        made.server_close()
