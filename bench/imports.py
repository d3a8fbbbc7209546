"""Import of a roster of 5,000 people from xlsx, against the time that openpyxl (read-only) needs to go through the file."""

from __future__ import annotations

import io
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
from sqlalchemy.orm import Session

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.clock import Clock
from scheduler.services.imports import run as imports
from scheduler.services.imports.run import Upload
from scheduler.store import engine as engines
from scheduler.store import schema

HEADER = ["编号 id", "姓名 name", "性别 gender", "部门 unit", "职务 position", "职务排序 rank", "类别 category",
          "政治面貌 party_status", "党支部 branch", "党小组 group", "标签 tags"]  # fmt: skip
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "文静海波守正慧永昌秀芝明远志诚晓岚延平学军丽华春燕铁林"
SIZES = (1_250, 2_500, 5_000)
LIMIT = 3.0
"""Times openpyxl's time, at the largest size."""


def workbook(people: int) -> bytes:
    """A roster such as an office keeps it."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("人员")
    sheet.append(HEADER)
    for n in range(people):
        name = SURNAMES[n % 16] + GIVEN[n * 7 % 26] + GIVEN[n * 11 % 25]
        branch = f"B{n % 40 + 1}" if n % 3 else ""
        group = f"{branch}-{n % 5 + 1}" if branch else ""
        status, tag = ("正式党员" if branch else "群众"), ("unit_head" if n % 25 == 0 else "")
        row = [f"p{n + 1:04}", name, "男女"[n % 2], f"D{n % 200:03}", "科员", n, "staff", status, branch, group, tag]
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def by_openpyxl(data: bytes) -> int:
    """Every row, as openpyxl reads it."""
    sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True).worksheets[0]
    return sum(1 for _ in sheet.iter_rows(values_only=True))


def by_import(data: bytes, address: str, now: datetime) -> int:
    """All of it in the database, committed."""
    engine = engines.make(address)
    try:
        with Session(engine) as session:
            upload = [Upload("roster.xlsx", data)]
            report = imports.run(session, OPERATOR, upload, None, False, Clock(now, now))
    finally:
        engine.dispose()
    return report.created


def seconds(work: Callable[[], int]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def run(repeat: int = 3) -> dict[str, object]:
    """Median times for each size, and the ratio at the largest."""
    now, sizes = datetime.now(UTC), []
    with tempfile.TemporaryDirectory() as folder:
        for people in SIZES:
            data = workbook(people)
            imported, again = [], []
            for n in range(repeat):
                address = f"sqlite:///{folder}/{people}-{n}.db"
                schema.upgrade(address)
                imported.append(seconds(lambda a=address, d=data: by_import(d, a, now)))
                again.append(seconds(lambda a=address, d=data: by_import(d, a, now)))
            read = statistics.median(seconds(lambda d=data: by_openpyxl(d)) for _ in range(repeat))
            took = statistics.median(imported)
            sizes.append({
                "people": people, "openpyxl_s": round(read, 3), "import_s": round(took, 3),
                "again_s": round(statistics.median(again), 3), "ratio": round(took / read, 2),
            })  # fmt: skip
    return {
        "bench": "imports",
        "sizes": sizes,
        "ratio": sizes[-1]["ratio"],
        "limit": LIMIT,
        "ok": sizes[-1]["ratio"] <= LIMIT,
    }


def main() -> None:
    """Print a table and the JSON."""
    result = run()
    print(f"{'people':>8} {'openpyxl':>9} {'import':>8} {'again':>8} {'ratio':>6}")
    for row in result["sizes"]:
        print(
            f"{row['people']:>8} {row['openpyxl_s']:>8.3f}s {row['import_s']:>7.3f}s {row['again_s']:>7.3f}s {row['ratio']:>6.2f}"
        )
    print(json.dumps(result))


if __name__ == "__main__":
    main()
