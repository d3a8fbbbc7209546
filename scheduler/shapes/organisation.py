"""Who there is, and which rooms."""

from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import BeforeValidator, ValidationInfo

from scheduler import wording
from scheduler.core.ground.access import Actor, Role
from scheduler.core.ground.people import Person, Room
from scheduler.core.ground.person_orders import PersonOrder
from scheduler.services.organisation.lists import Named, UnitOfList
from scheduler.services.organisation.person_lists import PeopleInOrder, PersonOfList
from scheduler.shapes.ground import Day, FindingModel, Shape, at, reader_of


class PersonModel(Shape[Person]):
    """What everybody who signs in may know of a person."""

    id: str
    name: str
    unit: str
    position: str
    rank: int | None
    category: str
    branch: str


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


def _line_of(order: PersonOrder, info: ValidationInfo) -> str:
    return wording.order_line(order, reader_of(info).lang)


class PersonListModel(Shape[PeopleInOrder]):
    """People in an order, and the line that stands under them on paper."""

    people: list[PersonOfListModel]
    line: Annotated[str, BeforeValidator(_line_of)] = at("order")
    findings: list[FindingModel]


def _details(people: Iterable[PersonOfList]) -> list[Person]:
    return [person.details for person in people]


class PeopleModel(Shape[PeopleInOrder]):
    """The same with all that is known of them."""

    as_of: Day
    people: Annotated[list[PersonModel], BeforeValidator(_details)]
    line: Annotated[str, BeforeValidator(_line_of)] = at("order")
    findings: list[FindingModel]


class StrokesModel(Shape[Mapping[str, str]]):
    """What the office has set of the strokes of a character: their kinds, their number, or which character it follows."""

    character: str
    strokes: str
