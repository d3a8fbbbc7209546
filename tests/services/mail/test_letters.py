"""In which language, and with which names, a letter is written."""

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.bookings import OFF_SITE
from scheduler.core.ground.ids import BookingId
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings.acts import BookingChange
from scheduler.services.mail import letters as mail_letters
from scheduler.services.mail import outbox
from scheduler.store.accounts.rows import AccountRow
from tests.services.mailed import with_addresses
from tests.small_organisation import CLOCK, an_account


@pytest.mark.parametrize(("said", "usual", "expected"), [("en", "zh", "en"), ("", "en", "en"), ("", "zh", "zh")])
def test_a_letter_is_in_the_language_of_the_account_else_the_usual_one(
    organisation: Session, said: str, usual: str, expected: str
) -> None:
    an_account(organisation)
    organisation.execute(update(AccountRow).values(language=said))
    organisation.commit()
    with_addresses(organisation)
    bookings.change(organisation, OPERATOR, BookingId("T002"), BookingChange(room=OFF_SITE), CLOCK)
    leased = [outbox.lease(organisation, CLOCK), outbox.lease(organisation, CLOCK)]
    mine = next(one for one in leased if one and one.person == "p03")

    letter = mail_letters.letter(organisation, mine, CLOCK, usual)

    assert letter
    assert letter.language == expected
    (told,) = letter.told
    assert (told.before_place, told.entry.place) == ("谈话室", {"zh": "外出", "en": "Off site"}[expected])
