"""Whether the house is in order: what `doctor` and those who watch the server ask."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Engine, delete, make_url, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from scheduler.core.ground.clock import Clock
from scheduler.services.ground import organisation
from scheduler.services.ground.schema import reason
from scheduler.store import engine as engines
from scheduler.store import guards, writing
from scheduler.store.operations.rows import HeartbeatRow
from scheduler.store.organisation.rows import WorkdayYearRow

STALE = timedelta(minutes=3)
"""A background process that said nothing for so long has stopped."""
FORGOTTEN = timedelta(days=1)
"""One that was killed is missed for so long."""
NO_ROOM, LITTLE_ROOM = 50, 500
"""Megabytes free below which a disk is as good as full, or soon will be."""
OLDEST_SENSIBLE_YEAR = 2024
"""A real clock that shows an earlier year was never set."""


class HealthVerdict(StrEnum):
    """How a check went."""

    FINE = "fine"
    NOTE = "note"
    """Worth knowing, nothing is wrong."""
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; `kind` says what was found, `detail` the particulars."""

    name: str
    verdict: HealthVerdict
    kind: str
    detail: str = ""


def checks(address: str, instance: Path, clock: Clock, *, is_clock_set: bool) -> list[Check]:
    """Everything that can be looked at from here; what needs the database is left out when it cannot be reached."""
    return [
        *_database(address, clock),
        _fonts(),
        _clock(clock, is_set=is_clock_set),
        _instance(instance),
        *_disks(address, instance),
    ]


def heartbeat(session: Session, name: str, clock: Clock) -> None:
    """Note that a background process lives; each has a name of its own."""
    writing.begin(session)
    row = session.get(HeartbeatRow, name)
    if row is None:
        session.add(HeartbeatRow(name=name, at=clock.real))
    else:
        row.at = clock.real
    session.commit()


def farewell(session: Session, name: str) -> None:
    """Note that a background process ends as it should: nobody has to miss it."""
    writing.begin(session)
    session.execute(delete(HeartbeatRow).where(HeartbeatRow.name == name))
    session.commit()


def purge(session: Session, clock: Clock) -> None:
    """Forget background processes that were killed so long ago that nobody misses them any more."""
    writing.begin(session)
    session.execute(delete(HeartbeatRow).where(HeartbeatRow.at < clock.real - FORGOTTEN))
    session.commit()


def unready(engine: Engine) -> tuple[str, ...]:
    """What keeps the application from answering, as `doctor` names it: `database`, `migrations`, `guards`; nothing when it is ready."""
    from scheduler.store import schema  # Alembic is slow to import

    try:
        with engine.connect() as connection:
            is_behind = schema.current(connection) != schema.head()
            lacks_guards = bool(guards.missing(connection))
    except DBAPIError:
        return ("database",)
    return tuple(name for name, is_so in (("migrations", is_behind), ("guards", lacks_guards)) if is_so)


def _database(address: str, clock: Clock) -> Iterator[Check]:
    """The database, as far as it can be had."""
    engine = engines.make(address)
    file = engine.url.database or ""
    if engine.dialect.name == "sqlite" and file != ":memory:" and not Path(file).exists():
        yield Check("database", HealthVerdict.WRONG, "no_file", file)
        return
    try:
        with engine.connect():
            yield Check("database", HealthVerdict.FINE, "reached", engine.url.render_as_string(hide_password=True))
        yield from _inside(engine, clock)
    except DBAPIError as error:
        yield Check("database", HealthVerdict.WRONG, "unreachable", reason(error))
    finally:
        engine.dispose()


def _inside(engine: Engine, clock: Clock) -> Iterator[Check]:
    """What the database holds."""
    from scheduler.store import schema  # Alembic is slow to import

    if not schema.is_current(engine):
        yield Check("migrations", HealthVerdict.WRONG, "behind", schema.head())
        return
    yield Check("migrations", HealthVerdict.FINE, "at_head", schema.head())
    with engine.connect() as connection:
        lacking = guards.missing(connection)
    yield Check(
        "guards",
        HealthVerdict.WRONG if lacking else HealthVerdict.FINE,
        "lacking" if lacking else "present",
        ", ".join(lacking),
    )
    with Session(engine) as session:
        yield _workdays(session, clock)
        yield _worker(session, clock)


