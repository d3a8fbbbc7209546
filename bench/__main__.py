"""`python -m bench [NAME…]`: run the benchmarks, print their tables, keep them as bench/results/NAME.json."""

import importlib
import json
import platform
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
RESULTS = HERE / "results"
NOT_BENCHMARKS = {"__init__", "__main__", "timing"}


def names() -> list[str]:
    """Every module here that has a `run`."""
    found = sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NOT_BENCHMARKS)
    return [name for name in found if hasattr(importlib.import_module(f"bench.{name}"), "run")]


def table(rows: list[dict[str, Any]]) -> str:
    """Rows with the same keys, as a table."""
    lines = [list(rows[0]), *([str(value) for value in row.values()] for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    return "\n".join("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)


def main(chosen: list[str]) -> int:
    """Run those named, or all."""
    known = names()
    if unknown := [name for name in chosen if name not in known]:
        print(f"No such benchmark: {', '.join(unknown)}. There are: {', '.join(known)}.", file=sys.stderr)
        return 2
    RESULTS.mkdir(parents=True, exist_ok=True)
    for name in chosen or known:
        module = importlib.import_module(f"bench.{name}")
        found = module.run()
        rows = found["sizes"] if isinstance(found, dict) else found
        print(f"\n{name}: {(module.__doc__ or '').splitlines()[0]}\n{table(rows)}")
        result = {"benchmark": name, "python": platform.python_version(), "machine": platform.machine(), "rows": rows}
        (RESULTS / f"{name}.json").write_text(json.dumps(result, ensure_ascii=False, indent=1), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
