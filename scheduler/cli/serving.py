"""Waitress, told that a connection can go on after an answer without a body: a 304 is what calendar readers get most."""

import socket
from typing import Any

from waitress.channel import HTTPChannel
from waitress.server import create_server
from waitress.task import WSGITask

SEND_BUFFER = 1 << 20
"""Bytes that are handed over at once: a whole calendar."""


class Task(WSGITask):  # type: ignore[misc]  # Waitress ships no types
    """One request, after which the connection stays open even if the answer has no body, as HTTP/1.1 says."""

    def set_close_on_finish(self) -> None:
        """Close the connection, unless nothing is wrong but that there is no Content-Length."""
        connection = self.request.headers.get("CONNECTION", "").lower()
        if self.has_body or self.version != "1.1" or connection == "close":
            super().set_close_on_finish()


class KeepAliveChannel(HTTPChannel):  # type: ignore[misc]  # Waitress ships no types
    """A connection that carries such requests."""

    task_class = Task


def make(app: object, listener: socket.socket, *, threads: int) -> Any:
    """A server at a socket that listens already; `run` it, `close` it."""
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)  # what it accepts inherits it
    server = create_server(app, sockets=[listener], threads=threads, ident=None)
    server.channel_class = KeepAliveChannel
    return server