def _workdays(session: Session, clock: Clock) -> Check:
    """This year's holidays must be known; next year's come out in November or December."""
    year = clock.today(organisation.zone(session)).year
    published = set(session.scalars(select(WorkdayYearRow.year).where(WorkdayYearRow.year.in_((year, year + 1)))))
    if year not in published:
        return Check("workdays", HealthVerdict.WRONG, "not_published", str(year))
    if year + 1 not in published:
        return Check("workdays", HealthVerdict.NOTE, "next_not_published", str(year + 1))
    return Check("workdays", HealthVerdict.FINE, "published", f"{year}, {year + 1}")


def _worker(session: Session, clock: Clock) -> Check:
    """Whether every background process lives that did not say goodbye."""
    rows = session.scalars(select(HeartbeatRow).order_by(HeartbeatRow.at, HeartbeatRow.name)).all()
    if not rows:
        return Check("worker", HealthVerdict.NOTE, "never_seen")
    stale = [row for row in rows if clock.real - row.at > STALE]
    verdict = HealthVerdict.NOTE if stale else HealthVerdict.FINE
    kind = ("some_stale" if len(stale) < len(rows) else "stale") if stale else "alive"
    return Check("worker", verdict, kind, ", ".join(f"{row.name} {row.at:%Y-%m-%dT%H:%M:%SZ}" for row in stale or rows))


def _fonts() -> Check:
    """Whether there is a font with Chinese characters, for what is printed on the server."""
    program = shutil.which("fc-list")
    if program is None:
        return Check("fonts", HealthVerdict.NOTE, "no_fc_list")
    try:
        output = subprocess.run(  # noqa: S603 - our own words
            [program, ":lang=zh-cn", "family"], capture_output=True, text=True, timeout=20, check=False
        ).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        output = ""
    first = output.partition("\n")[0]
    return Check("fonts", HealthVerdict.FINE if first else HealthVerdict.NOTE, "found" if first else "no_font", first)


def _clock(clock: Clock, *, is_set: bool) -> Check:
    """What time it is, and for whom."""
    if clock.real.year < OLDEST_SENSIBLE_YEAR:
        return Check("clock", HealthVerdict.WRONG, "never_set", clock.real.isoformat(timespec="minutes"))
    kind = "set" if is_set else "real"
    return Check(
        "clock", HealthVerdict.NOTE if is_set else HealthVerdict.FINE, kind, clock.now.isoformat(timespec="minutes")
    )


def _instance(folder: Path) -> Check:
    """Whether secrets lie open to other users of this machine."""
    key = folder / "secret_key"
    if _is_open(key):
        return Check("instance", HealthVerdict.WRONG, "key_open", str(key))
    if _is_open(folder):
        return Check("instance", HealthVerdict.NOTE, "folder_open", str(folder))
    return Check("instance", HealthVerdict.FINE, "closed", str(folder))


def _disks(address: str, instance: Path) -> Iterator[Check]:
    """Whether there is room on the disks that we write to."""
    file = make_url(address).database or ""
    folders = [instance, *([Path(file).parent] if address.startswith("sqlite") and file != ":memory:" else [])]
    for folder in dict.fromkeys(folders):
        if folder.exists():
            free = shutil.disk_usage(folder).free // 1024 // 1024
            verdict, kind = HealthVerdict.FINE, "room"
            if free < LITTLE_ROOM:
                is_full = free < NO_ROOM
                verdict, kind = (HealthVerdict.WRONG, "no_room") if is_full else (HealthVerdict.NOTE, "little_room")
            yield Check("disk", verdict, kind, f"{folder}: {free} MB")


def _is_open(path: Path) -> bool:
    """Whether others than the owner may get at a file or folder."""
    return path.exists() and bool(path.stat().st_mode & 0o077)
