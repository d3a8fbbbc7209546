from scheduler.core.ground.access import Actor, Role
from scheduler.core.ground.ids import PersonId
from scheduler.shapes.organisation import MeModel


def test_whoever_asks_is_told_their_roles_in_order() -> None:
    actor = Actor(PersonId("p22"), frozenset({Role.ORGANIZER, Role.MEMBER}), account="gao")

    assert MeModel.of(actor).document() == {"account": "gao", "person": "p22", "roles": ["member", "organizer"]}
