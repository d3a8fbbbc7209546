"""Forms that are sent twice: what is kept of the first, and for how long."""

from datetime import datetime

from sqlalchemy.orm import Session

from scheduler.core.ground.clock import Clock
from scheduler.services.ground import sent_forms
from tests.builders import a_clock, an_actor

WHO, OTHER = an_actor("p22"), an_actor("p12")


def at(time: str) -> Clock:
    return a_clock(real=datetime.fromisoformat(f"2026-03-{time}+00:00"))


def test_form_is_taken_on_once_by_each_and_leads_where_the_first_led(session: Session) -> None:
    assert sent_forms.claim(session, WHO, "form", at("02T09:00:00"))
    assert not sent_forms.claim(session, WHO, "form", at("02T09:00:01"))
    assert sent_forms.claim(session, OTHER, "form", at("02T09:00:01"))
    assert sent_forms.claim(session, WHO, "another form", at("02T09:00:01"))
    assert sent_forms.led_to(session, WHO, "form") == ""

    sent_forms.settle(session, WHO, "form", "/bookings/T099", at("02T09:00:02"))

    assert sent_forms.led_to(session, WHO, "form") == "/bookings/T099"
    assert sent_forms.led_to(session, OTHER, "form") == ""
    assert sent_forms.led_to(session, OTHER, "never sent") is None


def test_refused_form_may_be_sent_again(session: Session) -> None:
    sent_forms.claim(session, WHO, "form", at("02T09:00:00"))

    sent_forms.settle(session, WHO, "form", "", at("02T09:00:01"))
    sent_forms.settle(session, WHO, "form that nobody took on", "", at("02T09:00:01"))

    assert sent_forms.led_to(session, WHO, "form") is None
    assert sent_forms.claim(session, WHO, "form", at("02T09:00:02"))


def test_form_that_was_left_under_way_is_taken_on_by_the_next(session: Session) -> None:
    sent_forms.claim(session, WHO, "form", at("02T09:00:00"))

    assert not sent_forms.claim(session, WHO, "form", at("02T09:00:29"))
    assert sent_forms.claim(session, WHO, "form", at("02T09:00:30"))


def test_settled_form_is_forgotten_after_a_day(session: Session) -> None:
    sent_forms.claim(session, WHO, "form", at("02T09:00:00"))
    sent_forms.settle(session, WHO, "form", "/absences", at("02T09:00:01"))

    assert not sent_forms.claim(session, WHO, "form", at("03T09:00:00"))
    assert sent_forms.claim(session, WHO, "form", at("03T09:00:01"))
