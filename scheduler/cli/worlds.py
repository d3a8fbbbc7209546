"""Organisations to look around in: the sample and those of `sample/worlds`; a `world.toml` says of each what to show."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from config import ROOT
from scheduler.core.ground.access import Role

WORLDS = ROOT / "sample" / "worlds"


@dataclass(frozen=True, slots=True)
class World:
    """What is set up on the first start."""

    tables: tuple[Path, ...]
    """The folders whose files are imported."""
    now: str
    """The moment that its clock shows."""
    rules: tuple[str, ...]
    """The presets that are applied; the first one leads."""
    accounts: Mapping[Role, str]
    """Whose account shows a role."""


def names() -> list[str]:
    """The worlds besides the sample."""
    return sorted(file.parent.name for file in WORLDS.glob("*/world.toml"))


def world(name: str | None) -> World:
    """A world by its name; without one it is the sample."""
    folder = WORLDS / name if name else WORLDS
    read = tomllib.loads((folder / "world.toml").read_text("utf-8"))
    return World(
        tables=tuple(folder / part for part in read.get("tables", ["."])),
        now=read["now"],
        rules=tuple(read["rules"]),
        accounts={Role(role): person for role, person in read["accounts"].items()},
    )
