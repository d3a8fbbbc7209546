"""Links that do one thing for one person, once."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.core.bookings.swaps import SwapState
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Malformed, NotFound, Refused
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.core.mail.letters import Purpose
from scheduler.services.accounts import register as accounts
from scheduler.services.accounts.sign_ins import Lifetime
from scheduler.services.bookings import acts as bookings
from scheduler.services.bookings import answers
from scheduler.services.bookings.acts import BookingChange
from scheduler.services.mail import channels as mailing
from scheduler.services.mail import links as mail_links
from scheduler.services.operations import housekeeping
from scheduler.store import load, save
from scheduler.store.accounts.rows import JournalRow
from scheduler.store.bookings import load_swaps
from scheduler.store.mail.rows import MailLinkRow
from tests.builders import at
from tests.small_organisation import CLOCK, an_account, span

TALK, WEN = BookingId("T002"), PersonId("p03")
AFTER = Clock(at("2014-08-06T10:00"), CLOCK.real)


def tokens(session: Session) -> dict[Purpose, str]:
    return mail_links.give(session, TALK, WEN)


def is_gone(session: Session, token: str, clock: Clock = CLOCK) -> bool:
    try:
        mail_links.look(session, token, clock, "zh")
    except NotFound:
        return True
    return False


def test_looking_changes_nothing_and_tells_what_the_letter_told(organisation: Session) -> None:
    given = tokens(organisation)

    for _ in range(3):
        opened = mail_links.look(organisation, given[Purpose.COME], CLOCK, "zh")
        assert (opened.purpose, opened.hindrance) == (Purpose.COME, None)
        assert (opened.entry.booking, opened.entry.others, opened.entry.place) == (TALK, ("沈维岳",), "谈话室")
    assert mail_links.look(organisation, given[Purpose.HELD], CLOCK, "zh").hindrance is not None
    assert mail_links.look(organisation, given[Purpose.PROPOSE], CLOCK, "zh").times is not None
    assert answers.of(organisation, OPERATOR, TALK) == {}
    assert load.booking(organisation, TALK).version == 1


def test_whoever_says_they_come_is_noted_once(organisation: Session) -> None:
    token = tokens(organisation)[Purpose.COME]

    assert mail_links.use(organisation, token, CLOCK) is Purpose.COME

    assert answers.of(organisation, OPERATOR, TALK) == {WEN: "accepted"}
    assert mail_links.look(organisation, token, CLOCK, "zh").is_used
    assert mail_links.use(organisation, token, CLOCK) is Purpose.COME
    assert organisation.scalar(select(func.count()).where(JournalRow.action == "accepted")) == 1


def test_a_talk_is_confirmed_once_it_has_begun_and_for_oneself_only(organisation: Session) -> None:
    token = tokens(organisation)[Purpose.HELD]

    with pytest.raises(Refused) as no:
        mail_links.use(organisation, token, CLOCK)
    assert no.value.blocking[0].kind == "link_too_early"
    assert mail_links.use(organisation, token, AFTER) is Purpose.HELD

    talk = load.booking(organisation, TALK)
    assert [p.person for p in talk.participants if p.confirmed_at] == ["p03"]
    assert talk.is_awaiting
    assert mail_links.look(organisation, token, AFTER, "zh").is_used


def test_another_time_is_proposed(organisation: Session) -> None:
    token = tokens(organisation)[Purpose.PROPOSE]
    times = mail_links.look(organisation, token, CLOCK, "zh").times
    assert times

    with pytest.raises(Malformed):
        mail_links.use(organisation, token, CLOCK)
    with pytest.raises(Refused):
        mail_links.use(organisation, token, CLOCK, at("2014-08-03T03:00"))
    assert mail_links.use(organisation, token, CLOCK, times.times[0].span.start) is Purpose.PROPOSE

    (proposal,) = load_swaps.proposals(organisation, TALK)
    assert (proposal.proposer, proposal.start, proposal.state) == (WEN, times.times[0].span.start, SwapState.OPEN)
    other = tokens(organisation)[Purpose.PROPOSE]
    opened = mail_links.look(organisation, other, CLOCK, "zh")
    assert opened.times is None
    assert opened.hindrance
    assert opened.hindrance.kind == "swap_open"


def test_links_end_with_the_talk_with_its_people_and_with_time(organisation: Session) -> None:
    given = tokens(organisation)
    assert is_gone(organisation, "never-given")
    assert is_gone(organisation, given[Purpose.COME], AFTER)
    assert not is_gone(organisation, given[Purpose.HELD], AFTER)
    assert is_gone(organisation, given[Purpose.HELD], Clock(at("2014-08-20T10:00"), CLOCK.real))
    bookings.change(
        organisation, OPERATOR, TALK, BookingChange(add_people=(PersonId("p27"),), remove_people=(WEN,)), CLOCK
    )
    assert is_gone(organisation, given[Purpose.HELD], AFTER)

    for_another = mail_links.give(organisation, TALK, PersonId("p27"))
    bookings.cancel(organisation, OPERATOR, TALK, CLOCK)
    assert is_gone(organisation, for_another[Purpose.COME])


def test_nobody_says_they_come_to_what_is_held_already(organisation: Session) -> None:
    token = tokens(organisation)[Purpose.COME]
    save.booking(organisation, replace(load.booking(organisation, TALK), is_held=True), CLOCK)
    organisation.commit()

    with pytest.raises(Refused):
        mail_links.use(organisation, token, CLOCK)


def test_old_links_are_forgotten(organisation: Session) -> None:
    tokens(organisation)
    address = organisation.get_bind().engine.url.render_as_string(hide_password=False)
    organisation.rollback()

    housekeeping.purge(address, Lifetime(span(1, 1).length, span(1, 1).length), AFTER)

    assert [row.purpose for row in organisation.scalars(select(MailLinkRow))] == ["held"]


def test_leaving_ends_links_and_mail(organisation: Session) -> None:
    name = an_account(organisation)
    mailing.set_address(organisation, OPERATOR, WEN, "wen@example.org", CLOCK)
    given = tokens(organisation)
    accounts.deactivate(organisation, OPERATOR, name, CLOCK)

    assert is_gone(organisation, given[Purpose.HELD])
    assert mailing.of(organisation, OPERATOR, WEN, CLOCK).address == ""


def test_links_begin_with_the_configured_address() -> None:
    assert list(mail_links.addresses({Purpose.COME: "abc"}, "https://tanxin.example.org")) == [
        (Purpose.COME, "https://tanxin.example.org/go/abc")
    ]
