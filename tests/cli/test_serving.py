"""The server: what is kept open, what is closed."""

import http.client
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing

import pytest

from scheduler.cli import serving

Start = Callable[[str, list[tuple[str, str]]], object]


def application(environ: dict[str, str], start: Start) -> Iterable[bytes]:
    """304 and nothing, or a text of unknown length."""
    if environ["PATH_INFO"] == "/304":
        start("304 Not Modified", [])
        return []
    start("200 OK", [])
    return iter([b"a text", b" in parts"])


@pytest.fixture
def port() -> Iterator[int]:
    listener = socket.create_server(("127.0.0.1", 0))
    server = serving.make(application, listener, threads=1)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield listener.getsockname()[1]
    server.close()


def closes(port: int, path: str, **headers: str) -> bool:
    with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        return connection.sock is None or answer.getheader("Connection") == "close"


def test_a_connection_goes_on_after_an_answer_without_a_body(port: int) -> None:
    assert not closes(port, "/304")
    assert closes(port, "/304", Connection="close")
    assert closes(port, "/text")
