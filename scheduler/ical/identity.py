"""Names that calendar readers know entries by: bare UUIDs, for life."""

from uuid import UUID, uuid5

_ROOMS = UUID("8f4a7c1e-5d0b-5f0a-9b0e-2f6f3a1d7c55")
_TASKS = UUID("3b1d6f52-0c6e-5a43-8f1d-7e5b9a2c4d10")
_DEADLINES = UUID("c2e07a94-51b3-5d1f-9a66-0d4f8b7e3c21")


def uid_in_room(booking_uid: str, room: str) -> str:
    """The name of a booking in a room's feed: stable, and not the one by which its people know it."""
    return str(uuid5(_ROOMS, f"{booking_uid} {room}"))


def uid_of_task(task: str, person: str) -> str:
    """The name of a rectification task in somebody's feed: stable, and another one for each person."""
    return str(uuid5(_TASKS, f"{task} {person}"))


def uid_of_deadline(deadline: str) -> str:
    """The name of a talk's deadline in the feed of the one whom it tells; `deadline` is what the store calls it."""
    return str(uuid5(_DEADLINES, deadline))
