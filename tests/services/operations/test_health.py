from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.clock import Clock
from scheduler.services.operations import health
from scheduler.services.operations.health import Check, HealthVerdict
from tests.builders import REAL, a_clock


def found(address: str, folder: Path, clock: Clock | None = None) -> dict[str, Check]:
    checks = health.checks(address, folder, clock or a_clock(), is_clock_set=True)
    return {check.name: check for check in checks}


def test_beat_is_seen_for_a_while(database: str, session: Session, tmp_path: Path) -> None:
    assert found(database, tmp_path)["worker"].kind == "never_seen"

    health.heartbeat(session, "worker", a_clock())
    health.heartbeat(session, "worker", a_clock())

    assert found(database, tmp_path)["worker"] == Check(
        "worker", HealthVerdict.FINE, "alive", "worker 2026-11-22T02:00:00Z"
    )
    later = a_clock(real=REAL + timedelta(minutes=4))
    assert found(database, tmp_path, later)["worker"].kind == "stale"


def test_one_of_two_that_was_killed_is_missed_for_a_day(database: str, session: Session, tmp_path: Path) -> None:
    health.heartbeat(session, "east:7", a_clock())
    later = a_clock(real=REAL + timedelta(minutes=4))
    health.heartbeat(session, "west:9", later)

    missed = Check("worker", HealthVerdict.NOTE, "some_stale", "east:7 2026-11-22T02:00:00Z")
    assert found(database, tmp_path, later)["worker"] == missed

    health.purge(session, later)
    assert found(database, tmp_path, later)["worker"] == missed
    next_day = a_clock(real=REAL + timedelta(days=1, minutes=1))
    health.purge(session, next_day)
    assert found(database, tmp_path, later)["worker"].kind == "alive"


def test_who_ends_as_it_should_is_not_missed(database: str, session: Session, tmp_path: Path) -> None:
    for name in ("east:7", "west:9"):
        health.heartbeat(session, name, a_clock())

    health.farewell(session, "east:7")

    later = a_clock(real=REAL + timedelta(minutes=4))
    assert found(database, tmp_path, later)["worker"] == Check(
        "worker", HealthVerdict.NOTE, "stale", "west:9 2026-11-22T02:00:00Z"
    )


def test_a_sound_database_passes_on_either_kind(database: str, tmp_path: Path) -> None:
    checks = found(database, tmp_path)

    assert [checks[name].verdict for name in ("database", "migrations", "guards")] == [HealthVerdict.FINE] * 3
    assert checks["workdays"] == Check("workdays", HealthVerdict.WRONG, "not_published", "2014")


def test_a_real_clock_that_was_never_set_is_wrong(tmp_path: Path) -> None:
    checks = found(f"sqlite:///{tmp_path / 'none'}", tmp_path, a_clock(real=datetime(1970, 1, 1, tzinfo=UTC)))

    assert (checks["clock"].verdict, checks["clock"].kind) == (HealthVerdict.WRONG, "never_set")


def test_fonts_are_a_note_when_they_are_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fonts() -> str:
        return found(f"sqlite:///{tmp_path / 'none'}", tmp_path)["fonts"].kind

    program = tmp_path / "fc-list"
    program.write_text("#!/bin/sh\necho 'Noto Sans CJK SC'\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert fonts() == "found"

    program.write_text("#!/bin/sh\n", encoding="utf-8")
    assert fonts() == "no_font"

    program.write_text("no program", encoding="utf-8")
    assert fonts() == "no_font"

    program.unlink()
    assert fonts() == "no_fc_list"


@pytest.mark.parametrize(
    ("free", "verdict"),
    [(40, HealthVerdict.WRONG), (400, HealthVerdict.NOTE), (4_000, HealthVerdict.FINE)],
)
def test_a_full_disk_is_wrong(
    free: int, verdict: HealthVerdict, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": free * 1024 * 1024})())

    disk = found(f"sqlite:///{tmp_path / 'none'}", tmp_path)["disk"]

    assert (disk.verdict, disk.detail) == (verdict, f"{tmp_path}: {free} MB")
