"""The planner on problem files and on drawn ones: how near to the limit, how fast, how few moves, how it grows."""

import argparse
import json
import math
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import office_shapes, peers
from bench.replanning import FACTORS, replanning
from bench.shapes import BETAS, GROWTH, SEEDS, SHAPES, every, growing
from bench.shapes import planted as planted_at
from bench.solving import Solved, interrupted, solve
from bench.timing import best_of_each

Row = dict[str, Any]

PLANTED_OPTIMUM = 84
L9_OPTIMUM = 45
SECONDS = {"L9": 2.0, "X2000": 5.0}
"""How long a core problem may take from file to file, where that is limited."""
MAX_RATIO = 1.03
PUBLISHED = {
    "b2b-forum-13": 0, "b2b-forum-14": 2, "b2b-forumt-14": 5, "b2b-forumt-14crafe": 5,
    "b2b-tic-12": 0, "b2b-tic-13": 0, "b2b-tic-13crafc": 4, "b2b-ticf-13crafa": 0,
}  # fmt: skip
"""Fewest breaks, proven: Bofill, Coll, Garcia, Giráldez-Cru, Pesant, Suy, Villaret, JAIR 74 (2022) 263–301."""
AGAIN = {"S30": 1.0, "M100": 10.0, "X2000": 2.0}
"""How long putting a plan right may take."""
PATIENCE = 30.0
"""How long the command may take where nothing is asked of its time: its own default."""
GROWS = 1.3
LARGE_OFFICE = 500
"""Up to so many talks with booked rooms have a place in two seconds, more in ten."""
OFFICE_RATIO_AT = 200


@dataclass
class Bench:
    """Where the files are, what was measured, and whether every limit was kept."""

    folder: Path
    keep: Path | None
    rows: dict[str, list[Row]] = field(default_factory=dict)
    plans: dict[str, Solved] = field(default_factory=dict)

    def add(self, table: str, row: Row, problem: Path | None = None) -> None:
        """One row more, said at once; the problem of a missed limit is kept."""
        self.rows.setdefault(table, []).append(row)
        print(table, " ".join(f"{key}={value}" for key, value in row.items()), file=sys.stderr, flush=True)
        if problem and self.keep and row["ok"] != "yes":
            self.keep.mkdir(parents=True, exist_ok=True)
            shutil.copy(problem, self.keep)

    def solve(self, problem: Path, seconds: float = PATIENCE) -> Solved:
        """Solve one file."""
        return solve(problem, self.folder / f"{problem.stem}.plan.json", seconds)


def yes(is_so: bool) -> str:
    """For the tables."""
    return "yes" if is_so else "NO"


def row_of(solved: Solved, goal: str, limit: str, ok: bool) -> Row:
    """The columns that all tables have."""
    value, bound = solved.value(goal), solved.bound(goal)
    return {
        "file": solved.problem.stem,
        "talks": len(solved.document.get("placements", ())),
        "bound": bound,
        "value": value,
        "ratio": f"{value / bound:.3f}" if value and bound else "",
        "status": solved.status,
        "wall s": f"{solved.wall:.2f}",
        "CPU s": f"{solved.cpu:.2f}",
        "limit": limit,
        "ok": yes(ok and solved.is_sound),
    }


def shape_of(problem: Path) -> str:
    """L9, S30, …, planted or b2b: files are told apart by their names."""
    return problem.stem.split("-")[0]


def core(bench: Bench, problem: Path) -> None:
    """P1: done as soon as the bound says, or proven that sooner is impossible; never above 1.03."""
    shape = shape_of(problem)
    solved = bench.solve(problem)
    bench.plans[problem.stem] = solved
    value, bound = solved.value("makespan"), solved.bound("makespan")
    near = bool(value and bound and value / bound <= MAX_RATIO)
    ok = near and (value == bound or solved.status == "optimal") and solved.wall <= SECONDS.get(shape, math.inf)
    if problem.stem == "L9":
        ok = ok and value == L9_OPTIMUM
    if shape == "L9":
        ok = ok and solved.status == "optimal"
    within = f", {SECONDS[shape]:g} s" if shape in SECONDS else ""
    bench.add("P1", row_of(solved, "makespan", f"1.000 or proven{within}", ok), problem)


def planted(bench: Bench, problem: Path) -> None:
    """P2: the optimum that was planted."""
    solved = bench.solve(problem)
    ok = solved.value("makespan") == PLANTED_OPTIMUM and solved.wall <= 10
    bench.add("P2", row_of(solved, "makespan", "84, 10 s", ok), problem)


def office(bench: Bench, problem: Path) -> None:
    """P7: on calendars as offices have them everything has a place, soon; and 200 talks are over near the bound."""
    of = int(problem.stem.split("-")[1])
    seconds = 2.0 if of <= LARGE_OFFICE else 10.0
    placed = solve(problem, bench.folder / f"{problem.stem}.placed.json", seconds)
    solved = bench.solve(problem, 10) if of == OFFICE_RATIO_AT else placed
    value, bound = solved.value("makespan"), solved.bound("makespan")
    near = bool(value and bound and value / bound <= MAX_RATIO) or solved.status == "optimal" or of != OFFICE_RATIO_AT
    ok = placed.value("unplaced") == 0 and placed.is_sound and near
    bench.add("P7", row_of(solved, "makespan", f"all placed in {seconds:g} s", ok), problem)


