"""The guarded fetch against a real server, and against names that stand for machines of the inner network."""

import gzip
import socket
import threading
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from scheduler.outside import fetch as module
from scheduler.outside.addresses import is_public
from scheduler.outside.errors import Unfetchable
from scheduler.outside.fetch import fetch
from tests.outside.test_addresses import NOT_PUBLIC

CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
BOMB = zlib.compressobj(wbits=31)
BOMB_OCTETS = BOMB.compress(bytes(50 * 1024 * 1024)) + BOMB.flush()


class _Handler(BaseHTTPRequestHandler):
    """A server with good and bad manners."""

    server: "_Server"
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        _, verb, *rest = self.path.split("/", 2)
        getattr(self, f"_{verb}", self._nothing)(*rest)

    def _answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def _nothing(self, *_: str) -> None:
        self._answer(404, b"secret of the inside")

    def _good(self, *_: str) -> None:
        self._answer(200, CALENDAR)

    def _chunked(self) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(CALENDAR), CALENDAR))

    def _until_closed(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(CALENDAR)
        self.close_connection = True

    def _gzip(self) -> None:
        self._answer(200, gzip.compress(CALENDAR), Content_Encoding="gzip")

    def _gzip_cut(self) -> None:
        self._answer(200, gzip.compress(CALENDAR)[:-9], Content_Encoding="gzip")

    def _gzip_wrong(self) -> None:
        self._answer(200, CALENDAR, Content_Encoding="gzip")

    def _brotli(self) -> None:
        self._answer(200, CALENDAR, Content_Encoding="br")

    def _bomb(self) -> None:
        self._answer(200, BOMB_OCTETS, Content_Encoding="gzip")

    def _large(self) -> None:
        self._answer(200, bytes(module.MAX_OCTETS + 1))

    def _cut(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(CALENDAR)
        self.close_connection = True

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self._slowly(b"x" * 1000)

    def _drip_headers(self) -> None:
        self._slowly(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"y" * 1000)

    def _slowly(self, data: bytes) -> None:
        try:
            for octet in data:
                self.wfile.write(bytes([octet]))
                self.wfile.flush()
                if self.server.over.wait(0.05):
                    return
            self.server.dripped = True
        except OSError:
            return

    def _to(self, place: str) -> None:
        self._answer(302, Location=place)

    def _again(self, count: str) -> None:
        self._answer(307, Location=f"/again/{int(count) - 1}" if int(count) else "/good")

    def _nowhere(self) -> None:
        self._answer(301)

    def _garbage(self) -> None:
        self.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n" * 3)
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.connections = 0
        self.dripped = False
        self.over = threading.Event()
        super().__init__(("127.0.0.1", 0), _Handler)

    def get_request(self) -> Any:
        self.connections += 1
        return super().get_request()

    def handle_error(self, *_: object) -> None:
        """Whoever hangs up on us is right to."""


@pytest.fixture
def server() -> Iterator[_Server]:
    made = _Server()
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield made
    made.over.set()
    made.shutdown()
    made.server_close()
    thread.join()


def _url(server: _Server, path: str, host: str = "127.0.0.1") -> str:
    return f"http://{host}:{server.server_port}{path}"


def _allowed(server: _Server) -> tuple[str, ...]:
    return (f"127.0.0.1:{server.server_port}",)


@pytest.mark.parametrize(
    "path", ["/good", "/good/x?y=z", "/chunked", "/until_closed", "/gzip", "/to//good", "/again/2"]
)
def test_what_stands_there_is_fetched(server: _Server, path: str) -> None:
    assert fetch(_url(server, path), _allowed(server)) == CALENDAR


def test_the_asker_gives_a_name_and_nothing_of_ours(server: _Server) -> None:
    fetch(_url(server, "/good"), _allowed(server))

    ((_, headers),) = server.asked
    assert set(headers) == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
    assert headers["Host"] == f"127.0.0.1:{server.server_port}"


def test_no_proxy_of_the_environment_is_asked(server: _Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    assert fetch(_url(server, "/good"), _allowed(server)) == CALENDAR


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/missing", "status"),
        ("/gzip_cut", "cut_off"),
        ("/gzip_wrong", "failed"),
        ("/brotli", "encoding"),
        ("/bomb", "too_large"),
        ("/large", "too_large"),
        ("/cut", "cut_off"),
        ("/again/3", "too_many_redirects"),
        ("/garbage", "failed"),
        ("/to/ftp://127.0.0.1/", "not_an_address"),
        ("/to/http://user@127.0.0.1/", "not_an_address"),
    ],
)
def test_what_goes_wrong_is_one_error(server: _Server, path: str, kind: str) -> None:
    with pytest.raises(Unfetchable) as refusal:
        fetch(_url(server, path), _allowed(server))
    assert refusal.value.kind == kind
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize("path", ["/drip", "/drip_headers"])
def test_a_drip_is_over_in_time(server: _Server, path: str) -> None:
    with pytest.raises(Unfetchable) as refusal:
        fetch(_url(server, path), _allowed(server), seconds=0.5)
    assert refusal.value.kind in ("too_slow", "failed")
    assert not server.dripped


def test_a_redirect_without_a_place_leads_back_and_ends(server: _Server) -> None:
    with pytest.raises(Unfetchable):
        fetch(_url(server, "/nowhere"), _allowed(server))
    assert len(server.asked) == 4


def test_tls_is_wanted_and_a_machine_without_it_is_none(server: _Server) -> None:
    with pytest.raises(Unfetchable):
        fetch(_url(server, "/good").replace("http:", "https:"), _allowed(server))
    assert server.asked == []


def test_nothing_leads_from_tls_to_plain_text(server: _Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ask", lambda asked, *_: f"http://{asked.netloc}/good")
    with pytest.raises(Unfetchable) as refusal:
        fetch(_url(server, "/good").replace("http:", "https:"), _allowed(server))
    assert refusal.value.kind == "downgrade"


def test_nobody_listens_is_one_error() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        with pytest.raises(Unfetchable) as refusal:
            fetch(f"http://127.0.0.1:{port}/", (f"127.0.0.1:{port}",))
    assert refusal.value.kind == "unreachable"


def test_a_name_that_nobody_knows_is_one_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(Unfetchable) as refusal:
        fetch("https://cal.example.org/")
    assert refusal.value.kind == "unknown_host"


def test_a_slow_name_server_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answered.wait(30) and [])
    with pytest.raises(Unfetchable) as refusal:
        fetch("https://cal.example.org/", seconds=0.1)
    answered.set()
    assert refusal.value.kind == "too_slow"


def test_no_time_left_is_too_slow() -> None:
    with pytest.raises(Unfetchable) as refusal:
        module.Deadline(0).left()
    assert refusal.value.kind == "too_slow"


# ── 0 connections to a machine that is not public ────────────────────────────────────────────────────────────────────
@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every address that any socket of this process is told to connect to."""
    found: list[Any] = []

    class Noted(socket.socket):
        def connect(self, where: Any) -> None:
            found.append(where)
            if not str(where[0]).startswith("127."):
                raise OSError("nothing leaves a test")
            super().connect(where)

    monkeypatch.setattr(socket, "socket", Noted)
    return found


def _answers(*addresses: str) -> list[Any]:
    return [
        (socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 80, 0, 0) if ":" in one else (one, 80))
        for one in addresses
    ]  # fmt: skip


_NUMBERS = [one for one in NOT_PUBLIC if one and one != "x"]
_ODD_HOSTS = [
    "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "127.1", "127.0.1", "0", "0.0", "localhost",
    "LOCALHOST.", "127.0.0.1.", "１２７.0.0.1", "127。0。0。1", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]",
    "[::]", "[fe80::1%25lo]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "①②⑦.0.0.1", "127.0.0.1%2f", "127.0.0.1#", "user@127.0.0.1",
    "cal.example.org@127.0.0.1", "127.0.0.1\\@cal.example.org", "ⓛocalhost", "localhost.localdomain", "ip6-localhost",
]  # fmt: skip


def test_of_250_addresses_and_redirects_none_reaches_a_machine_that_is_not_public(
    server: _Server,
    dialled: list[Any],
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    real, port, tried = socket.getaddrinfo, server.server_port, 0

    def answered(host: str, *_: object, **__: object) -> Any:
        if host in named:
            return named[host]
        return (
            real("127.0.0.1", port, type=socket.SOCK_STREAM)
            if "localhost" in host
            else real(host, port, type=socket.SOCK_STREAM)
        )

    named = {f"n{place}.example.org": _answers("8.8.8.8", one) for place, one in enumerate(_NUMBERS)}
    named |= {f"m{place}.example.org": _answers(one, "8.8.8.8") for place, one in enumerate(_NUMBERS)}
    monkeypatch.setattr(socket, "getaddrinfo", answered)
    hosts = [f"[{one}]" if ":" in one else one for one in _NUMBERS] + _ODD_HOSTS
    direct = [f"{scheme}://{host}/" for host in hosts for scheme in ("http", "webcal")]
    direct += [f"http://{name}/" for name in named] + [f"http://127.0.0.1:{port}/good"]
    for address in direct:
        tried += 1
        with pytest.raises(Unfetchable):
            fetch(address, seconds=3)
    assert dialled == []
    assert server.connections == 0

    for host in [*hosts, *named]:  # the same again, as places that a listed server sends us to
        tried += 1
        with pytest.raises(Unfetchable):
            fetch(_url(server, f"/to/http://{host}/inside"), _allowed(server), seconds=3)
    others = [where for where in dialled if where != ("127.0.0.1", port)]
    assert others == []
    assert all(path.startswith("/to/") for path, _ in server.asked)
    assert tried >= 250
    record_property("tried", tried)
    record_property("dials", len(others))


def test_a_public_address_is_dialled_as_it_was_answered(dialled: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answered(host: str, *_: object, **__: object) -> Any:
        asked.append(host)
        return _answers("8.8.8.8", "2606:4700::1111") if len(asked) == 1 else _answers("127.0.0.1")

    monkeypatch.setattr(socket, "getaddrinfo", answered)
    with pytest.raises(Unfetchable) as refusal:
        fetch("http://cal.example.org/")

    assert refusal.value.kind == "unreachable"
    assert [where[0] for where in dialled] == ["8.8.8.8", "2606:4700::1111"]
    assert asked == ["cal.example.org"]
    assert all(is_public(where[0]) for where in dialled)
