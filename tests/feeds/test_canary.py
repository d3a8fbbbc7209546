"""Unique words in everything private: no stranger, no other member and no log may see one of them."""

import logging
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from scheduler.core.feeds.definitions import FeedOptions, Owner, Scope
from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.services.bookings import acts as bookings
from scheduler.services.feeds import addresses as feeds
from scheduler.services.feeds import evidence as feed_evidence
from scheduler.services.feeds import page_talks, subscriptions
from scheduler.services.organisation import people, rooms
from scheduler.store import load, save, writing
from tests.dav.asking import DECLARED, Phone
from tests.small_organisation import CLOCK, later

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
TITLE, NAME, ROOM = "canary-title-7f3a", "canary-name-91bc", "canary-room-c4d2"


@pytest.fixture
def planted(organisation: Session) -> Session:
    """p02 is called by the word; E01 with its title and the talk T001 of p02 and p03 take place in the room of that name."""
    chen = people.roster(organisation, OPERATOR, None, CLOCK).people[PersonId("p02")]
    people.edit_person(organisation, OPERATOR, replace(chen, name=NAME), None, later(1))
    (talk_room, _) = rooms.rooms(organisation, OPERATOR, CLOCK)
    rooms.edit_room(organisation, OPERATOR, replace(talk_room, name=ROOM), later(2))
    writing.begin(organisation)
    meeting = load.booking(organisation, BookingId("E01"))
    only = tuple(p for p in meeting.participants if p.person in ("p02", "p03"))
    save.booking(organisation, replace(meeting, title=TITLE, participants=only), later(3))
    organisation.commit()
    bookings.change(organisation, OPERATOR, BookingId("T002"), bookings.BookingChange(minutes=30), later(4))
    bookings.cancel(organisation, OPERATOR, BookingId("T002"), later(5))
    return organisation


def test_nobody_else_sees_a_private_word(
    app: Flask,
    planted: Session,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    record_property: Callable[[str, object], None],
) -> None:
    caplog.set_level(logging.DEBUG)
    client = app.test_client()
    issued = {
        "other member": (Owner(Scope.PERSON, "p27"), FeedOptions()),
        "room": (Owner(Scope.ROOM, "R04"), FeedOptions()),
        "group": (Owner(Scope.GROUP, "B1"), FeedOptions()),
        "own, nameless": (Owner(Scope.PERSON, "p03"), FeedOptions(hides_names=True)),
    }
    tokens = {who: feeds.issue(planted, OPERATOR, CLOCK, *of)[1] for who, of in issued.items()}
    page = subscriptions.issue(planted, OPERATOR, CLOCK, PersonId("p27"))
    seen = {who: client.get(f"/feeds/{token}.ics").get_data(as_text=True) for who, token in tokens.items()}
    seen["page"] = client.get(f"/subscribe/{page}").get_data(as_text=True)
    seen["times of others"] = client.get(f"/subscribe/{page}/talks/T001").get_data(as_text=True)
    step = page_talks.form_of(page, "come", "T001", 1)
    filled = {"step": "come", "version": "1", "form": step.proof}
    seen["step of others"] = client.post(f"/subscribe/{page}/talks/T001", data=filled).get_data(as_text=True)
    seen["file"] = client.get(f"/subscribe/{page}/calendar.ics").get_data(as_text=True)
    seen["wrong"] = client.get("/feeds/wrong.ics").get_data(as_text=True)
    device, password = feeds.issue(planted, OPERATOR, CLOCK, Owner(Scope.PERSON, "p27"), device="手机")
    phone = Phone(client, device.id, "p27", password)
    data = "<D:getetag/><D:displayname/><C:calendar-data/>"
    asked = f"<D:sync-collection {DECLARED}><D:sync-token/><D:prop>{data}</D:prop></D:sync-collection>"
    seen["account"] = phone.ask("REPORT", phone.calendar, asked).get_data(as_text=True)
    seen["account as a whole"] = phone.ask("GET", phone.calendar).get_data(as_text=True)
    seen["account, wrong"] = phone.ask("PUT", phone.calendar, "x").get_data(as_text=True)
    record_property("answers", len(seen))
    own_words = {"own, nameless": (NAME,)}

    for who, text in seen.items():
        assert not [word for word in own_words.get(who, (TITLE, NAME, ROOM)) if word in text], who
    app.extensions["tanxin_fetches"].flush()
    planted.rollback()
    known = repr(feed_evidence.fetches(planted, OPERATOR, CLOCK))
    told = caplog.text + "".join(capfd.readouterr()) + known
    assert not [word for word in (TITLE, NAME, ROOM, page, password, step.proof, *tokens.values()) if word in told]