def breaks(bench: Bench, problem: Path) -> None:
    """P3: the published optimum, proven; and one within two of it inside two seconds."""
    best = PUBLISHED.get(problem.stem)
    solved = bench.solve(problem)
    early = solve(problem, bench.folder / f"{problem.stem}.early.json", 2)
    early_value = early.value("breaks")
    ok = solved.status == "optimal" and solved.value("breaks") == best and solved.wall <= 30
    near = early.is_sound and early_value is not None and best is not None and early_value <= best + 2
    row = {**row_of(solved, "breaks", f"{best}, 30 s; {'-' if best is None else best + 2} in 2 s", ok and near)}
    bench.add("P3", {**row, "in 2 s": early_value, "published": best}, problem)


def summed_up(bench: Bench) -> None:
    """P3: half of all within three seconds."""
    walls = sorted(float(row["wall s"]) for row in bench.rows.get("P3", ()))
    if walls:
        middle = (walls[(len(walls) - 1) // 2] + walls[len(walls) // 2]) / 2
        row = dict.fromkeys(bench.rows["P3"][0], "")
        ok = yes(middle <= 3)
        bench.add("P3", {**row, "file": "median", "wall s": f"{middle:.2f}", "limit": "3 s", "ok": ok})


def again(bench: Bench, solved: Solved, factor: float, seed: int) -> None:
    """P4: absences break talks; how many move, against the fewest that is possible."""
    shape = shape_of(solved.problem)
    bound = solved.bound("makespan")
    if not solved.value("makespan") or not bound:
        return
    problem = json.loads(solved.problem.read_text("utf-8"))
    case = replanning(problem, solved.document, bound, seed, factor)
    path = bench.folder / f"{case.document['name']}.json"
    path.write_text(json.dumps(case.document), "utf-8")
    many = shape == "X2000"
    found = bench.solve(path, AGAIN[shape] if many else PATIENCE)
    moved, fewest, broken = found.value("moved"), found.bound("moved"), len(case.broken)
    if many:
        few = moved is not None and (moved <= 1.1 * broken or moved == fewest)
        ok = few and found.document["seconds"] <= AGAIN[shape]
        limit = f"1.1 × broken or proven, {AGAIN[shape]:g} s solving"
    else:
        ok = moved is not None and moved == fewest and found.wall <= AGAIN[shape]
        limit = f"fewest, {AGAIN[shape]:g} s"
    row = row_of(found, "moved", limit, ok)
    anew = moved_anew(bench, path, case.document) if shape == "S30" else ""
    bench.add("P4", {**row, "broken": broken, "solving s": found.document.get("seconds"), "anew": anew}, path)


def moved_anew(bench: Bench, path: Path, document: Row) -> int:
    """How many talks move when the same is solved without knowing what stands."""
    stands = {talk["id"]: talk["current"]["start"] for talk in document["talks"]}
    talks = [{key: value for key, value in talk.items() if key != "current"} for talk in document["talks"]]
    blank = path.with_suffix(".anew.json")
    blank.write_text(json.dumps({**document, "talks": talks, "goals": ["unplaced", "makespan"]}), "utf-8")
    found = bench.solve(blank)
    return sum(bool(placed["start"] != stands[placed["talk"]]) for placed in found.document.get("placements", ()))


def checking(bench: Bench, solved: Solved) -> None:
    """P5: the checker against reading the file."""
    from scheduler.core.plans import check as plan_check
    from scheduler.documents import plans, problems

    def decoded() -> Any:
        return json.loads(solved.problem.read_text("utf-8"))

    problem = problems.read(decoded())
    plan = plans.read(solved.document, problem)
    read, parse, check = best_of_each(
        lambda: problems.read(decoded()),
        decoded,
        lambda: plan_check.check(problem, plan),
        rounds=15,
    )
    row = {
        "file": solved.problem.stem,
        "talks": len(problem.talks),
        "reading s": f"{read:.3f}",
        "JSON alone s": f"{parse:.3f}",
        "check s": f"{check:.3f}",
        "ratio": f"{check / read:.2f}",
        "limit": "0.5",
        "ok": yes(check <= 0.5 * read),
    }
    bench.add("P5", row)


def growth(bench: Bench) -> None:
    """P6: how the time grows with the talks; the slope of a line through the logarithms."""
    walls, solving = [], []
    for talks in GROWTH:
        path = bench.folder / f"G{talks}.json"
        path.write_text(json.dumps(growing(talks, SEEDS[0])), "utf-8")
        solved = bench.solve(path)
        walls.append((talks, solved.wall))
        solving.append((talks, max(float(solved.document.get("seconds", math.nan)), 0.001)))
        value, bound = solved.value("makespan"), solved.bound("makespan")
        ok = bool(value and bound and value / bound <= MAX_RATIO)
        bench.add("P6", {**row_of(solved, "makespan", "", ok), "solving s": solved.document.get("seconds")}, path)
    slope, bare = exponent(walls), exponent(solving)
    row = dict.fromkeys(bench.rows["P6"][0], "")
    told = {"wall s": f"n^{slope:.2f}", "solving s": f"n^{bare:.2f}", "limit": f"n^{GROWS}"}
    bench.add("P6", {**row, "file": "grows as", **told, "ok": yes(slope <= GROWS and bare <= GROWS)})


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """The slope of the line of least squares through the logarithms."""
    xs, ys = ([math.log(point[side]) for point in points] for side in (0, 1))
    middle_x, middle_y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - middle_x) * (y - middle_y) for x, y in zip(xs, ys, strict=True)) / sum(
        (x - middle_x) ** 2 for x in xs
    )


