"""The mail server that the settings name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from config import Mail

if TYPE_CHECKING:
    from scheduler.outside.mail import Server


def of(mail: Mail) -> Server:
    """The server, as the room that opens sockets knows it."""
    from scheduler.outside.mail import Server

    return Server(mail.host, mail.port, mail.user, mail.password, mail.encryption)
