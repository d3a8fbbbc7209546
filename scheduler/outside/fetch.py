"""The guarded fetch: the only way in which anything is fetched from an address that somebody typed.

Every address a name stands for is looked at, and the one that is dialled is one of those, so no second answer of a name server
gets in between. Redirects are followed by hand and looked at in the same way. No proxy, no cookies, no compressed bombs, no drip.
"""

import http.client
import io
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Collection
from typing import Any
from urllib.parse import urljoin

from scheduler.outside.addresses import FetchTarget, is_public, target
from scheduler.outside.errors import Unfetchable

MAX_OCTETS = 20 * 1024 * 1024
SECONDS = 10.0
MAX_REDIRECTS = 3
AGENT = "Mozilla/5.0 (compatible; Tanxin calendar reader)"
"""Outlook answers strange names with an error."""
_REDIRECTS = (301, 302, 303, 307, 308)
_PIECE = 64 * 1024

SocketAddress = tuple[Any, ...]


def fetch(address: str, allowed: Collection[str] = (), *, most: int = MAX_OCTETS, seconds: float = SECONDS) -> bytes:
    """What stands at an address. Raises Unfetchable, whatever went wrong."""
    deadline = Deadline(seconds)
    try:
        page = target(address, allowed)
        for _ in range(MAX_REDIRECTS + 1):
            answer = _ask(page, deadline, most)
            if isinstance(answer, bytes):
                return answer
            onward = target(urljoin(f"{page.scheme}://{page.netloc}{page.path}", answer), allowed)
            if page.scheme == "https" and onward.scheme != "https":
                raise Unfetchable("downgrade")
            page = onward
    except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
        raise Unfetchable("failed") from error
    raise Unfetchable("too_many_redirects")


def post(
    address: str, document: bytes, allowed: Collection[str] = (), *, most: int = MAX_OCTETS, seconds: float = SECONDS
) -> bytes:
    """What a JSON document that is sent to an address is answered with; nobody is followed elsewhere. Raises Unfetchable."""
    try:
        answer = _ask(target(address, allowed), Deadline(seconds), most, document)
    except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
        raise Unfetchable("failed") from error
    if isinstance(answer, str):
        raise Unfetchable("redirected")
    return answer


class Deadline:
    """When all must be over."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left. Raises Unfetchable when there are none."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise Unfetchable("too_slow")
        return left


def _ask(page: FetchTarget, deadline: Deadline, most: int, document: bytes | None = None) -> bytes | str:
    """Ask once, or send a document: the content, or where it stands instead."""
    connection = _Connection(page, deadline)
    try:
        verb = "GET" if document is None else "POST"
        connection.putrequest(verb, page.path, skip_host=True, skip_accept_encoding=True)
        headers = {"Host": page.netloc, "User-Agent": AGENT, "Accept": "text/calendar, */*;q=0.5"}
        for name, value in {**headers, "Accept-Encoding": "identity", "Connection": "close"}.items():
            connection.putheader(name, value)
        if document is not None:
            connection.putheader("Content-Type", "application/json; charset=utf-8")
            connection.putheader("Content-Length", str(len(document)))
        connection.endheaders(document)
        with connection.getresponse() as answer:
            if answer.status in _REDIRECTS:
                return answer.headers.get("Location", "")
            if answer.status != http.client.OK:
                raise Unfetchable("status")
            return _content(answer, most)
    finally:
        connection.hang_up()


def _content(answer: http.client.HTTPResponse, most: int) -> bytes:
    """The body, unpacked if it was packed all the same; never more than `most` octets on either side."""
    packing = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if packing not in ("identity", "", "gzip", "x-gzip"):
        raise Unfetchable("encoding")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16) if "gzip" in packing else None
    taken, body = 0, bytearray()
    while piece := answer.read(_PIECE):
        taken += len(piece)
        body += unpacker.decompress(piece, most + 1 - len(body)) if unpacker else piece
        if taken > most or len(body) > most:
            raise Unfetchable("too_large")
    if (unpacker and not unpacker.eof) or answer.length:
        raise Unfetchable("cut_off")
    return bytes(body)


class _Connection(http.client.HTTPConnection):
    """A connection to a machine that was looked at, over by a deadline."""

    def __init__(self, page: FetchTarget, deadline: Deadline) -> None:
        super().__init__(page.host, page.port)
        self._target, self._deadline = page, deadline
        self._dialled: socket.socket | None = None

    def connect(self) -> None:
        """Dial, and speak TLS if that was asked for."""
        dialled = dial(self._target, self._deadline)
        try:
            if self._target.scheme == "https":
                dialled.settimeout(self._deadline.left())
                dialled = ssl.create_default_context().wrap_socket(dialled, server_hostname=self._target.host)
        except BaseException:
            dialled.close()
            raise
        self._dialled, self.sock = dialled, _TimedSocket(dialled, self._deadline)

    def hang_up(self) -> None:
        """Close the connection, and the socket under it."""
        self.close()
        if self._dialled:
            self._dialled.close()


def dial(machine: FetchTarget, deadline: Deadline) -> socket.socket:
    """A connection to one of a host's addresses. All of them must be public, unless the operator lists the host."""
    answers = _look_up(machine, deadline)
    for *_, where in answers:
        _check(machine, where)
    failed: OSError | None = None
    for family, kind, protocol, _, where in answers:
        left = deadline.left()
        _check(machine, where)  # here, where the address is used, and on nothing but it is decided
        dialled = socket.socket(family, kind, protocol)
        try:
            dialled.settimeout(left)
            dialled.connect(where)
            return dialled
        except OSError as error:
            dialled.close()
            failed = error
    raise Unfetchable("unreachable") from failed


def _check(machine: FetchTarget, where: SocketAddress) -> None:
    """Raise Unfetchable for a machine that is not public and that the operator did not list."""
    if not (machine.is_allowed or is_public(str(where[0]))):
        raise Unfetchable("not_public")


_Answers = list[tuple[socket.AddressFamily, socket.SocketKind, int, str, SocketAddress]]


def _look_up(machine: FetchTarget, deadline: Deadline) -> _Answers:
    """All addresses of a host. Name servers know no deadline, so a thread waits in our place."""
    answers: list[_Answers] = []

    def look() -> None:
        try:
            answers.append(list(socket.getaddrinfo(machine.host, machine.port, type=socket.SOCK_STREAM)))
        except (OSError, UnicodeError):
            answers.append([])

    thread = threading.Thread(target=look, name="look-up", daemon=True)
    thread.start()
    thread.join(deadline.left())
    if not answers:
        raise Unfetchable("too_slow")
    if not answers[0]:
        raise Unfetchable("unknown_host")
    return answers[0]


class _TimedSocket:
    """A socket that waits until the deadline and no longer, however slowly the other side drips."""

    def __init__(self, dialled: socket.socket, deadline: Deadline) -> None:
        self._socket, self._deadline = dialled, deadline

    def sendall(self, data: bytes) -> None:
        """Send all of it."""
        self._socket.settimeout(self._deadline.left())
        self._socket.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        """A reader of what comes in; only ever asked for one, in binary."""
        del mode
        return io.BufferedReader(_SocketReader(self._socket, self._deadline))

    def close(self) -> None:
        """Stay: the library lets go of a socket before its answer is read. Whoever asked hangs up."""


class _SocketReader(io.RawIOBase):
    """What comes in, as it comes."""

    def __init__(self, dialled: socket.socket, deadline: Deadline) -> None:
        self._socket, self._deadline = dialled, deadline

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Some octets; none at the end."""
        self._socket.settimeout(self._deadline.left())
        return self._socket.recv_into(buffer)