def manners(bench: Bench, problem: Path) -> None:
    """The same seed gives the same plan; a time limit is kept; whoever stops it gets the best so far within a second."""
    tight = bench.folder / f"planted-{BETAS[-1]}-hurried.json"
    tight.write_text(json.dumps(planted_at(BETAS[-1], SEEDS[0]).document), "utf-8")

    def tell(what: str, file: Path, measured: str, limit: str, ok: bool) -> None:
        row = {"file": file.stem, "what": what, "measured": measured, "limit": limit, "ok": yes(ok)}
        bench.add("manners", row, file)

    first, second = (solve(problem, bench.folder / f"same-{n}.json", PATIENCE) for n in (1, 2))
    same = first.document.get("placements") == second.document.get("placements") is not None
    tell("same seed, same plan", problem, yes(same), "yes", same)
    for limit in (1, 3):
        hurried = solve(tight, bench.folder / "hurried.json", limit)
        took = float(hurried.document.get("seconds", math.inf))
        kept = took <= 1.1 * limit and hurried.is_sound
        tell(f"--seconds {limit}", tight, f"{took:.2f} s", f"{1.1 * limit:.1f} s, sound", kept)
    for file, after in ((problem, first.wall / 2), (tight, 2.0)):
        stopped, waited = interrupted(file, bench.folder / "stopped.json", after)
        tell("Ctrl-C in the middle", file, f"{waited:.2f} s", "1 s, sound", waited <= 1 and stopped.is_sound)


BY_SHAPE: dict[str, Callable[[Bench, Path], None]] = {
    **dict.fromkeys(SHAPES, core),
    "planted": planted,
    "b2b": breaks,
    "office": office,
}


def problems(options: argparse.Namespace, folder: Path) -> Iterator[Path]:
    """The files that were given, then those that are drawn."""
    if options.problems:
        yield from sorted(options.problems.glob("*.json"), key=lambda path: (path.stat().st_size, path.name))
    seeds = SEEDS[: options.seeds]
    for name, document in (*every(seeds), *office_shapes.every(seeds)):
        path = folder / f"{name}.json"
        path.write_text(json.dumps(document), "utf-8")
        yield path


def run(arguments: Sequence[str] = ()) -> Row:
    """All tables, and whether every limit was kept."""
    options = parsed(arguments)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), options.keep)
        everything = [path for path in problems(options, bench.folder) if options.only in path.stem]
        for path in everything:
            if measure := BY_SHAPE.get(shape_of(path)):
                measure(bench, path)
        summed_up(bench)
        for solved in [one for one in bench.plans.values() if shape_of(one.problem) in AGAIN]:
            for seed, factor in enumerate(FACTORS, 1):
                again(bench, solved, factor, seed)
        for solved in [one for one in bench.plans.values() if shape_of(one.problem) == "X2000"][:1]:
            checking(bench, solved)
            manners(bench, solved.problem)
        if not options.only:
            growth(bench)
        if options.peers_python:
            peers_beside(bench, everything, options.peers_python)
        kept = all(row.get("ok") != "NO" for rows in bench.rows.values() for row in rows)
        return {"tables": bench.rows, "ok": kept}


def peers_beside(bench: Bench, everything: Sequence[Path], python: str) -> None:
    """Other solvers on one problem of each shape, a minute each, beside ours from the same run."""
    seen: set[str] = set()
    for path in everything:
        shape = shape_of(path)
        if shape in seen or path.stem not in bench.plans:
            continue
        seen.add(shape)
        ours = bench.plans[path.stem]
        for row in peers.beside(path, ours, bench.folder, python):
            bench.add("peers", row)


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """What is asked on the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench planner", description=__doc__)
    parser.add_argument("--problems", type=Path, help="a folder of problem files")
    parser.add_argument("--seeds", type=int, default=len(SEEDS), help="so many drawn problems of each shape")
    parser.add_argument("--only", default="", help="files with this in their names, and no growth")
    parser.add_argument("--keep", type=Path, help="a folder for the problems of missed limits")
    parser.add_argument("--peers-python", help="a Python that has OR-Tools, highspy or timefold: run them beside ours")
    return parser.parse_args(arguments)
