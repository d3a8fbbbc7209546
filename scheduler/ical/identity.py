"""Names that calendar readers know entries by: bare UUIDs, for life."""

from uuid import UUID, uuid5

_ROOMS = UUID("8f4a7c1e-5d0b-5f0a-9b0e-2f6f3a1d7c55")


def uid_in_room(booking_uid: str, room: str) -> str:
    """The name of a booking in a room's feed: stable, and not the one by which its people know it."""
    return str(uuid5(_ROOMS, f"{booking_uid} {room}"))
