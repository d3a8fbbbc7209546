"""Who there is, and which rooms."""

from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import BeforeValidator

from scheduler.core.ground.access import Actor, Role
from scheduler.core.ground.people import Person, Room
from scheduler.services.organisation.lists import Named, PersonOfList, UnitOfList
from scheduler.shapes.ground import Day, Shape


class PersonModel(Shape[Person]):
    """What everybody who signs in may know of a person."""

    id: str
    name: str
    unit: str
    position: str
    rank: int | None
    category: str
    branch: str


class PersonListModel(Shape[Mapping[str, object]]):
    """The people known on a day."""

    as_of: Day
    people: list[PersonModel]


class RoomModel(Shape[Room]):
    """A room."""

    id: str
    name: str
    name_en: str
    capacity: int | None
    use: str


class RoomListModel(Shape[Mapping[str, Iterable[Room]]]):
    """All rooms."""

    rooms: list[RoomModel]


class MeModel(Shape[Actor]):
    """Who is signed in."""

    account: str
    person: str | None
    roles: Annotated[list[Role], BeforeValidator(sorted)]


class NameModel(Shape[Named]):
    """Somebody or something, by id and name."""

    id: str
    name: str


class UnitModel(Shape[UnitOfList]):
    """A unit and who holds its posts on a day."""

    id: str
    name: str
    kind: str
    head: NameModel | None
    acting_head: NameModel | None
    in_charge: list[NameModel]
    vacant: bool
    members: int


class PersonOfListModel(Shape[PersonOfList]):
    """A person of the list, as papers name them."""

    id: str
    name: str
    position: str
    unit: str
    party: str
    staff: bool | None
