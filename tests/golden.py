"""Answers kept in files: what a door said when they were written it still says, key by key and in the same order.

`TANXIN_WRITE_GOLDEN=1 pytest …` writes them anew; whoever does so reads the difference.
"""

import os
from collections.abc import Mapping
from difflib import unified_diff
from pathlib import Path

from scheduler.cli.printing import spread

FOLDER = Path(__file__).parent / "golden"
CHANCE = {"address", "link", "password", "seconds", "token"}
"""Keys whose values are another each time; so are moments of the real clock, whose keys end in `_at`."""


def differences(door: str, answers: Mapping[str, object]) -> list[str]:
    """The lines in which the answers of a door differ from their files; there is one file for each, and no other."""
    folder = FOLDER / door
    texts = {name: f"{spread(masked(answer))}\n" for name, answer in answers.items()}
    if os.environ.get("TANXIN_WRITE_GOLDEN"):
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / f"{name}.json").write_text(text, encoding="utf-8")
    kept = {path.stem: path.read_text("utf-8") for path in folder.glob("*.json")}
    return [line for name in sorted({*kept, *texts}) for line in _diff(name, kept.get(name, ""), texts.get(name, ""))]


def _diff(name: str, before: str, after: str) -> list[str]:
    return list(unified_diff(before.splitlines(), after.splitlines(), f"{name} as kept", f"{name} now", lineterm=""))


def masked(answer: object) -> object:
    """The answer without what is decided by chance or by the real clock."""
    match answer:
        case dict():
            return {key: "…" if value and _is_chance(key, value) else masked(value) for key, value in answer.items()}
        case list():
            return [masked(value) for value in answer]
        case _:
            return answer


def _is_chance(key: str, value: object) -> bool:
    return key in CHANCE or (key.endswith("_at") and isinstance(value, str))


def outline(answer: object) -> object:
    """The keys of an answer, and of which kind the values are; of a list its first."""
    match answer:
        case dict():
            return {key: outline(value) for key, value in answer.items()}
        case list():
            return [outline(value) for value in answer[:1]]
        case _:
            return type(answer).__name__
