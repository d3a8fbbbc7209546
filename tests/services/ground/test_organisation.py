"""The organisation whose database this is, and the office's words: chosen once, heard in every feed."""

import pytest
from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import FeedOptions, Owner, Scope
from scheduler.core.ground.access import OPERATOR, Role
from scheduler.core.ground.errors import Malformed, NotAllowed
from scheduler.services.feeds import addresses as feeds
from scheduler.services.feeds import content as feed_content
from scheduler.services.ground import organisation as service
from scheduler.store.feeds import load as load_feeds
from tests.builders import an_actor
from tests.small_organisation import CLOCK, later


def test_a_database_without_an_organisation_is_nameless_and_in_shanghai(session: Session) -> None:
    found = service.current(session)

    assert (found.name, found.zone.key, service.zone(session).key) == ("", "Asia/Shanghai", "Asia/Shanghai")


def test_the_organisation_is_called_by_its_name(organisation: Session) -> None:
    assert (service.current(organisation).name, service.current(organisation).name_en) == ("工会", "Union")


def test_choosing_other_words_is_one_revision_of_every_feed_and_back_again_the_same_words(
    organisation: Session,
) -> None:
    made, token = feeds.issue(organisation, OPERATOR, CLOCK, Owner(Scope.PERSON, "p03"), FeedOptions())

    def told() -> tuple[bytes, int]:
        data = feed_content.fill(organisation, token, later(60)).body().data
        feed = load_feeds.feed(organisation, made.id)
        return data, feed.revision if feed else 0

    party, first = told()
    service.speak(organisation, OPERATOR, "zh-party", later(1))
    assert told() == (party, first), "nothing changed"

    service.speak(organisation, OPERATOR, "zh-neutral", later(2))
    neutral, second = told()

    assert second > first
    assert "谈心" in party.decode()
    assert "谈心" not in neutral.decode()
    assert "面谈：沈维岳" in neutral.decode()
    service.speak(organisation, OPERATOR, "zh-party", later(3))
    assert told()[0] == party


def test_only_organizers_choose_and_only_what_there_is(organisation: Session) -> None:
    with pytest.raises(NotAllowed):
        service.speak(organisation, an_actor("p03", Role.MEMBER), "zh-neutral", CLOCK)
    with pytest.raises(Malformed):
        service.speak(organisation, OPERATOR, "klingon", CLOCK)
    assert service.spoken(organisation).name == "zh-party"
