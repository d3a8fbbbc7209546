"""How gunicorn runs this application: it reads this file by itself when it is started in this folder."""

import re
from typing import Any

from gunicorn.glogging import Logger

SECRET = re.compile(r"[A-Za-z0-9_-]{20,}")
"""What could be the secret of an address: of a feed, a subscription page, a link in mail, a password that is set for the first time."""


class DiscreetLogger(Logger):  # type: ignore[misc]  # gunicorn ships no types
    """Whatever an access log is told to hold, no secret stands in it."""

    def atoms(self, *request: Any) -> dict[str, Any]:
        """What a line of the access log may be made of."""
        atoms = super().atoms(*request).items()
        return {name: SECRET.sub("…", value) if isinstance(value, str) else value for name, value in atoms}


logger_class = DiscreetLogger
