"""`python -m scheduler COMMAND …`: joins the command line with the server and the background process it can start."""

import os
import sys
from datetime import UTC, datetime

from config import Config
from scheduler.cli.call import Doors
from scheduler.cli.main import main
from scheduler.core.ground.clock import Clock


def _create_app(config: Config) -> object:
    """The web application; imported only when it is to be served."""
    from scheduler.app import create_app

    return create_app(config)


def _work(config: Config, follows: int | None) -> None:
    """The background process, until it is told to stop."""
    from scheduler import worker

    worker.run(config, follows=follows)


def _clock(config: Config) -> Clock:
    """What time it is when a command begins; `edge` tells the same, but would wake Flask for it."""
    real = datetime.now(UTC)  # noqa: TID251 - this is a door, and the one place of it that asks
    return Clock(config.now or real, real)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ, Doors(_create_app, _work), _clock))
