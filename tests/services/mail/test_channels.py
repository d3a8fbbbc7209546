import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.access import NOBODY, OPERATOR, Role
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound
from scheduler.core.ground.ids import PersonId
from scheduler.services.ground import journal
from scheduler.services.mail import channels as mailing
from scheduler.services.mail.channels import Channel, Contact
from tests.builders import an_actor
from tests.small_organisation import CLOCK

WEN, BAI = an_actor("p03"), an_actor("p27")
ADMIN = an_actor(None, Role.ADMIN)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wen@example.org", True),
        ("wen.jing+talks@mail.example.org", True),
        ("wen@localhost", True),
        ("", False),
        ("wen", False),
        ("文静@example.org", False),
        ("wen@example.org\n", False),
        ("文静 <wen@example.org>", False),
        ("a@b@c", False),
        ("a@-b.org", False),
        ("a" * 65 + "@b.org", False),
        ("a@" + "b" * 300, False),
    ],
)
def test_an_address_is_one_plain_address(text: str, expected: bool) -> None:
    assert mailing.is_address(text) is expected


def test_an_address_is_shown_to_its_owner_and_to_organizers(organisation: Session) -> None:
    mailing.set_address(organisation, OPERATOR, PersonId("p03"), " wen@example.org ", CLOCK)

    known = Contact(PersonId("p03"), "wen@example.org", Channel.AUTO, gets_mail=True)
    assert mailing.of(organisation, WEN, PersonId("p03"), CLOCK) == known
    assert mailing.of(organisation, OPERATOR, PersonId("p03"), CLOCK) == known
    assert mailing.of(organisation, OPERATOR, PersonId("p27"), CLOCK) == Contact(PersonId("p27"))
    for actor in (BAI, NOBODY):
        with pytest.raises(NotAllowed):
            mailing.of(organisation, actor, PersonId("p03"), CLOCK)
    line = journal.recent(organisation, OPERATOR, CLOCK, noun="mail_contact")[0]
    assert (line.action, line.noun_id, line.details) == ("edited", "p03", {"what": ["address"]})


def test_what_cannot_be_written_is_refused(organisation: Session) -> None:
    with pytest.raises(Malformed, match="not_an_address"):
        mailing.set_address(organisation, OPERATOR, PersonId("p03"), "wen", CLOCK)
    with pytest.raises(NotFound):
        mailing.set_address(organisation, OPERATOR, PersonId("p99"), "wen@example.org", CLOCK)
    with pytest.raises(NotAllowed):
        mailing.set_address(organisation, WEN, PersonId("p03"), "wen@example.org", CLOCK)
    with pytest.raises(Malformed, match="unknown_choice"):
        mailing.choose(organisation, WEN, "pigeon", CLOCK)
    for actor in (ADMIN, an_actor(None, Role.MEMBER)):
        with pytest.raises(NotAllowed):
            mailing.choose(organisation, actor, "mail", CLOCK)
