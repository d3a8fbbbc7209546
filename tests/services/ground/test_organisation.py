"""The organisation whose database this is."""

from sqlalchemy.orm import Session

from scheduler.services.ground import organisation as service


def test_a_database_without_an_organisation_is_nameless_and_in_shanghai(session: Session) -> None:
    found = service.current(session)

    assert (found.name, found.zone.key, service.zone(session).key) == ("", "Asia/Shanghai", "Asia/Shanghai")


def test_the_organisation_is_called_by_its_name(organisation: Session) -> None:
    assert (service.current(organisation).name, service.current(organisation).name_en) == ("工会", "Union")
