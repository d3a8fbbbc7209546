"""Mail servers that tests really start: one that takes everything, and others that behave as servers do."""

import asyncio
import math
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from scheduler.outside.mail import Server
from tests.serving import a_free_port

USER, PASSWORD = "tanxin", "hunter2"


@dataclass
class Letterbox:
    """What a server took, and what it answers."""

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    signed_in: list[bool] = field(default_factory=list)
    to_recipient: str = ""
    """What is answered to RCPT instead of taking it."""
    to_data: str = ""
    wait: float = 0
    """Seconds before a message is taken."""
    most: float = math.inf
    """When so many were taken, the next has to wait until there may be more."""

    async def handle_RCPT(self, _s: Any, _session: Any, envelope: Any, address: str, _o: Any) -> str:  # noqa: N802
        if self.to_recipient:
            return self.to_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.wait:
            await asyncio.sleep(self.wait)
        while len(self.taken) >= self.most:
            await asyncio.sleep(0.01)
        if self.to_data:
            return self.to_data
        made = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(made, EmailMessage)
        self.taken.append(made)
        self.signed_in.append(bool(session.authenticated))
        return "250 OK"

    @property
    def ids(self) -> list[str]:
        return [str(message["Message-ID"]) for message in self.taken]

    def of(self, address: str) -> list[EmailMessage]:
        return [message for message in self.taken if message["To"] == address]

    def server(self, **more: Any) -> Server:
        return Server("127.0.0.1", self.port, **{"encryption": "none", **more})


@contextmanager
def letterbox(
    *, certificate: Path | None = None, is_tls: bool = False, wants_sign_in: bool = False
) -> Iterator[Letterbox]:
    """A server on a port of its own; with a certificate it offers STARTTLS, or speaks TLS from the first byte."""
    box = Letterbox(a_free_port())
    options: dict[str, Any] = {}
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        options["ssl_context" if is_tls else "tls_context"] = context
    if wants_sign_in:
        options |= {"auth_required": True, "auth_require_tls": not is_tls, "authenticator": _knows}
    controller = Controller(box, hostname="127.0.0.1", port=box.port, **options)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def _knows(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    known = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=known, handled=known)


@contextmanager
def odd_server(*says: bytes, drips: bool = False) -> Iterator[int]:
    """A port that says these words on each connection, whatever it is told, and then hangs up, or drips for ever."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_speak, args=(listener, says, drips), daemon=True).start()
        yield int(listener.getsockname()[1])


def _speak(listener: socket.socket, says: tuple[bytes, ...], drips: bool) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            try:
                for words in says:
                    connection.sendall(words)
                    connection.recv(4096)
                while drips:
                    connection.sendall(b"2")
                    time.sleep(0.05)
            except OSError:
                continue
