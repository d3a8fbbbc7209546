from datetime import date

import pytest
from sqlalchemy.orm import Session

from scheduler.core.ground.access import NOBODY, OPERATOR, Actor, Role
from scheduler.core.ground.errors import Malformed, NotAllowed, NotFound
from scheduler.core.ground.ids import PersonId
from scheduler.services.ground import journal
from scheduler.services.organisation import occurrences
from scheduler.services.rules import sets as rule_sets
from tests.builders import a_clock

CLOCK = a_clock()
DAY = date(2014, 7, 30)
P27 = PersonId("p27")


def a_member(person: str, role: Role = Role.MEMBER) -> Actor:
    return Actor(PersonId(person), frozenset({role}))


def test_an_occurrence_is_entered_once_and_taken_away(sample_session: Session) -> None:
    session = sample_session
    added = occurrences.add_occurrence(session, OPERATOR, "award", P27, DAY, CLOCK)

    assert occurrences.add_occurrence(session, OPERATOR, "award", P27, DAY, CLOCK) == added
    assert occurrences.occurrences(session, OPERATOR, CLOCK) == (added,)
    assert "p27" not in str(journal.recent(session, OPERATOR, CLOCK, noun="occurrence"))
    occurrences.remove_occurrence(session, OPERATOR, added.id, CLOCK)
    assert occurrences.occurrences(session, OPERATOR, CLOCK) == ()
    with pytest.raises(NotFound):
        occurrences.remove_occurrence(session, OPERATOR, added.id, CLOCK)


def test_a_person_is_told_what_befell_them_and_nobody_else(sample_session: Session) -> None:
    session = sample_session
    added = occurrences.add_occurrence(session, OPERATOR, "discipline", P27, DAY, CLOCK)

    assert occurrences.occurrences(session, a_member("p27"), CLOCK) == (added,)
    assert occurrences.occurrences(session, a_member("p28"), CLOCK) == ()
    for role in (Role.MEMBER, Role.PRINCIPAL, Role.SUPERVISOR, Role.BRANCH_ORGANIZER, Role.ADMIN):
        with pytest.raises(NotAllowed):
            occurrences.occurrences(session, a_member("p28", role), CLOCK, person=P27)
    with pytest.raises(NotAllowed):
        occurrences.occurrences(session, NOBODY, CLOCK)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_cannot_be_is_refused(session: Session) -> None:
    with pytest.raises(NotFound):
        occurrences.add_occurrence(session, OPERATOR, "award", P27, DAY, CLOCK)
    for kind in ("", "<b>", "x" * 60, "nonsense"):
        with pytest.raises(Malformed) as caught:
            occurrences.add_occurrence(session, OPERATOR, kind, P27, DAY, CLOCK)
        assert "award" in str(caught.value.details["kinds"])
    with pytest.raises(NotAllowed):
        occurrences.add_occurrence(session, a_member("p01"), "award", P27, DAY, CLOCK)
    with pytest.raises(NotAllowed):
        occurrences.remove_occurrence(session, a_member("p01"), 1, CLOCK)


def test_words_of_the_page_and_of_applied_rules_are_understood(sample_session: Session) -> None:
    session = sample_session
    own = "id: own\nrules:\n- {id: X1, pairing: event, trigger: {event: [secondment], within_days: 5}, a: {role: principal}, b: event.person}\n"

    def entered(word: str) -> str:
        return occurrences.add_occurrence(session, OPERATOR, word, P27, DAY, CLOCK).kind

    assert [entered(word) for word in ("受到表彰", "表彰", "Award", "Leaving a post", "住院 illness")] == [
        "award", "award", "award", "leaving_post", "illness",
    ]  # fmt: skip
    with pytest.raises(Malformed):
        entered("secondment")
    rule_sets.apply_document(session, OPERATOR, own, None, None, CLOCK)
    assert entered("Secondment") == "secondment"
    assert occurrences.in_order(set(occurrences.kinds(session).values()))[-1] == "secondment"


def test_who_talks_is_chosen_and_taken_back(sample_session: Session) -> None:
    session = sample_session
    added = occurrences.add_occurrence(session, OPERATOR, "award", P27, DAY, CLOCK, PersonId("p02"))
    assert added.partner == "p02"

    for partner in ("p04", "p04", None):
        chosen = occurrences.choose_partner(session, OPERATOR, added.id, PersonId(partner) if partner else None, CLOCK)
        assert chosen.partner == partner
        assert occurrences.occurrences(session, OPERATOR, CLOCK) == (chosen,)
    assert [entry.action for entry in journal.recent(session, OPERATOR, CLOCK, noun="occurrence")] == [
        "changed", "changed", "changed", "added",
    ]  # fmt: skip
    for wrong, error in (("p27", Malformed), ("p999", NotFound)):
        with pytest.raises(error):
            occurrences.choose_partner(session, OPERATOR, added.id, PersonId(wrong), CLOCK)
    with pytest.raises(NotFound):
        occurrences.choose_partner(session, OPERATOR, 2**40, None, CLOCK)
    with pytest.raises(NotAllowed):
        occurrences.choose_partner(session, a_member("p02"), added.id, None, CLOCK)
