"""`python -m bench [NAME…]`: run the benchmarks, print their tables, keep them as bench/results/NAME.json.

`python -m bench NAME --option …` hands the options on to that one, if it takes any. The exit status is 1 if one of them missed a limit.
"""

import importlib
import json
import platform
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
RESULTS = HERE / "results"
NOT_BENCHMARKS = {"__init__", "__main__", "timing", "shapes", "replanning", "solving"}


def names() -> list[str]:
    """Every module here that has a `run`."""
    found = sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NOT_BENCHMARKS)
    return [name for name in found if hasattr(importlib.import_module(f"bench.{name}"), "run")]


def table(rows: list[dict[str, Any]]) -> str:
    """Rows with the same keys, as a table."""
    lines = [list(rows[0]), *([str(value) for value in row.values()] for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    return "\n".join("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)


def main(arguments: list[str]) -> int:
    """Run those named, or all."""
    options = [place for place, word in enumerate(arguments) if word.startswith("-")]
    chosen, handed_on = (arguments[: options[0]], arguments[options[0] :]) if options else (arguments, [])
    known = names()
    if unknown := [name for name in chosen if name not in known]:
        print(f"No such benchmark: {', '.join(unknown)}. There are: {', '.join(known)}.", file=sys.stderr)
        return 2
    if handed_on and len(chosen) != 1:
        print("Options are for one benchmark: name it before them.", file=sys.stderr)
        return 2
    RESULTS.mkdir(parents=True, exist_ok=True)
    kept = [show(name, handed_on) for name in chosen or known]
    return 0 if all(kept) else 1


def show(name: str, options: list[str]) -> bool:
    """Run one, print its tables and keep them; whether it kept its limits, as far as it says."""
    module = importlib.import_module(f"bench.{name}")
    found = module.run(options) if options else module.run()
    told = found if isinstance(found, dict) else {"sizes": found}
    tables = told.get("tables") or {"": told["sizes"]}
    print(f"\n{name}: {(module.__doc__ or '').splitlines()[0]}")
    for title, rows in tables.items():
        print(f"\n{title}\n{table(rows)}" if title else table(rows))
    result = {"benchmark": name, "python": platform.python_version(), "machine": platform.machine()}
    kept = {"tables": tables} if "tables" in told else {"rows": told["sizes"]}
    (RESULTS / f"{name}.json").write_text(json.dumps({**result, **kept}, ensure_ascii=False, indent=1), "utf-8")
    return bool(told.get("ok", True))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
