"""A phone with an account of 文静's calendar: five entries, E01 and T001 to T004."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import Owner, Scope
from scheduler.core.ground.access import OPERATOR
from scheduler.services.feeds import addresses as feeds
from tests.dav.asking import Phone
from tests.small_organisation import CLOCK


@pytest.fixture
def phone(client: FlaskClient, organisation: Session) -> Phone:
    feed, password = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, "p03"), device="手机")
    return Phone(client, feed.id, "p03", password)
