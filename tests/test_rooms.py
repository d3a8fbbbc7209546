"""The same rooms on every floor: who knows a noun finds it wherever it stands."""

from pathlib import Path

import pytest

from config import ROOT

ROOMS = frozenset(
    {
        "ground", "page", "accounts", "organisation", "campaigns", "rules", "coverage", "bookings", "me", "sessions", "plans",
        "arranging", "programme", "feeds", "mail", "imports", "operations", "papers",
    }
)  # fmt: skip
"""The names that rooms may have: `ground` and `page` lie below the others, `me` is a page, `operations` watches over the house."""
FLOORS = ("core", "services", "web", "store")
FOLDERS = [*(ROOT / "scheduler" / floor for floor in FLOORS), ROOT / "templates", *(ROOT / "tests" / f for f in FLOORS)]
NO_ROOMS = {"migrations", "_macros", "vocabularies", "__pycache__"}
FLAT_AT_ROOT = 12
"""More files than this beside the rooms of a floor, and a room is missing."""


def rooms(folder: Path) -> list[Path]:
    """The rooms of a floor."""
    return sorted(path for path in folder.iterdir() if path.is_dir() and path.name not in NO_ROOMS)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.relative_to(ROOT)))
def test_rooms_bear_the_same_names_on_every_floor(folder: Path) -> None:
    assert {room.name for room in rooms(folder)} <= ROOMS


@pytest.mark.parametrize("floor", FLOORS)
def test_no_file_repeats_the_name_of_its_room(floor: str) -> None:
    repeated = [
        str(file.relative_to(ROOT))
        for room in rooms(ROOT / "scheduler" / floor)
        for file in room.glob("*.py")
        if file.stem == room.name or file.stem.startswith((f"{room.name}_", f"{room.name.removesuffix('s')}_"))
    ]

    assert repeated == []


@pytest.mark.parametrize("floor", FLOORS)
def test_files_stand_in_rooms(floor: str) -> None:
    assert len(list((ROOT / "scheduler" / floor).glob("*.py"))) <= FLAT_AT_ROOT


@pytest.mark.parametrize("floor", FLOORS)
def test_tests_stand_in_the_room_of_what_they_test(floor: str) -> None:
    built = {room.name for room in rooms(ROOT / "scheduler" / floor)}

    assert {room.name for room in rooms(ROOT / "tests" / floor)} <= built
