"""All figures, one line each; the exit status is 1 if one of them is not as it must be.

python -m tests.trust [--short] [NAME…]
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests import cluster, hammer, hammer_http
from tests.databases import Databases
from tests.trust import hostile, kills
from tests.trust.figures import Figure, by_tests, timed

KINDS = ("sqlite", "postgresql")


def main() -> int:
    """Measure what is named, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="a tenth or less of everything, within minutes")
    parser.add_argument("names", nargs="*", metavar="NAME")
    options = parser.parse_args()
    with cluster.on_call(), tempfile.TemporaryDirectory(prefix="tanxin-trust-") as folder:
        all_is_well = True
        for name, measure in measures(Databases(Path(folder)), is_short=options.short).items():
            if not options.names or name in options.names:
                figure = timed(measure)
                print(figure, flush=True)
                all_is_well = all_is_well and figure.is_kept
    return 0 if all_is_well else 1


def measures(databases: Databases, *, is_short: bool) -> dict[str, Callable[[], Figure]]:
    """What is measured, by name."""
    examples = "2" if is_short else "56"
    policy = "tests/web/test_policy.py"
    readers = (
        "tests/ical/test_cases.py",
        "tests/ical/test_corpus.py",
        "tests/ical/test_read.py",
        "tests/feeds/test_feeds.py",
    )
    return {
        "roles": partial(by_tests, "role matrix", policy, says="{tests} tests, {answers} answers"),
        "canaries": partial(
            by_tests,
            "canaries, zips unpacked",
            "tests/feeds/test_canary.py",
            "tests/web/test_canary.py",
            "tests/web/test_nothing_private.py",
            says="{answers} answers",
        ),
        **{f"hammer-{kind}": partial(hammered, databases, kind, is_short=is_short) for kind in KINDS},
        **{f"http-{kind}": partial(hammered_from_outside, databases, kind, is_short=is_short) for kind in KINDS},
        **{f"kills-{kind}": partial(kills.killed, databases, kind, 5 if is_short else 50) for kind in KINDS},
        "ssrf": partial(
            by_tests, "fetches inside", "tests/outside/test_fetch.py", says="{tried} tried, {dials} dials inside"
        ),
        "calendars": partial(hostile.calendars, 60 if is_short else 420),
        "workbooks": partial(hostile.books, 20 if is_short else 80),
        "requests": partial(
            by_tests,
            "requests of any kind",
            "tests/api/test_any_request.py",
            says="{cases} cases",
            TANXIN_EXAMPLES=examples,
        ),
        "readers": partial(
            by_tests,
            "calendars as others read them",
            *readers,
            says="{tests} tests, {calendars} calendars made by dice",
            TANXIN_CALENDARS="60" if is_short else "2000",
        ),
        "restore": partial(by_tests, "restore drill", "tests/services/operations/test_backups.py"),
    }


def hammered(databases: Databases, kind: str, *, is_short: bool) -> Figure:
    """Many bookers at once on one database."""
    processes, operations = (4, 200) if is_short else (16, 2000)
    address = databases.make(kind, hammer.fill)
    outcome = hammer.run(address, processes, operations)
    databases.drop(address)
    return Figure(f"hammer on {kind}", str(outcome), not (outcome.overlaps or outcome.halves))


def hammered_from_outside(databases: Databases, kind: str, *, is_short: bool) -> Figure:
    """Many scripts at once at a server with several processes on one database."""
    processes, operations = (4, 25) if is_short else (16, 250)
    address = databases.make(kind, hammer.fill)
    outcome = hammer_http.run(address, databases.folder, processes, operations)
    databases.drop(address)
    return Figure(f"hammer over HTTP on {kind}", str(outcome), hammer_http.is_well(outcome))


if __name__ == "__main__":
    sys.exit(main())
