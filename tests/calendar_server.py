"""A server that gives out one calendar, whatever it was told last."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.ical.hostile import calendar, event

DAYS = calendar(
    event(start="DTSTART;TZID=Asia/Shanghai:20140805T090000", uid="secret-1").replace("UID", "SUMMARY:secret\r\nUID"),
    event("RRULE:FREQ=DAILY;COUNT=2", start="DTSTART;TZID=Asia/Shanghai:20140806T140000", uid="secret-2"),
)
"""Busy on 2014-08-05 from 9 to 10, and on the 6th and 7th from 14 to 15."""


class CalendarServer(ThreadingHTTPServer):
    """Serves `body` with `status`, and counts how often it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        self.body, self.status, self.asked = DAYS, 200, 0
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def host(self) -> str:
        """Host and port, as the operator lists them."""
        return f"127.0.0.1:{self.server_port}"

    @property
    def address(self) -> str:
        """Where the calendar stands; its path is a secret."""
        return f"http://{self.host}/secret-path.ics"


class _Handler(BaseHTTPRequestHandler):
    server: CalendarServer

    def do_GET(self) -> None:
        self.server.asked += 1
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[CalendarServer]:
    """The server, for as long as it is wanted."""
    made = CalendarServer()
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield made
    finally:
        made.shutdown()
        made.server_close()
        thread.join()
